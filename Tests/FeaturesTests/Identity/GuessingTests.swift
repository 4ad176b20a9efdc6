import Crypto
@testable import Features
import HTTPTypes
import Ledger
import Storage
import Testing

/// Security bars A12, X11, X13: guessing is slowed down, and nobody is locked out by a stranger.
@Suite struct GuessingTests {
    private func guess(
        _ caller: Caller,
        _ password: String = "not the password",
        email: String = "ann@example.org"
    ) async throws -> Answer {
        try await caller.call(
            .post,
            "auth/login",
            ["email": .string(email), "password": .string(password)]
        )
    }

    /// A caller that seems to sit elsewhere.
    private func proxied(_ server: TestServer, _ address: String) -> Caller {
        server.nobody.with(.init("X-Forwarded-For")!, address)
    }

    private var behindProxy: TestServerOptions {
        var options = TestServerOptions()
        options.settings.trustedProxies = [NetworkRange("0.0.0.0/0")!, NetworkRange("::/0")!]
        return options
    }

    @Test(arguments: Engine.present)
    func `five wrong guesses lock the pair for a quarter of an hour, the right password too`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            _ = try await server.nobody.register("Ann")

            for _ in 0..<5 { #expect(try await guess(server.nobody).status == 401) }
            let locked = try await guess(server.nobody, Caller.password)
            server.clock.advance(seconds: 899)
            let still = try await guess(server.nobody, Caller.password)
            server.clock.advance(seconds: 2)
            let open = try await guess(server.nobody, Caller.password)

            #expect(locked.status == 423 && locked.code == "auth.locked")
            #expect(locked.headers[.retryAfter] == "900")
            #expect(still.status == 423)
            #expect(open.status == 200)
        }
    }

    @Test(arguments: Engine.present)
    func `an address that nobody has is locked alike`(engine: Engine) async throws {
        try await withServer(engine) { server in
            _ = try await server.nobody.register("Ann")
            var answers: [[Answer]] = [[], []]
            for _ in 0..<6 {
                answers[0].append(try await guess(server.nobody))
                answers[1].append(try await guess(server.nobody, email: "nobody@example.org"))
            }

            for (known, unknown) in zip(answers[0], answers[1]) {
                #expect(known.status == unknown.status)
                #expect(known.error == unknown.error)
                #expect(known.headers[.retryAfter] == unknown.headers[.retryAfter])
            }
            #expect(answers[0].last?.status == 423)
        }
    }

    @Test(arguments: Engine.present)
    func `a right password before the fifth wrong one forgets the others`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            _ = try await server.nobody.register("Ann")
            for _ in 0..<3 {
                for _ in 0..<4 { #expect(try await guess(server.nobody).status == 401) }
                #expect(try await guess(server.nobody, Caller.password).status == 200)
            }
        }
    }

    /// Conditions are in the statement, so that guesses at once are not looked at before they are
    /// counted.
    @Test(arguments: Engine.present)
    func `of thirty guesses at once five are looked at`(engine: Engine) async throws {
        var options = TestServerOptions()
        options.passwords = PasswordHasher(
            cost: .init(memoryKiB: 8, passes: 1, lanes: 1),
            threads: 2,
            waiting: 100
        )
        try await withServer(engine, options) { server in
            _ = try await server.nobody.register("Ann")

            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<30 { group.addTask { try await guess(server.nobody).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(statuses.filter { $0 == 401 }.count == 5)
            #expect(statuses.filter { $0 == 423 }.count == 25)
        }
    }

    @Test(arguments: Engine.present)
    func `a stranger elsewhere locks nobody out`(engine: Engine) async throws {
        try await withServer(engine, behindProxy) { server in
            _ = try await proxied(server, "192.0.2.1").register("Ann")

            for _ in 0..<6 { _ = try await guess(proxied(server, "198.51.100.7")) }

            #expect(try await guess(proxied(server, "198.51.100.7")).status == 423)
            #expect(try await guess(proxied(server, "192.0.2.1"), Caller.password).status == 200)
        }
    }

    @Test(arguments: Engine.present)
    func `guesses from two hundred addresses are bounded, and the owner's device still enters`(
        engine: Engine
    ) async throws {
        try await withServer(engine, behindProxy) { server in
            _ = try await proxied(server, "192.0.2.1").register("Ann")
            let owner = try await proxied(server, "203.0.113.9").withBadge()
            var looked = 0
            for host in 0..<200 {
                let answer = try await guess(proxied(server, "198.51.100.\(host)"))
                if answer.status == 401 { looked += 1 }
            }

            let stranger = try await guess(proxied(server, "203.0.113.9"), Caller.password)
            let known = try await guess(owner, Caller.password)

            #expect(looked == SignInGuard.allLimit)
            #expect(stranger.status == 423)
            #expect(known.status == 200)
        }
    }

    @Test(arguments: Engine.present)
    func `the owner is told of a lock, once an hour`(engine: Engine) async throws {
        try await withServer(engine) { server in
            _ = try await server.nobody.register("Ann")
            for _ in 0..<2 {
                for _ in 0..<6 { _ = try await guess(server.nobody) }
                server.clock.advance(seconds: 901)
            }

            let letters = try await server.mailbox.letters(to: "ann@example.org")
            let told = letters.filter { if case .accountLocked = $0 { true } else { false } }
            let failures = try await server.trail(of: "ann@example.org")
                .filter { $0 == "sign_in failure" }

            #expect(told.count == 1)
            #expect(failures.count == 10)
        }
    }
}
