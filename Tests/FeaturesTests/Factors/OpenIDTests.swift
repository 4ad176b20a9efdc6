import Crypto
@testable import Features
import Foundation
import HTTPTypes
import Storage
import Testing

/// Signing in at a provider, honest or hostile. Security bars A10, X30, X31, X32, X34.
@Suite struct OpenIDTests {
    private static let issuerNamed = "authorization_response_iss_parameter_supported"

    /// Ann signs up with a password and links her provider.
    private func linkedAnn(_ server: TestServer, _ provider: TestProvider) async throws -> Caller {
        let ann = try await server.nobody.register("Ann")
        let linked = try await TestProvider.leave(ann, provider, linking: true).finish()
        #expect(linked.status == 204, "\(linked)")
        return ann
    }

    @Test(arguments: Engine.present)
    func `someone links a provider, signs in with it, and unlinks it`(
        engine: Engine
    ) async throws {
        try await TestProvider.serve(engine) { server, provider in
            let ann = try await linkedAnn(server, provider)
            let methods = try await server.nobody.get("auth/methods")
            let signedIn = try await TestProvider.leave(server.nobody, provider).finish()
            let listed = try await ann.get("identities")
            let id = listed.data[0]["id"]?.text ?? ""
            let eve = try await server.nobody.register("Eve")
            let foreign = try await eve.call(.delete, "identities/\(id)")
            let unlinked = try await ann.call(.delete, "identities/\(id)")
            let after = try await TestProvider.leave(server.nobody, provider).finish()

            #expect(methods.data["providers"] == [["id": "home", "name": "Our house"]])
            #expect(methods.data["passkeys"] == true && methods.data["mail"] == false)
            #expect(signedIn.status == 200)
            #expect(signedIn.data["user"]?["email"] == "ann@example.org")
            #expect(listed.data[0]["name"] == "Our house")
            #expect(foreign.status == 404 && unlinked.status == 204)
            #expect(after.code == "auth.link_first", "an address by itself links nothing")
            let trail = try await server.trail(of: "ann@example.org")
            #expect(trail.contains("identity_linked success"))
        }
    }

    @Test(arguments: Engine.present)
    func `a second factor is asked for behind a provider too`(engine: Engine) async throws {
        try await TestProvider.serve(engine) { server, provider in
            let ann = try await linkedAnn(server, provider)
            let (secret, _) = try await ann.setUpTimeCode(server)

            let half = try await TestProvider.leave(server.nobody, provider).finish()
            let token = half.data["token"]?.text ?? ""
            let whole = try await server.finish(token, ("code", .string(server.code(secret))))

            #expect(half.status == 202 && whole.status == 200)
        }
    }

    @Test(arguments: Engine.present)
    func `someone new signs up where that is open and the provider vouches for the address`(
        engine: Engine
    ) async throws {
        try await TestProvider.serve(engine) { server, provider in
            let made = try await TestProvider.leave(server.nobody, provider).finish()
            let again = try await TestProvider.leave(server.nobody, provider).finish()
            let me = server.nobody.with(token: made.data["access_token"]?.text ?? "")
            let id = try await me.get("identities").data[0]["id"]?.text ?? ""
            let last = try await me.call(.delete, "identities/\(id)")

            #expect(made.status == 200 && made.data["user"]?["name"] == "Ann Home")
            #expect(again.data["user"]?["id"] == made.data["user"]?["id"])
            #expect(last.code == "auth.last_way_in")
            #expect(try await server.logIn().status == 401, "there is no password")
        }
    }

    @Test(
        arguments: [
            ["email_verified": false], ["email_verified": "true"], ["email_verified": 1],
            ["email_verified": .null], ["email": .null], ["email": "no address"],
        ] as [[String: JSONValue]]
    )
    func `an address that the provider does not vouch for signs nobody up and nobody in`(
        claims: [String: JSONValue]
    ) async throws {
        try await TestProvider.serve(.sqlite) { server, provider in
            _ = try await server.nobody.register("Ann")
            provider.change { $0.claims.merge(claims) { $1 } }

            let answer = try await TestProvider.leave(server.nobody, provider).finish()

            #expect(answer.status == 403 && answer.code == "auth.address_not_vouched")
        }
    }

    @Test(arguments: [RegistrationMode.closed, .invitation])
    func `where nobody may sign up, a provider lets nobody new in`(
        mode: RegistrationMode
    ) async throws {
        try await TestProvider.serve(.sqlite, { $0.registration = mode }) { server, provider in
            let answer = try await TestProvider.leave(server.nobody, provider).finish()

            #expect(answer.status == 403 && answer.code == "auth.registration_closed")
        }
    }

    // MARK: Lies

    static let lies: [(String, TestProvider.Lie)] = [
        ("another nonce", .init(claims: ["nonce": "another"])),
        ("no nonce", .init(left: ["nonce"])),
        ("another audience", .init(claims: ["aud": "other"])),
        ("no audience", .init(left: ["aud"])),
        ("two audiences without a party", .init(claims: ["aud": ["martlet", "other"]])),
        ("another party", .init(claims: ["azp": "other"])),
        ("another issuer", .init(claims: ["iss": "https://evil.example"])),
        ("the issuer with a slash", .init(claims: ["iss": "https://id.example/"])),
        ("expired", .init(claims: ["exp": 1])),
        ("no end", .init(left: ["exp"])),
        ("an end in words", .init(claims: ["exp": "9999999999"])),
        ("issued in the future", .init(claims: ["iat": 9_999_999_999])),
        ("no subject", .init(left: ["sub"])),
        ("a subject that is a number", .init(claims: ["sub": 7])),
        ("alg none", .init(header: ["alg": "none", "kid": "one"], sign: { _ in [] })),
        (
            "HS256 with the client's secret",
            .init(
                header: ["alg": "HS256", "kid": "one"],
                sign: { bytes in
                    let key = SymmetricKey(data: Array(TestProvider.secret.utf8))
                    return Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
                }
            )
        ),
        ("ES256 named RS256", .init(header: ["alg": "RS256", "kid": "one"])),
        ("an unknown key", .init(header: ["alg": "ES256", "kid": "two"])),
        ("a critical extension", .init(header: ["alg": "ES256", "kid": "one", "crit": ["b64"]])),
        (
            "its own key in the header, and signed with that",
            .init(
                header: ["alg": "ES256", "kid": "one", "jwk": ["kty": "EC"]],
                sign: { bytes in
                    Array(
                        (try? P256.Signing.PrivateKey().signature(for: bytes))?.rawRepresentation
                            ?? Data()
                    )
                }
            )
        ),
        ("no signature", .init(sign: { _ in [] })),
        ("one bit", .init(sign: { _ in [UInt8](repeating: 1, count: 64) })),
    ]

    @Test(arguments: lies.indices)
    func `a token that lies about one thing lets nobody in`(index: Int) async throws {
        let (what, lie) = Self.lies[index]
        try await TestProvider.serve(.sqlite) { server, provider in
            _ = try await linkedAnn(server, provider)
            provider.change { $0.lie = lie }

            let answer = try await TestProvider.leave(server.nobody, provider).finish()

            #expect(answer.status == 401 && answer.code == "auth.provider_refused", "\(what)")
            #expect(answer.headers[.setCookie]?.contains("refresh") != true)
            #expect(try await server.trail(of: nil).contains("sign_in failure"), "\(what)")
        }
    }

    @Test(arguments: Engine.present)
    func `a state is good once, in the browser that began, and for what it began`(
        engine: Engine
    ) async throws {
        try await TestProvider.serve(engine) { server, provider in
            let ann = try await linkedAnn(server, provider)
            let eve = try await server.nobody.register("Eve")
            func journey(
                _ caller: Caller? = nil,
                linking: Bool = false
            ) async throws -> TestProvider.Journey {
                try await TestProvider.leave(caller ?? server.nobody, provider, linking: linking)
            }

            var cookieless = try await journey()
            cookieless.browser = server.nobody
            var swapped = try await journey()
            swapped.browser = try await journey().browser
            var invented = try await journey()
            invented.state = OpaqueToken().text
            var empty = try await journey()
            empty.state = "x"
            let good = try await journey()
            let first = try await good.finish()
            let late = try await journey()
            var hijacked = try await journey(ann, linking: true)
            hijacked.browser = hijacked.browser.with(.authorization, eve.headers[.authorization])
            var unlinked = try await journey(ann, linking: true)
            unlinked.browser = unlinked.browser.with(.authorization, nil)

            var answers: [Answer] = []
            for journey in [cookieless, swapped, invented, empty, good, hijacked, unlinked] {
                answers.append(try await journey.finish())
            }
            server.clock.advance(seconds: 601)
            answers.append(try await late.finish())

            #expect(first.status == 200)
            for (index, answer) in answers.enumerated() {
                #expect(answer.status == 400 && answer.code == "auth.wrong_state", "\(index)")
            }
        }
    }

    @Test(arguments: Engine.present)
    func `a code that is used, made up or begun in another browser opens nothing`(
        engine: Engine
    ) async throws {
        try await TestProvider.serve(engine) { server, provider in
            _ = try await linkedAnn(server, provider)
            let one = try await TestProvider.leave(server.nobody, provider)
            var stolen = try await TestProvider.leave(server.nobody, provider)
            stolen.code = one.code
            var madeUp = try await TestProvider.leave(server.nobody, provider)
            madeUp.code = "made-up"

            let injected = try await stolen.finish()
            let invented = try await madeUp.finish()

            #expect(injected.code == "auth.provider_refused", "its verifier is another browser's")
            #expect(invented.code == "auth.provider_refused")
        }
    }

    @Test(arguments: Engine.present)
    func `another issuer's answer is not taken for this one's`(engine: Engine) async throws {
        try await TestProvider.serve(engine) { server, provider in
            _ = try await linkedAnn(server, provider)
            var mixedUp = try await TestProvider.leave(server.nobody, provider)
            mixedUp.issuer = "https://evil.example"
            let mixed = try await mixedUp.finish()
            server.clock.advance(seconds: 3_601)
            let now = server.seconds
            provider.change {
                $0.metadata[Self.issuerNamed] = true
                $0.clock = now
            }

            let unnamed = try await TestProvider.leave(server.nobody, provider).finish()
            var named = try await TestProvider.leave(server.nobody, provider)
            named.issuer = "https://id.example"
            let right = try await named.finish()

            #expect(mixed.code == "auth.provider_refused")
            #expect(unnamed.code == "auth.provider_refused", "it said that it names itself")
            #expect(right.status == 200)
        }
    }

    // MARK: The provider's description and keys

    @Test(arguments: Engine.present)
    func `new keys are found when a token names them, and asked for once a minute at most`(
        engine: Engine
    ) async throws {
        try await TestProvider.serve(engine) { server, provider in
            _ = try await linkedAnn(server, provider)
            provider.change { ($0.key, $0.keyID) = (P256.Signing.PrivateKey(), "next") }
            let tooSoon = try await TestProvider.leave(server.nobody, provider).finish()
            server.clock.advance(seconds: 61)
            let now = server.seconds
            provider.change { $0.clock = now }
            let found = try await TestProvider.leave(server.nobody, provider).finish()
            provider.change { $0.lie = .init(header: ["alg": "ES256", "kid": "never"]) }
            let before = provider.asked.filter { $0 == "GET /keys" }.count
            for _ in 0..<5 { _ = try await TestProvider.leave(server.nobody, provider).finish() }

            #expect(tooSoon.code == "auth.provider_refused")
            #expect(found.status == 200)
            #expect(provider.asked.filter { $0 == "GET /keys" }.count == before)
            let descriptions = provider.asked.filter { $0.hasSuffix("openid-configuration") }
            #expect(descriptions.count == 1)
        }
    }

    @Test(
        arguments: [
            ["issuer": "https://evil.example"], ["issuer": "https://id.example/"],
            ["token_endpoint": "http://id.example/token"], ["token_endpoint": "file:///etc/passwd"],
            ["jwks_uri": .null], ["authorization_endpoint": "javascript:alert(1)"],
            ["jwks_uri": "https://user:pass@id.example/keys"],
        ] as [[String: JSONValue]]
    )
    func `a description that is not the issuer's, or leads elsewhere, is not followed`(
        metadata: [String: JSONValue]
    ) async throws {
        try await TestProvider.serve(.sqlite) { server, provider in
            provider.change { $0.metadata = metadata }

            let answer = try await server.nobody.call(.post, "auth/oidc/home/start", [:])

            #expect(answer.status == 503 && answer.code == "auth.provider_unavailable")
            #expect(provider.asked == ["GET /.well-known/openid-configuration"])
        }
    }

    @Test func `a provider that is away or unknown is said so, and nothing of it leaks`()
        async throws
    {
        try await TestProvider.serve(.sqlite) { server, provider in
            let unknown = try await server.nobody.call(.post, "auth/oidc/other/start", [:])
            provider.change { $0.isAway = true }
            let away = try await server.nobody.call(.post, "auth/oidc/home/start", [:])

            #expect(unknown.status == 404 && away.status == 503)
            #expect(away.headers[.retryAfter] == "30")
            #expect(!away.text.contains("refused"))
            #expect(!server.options.log.all.contains { $0.contains(TestProvider.secret) })
        }
    }

    @Test(arguments: Engine.present)
    func `linking wants someone who is signed in and has just proved it, and one owner`(
        engine: Engine
    ) async throws {
        try await TestProvider.serve(engine) { server, provider in
            let ann = try await linkedAnn(server, provider)
            let eve = try await server.nobody.register("Eve")
            let taken = try await TestProvider.leave(eve, provider, linking: true).finish()
            let again = try await TestProvider.leave(ann, provider, linking: true).finish()
            let nobody = try await server.nobody.call(
                .post,
                "auth/oidc/home/start",
                ["link": true]
            )
            server.clock.advance(seconds: 301)
            let stale = try await ann.call(.post, "auth/oidc/home/start", ["link": true])

            #expect(taken.status == 409 && taken.code == "identity.taken")
            #expect(again.status == 204)
            #expect(nobody.status == 401)
            #expect(stale.code == "auth.proof_required")
            #expect(try await ann.get("identities").data.elements.count == 1)
        }
    }
}
