import Crypto
@testable import Features
import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

/// Passkeys through the router, with an authenticator in software. Security bars A9, X27, X28.
@Suite struct PasskeyRouteTests {
    private func person(_ caller: Caller) async throws -> [UInt8] {
        let id = try await caller.get("auth/me").data["user"]?["id"]?.text
        return try #require(id.flatMap { PersonID($0) }).value.bytes
    }

    private func question(_ server: TestServer) async throws -> Answer {
        try await server.nobody.call(.post, "auth/passkey/options")
    }

    @Test(arguments: Engine.present)
    func `a passkey is made, listed, renamed, and signs in by itself`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            var passkey = SoftwareAuthenticator.here()
            passkey.userHandle = try await person(ann)

            let made = try await ann.addPasskey(passkey)
            let id = made.data["id"]?.text ?? ""
            let renamed = try await ann.call(.patch, "factors/passkeys/\(id)", ["name": "Key"])
            let signedIn = try await server.nobody.call(
                .post,
                "auth/passkey",
                try passkey.answer(to: question(server))
            )
            let listed = try await ann.get("factors").data["passkeys"]?[0]

            #expect(made.status == 201 && renamed.data["name"] == "Key")
            #expect(signedIn.status == 200 && signedIn.data["access_token"]?.text != nil)
            #expect(listed?["name"] == "Key" && listed?["used_at"]?.text != nil)
            let options = try await ann.call(.post, "factors/passkeys/options").data["options"]
            #expect(options?["excludeCredentials"]?.elements.count == 1)
            #expect(options?["attestation"] == "none" && options?["rp"]?["id"] == "localhost")
            let trail = try await server.trail(of: "ann@example.org")
            #expect(trail.contains("passkey_added success") && trail.last == "sign_in success")
        }
    }

    @Test(arguments: Engine.present)
    func `after a password a passkey is the second factor, of the very sign-in it was asked for`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let passkey = SoftwareAuthenticator.here()
            _ = try await server.nobody.register("Ann").addPasskey(passkey)
            func ask(_ token: String) async throws -> Answer {
                try await server.nobody.call(
                    .post,
                    "auth/second-factor/passkey",
                    ["token": .string(token)]
                )
            }
            let (one, two) = (try await server.halfLogIn(), try await server.halfLogIn())

            let question = try await ask(one)
            let elsewhere = try await server.finish(two, ("passkey", passkey.answer(to: question)))
            let used = try await server.finish(one, ("passkey", passkey.answer(to: question)))
            let right = try await server.finish(one, ("passkey", passkey.answer(to: ask(one))))
            let unknown = try await ask(OpaqueToken().text)

            #expect(question.data["options"]?["allowCredentials"]?.elements.count == 1)
            #expect(elsewhere.status == 401, "asked for another sign-in")
            #expect(used.status == 401, "the challenge was used up by that")
            #expect(right.status == 200)
            #expect(unknown.status == 401)
        }
    }

    @Test(arguments: Engine.present)
    func `a challenge is good once, for its purpose, for five minutes, and only if we made it`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            var passkey = SoftwareAuthenticator.here()
            passkey.userHandle = try await person(ann)
            _ = try await ann.addPasskey(passkey)
            func signIn(_ answer: JSONValue) async throws -> Answer {
                try await server.nobody.call(.post, "auth/passkey", answer)
            }

            let good = try await question(server)
            let answer = try passkey.answer(to: good)
            let first = try await signIn(answer)
            let again = try await signIn(answer)
            let proof = try await ann.call(.post, "auth/prove/passkey")
            let wrongPurpose = try await signIn(passkey.answer(to: proof))
            let own = OpaqueToken()
            let madeUp = try await signIn([
                "challenge_id": .string(own.text), "credential": passkey.used(own.bytes),
            ])
            let old = try await question(server)
            server.clock.advance(seconds: 301)
            let late = try await signIn(passkey.answer(to: old))

            #expect(first.status == 200)
            for refused in [again, wrongPurpose, madeUp, late] {
                #expect(refused.status == 401 && refused.code == "auth.challenge_over")
            }
        }
    }

    typealias Lie = @Sendable (inout SoftwareAuthenticator) -> Void

    static let lies: [(String, Lie)] = [
        ("another origin", { $0.origin = "https://evil.example" }),
        ("a sibling", { $0.origin = "http://evil.localhost:8080" }),
        ("another port", { $0.origin = "http://localhost:8081" }),
        ("another party", { $0.relyingParty = "example.org" }),
        ("nobody present", { $0.flags = 0x04 }),
        ("nobody verified", { $0.flags = 0x01 }),
        ("the wrong ceremony", { $0.type = "webauthn.create" }),
        ("in a frame", { $0.crossOrigin = true }),
        ("nobody named", { $0.userHandle = nil }),
        ("somebody else named", { $0.userHandle = [UInt8](repeating: 7, count: 16) }),
        ("another key", { $0.key = .es256(P256.Signing.PrivateKey()) }),
        ("an unknown passkey", { $0.credentialID = Array("unknown".utf8) }),
        ("a counter that fell", { $0.signCount = 4 }),
    ]

    @Test(arguments: lies.indices)
    func `a passkey that lies about one thing signs nobody in`(index: Int) async throws {
        let (what, lie) = Self.lies[index]
        try await withServer { server in
            let ann = try await server.nobody.register("Ann")
            var passkey = SoftwareAuthenticator.here()
            passkey.userHandle = try await person(ann)
            passkey.signCount = 5
            _ = try await ann.addPasskey(passkey)
            passkey.signCount = 6
            lie(&passkey)

            let answer = try await server.nobody.call(
                .post,
                "auth/passkey",
                try passkey.answer(to: question(server))
            )

            #expect(answer.status == 401 && answer.code == "auth.invalid_code", "\(what)")
            let known = try await server.trail(of: "ann@example.org")
            let unknown = try await server.trail(of: nil)
            #expect((known + unknown).contains("passkey failure"), "\(what)")
        }
    }

    @Test(arguments: Engine.present)
    func `a passkey that does not fit is not made, and says what is wrong`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let eve = try await server.nobody.register("Eve")
            let passkey = SoftwareAuthenticator.here()
            var foreign = SoftwareAuthenticator.here()
            foreign.origin = "https://evil.example"
            var branded = SoftwareAuthenticator.here()
            branded.format = "fido-u2f"

            let wrongOrigin = try await ann.addPasskey(foreign)
            let attested = try await ann.addPasskey(branded)
            let made = try await ann.addPasskey(passkey)
            let twice = try await ann.addPasskey(passkey)
            let stolen = try await eve.addPasskey(passkey)
            let hers = try await ann.call(.post, "factors/passkeys/options")
            let swapped = try await eve.call(
                .post,
                "factors/passkeys",
                [
                    "challenge_id": hers.data["challenge_id"] ?? .null, "name": "Key",
                    "credential": try SoftwareAuthenticator.here().registered(hers.challenge),
                ]
            )

            #expect(wrongOrigin.status == 422 && wrongOrigin.fields == ["credential"])
            #expect(attested.status == 422 && attested.text.contains("naming its maker"))
            #expect(made.status == 201)
            #expect(twice.code == "passkey.taken" && stolen.code == "passkey.taken")
            #expect(swapped.status == 401, "a challenge is for whoever asked for it")
            #expect(try await eve.get("factors").data["passkeys"] == [])
        }
    }

    @Test(arguments: Engine.present)
    func `nobody removes their last way in, and another's passkey is not there`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let eve = try await server.nobody.register("Eve")
            let one = try await ann.addPasskey(.here()).data["id"]?.text ?? ""
            let two = try await ann.addPasskey(.here()).data["id"]?.text ?? ""

            let foreign = try await eve.call(.delete, "factors/passkeys/\(one)")
            let renamed = try await eve.call(.patch, "factors/passkeys/\(one)", ["name": "E"])
            try await server.environment.database.write(.shared) {
                try $0.execute("UPDATE person SET password_hash = ''")
            }
            let first = try await ann.call(.delete, "factors/passkeys/\(one)")
            let last = try await ann.call(.delete, "factors/passkeys/\(two)")

            #expect(foreign.status == 404 && renamed.status == 404)
            #expect(first.status == 204)
            #expect(last.status == 409 && last.code == "auth.last_way_in")
            #expect(try await ann.get("factors").data["passkeys"]?.elements.count == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `a passkey shows again who someone is`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let eve = try await server.nobody.register("Eve")
            let passkey = SoftwareAuthenticator.here()
            _ = try await ann.addPasskey(passkey)
            server.clock.advance(seconds: 301)
            func prove(_ caller: Caller, _ answer: JSONValue) async throws -> Int {
                try await caller.call(.post, "auth/prove", ["passkey": answer]).status
            }

            let stale = try await ann.call(.post, "factors/passkeys/options")
            let question = try await ann.call(.post, "auth/prove/passkey")
            let byEve = try await prove(eve, passkey.answer(to: question))
            let proved = try await prove(
                ann,
                passkey.answer(to: ann.call(.post, "auth/prove/passkey"))
            )
            let fresh = try await ann.call(.post, "factors/passkeys/options")

            #expect(stale.code == "auth.proof_required")
            #expect(byEve == 401 && proved == 204 && fresh.status == 200)
        }
    }

    @Test func `what is no credential is refused as a field`() async throws {
        try await withServer { server in
            let good = try SoftwareAuthenticator.here().used([1])
            let id = JSONValue.string(OpaqueToken().text)
            for credential in [
                [:], "text", ["id": "AA", "rawId": "AA", "type": "password", "response": [:]],
                ["id": "AA", "rawId": "AB", "type": "public-key", "response": good["response"]!],
                ["id": "AA", "rawId": "AA", "type": "public-key", "response": ["signature": 1]],
            ] as [JSONValue] {
                let answer = try await server.nobody.call(
                    .post,
                    "auth/passkey",
                    ["challenge_id": id, "credential": credential]
                )
                #expect(answer.status == 422 && answer.fields == ["credential"])
            }
        }
    }
}
