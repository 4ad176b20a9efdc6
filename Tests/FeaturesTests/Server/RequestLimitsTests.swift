@testable import Features
import HTTPTypes
import Logging
import RESP
import Storage
import Testing

@Suite struct RequestLimitsTests {
    @Test func `limits are read from a file, line by line`() throws {
        let table = try LimitTable(text: "# ours\nsign_in = 3/10m\ngeneral=off\n")

        #expect(table.limits[.signIn] == [RateLimit(3, perSeconds: 600)])
        #expect(table.limits[.general] == [])
        #expect(table.limits[.imports] == LimitTable.standard.limits[.imports])
    }

    @Test(
        arguments: [
            ("sign_in = 0/1m", 1), ("\nsignin = 1/1m", 2), ("exempt = 1/1m", 1),
            ("auth = 1/25h", 1), ("auth 1/1h", 1), ("auth = 5", 1), ("auth = 1/99999999999h", 1),
        ])
    func `a wrong line of limits is named`(text: String, line: Int) {
        #expect {
            try LimitTable(text: text)
        } throws: {
            ($0 as? LimitTable.Fault)?.line == line
        }
    }

    private func limited(_ text: String) throws -> TestServerOptions {
        var options = TestServerOptions()
        let clock = options.clock
        let limiter = RateLimiter(redis: nil, logger: Logger(label: "test")) {
            clock.now.microseconds
        }
        options.settings.limits = RequestLimits(limiter, try LimitTable(text: text))
        return options
    }

    private static let guess: JSONValue = [
        "email": "ann@example.org", "password": "wrong password",
    ]

    @Test func `guesses are limited by address and the rest by person`() async throws {
        let limits = try limited("sign_in = 2/1m\nregister = off\ngeneral = 2/1m")
        try await withServer(.sqlite, limits) { server in
            let ann = try await server.nobody.register("Ann")
            let eve = try await server.nobody.register("Eve")

            var statuses: [Int] = []
            for caller in [ann, eve, server.nobody] {
                statuses.append(try await caller.call(.post, "auth/login", Self.guess).status)
            }
            let late = try await server.nobody.call(.post, "auth/login", Self.guess)
            for _ in 0..<2 { #expect(try await ann.get("auth/me").status == 200) }

            #expect(statuses == [401, 401, 429])
            #expect(late.headers[.retryAfter] == "30")
            #expect(try await ann.get("auth/me").status == 429)
            #expect(try await eve.get("auth/me").status == 200)
            server.clock.advance(seconds: 30)
            #expect(try await server.nobody.call(.post, "auth/login", Self.guess).status == 401)
        }
    }

    @Test func `every answer says what is left, errors too`() async throws {
        let limits = try limited("general = 10/1m\nsign_in = 1/1m\ntransactions = off")
        try await withServer(.sqlite, limits) { server in
            let ann = try await server.nobody.register("Ann")

            let answers = [
                try await ann.get("auth/me"), try await ann.get("accounts/none"),
                try await ann.call(.post, "accounts", [:]),
                try await ann.with(.contentType, "text/plain").send(.post, "accounts", [1]),
                try await ann.send(.post, "accounts", [UInt8](repeating: 32, count: 2 << 20)),
            ]
            let nobody = try await server.nobody.get("auth/me")
            let wrong = try await server.nobody.call(.post, "auth/login", Self.guess)
            let tooMany = try await server.nobody.call(.post, "auth/login", Self.guess)
            let unlimited = try await ann.get("transactions")

            #expect(answers.map(\.status) == [200, 404, 422, 415, 413])
            #expect(answers.map { $0.headers[.rateLimitRemaining] } == ["9", "8", "7", "6", "5"])
            #expect(answers.allSatisfy { $0.headers[.rateLimitLimit] == "10" })
            #expect(answers.last?.headers[.rateLimitReset] == "30")
            #expect(nobody.status == 401 && nobody.headers[.rateLimitRemaining] == "9")
            #expect(wrong.status == 401 && wrong.headers[.rateLimitRemaining] == "0")
            #expect(tooMany.status == 429 && tooMany.headers[.rateLimitReset] == "60")
            #expect(tooMany.headers[.retryAfter] == "60")
            #expect(unlimited.headers[.rateLimitLimit] == nil)
        }
    }

    /// Security bar X77.
    @Test(arguments: [
        "X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP", "CF-Connecting-IP",
    ])
    func `an address of a client's own making buys nothing`(name: String) async throws {
        try await withServer(.sqlite, limited("sign_in = 2/1m")) { server in
            var statuses: [Int] = []
            for number in 0..<4 {
                let value = name == "Forwarded" ? "for=1.2.3.\(number)" : "1.2.3.\(number)"
                let caller = server.nobody.with(.init(name)!, value)
                statuses.append(try await caller.call(.post, "auth/login", Self.guess).status)
            }

            #expect(statuses == [401, 401, 429, 429])
        }
    }

    @Test func `a sign-up that is refused for its fields is not counted`() async throws {
        try await withServer(.sqlite, limited("register = 1/1h")) { server in
            for _ in 0..<3 {
                #expect(try await server.nobody.call(.post, "auth/register", [:]).status == 422)
            }

            _ = try await server.nobody.register("Ann")

            #expect(try await server.nobody.call(.post, "auth/register", [:]).status == 429)
        }
    }

    @Test func `asking which addresses are taken is counted`() async throws {
        try await withServer(.sqlite, limited("register = 2/1h")) { server in
            _ = try await server.nobody.register("Ann")
            let body: JSONValue = [
                "email": "ann@example.org", "password": .string(Caller.password), "name": "Eve",
            ]

            let taken = try await server.nobody.call(.post, "auth/register", body)
            let again = try await server.nobody.call(.post, "auth/register", body)

            #expect(taken.status == 409)
            #expect(again.status == 429)
        }
    }

    @Test func `sign-ups at once are counted like those one after the other`() async throws {
        try await withServer(.sqlite, limited("register = 3/1h")) { server in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        try await server.nobody.call(
                            .post,
                            "auth/register",
                            [
                                "email": .string("ann\(number)@example.org"),
                                "password": .string(Caller.password), "name": "Ann",
                            ]
                        ).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(statuses.count { $0 == 201 } == 3)
            #expect(statuses.count { $0 == 429 } == 17)
        }
    }

    @Test func `a lane of passwords that is full answers 503, not 429`() async throws {
        var options = try limited("sign_in = 10/1m")
        let pool = BoundedPool("test", threads: 1, waiting: 0)
        options.passwords = PasswordHasher(
            cost: .init(memoryKiB: 8, passes: 1, lanes: 1),
            pool: pool
        )
        try await withServer(.sqlite, options) { server in
            _ = try await server.nobody.register("Ann")
            let gate = Gate()
            let busy = Task { try await pool.run { gate.pass() } }
            await gate.waitFor(1)

            let refused = try await server.nobody.call(.post, "auth/login", Self.guess)
            let other = try await server.nobody.get("currencies")
            gate.open()
            try await busy.value
            let known = try await server.nobody.call(.post, "auth/login", Self.guess)

            #expect(refused.status == 503 && refused.code == "server.unavailable")
            #expect(refused.headers[.retryAfter] == "2")
            #expect(other.status == 200)
            #expect(known.status == 401)
        }
    }
}
