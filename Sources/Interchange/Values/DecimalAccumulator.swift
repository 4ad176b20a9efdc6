/// Builds a number of ten-thousandths from digits and marks.
struct DecimalAccumulator {
    private var digits: UInt64 = 0
    private var wholeDigits = 0
    private var fractionDigits: Int?
    private var group: (mark: UInt8, length: Int)?
    private var isTooLarge = false
    private var isTooPrecise = false

    /// - Parameter digit: 0...9
    mutating func append(_ digit: UInt8) throws(AmountCell.Failure) {
        if let seen = fractionDigits {
            fractionDigits = seen + 1
            // A zero past the fourth decimal changes nothing; anything else would be lost.
            if seen >= 4 {
                if digit != 0 { isTooPrecise = true }
                return
            }
        } else {
            wholeDigits += 1
            group?.length += 1
            if let length = group?.length, length > 3 { throw .notANumber }
        }
        push(digit)
    }

    private mutating func push(_ digit: UInt8) {
        let (tens, first) = digits.multipliedReportingOverflow(by: 10)
        let (sum, second) = tens.addingReportingOverflow(UInt64(digit))
        if first || second { isTooLarge = true } else { digits = sum }
    }

    /// False when the fraction has begun already.
    mutating func beginFraction() -> Bool {
        guard fractionDigits == nil else { return false }
        fractionDigits = 0
        return true
    }

    /// False when a thousands mark cannot stand here. Groups have three digits, in India also two.
    mutating func beginGroup(mark: UInt8) -> Bool {
        guard fractionDigits == nil else { return false }
        if let group {
            guard group.mark == mark, group.length == 3 || group.length == 2 else { return false }
        } else {
            guard wholeDigits >= 1, wholeDigits <= 3 else { return false }
        }
        group = (mark, 0)
        return true
    }

    /// The last group before the decimals always has three digits.
    var isWellFormed: Bool {
        if let group, group.length != 3 { return false }
        return wholeDigits > 0 || (fractionDigits ?? 0) > 0
    }

    /// - Throws: `tooPrecise`, `tooLarge`.
    func tenThousandths() throws(AmountCell.Failure) -> Int64 {
        guard !isTooLarge else { throw .tooLarge }
        guard !isTooPrecise else { throw .tooPrecise }
        var scaled = self
        for _ in min(fractionDigits ?? 0, 4)..<4 { scaled.push(0) }
        guard !scaled.isTooLarge, let value = Int64(exactly: scaled.digits) else { throw .tooLarge }
        return value
    }
}
