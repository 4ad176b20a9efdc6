@testable import Features
import HTTPTypes
import Storage
import Testing

/// Sessions: seeing and ending them, and what a thief of one finds.
@Suite struct SessionTests {
    private func login(_ caller: Caller) async throws -> Answer {
        try await caller.call(
            .post,
            "auth/login",
            ["email": "ann@example.org", "password": .string(Caller.password)]
        )
    }

    @Test(arguments: Engine.present)
    func `one sees where one is signed in and ends what is not right`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let phone = try await login(server.nobody.with(.userAgent, "A phone"))
            let other = server.nobody.with(token: phone.data["access_token"]?.text ?? "")

            let sessions = try await ann.get("sessions").data.elements
            let phoneID = try #require(
                sessions.first { $0["device"]?.text == "A phone" }?["id"]?.text
            )
            let ended = try await ann.call(.delete, "sessions/\(phoneID)")
            let again = try await ann.call(.delete, "sessions/\(phoneID)")

            #expect(sessions.count == 2)
            #expect(sessions.filter { $0["is_current"] == .boolean(true) }.count == 1)
            #expect(ended.status == 204 && again.status == 404)
            #expect(try await other.get("auth/me").status == 401)
            #expect(try await ann.get("sessions").data.elements.count == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `a session says where it began and where it was used last, and when`(
        engine: Engine
    ) async throws {
        var options = TestServerOptions()
        options.settings.trustedProxies = [NetworkRange("0.0.0.0/0")!, NetworkRange("::/0")!]
        try await withServer(engine, options) { server in
            func at(_ address: String) -> Caller {
                server.nobody.with(.init("X-Forwarded-For")!, address)
            }
            _ = try await server.nobody.register("Ann")
            let begun = try await login(at("192.0.2.1"))
            let token = begun.data["refresh_token"] ?? .null
            let ann = server.nobody.with(token: begun.data["access_token"]?.text ?? "")
            func row() async throws -> JSONValue? {
                try await ann.get("sessions").data.elements.first { $0["is_current"] == true }
            }
            let first = try await row()
            server.clock.advance(seconds: 90)
            let refreshed = try await at("198.51.100.7")
                .call(.post, "auth/refresh", ["refresh_token": token])
            let second = try await row()

            #expect(refreshed.status == 200, "\(refreshed)")
            #expect(first?["first_address"] == "192.0.2.1" && first?["address"] == "192.0.2.1")
            #expect(first?["used_at"] == first?["created_at"])
            #expect(first?["used_at"]?.text?.hasPrefix("2026-03-15T12:00:00") == true)
            #expect(second?["first_address"] == "192.0.2.1")
            #expect(second?["address"] == "198.51.100.7")
            #expect(second?["created_at"] == first?["created_at"])
            #expect(second?["used_at"]?.text?.hasPrefix("2026-03-15T12:01:30") == true)
        }
    }

    @Test(arguments: Engine.present)
    func `nobody ends a session of someone else`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let eve = try await server.nobody.register("Eve")
            let id = try #require(try await ann.get("sessions").data[0]["id"]?.text)

            let answer = try await eve.call(.delete, "sessions/\(id)")

            #expect(answer.status == 404)
            #expect(try await ann.get("auth/me").status == 200)
        }
    }

    @Test(arguments: Engine.present)
    func `all others end at once, or all`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let other = server.nobody.with(
                token: try await login(server.nobody).data["access_token"]?.text ?? ""
            )

            #expect(try await ann.call(.delete, "sessions").status == 204)
            #expect(try await other.get("auth/me").status == 401)
            #expect(try await ann.get("auth/me").status == 200)
            #expect(try await ann.call(.post, "auth/logout-all").status == 204)
            #expect(try await ann.get("auth/me").status == 401)
        }
    }

    /// Security bar X08.
    @Test(arguments: Engine.present)
    func `a refresh token that comes again ends the family and tells the owner`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            _ = try await server.nobody.register("Ann")
            let first = try await login(server.nobody).data["refresh_token"] ?? .null
            let body: JSONValue = ["refresh_token": first]
            let second = try await server.nobody.call(.post, "auth/refresh", body)
            server.clock.advance(seconds: 11)

            let thief = try await server.nobody.call(.post, "auth/refresh", body)
            let victim = try await server.nobody.call(
                .post,
                "auth/refresh",
                ["refresh_token": second.data["refresh_token"] ?? .null]
            )

            #expect(thief.status == 401 && victim.status == 401)
            let letters = try await server.mailbox.letters(to: "ann@example.org")
            #expect(letters.contains { if case .sessionStolen = $0 { true } else { false } })
            #expect(try await server.trail(of: "ann@example.org").contains("token_reuse refused"))
        }
    }

    @Test(arguments: Engine.present)
    func `a new device sends a notice, a known one does not`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let known = server.nobody.with(.userAgent, "Firefox on a desk")
            _ = try await known.register("Ann")
            _ = try await login(known)
            _ = try await login(server.nobody.with(.userAgent, "A phone\r\nX: y"))
            _ = try await login(server.nobody.with(.userAgent, "A phone\r\nX: y"))

            let notices = try await server.mailbox.letters(to: "ann@example.org").compactMap {
                if case .newDevice(_, let device, _, _) = $0 { device } else { nil }
            }

            #expect(notices == ["A phone  X: y"])
        }
    }

    @Test(arguments: Engine.present)
    func `what a stolen session must not do wants proof of the last minutes`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            func ask() async throws -> Answer {
                try await ann.call(.post, "auth/change-email", ["email": "b@example.org"])
            }
            func prove(_ password: String) async throws -> Answer {
                try await ann.call(.post, "auth/prove", ["password": .string(password)])
            }

            #expect(try await ask().status == 202)
            server.clock.advance(seconds: 301)
            let refused = try await ask()
            #expect(refused.status == 403 && refused.code == "auth.proof_required")
            #expect(try await prove("not it").status == 401)
            #expect(try await ask().status == 403)
            #expect(try await prove(Caller.password).status == 204)
            #expect(try await ask().status == 202)
        }
    }
}
