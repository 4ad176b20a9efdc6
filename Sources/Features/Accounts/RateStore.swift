package import Ledger
package import Storage

/// What currencies were worth in the household's own, as its own exchanges told.
package struct RateStore {
    package let transaction: any SQLTransaction
    package let household: HouseholdID

    package init(transaction: any SQLTransaction, household: HouseholdID) {
        self.transaction = transaction
        self.household = household
    }

    package func rates(to target: Currency) throws -> RateTable {
        let rows = try transaction.rows(
            """
            SELECT currency, date, amount, target_amount FROM exchange_rate
            WHERE household_id = \(household) AND target = \(target) ORDER BY currency, date
            """
        ) { row in
            let currency = try row.currency()
            let date = try row.date()
            let amount = try row.amount()
            let rate = ExchangeRate(numerator: try row.amount(), denominator: amount)
            return (currency: currency, date: date, rate: rate)
        }
        var known: [Currency: [RateTable.Entry]] = [:]
        for row in rows {
            guard let rate = row.rate else { continue }
            known[row.currency, default: []].append(.init(date: row.date, rate: rate))
        }
        return RateTable(target: target, known: known)
    }
}

/// Rates to one currency. A rate that is not known is said to be missing, never guessed.
package struct RateTable: Sendable {
    package let target: Currency
    /// By date, oldest first.
    fileprivate let known: [Currency: [Entry]]

    package struct Entry: Sendable {
        let date: LocalDate
        let rate: ExchangeRate
    }

    /// Nil when no exchange on or before the day told a rate.
    package func convert(_ money: Money, on day: LocalDate) throws -> Money? {
        if money.currency == target { return money }
        if money.isZero { return .zero(target) }
        guard let entries = known[money.currency],
            let entry = entries.last(where: { $0.date <= day })
        else { return nil }
        return try money.converted(to: target, at: entry.rate)
    }
}
