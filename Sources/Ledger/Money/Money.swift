/// An exact amount in one currency.
///
/// Fixed point, because sums must be exact and equal on both SQL engines (ADR 0003).
///
/// - Units: `tenThousandths` counts 1/10 000 of the currency's unit: EUR 12.30 is 123 000.
/// - Range: ±922 337 203 685 477.5807. Arithmetic throws `MoneyError.overflow` past it.
package struct Money: Hashable, Sendable {
    package let tenThousandths: Int64
    package let currency: Currency

    package init(tenThousandths: Int64, _ currency: Currency) {
        self.tenThousandths = tenThousandths
        self.currency = currency
    }

    package static func zero(_ currency: Currency) -> Money {
        Money(tenThousandths: 0, currency)
    }

    package var isZero: Bool { tenThousandths == 0 }
    package var isNegative: Bool { tenThousandths < 0 }

    /// - Throws: `differentCurrencies`, `overflow`.
    package func adding(_ other: Money) throws(MoneyError) -> Money {
        guard currency == other.currency else {
            throw .differentCurrencies(currency, other.currency)
        }
        let (sum, overflow) = tenThousandths.addingReportingOverflow(other.tenThousandths)
        guard !overflow else { throw .overflow }
        return Money(tenThousandths: sum, currency)
    }

    /// - Throws: `differentCurrencies`, `overflow`.
    package func subtracting(_ other: Money) throws(MoneyError) -> Money {
        try adding(other.negated())
    }

    /// - Throws: `overflow` for the one amount that has no opposite.
    package func negated() throws(MoneyError) -> Money {
        guard tenThousandths != .min else { throw .overflow }
        return Money(tenThousandths: -tenThousandths, currency)
    }

    /// - Throws: `overflow` for the one amount that has no opposite.
    package func magnitude() throws(MoneyError) -> Money {
        isNegative ? try negated() : self
    }
}

/// What can go wrong with an amount.
package enum MoneyError: Error, Hashable {
    case overflow
    case differentCurrencies(Currency, Currency)
    /// Not a plain decimal such as `-12.30`.
    case notADecimal(String)
    /// More decimals than `allowed`.
    case tooPrecise(decimals: Int, allowed: Int)
}

extension Sequence where Element == Money {
    /// - Throws: `differentCurrencies` when one amount is not in `currency`, `overflow`.
    package func sum(in currency: Currency) throws(MoneyError) -> Money {
        var total = Money.zero(currency)
        for amount in self { total = try total.adding(amount) }
        return total
    }
}
