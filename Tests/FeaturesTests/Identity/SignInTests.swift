@testable import Features
import HTTPTypes
import Storage
import Testing

@Suite struct SignInTests {
    @Test(arguments: Engine.present)
    func `someone signs up, signs in and is known`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")

            let me = try await ann.get("auth/me")
            let signedIn = try await server.nobody.call(
                .post,
                "auth/login",
                ["email": "ANN@example.org", "password": .string(Caller.password)]
            )

            #expect(me.status == 200)
            #expect(me.data["user"]?["email"] == "ann@example.org")
            #expect(me.data["household"]?["role"] == "owner")
            #expect(signedIn.status == 200)
            #expect(signedIn.data["refresh_token"]?.text?.isEmpty == false)
        }
    }

    @Test(arguments: Engine.present)
    func `a household begins with its system nodes, its categories and one entry in the trail`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")

            let categories = try await ann.get("categories").data.elements
            let household = try await ann.get("auth/me").data["household"]

            let names = categories.compactMap { $0["name"]?.text }
            #expect(names.contains("Groceries") && names.contains("Salary"))
            let systems = categories.filter { $0["system"] == "uncategorised" }
            #expect(systems.count == 2)
            #expect(household?["version"] == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `an address signs up once, however it is cased`(engine: Engine) async throws {
        try await withServer(engine) { server in
            _ = try await server.nobody.register("Ann")

            let again = try await server.nobody.call(
                .post,
                "auth/register",
                [
                    "email": "Ann@Example.org", "password": .string(Caller.password),
                    "name": "Another",
                ]
            )

            #expect(again.status == 409)
            #expect(again.code == "auth.email_taken")
        }
    }

    @Test func `an unknown address, a wrong password and a disabled person get the same answer`()
        async throws
    {
        try await withServer { server in
            _ = try await server.nobody.register("Ann")

            let wrong = try await server.nobody.call(
                .post,
                "auth/login",
                ["email": "ann@example.org", "password": "not the password"]
            )
            let unknown = try await server.nobody.call(
                .post,
                "auth/login",
                ["email": "eve@example.org", "password": "not the password"]
            )

            let now = server.clock.now
            try await server.environment.database.write(.shared) {
                try $0.execute("UPDATE person SET disabled_at = \(now)")
            }
            let disabled = try await server.nobody.call(
                .post,
                "auth/login",
                ["email": "ann@example.org", "password": .string(Caller.password)]
            )

            for answer in [wrong, disabled] {
                #expect(answer.status == 401 && unknown.status == 401)
                #expect(answer.error == unknown.error)
                #expect(answer.bytes.count == unknown.bytes.count)
                #expect(answer.headers.map(\.name) == unknown.headers.map(\.name))
            }
        }
    }

    @Test(arguments: Engine.present)
    func `a person who is disabled is signed out within a second`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            #expect(try await ann.get("auth/me").status == 200)

            let now = server.clock.now
            try await server.environment.database.write(.shared) {
                try $0.execute("UPDATE person SET disabled_at = \(now)")
            }
            server.clock.advance(seconds: 1)

            #expect(try await ann.get("auth/me").status == 401)
            let login = try await server.nobody.call(
                .post,
                "auth/login",
                ["email": "ann@example.org", "password": .string(Caller.password)]
            )
            #expect(login.code == "auth.invalid_credentials")
        }
    }

    /// Security bar A6: what another node knows is read again after a second.
    @Test(arguments: Engine.present)
    func `signing out on one node holds on another within a second`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let token = try #require(ann.headers.bearerToken)
            let other = Authenticator(
                database: server.environment.database,
                clock: server.clock.wall,
                tokens: await AccessTokens(key: server.options.accessTokenKey)
            )
            _ = try await other.authenticate(token)

            #expect(try await ann.call(.post, "auth/logout").status == 204)
            server.clock.advance(seconds: 1)

            await #expect(throws: APIError.self) { try await other.authenticate(token) }
            #expect(try await ann.get("auth/me").status == 401)
        }
    }

    @Test(arguments: Engine.present)
    func `an epoch that was raised ends the access tokens that are out`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            #expect(try await ann.get("auth/me").status == 200)

            try await server.environment.database.write(.shared) {
                try $0.execute("UPDATE person SET epoch = epoch + 1")
            }
            server.clock.advance(seconds: 1)

            #expect(try await ann.get("auth/me").status == 401)
        }
    }

    @Test(
        arguments: [
            ("email", "no address", "not_an_email"),
            ("email", "ann@", "not_an_email"),
            ("email", "a b@example.org", "not_an_email"),
            ("email", .number("7"), "wrong_type"),
            ("email", .null, "wrong_type"),
            ("password", "too short", "too_short"),
            ("password", "password123456", "breached"),
            ("password", .array(["a"]), "wrong_type"),
            ("name", "", "too_short"),
            ("name", "Ann\u{1}", "control_character"),
            ("time_zone", "Europe/Atlantis", "not_a_time_zone"),
            ("currency", "XXX1", "not_a_currency"),
            ("locale", "klingon!", "not_a_locale"),
            ("week_start", "someday", "not_a_choice"),
            ("role", "owner", "unknown"),
            ("household_id", "01a1fdf1-682d-7001-9709-01a2a002ee10", "unknown"),
        ] as [(String, JSONValue, String)]
    )
    func `sign-up names the field that is wrong`(
        field: String,
        value: JSONValue,
        code: String
    ) async throws {
        try await withServer { server in
            var members: [(String, JSONValue)] = [
                ("email", "ann@example.org"), ("password", .string(Caller.password)),
                ("name", "Ann"),
            ].filter { $0.0 != field }
            members.append((field, value))

            let answer = try await server.nobody.call(
                .post,
                "auth/register",
                .object(members.map { JSONMember(name: $0.0, value: $0.1) })
            )

            #expect(answer.status == 422)
            #expect(answer.fields == [field])
            #expect(answer.error["details"]?["fields"]?[0]["code"] == .string(code))
        }
    }

    @Test func `sign-up names all wrong fields at once`() async throws {
        try await withServer { server in
            let answer = try await server.nobody.call(
                .post,
                "auth/register",
                ["email": "x", "password": "y", "colour": "red"]
            )

            #expect(Set(answer.fields) == ["email", "password", "name", "colour"])
        }
    }

    @Test func `no password and no token is ever logged or stored`() async throws {
        try await withServer { server in
            let answer = try await server.nobody.call(
                .post,
                "auth/register",
                [
                    "email": "ann@example.org", "password": .string(Caller.password),
                    "name": "Ann",
                ]
            )
            let refresh = try #require(answer.data["refresh_token"]?.text)
            let access = try #require(answer.data["access_token"]?.text)
            _ = try await server.nobody.get("auth/me?token=\(access)")

            let stored = try await server.environment.database.read(.shared) {
                try $0.rows("SELECT password_hash FROM person") { try $0.text() }
            }
            let log = server.options.log.all.joined(separator: "\n")
            for secret in [Caller.password, refresh, access] { #expect(!log.contains(secret)) }
            #expect(stored.allSatisfy { $0.hasPrefix("$argon2id$v=19$") })
        }
    }
}
