import HTTPTypes
import Hummingbird
import Ledger
import Storage

/// What is one's own, over HTTP: taking it along, having it erased, and what one agreed to.
package struct OwnDataRoutes: Sendable {
    private let deletion = DeletionService()

    package init() {}

    package var endpoints: [Endpoint] {
        [
            .download(
                "me/export",
                "Everything that is kept of oneself, as a ZIP archive",
                contentType: "application/zip",
                needs: .freshPerson,
                handle: export
            ),
            .person(
                .delete,
                "me",
                "Have oneself erased in 14 days",
                needs: .freshPerson,
                answers: .ok(PlannedDeletion.shape),
                handle: plan
            ),
            .person(
                .post,
                "me/keep",
                "Stay after all",
                answers: .noContent,
                handle: keep
            ),
            .person(
                .get,
                "me/consents",
                "What one agreed to",
                answers: .list(Consent.shape),
                handle: consents
            ),
            .person(
                .post,
                "me/consents",
                "Agree to a version of a page",
                answers: .created(Consent.shape),
                handle: consent
            ),
        ]
    }

    @Sendable private func export(_ call: PersonCall) async throws -> Response {
        let environment = call.environment
        try await environment.database.write(.shared) { transaction in
            try SecurityTrail(transaction, environment).add(
                SecurityEvent(
                    "export",
                    about: .person(call.person),
                    by: .person(call.person),
                    on: call.client,
                    requestID: call.requestID
                )
            )
        }
        // What somebody may look at by a grant is not theirs.
        let memberships = call.signedIn.memberships.filter { $0.grant == nil }
        for member in memberships {
            try await environment.note(
                AuditNote("export", "household", member.household.value),
                as: member,
                requestID: call.requestID,
                on: call.client
            )
        }
        return OwnDataArchive(
            environment: environment,
            person: call.person,
            memberships: memberships
        ).response()
    }

    @Sendable private func plan(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply
    {
        let (deletion, environment) = (deletion, call.environment)
        let planned = try await environment.database.write(.shared) {
            try deletion.plan(call, $0)
        }
        return .ok(PlannedDeletion.shape, planned)
    }

    @Sendable private func keep(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply
    {
        let (deletion, environment) = (deletion, call.environment)
        try await environment.database.write(.shared) { try deletion.cancel(call, $0) }
        return .noContent
    }

    @Sendable private func consents(
        _ call: PersonCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        let consents = try await call.environment.database.read(.shared) {
            try ConsentStore(transaction: $0).all(of: call.person)
        }
        return .list(
            Consent.shape,
            consents,
            Pagination(whole: consents.count)
        )
    }

    @Sendable private func consent(
        _ call: PersonCall,
        _: NoFields,
        _ input: ConsentInput
    ) async throws -> Reply {
        let environment = call.environment
        let consent = Consent(kind: input.kind, version: input.version, acceptedAt: call.now)
        let visit = Visit(client: call.client, requestID: call.requestID)
        try await environment.database.write(.shared) { transaction in
            try ConsentStore(transaction: transaction)
                .accept(consent, field: "version", of: call.person, visit, environment)
        }
        return .created(Consent.shape, consent)
    }
}

/// What somebody agrees to.
struct ConsentInput: RequestFields {
    let kind: PageKind
    let version: Int64

    init(_ fields: inout FieldReader) {
        kind = fields.required("kind", .choice())
        version = Int64(fields.required("version", .integer(1...1_000_000)))
    }
}
