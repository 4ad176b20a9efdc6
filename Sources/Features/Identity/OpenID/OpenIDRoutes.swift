import HTTPTypes
import Ledger
import Storage

/// Signing in at providers, and the identities of a person there.
struct OpenIDRoutes: Sendable {
    private let context: IdentityContext
    private let service: OpenIDService
    private let browser: BrowserClient

    init(_ context: IdentityContext, browser: BrowserClient) {
        self.context = context
        service = OpenIDService(context)
        self.browser = browser
    }

    var endpoints: [Endpoint] {
        [
            .open(
                .post,
                "auth/oidc/{provider}/start",
                "Begin to sign in at a provider, or to link it to who is signed in",
                limit: .auth,
                answers: .ok(OpenIDShapes.departure),
                handle: start
            ),
            .open(
                .post,
                "auth/oidc/finish",
                "Come back from a provider; 204 when it was linked",
                limit: .auth,
                answers: .ok(IdentityShapes.session),
                .accepted(IdentityShapes.halfLogin),
                .noContent,
                handle: finish
            ),
            .person(
                .get,
                "identities",
                "Who you are at providers",
                answers: .list(FactorShapes.identity),
                handle: list
            ),
            .person(
                .delete,
                "identities/{id}",
                "Remove a provider",
                needs: .freshPerson,
                limit: .auth,
                answers: .noContent,
                handle: unlink
            ),
        ]
    }

    private func start(
        _ call: OpenCall,
        _: NoFields,
        _ request: StartRequest
    ) async throws -> Reply {
        guard let provider = context.providers.find(call.word("provider")) else {
            throw APIError.notFound("provider")
        }
        var linking: (SessionID, PersonID)?
        if request.isLinking {
            let (person, session) = try await signedIn(call)
            let oldest = call.now.adding(seconds: -IncomingCall.proofSeconds)
            guard person.provedAt >= oldest else { throw APIError.proofRequired }
            linking = (session, person.person)
        }
        let departure = try await service.start(provider, linkingTo: linking)
        var reply = Reply.ok(OpenIDShapes.departure, departure)
        reply.headers[.setCookie] = browser.keepJourney(departure.binding)
        return reply
    }

    private func finish(
        _ call: OpenCall,
        _: NoFields,
        _ request: FinishRequest
    ) async throws -> Reply {
        let visit = browser.visit(of: call)
        let back = OpenIDService.Return(
            state: OpaqueToken(request.state),
            code: request.code,
            issuer: request.issuer,
            binding: browser.journey(in: call.headers),
            invitation: request.invitation,
            consents: request.consents
        )
        var change: FactorChange?
        if call.headers[.authorization] != nil {
            let (person, session) = try await signedIn(call)
            change = FactorChange(person.person, session, visit, call.environment)
        }
        var reply: Reply
        switch try await service.finish(back, change, visit) {
        case .outcome(let outcome): reply = browser.answer(outcome, to: call.headers)
        case .linked: reply = .noContent
        }
        reply.headers.append(HTTPField(name: .setCookie, value: browser.endJourney))
        return reply
    }

    /// - Throws: 401, 403 for a token of a program.
    private func signedIn(_ call: OpenCall) async throws -> (SignedInPerson, SessionID) {
        guard let token = call.headers.bearerToken else { throw APIError.notSignedIn }
        let person = try await context.authenticator.authenticate(token)
        guard case .session(let session) = person.credential else {
            throw APIError.tokenNotEnough
        }
        return (person, session)
    }

    private func list(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply {
        let identities = try await call.environment.database.read(.shared) { transaction in
            try ProviderIdentityStore(transaction).list(of: call.person)
        }
        return .list(FactorShapes.identity, identities, Pagination(whole: identities.count))
    }

    private func unlink(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply {
        try await service.unlink(
            call.id("identity"),
            FactorChange(call, browser.visit(of: call))
        )
        return .noContent
    }
}

private struct StartRequest: RequestFields {
    let isLinking: Bool

    init(_ fields: inout FieldReader) {
        isLinking = fields.optional("link", .boolean) ?? false
    }
}

private struct FinishRequest: RequestFields {
    let state: String
    let code: String
    let issuer: String?
    /// The token of an invitation to a household. Who is new and comes with one joins it.
    let invitation: String?
    /// What somebody new agrees to.
    let consents: GivenConsents

    init(_ fields: inout FieldReader) {
        state = fields.required("state", .secret(1...128))
        code = fields.required("code", .secret(1...4_096))
        issuer = fields.optional("iss", .text(1...1_024))
        invitation = fields.optional("invitation", .text(1...255))
        consents = GivenConsents(&fields)
    }
}

enum OpenIDShapes {
    static let departure = Shape<OpenIDService.Departure>("ProviderDeparture") { shape in
        shape.text("authorization_url") { $0.authorizationURL }
    }
}
