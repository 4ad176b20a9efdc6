@testable import Features
import HTTPTypes
import Ledger
import Storage
import Testing

/// A household whose deleted rows grow old.
struct PurgeBench {
    let server: TestServer
    let bench: ImportBench

    static let day: Int64 = 86_400

    static func with(
        _ engine: Engine,
        _ body: @escaping @Sendable (PurgeBench) async throws -> Void
    ) async throws {
        try await withServer(engine) { server in
            try await body(PurgeBench(server: server, bench: try await ImportBench.open(server)))
        }
    }

    var caller: Caller { bench.caller }

    func purge() async throws -> PurgeReport {
        try await Purge(server.environment).run()
    }

    /// The same person after their session ran out.
    func signedInAgain(_ name: String = "ann") async throws -> PurgeBench {
        let answer = try await server.nobody.call(
            .post,
            "auth/login",
            ["email": .string("\(name)@example.org"), "password": .string(Caller.password)]
        )
        let token = try #require(answer.data["access_token"]?.text, "\(answer)")
        return PurgeBench(
            server: server,
            bench: ImportBench(caller: server.nobody.with(token: token), account: bench.account)
        )
    }

    /// - Returns: its id.
    func spend(_ amount: String, category: String? = nil) async throws -> String {
        let answer = try await caller.call(
            .post,
            "transactions",
            [
                "type": "expense", "account_id": .string(bench.account), "amount": .string(amount),
                "payee": "Market hall", "note": "leeks", "tags": ["food"], "date": "2026-03-10",
                "category_id": category.map(JSONValue.string) ?? .null,
            ]
        )
        return try #require(answer.data["id"]?.text, "\(answer)")
    }

    func delete(_ path: String) async throws {
        let answer = try await caller.call(.delete, path)
        #expect(answer.status == 204, "\(answer)")
    }

    /// What is in a table, of every household.
    func count(_ table: SQLText, where condition: SQLText = "1 = 1") async throws -> Int64 {
        let database = server.environment.database
        let households: [HouseholdID] = try await database.read(.shared) {
            try $0.rows("SELECT id FROM household") { try $0.identifier() }
        }
        var sum: Int64 = 0
        for household in households {
            sum +=
                try await database.read(.household(household)) {
                    try $0.first(
                        """
                        SELECT COUNT(*) FROM \(table)
                        WHERE household_id = \(household) AND \(condition)
                        """
                    ) { try $0.integer() }
                } ?? 0
        }
        return sum
    }

    func countShared(_ table: SQLText) async throws -> Int64? {
        try await server.environment.database.read(.shared) {
            try $0.first("SELECT COUNT(*) FROM \(table)") { try $0.integer() }
        }
    }

    func examine() async throws -> DoctorReport {
        let environment = server.environment
        return try await Doctor(environment.database, keys: environment.keys)
            .examine(at: environment.clock.now())
    }

    func expectWholeBooks() async throws {
        let report = try await examine()
        #expect(report.findings.map(\.line) == [])
        #expect(report.purgeable == 0)
    }
}
