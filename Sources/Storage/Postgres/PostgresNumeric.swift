/// `NUMERIC` in its binary format: four 16-bit words (digits, weight, sign, decimals shown), then
/// digits of base 10 000. Digit `i` counts 10 000^(weight − i), so ten-thousandths are a whole
/// digit.
///
/// - Source: `numeric_send` and `numeric_recv` in PostgreSQL 15, `numeric.c`.
enum PostgresNumeric {
    private static let negative: UInt16 = 0x4000

    /// Appends an amount of ten-thousandths.
    static func encode(_ tenThousandths: Int64, into bytes: inout [UInt8]) {
        var digits: (UInt16, UInt16, UInt16, UInt16, UInt16) = (0, 0, 0, 0, 0)
        var count: UInt16 = 0
        var rest = tenThousandths.magnitude
        // 2^63 has five digits of base 10 000; the first found is the last.
        while rest > 0 {
            digits = (UInt16(rest % 10_000), digits.0, digits.1, digits.2, digits.3)
            rest /= 10_000
            count += 1
        }
        append(count, to: &bytes)
        append(UInt16(bitPattern: Int16(count) - 2), to: &bytes)
        append(tenThousandths < 0 ? negative : 0, to: &bytes)
        append(4, to: &bytes)
        for (index, digit) in [digits.0, digits.1, digits.2, digits.3, digits.4].enumerated()
        where index < count {
            append(digit, to: &bytes)
        }
    }

    private static func append(_ word: UInt16, to bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: word >> 8))
        bytes.append(UInt8(truncatingIfNeeded: word))
    }

    /// Reads a number as a count of 10^−decimals.
    ///
    /// - Parameter decimals: 0 or 4.
    /// - Throws: `amountOverflow` outside of `Int64`; `unexpectedValue` when it is no finite
    ///   number or does not fit the decimals, since nothing is ever rounded here.
    static func decode(
        _ raw: UnsafeRawBufferPointer,
        decimals: Int,
        column: Int32
    ) throws(StorageError) -> Int64 {
        func word(_ index: Int) -> UInt16 {
            UInt16(bigEndian: raw.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self))
        }
        guard raw.count >= 8, raw.count == 8 + Int(word(0)) * 2, word(2) == 0 || word(2) == negative
        else { throw .unexpectedValue(column: Int(column)) }
        let count = Int(word(0))
        let weight = Int(Int16(bitPattern: word(1))) + (decimals == 0 ? 0 : 1)

        var magnitude: UInt64 = 0
        for index in 0..<count {
            let digit = word(4 + index)
            guard index <= weight else {
                guard digit == 0 else { throw .unexpectedValue(column: Int(column)) }
                continue
            }
            magnitude = try multiplyAdd(magnitude, digit)
        }
        // Zeros at the end are not sent.
        if magnitude > 0, weight >= count {
            for _ in count...weight { magnitude = try multiplyAdd(magnitude, 0) }
        }
        return try signed(magnitude, isNegative: word(2) == negative)
    }

    private static func multiplyAdd(
        _ magnitude: UInt64,
        _ digit: UInt16
    ) throws(StorageError) -> UInt64 {
        let (product, tooLarge) = magnitude.multipliedReportingOverflow(by: 10_000)
        let (sum, overflow) = product.addingReportingOverflow(UInt64(digit))
        if tooLarge || overflow { throw .amountOverflow }
        return sum
    }

    private static func signed(
        _ magnitude: UInt64,
        isNegative: Bool
    ) throws(StorageError) -> Int64 {
        guard isNegative else {
            guard let value = Int64(exactly: magnitude) else { throw .amountOverflow }
            return value
        }
        guard magnitude <= Int64.min.magnitude else { throw .amountOverflow }
        return Int64(truncatingIfNeeded: 0 &- magnitude)
    }
}
