import HTTPTypes
import Ledger
import Storage

/// Who belongs to a household, and as what. One method is one use case.
struct MemberService: Sendable {
    /// Gives a member who is not the owner another role.
    ///
    /// - Throws: 404, 409 `household.owner_stays`
    func setRole(
        of person: PersonID,
        to role: HouseholdRole,
        in write: HouseholdWrite
    ) throws -> MemberRecord {
        let store = store(write)
        let before = try store.load(person)
        guard before.role != role else { return before }
        guard try before.role != .owner && store.setRole(of: person, from: before.role, to: role)
        else { throw APIError.ownerStays }
        note("update", person, before.role, role, in: write)
        return try store.load(person)
    }

    /// Gives a member the role that they had before an entry of the trail.
    ///
    /// - Throws: 404, 409
    func takeBack(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let person: PersonID = try entry.id()
        func role(_ value: JSONValue) -> HouseholdRole? {
            value["role"]?.plain.flatMap(HouseholdRole.init)
        }
        guard let old = role(entry.before), let new = role(entry.after), old != .owner else {
            throw APIError.unreadableEntry
        }
        guard try store(write).load(person).role == new else { throw APIError.changedSince }
        _ = try setRole(of: person, to: old, in: write)
    }

    /// Makes another member the owner, and the owner an editor: there is exactly one at any time.
    ///
    /// - Throws: 404, 409 when it is the owner already
    func handOver(to person: PersonID, in write: HouseholdWrite) throws {
        let store = store(write)
        let heir = try store.load(person)
        let owner = write.member.person
        guard heir.role != .owner else {
            throw APIError.conflict("household.is_owner", "They own the household already.")
        }
        // The former owner goes first: a household never has two.
        guard try store.setRole(of: owner, from: .owner, to: .editor),
            try store.setRole(of: person, from: heir.role, to: .owner)
        else { throw APIError.ownerOnly }
        // A grant shows what its giver sees, and the new owner has given none.
        try GrantStore(write.transaction).endAll(of: write.household, at: write.now)
        try InvitationStore(transaction: write.transaction)
            .withdrawOpen(of: write.household, onlyLinks: false, at: write.now)
        write.record(
            AuditNote(
                "hand_over",
                "household",
                write.household.value,
                before: Self.description(of: owner, .owner),
                after: Self.description(of: person, .owner)
            )
        )
    }

    /// Goes, or makes somebody go.
    ///
    /// - Parameter takesOver: whether the owner takes the accounts that only they saw.
    /// - Throws: 403, 404, 409 `household.owner_stays`, 409 `household.private_accounts`
    func remove(_ person: PersonID, takesOver: Bool, in write: HouseholdWrite) throws {
        let store = store(write)
        let isLeaving = person == write.member.person
        let member = try store.load(person)
        if !isLeaving { try store.load(write.member.person).role.demand(.owner) }
        guard member.role != .owner else { throw APIError.ownerStays }
        let visibility = AccountVisibilityStore(
            transaction: write.transaction,
            household: write.household
        )
        let own = try visibility.accounts(ofOnly: person)
        if !own.isEmpty {
            guard !isLeaving else { throw APIError.leavesPrivateAccounts(own) }
            guard takesOver else { throw APIError.hasPrivateAccounts }
        }
        try visibility.rememberHidden(from: person)
        try visibility.hand(own, to: write.member.person)
        guard try store.remove(person) else { throw APIError.notFound("member") }
        try InvitationStore(transaction: write.transaction)
            .withdrawOpen(of: write.household, onlyLinks: true, at: write.now)
        note(isLeaving ? "leave" : "remove", person, member.role, nil, in: write)
    }

    private func note(
        _ action: String,
        _ person: PersonID,
        _ before: HouseholdRole,
        _ after: HouseholdRole?,
        in write: HouseholdWrite
    ) {
        write.record(
            AuditNote(
                action,
                "member",
                person.value,
                before: Self.description(of: person, before),
                after: after.map { Self.description(of: person, $0) }
            )
        )
    }

    /// What the trail keeps of a membership.
    static func description(of person: PersonID, _ role: HouseholdRole) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("person_id"); writer.uuid(person.value)
            writer.name("role"); writer.string(role.rawValue)
        }
        return writer.bytes
    }

    private func store(_ write: HouseholdWrite) -> MemberStore {
        MemberStore(transaction: write.transaction, household: write.household)
    }
}

extension APIError {
    static let ownerStays = APIError.conflict(
        "household.owner_stays",
        "A household has an owner. Hand it over first."
    )

    static let hasPrivateAccounts = APIError.conflict(
        "household.private_accounts",
        "They keep accounts that nobody else sees. With take_over=true these become yours alone."
    )

    static func leavesPrivateAccounts(_ accounts: [AccountID]) -> APIError {
        var details = JSONWriter()
        details.object { writer in
            writer.name("accounts")
            writer.array { writer in for account in accounts { writer.uuid(account.value) } }
        }
        return .conflict(
            "household.private_accounts",
            "You keep accounts that nobody else sees. Show them to someone, or delete them first.",
            details: details.bytes
        )
    }
}
