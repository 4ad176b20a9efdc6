import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// A household with an account, and short ways to make bills and to look at what became of them. It is 15 March 2026.
struct BillBench: Sendable {
    let old: PurgeBench

    static func with(
        _ engine: Engine,
        _ body: @escaping @Sendable (BillBench) async throws -> Void
    ) async throws {
        try await PurgeBench.with(engine) { try await body(BillBench(old: $0)) }
    }

    var server: TestServer { old.server }
    var caller: Caller { old.caller }
    var account: JSONValue { .string(old.bench.account) }

    /// Another day, and a new session.
    func after(days: Int64) async throws -> BillBench {
        server.clock.advance(seconds: days * 86_400)
        return BillBench(old: try await old.signedInAgain())
    }

    /// - Returns: the bill: rent of 950 from the account, on the 20th of each month, where nothing else is said.
    @discardableResult
    func add(
        _ more: [(String, JSONValue)] = [],
        at location: SourceLocation = #_sourceLocation
    ) async throws -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("name", "Rent"), ("direction", "expense"), ("payee", "Homes Ltd"),
            ("account_id", account), ("amount", "950.00"), ("start_on", "2026-03-20"),
            ("repeat", "FREQ=MONTHLY"),
        ]
        members.removeAll { member in more.contains { $0.0 == member.0 } }
        members += more
        let answer = try await caller.call(.post, "bills", Self.object(members))
        #expect(answer.status == 201, "\(answer)", sourceLocation: location)
        return answer.data
    }

    static func object(_ members: [(String, JSONValue)]) -> JSONValue {
        .object(members.map { JSONMember(name: $0.0, value: $0.1) })
    }

    /// - Returns: the id.
    @discardableResult
    func pay(
        _ amount: String = "950.00",
        on day: String = "2026-03-20",
        _ more: [(String, JSONValue)] = []
    ) async throws -> String {
        var members: [(String, JSONValue)] = [
            ("type", "expense"), ("account_id", account), ("amount", .string(amount)),
            ("payee", "Homes Ltd"), ("date", .string(day)),
        ]
        members.removeAll { member in more.contains { $0.0 == member.0 } }
        members += more
        let answer = try await caller.call(.post, "transactions", Self.object(members))
        return try #require(answer.data["id"]?.text, "\(answer)")
    }

    func occurrence(_ bill: JSONValue, _ day: String = "2026-03-20") async throws -> JSONValue {
        let answer = try await caller.get("bills/\(bill.id)/occurrences/\(day)")
        #expect(answer.status == 200, "\(answer)")
        return answer.data
    }

    @discardableResult
    func act(
        _ word: String,
        _ bill: JSONValue,
        _ day: String = "2026-03-20",
        _ body: JSONValue? = nil
    ) async throws -> Answer {
        try await caller.call(.post, "bills/\(bill.id)/occurrences/\(day)/\(word)", body)
    }

    func states(_ query: String) async throws -> [String] {
        let answer = try await caller.get("bills/occurrences?limit=500\(query)")
        #expect(answer.status == 200, "\(answer)")
        return answer.data.elements.map {
            "\($0[text: "due_on"] ?? "-") \($0[text: "state"] ?? "-")"
        }
    }

    /// Live transactions, the youngest first.
    func transactions(_ query: String = "") async throws -> [JSONValue] {
        try await caller.get("transactions?limit=200\(query)").data.elements
    }

    /// One of expenses.
    func category() async throws -> String {
        let answer = try await caller.call(
            .post,
            "categories",
            ["name": "Housing costs", "kind": "expense"]
        )
        return try #require(answer.data["id"]?.text, "\(answer)")
    }

    func runDue() async throws -> DueBills.Report {
        try await DueBills(server.environment).run()
    }
}
