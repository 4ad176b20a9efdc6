/// What stands between the whole and the decimals of an amount.
package enum DecimalMark: String, CaseIterable, Hashable, Codable, Sendable {
    case dot = "."
    case comma = ","

    var byte: UInt8 { self == .dot ? 46 : 44 }
    var other: DecimalMark { self == .dot ? .comma : .dot }

    /// What one cell says about it.
    enum Evidence {
        case none
        case mark(DecimalMark)
        /// One mark before exactly three digits: `1.234`.
        case either
    }

    /// Reads only digits, dots and commas of a cell; linear.
    static func evidence(_ bytes: [UInt8], _ range: Range<Int>) -> Evidence {
        var counts = (dot: 0, comma: 0)
        var last: UInt8 = 0
        var digitsBefore = 0
        var digitsAfter = 0
        var leadingZero = false
        for index in range {
            let byte = bytes[index]
            if byte >= 48, byte <= 57 {
                if last == 0 {
                    if digitsBefore == 0 { leadingZero = byte == 48 }
                    digitsBefore += 1
                } else {
                    digitsAfter += 1
                }
            } else if byte == 46 || byte == 44 {
                if byte == 46 { counts.dot += 1 } else { counts.comma += 1 }
                last = byte
                digitsAfter = 0
            }
        }
        guard last != 0 else { return .none }
        let mark: DecimalMark = last == 46 ? .dot : .comma
        if counts.dot > 0, counts.comma > 0 { return .mark(mark) }
        if counts.dot + counts.comma > 1 { return .mark(mark.other) }
        guard digitsAfter > 0 else { return .none }
        let canGroup = digitsAfter == 3 && digitsBefore >= 1 && digitsBefore <= 3 && !leadingZero
        return canGroup ? .either : .mark(mark)
    }
}
