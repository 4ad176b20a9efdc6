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
        try await call.write { .created(Grant.shape, try GrantService().give(input, in: $0)) }
    }

    @Sendable private func end(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        let id: GrantID = try call.id("grant")
        return try await call.write { write in
            try GrantService().end(id, in: write)
            return .noContent
        }
    }
}
