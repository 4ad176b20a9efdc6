import Ledger

/// What a month costs a household on average.
struct SpendingAverage: Sendable {
    let amount: Money
    /// What was left out because no rate is known.
    let missingRates: Set<Currency>

    /// Over the last whole months, as many as are asked for or as there is spending in.
    ///
    /// - Parameter spent: what was spent in those months; each month has one rate, that of its last day.
    init(
        of spent: [(month: Month, amount: Money)],
        through last: Month,
        _ rates: RateTable
    ) throws {
        var missing: Set<Currency> = []
        var sum = Money.zero(rates.target)
        for (month, amount) in spent where !amount.isZero {
            if let known = try rates.convert(amount, on: month.lastDay) {
                sum = try sum.adding(known)
            } else {
                missing.insert(amount.currency)
            }
        }
        let first = spent.filter { !$0.amount.isZero }.map(\.month).min()
        let count = first.map { $0.months(until: last) + 1 } ?? 1
        amount = try sum.scaled(by: 1, over: Int64(max(count, 1))).orZero
        missingRates = missing
    }

    /// What so many months cost.
    func target(months: Int) throws -> Money { try amount.scaled(by: Int64(months), over: 1) }
}
