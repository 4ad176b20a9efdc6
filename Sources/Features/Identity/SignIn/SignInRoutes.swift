import HTTPTypes
import Ledger
import Storage

/// Signing up and signing in with a password, and what other doors there are.
struct SignInRoutes: Sendable {
    private let context: IdentityContext
    private let browser: BrowserClient

    init(_ context: IdentityContext, browser: BrowserClient) {
        self.context = context
        self.browser = browser
    }

    var endpoints: [Endpoint] {
        [
            .open(
                .get,
                "auth/methods",
                "Which doors this server has",
                answers: .ok(Self.methodsShape),
                handle: methods
            ),
            .open(
                .post,
                "auth/register",
                "Sign up",
                limit: .register,
                answers: .created(IdentityShapes.session),
                handle: register
            ),
            .open(
                .post,
                "auth/login",
                "Sign in",
                limit: .signIn,
                answers: .ok(IdentityShapes.session),
                .accepted(IdentityShapes.halfLogin),
                handle: login
            ),
            .person(
                .post,
                "auth/prove",
                "Show again who one is, before what a stolen session must not do",
                isOpenWithoutFactor: true,
                limit: .auth,
                answers: .noContent,
                handle: prove
            ),
        ]
    }

    private func register(
        _ call: OpenCall,
        _: NoFields,
        _ request: RegisterRequest
    ) async throws -> Reply {
        let signedIn = try await RegistrationService(context).register(
            request,
            claim: try IdempotencyClaim(call.headers, question: request.question),
            browser.visit(of: call)
        )
        var reply = browser.answer(.created, signedIn, to: call.headers)
        if signedIn.isRepeated { reply.headers[.idempotencyReplayed] = "true" }
        return reply
    }

    private func login(_ call: OpenCall, _: NoFields, _ request: LoginRequest) async throws -> Reply
    {
        let outcome = try await SignInService(context).login(
            email: request.email,
            password: request.password,
            browser.visit(of: call)
        )
        return browser.answer(outcome, to: call.headers)
    }

    private func prove(
        _ call: PersonCall,
        _: NoFields,
        _ request: ProofRequest
    ) async throws -> Reply {
        let visit = browser.visit(of: call)
        switch request.shown {
        case .password(let password):
            try await PasswordService(context).prove(password, of: call.person, call.session, visit)
        case .factor(let proof):
            try await FactorVerifier(context).prove(proof, of: call.person, call.session, visit)
        }
        return .noContent
    }

    // MARK: Which doors there are

    private struct Methods: Sendable {
        let registration: RegistrationMode
        let isFirst: Bool
        let providers: [OpenIDProvider]
        let demandsFactor: Bool
        let sendsMail: Bool
    }

    private static let providerShape = Shape<OpenIDProvider>("Provider") { shape in
        shape.text("id") { $0.id }
        shape.text("name") { $0.name }
    }

    private static let methodsShape = Shape<Methods>("SignInMethods") { shape in
        shape.choice("registration") { $0.registration }
        shape.boolean("first_person") { $0.isFirst }
        shape.boolean("password") { _ in true }
        shape.boolean("passkeys") { _ in true }
        shape.list("providers", providerShape) { $0.providers }
        shape.boolean("mail") { $0.sendsMail }
        shape.boolean("require_second_factor") { $0.demandsFactor }
    }

    private func methods(_ call: OpenCall, _: NoFields, _: NoFields) async throws -> Reply {
        let isFirst = try await call.environment.database.read(.shared) { transaction in
            try PersonStore(transaction).isEmpty()
        }
        return .ok(
            Self.methodsShape,
            Methods(
                registration: isFirst ? .open : context.registration,
                isFirst: isFirst,
                providers: context.providers.all,
                demandsFactor: context.demandsFactor,
                sendsMail: context.sendsMail
            )
        )
    }
}

private struct ProofRequest: RequestFields {
    let shown: Shown

    enum Shown: Sendable {
        case password(String)
        case factor(FactorProof)
    }

    init(_ fields: inout FieldReader) {
        let password = fields.optional("password", .secret(1...1_024))
        let code = fields.optional("code", .oneTimeCode)
        let passkey: PasskeyProofRequest? = fields.optional("passkey", .object())
        let given: [Shown] =
            [
                password.map { .password($0) }, code.map { .factor(.code($0)) },
                passkey.map { .factor(.passkey($0.proof)) },
            ].compactMap { $0 }
        let count = ["password", "code", "passkey"].filter { fields.isPresent($0) }.count
        if count != 1 {
            fields.fault("password", "required", "give one of password, code and passkey")
        }
        // What stands here for nothing is refused with the fault above.
        shown = given.first ?? .password("")
    }
}

struct LoginRequest: RequestFields {
    let email: EmailAddress
    let password: String

    init(_ fields: inout FieldReader) {
        email = fields.required("email", .email)
        // Any length that could ever have been chosen: what is wrong with it is not said here.
        password = fields.required("password", .secret(1...1_024))
    }
}
