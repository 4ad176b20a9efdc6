import Ledger

/// One period of a budget, for all three ways to look at it.
struct BudgetMonth: Sendable {
    let period: BudgetPeriod
    let previous: BudgetPeriod?
    let next: BudgetPeriod?
    let isLocked: Bool
    /// The code with which whoever reads it is refused changes of the plan; nil for who may change it.
    let refusal: String?
    let settings: BudgetSettings
    let currency: Currency
    let today: LocalDate
    let envelopes: EnvelopePeriod
    let flex: FlexPeriod
    /// All lines of spending together.
    let spending: Limit
    let lines: [Line]
    let cards: [Card]

    /// A limit with how fast it is used.
    struct Limit: Sendable {
        let cell: TrackingCell
        let pace: BudgetPace

        init(_ cell: TrackingCell, _ period: BudgetPeriod, _ today: LocalDate) throws {
            self.cell = cell
            pace = try BudgetPace(
                budget: cell.carried.adding(cell.limit),
                spent: cell.spent,
                in: period,
                on: today
            )
        }
    }

    /// A category that has a budget, or that something moved in, or that lies above such a one.
    struct Line: Sendable {
        let category: AccountID
        let name: String
        let parent: AccountID?
        let isIncome: Bool
        let budget: BudgetRecord?
        /// Nil for a category that is no line of its own.
        let limit: Limit?
        /// Nil also for income.
        let envelope: EnvelopeCell?
        /// With all lines below it.
        let totalLimit: Limit?
        let totalEnvelope: EnvelopeCell?
    }

    struct Card: Sendable {
        let account: AccountID
        let name: String
        let cell: CardCell
    }

    init(_ book: BudgetBook, refusal: String? = nil) throws {
        self.refusal = refusal
        period = book.period
        previous = book.calendar.previous(before: book.period)
        next = book.calendar.next(after: book.period)
        isLocked = book.isLocked
        settings = book.settings
        currency = book.currency
        today = book.today
        envelopes = try book.envelopes()
        let limits = try book.limits()
        flex = try FlexPeriod(limits, in: book.history.tree, book.currency)
        lines = try Self.lines(book, envelopes, limits)
        let all = try flex.fixed.adding(flex.nonMonthly).adding(flex.flexible)
        spending = try Limit(all, book.period, book.today)
        cards = book.nodes.compactMap { [envelopes] node in
            envelopes.cards[node.id].map { Card(account: node.id, name: node.name, cell: $0) }
        }
    }

    private static func lines(
        _ book: BudgetBook,
        _ envelopes: EnvelopePeriod,
        _ limits: [AccountID: TrackingCell]
    ) throws -> [Line] {
        let tree = book.history.tree
        let totalLimits = try tree.totals(of: limits)
        let totalEnvelopes = try tree.totals(of: envelopes.envelopes)
        let budgets = Dictionary(uniqueKeysWithValues: book.budgets.map { ($0.category, $0) })
        func limit(_ cell: TrackingCell?) throws -> Limit? {
            try cell.map { try Limit($0, book.period, book.today) }
        }
        return try book.nodes.compactMap { node in
            guard node.category != nil, totalLimits[node.id] != nil else { return nil }
            return Line(
                category: node.id,
                name: node.name,
                parent: node.parent,
                isIncome: node.accountClass == .income,
                budget: budgets[node.id],
                limit: try limit(limits[node.id]),
                envelope: envelopes.envelopes[node.id],
                totalLimit: try limit(totalLimits[node.id]),
                totalEnvelope: totalEnvelopes[node.id]
            )
        }
    }
}

extension Set where Element == Currency {
    var codes: [String] { map(\.code).sorted() }
}

/// Shares of a whole with two decimals.
enum BasisPoints {
    static func text(_ points: Int) -> String {
        Decimal4.text(
            Int64(clamping: points).multipliedReportingOverflow(by: 100).partialValue,
            minorDigits: 2
        )
    }
}
