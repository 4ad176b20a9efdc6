extension BudgetHistory {
    /// The history looked at as limits: by period, every line that has a budget or that something has moved in.
    ///
    /// It does not matter which account paid, and nothing is taken from or given back to anywhere.
    ///
    /// - Parameter first: the number of the first period that is wanted. Those before it are gone through and not
    ///   shown.
    /// - Complexity: linear in periods times lines.
    /// - Throws: `overflow` when a figure does not fit into `Money`.
    package func tracking(
        from first: Int = 0
    ) throws(MoneyError) -> [[AccountID: TrackingCell]] {
        var run = TrackingRun(self)
        var results: [[AccountID: TrackingCell]] = []
        for (number, period) in periods.enumerated() {
            run.run(period)
            if number >= first { results.append(try run.cells()) }
        }
        return results
    }
}

/// Carries limits from one period to the next.
private struct TrackingRun {
    private struct Line {
        let rollover: BudgetRollover
        let isIncome: Bool
        var carried: WideAmount = 0
        var limit: WideAmount = 0
        var spent: WideAmount = 0
        var missingRates: Set<Currency> = []

        var remaining: WideAmount { carried + limit - spent }

        mutating func begin() {
            if !rollover.keepsSurplus, !missingRates.isEmpty { missingRates = [] }
            let rest = rollover.keepsSurplus ? remaining : 0
            carried = rollover.keepsOverspending ? rest : max(rest, 0)
            limit = 0
            spent = 0
        }
    }

    private let currency: Currency
    private let tree: BudgetTree
    private var index: BudgetLineIndex
    private var lines: [Line] = []

    init(_ history: BudgetHistory) {
        currency = history.currency
        tree = history.tree
        index = BudgetLineIndex(tree)
    }

    /// What is expected to come in is expected anew every period.
    private mutating func addLines() {
        for id in index.lines[lines.count...] {
            let isIncome = tree.isIncome(id)
            let rollover = isIncome ? .none : tree.rollover(of: id)
            lines.append(Line(rollover: rollover, isIncome: isIncome))
        }
    }

    mutating func run(_ period: BudgetHistory.Period) {
        addLines()
        for line in lines.indices { lines[line].begin() }
        for (id, amount) in period.plan.assigned {
            if let line = index.number(ofBudget: id) { lines[line].limit = amount.wide }
        }
        for entry in period.flows.entries {
            guard let line = entry.category.flatMap({ index.number(covering: $0) }) else {
                continue
            }
            if line >= lines.count { addLines() }
            let amount = entry.amount.known.wide
            lines[line].spent += lines[line].isIncome ? amount : -amount
            if !entry.amount.missingRates.isEmpty {
                lines[line].missingRates.formUnion(entry.amount.missingRates)
            }
        }
    }

    func cells() throws(MoneyError) -> [AccountID: TrackingCell] {
        var cells: [AccountID: TrackingCell] = [:]
        cells.reserveCapacity(lines.count)
        for (id, line) in zip(index.lines, lines) {
            cells[id] = TrackingCell(
                carried: try Money(wide: line.carried, currency),
                limit: try Money(wide: line.limit, currency),
                spent: try Money(wide: line.spent, currency),
                remaining: try Money(wide: line.remaining, currency),
                missingRates: line.missingRates
            )
        }
        return cells
    }
}
