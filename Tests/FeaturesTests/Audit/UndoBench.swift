import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// A household whose changes are made and taken back over HTTP.
struct UndoBench: Sendable {
    let server: TestServer
    let bench: ImportBench
    let household: HouseholdID

    static func with(
        _ engine: Engine,
        _ body: @escaping @Sendable (UndoBench) async throws -> Void
    ) async throws {
        try await withServer(engine) { server in
            let bench = try await ImportBench.open(server)
            let text = try await bench.caller.get("auth/me").data["household"]?["id"]?.text
            let household = try #require(HouseholdID(text ?? ""))
            try await body(UndoBench(server: server, bench: bench, household: household))
        }
    }

    var caller: Caller { bench.caller }

    func picture() async throws -> LedgerPicture {
        let household = household
        return try await server.environment.database.read(.household(household)) {
            try LedgerPicture($0, household)
        }
    }

    /// The newest entry of the trail.
    func lastEntry() async throws -> JSONValue {
        try await caller.get("audit-logs?limit=1").data[0]
    }

    @discardableResult
    func undo(_ entry: JSONValue) async throws -> Answer {
        try await caller.call(.post, "audit-logs/\(entry["id"]?.text ?? "-")/undo")
    }

    /// Makes something, expects it to succeed, and gives its id.
    @discardableResult
    func make(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: JSONValue? = nil,
        at location: SourceLocation = #_sourceLocation
    ) async throws -> String {
        // No two changes happen at once.
        server.clock.advance(seconds: 1)
        let answer = try await caller.call(method, path, body)
        #expect((200..<300).contains(answer.status), "\(answer)", sourceLocation: location)
        return answer.data["id"]?.text ?? ""
    }

    @discardableResult
    func spend(
        _ amount: String,
        on category: String? = nil,
        from account: String? = nil,
        _ more: [String: JSONValue] = [:]
    ) async throws -> String {
        var fields: [String: JSONValue] = [
            "type": "expense", "account_id": .string(account ?? bench.account),
            "amount": .string(amount), "payee": "Market hall", "note": "leeks",
            "tags": ["food"], "date": "2026-03-10",
        ]
        if let category { fields["category_id"] = .string(category) }
        fields.merge(more) { $1 }
        return try await make(
            .post,
            "transactions",
            .object(fields.map { JSONMember(name: $0.key, value: $0.value) })
        )
    }

    func makeCategory(_ name: String, under parent: String? = nil) async throws -> String {
        try await make(
            .post,
            "categories",
            [
                "name": .string(name), "kind": "expense",
                "parent_id": parent.map(JSONValue.string) ?? .null,
            ]
        )
    }

    /// Does something, takes it back, and takes that back too: the books are as before, and as after.
    func expectWayBack(
        at location: SourceLocation = #_sourceLocation,
        _ act: @Sendable () async throws -> Void
    ) async throws {
        let before = try await picture()
        try await act()
        let after = try await picture()
        let entry = try await lastEntry()
        #expect(entry["can_undo"] == true, "\(entry)", sourceLocation: location)

        let undone = try await undo(entry)
        #expect(undone.status == 200, "\(undone)", sourceLocation: location)
        let back = try await picture()
        #expect(
            back == before,
            "\(LedgerPicture.difference(before, back))",
            sourceLocation: location
        )
        #expect(undone.data["undoes"] == entry["id"], sourceLocation: location)
        #expect(try await undo(entry).code == "audit.cannot_undo", sourceLocation: location)

        let newest = try await lastEntry()
        guard newest["can_undo"] == true else { return }
        let redone = try await undo(newest)
        #expect(redone.status == 200, "\(redone)", sourceLocation: location)
        let forth = try await picture()
        #expect(
            forth == after,
            "\(LedgerPicture.difference(after, forth))",
            sourceLocation: location
        )
    }

    /// Expects that the newest entry cannot be taken back, and nothing is written.
    func expectNoWayBack(
        _ entry: JSONValue,
        because reason: String,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try await picture()
        let version = try await lastEntry()["id"]
        let answer = try await undo(entry)
        #expect(answer.status == 409, "\(answer)", sourceLocation: location)
        #expect(answer.code == "audit.cannot_undo", sourceLocation: location)
        let message = answer.error["message"]?.text ?? ""
        #expect(message.contains(reason), "\(message)", sourceLocation: location)
        #expect(try await picture() == before, sourceLocation: location)
        #expect(try await lastEntry()["id"] == version, sourceLocation: location)
    }

    func expectWholeBooks() async throws {
        let environment = server.environment
        let report = try await Doctor(environment.database, keys: environment.keys)
            .examine(at: environment.clock.now())
        #expect(report.findings.map(\.line) == [])
    }
}
