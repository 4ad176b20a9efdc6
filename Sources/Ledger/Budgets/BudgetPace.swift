/// How fast a budget is used, against the days of its period that are gone.
package struct BudgetPace: Hashable, Sendable {
    /// The share of the period that is gone, today counted.
    ///
    /// - Units: 1/10 000.
    /// - Range: 0...10 000.
    package let goneBasisPoints: Int

    /// What would be spent by tonight if every day took the same.
    package let expected: Money

    /// What is spent beyond that; below zero when there is time in hand.
    package let ahead: Money

    /// What may be spent on each day from today on; zero when nothing is left, nil when the period is over.
    package let perDay: Money?

    /// - Parameters:
    ///   - budget: the limit with what was carried over.
    /// - Throws: `overflow`, `differentCurrencies`.
    package init(
        budget: Money,
        spent: Money,
        in period: BudgetPeriod,
        on today: LocalDate
    ) throws(MoneyError) {
        let gone = Int64(period.daysGone(on: today))
        let all = Int64(period.span.dayCount)
        goneBasisPoints = Int(Money.halfEven(Int128(gone) * 10_000, over: Int128(all)))
        expected = try budget.scaled(by: gone, over: all)
        ahead = try spent.subtracting(expected)
        guard today <= period.span.last else {
            perDay = nil
            return
        }
        let remaining = try budget.subtracting(spent)
        let left = all - max(gone - 1, 0)
        let unit = remaining.currency.tenThousandthsPerMinorUnit
        // Rounded down: what is spent so on every day never exceeds what is there.
        let share = max(remaining.tenThousandths, 0) / left / unit * unit
        perDay = Money(tenThousandths: share, remaining.currency)
    }
}
