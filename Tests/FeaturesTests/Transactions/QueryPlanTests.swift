import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

/// The queries behind the pages read what they show, never the whole of a large table.
struct QueryPlanTests {
    /// The tables that grow with a household.
    static let large: Set<String> = [
        "ledger_transaction", "posting", "rollup", "payee_rollup", "transaction_tag",
        "transaction_search", "audit_entry", "audit_change",
    ]

    private static let transactionCount = 3_000

    /// Three thousand transactions of three years on two accounts and four categories.
    static func withHistory(
        _ engine: TestEngine,
        _ body: @escaping @Sendable (APIPerson, PlanIDs) async throws -> Void
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let accounts = [try await ann.makeAccount("A"), try await ann.makeAccount("B")]
            var categories: [String] = []
            for number in 0..<4 { categories.append(try await ann.makeCategory("C\(number)")) }
            let ids = PlanIDs(
                accounts: accounts.compactMap { AccountID($0) },
                categories: categories.compactMap { AccountID($0) }
            )
            try await fill(ann.home, ids)
            if engine == .postgres {
                try await api.fixture.database.write(.shared) { try $0.execute("ANALYZE") }
            }
            try await body(ann, ids)
        }
    }

    struct PlanIDs: Sendable {
        let accounts: [AccountID]
        let categories: [AccountID]
    }

    private static func fill(_ home: TestHome, _ ids: PlanIDs) async throws {
        let first = LedgerFixture.today.adding(days: -1_094)
        let eur = LedgerFixture.eur
        try await home.write { write in
            let book = LedgerBook(write)
            let known = try book.nodes.all()
            for number in 0..<transactionCount {
                let amount = Money(tenThousandths: Int64(number + 1) * 100, eur)
                let postings = try BalancedPostings([
                    Posting(ids.accounts[number % 2], try amount.negated()),
                    Posting(ids.categories[number % 4], amount),
                ])
                _ = try book.post(
                    TransactionContent(
                        date: first.adding(days: number * 1_095 / transactionCount),
                        state: .posted,
                        payee: "Payee\(number % 50)",
                        tags: number % 100 == 0 ? ["rare"] : [],
                        postings: postings,
                        source: .manual
                    ),
                    known: known
                )
            }
            write.record(AuditNote("fill", "transaction", nil))
        }
    }

    /// Runs a read with its statements recorded, and judges the plan of each.
    static func expectNoScan(
        _ person: APIPerson,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ read: @escaping @Sendable (any SQLTransaction) throws -> Void
    ) async throws {
        let problems = try await person.home.read { transaction in
            let recorder = PlanRecorder(transaction)
            try read(recorder)
            return try recorder.problems(large)
        }
        #expect(problems == [], sourceLocation: sourceLocation)
    }

    static let listQueries = [
        "{}", #"{"sort": "date"}"#, #"{"from": "2026-11-01", "to": "2026-11-30"}"#,
        #"{"account_id": "ACCOUNT"}"#, #"{"account_id": "ACCOUNT", "from": "2026-11-01"}"#,
        #"{"cursor": "CURSOR"}"#, #"{"account_id": "ACCOUNT", "cursor": "CURSOR"}"#,
        #"{"q": "payee7", "from": "2026-10-01"}"#,
    ]

    @Test(arguments: TestEngine.present)
    func `a page of the register reads a page`(engine: TestEngine) async throws {
        try await Self.withHistory(engine) { ann, ids in
            let cursor = TransactionCursor(
                key: .date(LedgerFixture.today.adding(days: -400)),
                id: ann.api.fixture.environment.ids.next()
            ).text(for: .newest)
            for json in Self.listQueries {
                let filled = json.replacing("ACCOUNT", with: ids.accounts[0].description)
                    .replacing("CURSOR", with: cursor)
                let query: TransactionListQuery = try fields(filled)

                try await Self.expectNoScan(ann) { transaction in
                    let store = TransactionListStore(
                        transaction: transaction,
                        household: ann.home.household
                    )
                    let slice = try store.slice(query)
                    #expect(!slice.rows.isEmpty)
                }
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `a dashboard reads sums`(engine: TestEngine) async throws {
        try await Self.withHistory(engine) { ann, _ in
            let member = ann.home.member
            for kind in ReportPeriod.Kind.allCases {
                let period = try ReportPeriod(
                    kind,
                    containing: LedgerFixture.today,
                    from: LocalDate("2026-10-15"),
                    to: LocalDate("2026-11-10"),
                    weekStart: .monday
                )

                try await Self.expectNoScan(ann) { transaction in
                    let report = DashboardReport(
                        transaction: transaction,
                        member: member,
                        kind: kind,
                        period: period,
                        includesPending: true
                    )
                    let dashboard = try report.make()
                    #expect(dashboard.transactionCount > 0)
                }
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `balances and net worth read sums`(engine: TestEngine) async throws {
        try await Self.withHistory(engine) { ann, ids in
            let member = ann.home.member
            let span = try #require(
                DateSpan(LedgerFixture.today.adding(days: -29), LedgerFixture.today)
            )

            try await Self.expectNoScan(ann) { transaction in
                let reader = AccountReader(
                    transaction: transaction,
                    member: member,
                    today: LedgerFixture.today
                )
                _ = try reader.list(includingDeleted: false)
                _ = try reader.history(of: ids.accounts[0], in: span)
                _ = try NetWorthReport(
                    transaction: transaction,
                    member: member,
                    span: span,
                    interval: .day
                ).make()
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `a page of the trail reads a page`(engine: TestEngine) async throws {
        try await Self.withHistory(engine) { ann, _ in
            let (member, keys) = (ann.home.member, ann.api.fixture.environment.keys)
            for json in ["{}", #"{"limit": 5}"#] {
                let query: TrailQuery = try fields(json)

                try await Self.expectNoScan(ann) { transaction in
                    let page = try TrailReader(transaction, member, keys).page(query)
                    #expect(!page.entries.isEmpty)
                }
            }
        }
    }
}
