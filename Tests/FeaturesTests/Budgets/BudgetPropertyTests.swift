import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

/// What the server reads from rollups against the same made from every posting.
struct BudgetPropertyTests {
    private static let calendars = [
        #"{"period": "month", "month_start": 1}"#, #"{"month_start": 10}"#,
        #"{"month_start": 25}"#, #"{"month_start": null, "holidays": "DE"}"#,
        #"{"period": "week"}"#, #"{"period": "quarter", "month_start": 16}"#,
        #"{"period": "year", "month_start": 1}"#,
    ]

    @Test(arguments: TestEngine.present)
    func `a random household's budget is the engine's`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            var generator = SeededGenerator(seed: SeededGenerator.testSeed)
            try await Self.fill(ann, using: &generator)

            for calendar in Self.calendars {
                let settings = try await ann.patch("budgets/settings", calendar)
                #expect(settings.status == 200)
                for date in ["2026-02-11", "2026-05-28", "2026-07-01"] {
                    try await Self.compare(ann, on: date, calendar)
                }
            }
        }
    }

    private static func compare(_ ann: APIPerson, on date: String, _ calendar: String) async throws
    {
        let member = ann.home.member
        let shown = try await ann.get("budgets/\(date)")
        let (read, computed) = try await ann.home.read { transaction in
            let reader = BudgetReader(
                transaction: transaction,
                member: member,
                today: LedgerFixture.today
            )
            let book = try reader.book(date)
            var history = book.history
            try PostingFlows(transaction, book).write(to: &history)
            let last = history.periods.count - 1
            return (try book.envelopes(), try #require(try history.envelopes(from: last).last))
        }

        #expect(read == computed, "\(date) \(calendar)")
        #expect(shown.text("data.totals.ready") == computed.ready.decimal)
        #expect(shown.text("data.totals.cash") == computed.cash.decimal)
        let parts =
            computed.envelopes.values.flatMap { [$0.available, $0.overspentOnCredit] }
            + computed.cards.values.map(\.available) + [computed.ready, computed.held]
        #expect(try parts.sum(in: LedgerFixture.eur) == computed.cash)
    }

    private static func fill(
        _ ann: APIPerson,
        using generator: inout SeededGenerator
    ) async throws {
        let opening = #", "opening_balance": "500", "opening_date": "2026-01-01""#
        let cash = [try await ann.makeAccount("C1", opening), try await ann.makeAccount("C2")]
        let cards = [
            try await ann.makeAccount("K1", kind: "credit_card"),
            try await ann.makeAccount("K2", kind: "credit_card"),
        ]
        let outside = try await ann.makeAccount("Loan", kind: "loan")
        let top = try await ann.makeBudget("Top", #", "rollover": "none""#)
        let low = try await ann.makeCategory("Low", under: top)
        let keeps = try await ann.makeBudget("Keeps", #", "rollover": "surplus_and_overspending""#)
        let bare = try await ann.makeCategory("Bare")
        let wages = try await ann.makeCategory("Pay", kind: "income")
        let accounts = cash + cards
        for _ in 0..<70 {
            func pick(_ list: [String]) -> String {
                list[Int.random(in: 0..<list.count, using: &generator)]
            }
            let amount =
                "\(Int.random(in: 1...400, using: &generator)).\(Int.random(in: 10...99, using: &generator))"
            let date = LocalDate("2026-01-01")!.adding(
                days: Int.random(in: 0..<200, using: &generator)
            )
            let (source, target) = (pick(accounts), pick(accounts + [outside]))
            switch Int.random(in: 0..<8, using: &generator) {
            case 0...3:
                let category = pick([top, low, keeps, bare])
                try await ann.spend(amount, from: source, on: category, date: date.description)
            case 4:
                let category = pick([wages, low])
                try await ann.spend(
                    amount,
                    from: source,
                    on: category,
                    type: "income",
                    date: date.description
                )
            case 5...6 where source != target:
                _ = try await ann.post(
                    "transactions",
                    """
                    {"type": "transfer", "account_id": "\(source)", "to_account_id": "\(target)",
                     "amount": "\(amount)", "date": "\(date)"}
                    """
                )
            default:
                let month = "2026-0\(Int.random(in: 1...7, using: &generator))"
                try await ann.assign(amount, to: pick([top, keeps] + cards), in: month)
            }
        }
    }
}

/// Flows made from postings, one by one.
private struct PostingFlows {
    private var rows: [(date: LocalDate, shares: [RollupShare])] = []
    private let book: BudgetBook
    private let roles: [AccountID: BudgetRole]

    init(_ transaction: any SQLTransaction, _ book: BudgetBook) throws {
        self.book = book
        roles = Dictionary(uniqueKeysWithValues: book.nodes.map { ($0.id, $0.role) })
        let real = Set(book.nodes.filter { $0.accountClass.isReal }.map(\.id))
        var postings: [TransactionID: (date: LocalDate, postings: [Posting])] = [:]
        try transaction.forEach(
            """
            SELECT transaction_id, date, account_id, currency, amount FROM posting
            ORDER BY transaction_id, position
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            let date = try row.date()
            let account: AccountID = try row.identifier()
            let currency = try row.currency()
            let amount = Money(tenThousandths: try row.amount(), currency)
            postings[id, default: (date, [])].postings.append(Posting(account, amount))
        }
        for (date, list) in postings.values {
            rows.append((date, try RollupShare.shares(of: list, isReal: real.contains)))
        }
    }

    func write(to history: inout BudgetHistory) throws {
        let eur = LedgerFixture.eur
        let first = book.periods[0].span.first
        let before = rows.filter { $0.date < first }.flatMap(\.shares)
        history.openingCash = BudgetAmount(
            try before.filter { [.cash, .transit].contains(roles[$0.node]) }.map(\.net).sum(in: eur)
        )
        for card in history.cards.keys {
            history.cards[card] = try before.filter { $0.node == card }.map(\.net).sum(in: eur)
                .negated()
        }
        for (number, period) in book.periods.enumerated() {
            let rollups = rows.filter { period.span.contains($0.date) }.flatMap(\.shares).map {
                BudgetRollup(node: $0.node, counter: $0.counter, net: BudgetAmount($0.net))
            }
            history.periods[number].flows = try BudgetFlows(
                rollups: rollups,
                roles: roles,
                currency: eur
            )
        }
    }
}

extension Money {
    /// As the API writes it.
    fileprivate var decimal: String {
        Decimal4.text(tenThousandths, minorDigits: currency.minorDigits)
    }
}
