package import Ledger

/// Payments of one payee that come again and again.
package struct RecurringSeries: Hashable, Sendable {
    package let account: AccountID
    package let payee: String
    package let period: RecurrencePeriod
    /// Begins with the first payment that was found.
    package let schedule: Schedule
    /// What the next payment will be: exact where the price is fixed.
    package let band: AmountBand
    /// By their days.
    package let payments: [TransactionID]
    package let first: LocalDate
    package let last: LocalDate
    /// The day of the next payment; nil where the series has ended.
    package let next: LocalDate?
    /// Days on which a payment was expected and did not come, up to today; of a series that has ended those before
    /// its last payment.
    package let missed: [LocalDate]
    package let priceChanges: [PriceChange]
    package let evidence: RecurrenceEvidence

    package var confidence: Double { evidence.confidence }
    package var hasEnded: Bool { next == nil }
    package var isSteady: Bool { evidence.isSteady }

    /// What a year costs at today's price; negative is money out.
    ///
    /// - Throws: `overflow`.
    package func yearlyAmount() throws(MoneyError) -> Money {
        try band.typical.scaled(by: period.timesAYear, over: 1)
    }
}

/// Why one may believe in a series. Each part lies between 0 and 1.
package struct RecurrenceEvidence: Hashable, Sendable {
    /// How near its payments are to their days, and how few others the payee has, above what chance would give.
    package let regularity: Double
    /// The share of the expected days that had a payment.
    package let completeness: Double
    /// How steady the amounts are.
    package let steadiness: Double
    package let count: Int

    /// Below it a series is not proposed.
    package static let least = 0.5

    /// Whether it costs the same each time but for changes of the price.
    var isSteady: Bool { steadiness >= 0.6 }

    /// The parts multiplied: irregular days, gaps and few payments each count in full, and amounts that vary by
    /// a half at most, since a bill by consumption is a bill. Three payments are worth 0.79, twelve 0.94.
    package var confidence: Double {
        let amounts = 0.35 + 0.65 * steadiness
        let evidence = Double(count) / (Double(count) + 0.8)
        return min(max(regularity * completeness * amounts * evidence, 0), 1)
    }
}

/// From a day on the payee wants another amount.
package struct PriceChange: Hashable, Sendable {
    package let date: LocalDate
    package let before: Money
    package let after: Money

    /// More is paid, or less comes in than before.
    package var isWorse: Bool { after.tenThousandths < before.tenThousandths }

    /// Steps smaller than this are rounding or exchange.
    static let leastPercent: Int64 = 2

    /// The steps between amounts that stayed; one payment out of line is none, but for the last, which may be the
    /// first of many.
    ///
    /// - Parameter payments: by their days, of one currency.
    package static func changes(in payments: [(date: LocalDate, amount: Money)]) -> [PriceChange] {
        guard var price = payments.first?.amount else { return [] }
        var changes: [PriceChange] = []
        for (index, payment) in payments.enumerated() where !isSame(price, payment.amount) {
            let following = index + 1 < payments.count ? payments[index + 1].amount : nil
            guard following.map({ isSame(payment.amount, $0) }) ?? true else { continue }
            changes.append(
                PriceChange(date: payment.date, before: price, after: payment.amount)
            )
            price = payment.amount
        }
        return changes
    }

    static func isSame(_ left: Money, _ right: Money) -> Bool {
        isSame(left.tenThousandths, right.tenThousandths)
    }

    /// Whether two amounts differ by less than the least step.
    static func isSame(_ left: Int64, _ right: Int64) -> Bool {
        let difference = Int128(left) - Int128(right)
        return difference.magnitude * 100 < Int128(left).magnitude * UInt128(leastPercent)
            || difference == 0
    }
}
