import Credentials
import Foundation
import HTTPTypes
import Storage

/// What a provider says of itself.
///
/// - Source: OpenID Connect Discovery 1.0, section 3; RFC 9207, section 3.
struct ProviderMetadata: Sendable {
    let authorizationEndpoint: URL
    let tokenEndpoint: URL
    let keysURL: URL
    /// Nil where it tells no more than its tokens do, or may not be asked.
    let userInfoEndpoint: URL?
    /// Whether it names itself in each answer, so that another's answer is not taken for its own.
    let namesIssuer: Bool
    /// Whether it takes the client's secret in the body only.
    let wantsSecretInBody: Bool

    /// Nil unless it is the description of this very issuer, with addresses that may be asked.
    init?(_ value: JSONValue, of provider: OpenIDProvider) {
        guard value["issuer"] == .string(provider.issuer),
            let authorization = Self.url(value["authorization_endpoint"]),
            let token = Self.url(value["token_endpoint"]), let keys = Self.url(value["jwks_uri"])
        else { return nil }
        authorizationEndpoint = authorization
        tokenEndpoint = token
        keysURL = keys
        userInfoEndpoint = Self.url(value["userinfo_endpoint"])
        namesIssuer = value["authorization_response_iss_parameter_supported"] == .boolean(true)
        // Without a list, the header is what everyone takes.
        if case .array(let methods) = value["token_endpoint_auth_methods_supported"] {
            wantsSecretInBody =
                !methods.contains(.string("client_secret_basic"))
                && methods.contains(.string("client_secret_post"))
        } else {
            wantsSecretInBody = false
        }
    }

    private static func url(_ value: JSONValue?) -> URL? {
        guard case .string(let text) = value, let url = URL(string: text),
            OutboundClient.isAllowed(url)
        else { return nil }
        return url
    }
}

/// What is known of the providers: asked for when it is needed, and kept for a while.
package actor ProviderDirectory {
    /// - Units: seconds
    private static let metadataSeconds: Int64 = 3_600
    /// How soon keys are asked for again when a token names one that is not known.
    ///
    /// - Units: seconds
    private static let keysSeconds: Int64 = 60
    /// More keys than any provider has at once.
    private static let keyLimit = 32
    /// - Units: bytes
    private static let tokenLimit = 8_192

    private let client: OutboundClient
    private let clock: WallClock

    private struct Known<Value: Sendable>: Sendable {
        let value: Value
        let readAt: Instant
    }

    private var metadata: [String: Known<ProviderMetadata>] = [:]
    private var keys: [String: Known<[ProviderKey]>] = [:]

    package init(_ client: OutboundClient, clock: WallClock) {
        self.client = client
        self.clock = clock
    }

    /// - Throws: 503 when the provider does not answer, or not sensibly.
    func metadata(of provider: OpenIDProvider) async throws -> ProviderMetadata {
        let known = metadata[provider.id]
        if let known, age(of: known.readAt) < Self.metadataSeconds { return known.value }
        guard let url = provider.discoveryURL else { throw APIError.providerAway("no address") }
        let json = try await fetch(OutboundRequest(.get, url, trustedHost: provider.host))
        guard let read = ProviderMetadata(json, of: provider) else {
            throw APIError.providerAway("its description is not that of the issuer")
        }
        metadata[provider.id] = Known(value: read, readAt: clock.now())
        return read
    }

    /// The provider's keys.
    ///
    /// - Parameter isMissing: whether a token named a key that is not among those that are known:
    ///   then they are read again, but not more than once a minute.
    func keys(of provider: OpenIDProvider, isMissing: Bool = false) async throws -> [ProviderKey] {
        if let known = keys[provider.id] {
            let limit = isMissing ? Self.keysSeconds : Self.metadataSeconds
            if age(of: known.readAt) < limit { return known.value }
        }
        let url = try await metadata(of: provider).keysURL
        let json = try await fetch(OutboundRequest(.get, url, trustedHost: provider.host))
        guard case .array(let values) = json["keys"], values.count <= Self.keyLimit else {
            throw APIError.providerAway("its keys cannot be read")
        }
        let read = values.compactMap { ProviderKey.Members($0).flatMap { ProviderKey($0) } }
        keys[provider.id] = Known(value: read, readAt: clock.now())
        return read
    }

    /// Exchanges a code for tokens.
    ///
    /// - Throws: 401 when the provider refuses, 503 when it does not answer.
    func exchange(_ form: [(String, String)], at provider: OpenIDProvider) async throws -> JSONValue
    {
        let metadata = try await metadata(of: provider)
        var form = form
        var headers = [("Content-Type", "application/x-www-form-urlencoded")]
        if let secret = provider.clientSecret, !metadata.wantsSecretInBody {
            let pair = [provider.clientID, secret.text].map(FormText.escaped).joined(separator: ":")
            headers.append(("Authorization", "Basic \(Data(pair.utf8).base64EncodedString())"))
        } else {
            form.append(("client_id", provider.clientID))
            if let secret = provider.clientSecret { form.append(("client_secret", secret.text)) }
        }
        let request = OutboundRequest(
            .post,
            metadata.tokenEndpoint,
            headers: headers.map { (name: $0.0, value: $0.1) },
            body: Array(FormText.encode(form).utf8),
            trustedHost: provider.host
        )
        let answer = try await send(request)
        guard answer.status == 200 else {
            throw APIError.providerRefused("the token endpoint answered \(answer.status)")
        }
        return try Self.json(answer)
    }

    /// What the provider tells of somebody to whoever holds their token; nil where it tells nothing.
    ///
    /// - Throws: 401 when the provider refuses, 503 when it does not answer.
    func userInfo(of provider: OpenIDProvider, with token: String) async throws -> JSONValue? {
        guard let url = try await metadata(of: provider).userInfoEndpoint else { return nil }
        // It goes into a header as it is.
        guard (1...Self.tokenLimit).contains(token.utf8.count),
            token.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw APIError.providerRefused("an access token that cannot be sent") }
        let answer = try await send(
            OutboundRequest(
                .get,
                url,
                headers: [
                    (name: "Authorization", value: "Bearer \(token)"),
                    (name: "Accept", value: "application/json"),
                ],
                trustedHost: provider.host
            )
        )
        guard answer.status == 200 else {
            throw APIError.providerRefused("the userinfo endpoint answered \(answer.status)")
        }
        return try Self.json(answer)
    }

    private func fetch(_ request: OutboundRequest) async throws -> JSONValue {
        let answer = try await send(request)
        guard answer.status == 200 else {
            throw APIError.providerAway("it answered \(answer.status)")
        }
        return try Self.json(answer)
    }

    private func send(_ request: OutboundRequest) async throws -> OutboundAnswer {
        do {
            return try await client.send(request)
        } catch let error as OutboundError {
            throw APIError.providerAway("\(error)")
        }
    }

    private static func json(_ answer: OutboundAnswer) throws(APIError) -> JSONValue {
        do throws(JSONError) {
            return try JSONReader.read(answer.body)
        } catch {
            throw .providerAway("its answer is not JSON")
        }
    }

    private func age(of moment: Instant) -> Int64 {
        (clock.now().microseconds - moment.microseconds) / 1_000_000
    }
}

/// Texts in a form and in a query.
///
/// - Source: RFC 3986, section 2.3: all but the unreserved is escaped.
enum FormText {
    static func encode(_ pairs: [(String, String)]) -> String {
        pairs.map { "\(escaped($0.0))=\(escaped($0.1))" }.joined(separator: "&")
    }

    static func escaped(_ text: String) -> String {
        var allowed = CharacterSet(charactersIn: "-._~")
        allowed.formUnion(CharacterSet(charactersIn: "0"..."9"))
        allowed.formUnion(CharacterSet(charactersIn: "A"..."Z"))
        allowed.formUnion(CharacterSet(charactersIn: "a"..."z"))
        return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }
}

extension ProviderKey.Members {
    /// Nil for what is no key.
    fileprivate init?(_ value: JSONValue) {
        func text(_ name: String) -> String? {
            if case .string(let text) = value[name] { text } else { nil }
        }
        guard let kind = text("kty") else { return nil }
        self.init()
        kty = kind
        (kid, use, alg, crv) = (text("kid"), text("use"), text("alg"), text("crv"))
        x = text("x").flatMap { Base64URL.decode($0) }
        y = text("y").flatMap { Base64URL.decode($0) }
        n = text("n").flatMap { Base64URL.decode($0) }
        e = text("e").flatMap { Base64URL.decode($0) }
    }
}

extension APIError {
    static func providerAway(_ detail: String) -> APIError {
        APIError(
            .serviceUnavailable,
            "auth.provider_unavailable",
            "This provider cannot be reached now. Try again soon.",
            retryAfterSeconds: 30,
            logDetail: "provider: \(detail)"
        )
    }

    static func providerRefused(_ detail: String) -> APIError {
        APIError(
            .unauthorized,
            "auth.provider_refused",
            "The provider's answer does not hold. Begin again.",
            logDetail: "provider: \(detail)"
        )
    }
}
