import Credentials
import Crypto
import Foundation
import HTTPTypes
import Ledger
import Storage

/// The providers that are configured, and what is known of them.
package struct OpenIDProviders: Sendable {
    package let all: [OpenIDProvider]
    let directory: ProviderDirectory

    package init(_ all: [OpenIDProvider], _ client: OutboundClient, clock: WallClock) {
        self.all = all
        directory = ProviderDirectory(client, clock: clock)
    }

    func find(_ id: String?) -> OpenIDProvider? { all.first { $0.id == id } }
}

/// Signing in at a provider: the authorisation code flow of OpenID Connect with PKCE.
///
/// - Source: OpenID Connect Core 1.0, section 3.1; RFC 7636, RFC 9207, RFC 9700.
struct OpenIDService: Sendable {
    let context: IdentityContext
    private var environment: ServerEnvironment { context.environment }
    private var providers: OpenIDProviders { context.providers }

    init(_ context: IdentityContext) {
        self.context = context
    }

    /// What the browser keeps while its person is at the provider. The nonce and the verifier are
    /// made of it, so that they are stored nowhere and count in this browser only.
    private struct Binding {
        let token: OpaqueToken

        var nonce: String { derived("nonce") }
        var verifier: String { derived("verifier") }

        /// - Source: RFC 7636, section 4.2 (S256).
        var challenge: String { Base64URL.encode(SHA256.hash(data: Array(verifier.utf8))) }

        private func derived(_ use: String) -> String {
            let key = HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: token.bytes),
                info: Data("martlet oidc \(use)".utf8),
                outputByteCount: 32
            )
            return key.withUnsafeBytes { Base64URL.encode(Array($0)) }
        }
    }

    /// A journey to a provider that has begun.
    struct Departure: Sendable {
        let authorizationURL: String
        /// For the browser's cookie.
        let binding: OpaqueToken
    }

    /// What is put away under the state: which provider, which browser, and whose session it is to
    /// be linked to.
    private struct Ticket {
        let provider: String
        let binding: String
        let session: String

        var payload: String { "\(provider) \(binding) \(session)" }

        init(provider: String, binding: OpaqueToken, session: SessionID?) {
            self.provider = provider
            self.binding = Base64URL.encode(binding.hash)
            self.session = session.map(\.description) ?? "-"
        }

        init?(payload: String) {
            let parts = payload.split(separator: " ").map(String.init)
            guard parts.count == 3 else { return nil }
            (provider, binding, session) = (parts[0], parts[1], parts[2])
        }
    }

    private var redirectURI: String {
        var base = environment.publicURL.absoluteString
        while base.hasSuffix("/") { base.removeLast() }
        return base + "/sign-in/oidc"
    }

    /// - Parameter session: the session that the identity is to be linked to; nil signs in.
    func start(
        _ provider: OpenIDProvider,
        linkingTo session: (SessionID, PersonID)?
    ) async throws -> Departure {
        let metadata = try await providers.directory.metadata(of: provider)
        let state = OpaqueToken()
        let binding = Binding(token: OpaqueToken())
        let ticket = Ticket(provider: provider.id, binding: binding.token, session: session?.0)
        let now = environment.clock.now()
        try await environment.database.write(.shared) { transaction in
            try OneTimeTokenStore(transaction)
                .issue(state, .oidc, for: session?.1, payload: ticket.payload, at: now)
        }
        let query = FormText.encode([
            ("response_type", "code"), ("client_id", provider.clientID),
            ("redirect_uri", redirectURI), ("scope", provider.scopes), ("state", state.text),
            ("nonce", binding.nonce), ("code_challenge", binding.challenge),
            ("code_challenge_method", "S256"),
        ])
        let endpoint = metadata.authorizationEndpoint.absoluteString
        let joint = endpoint.contains("?") ? "&" : "?"
        return Departure(authorizationURL: endpoint + joint + query, binding: binding.token)
    }

    /// Someone who came back from a provider.
    struct Return: Sendable {
        let state: OpaqueToken?
        let code: String
        let issuer: String?
        /// From the browser's cookie.
        let binding: OpaqueToken?
        /// The invitation that somebody new comes with.
        let invitation: String?
        /// What somebody new agrees to.
        let consents: GivenConsents
    }

    enum Arrival: Sendable {
        case outcome(SignInOutcome)
        case linked
    }

    /// - Parameter change: of whoever is signed in, for linking.
    /// - Throws: 400 for a state that is missing, used or another browser's, 401 for an answer that
    ///   does not hold, 403 when nobody may sign up so, 404 for an invitation that is not good, 409
    ///   when the identity is somebody's.
    func finish(
        _ back: Return,
        _ change: FactorChange?,
        _ visit: Visit
    ) async throws -> Arrival {
        let (provider, binding, wanted) = try await departure(of: back)
        let answer = try await noting(provider, visit) {
            try await redeem(back, binding, at: provider)
        }
        let claims = answer.claims
        guard wanted == "-" else {
            guard let change, change.session.description == wanted else {
                throw APIError.wrongState
            }
            try await link(claims, provider, change)
            return .linked
        }
        let (issuer, subject) = (provider.issuer, claims.token.claims.subject)
        let known = try await environment.database.read(.shared) { transaction in
            try ProviderIdentityStore(transaction).findPerson(issuer: issuer, subject: subject)
        }
        guard let known else {
            let signedIn = try await signUp(
                answer,
                provider,
                invitation: back.invitation,
                agreeingTo: back.consents,
                visit
            )
            return .outcome(.session(signedIn))
        }
        let now = environment.clock.now()
        let outcome = try await SignInService(context).admit(known, by: .oidc, visit) {
            try ProviderIdentityStore($0).noteUse(issuer: issuer, subject: subject, at: now)
        }
        return .outcome(outcome)
    }

    /// Uses the state up, whoever shows it, and holds it against the browser's cookie.
    private func departure(
        of back: Return
    ) async throws -> (OpenIDProvider, Binding, session: String) {
        let now = environment.clock.now()
        guard let state = back.state else { throw APIError.wrongState }
        let stored = try await environment.database.write(.shared) { transaction in
            try OneTimeTokenStore(transaction).redeem(state, .oidc, at: now)
        }
        guard let stored, let ticket = Ticket(payload: stored.payload), let binding = back.binding,
            ticket.binding == Base64URL.encode(binding.hash),
            let provider = providers.find(ticket.provider)
        else { throw APIError.wrongState }
        return (provider, Binding(token: binding), ticket.session)
    }

    private func redeem(
        _ back: Return,
        _ binding: Binding,
        at provider: OpenIDProvider
    ) async throws -> ProviderAnswer {
        let metadata = try await providers.directory.metadata(of: provider)
        guard back.issuer ?? provider.issuer == provider.issuer,
            back.issuer != nil || !metadata.namesIssuer
        else { throw APIError.providerRefused("another issuer answered") }
        let answer = try await providers.directory.exchange(
            [
                ("grant_type", "authorization_code"), ("code", back.code),
                ("redirect_uri", redirectURI), ("code_verifier", binding.verifier),
            ],
            at: provider
        )
        guard case .string(let text) = answer["id_token"], let claims = ProviderClaims(text) else {
            throw APIError.providerRefused("no token that can be read")
        }
        try await check(claims, nonce: binding.nonce, of: provider)
        var accessToken: String?
        if case .string(let text) = answer["access_token"] { accessToken = text }
        return ProviderAnswer(claims: claims, accessToken: accessToken)
    }

    /// What a provider says of somebody new: some tell the address only where they are asked again,
    /// with the token that came along.
    ///
    /// - Source: OpenID Connect Core 1.0, section 5.3.
    func complete(
        _ answer: ProviderAnswer,
        of provider: OpenIDProvider,
        _ visit: Visit
    ) async throws -> ProviderClaims {
        guard answer.claims.email == nil, let token = answer.accessToken else {
            return answer.claims
        }
        return try await noting(provider, visit) {
            guard let said = try await providers.directory.userInfo(of: provider, with: token)
            else { return answer.claims }
            guard let claims = answer.claims.completed(by: said) else {
                throw APIError.providerRefused("it told of somebody else")
            }
            return claims
        }
    }

    private func check(
        _ claims: ProviderClaims,
        nonce: String,
        of provider: OpenIDProvider
    ) async throws {
        let rules = IDTokenRules(
            issuer: provider.issuer,
            clientID: provider.clientID,
            nonce: nonce
        )
        let seconds = environment.clock.now().microseconds / 1_000_000
        for isMissing in [false, true] {
            let keys = try await providers.directory.keys(of: provider, isMissing: isMissing)
            do throws(IDTokenError) {
                return try rules.check(claims.token, signedBy: keys, atSeconds: seconds)
            } catch .unknownKey where !isMissing {
                continue
            } catch {
                throw APIError.providerRefused("\(error)")
            }
        }
    }

    /// What fails at the provider stands in the trail.
    private func noting<Value: Sendable>(
        _ provider: OpenIDProvider,
        _ visit: Visit,
        _ ask: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await ask()
        } catch {
            try await noteFailure(at: provider, visit)
            throw error
        }
    }

    private func noteFailure(at provider: OpenIDProvider, _ visit: Visit) async throws {
        try await environment.database.write(.shared) { [environment] transaction in
            try SecurityTrail(transaction, environment).add(
                SecurityEvent(
                    "sign_in",
                    .failure,
                    about: .server,
                    by: .nobody,
                    entity: "session",
                    on: visit.client,
                    requestID: visit.requestID,
                    details: JSONWriter.object(["by": "oidc", "provider": provider.id])
                )
            )
        }
    }
}

extension APIError {
    static let wrongState = APIError.malformed(
        "auth.wrong_state",
        "This sign-in was begun elsewhere, or is over: begin again."
    )
}
