import HTTPTypes
import Ledger
import Storage

/// Who is to see an account.
struct AccountVisibilityInput: RequestFields {
    let wanted: AccountVisibility

    init(_ fields: inout FieldReader) {
        let mode: AccountVisibility.Mode = fields.required("visibility", .choice())
        wanted = fields.visibility(mode)
    }
}

extension FieldReader {
    /// Whom else a mode names, and faults where it cannot name them.
    mutating func visibility(_ mode: AccountVisibility.Mode) -> AccountVisibility {
        let members: [PersonID] =
            optional("members", .list(.id(), 0...HouseholdLimits.members)) ?? []
        if mode == .all, !members.isEmpty {
            fault("members", "not_with_all", "belongs to only and except")
        }
        if mode != .all, members.isEmpty {
            fault("members", "required", "must name at least one member")
        }
        return AccountVisibility(mode: mode, members: Set(members))
    }
}

/// Who sees an account, over HTTP.
package struct AccountVisibilityRoutes: Sendable {
    private let authenticator: Authenticator

    package init(_ authenticator: Authenticator) {
        self.authenticator = authenticator
    }

    package var endpoints: [Endpoint] {
        [
            .read(
                "accounts/{id}/visibility",
                "Who sees an account",
                answers: .ok(AccountVisibility.shape),
                handle: get
            ),
            .change(
                .put,
                "accounts/{id}/visibility",
                "Say who sees an account",
                answers: .ok(AccountVisibility.shape),
                handle: put
            ),
        ]
    }

    @Sendable private func get(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let id: AccountID = try call.id("account")
        let household = call.household
        let visibility = try await call.read { transaction in
            guard try AccountStore(transaction: transaction, household: household).find(id) != nil
            else { throw APIError.notFound("account") }
            return try AccountVisibilityStore(transaction: transaction, household: household)
                .load(id)
        }
        return .ok(AccountVisibility.shape, visibility)
    }

    @Sendable private func put(
        _ call: MemberCall,
        _: NoFields,
        _ input: AccountVisibilityInput
    ) async throws -> Reply {
        let id: AccountID = try call.id("account")
        let authenticator = authenticator
        return try await call.write { write in
            try AccountVisibilityService().show(id, to: input.wanted, in: write)
            authenticator.forgetMembers(after: write)
            return .ok(AccountVisibility.shape, input.wanted)
        }
    }
}

/// Says who sees an account.
struct AccountVisibilityService: Sendable {
    /// - Throws: 403 for whoever is neither the owner nor added the account; 422 for a stranger, and when the caller would
    ///   not see it any more, so that nobody loses an account by a slip.
    func show(_ id: AccountID, to wanted: AccountVisibility, in write: HouseholdWrite) throws {
        let accounts = AccountStore(transaction: write.seen, household: write.household)
        guard let record = try accounts.find(id), record.deletedAt == nil else {
            throw APIError.notFound("account")
        }
        let store = AccountVisibilityStore(
            transaction: write.transaction,
            household: write.household
        )
        let person = write.member.person
        guard try write.role == .owner || store.adder(of: id) == person else {
            throw APIError(
                .forbidden,
                "account.not_yours",
                "Only the owner, or who added the account, says who sees it."
            )
        }
        try checkMembers(wanted, in: write)
        guard wanted.isSeen(by: person) else {
            throw APIError.invalid("members", "hides_from_you", "must leave you the account")
        }
        let before = try store.load(id)
        guard before != wanted else { return }
        try store.save(wanted, of: id)
        write.record(
            AuditNote(
                "show",
                "account",
                id.value,
                before: AccountVisibility.shape.bytes(before),
                after: AccountVisibility.shape.bytes(wanted)
            )
        )
    }

    /// Shows an account to whom it was shown before an entry of the trail.
    ///
    /// - Throws: as `show`, and 409
    func takeBack(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let id: AccountID = try entry.id()
        guard let old = AccountVisibility(entry.before), let new = AccountVisibility(entry.after)
        else { throw APIError.unreadableEntry }
        let store = AccountVisibilityStore(
            transaction: write.transaction,
            household: write.household
        )
        guard try store.load(id) == new else { throw APIError.changedSince }
        try show(id, to: old, in: write)
    }

    private func checkMembers(_ wanted: AccountVisibility, in write: HouseholdWrite) throws {
        let members = try AccountVisibilityStore(
            transaction: write.transaction,
            household: write.household
        ).members()
        guard wanted.members.isSubset(of: members) else {
            throw APIError.invalid("members", "not_found", "there is no such member")
        }
    }
}

/// What a household may have.
enum HouseholdLimits {
    static let members = 50
}
