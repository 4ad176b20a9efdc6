import Crypto
import Features
import Foundation
import HTTPTypes
import Testing

/// Tokens that this server did not make, or not for this.
@Suite struct AccessTokenTests {
    private static let key = SymmetricKey(size: .bits256)

    private static func part(_ text: String) -> String { Base64URL.encode(Array(text.utf8)) }

    private static func sign(_ header: String, _ claims: String, _ key: SymmetricKey) -> String {
        let body = "\(part(header)).\(part(claims))"
        let code = HMAC<SHA256>.authenticationCode(for: Data(body.utf8), using: key)
        return "\(body).\(Base64URL.encode(code))"
    }

    private static func text(_ encoded: Substring) -> String {
        String(decoding: Base64URL.decode(encoded) ?? [], as: UTF8.self)
    }

    /// What is changed in the text of the header or the claims before it is signed again with the right
    /// key: only the reading of it can refuse them.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var header: @Sendable (String) -> String = { $0 }
        var claims: @Sendable (String) -> String = { $0 }

        init(header from: String, _ to: String) {
            testDescription = "header \(from) -> \(to)"
            header = { $0.replacingOccurrences(of: from, with: to) }
        }

        init(claim name: String, _ value: String) {
            testDescription = "\(name) = \(value)"
            claims = { text in
                text.replacing(
                    try! Regex("\"\(name)\":(\"[^\"]*\"|-?[0-9]+)"),
                    with: "\"\(name)\":\(value)"
                )
            }
        }

        init(without name: String) {
            testDescription = "no \(name)"
            claims = { text in
                text.replacing(try! Regex("\"\(name)\":(\"[^\"]*\"|-?[0-9]+),?"), with: "")
                    .replacingOccurrences(of: ",}", with: "}")
            }
        }
    }

    static let changes: [Change] = [
        Change(header: "HS256", "none"), Change(header: "HS256", "None"),
        Change(header: "HS256", "nOnE"), Change(header: "HS256", "HS512"),
        Change(header: "HS256", "RS256"), Change(header: "HS256", "ES256"),
        Change(header: "at+jwt", "JWT"), Change(header: "at+jwt", "refresh+jwt"),
        Change(header: "\"kid\":\"", "\"kid\":\"../"),
        Change(header: "{", "{\"jku\":\"https://evil.example/keys\","),
        Change(header: "{", "{\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"},"),
        Change(header: "{", "{\"x5c\":[\"AAAA\"],"), Change(header: "{", "{\"crit\":[\"exp\"],"),
        Change(header: "{", "{\"alg\":\"none\","),
        Change(claim: "iss", "\"elsewhere\""), Change(claim: "aud", "\"elsewhere\""),
        Change(claim: "sub", "\"nobody\""), Change(claim: "sid", "\"none\""),
        Change(claim: "sub", "\"01a1fdf1-682d-7001-9709-01a2a002ee10\""),
        Change(claim: "sid", "\"01a1fdf1-682d-7001-9709-01a2a002ee10\""),
        Change(claim: "epoch", "1"), Change(claim: "epoch", "-1"),
        Change(claim: "exp", "1"), Change(claim: "exp", "-1"), Change(claim: "exp", "\"soon\""),
        Change(claim: "exp", "1.5"), Change(claim: "exp", "99999999999"),
        Change(claim: "exp", "1e400"), Change(claim: "nbf", "99999999999"),
        Change(claim: "iat", "99999999999"), Change(without: "exp"), Change(without: "iss"),
        Change(without: "aud"), Change(without: "sub"), Change(without: "sid"),
        Change(without: "epoch"), Change(without: "iat"), Change(without: "nbf"),
    ]

    @Test(arguments: changes)
    func `a token that says something else is refused`(change: Change) async throws {
        var options = TestServerOptions()
        options.accessTokenKey = Self.key
        try await withServer(.sqlite, options) { server in
            let token = try await signUp(server)
            let parts = token.split(separator: ".")
            let (header, claims) = (Self.text(parts[0]), Self.text(parts[1]))

            let untouched = Self.sign(header, claims, Self.key)
            let forged = Self.sign(change.header(header), change.claims(claims), Self.key)

            #expect(forged != untouched)
            #expect(try await server.nobody.with(token: untouched).get("auth/me").status == 200)
            #expect(try await server.nobody.with(token: forged).get("auth/me").status == 401)
        }
    }

    @Test func `a signature that is missing, cut, spelled otherwise or of another key is refused`()
        async throws
    {
        try await withServer { server in
            let token = try await signUp(server)
            let parts = token.split(separator: ".").map(String.init)
            let other = Self.sign(
                Self.text(parts[0][...]),
                Self.text(parts[1][...]),
                SymmetricKey(size: .bits256)
            )
            let forged = [
                "", "x", ".", "..", "\(parts[0]).\(parts[1])", "\(parts[0]).\(parts[1]).",
                "\(token).", ".\(token)", String(token.dropLast()), "\(token)A", "\(token)=",
                "\(parts[0])..\(parts[2])", ".\(parts[1]).\(parts[2])", other,
                String(repeating: "A", count: 100_000), token.uppercased(),
                lastBitChanged(token),
            ]

            for text in forged {
                let answer = try await server.nobody.with(token: text).get("auth/me")
                #expect(answer.status == 401, "\(text.prefix(80))")
            }
        }
    }

    @Test func `a token ends after fifteen minutes, though it was known before`() async throws {
        try await withServer { server in
            let ann = server.nobody.with(token: try await signUp(server))
            server.clock.advance(seconds: 899)
            #expect(try await ann.get("auth/me").status == 200)

            server.clock.advance(seconds: 1)

            #expect(try await ann.get("auth/me").status == 401)
        }
    }

    @Test(arguments: ["Basic YTpi", "Bearer", "Bearer ", "bearer\tx", "Token x", ""])
    func `another way of authorization is refused`(header: String) async throws {
        try await withServer { server in
            let answer = try await server.nobody.with(.authorization, header).get("auth/me")

            #expect(answer.status == 401)
        }
    }

    private func signUp(_ server: TestServer) async throws -> String {
        let ann = try await server.nobody.register("Ann")
        return String(try #require(ann.headers[.authorization]).dropFirst("Bearer ".count))
    }

    /// The same signature to a lenient reader of base64: the last character's spare bits differ.
    private func lastBitChanged(_ token: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let index = alphabet.firstIndex(of: token.last ?? "A") ?? 0
        return token.dropLast() + String(alphabet[index ^ 1])
    }
}
