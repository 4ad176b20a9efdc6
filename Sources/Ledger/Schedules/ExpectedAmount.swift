/// How much is expected each time; negative is money out.
package enum ExpectedAmount: Hashable, Sendable {
    case fixed(Money)
    case range(AmountBand)
    /// Around the median of the last payments.
    ///
    /// - Units: `tolerancePercent` of the median, to both sides.
    case learned(last: Int, tolerancePercent: Int64)

    /// Between which amounts the next payment is as expected; nil where nothing is known yet.
    ///
    /// - Parameter history: what was paid, the youngest last.
    /// - Throws: `differentCurrencies`, `overflow`.
    package func band(after history: [Money]) throws(MoneyError) -> AmountBand? {
        switch self {
        case .fixed(let amount): return AmountBand(amount)
        case .range(let band): return band
        case .learned(let count, let percent):
            guard let median = try Money.median(of: Array(history.suffix(max(count, 1)))) else {
                return nil
            }
            let margin = try median.magnitude().scaled(by: max(percent, 0), over: 100)
            return AmountBand(
                low: try median.subtracting(margin),
                typical: median,
                high: try median.adding(margin)
            )
        }
    }
}

/// Two amounts of one currency, and the usual one between them.
///
/// - Invariant: `low` ≤ `typical` ≤ `high`, with their signs: −60.00 is below −40.00.
package struct AmountBand: Hashable, Sendable {
    package let low: Money
    package let typical: Money
    package let high: Money

    /// Nil where the amounts are not in order, or of several currencies.
    package init?(low: Money, typical: Money, high: Money) {
        guard low.currency == typical.currency, high.currency == typical.currency,
            low.tenThousandths <= typical.tenThousandths,
            typical.tenThousandths <= high.tenThousandths
        else { return nil }
        self.low = low
        self.typical = typical
        self.high = high
    }

    package init(_ amount: Money) {
        low = amount
        typical = amount
        high = amount
    }

    package var currency: Currency { typical.currency }
    package var isExact: Bool { low == high }

    package func contains(_ amount: Money) -> Bool {
        amount.currency == currency && low.tenThousandths <= amount.tenThousandths
            && amount.tenThousandths <= high.tenThousandths
    }
}

extension Money {
    /// The middle one; of two in the middle their mean, rounded once to the minor unit. Nil of none.
    ///
    /// - Throws: `differentCurrencies`, `overflow`.
    package static func median(of amounts: [Money]) throws(MoneyError) -> Money? {
        guard let first = amounts.first else { return nil }
        for amount in amounts where amount.currency != first.currency {
            throw .differentCurrencies(first.currency, amount.currency)
        }
        let sorted = amounts.map(\.tenThousandths).sorted()
        let middle = sorted.count / 2
        if sorted.count % 2 == 1 {
            return Money(tenThousandths: sorted[middle], first.currency)
        }
        let sum = Int128(sorted[middle - 1]) + Int128(sorted[middle])
        let unit = Int128(first.currency.tenThousandthsPerMinorUnit)
        // Between two amounts there is always room for their mean, but for its rounding at the very end of the range.
        guard let mean = Int64(exactly: halfEven(sum, over: 2 * unit) * unit) else {
            throw .overflow
        }
        return Money(tenThousandths: mean, first.currency)
    }
}
