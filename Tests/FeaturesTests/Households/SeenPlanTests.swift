@testable import Features
import Ledger
import Storage
import TestSupport
import Testing

/// What a member pays who does not see everything: a look at each row's postings, and no scan.
@Suite struct SeenPlanTests {
    @Test(arguments: TestEngine.present)
    func `a page of who does not see an account reads a page`(engine: TestEngine) async throws {
        try await QueryPlanTests.withHistory(engine) { ann, ids in
            // PostgreSQL looks once a statement at what lies on the hidden accounts, and on the one asked for.
            let small = AccountID(try await ann.makeAccount("Small"))!
            let member = Self.member(
                of: ann,
                without: engine == .postgres ? small : ids.accounts[1]
            )
            let cursor = TransactionCursor(
                key: .date(LedgerFixture.today.adding(days: -400)),
                id: ann.api.fixture.environment.ids.next()
            ).text(for: .newest)
            for json in QueryPlanTests.listQueries
            where engine == .sqlite || !json.contains("ACCOUNT") {
                let filled = json.replacing("ACCOUNT", with: ids.accounts[0].description)
                    .replacing("CURSOR", with: cursor)
                let query: TransactionListQuery = try fields(filled)

                let problems = try await ann.home.read { transaction in
                    let recorder = PlanRecorder(transaction)
                    let slice = try TransactionListStore(
                        transaction: member.seen(recorder),
                        household: member.household
                    ).slice(query)
                    #expect(!slice.rows.isEmpty || json.contains("payee7"))
                    #expect(slice.rows.allSatisfy { member.sees.sees($0.account) })
                    return try recorder.problems(QueryPlanTests.large)
                }
                #expect(problems == [], "\(json)")
            }
        }
    }

    /// A table that gets a column shows it to everyone.
    @Test(arguments: TestEngine.present)
    func `each narrowed table has all columns of its own`(engine: TestEngine) async throws {
        try await QueryPlanTests.withHistory(engine) { ann, ids in
            let member = Self.member(of: ann, without: ids.accounts[1])
            for name in SeenTables.names {
                let table = SQLText(stringLiteral: name)
                let columns: SQLText =
                    engine == .sqlite
                    ? "SELECT name FROM pragma_table_info(\(name))"
                    : """
                    SELECT column_name::text FROM information_schema.columns
                    WHERE table_schema = 'public' AND table_name = \(name)
                    """
                try await ann.home.read { transaction in
                    let columns = try transaction.rows(columns) { try $0.text() }
                    #expect(columns.count >= 3, "\(name)")
                    let all = SQLText(stringLiteral: columns.joined(separator: ", "))
                    try member.seen(transaction).forEach("SELECT \(all) FROM \(table) LIMIT 1") {
                        _ in
                    }
                }
            }
        }
    }

    @Test func `whoever sees everything asks the engine itself`() async throws {
        try await QueryPlanTests.withHistory(.sqlite) { ann, _ in
            try await ann.home.read { transaction in
                let seen = ann.home.member.seen(transaction)
                #expect(!seen.isPartial)
                #expect(seen as AnyObject === transaction as AnyObject)
            }
        }
    }

    private static func member(of ann: APIPerson, without account: AccountID) -> Member {
        Member(
            household: ann.home.household,
            person: ann.home.member.person,
            role: .editor,
            currency: LedgerFixture.eur,
            weekStart: .monday,
            timeZone: "UTC",
            sees: .without([account])
        )
    }
}
