/// One budget in one period, looked at as a limit.
///
/// - Invariant: `remaining` is `carried + limit − spent`.
package struct TrackingCell: Hashable, BudgetCell {
    /// What the rollover brought over; below zero where overspending stays.
    package var carried: Money
    /// The stored number. Of an income category, what is expected.
    package var limit: Money
    /// What was spent less what was refunded: below zero when more came back. Of an income category, what came in.
    package var spent: Money
    package var remaining: Money
    package var missingRates: Set<Currency>

    static func zero(_ currency: Currency) -> TrackingCell {
        let zero = Money.zero(currency)
        return TrackingCell(
            carried: zero,
            limit: zero,
            spent: zero,
            remaining: zero,
            missingRates: []
        )
    }

    /// How much of the limit and what was carried over is used.
    ///
    /// - Units: 1/10 000, half-even; nil where nothing was to be spent.
    package var progressBasisPoints: Int? {
        let budget = carried.wide + limit.wide
        guard budget > 0 else { return nil }
        return Int(clamping: Money.halfEven(spent.wide * 10_000, over: budget))
    }

    package func adding(_ other: TrackingCell) throws(MoneyError) -> TrackingCell {
        TrackingCell(
            carried: try carried.adding(other.carried),
            limit: try limit.adding(other.limit),
            spent: try spent.adding(other.spent),
            remaining: try remaining.adding(other.remaining),
            missingRates: missingRates.union(other.missingRates)
        )
    }
}

extension BudgetHistory {
    /// The history looked at as limits: by period, every line that has a budget or that something moved in.
    ///
    /// It does not matter which account paid, and nothing is taken from or given back to anywhere.
    ///
    /// - Complexity: linear in periods times lines.
    /// - Throws: `overflow` when a figure does not fit into `Money`.
    package func tracking() throws(MoneyError) -> [[AccountID: TrackingCell]] {
        var results: [[AccountID: TrackingCell]] = []
        results.reserveCapacity(periods.count)
        var last: [AccountID: TrackingCell] = [:]
        for period in periods {
            last = try track(period, after: last)
            results.append(last)
        }
        return results
    }

    private func track(
        _ period: Period,
        after last: [AccountID: TrackingCell]
    ) throws(MoneyError) -> [AccountID: TrackingCell] {
        var activity: [AccountID: WideAmount] = [:]
        var missing: [AccountID: Set<Currency>] = [:]
        for entry in period.flows.entries {
            guard let category = entry.category else { continue }
            let line = tree.line(covering: category)
            activity[line, default: 0] += entry.amount.known.wide
            missing[line, default: []].formUnion(entry.amount.missingRates)
        }
        var cells: [AccountID: TrackingCell] = [:]
        for line in Set(tree.lines.keys).union(activity.keys) {
            let limit = tree.lines[line].flatMap { _ in period.plan.assigned[line]?.wide } ?? 0
            let carried = carried(into: line, from: last[line])
            let moved = activity[line] ?? 0
            let spent = tree.isIncome(line) ? moved : -moved
            cells[line] = TrackingCell(
                carried: try Money(wide: carried.amount, currency),
                limit: try Money(wide: limit, currency),
                spent: try Money(wide: spent, currency),
                remaining: try Money(wide: carried.amount + limit - spent, currency),
                missingRates: carried.missing.union(missing[line] ?? [])
            )
        }
        return cells
    }

    private func carried(
        into line: AccountID,
        from last: TrackingCell?
    ) -> (amount: WideAmount, missing: Set<Currency>) {
        let rollover = tree.rollover(of: line)
        guard let last, rollover.keepsSurplus, !tree.isIncome(line) else { return (0, []) }
        let rest = last.remaining.wide
        return (rollover.keepsOverspending ? rest : max(rest, 0), last.missingRates)
    }
}
