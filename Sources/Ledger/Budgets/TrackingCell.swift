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
