import HTTPTypes
import Ledger
import Storage

/// To whom, for how long and why an owner gives a look at the household.
struct GrantInput: RequestFields {
    let email: EmailAddress
    let hours: Int
    let reason: String

    init(_ fields: inout FieldReader) {
        email = fields.required("email", .email)
        hours = fields.required("hours", .integer(1...72))
        reason = fields.required("reason", .text(1...500))
    }
}

/// Looks at a household that its owner gives to who works on the server, over HTTP. Nobody else can.
package struct GrantRoutes: Sendable {
    package init() {}

    package var endpoints: [Endpoint] {
        [
            .read(
                "household/grants",
                "Who may look at the household by a grant of its owner",
                answers: .list(Grant.shape),
                handle: list
            ),
            .change(
                .post,
                "household/grants",
                "Let someone who works on this server look at the household for some hours",
                needs: .freshOwner,
                answers: .created(Grant.shape),
                handle: give
            ),
            .change(
                .delete,
                "household/grants/{id}",
                "End a grant",
                needs: .owner,
                answers: .noContent,
                handle: end
            ),
        ]
    }

    @Sendable private func list(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let (household, now) = (call.household, call.environment.clock.now())
        let grants = try await call.read {
            try GrantStore($0).live(of: household, at: now)
        }
        return .list(Grant.shape, grants, Pagination(whole: grants.count))
    }

    @Sendable private func give(
        _ call: MemberCall,
        _: NoFields,
        _ input: GrantInput
    ) async throws -> Reply {
        try await call.write { write in
            let store = GrantStore(write.transaction)
            guard let person = try store.staff(input.email) else {
                throw APIError.invalid(
                    "email",
                    "not_found",
                    "nobody who works on this server has this address"
                )
            }
            guard try !store.isMember(person.id, of: write.household) else {
                throw APIError.conflict("grant.member", "They belong to the household already.")
            }
            let grant = Grant(
                id: write.ids.next(),
                person: person.id,
                name: person.name,
                email: person.email,
                reason: input.reason,
                createdAt: write.now,
                expiresAt: write.now.adding(seconds: Int64(input.hours) * 3_600)
            )
            try store.insert(grant, of: write.household, by: write.member.person)
            write.record(
                AuditNote("create", "grant", grant.id.value, after: Grant.trace.bytes(grant))
            )
            return .created(Grant.shape, grant)
        }
    }

    @Sendable private func end(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        let id: GrantID = try call.id("grant")
        return try await call.write { write in
            let store = GrantStore(write.transaction)
            let found = try store.live(of: write.household, at: write.now).first { $0.id == id }
            guard let grant = found, try store.end(id, of: write.household, at: write.now) else {
                throw APIError.notFound("grant")
            }
            write.record(AuditNote("delete", "grant", id.value, before: Grant.trace.bytes(grant)))
            return .noContent
        }
    }
}
