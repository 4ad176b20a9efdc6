/// An amount in the household's currency, and what could not be converted into it.
///
/// A rate that nobody knows is shown, never guessed: the amount is the part that is known.
package struct BudgetAmount: Hashable, Sendable {
    package var known: Money
    /// The currencies of what is not in `known`.
    package var missingRates: Set<Currency>

    package init(_ known: Money, missingRates: Set<Currency> = []) {
        self.known = known
        self.missingRates = missingRates
    }
}

/// Sums in 128 bits: no intermediate result overflows, and only what is shown must fit into `Money`.
typealias WideAmount = Int128

extension Money {
    var wide: WideAmount { WideAmount(tenThousandths) }

    /// - Throws: `overflow`.
    init(wide: WideAmount, _ currency: Currency) throws(MoneyError) {
        guard let value = Int64(exactly: wide) else { throw .overflow }
        self.init(tenThousandths: value, currency)
    }

    /// Divides `whole` in proportion to `parts` that it does not exceed; no share exceeds its part.
    ///
    /// Like `allocated(by:)`, in minor units where all are whole minor units, else in 1/10 000.
    ///
    /// - Throws: `overflow`.
    static func shares(
        of whole: WideAmount,
        among parts: [WideAmount],
        _ currency: Currency
    ) throws(MoneyError) -> [WideAmount] {
        let total = parts.reduce(0, +)
        guard whole < total else { return parts }
        guard whole > 0 else { return parts.map { _ in 0 } }
        // Products of two amounts that fit into 64 bits each fit into 128.
        guard total <= WideAmount(Int64.max) else { throw .overflow }
        let minor = WideAmount(currency.tenThousandthsPerMinorUnit)
        let isMinor = whole % minor == 0 && parts.allSatisfy { $0 % minor == 0 }
        let unit = isMinor ? minor : 1
        let units = whole / unit
        var shares = parts.map { units * $0 / total }
        let lost = parts.map { units * $0 % total }
        let order = parts.indices.sorted {
            lost[$0] == lost[$1] ? $0 < $1 : lost[$0] > lost[$1]
        }
        for index in order.prefix(Int(units - shares.reduce(0, +))) { shares[index] += 1 }
        return shares.map { $0 * unit }
    }
}
