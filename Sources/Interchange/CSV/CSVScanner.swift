/// One cell of a record.
struct CSVField {
    var start: Int
    var end: Int
    /// Whether doubled quotes inside stand for one.
    var hasDoubledQuotes = false

    var range: Range<Int> { start..<end }
    var isEmpty: Bool { start >= end }
}

/// Divides text into records and fields, forgiving what banks do to quotes.
///
/// A quote inside an unquoted field, or one inside a quoted field that no delimiter follows, is a
/// plain character. An opening quote that is never closed within the limits is a plain character too.
/// A record whose number of columns is then wrong is read again, trusting the quotes less or more.
///
/// - Complexity: linear; `closer` remembers how far the search for a closing quote has come, and a record
///   is read at most three times, each within `ReadingLimits.quotedLineBreaks`.
struct CSVScanner {
    let bytes: [UInt8]
    let delimiter: UInt8
    /// How many columns a record has when it is whole; decides about doubtful line breaks in quotes.
    var expectedColumns: Int?

    /// The last record.
    private(set) var fields: [CSVField] = []
    private(set) var line = 0
    private(set) var source = 0..<0

    private var position: Int
    private var nextLine = 1
    private var closer = 0
    private var closerKnownFrom = Int.max
    private var trust = Trust.forgiving
    /// A field over several lines holds what looks like the opening quote of another.
    private var looksSwallowed = false

    /// - Parameter start: where the first record begins, `line` its number.
    init(_ bytes: [UInt8], _ delimiter: CSVDelimiter, start: Int = 0, line: Int = 1) {
        self.bytes = bytes
        self.delimiter = delimiter.byte
        position = start
        nextLine = line
    }

    /// Reads the next record; false at the end. Empty lines are skipped.
    mutating func next() -> Bool {
        while position < bytes.count {
            let start = position
            line = nextLine
            trust = .forgiving
            looksSwallowed = false
            readRecord()
            if let expectedColumns, fields.count != expectedColumns || looksSwallowed {
                reread(from: start, expected: expectedColumns)
            }
            source = start..<trimmedEnd(start)
            if !source.isEmpty { return true }
        }
        return false
    }

    /// How far quotes are believed.
    private enum Trust {
        /// A quote closes before a delimiter only, perhaps lines further on.
        case forgiving
        /// As forgiving, but no field goes past its line.
        case singleLine
        /// The first quote that is not doubled closes, whatever follows it.
        case strict
    }

    private mutating func reread(from start: Int, expected: Int) {
        let forgiving = (fields, position, nextLine)
        let tries: [Trust] = nextLine - line > 1 ? [.singleLine, .strict] : [.strict]
        for next in tries {
            (position, nextLine, trust) = (start, line, next)
            readRecord()
            if fields.count == expected { return }
        }
        (fields, position, nextLine) = forgiving
    }

    private func trimmedEnd(_ start: Int) -> Int {
        var end = position
        while end > start, bytes[end - 1] == 10 || bytes[end - 1] == 13 { end -= 1 }
        return end
    }

    private mutating func readRecord() {
        fields.removeAll(keepingCapacity: true)
        while true {
            let field = readField()
            if fields.count < ReadingLimits.csvColumns { fields.append(field) }
            guard position < bytes.count else { return }
            if bytes[position] == delimiter {
                position += 1
                continue
            }
            skipLineBreak()
            return
        }
    }

    private mutating func skipLineBreak() {
        if bytes[position] == 13 {
            // Also CR CR LF, which text mode makes of a CR LF that was there already.
            if position + 2 < bytes.count, bytes[position + 1] == 13, bytes[position + 2] == 10 {
                position += 2
            } else if position + 1 < bytes.count, bytes[position + 1] == 10 {
                position += 1
            }
        }
        position += 1
        nextLine += 1
    }

    private func isBreak(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }

    /// Leaves `position` on the delimiter or line break behind the field.
    private mutating func readField() -> CSVField {
        var start = position
        while start < bytes.count, bytes[start] == 32 { start += 1 }
        // Spreadsheets protect numbers as ="0123".
        if start + 1 < bytes.count, bytes[start] == 61, bytes[start + 1] == 34 { start += 1 }
        if start < bytes.count, bytes[start] == 34,
            let field = readQuoted(from: start)
        {
            return field
        }
        return readPlain()
    }

    private mutating func readPlain() -> CSVField {
        var start = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == delimiter || byte == 10 || byte == 13 { break }
            position += 1
        }
        var end = position
        while start < end, isPadding(bytes[start]) { start += 1 }
        while start < end, isPadding(bytes[end - 1]) { end -= 1 }
        return strippedOfStrayQuotes(start, end)
    }

    /// A quote that was never opened or never closed is dropped at the edge of the field.
    private func strippedOfStrayQuotes(_ start: Int, _ end: Int) -> CSVField {
        var field = CSVField(start: start, end: end)
        guard start < end else { return field }
        let opens = bytes[start] == 34
        let closes = bytes[end - 1] == 34
        guard opens != closes || (opens && end - start == 1) else { return field }
        let inner = bytes[(start + (opens ? 1 : 0))..<(end - (closes && !opens ? 1 : 0))]
        guard !inner.contains(34) else { return field }
        field.start = inner.startIndex
        field.end = inner.endIndex
        return field
    }

    private func isPadding(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
}

// MARK: Quotes

extension CSVScanner {
    /// Nil when no closing quote is near enough.
    private mutating func readQuoted(from quote: Int) -> CSVField? {
        guard let close = closingQuote(after: quote) else { return nil }
        guard close - quote <= ReadingLimits.quotedFieldBytes else { return nil }
        var field = CSVField(start: quote + 1, end: close)
        var breaks = 0
        var opens = false
        var index = quote + 1
        while index < close {
            let byte = bytes[index]
            if byte == 34 {
                field.hasDoubledQuotes = true
                if breaks > 0, bytes[index - 1] == delimiter || isBreak(bytes[index - 1]) {
                    opens = true
                }
            } else if byte == 10 || (byte == 13 && bytes[index + 1] != 10) {
                breaks += 1
            }
            index += 1
        }
        let allowed = trust == .singleLine ? 0 : ReadingLimits.quotedLineBreaks
        guard breaks <= allowed else { return nil }
        if opens { looksSwallowed = true }
        nextLine += breaks
        position = close + 1
        skipBehind(&field)
        while field.start < field.end, isPadding(bytes[field.start]) { field.start += 1 }
        while field.start < field.end, isPadding(bytes[field.end - 1]) { field.end -= 1 }
        return field
    }

    /// What stands between a closing quote and the delimiter is padding, or belongs to the field.
    private mutating func skipBehind(_ field: inout CSVField) {
        let close = position
        while position < bytes.count, bytes[position] != delimiter, !isBreak(bytes[position]) {
            if !isPadding(bytes[position]) { field.end = position + 1 }
            position += 1
        }
        if field.end > close { field.hasDoubledQuotes = true }
    }

    /// The quote that closes the field opened at `quote`.
    ///
    /// In a run of quotes each pair stands for one; an odd run before a delimiter closes.
    private mutating func closingQuote(after quote: Int) -> Int? {
        var run = quote + 1
        while run < bytes.count, bytes[run] == 34 { run += 1 }
        let length = run - quote - 1
        if length % 2 == 1, trust == .strict || isFieldEnd(run) { return run - 1 }
        if trust == .strict { return strictCloser(from: run) }
        let found = firstCloser(from: run)
        return found < bytes.count ? found : nil
    }

    private func strictCloser(from start: Int) -> Int? {
        var index = start
        let limit = min(bytes.count, start + ReadingLimits.quotedFieldBytes)
        while index < limit {
            if bytes[index] == 34 {
                guard index + 1 < bytes.count, bytes[index + 1] == 34 else { return index }
                index += 1
            }
            index += 1
        }
        return nil
    }

    /// The end of the first odd run of quotes, at or after `start`, that a field may end behind.
    private mutating func firstCloser(from start: Int) -> Int {
        if start >= closerKnownFrom, start <= closer { return closer }
        var index = start
        while index < bytes.count {
            guard bytes[index] == 34 else {
                index += 1
                continue
            }
            let run = index
            while index < bytes.count, bytes[index] == 34 { index += 1 }
            if (index - run) % 2 == 1, isFieldEnd(index) {
                closerKnownFrom = start
                closer = index - 1
                return closer
            }
        }
        closerKnownFrom = start
        closer = bytes.count
        return closer
    }

    private func isFieldEnd(_ index: Int) -> Bool {
        var index = index
        while index < bytes.count, isPadding(bytes[index]), bytes[index] != delimiter { index += 1 }
        return index >= bytes.count || bytes[index] == delimiter || isBreak(bytes[index])
    }
}
