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
        try await PasswordService(context).prove(
            request.password,
            of: call.person,
            call.session,
            browser.visit(of: call)
        )
        return .noContent
    }

    // MARK: Which doors there are

    private struct Methods: Sendable {
        let registration: RegistrationMode
        let isFirst: Bool
    }

    private static let methodsShape = Shape<Methods>("SignInMethods") { shape in
        shape.choice("registration") { $0.registration }
        shape.boolean("first_person") { $0.isFirst }
        shape.boolean("password") { _ in true }
    }

    private func methods(_ call: OpenCall, _: NoFields, _: NoFields) async throws -> Reply {
        let isFirst = try await call.environment.database.read(.shared) { transaction in
            try PersonStore(transaction).isEmpty()
        }
        return .ok(
            Self.methodsShape,
            Methods(registration: isFirst ? .open : context.registration, isFirst: isFirst)
        )
    }
}

private struct ProofRequest: RequestFields {
    let password: String

    init(_ fields: inout FieldReader) {
        password = fields.required("password", .secret(1...1_024))
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
