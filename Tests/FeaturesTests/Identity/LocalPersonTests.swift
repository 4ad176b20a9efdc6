import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// What `martlet user` does.
@Suite struct LocalPersonTests {
    private static let ann = EmailAddress("ann@example.org")!

    private func create(_ server: TestServer, _ role: SystemRole = .user) async throws {
        try await LocalPerson(server.environment).create(
            Self.ann,
            password: Caller.password,
            name: "Ann",
            currency: try #require(Currency(code: "CHF")),
            role: role
        )
    }

    private func login(_ server: TestServer, _ password: String) async throws -> Answer {
        try await server.nobody.call(
            .post,
            "auth/login",
            ["email": "ann@example.org", "password": .string(password)]
        )
    }

    @Test(arguments: Engine.present)
    func `whoever is signed up from the command line can sign in`(engine: Engine) async throws {
        try await withServer(engine) { server in
            try await create(server)

            let answer = try await login(server, Caller.password)

            #expect(answer.status == 200, "\(answer)")
            let token = try #require(answer.data["access_token"]?.text)
            let me = try await server.nobody.with(token: token).get("auth/me")
            #expect(me.data["user"]?["system_role"] == "admin")
            #expect(me.data["household"]?["currency"] == "CHF")
            #expect(try await server.trail(of: "ann@example.org").first == "sign_up success")
            let actors = try await server.environment.database.read(.shared) {
                try $0.rows("SELECT actor FROM trail_entry WHERE action = 'sign_up'") {
                    try $0.text()
                }
            }
            #expect(actors == ["command_line"])
            await #expect(throws: APIError.self) { try await create(server) }
        }
    }

    @Test(arguments: Engine.present)
    func `a new password ends every session and the old password`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")

            try await LocalPerson(server.environment).resetPassword(
                of: Self.ann,
                to: "another long phrase 8"
            )
            server.clock.advance(seconds: 2)

            #expect(try await ann.get("auth/me").status == 401)
            #expect(try await login(server, Caller.password).status == 401)
            #expect(try await login(server, "another long phrase 8").status == 200)
            let letters = try await server.mailbox.letters(to: "ann@example.org")
            #expect(letters.contains(.passwordChanged(name: "Ann")))
            #expect(
                try await server.trail(of: "ann@example.org").contains("password_reset success")
            )
        }
    }

    @Test(arguments: Engine.present)
    func `a link lets somebody choose a password once`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let people = LocalPerson(server.environment)
            let old = try await people.resetLink(of: Self.ann)
            let link = try await people.resetLink(of: Self.ann)

            #expect(try await ann.get("auth/me").status == 200)
            #expect(link.hasPrefix("http://localhost:8080/reset#token="))
            func reset(_ link: String) async throws -> Int {
                let token = String(link.split(separator: "=")[1])
                return try await server.nobody.call(
                    .post,
                    "auth/reset-password",
                    ["token": .string(token), "new_password": "another long phrase 8"]
                ).status
            }
            #expect(try await reset(old) == 410)
            #expect(try await reset(link) == 204)
            #expect(try await reset(link) == 410)
            #expect(try await login(server, "another long phrase 8").status == 200)
        }
    }

    @Test(arguments: Engine.present)
    func `whoever lost their second factors comes in by their password again`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let eve = try await server.nobody.register("Eve")
            _ = try await ann.setUpTimeCode(server)
            #expect(try await ann.addPasskey(.here()).status == 201)
            #expect(try await eve.addPasskey(.here()).status == 201)
            #expect(try await login(server, Caller.password).status == 202)

            let link = try await LocalPerson(server.environment).resetFactors(of: Self.ann)
            server.clock.advance(seconds: 2)

            #expect(link == nil, "she has a password")
            #expect(try await ann.get("auth/me").status == 401)
            let answer = try await login(server, Caller.password)
            #expect(answer.status == 200, "\(answer)")
            let token = try #require(answer.data["access_token"]?.text)
            let factors = try await server.nobody.with(token: token).get("factors")
            #expect(factors.data["passkeys"] == [])
            #expect(factors.data["backup_codes_left"] == 0)
            #expect(try await eve.get("factors").data["passkeys"]?.elements.count == 1)
            let letters = try await server.mailbox.letters(to: "ann@example.org")
            #expect(letters.contains(.secondFactorChanged(name: "Ann", change: .factorsReset)))
            let trail = try await server.trail(of: "ann@example.org")
            #expect(trail.contains("factors_reset success"))
            let error = await #expect(throws: APIError.self) {
                try await LocalPerson(server.environment).resetFactors(of: Self.ann)
            }
            #expect(error?.code == "factor.none")
        }
    }

    @Test(arguments: Engine.present)
    func `whoever had passkeys alone gets a link to choose a password by`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            #expect(try await ann.addPasskey(.here()).status == 201)
            try await server.environment.database.write(.shared) {
                try $0.execute("UPDATE person SET password_hash = ''")
            }

            let made = try await LocalPerson(server.environment).resetFactors(of: Self.ann)
            let link = try #require(made)
            let reset = try await server.nobody.call(
                .post,
                "auth/reset-password",
                [
                    "token": .string(String(link.split(separator: "=")[1])),
                    "new_password": "another long phrase 8",
                ]
            )

            #expect(link.hasPrefix("http://localhost:8080/reset#token="))
            #expect(reset.status == 204)
            #expect(try await login(server, "another long phrase 8").status == 200)
        }
    }

    @Test(arguments: Engine.present)
    func `a role is given, noted and in force`(engine: Engine) async throws {
        try await withServer(engine) { server in
            _ = try await server.nobody.register("Bob")
            let ann = try await server.nobody.register("Ann")
            let people = LocalPerson(server.environment)
            let page: JSONValue = ["title": "T", "text": "x"]

            let before = try await ann.call(.put, "admin/pages/terms", page)
            try await people.promote(Self.ann, to: .admin)
            server.clock.advance(seconds: 2)
            let after = try await ann.call(.put, "admin/pages/terms", page)

            #expect(before.status == 403 && after.status == 200)
            #expect(try await server.trail(of: "ann@example.org").contains("role_change success"))
            let lines = try await LocalPerson.lines(server.environment.database)
            #expect(lines.map(\.email) == ["bob@example.org", "ann@example.org"])
            #expect(lines.map(\.role) == [.admin, .admin])
        }
    }

    @Test func `a weak password and an address that nobody has are refused`() async throws {
        try await withServer { server in
            _ = try await server.nobody.register("Ann")
            let people = LocalPerson(server.environment)
            let nobody = try #require(EmailAddress("nobody@example.org"))

            for password in ["short", "passwordpassword", "aaaaaaaaaaaaaaaa"] {
                let error = await #expect(throws: APIError.self) {
                    try await people.resetPassword(of: Self.ann, to: password)
                }
                #expect(error?.fields.map(\.field) == ["password"])
            }
            let error = await #expect(throws: APIError.self) {
                try await people.promote(nobody, to: .admin)
            }
            #expect(error?.code == "person.not_found")
            #expect(try await login(server, Caller.password).status == 200)
        }
    }
}
