import HTTPTypes
import Ledger
import Storage

/// Who someone is: their name, language and time zone, and their address.
struct ProfileRoutes: Sendable {
    private let context: IdentityContext
    private let emails: EmailService
    private let browser: BrowserClient

    init(_ context: IdentityContext, browser: BrowserClient) {
        self.context = context
        emails = EmailService(context)
        self.browser = browser
    }

    var endpoints: [Endpoint] {
        [
            .person(
                .get,
                "auth/me",
                "Who is signed in, and where they belong",
                isOpenWithoutFactor: true,
                answers: .ok(IdentityShapes.me),
                handle: me
            ),
            .person(
                .patch,
                "auth/me",
                "Change one's name, language or time zone",
                answers: .ok(IdentityShapes.me),
                handle: change
            ),
            .open(
                .post,
                "auth/verify-email",
                "Follow the link of a letter: the address is one's own",
                limit: .auth,
                answers: .noContent,
                handle: verify
            ),
            .person(
                .post,
                "auth/resend-verification",
                "Ask for the letter again",
                limit: .reset,
                answers: .acceptedSilently,
                handle: resend
            ),
            .person(
                .post,
                "auth/change-email",
                "Ask for another address; a letter goes to it",
                needs: .freshPerson,
                limit: .reset,
                answers: .acceptedSilently,
                handle: changeEmail
            ),
        ]
    }

    private func me(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply {
        let now = call.now
        let found = try await context.environment.database.read(.shared) {
            try FoundPerson.load(call.person, lookingAt: now, $0)
        }
        return .ok(IdentityShapes.me, found)
    }

    private func change(
        _ call: PersonCall,
        _: NoFields,
        _ request: ProfileRequest
    ) async throws -> Reply {
        let environment = context.environment
        let found = try await environment.database.write(.shared) { transaction in
            let people = PersonStore(transaction)
            let old = try people.loadPerson(call.person)
            try people.saveProfile(
                of: call.person,
                name: request.name ?? old.name,
                timeZone: request.timeZone ?? old.timeZone,
                locale: request.locale ?? old.locale
            )
            let new = try FoundPerson.load(
                call.person,
                lookingAt: environment.clock.now(),
                transaction
            )
            try SecurityTrail(transaction, environment).add(
                SecurityEvent(
                    "profile_change",
                    about: .person(call.person),
                    by: .person(call.person),
                    on: call.client,
                    requestID: call.requestID,
                    details: Self.difference(old, new.person)
                )
            )
            return new
        }
        context.authenticator.forget(person: call.person)
        return .ok(IdentityShapes.me, found)
    }

    private static func difference(_ old: Person, _ new: Person) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            for (title, person) in [("before", old), ("after", new)] {
                writer.name(title)
                writer.raw(
                    JSONWriter.object([
                        "name": person.name, "time_zone": person.timeZone, "locale": person.locale,
                    ])
                )
            }
        }
        return writer.bytes
    }

    private func verify(
        _ call: OpenCall,
        _: NoFields,
        _ request: LinkRequest
    ) async throws -> Reply {
        guard let token = OpaqueToken(request.token) else { throw APIError.linkUsed }
        try await emails.verify(token, browser.visit(of: call))
        return .noContent
    }

    private func resend(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply {
        try await emails.resendVerification(to: call.person)
        return Reply(.accepted)
    }

    private func changeEmail(
        _ call: PersonCall,
        _: NoFields,
        _ request: EmailRequest
    ) async throws -> Reply {
        try await emails.requestChange(
            to: request.email,
            of: call.person,
            browser.visit(of: call)
        )
        return Reply(.accepted)
    }
}

private struct ProfileRequest: RequestFields {
    let name: String?
    let timeZone: String?
    let locale: String?

    init(_ fields: inout FieldReader) {
        name = fields.ifPresent("name", .text(1...120))
        timeZone = fields.ifPresent("time_zone", .timeZone)
        locale = fields.ifPresent("locale", .locale)
    }
}

/// A request that is the token of a link and nothing else.
struct LinkRequest: RequestFields {
    let token: String

    init(_ fields: inout FieldReader) {
        token = fields.required("token", .secret(1...128))
    }
}
