import Crypto
@testable import Features
import Foundation
import Synchronization

/// An identity provider in memory that keeps to the standard, unless it is told to lie.
final class TestProvider: Sendable {
    struct Lie: Sendable {
        var header: [String: JSONValue] = ["alg": "ES256", "kid": "one", "typ": "JWT"]
        var claims: [String: JSONValue] = [:]
        var left: Set<String> = []
        /// Instead of an honest signature.
        var sign: (@Sendable ([UInt8]) -> [UInt8])?
    }

    struct State: Sendable {
        var issuer = "https://id.example"
        var metadata: [String: JSONValue] = [:]
        var subject = "ann-at-home"
        var claims: [String: JSONValue] = [
            "email": "ann@example.org", "email_verified": true, "name": "Ann Home",
        ]
        /// What its userinfo endpoint tells of the subject, where it has one.
        var told: (status: Int, members: [String: JSONValue])?
        var lie: Lie?
        var key = P256.Signing.PrivateKey()
        var keyID = "one"
        var clock: Int64 = 0
        var isAway = false
        var codes: [String: (nonce: String, challenge: String)] = [:]
        /// What it was asked, in order.
        var asked: [String] = []
    }

    static let secret = "the secret of this client"

    let state = Mutex(State())

    var configuration: OpenIDProvider {
        OpenIDProvider(
            id: "home",
            name: "Our house",
            issuer: "https://id.example",
            clientID: "martlet",
            clientSecret: OpenIDProvider.Secret(Self.secret)
        )
    }

    var client: OutboundClient {
        OutboundClient { [self] request in
            try state.withLock { try Self.answer(request, &$0) }
        }
    }

    func change(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    var asked: [String] { state.withLock { $0.asked } }

    /// What the person's browser brings back.
    func signIn(at url: String) throws -> (state: String, code: String) {
        let items = URLComponents(string: url)?.queryItems ?? []
        let query = Dictionary(uniqueKeysWithValues: items.map { ($0.name, $0.value ?? "") })
        guard query["response_type"] == "code", query["client_id"] == "martlet",
            query["redirect_uri"] == "http://localhost:8080/sign-in/oidc",
            query["code_challenge_method"] == "S256", let given = query["state"],
            let nonce = query["nonce"], let challenge = query["code_challenge"],
            query["scope"]?.split(separator: " ").contains("openid") == true
        else { throw OutboundError.notAllowed("a wrong question: \(url)") }
        let code = OpaqueToken().text
        state.withLock { $0.codes[code] = (nonce, challenge) }
        return (given, code)
    }

    private static func answer(
        _ request: OutboundRequest,
        _ state: inout State
    ) throws -> OutboundAnswer {
        guard !state.isAway else { throw OutboundError.failed("connection refused") }
        state.asked.append("\(request.method.rawValue) \(request.url.path())")
        switch request.url.path() {
        case "/.well-known/openid-configuration": return json(200, metadata(state))
        case "/keys": return json(200, ["keys": .array([jwk(state)])])
        case "/userinfo": return userInfo(request, state)
        case "/token": return token(request, &state)
        default: return json(404, [:])
        }
    }

    private static func userInfo(_ request: OutboundRequest, _ state: State) -> OutboundAnswer {
        let isAllowed = request.headers.contains {
            $0.name == "Authorization" && $0.value == "Bearer a"
        }
        guard isAllowed, request.method == .get, let told = state.told else {
            return json(401, [:])
        }
        return json(told.status, told.members)
    }

    private static func metadata(_ state: State) -> [String: JSONValue] {
        var usual: [String: JSONValue] = [
            "issuer": .string(state.issuer),
            "authorization_endpoint": "https://id.example/authorize?tenant=1",
            "token_endpoint": "https://id.example/token", "jwks_uri": "https://id.example/keys",
        ]
        if state.told != nil { usual["userinfo_endpoint"] = "https://id.example/userinfo" }
        return usual.merging(state.metadata) { $1 }
    }

    private static func jwk(_ state: State) -> JSONValue {
        let point = Array(state.key.publicKey.x963Representation)
        return [
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": .string(state.keyID),
            "x": .string(Base64URL.encode(point[1...32])),
            "y": .string(Base64URL.encode(point[33...64])),
        ]
    }

    private static func token(_ request: OutboundRequest, _ state: inout State) -> OutboundAnswer {
        let form = URLComponents(string: "?" + String(decoding: request.body, as: UTF8.self))
        let items = form?.queryItems ?? []
        let values = Dictionary(uniqueKeysWithValues: items.map { ($0.name, $0.value ?? "") })
        let pair = Data("martlet:\(FormText.escaped(secret))".utf8).base64EncodedString()
        guard request.method == .post,
            request.headers.contains(where: {
                $0.name == "Authorization" && $0.value == "Basic \(pair)"
            }),
            values["grant_type"] == "authorization_code",
            values["redirect_uri"] == "http://localhost:8080/sign-in/oidc",
            let code = values["code"], let known = state.codes.removeValue(forKey: code),
            let verifier = values["code_verifier"],
            Base64URL.encode(SHA256.hash(data: Array(verifier.utf8))) == known.challenge
        else { return json(400, ["error": "invalid_grant"]) }
        return json(
            200,
            ["token_type": "Bearer", "access_token": "a", "id_token": idToken(known.nonce, state)]
        )
    }

    private static func idToken(_ nonce: String, _ state: State) -> JSONValue {
        let lie = state.lie ?? Lie()
        var claims: [String: JSONValue] = [
            "iss": "https://id.example", "aud": "martlet", "sub": .string(state.subject),
            "nonce": .string(nonce), "iat": .number("\(state.clock)"),
            "exp": .number("\(state.clock + 300)"),
        ]
        claims.merge(state.claims) { $1 }
        claims.merge(lie.claims) { $1 }
        for name in lie.left { claims[name] = nil }
        let header =
            lie.header["kid"] == "one"
            ? lie.header.merging(["kid": .string(state.keyID)]) { $1 } : lie.header
        let signed = "\(part(header)).\(part(claims))"
        let bytes = Array(signed.utf8)
        // An honest key signs whatever it is given.
        let signature =
            lie.sign?(bytes) ?? Array(try! state.key.signature(for: bytes).rawRepresentation)
        return .string("\(signed).\(Base64URL.encode(signature))")
    }

    private static func part(_ members: [String: JSONValue]) -> String {
        Base64URL.encode(bytes(members))
    }

    private static func json(_ status: Int, _ members: [String: JSONValue]) -> OutboundAnswer {
        OutboundAnswer(status: status, body: bytes(members))
    }

    private static func bytes(_ members: [String: JSONValue]) -> [UInt8] {
        var writer = JSONWriter()
        let sorted = members.sorted { $0.key < $1.key }
        writer.value(.object(sorted.map { JSONMember(name: $0.key, value: $0.value) }))
        return writer.bytes
    }
}
