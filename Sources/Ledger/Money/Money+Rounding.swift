extension Money {
    /// The amount times `numerator / denominator`, rounded once to the currency's minor unit.
    ///
    /// - Range: the product is made in 128 bits, so only the result can overflow.
    /// - Throws: `overflow`.
    /// - Source: half-even, ISO 4217 minor units (design §1.1).
    package func scaled(by numerator: Int64, over denominator: Int64) throws(MoneyError) -> Money {
        precondition(denominator > 0, "A scale has a positive denominator.")
        let unit = Int128(currency.tenThousandthsPerMinorUnit)
        let product = Int128(tenThousandths) * Int128(numerator)
        let minorUnits = Self.halfEven(product, over: Int128(denominator) * unit)
        guard let value = Int64(exactly: minorUnits * unit) else { throw .overflow }
        return Money(tenThousandths: value, currency)
    }

    /// The amount in another currency, rounded once to that currency's minor unit.
    ///
    /// - Parameter rate: units of `target` for one unit of this currency.
    /// - Throws: `overflow`.
    package func converted(to target: Currency, at rate: ExchangeRate) throws(MoneyError) -> Money {
        try Money(tenThousandths: tenThousandths, target)
            .scaled(by: rate.numerator, over: rate.denominator)
    }

    /// Divides into parts in proportion to `weights`; the parts always add up to the whole.
    ///
    /// Each part is rounded down to the minor unit, and the units that are left go, one each, to the parts that
    /// lost most (largest remainder, earlier parts first). A rest smaller than a minor unit, which
    /// only a bank's own four decimals can leave, stays with the first part that has a weight.
    ///
    /// - Parameter weights: not negative, at least one above zero.
    package func allocated(by weights: [Int64]) throws(MoneyError) -> [Money] {
        let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
        precondition(total > 0 && weights.allSatisfy { $0 >= 0 }, "Weights are shares of a whole.")
        let unit = Int128(currency.tenThousandthsPerMinorUnit)
        let sign: Int128 = isNegative ? -1 : 1
        let magnitude = Int128(tenThousandths) * sign
        let units = magnitude / unit
        var parts = weights.map { units * Int128($0) / total }
        let order = weights.indices.sorted { left, right in
            let lost = units * Int128(weights[left]) % total
            let lostRight = units * Int128(weights[right]) % total
            return lost == lostRight ? left < right : lost > lostRight
        }
        let missing = Int(units - parts.reduce(0, +))
        for index in order.prefix(missing) { parts[index] += 1 }
        let first = weights.firstIndex { $0 > 0 } ?? 0
        return parts.enumerated().map { index, part in
            let rest = index == first ? magnitude % unit : 0
            return Money(tenThousandths: Int64((part * unit + rest) * sign), currency)
        }
    }

    /// `numerator / denominator` to the nearest whole number, a half to the even one.
    package static func halfEven(_ numerator: Int128, over denominator: Int128) -> Int128 {
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        let twice = remainder.magnitude * 2
        let half = denominator.magnitude
        guard twice > half || (twice == half && quotient % 2 != 0) else { return quotient }
        return quotient + ((numerator < 0) == (denominator < 0) ? 1 : -1)
    }
}

/// How many units of one currency one unit of another buys, as an exact fraction.
///
/// - Range: both parts positive.
package struct ExchangeRate: Hashable, Sendable {
    package let numerator: Int64
    package let denominator: Int64

    package init?(numerator: Int64, denominator: Int64) {
        guard numerator > 0, denominator > 0 else { return nil }
        self.numerator = numerator
        self.denominator = denominator
    }

    package var inverse: ExchangeRate { ExchangeRate(reversing: self) }

    private init(reversing rate: ExchangeRate) {
        numerator = rate.denominator
        denominator = rate.numerator
    }
}
