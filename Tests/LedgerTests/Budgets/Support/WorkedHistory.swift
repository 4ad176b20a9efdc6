import Ledger
import Testing
import WorkedTables

/// What happens in an example of docs/budgets.md, as the engine gets it.
struct WorkedHistory {
    private(set) var history: BudgetHistory
    let months: [Month]
    private var ids: [String: AccountID] = [:]

    init(_ example: WorkedExample) throws {
        let budgets = try #require(example.table(beginning: "budget"))
        let events = try #require(example.table(beginning: "month", "what"))
        months = try Self.months(of: example)
        history = BudgetHistory(currency: .eur, tree: BudgetTree(categories: []))
        history.periods = months.map { _ in BudgetHistory.Period() }
        history.tree = try tree(budgets)
        for row in events.rows {
            if row["month"] == "before" {
                try open(row)
            } else {
                let month = try #require(months.firstIndex { $0.description == row["month"] })
                try book(row, into: month)
            }
        }
    }

    private static func months(of example: WorkedExample) throws -> [Month] {
        let named = example.tables.flatMap(\.rows).map { $0["month"] }.filter { $0.hasPrefix("2") }
        let dates = try Set(named).map { try #require(LocalDate("\($0)-01")).month }
        let first = try #require(dates.min())
        return try (0...first.months(until: #require(dates.max()))).map { first.adding(months: $0) }
    }

    func month(_ row: WorkedTable.Row) throws -> Int {
        try #require(months.firstIndex { $0.description == row["month"] }, "line \(row.line)")
    }

    func id(_ name: String) throws -> AccountID {
        try #require(ids[name], "\(name) is not in the example.")
    }

    private mutating func made(_ name: String) -> AccountID {
        let id = ids[name] ?? AccountID(UniqueID(high: 7, low: UInt64(ids.count + 1)))
        ids[name] = id
        return id
    }

    private mutating func tree(_ table: WorkedTable) throws -> BudgetTree {
        var categories: [BudgetTree.Category] = []
        var lines: [BudgetLine] = []
        for row in table.rows {
            let parent = row["under"].isEmpty ? nil : made(row["under"])
            let isIncome = row["kind"] == "income"
            let id = made(row["budget"])
            categories.append(BudgetTree.Category(id: id, parent: parent, isIncome: isIncome))
            guard row["rollover"] != "no budget" else { continue }
            lines.append(
                BudgetLine(
                    category: id,
                    rollover: try #require(BudgetRollover(rawValue: row["rollover"])),
                    kind: BudgetKind(rawValue: row["kind"]) ?? .flexible
                )
            )
        }
        return BudgetTree(categories: categories, lines: lines)
    }

    private mutating func open(_ row: WorkedTable.Row) throws {
        let amount = try Money(entered: row["amount"], .eur)
        switch row["what"] {
        case "cash": history.openingCash.known = try history.openingCash.known.adding(amount)
        case "owed": history.cards[made(row["account"])] = amount
        default: Issue.record("line \(row.line): nothing begins with \(row["what"])")
        }
    }

    private mutating func book(_ row: WorkedTable.Row, into month: Int) throws {
        let words = row["amount"].split(separator: " ")
        let amount = words.first == "?" ? Money.zero(.eur) : try Money(entered: row["amount"], .eur)
        let missing = try words.count > 1 ? [#require(Currency(code: words[1]))] : []
        let spent = BudgetAmount(try amount.negated(), missingRates: Set(missing))
        let account = made(row["account"])
        switch row["what"] {
        case "assigned": history.periods[month].plan.assigned[try id(row["envelope"])] = amount
        case "held": history.periods[month].plan.held = amount
        case "income": enter(nil, account, BudgetAmount(amount), month)
        case "received", "refunded":
            enter(try id(row["envelope"]), account, BudgetAmount(amount), month)
        case "spent": enter(try id(row["envelope"]), account, spent, month)
        case "sent outside": enter(nil, account, spent, month)
        case "paid" where history.cards[account] != nil:
            history.periods[month].flows.betweenCards[try id(row["envelope"])] = amount
            history.periods[month].flows.betweenCards[account] = spent.known
        case "paid": history.periods[month].flows.payments[try id(row["envelope"])] = amount
        case "drawn": history.periods[month].flows.payments[try id(row["envelope"])] = spent.known
        default: Issue.record("line \(row.line): \(row["what"]) is not known")
        }
    }

    private mutating func enter(
        _ category: AccountID?,
        _ account: AccountID,
        _ amount: BudgetAmount,
        _ month: Int
    ) {
        history.periods[month].flows.entries.append(
            BudgetFlows.Entry(category: category, account: account, amount: amount)
        )
    }
}
