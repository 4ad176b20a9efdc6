import HTTPTypes

/// Signing in with a passkey, and the passkeys of a person.
struct PasskeyRoutes: Sendable {
    private let service: PasskeyService
    private let browser: BrowserClient

    init(_ context: IdentityContext, browser: BrowserClient) {
        service = PasskeyService(context)
        self.browser = browser
    }

    var endpoints: [Endpoint] {
        [
            .open(
                .post,
                "auth/passkey/options",
                "What a passkey is to sign to sign in",
                limit: .auth,
                answers: .ok(PasskeyShapes.assertion),
                handle: signInChallenge
            ),
            .open(
                .post,
                "auth/passkey",
                "Sign in with a passkey",
                limit: .auth,
                answers: .ok(IdentityShapes.session),
                handle: signIn
            ),
            .person(
                .post,
                "auth/prove/passkey",
                "What a passkey is to sign to show again who you are",
                isOpenWithoutFactor: true,
                limit: .auth,
                answers: .ok(PasskeyShapes.assertion),
                handle: proofChallenge
            ),
            .person(
                .post,
                "factors/passkeys/options",
                "What a new passkey is to sign",
                needs: .freshPerson,
                isOpenWithoutFactor: true,
                limit: .auth,
                answers: .ok(PasskeyShapes.registration),
                handle: newChallenge
            ),
            .person(
                .post,
                "factors/passkeys",
                "Add a passkey",
                isOpenWithoutFactor: true,
                limit: .auth,
                answers: .created(FactorShapes.passkey),
                handle: add
            ),
            .person(
                .patch,
                "factors/passkeys/{id}",
                "Rename a passkey",
                answers: .ok(FactorShapes.passkey),
                handle: rename
            ),
            .person(
                .delete,
                "factors/passkeys/{id}",
                "Remove a passkey",
                needs: .freshPerson,
                limit: .auth,
                answers: .noContent,
                handle: remove
            ),
        ]
    }

    private func signInChallenge(
        _ call: OpenCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        .ok(PasskeyShapes.assertion, try await service.challenge(.signIn, for: nil))
    }

    private func signIn(
        _ call: OpenCall,
        _: NoFields,
        _ request: PasskeyProofRequest
    ) async throws -> Reply {
        let outcome = try await service.signIn(request.proof, browser.visit(of: call))
        return browser.answer(outcome, to: call.headers)
    }

    private func proofChallenge(
        _ call: PersonCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        let challenge = try await service.challenge(.proof(call.session), for: call.person)
        return .ok(PasskeyShapes.assertion, challenge)
    }

    private func newChallenge(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply {
        .ok(PasskeyShapes.registration, try await service.newPasskeyChallenge(for: call.person))
    }

    private func add(
        _ call: PersonCall,
        _: NoFields,
        _ request: NewPasskeyRequest
    ) async throws -> Reply {
        let made = try await service.add(request, FactorChange(call, browser.visit(of: call)))
        return .created(FactorShapes.passkey, made)
    }

    private func rename(
        _ call: PersonCall,
        _: NoFields,
        _ request: PasskeyName
    ) async throws -> Reply {
        let id: PasskeyID = try call.id("passkey")
        let renamed = try await service.rename(
            id,
            to: request.name,
            of: call.person,
            browser.visit(of: call)
        )
        return .ok(FactorShapes.passkey, renamed)
    }

    private func remove(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply {
        try await service.remove(
            call.id("passkey"),
            FactorChange(call, browser.visit(of: call))
        )
        return .noContent
    }
}

struct PasskeyName: RequestFields {
    let name: String

    init(_ fields: inout FieldReader) {
        name = fields.required("name", .text(1...64))
    }
}
