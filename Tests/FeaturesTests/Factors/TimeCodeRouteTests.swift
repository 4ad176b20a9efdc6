import Credentials
@testable import Features
import HTTPTypes
import Storage
import Testing

/// Authenticator apps and backup codes. Security bars A8, A13, X20, X22, X23.
@Suite struct TimeCodeRouteTests {
    @Test(arguments: Engine.present)
    func `an app is set up, confirmed, and asked for at the next sign-in`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let offer = try await ann.call(.post, "factors/totp")
            let early = try await server.logIn()
            let (secret, backup) = try await ann.setUpTimeCode(server)

            let half = try await server.logIn()
            let token = try #require(half.data["token"]?.text)
            let whole = try await server.finish(token, ("code", .string(server.code(secret))))

            #expect(offer.data["uri"]?.text?.hasPrefix("otpauth://totp/Martlet:ann%40") == true)
            #expect(offer.data["qr_svg"]?.text?.hasPrefix("<svg") == true)
            #expect(early.status == 200, "an app that is not confirmed asks for nothing")
            #expect(backup.count == 10 && Set(backup).count == 10)
            #expect(half.status == 202)
            #expect(half.data["methods"] == ["totp", "backup_code"])
            #expect(half.data["access_token"] == nil && half.headers[.setCookie] == nil)
            #expect(whole.status == 200 && whole.data["access_token"]?.text != nil)
            let factors = try await ann.get("factors")
            #expect(factors.data["totp"]?["enabled"] == true)
            #expect(factors.data["backup_codes_left"] == 10)
        }
    }

    @Test(arguments: Engine.present)
    func `a code works once, in its step and in the drift around it`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let (secret, _) = try await server.nobody.register("Ann").setUpTimeCode(server)
            func attempt(_ steps: Int64) async throws -> Int {
                let code = server.code(secret, steps: steps)
                return try await server.finish(server.halfLogIn(), ("code", .string(code))).status
            }

            let now = try await attempt(0)
            let again = try await attempt(0)
            let before = try await attempt(-1)
            let next = try await attempt(1)
            let far = try await attempt(2)

            #expect(now == 200)
            #expect(again == 401, "the same code again")
            #expect(before == 401, "a code older than one that was used")
            #expect(next == 200)
            #expect(far == 401)
        }
    }

    @Test(arguments: Engine.present)
    func `of many who show one code at once, one gets in`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let (secret, _) = try await server.nobody.register("Ann").setUpTimeCode(server)
            let code = JSONValue.string(server.code(secret))
            var tokens: [String] = []
            for _ in 0..<4 { tokens.append(try await server.halfLogIn()) }

            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for token in tokens {
                    group.addTask { try await server.finish(token, ("code", code)).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(statuses.filter { $0 == 200 }.count == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `a sign-in ends after five wrong codes, and the right one too is then refused`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let (secret, backup) = try await ann.setUpTimeCode(server)
            let token = try await server.halfLogIn()

            for _ in 0..<5 {
                let wrong = try await server.finish(token, ("backup_code", "AAAA-AAAA-AAAA-AAAA"))
                #expect(wrong.code == "auth.invalid_code")
            }
            let late = try await server.finish(token, ("code", .string(server.code(secret))))
            let backupLate = try await server.finish(token, ("backup_code", .string(backup[0])))

            #expect(late.status == 401 && late.code == "auth.sign_in_over")
            #expect(backupLate.code == "auth.sign_in_over")
            let trail = try await server.trail(of: "ann@example.org")
            #expect(trail.filter { $0 == "second_factor failure" }.count == 5)
        }
    }

    @Test(arguments: Engine.present)
    func `wrong codes are counted over all sign-ins, each pause is longer, and no other door shuts`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let (secret, backup) = try await ann.setUpTimeCode(server)
            func wrong() async throws -> Answer {
                try await server.finish(server.halfLogIn(), ("code", "000000"))
            }

            for _ in 0..<5 { #expect(try await wrong().status == 401) }
            let paused = try await server.finish(
                server.halfLogIn(),
                ("code", .string(server.code(secret)))
            )
            let other = try await server.finish(
                server.halfLogIn(),
                ("backup_code", .string(backup[3]))
            )
            server.clock.advance(seconds: 61)
            for _ in 0..<5 { #expect(try await wrong().status == 401) }
            server.clock.advance(seconds: 61)
            let longer = try await wrong()
            server.clock.advance(seconds: 60)
            let right = try await server.finish(
                server.halfLogIn(),
                ("code", .string(server.code(secret)))
            )

            #expect(paused.status == 423 && paused.code == "auth.factor_locked")
            #expect(paused.headers[.retryAfter] == "60")
            #expect(other.status == 200, "a backup code cannot be guessed")
            #expect(longer.status == 423 && longer.headers[.retryAfter] == "59")
            #expect(right.status == 200)
            let letters = try await server.mailbox.letters(to: "ann@example.org")
            #expect(letters.contains { if case .accountLocked = $0 { true } else { false } })
        }
    }

    @Test func `the pause doubles up to six hours`() {
        let pauses = [5, 10, 15, 50, 100, 1_000_000].map(CodeGuard.pause)

        #expect(pauses == [60, 120, 240, 21_600, 21_600, 21_600])
    }

    @Test(arguments: Engine.present)
    func `a backup code works once, however it is written, and a new set ends the old`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let (_, backup) = try await ann.setUpTimeCode(server)
            func attempt(_ code: String) async throws -> Int {
                try await server.finish(server.halfLogIn(), ("backup_code", .string(code))).status
            }

            let first = try await attempt(backup[0].lowercased().replacing("-", with: " "))
            let again = try await attempt(backup[0])
            let renewed = try await ann.call(.post, "factors/backup-codes")
            let old = try await attempt(backup[1])
            let new = try await attempt(renewed.data["backup_codes"]?[0].text ?? "")

            #expect(first == 200 && again == 401 && old == 401 && new == 200)
            #expect(try await ann.get("factors").data["backup_codes_left"] == 9)
        }
    }

    @Test(arguments: Engine.present)
    func `no secret and no code lies in the database or in the log`(engine: Engine) async throws {
        let options = TestServerOptions()
        try await withServer(engine, options) { server in
            let ann = try await server.nobody.register("Ann")
            let (secret, backup) = try await ann.setUpTimeCode(server)
            let code = server.code(secret)
            _ = try await server.finish(server.halfLogIn(), ("code", .string(code)))
            _ = try await server.finish(server.halfLogIn(), ("backup_code", .string(backup[0])))
            _ = try await server.finish(server.halfLogIn(), ("code", "123456"))

            let (hashes, sealed) = try await server.environment.database.read(.shared) {
                (
                    try $0.rows("SELECT hash FROM backup_code") { try $0.text() },
                    try $0.first("SELECT sealed_secret FROM time_code") { try $0.bytes() }
                )
            }

            #expect(hashes.count == 10)
            #expect(hashes.allSatisfy { $0.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$") })
            #expect(sealed?.count == 12 + 20 + 16)
            for line in options.log.all {
                #expect(!line.contains(code) && !line.contains("123456"))
                #expect(!backup.contains { line.contains($0) })
            }
        }
    }

    @Test(arguments: Engine.present)
    func `adding and removing an app wants fresh proof, ends other sessions and is written about`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let phone = try await server.logIn().data["access_token"]?.text ?? ""
            let (secret, _) = try await ann.setUpTimeCode(server)
            let other = try await server.nobody.with(token: phone).get("auth/me")
            server.clock.advance(seconds: 301)

            let stale = try await ann.call(.delete, "factors/totp")
            let proved = try await ann.call(
                .post,
                "auth/prove",
                ["code": .string(server.code(secret))]
            )
            let removed = try await ann.call(.delete, "factors/totp")
            let gone = try await ann.call(.delete, "factors/totp")

            #expect(other.status == 401)
            #expect(stale.status == 403 && stale.code == "auth.proof_required")
            #expect(proved.status == 204 && removed.status == 204 && gone.status == 404)
            #expect(try await server.logIn().status == 200)
            let letters = try await server.mailbox.letters(to: "ann@example.org")
            let told = letters.filter { if case .secondFactorChanged = $0 { true } else { false } }
            #expect(told.count == 2)
            let trail = try await server.trail(of: "ann@example.org")
            #expect(trail.contains("totp_added success") && trail.contains("totp_removed success"))
        }
    }

    @Test(arguments: Engine.present)
    func `an app that is set up is not replaced by asking again, nor confirmed by a wrong code`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            _ = try await ann.call(.post, "factors/totp")

            let wrong = try await ann.call(.post, "factors/totp/confirm", ["code": "000000"])
            let malformed = try await ann.call(.post, "factors/totp/confirm", ["code": "12345"])
            _ = try await ann.setUpTimeCode(server)
            let again = try await ann.call(.post, "factors/totp")
            let nothing = try await ann.call(.post, "factors/totp/confirm", ["code": "000000"])

            #expect(wrong.status == 401 && wrong.code == "auth.invalid_code")
            #expect(malformed.status == 422 && malformed.fields == ["code"])
            #expect(again.status == 409 && again.code == "factor.already_set_up")
            #expect(nothing.status == 404)
        }
    }

    @Test(arguments: Engine.present)
    func `a reset password does not reset the second factor`(engine: Engine) async throws {
        try await withServer(engine) { server in
            _ = try await server.nobody.register("Ann").setUpTimeCode(server)
            _ = try await server.nobody.call(
                .post,
                "auth/request-password-reset",
                ["email": "ann@example.org"]
            )
            let token = try await server.mailbox.token(to: "ann@example.org")

            let reset = try await server.nobody.call(
                .post,
                "auth/reset-password",
                ["token": .string(token), "new_password": .string(Caller.password)]
            )

            #expect(reset.status == 204)
            #expect(try await server.logIn().status == 202)
        }
    }
}
