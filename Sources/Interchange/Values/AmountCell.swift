internal import Ledger

/// An amount as a bank writes it in a cell.
struct AmountCell: Equatable {
    /// - Units: ten-thousandths, with the sign that stands in the cell.
    var value: Int64
    /// Letters such as CR or S beside the number.
    var direction: MoneyDirection?
    var currency: Currency?

    /// Why a cell is no amount.
    enum Failure: Error, Equatable {
        case empty, notANumber, tooPrecise, tooLarge
    }

    /// Reads signs before or after, parentheses, thousands marks, currency symbols and codes, CR and DR.
    ///
    /// - Complexity: linear in the cell.
    static func read(
        _ bytes: [UInt8],
        _ range: Range<Int>,
        decimal: DecimalMark
    ) throws(Failure) -> AmountCell {
        var scanner = AmountScanner(bytes: bytes, range: range, decimal: decimal)
        return try scanner.read()
    }
}

/// Which way money went, seen from the account.
package enum MoneyDirection: String, Hashable, Codable, Sendable {
    case moneyIn = "in"
    case moneyOut = "out"
}

/// One pass over a cell.
private struct AmountScanner {
    let bytes: [UInt8]
    var index: Int
    let end: Int
    let decimal: DecimalMark

    private var isNegative = false
    private var hasSign = false
    private var hasParenthesis = false
    private var isDash = false
    private var number = DecimalAccumulator()
    private var hasNumber = false
    private var direction: MoneyDirection?
    private var currency: Currency?

    init(bytes: [UInt8], range: Range<Int>, decimal: DecimalMark) {
        self.bytes = bytes
        index = range.lowerBound
        end = range.upperBound
        self.decimal = decimal
    }

    mutating func read() throws(AmountCell.Failure) -> AmountCell {
        var sawDash = false
        while index < end {
            let byte = bytes[index]
            switch byte {
            case 9, 32: index += 1
            case 48...57: try readNumber()
            case 44, 46:
                guard index + 1 < end, bytes[index + 1] >= 48, bytes[index + 1] <= 57 else {
                    throw .notANumber
                }
                try readNumber()
            case 45:
                sawDash = true
                try sign(negative: true, length: 1)
            case 43: try sign(negative: false, length: 1)
            case 40, 41: try parenthesis(byte)
            case 36: index += 1
            case 65...90, 97...122: try readWord()
            case 0x80...: try readWide(&sawDash)
            default: throw .notANumber
            }
        }
        guard hasNumber else { throw sawDash || currency != nil || isBlank ? .empty : .notANumber }
        return try finish()
    }

    private var isBlank: Bool { !hasSign && !hasParenthesis && direction == nil }

    private func finish() throws(AmountCell.Failure) -> AmountCell {
        let magnitude = try number.tenThousandths()
        return AmountCell(
            value: isNegative ? -magnitude : magnitude,
            direction: direction,
            currency: currency
        )
    }

    private mutating func sign(negative: Bool, length: Int) throws(AmountCell.Failure) {
        index += length
        if hasSign {
            // Two dashes are how some banks write "nothing"; with a number they make no sense.
            guard !hasNumber, negative, isNegative else { throw .notANumber }
            isDash = true
            return
        }
        hasSign = true
        isNegative = negative
    }

    private mutating func parenthesis(_ byte: UInt8) throws(AmountCell.Failure) {
        index += 1
        if byte == 40 {
            guard !hasSign, !hasNumber else { throw .notANumber }
            hasSign = true
            hasParenthesis = true
            isNegative = true
        } else {
            guard hasParenthesis, hasNumber else { throw .notANumber }
            hasParenthesis = false
        }
    }

    private mutating func readNumber() throws(AmountCell.Failure) {
        guard !hasNumber, !isDash else { throw .notANumber }
        hasNumber = true
        while index < end {
            let byte = bytes[index]
            if byte >= 48, byte <= 57 {
                try number.append(byte - 48)
                index += 1
            } else if byte == decimal.byte, number.beginFraction() {
                index += 1
                if skipDashForZero() { break }
            } else if let length = groupMark(byte), number.beginGroup(mark: bytes[index]) {
                index += length
            } else if byte == 44 || byte == 46 {
                index += 1
                guard skipDashForZero() else { throw .notANumber }
                break
            } else {
                break
            }
        }
        guard number.isWellFormed else { throw .notANumber }
    }

    /// `100.-` and `100,–` are how the Swiss and the Dutch write an even amount.
    private mutating func skipDashForZero() -> Bool {
        let rest = bytes[index..<end]
        if rest.elementsEqual([45]) {
            index += 1
            return true
        }
        if rest.count == 3, rest.starts(with: [0xE2, 0x80]),
            (0x93...0x94).contains(bytes[index + 2])
        {
            index += 3
            return true
        }
        return false
    }

    /// The length of a thousands mark that is followed by a digit.
    private func groupMark(_ byte: UInt8) -> Int? {
        let length: Int
        switch byte {
        case 39, 32: length = 1
        case 44, 46: length = byte == decimal.byte ? 0 : 1
        case 0xC2: length = index + 1 < end && bytes[index + 1] == 0xA0 ? 2 : 0
        case 0xE2 where index + 2 < end && bytes[index + 1] == 0x80:
            // Thin, narrow no-break and figure spaces, and the typographic apostrophe.
            length = [0x89, 0xAF, 0x87, 0x99].contains(bytes[index + 2]) ? 3 : 0
        default: length = 0
        }
        guard length > 0, index + length < end else { return nil }
        let next = bytes[index + length]
        return next >= 48 && next <= 57 ? length : nil
    }
}

// MARK: Words and symbols

extension AmountScanner {
    private mutating func readWord() throws(AmountCell.Failure) {
        var word: [UInt8] = []
        while index < end, word.count <= 6 {
            let byte = bytes[index]
            if (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) {
                word.append(byte & 0xDF)
                index += 1
            } else if byte >= 0xC3, byte <= 0xC5, index + 1 < end,
                let letters = TextFolding.latin(
                    UInt32(byte & 0x1F) << 6 | UInt32(bytes[index + 1] & 0x3F)
                )
            {
                word.append(contentsOf: letters.map { $0 & 0xDF })
                index += 2
            } else {
                break
            }
        }
        if index < end, bytes[index] == 46, !hasNumber || index + 1 == end { index += 1 }
        let text = String(decoding: word, as: UTF8.self)
        if index < end, bytes[index] == 36 {
            index += 1
            guard let code = CurrencyWords.dollars[text] else { throw .notANumber }
            currency = Currency(code: code)
        } else if let known = CurrencyWords.currency(text) {
            currency = known
        } else if CurrencyWords.ambiguous.contains(text) {
            return
        } else if hasNumber, direction == nil, let way = DirectionWords.beside[text] {
            direction = way
        } else {
            throw .notANumber
        }
    }

    private mutating func readWide(_ sawDash: inout Bool) throws(AmountCell.Failure) {
        var decoder = ScalarDecoder()
        var scalar: UInt32?
        let start = index
        while scalar == nil, index < end {
            scalar = decoder.take(bytes[index])
            index += 1
        }
        switch scalar {
        case 0x2212, 0x2013, 0x2014, 0xFF0D:
            sawDash = true
            try sign(negative: true, length: 0)
        case 0xA0, 0x202F, 0x2009, 0x2007, 0xFEFF, 0x200E, 0x200B: return
        case .some(let value):
            if let code = CurrencyWords.symbols[value] {
                currency = code.isEmpty ? currency : Currency(code: code)
            } else if TextFolding.latin(value) != nil {
                index = start
                try readWord()
                guard index > start else { throw .notANumber }
            } else {
                throw .notANumber
            }
        case nil: throw .notANumber
        }
    }
}
