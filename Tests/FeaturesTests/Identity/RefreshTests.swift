import Features
import HTTPTypes
import Storage
import Testing

@Suite struct RefreshTests {
    /// What a session's holder has.
    private struct Tokens {
        let access: String
        let refresh: String
    }

    private func signUp(_ server: TestServer) async throws -> Tokens {
        let answer = try await server.nobody.call(
            .post,
            "auth/register",
            ["email": "ann@example.org", "password": .string(Caller.password), "name": "Ann"]
        )
        return try tokens(answer)
    }

    private func tokens(_ answer: Answer) throws -> Tokens {
        Tokens(
            access: try #require(answer.data["access_token"]?.text, "\(answer)"),
            refresh: try #require(answer.data["refresh_token"]?.text, "\(answer)")
        )
    }

    private func refresh(_ token: String, by caller: Caller) async throws -> Answer {
        try await caller.call(.post, "auth/refresh", ["refresh_token": .string(token)])
    }

    @Test(arguments: Engine.present)
    func `each refresh gives another token, and the last one goes on`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let first = try await signUp(server)

            let second = try tokens(try await refresh(first.refresh, by: server.nobody))
            let third = try tokens(try await refresh(second.refresh, by: server.nobody))

            #expect(Set([first, second, third].map(\.refresh)).count == 3)
            #expect(try await server.nobody.with(token: third.access).get("auth/me").status == 200)
        }
    }

    @Test(arguments: Engine.present)
    func `a lost answer is given again for ten seconds`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let first = try await signUp(server)
            let second = try tokens(try await refresh(first.refresh, by: server.nobody))

            server.clock.advance(seconds: 10)
            let again = try tokens(try await refresh(first.refresh, by: server.nobody))

            #expect(again.refresh == second.refresh)
        }
    }

    @Test(arguments: Engine.present)
    func `a used token that comes back later ends the family`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let first = try await signUp(server)
            let second = try tokens(try await refresh(first.refresh, by: server.nobody))

            server.clock.advance(seconds: 11)
            let replayed = try await refresh(first.refresh, by: server.nobody)

            #expect(replayed.status == 401)
            #expect(replayed.code == "auth.session_ended")
            #expect(try await refresh(second.refresh, by: server.nobody).status == 401)
            #expect(try await server.nobody.with(token: second.access).get("auth/me").status == 401)
            let log = server.options.log.all.joined(separator: "\n")
            #expect(log.contains("a used refresh token was presented again"))
            #expect(!log.contains(first.refresh) && !log.contains(second.refresh))
        }
    }

    @Test(arguments: Engine.present)
    func `another client gets no grace, and ends the family`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let first = try await signUp(server)
            let second = try tokens(try await refresh(first.refresh, by: server.nobody))

            let thief = server.nobody.with(.userAgent, "another")
            let replayed = try await refresh(first.refresh, by: thief)

            #expect(replayed.status == 401)
            #expect(try await refresh(second.refresh, by: server.nobody).status == 401)
        }
    }

    @Test(arguments: Engine.present)
    func `fifty refreshes at once get one successor`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let first = try await signUp(server)

            let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await refresh(first.refresh, by: server.nobody) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(answers.allSatisfy { $0.status == 200 })
            #expect(Set(try answers.map { try tokens($0).refresh }).count == 1)
            let stored = try await server.environment.database.read(.shared) {
                try $0.first("SELECT COUNT(*) FROM refresh_token") { try $0.integer() }
            }
            #expect(stored == 2)
        }
    }

    /// Security bar X09: thieves at once, each with a program of its own.
    @Test(arguments: Engine.present)
    func `fifty clients at once with one token leave no second family`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let first = try await signUp(server)

            let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                for number in 0..<50 {
                    let thief = server.nobody.with(.userAgent, "thief \(number)")
                    group.addTask { try await refresh(first.refresh, by: thief) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            let winners = answers.filter { $0.status == 200 }
            #expect(winners.count == 1)
            #expect(answers.allSatisfy { [200, 401].contains($0.status) })
            for winner in winners {
                let won = try tokens(winner)
                #expect(try await refresh(won.refresh, by: server.nobody).status == 401)
                let me = try await server.nobody.with(token: won.access).get("auth/me")
                #expect(me.status == 401)
            }
        }
    }

    @Test func `a session that is not used ends after thirty days`() async throws {
        try await withServer { server in
            let first = try await signUp(server)

            server.clock.advance(seconds: 30 * 86_400 + 1)

            #expect(try await refresh(first.refresh, by: server.nobody).status == 401)
        }
    }

    @Test func `a session ends after ninety days however often it is used`() async throws {
        try await withServer { server in
            var now = try await signUp(server)
            for _ in 0..<4 {
                server.clock.advance(seconds: 20 * 86_400)
                now = try tokens(try await refresh(now.refresh, by: server.nobody))
            }

            server.clock.advance(seconds: 10 * 86_400 + 1)

            #expect(try await refresh(now.refresh, by: server.nobody).status == 401)
        }
    }

    @Test(arguments: Engine.present)
    func `signing out ends the access token at once`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let first = try await signUp(server)
            let ann = server.nobody.with(token: first.access)
            #expect(try await ann.get("auth/me").status == 200)

            let out = try await server.nobody.call(
                .post,
                "auth/logout",
                ["refresh_token": .string(first.refresh)]
            )

            #expect(out.status == 204)
            #expect(try await ann.get("auth/me").status == 401)
            #expect(try await refresh(first.refresh, by: server.nobody).status == 401)
        }
    }

    @Test func `signing out by the access token ends the refresh token too`() async throws {
        try await withServer { server in
            let first = try await signUp(server)

            let out = try await server.nobody.with(token: first.access).call(.post, "auth/logout")

            #expect(out.status == 204)
            #expect(try await refresh(first.refresh, by: server.nobody).status == 401)
        }
    }

    @Test func `an access token is no refresh token, and the other way about`() async throws {
        try await withServer { server in
            let first = try await signUp(server)

            let asAccess = try await server.nobody.with(token: first.refresh).get("auth/me")
            let asRefresh = try await server.nobody.call(
                .post,
                "auth/refresh",
                ["refresh_token": .string(String(first.access.suffix(43)))]
            )

            #expect(asAccess.status == 401)
            #expect(asRefresh.status == 401)
        }
    }
}
