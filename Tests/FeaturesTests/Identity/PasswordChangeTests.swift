@testable import Features
import HTTPTypes
import Storage
import Testing

/// Changing a password, and getting back in without it.
@Suite struct PasswordChangeTests {
    private static let new = "another long phrase of words 8"

    private func login(_ server: TestServer, _ password: String) async throws -> Answer {
        try await server.nobody.call(
            .post,
            "auth/login",
            ["email": "ann@example.org", "password": .string(password)]
        )
    }

    private func change(_ caller: Caller, from old: String, to new: String) async throws -> Answer {
        try await caller.call(
            .post,
            "auth/change-password",
            ["current_password": .string(old), "new_password": .string(new)]
        )
    }

    @Test(arguments: Engine.present)
    func `a change wants the old password and ends every other session`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let other = try await login(server, Caller.password)
            let stolen = server.nobody.with(token: other.data["access_token"]?.text ?? "")

            let wrong = try await change(ann, from: "a wrong password", to: Self.new)
            let right = try await change(ann, from: Caller.password, to: Self.new)

            #expect(wrong.status == 401)
            #expect(right.status == 204)
            #expect(try await ann.get("auth/me").status == 200)
            #expect(try await stolen.get("auth/me").status == 401)
            let refresh = try await server.nobody.call(
                .post,
                "auth/refresh",
                ["refresh_token": other.data["refresh_token"] ?? .null]
            )
            #expect(refresh.status == 401)
            #expect(try await login(server, Caller.password).status == 401)
            #expect(try await login(server, Self.new).status == 200)
            #expect(
                try await server.mailbox.letters(to: "ann@example.org")
                    .contains(.passwordChanged(name: "Ann"))
            )
        }
    }

    @Test(arguments: [
        ("short", "too_short"), ("password123456", "breached"), ("aaaaaaaaaaaaaaaa", "breached"),
    ])
    func `a new password that is bad changes nothing`(new: String, code: String) async throws {
        try await withServer { server in
            let ann = try await server.nobody.register("Ann")

            let answer = try await change(ann, from: Caller.password, to: new)

            #expect(answer.status == 422)
            #expect(answer.fields == ["new_password"])
            #expect(answer.text.contains(code))
            #expect(try await login(server, Caller.password).status == 200)
        }
    }

    @Test func `guesses at the old password are counted as at the door`() async throws {
        try await withServer { server in
            let ann = try await server.nobody.register("Ann")

            for _ in 0..<5 {
                #expect(try await change(ann, from: "wrong guess", to: Self.new).status == 401)
            }

            #expect(try await change(ann, from: Caller.password, to: Self.new).status == 423)
            #expect(try await login(server, Caller.password).status == 423)
        }
    }

    @Test(arguments: Engine.present)
    func `a link of a letter sets a new password once, and ends every session`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let ask = try await server.nobody.call(
                .post,
                "auth/request-password-reset",
                ["email": "ann@example.org"]
            )
            let token = try await server.mailbox.token(to: "ann@example.org")
            let body: JSONValue = ["token": .string(token), "new_password": .string(Self.new)]

            let first = try await server.nobody.call(.post, "auth/reset-password", body)
            let again = try await server.nobody.call(.post, "auth/reset-password", body)

            #expect(ask.status == 202)
            #expect(first.status == 204)
            #expect(again.status == 410 && again.code == "auth.link_used")
            #expect(try await ann.get("auth/me").status == 401)
            #expect(try await login(server, Self.new).status == 200)
        }
    }

    /// Security bar X24.
    @Test(arguments: Engine.present)
    func `an older link, a late one and one from before a change of address are not good`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            func ask() async throws -> String {
                server.clock.advance(seconds: 301)
                return try await askAgain()
            }
            func askAgain() async throws -> String {
                try await server.nobody.call(
                    .post,
                    "auth/request-password-reset",
                    ["email": "ann@example.org"]
                )
                return try await server.mailbox.token(to: "ann@example.org")
            }
            func use(_ token: String) async throws -> Int {
                try await server.nobody.call(
                    .post,
                    "auth/reset-password",
                    ["token": .string(token), "new_password": .string(Self.new)]
                ).status
            }
            let older = try await ask()
            let newer = try await ask()
            #expect(try await use(older) == 410)
            // A stranger who asks at once ends nothing.
            #expect(try await askAgain() == newer)
            server.clock.advance(seconds: 31 * 60)
            #expect(try await use(newer) == 410)

            let before = try await ask()
            let fresh = try await login(server, Caller.password)
            let caller = ann.with(token: fresh.data["access_token"]?.text ?? "")
            try await caller.call(.post, "auth/change-email", ["email": "anna@example.org"])
            let link = try await server.mailbox.token(to: "anna@example.org")
            try await server.nobody.call(.post, "auth/verify-email", ["token": .string(link)])
            #expect(try await use(before) == 410)
        }
    }

    @Test(arguments: Engine.present)
    func `whether anyone has an address is not told, and nobody is written to in vain`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            _ = try await server.nobody.register("Ann")
            let known = try await server.nobody.call(
                .post,
                "auth/request-password-reset",
                ["email": "ann@example.org"]
            )
            let unknown = try await server.nobody.call(
                .post,
                "auth/request-password-reset",
                ["email": "eve@example.org"]
            )

            #expect(known.status == 202 && unknown.status == 202)
            #expect(known.bytes.isEmpty && unknown.bytes.isEmpty)
            #expect(known.headers.map(\.name) == unknown.headers.map(\.name))
            #expect(try await server.mailbox.letters(to: "eve@example.org").isEmpty)
        }
    }

    /// Security bar X25: links come from configuration, never from the request.
    @Test func `a foreign host in the request does not get into the link`() async throws {
        try await withServer { server in
            _ = try await server.nobody.register("Ann")
            try await server.nobody.with(.init("X-Forwarded-Host")!, "evil.example")
                .call(.post, "auth/request-password-reset", ["email": "ann@example.org"])

            let letters = try await server.mailbox.letters(to: "ann@example.org")

            #expect(
                letters.compactMap(\.link).allSatisfy {
                    $0.hasPrefix("http://localhost:8080/") && !$0.contains("evil")
                }
            )
        }
    }

    /// A thief of a session asks for another address, and waits until the owner has recovered.
    @Test(arguments: Engine.present)
    func `a link to another address ends when the owner takes the account back`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            try await ann.call(.post, "auth/change-email", ["email": "thief@example.org"])
            let stolen = try await server.mailbox.token(to: "thief@example.org")
            try await server.nobody.call(
                .post,
                "auth/request-password-reset",
                ["email": "ann@example.org"]
            )
            let link = try await server.mailbox.token(to: "ann@example.org")
            try await server.nobody.call(
                .post,
                "auth/reset-password",
                ["token": .string(link), "new_password": .string(Self.new)]
            )

            let late = try await server.nobody.call(
                .post,
                "auth/verify-email",
                ["token": .string(stolen)]
            )

            #expect(late.status == 410)
            #expect(try await login(server, Self.new).status == 200)
        }
    }
}
