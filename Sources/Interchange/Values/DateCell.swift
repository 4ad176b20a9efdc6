internal import Ledger

/// A date as a bank writes it in a cell, before it is known in which order.
struct DateCell: Equatable {
    /// The three parts in the order of the cell; a named month is known.
    enum Shape: Equatable {
        /// A year of four digits first, or a named month: it can only mean one day.
        case exact(LocalDate)
        /// Three numbers, the year last with four digits, or three of two digits each.
        case open(Int, Int, Int, yearDigits: Int)
    }

    let shape: Shape
    /// The byte between the parts; German dots say that the day is first.
    let separator: UInt8

    func date(_ order: DateOrder) -> LocalDate? {
        switch shape {
        case .exact(let date): return date
        case .open(let first, let second, let third, let yearDigits):
            switch order {
            case .dayMonthYear:
                return LocalDate(year: Self.year(third, yearDigits), month: second, day: first)
            case .monthDayYear:
                return LocalDate(year: Self.year(third, yearDigits), month: first, day: second)
            case .yearMonthDay:
                guard yearDigits == 2 else { return nil }
                return LocalDate(year: Self.year(first, 2), month: second, day: third)
            }
        }
    }

    /// Two digits mean 1970...2069.
    private static func year(_ value: Int, _ digits: Int) -> Int {
        digits == 4 ? value : value >= 70 ? 1900 + value : 2000 + value
    }

    /// Reads numbers or a month's name, then perhaps a time and a zone; nil for anything else.
    ///
    /// - Complexity: linear in the cell, of which no more than 64 bytes are looked at.
    static func read(_ bytes: [UInt8], _ range: Range<Int>) -> DateCell? {
        guard range.count >= 6, range.count <= 64 else { return nil }
        var scanner = DateScanner(bytes: bytes, index: range.lowerBound, end: range.upperBound)
        return scanner.read()
    }
}

/// One pass over a cell.
private struct DateScanner {
    let bytes: [UInt8]
    var index: Int
    let end: Int
    private var separator: UInt8 = 0

    init(bytes: [UInt8], index: Int, end: Int) {
        self.bytes = bytes
        self.index = index
        self.end = end
    }

    private enum Part {
        case number(Int, digits: Int)
        case month(Int)
    }

    mutating func read() -> DateCell? {
        while index < end, bytes[index] == 32 { index += 1 }
        guard let first = readFirst() else { return nil }
        if case .number(let value, let digits) = first, digits >= 8 {
            return isTimeAhead ? compact(value, digits: digits) : nil
        }
        guard skipSeparator(), let second = readPart(), skipSeparator(), let third = readPart(),
            isTimeAhead
        else { return nil }
        return combine(first, second, third).map { DateCell(shape: $0, separator: separator) }
    }

    /// A day of the week before the date is skipped.
    private mutating func readFirst() -> Part? {
        if let part = readPart() { return part }
        while index < end, isLetter(bytes[index]) { index += 1 }
        while index < end, [32, 44, 46].contains(bytes[index]) { index += 1 }
        return readPart()
    }

    private mutating func readPart() -> Part? {
        guard index < end else { return nil }
        let start = index
        var value = 0
        while index < end, bytes[index] >= 48, bytes[index] <= 57, index - start < 14 {
            value = value * 10 + Int(bytes[index] - 48)
            index += 1
        }
        let digits = index - start
        if digits > 0 {
            skipOrdinal()
            return .number(value, digits: digits)
        }
        while index < end, isLetter(bytes[index]), index - start < 16 { index += 1 }
        guard index - start >= 2, let month = MonthNames.month(bytes[start..<index]) else {
            index = start
            return nil
        }
        return .month(month)
    }

    /// `1st`, `2nd`, `3rd`, `4th`, `1er`.
    private mutating func skipOrdinal() {
        guard index + 1 < end else { return }
        let pair = [bytes[index] | 0x20, bytes[index + 1] | 0x20]
        let isOrdinal = Self.ordinals.contains { $0.elementsEqual(pair) }
        guard isOrdinal, index + 2 == end || !isLetter(bytes[index + 2]) else { return }
        index += 2
    }

    private static let ordinals: [[UInt8]] = ["st", "nd", "rd", "th", "er"].map { Array($0.utf8) }

    private func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 97 && byte | 0x20 <= 122) || byte >= 0xC3
            || (byte >= 0x80 && byte < 0xC0)
    }

    /// One of `. - / 年月`, or spaces and commas with perhaps a small word between them.
    private mutating func skipSeparator() -> Bool {
        let start = index
        while index < end {
            switch bytes[index] {
            case 46, 45, 47:
                if separator == 0 { separator = bytes[index] }
                index += 1
            case 32, 44, 39: index += 1
            case 0xE5, 0xE6:
                guard index + 2 < end else { return false }
                index += 3
            default:
                guard index > start, skipSmallWord() else { return index > start }
            }
            if index - start > 5 { return false }
        }
        return index > start
    }

    /// The `de` of `1 de enero de 2018`.
    private mutating func skipSmallWord() -> Bool {
        guard index + 2 < end, bytes[index + 2] == 32, bytes[index] | 0x20 == 100,
            bytes[index + 1] | 0x20 == 101 || bytes[index + 1] | 0x20 == 105
        else { return false }
        index += 3
        return true
    }

    /// Nothing more, or a time of day with perhaps a zone.
    private var isTimeAhead: Bool {
        guard index < end else { return true }
        let first = bytes[index]
        if first == 0xE6, index + 3 <= end { return true }
        if index + 1 == end { return [90, 46, 44, 32].contains(first) }
        guard first != 47,
            let digit = bytes[index..<end].firstIndex(where: { $0 >= 48 && $0 <= 57 }),
            bytes[index..<digit].allSatisfy({ Self.beforeTime.contains($0) }), digit > index
        else { return bytes[index..<end].allSatisfy { $0 == 32 } }
        let rest = bytes[digit..<end]
        let letters = rest.count { $0 | 0x20 >= 97 && $0 | 0x20 <= 122 }
        return letters <= 8 && rest.allSatisfy(Self.isTimeByte)
    }

    private static let beforeTime: [UInt8] = Array(" Tt-,./'+".utf8)

    /// Digits and marks, and the letters of AM, PM, UTC, GMT, CET, CEST and their like.
    private static func isTimeByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...58, 32, 39...41, 43...47, 91, 93: true
        case 65...90, 97...122: true
        default: false
        }
    }
}

extension DateScanner {
    /// `20180401`, `01042018`, either with the digits of a time behind it.
    private func compact(_ value: Int, digits: Int) -> DateCell? {
        guard digits == 8 || digits == 12 || digits == 14 else { return nil }
        let date = digits == 8 ? value : digits == 12 ? value / 10_000 : value / 1_000_000
        let (upper, lower) = (date / 10_000, date % 10_000)
        if let exact = LocalDate(year: upper, month: lower / 100, day: lower % 100) {
            return DateCell(shape: .exact(exact), separator: 0)
        }
        guard digits == 8, lower >= 1900, lower < 2200 else { return nil }
        return DateCell(
            shape: .open(upper / 100, upper % 100, lower, yearDigits: 4),
            separator: 0
        )
    }

    private func combine(_ first: Part, _ second: Part, _ third: Part) -> DateCell.Shape? {
        switch (first, second, third) {
        case (.number(let year, 4), .number(let month, ...2), .number(let day, ...2)),
            (.number(let year, 4), .month(let month), .number(let day, ...2)):
            return exact(year, 4, month, day)
        case (.number(let day, ...2), .month(let month), .number(let year, let digits)),
            (.month(let month), .number(let day, ...2), .number(let year, let digits)):
            return exact(year, digits, month, day)
        case (.number(let a, ...2), .number(let b, ...2), .number(let c, let digits)):
            guard digits == 4 || digits == 2, separator != 0 || digits == 4 else { return nil }
            return .open(a, b, c, yearDigits: digits)
        default: return nil
        }
    }

    private func exact(_ year: Int, _ digits: Int, _ month: Int, _ day: Int) -> DateCell.Shape? {
        guard digits == 4 || digits == 2 else { return nil }
        let full = digits == 4 ? year : year >= 70 ? 1900 + year : 2000 + year
        return LocalDate(year: full, month: month, day: day).map(DateCell.Shape.exact)
    }
}
