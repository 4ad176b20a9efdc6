/// The number of ten-thousandths in a decimal, without a currency.
///
/// Reads and writes the one spelling that crosses JSON and SQL: an optional minus, digits, and at most
/// four decimals after a dot. No exponent, no plus, no thousands mark, no Arabic digits.
package enum Decimal4 {
    package static let unit: Int64 = 10_000

    /// - Throws: `notADecimal`, `tooPrecise` past four decimals, `overflow`.
    package static func parse(_ text: some StringProtocol) throws(MoneyError) -> Int64 {
        var digits = Substring(text).utf8[...]
        let negative = digits.first == UInt8(ascii: "-")
        if negative { digits = digits.dropFirst() }
        var value: Int64 = 0
        var whole = 0
        var decimals: Int?
        for byte in digits {
            if byte == UInt8(ascii: "."), decimals == nil, whole > 0 {
                decimals = 0
                continue
            }
            guard byte >= 48, byte <= 57 else { throw .notADecimal(String(text.prefix(64))) }
            if let seen = decimals {
                decimals = seen + 1
                // A zero past the fourth decimal changes nothing; anything else would be lost.
                if seen >= 4 {
                    guard byte == 48 else { throw .tooPrecise(decimals: seen + 1, allowed: 4) }
                    continue
                }
            } else {
                whole += 1
            }
            value = try append(digit: byte, to: value)
        }
        guard whole > 0, decimals != 0 else { throw .notADecimal(String(text.prefix(64))) }
        for _ in min(decimals ?? 0, 4)..<4 { value = try append(digit: 48, to: value) }
        // The one number without an opposite is refused, so that every amount can be negated.
        guard value != .min else { throw .overflow }
        return negative ? value : -value
    }

    private static func append(digit: UInt8, to value: Int64) throws(MoneyError) -> Int64 {
        let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, overflowed) = tens.subtractingReportingOverflow(Int64(digit - 48))
        guard !overflow, !overflowed else { throw .overflow }
        return sum
    }

    /// Writes at least `minorDigits` decimals, more only where they are not zero.
    package static func text(_ tenThousandths: Int64, minorDigits: Int) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        append(tenThousandths, minorDigits: minorDigits, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// As `text`, into a buffer: lists of amounts are the hot path of the server.
    package static func append(
        _ tenThousandths: Int64,
        minorDigits: Int,
        to bytes: inout [UInt8]
    ) {
        if tenThousandths < 0 { bytes.append(UInt8(ascii: "-")) }
        let magnitude = tenThousandths.magnitude
        bytes.append(digitsOf: magnitude / 10_000)
        var fraction = magnitude % 10_000
        var remaining = max(minorDigits, 0)
        guard fraction > 0 || remaining > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        var divisor: UInt64 = 1_000
        while fraction > 0 || remaining > 0 {
            bytes.append(48 + UInt8(fraction / divisor))
            fraction %= divisor
            divisor = max(divisor / 10, 1)
            remaining -= 1
        }
    }
}

extension [UInt8] {
    /// Writes a whole number without making text of it first.
    package mutating func append(digitsOf number: UInt64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var start = 20
            var rest = number
            repeat {
                start -= 1
                digits[start] = 48 + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            append(contentsOf: digits[start...])
        }
    }
}

extension Money {
    /// Reads a decimal as a person may enter it: no more decimals than the currency has.
    ///
    /// - Throws: `notADecimal`, `tooPrecise`, `overflow`.
    package init(entered text: some StringProtocol, _ currency: Currency) throws(MoneyError) {
        let money = Money(tenThousandths: try Decimal4.parse(text), currency)
        guard money.isInMinorUnits else {
            throw .tooPrecise(decimals: money.decimals, allowed: currency.minorDigits)
        }
        self = money
    }

    /// Reads a decimal as a bank wrote it: up to four decimals, whatever the currency has.
    package init(exact text: some StringProtocol, _ currency: Currency) throws(MoneyError) {
        self.init(tenThousandths: try Decimal4.parse(text), currency)
    }

    /// Whether the amount is a whole number of the currency's minor units.
    package var isInMinorUnits: Bool {
        tenThousandths % currency.tenThousandthsPerMinorUnit == 0
    }

    /// How many decimals are needed to write the amount.
    package var decimals: Int {
        var rest = tenThousandths.magnitude % 10_000
        var count = 4
        while count > 0, rest % 10 == 0 {
            rest /= 10
            count -= 1
        }
        return count
    }

    /// The decimal that JSON carries, for example `-12.30`.
    package var decimal: String {
        Decimal4.text(tenThousandths, minorDigits: currency.minorDigits)
    }
}

extension Money: CustomStringConvertible {
    package var description: String { "\(decimal) \(currency.code)" }
}
