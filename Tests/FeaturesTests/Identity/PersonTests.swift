@testable import Features
import HTTPTypes
import Storage
import Testing

/// Who someone is, and whether their address is theirs.
@Suite struct PersonTests {
    @Test(arguments: Engine.present)
    func `a letter shows that the address is one's own`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let before = try await ann.get("auth/me").data["user"]?["email_verified"]
            let first = try await server.mailbox.token(to: "ann@example.org")
            #expect(try await ann.call(.post, "auth/resend-verification").status == 202)
            let second = try await server.mailbox.token(to: "ann@example.org")

            let old = try await server.nobody.call(
                .post,
                "auth/verify-email",
                ["token": .string(first)]
            )
            let new = try await server.nobody.call(
                .post,
                "auth/verify-email",
                ["token": .string(second)]
            )
            let again = try await server.nobody.call(
                .post,
                "auth/verify-email",
                ["token": .string(second)]
            )

            #expect(before == .boolean(false))
            #expect(old.status == 410 && new.status == 204 && again.status == 410)
            #expect(try await ann.get("auth/me").data["user"]?["email_verified"] == .boolean(true))
            #expect(try await ann.call(.post, "auth/resend-verification").status == 202)
            #expect(try await server.mailbox.letters(to: "ann@example.org").count == 2)
        }
    }

    @Test(arguments: Engine.present)
    func `another address is one's own when its letter was followed`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            #expect(
                try await ann.call(.post, "auth/change-email", ["email": "Anna@example.org"])
                    .status == 202
            )
            #expect(try await ann.get("auth/me").data["user"]?["email"]?.text == "ann@example.org")
            let asked = try await server.mailbox.letters(to: "ann@example.org").last
            guard case .emailChangeAsked("Ann", "Anna@example.org", _) = asked else {
                Issue.record("the old address was not written to: \(String(describing: asked))")
                return
            }
            let token = try await server.mailbox.token(to: "Anna@example.org")

            let done = try await server.nobody.call(
                .post,
                "auth/verify-email",
                ["token": .string(token)]
            )

            #expect(done.status == 204)
            #expect(try await ann.get("auth/me").data["user"]?["email"]?.text == "Anna@example.org")
            #expect(
                try await server.mailbox.letters(to: "ann@example.org")
                    .contains(.emailChanged(name: "Ann", newEmail: "Anna@example.org"))
            )
        }
    }

    @Test(arguments: Engine.present)
    func `an address that someone else has is not told of, and cannot be taken`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let free = try await ann.call(.post, "auth/change-email", ["email": "eve@example.org"])
            let link = try await server.mailbox.token(to: "eve@example.org")
            _ = try await server.nobody.register("Eve")

            let taken = try await ann.call(.post, "auth/change-email", ["email": "eve@example.org"])
            let late = try await server.nobody.call(
                .post,
                "auth/verify-email",
                ["token": .string(link)]
            )

            #expect(free.status == 202 && taken.status == 202)
            #expect([409, 410].contains(late.status))
            #expect(try await ann.get("auth/me").data["user"]?["email"]?.text == "ann@example.org")
        }
    }

    @Test(arguments: Engine.present)
    func `name, language and time zone can be changed one by one`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")

            let name = try await ann.call(.patch, "auth/me", ["name": "Anna"])
            let zone = try await ann.call(.patch, "auth/me", ["time_zone": "Europe/Berlin"])
            let wrong = try await ann.call(
                .patch,
                "auth/me",
                ["time_zone": "Mars/Base", "locale": "?"]
            )
            let promoted = try await ann.call(.patch, "auth/me", ["system_role": "admin"])

            #expect(name.data["user"]?["name"]?.text == "Anna")
            #expect(zone.data["user"]?["time_zone"]?.text == "Europe/Berlin")
            #expect(zone.data["user"]?["name"]?.text == "Anna")
            #expect(wrong.status == 422 && Set(wrong.fields) == ["time_zone", "locale"])
            #expect(promoted.status == 422)
        }
    }

    @Test(arguments: Engine.present)
    func `the first person is the administrator, and the second is not`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let methods = try await server.nobody.get("auth/methods").data
            let ann = try await server.nobody.register("Ann")
            let bob = try await server.nobody.register("Bob")

            #expect(methods["first_person"] == .boolean(true))
            let roles = [
                try await ann.get("auth/me").data["user"]?["system_role"]?.text,
                try await bob.get("auth/me").data["user"]?["system_role"]?.text,
            ]
            #expect(roles == ["admin", "user"])
            #expect(try await bob.get("auth/me").data["permissions"] == .array([]))
        }
    }

    @Test(arguments: Engine.present)
    func `of ten who sign up first at once one is the administrator`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<10 {
                    group.addTask { _ = try await server.nobody.register("Person\(number)") }
                }
                try await group.waitForAll()
            }

            let admins = try await server.environment.database.read(.shared) {
                try $0.rows("SELECT email FROM person WHERE system_role = 'admin'") {
                    try $0.text()
                }
            }
            #expect(admins.count == 1)
        }
    }

    @Test(arguments: [RegistrationMode.closed, .invitation])
    func `where nobody may sign up, the first person still may`(
        mode: RegistrationMode
    ) async throws {
        var options = TestServerOptions()
        options.registration = mode
        try await withServer(.sqlite, options) { server in
            let first = try await server.nobody.get("auth/methods").data
            _ = try await server.nobody.register("Ann")
            let then = try await server.nobody.get("auth/methods").data

            let bob = try await server.nobody.call(
                .post,
                "auth/register",
                [
                    "email": "bob@example.org", "password": .string(Caller.password),
                    "name": "Bob",
                ]
            )

            #expect(first["registration"]?.text == "open")
            #expect(then["registration"]?.text == mode.rawValue)
            #expect(bob.status == 403 && bob.code == "auth.registration_closed")
        }
    }

    /// All of them find the server empty before any of them is written.
    @Test(arguments: Engine.present)
    func `where nobody may sign up, one of ten at once is first and the others are nobody`(
        engine: Engine
    ) async throws {
        var options = TestServerOptions()
        options.registration = .closed
        try await withServer(engine, options) { server in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<10 {
                    group.addTask {
                        try await server.nobody.call(
                            .post,
                            "auth/register",
                            [
                                "email": .string("person\(number)@example.org"),
                                "password": .string(Caller.password), "name": "Person",
                            ]
                        ).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            let people = try await server.environment.database.read(.shared) {
                try $0.first("SELECT count(*) FROM person") { try $0.int() }
            }
            #expect(statuses.filter { $0 == 201 }.count == 1)
            #expect(people == 1)
        }
    }
}
