@testable import Features
import HTTPTypes
import Ledger
import Storage
import Testing

/// A sign-up whose answer was lost, sent again under its key.
@Suite struct RepeatedSignUpTests {
    private static let replayed = HTTPField.Name("Idempotency-Replayed")!

    private func signUp(
        _ caller: Caller,
        key: String? = "k",
        password: String = Caller.password,
        name: String = "Ann"
    ) async throws -> Answer {
        try await caller.with(HTTPField.Name("Idempotency-Key")!, key).call(
            .post,
            "auth/register",
            ["email": "ann@example.org", "password": .string(password), "name": .string(name)]
        )
    }

    private func count(_ table: SQLText, _ server: TestServer) async throws -> Int64? {
        try await server.environment.database.read(.shared) {
            try $0.first("SELECT COUNT(*) FROM \(table)") { try $0.integer() }
        }
    }

    @Test(arguments: Engine.present)
    func `it is one person with one household, and signs them in`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let first = try await signUp(server.nobody)
            let second = try await signUp(server.nobody)

            #expect(first.status == 201 && second.status == 201)
            #expect(first.headers[Self.replayed] == nil)
            #expect(second.headers[Self.replayed] == "true")
            #expect(second.data["user"] == first.data["user"])
            #expect(second.data["household"] == first.data["household"])
            #expect(try await count("person", server) == 1)
            #expect(try await count("household", server) == 1)
            for answer in [first, second] {
                let token = try #require(answer.data["access_token"]?.text)
                #expect(try await server.nobody.with(token: token).get("auth/me").status == 200)
            }
        }
    }

    @Test(arguments: Engine.present)
    func `twenty at once are one`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<20 { group.addTask { try await signUp(server.nobody) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(answers.allSatisfy { $0.status == 201 })
            #expect(answers.count { $0.headers[Self.replayed] == nil } == 1)
            #expect(Set(answers.map { $0.data["user"]?["id"]?.text }).count == 1)
            #expect(try await count("person", server) == 1)
            #expect(try await count("household", server) == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `another request under the key is refused, whichever part of it differs`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            _ = try await signUp(server.nobody)

            let otherPassword = try await signUp(server.nobody, password: "another long phrase 9")
            let otherName = try await signUp(server.nobody, name: "Eve")

            #expect(otherPassword.status == 422 && otherPassword.code == "idempotency.mismatch")
            #expect(otherName.status == 422 && otherName.code == "idempotency.mismatch")
            #expect(try await count("session", server) == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `without the key that it was done under the address is taken`(engine: Engine) async throws
    {
        try await withServer(engine) { server in
            _ = try await signUp(server.nobody)

            #expect(try await signUp(server.nobody, key: nil).code == "auth.email_taken")
            #expect(try await signUp(server.nobody, key: "other").code == "auth.email_taken")
            #expect(try await count("session", server) == 1)
        }
    }

    @Test func `a key that was not sent with the sign-up makes none repeatable`() async throws {
        try await withServer { server in
            _ = try await signUp(server.nobody, key: nil)

            #expect(try await signUp(server.nobody).code == "auth.email_taken")
        }
    }

    @Test(arguments: Engine.present)
    func `signing in and out can be repeated without a key, and one is not looked at`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            _ = try await signUp(server.nobody)
            let caller = server.nobody.with(HTTPField.Name("Idempotency-Key")!, "k")
            let login: JSONValue = [
                "email": "ann@example.org", "password": .string(Caller.password),
            ]

            let first = try await caller.call(.post, "auth/login", login)
            let second = try await caller.call(.post, "auth/login", login)
            let token = try #require(second.data["refresh_token"]?.text)
            let body: JSONValue = ["refresh_token": .string(token)]
            let refreshed = try await caller.call(.post, "auth/refresh", body)
            let again = try await caller.call(.post, "auth/refresh", body)
            let out = try await caller.call(.post, "auth/logout", body)
            let outAgain = try await caller.call(.post, "auth/logout", body)

            #expect(first.status == 200 && second.status == 200)
            #expect(first.data["refresh_token"] != second.data["refresh_token"])
            #expect(refreshed.status == 200)
            #expect(again.data["refresh_token"] == refreshed.data["refresh_token"])
            #expect(out.status == 204 && outAgain.status == 204)
        }
    }

    @Test(arguments: [("", 400), ("a b", 400), (String(repeating: "k", count: 256), 400)])
    func `a key that is none is refused`(key: String, status: Int) async throws {
        try await withServer { server in
            let answer = try await signUp(server.nobody, key: key)

            #expect(answer.status == status)
            #expect(try await count("person", server) == 0)
        }
    }

    /// What is kept to know the request again must not help to guess the password.
    @Test(arguments: Engine.present)
    func `neither the password nor a quick hash of it nor a token is kept`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let answer = try await signUp(server.nobody)
            let household = try #require(answer.data["household"]?["id"]?.text)
            let scope = try #require(HouseholdID(household))

            let rows = try await server.environment.database.read(.household(scope)) {
                try $0.rows("SELECT request_hash, body FROM idempotency_key") {
                    (hash: try $0.bytes(), body: try $0.bytes())
                }
            }

            let request = try JSONReader.read(
                Array(
                    """
                    ["sign-up", "ann@example.org", "Ann", "UTC", "EUR", "en", "monday"]
                    """.utf8
                )
            )
            var writer = JSONWriter()
            writer.value(request)
            #expect(rows.map(\.hash) == [AuditChain.digest(writer.bytes)])
            #expect(rows.map(\.body) == [[]])
        }
    }
}
