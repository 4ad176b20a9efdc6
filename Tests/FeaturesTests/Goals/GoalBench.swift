import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// A household that saves: a checking account with 1 000.00 and a savings account with 500.00.
struct GoalBench: Sendable {
    let server: TestServer
    let caller: Caller
    let checking: String
    let savings: String

    static func with(
        _ engine: Engine,
        on day: String = "2026-03-15",
        _ body: @escaping @Sendable (GoalBench) async throws -> Void
    ) async throws {
        try await withServer(engine, TestServerOptions(clock: TestClock(day))) { server in
            let ann = try await server.nobody.register()
            let bench = GoalBench(
                server: server,
                caller: ann,
                checking: try await makeAccount("Giro", "1000.00", by: ann),
                savings: try await makeAccount("Savings", "500.00", kind: "savings", by: ann)
            )
            try await body(bench)
        }
    }

    static func makeAccount(
        _ name: String,
        _ balance: String,
        kind: String = "checking",
        currency: String = "EUR",
        by caller: Caller
    ) async throws -> String {
        let answer = try await caller.call(
            .post,
            "accounts",
            [
                "name": .string(name), "kind": .string(kind), "currency": .string(currency),
                "opening_balance": .string(balance), "opening_date": "2025-01-01",
            ]
        )
        return try #require(answer.data["id"]?.text, "\(answer)")
    }

    /// The same person once their session ran out.
    func signedInAgain() async throws -> GoalBench {
        let answer = try await server.nobody.call(
            .post,
            "auth/login",
            ["email": "ann@example.org", "password": .string(Caller.password)]
        )
        let token = try #require(answer.data["access_token"]?.text, "\(answer)")
        return GoalBench(
            server: server,
            caller: server.nobody.with(token: token),
            checking: checking,
            savings: savings
        )
    }

    /// Noon of another day, and whoever is signed in then.
    func on(_ day: String) async throws -> GoalBench {
        let noon = TestClock(day).now
        let seconds = (noon.microseconds - server.clock.now.microseconds) / 1_000_000
        server.clock.advance(seconds: seconds)
        return try await signedInAgain()
    }

    /// - Returns: its id.
    func goal(
        _ name: String = "Roof",
        _ more: [(String, JSONValue)] = [("target_amount", "600.00")],
        kind: String = "purchase"
    ) async throws -> String {
        let fields = [("name", JSONValue.string(name)), ("kind", .string(kind))] + more
        let answer = try await caller.call(
            .post,
            "goals",
            .object(fields.map { JSONMember(name: $0.0, value: $0.1) })
        )
        #expect(answer.status == 201, "\(answer)")
        return answer.data.id
    }

    func read(_ goal: String) async throws -> JSONValue {
        try await caller.get("goals/\(goal)").data
    }

    @discardableResult
    func contribute(
        _ amount: String,
        to goal: String,
        from account: String? = nil,
        _ more: [(String, JSONValue)] = []
    ) async throws -> Answer {
        let fields =
            [("account_id", JSONValue.string(account ?? savings)), ("amount", .string(amount))]
            + more
        return try await caller.call(
            .post,
            "goals/\(goal)/contributions",
            .object(fields.map { JSONMember(name: $0.0, value: $0.1) })
        )
    }

    func spend(
        _ amount: String,
        on date: String = "2026-03-10",
        from account: String? = nil
    ) async throws {
        let answer = try await caller.call(
            .post,
            "transactions",
            [
                "type": "expense", "account_id": .string(account ?? checking),
                "amount": .string(amount), "date": .string(date),
            ]
        )
        #expect(answer.status == 201, "\(answer)")
    }

    func history(_ goal: String) async throws -> [JSONValue] {
        try await caller.get("goals/\(goal)/contributions?limit=500").data.elements
    }

    func account(_ id: String) async throws -> JSONValue {
        let accounts = try await caller.get("goals/summary").data["accounts"]?.elements ?? []
        return accounts.first { $0[text: "account_id"] == id } ?? .null
    }

    func earmark() async throws -> GoalEarmarking.Report {
        try await GoalEarmarking(server.environment).run()
    }

    func expectWholeBooks() async throws {
        let environment = server.environment
        let report = try await Doctor(environment.database, keys: environment.keys)
            .examine(at: environment.clock.now())
        #expect(report.findings.map(\.line) == [])
    }
}
