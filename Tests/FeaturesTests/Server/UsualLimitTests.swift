@testable import Features
import HTTPTypes
import Logging
import RESP
import Storage
import Testing

/// The limits that hold where nobody set others, and which routes they hold for.
@Suite struct UsualLimitTests {
    @Test func `the usual limits are those that are promised`() {
        func limits(_ minute: Int, _ hour: Int) -> [RateLimit] {
            [RateLimit(minute, perSeconds: 60), RateLimit(hour, perSeconds: 3_600)]
        }
        #expect(
            LimitTable.standard.limits == [
                .auth: limits(20, 100),
                .signIn: [RateLimit(5, perSeconds: 900)],
                .register: [RateLimit(3, perSeconds: 3_600)],
                .reset: [RateLimit(3, perSeconds: 3_600)],
                .transactions: limits(600, 20_000),
                .reports: limits(30, 300),
                .imports: limits(10, 60),
                .exports: limits(10, 50),
                .assistant: limits(10, 60),
                .modelTraining: limits(2, 10),
                .general: limits(300, 5_000),
            ]
        )
    }

    /// Every other route is of the general class.
    private static let classes: [LimitClass: Set<String>] = [
        .auth: [
            "DELETE factors/passkeys/{id}", "DELETE factors/totp", "DELETE identities/{id}",
            "POST auth/change-password", "POST auth/logout", "POST auth/logout-all",
            "POST auth/oidc/finish", "POST auth/oidc/{provider}/start", "POST auth/passkey",
            "POST auth/passkey/options", "POST auth/prove", "POST auth/prove/passkey",
            "POST auth/refresh", "POST auth/reset-password", "POST auth/second-factor",
            "POST auth/second-factor/passkey", "POST auth/verify-email",
            "POST factors/backup-codes", "POST factors/passkeys",
            "POST factors/passkeys/options", "POST factors/totp", "POST factors/totp/confirm",
            "POST calendar/feeds", "POST household/invitations", "POST invitations/accept",
            "POST invitations/look",
            "POST tokens",
        ],
        .signIn: ["POST auth/login"],
        .register: ["POST auth/register"],
        .reset: [
            "POST auth/change-email", "POST auth/request-password-reset",
            "POST auth/resend-verification",
        ],
        .transactions: [
            "GET transactions", "GET transactions/{id}", "POST transactions",
            "POST transactions/bulk", "PATCH transactions/{id}", "DELETE transactions/{id}",
            "POST transactions/{id}/restore",
        ],
        .reports: [
            "GET analytics/budget-progress", "GET analytics/dashboard", "GET analytics/net-worth",
            "GET recurring", "GET recurring/changes", "GET subscriptions",
        ],
        .imports: [
            "POST imports", "PATCH imports/{id}", "DELETE imports/{id}", "POST imports/{id}/commit",
        ],
        .exports: ["GET me/export", "GET transactions/export.csv"],
    ]

    @Test func `each route has the class that is written down`() async throws {
        try await withServer { server in
            var found: [LimitClass: Set<String>] = [:]
            for endpoint in server.endpoints where endpoint.limit != .general {
                found[endpoint.limit, default: []]
                    .insert("\(endpoint.method.rawValue) \(endpoint.path)")
            }

            #expect(found == Self.classes)
        }
    }

    private var usual: TestServerOptions {
        var options = TestServerOptions()
        let clock = options.clock
        let limiter = RateLimiter(redis: nil, logger: Logger(label: "test")) {
            clock.now.microseconds
        }
        options.settings.limits = RequestLimits(limiter, .standard)
        return options
    }

    @Test func `health and the pages about the API are not counted`() async throws {
        try await withServer(.sqlite, usual) { server in
            for path in ["/health", "/docs", "/openapi.json"] {
                let answer = try await server.nobody.get(path)
                #expect(answer.status == 200, "\(path)")
                #expect(answer.headers[.rateLimitLimit] == nil, "\(path)")
            }
            #expect(try await server.nobody.get("currencies").headers[.rateLimitLimit] == "300")
        }
    }

    @Test(arguments: Engine.present)
    func `five wrong passwords are answered, then the address waits, then the account`(
        engine: Engine
    ) async throws {
        try await withServer(engine, usual) { server in
            _ = try await server.nobody.register("Ann")
            func guess() async throws -> Answer {
                try await server.nobody.call(
                    .post,
                    "auth/login",
                    ["email": "ann@example.org", "password": "wrong password"]
                )
            }

            var wrong: [Int] = []
            for _ in 0..<5 { wrong.append(try await guess().status) }
            let waiting = try await guess()
            let pause = try #require(Int64(waiting.headers[.retryAfter] ?? ""))
            server.clock.advance(seconds: pause)
            let locked = try await guess()

            #expect(wrong == [401, 401, 401, 401, 401])
            #expect(waiting.status == 429 && waiting.code == "request.too_many")
            #expect(pause == 180)
            #expect(locked.status == 423 && locked.code == "auth.locked")
            #expect(locked.headers[.retryAfter] == String(900 - pause))
        }
    }
}
