import HTTPTypes
import Storage

/// The second half of a sign-in: what a half-login token opens, and all that it opens.
struct SecondFactorRoutes: Sendable {
    private let service: SecondFactorService
    private let browser: BrowserClient

    init(_ context: IdentityContext, browser: BrowserClient) {
        service = SecondFactorService(context)
        self.browser = browser
    }

    var endpoints: [Endpoint] {
        [
            .open(
                .post,
                "auth/second-factor",
                "Finish a sign-in with a second factor",
                limit: .auth,
                answers: .ok(IdentityShapes.session),
                handle: finish
            ),
            .open(
                .post,
                "auth/second-factor/passkey",
                "What a passkey is to sign as the second factor",
                limit: .auth,
                answers: .ok(PasskeyShapes.assertion),
                handle: challenge
            ),
        ]
    }

    private func finish(
        _ call: OpenCall,
        _: NoFields,
        _ request: SecondFactorRequest
    ) async throws -> Reply {
        let signedIn = try await service.finish(
            request.token,
            request.proof,
            browser.visit(of: call)
        )
        return browser.answer(.ok, signedIn, to: call.headers)
    }

    private func challenge(
        _ call: OpenCall,
        _: NoFields,
        _ request: HalfLoginRequest
    ) async throws -> Reply {
        .ok(PasskeyShapes.assertion, try await service.challenge(for: request.token))
    }
}

struct HalfLoginRequest: RequestFields {
    let token: String

    init(_ fields: inout FieldReader) {
        token = fields.required("token", .secret(1...128))
    }
}

struct SecondFactorRequest: RequestFields {
    let token: String
    /// Nil only while the fields are described.
    let proof: FactorProof?

    init(_ fields: inout FieldReader) {
        token = fields.required("token", .secret(1...128))
        let code = fields.optional("code", .oneTimeCode)
        let backupCode = fields.optional("backup_code", .secret(1...64))
        let passkey: PasskeyProofRequest? = fields.optional("passkey", .object())
        let given: [FactorProof] =
            [
                code.map { .code($0) }, backupCode.map { .backupCode($0) },
                passkey.map { .passkey($0.proof) },
            ].compactMap { $0 }
        proof = given.first
        let count = ["code", "backup_code", "passkey"].filter { fields.isPresent($0) }.count
        if count != 1 {
            fields.fault("code", "required", "give one of code, backup_code and passkey")
        }
    }
}

/// Finishing a sign-in.
struct SecondFactorService: Sendable {
    /// Wrong proofs until the sign-in has to begin anew.
    static let tryLimit = 5

    let context: IdentityContext
    private var environment: ServerEnvironment { context.environment }

    init(_ context: IdentityContext) {
        self.context = context
    }

    /// - Throws: 401 when the proof is wrong or the sign-in is over, 423 while codes wait.
    func finish(_ text: String, _ proof: FactorProof?, _ visit: Visit) async throws -> SignedIn {
        guard let token = OpaqueToken(text), let proof else { throw APIError.signInOver }
        let now = environment.clock.now()
        let ticket = try await environment.database.write(.shared) { transaction in
            try OneTimeTokenStore(transaction)
                .countTry(of: token, .halfLogin, limit: Self.tryLimit, at: now)
        }
        guard let ticket, let person = ticket.person else { throw APIError.signInOver }
        try await FactorVerifier(context).verify(
            proof,
            of: person,
            for: .secondFactor(token.hash),
            visit
        )
        return try await SignInService(context).startSession(
            of: person,
            by: "\(ticket.payload)+\(proof.method.rawValue)",
            visit
        ) { transaction in
            let used = try OneTimeTokenStore(transaction).redeem(token, .halfLogin, at: now)
            guard used != nil else { throw APIError.signInOver }
        }
    }

    func challenge(for text: String) async throws -> PasskeyChallenge {
        guard let token = OpaqueToken(text) else { throw APIError.signInOver }
        let now = environment.clock.now()
        let ticket = try await environment.database.read(.shared) { transaction in
            try OneTimeTokenStore(transaction).look(at: token, .halfLogin, at: now)
        }
        guard let person = ticket?.person else { throw APIError.signInOver }
        return try await PasskeyService(context)
            .challenge(.secondFactor(token.hash), for: person)
    }
}

extension APIError {
    static let signInOver = APIError(
        .unauthorized,
        "auth.sign_in_over",
        "This sign-in took too long or had too many wrong tries: begin again."
    )
}
