/// Where the table stands in a text: its delimiter, its column names, its first row.
struct CSVLayout {
    let delimiter: CSVDelimiter
    /// The names of the columns, as written.
    let header: [String]?
    /// 1-based line of the names.
    let headerLine: Int?
    /// Where the first row begins, and its line.
    let start: Int
    let startLine: Int
    /// How many columns most rows have.
    let columnCount: Int
    /// The first rows, for a look at what the columns hold.
    let sample: [CSVRecord]

    /// Rows looked at to find the layout and the roles.
    static let sampleRows = 500
    /// The column names stand within so many records.
    static let preambleRows = 60
}

/// A record of the sample.
struct CSVRecord {
    let fields: [CSVField]
    let source: Range<Int>
    let line: Int
}

extension CSVLayout {
    /// - Throws: `notATable`
    static func find(
        _ bytes: [UInt8],
        _ overrides: CSVOverrides
    ) throws(InterchangeError) -> CSVLayout {
        let (start, declared) = separatorLine(bytes)
        let fixed = overrides.delimiter ?? declared
        let line = start > 0 ? 2 : 1
        var best: Candidate?
        for delimiter in fixed.map({ [$0] }) ?? CSVDelimiter.allCases {
            let candidate = Candidate(bytes, delimiter, start: start, line: line)
            if best.map({ $0 < candidate }) ?? true { best = candidate }
        }
        guard let best, best.columnCount >= 2 else { throw .notATable }
        // A person who names the columns knows better than a look at the cells.
        guard best.isPlausible || !overrides.columns.isEmpty || overrides.headerRow != nil else {
            throw .notATable
        }
        return best.layout(bytes, overrides)
    }

    /// Excel's `sep=;` in the first line.
    private static func separatorLine(_ bytes: [UInt8]) -> (start: Int, delimiter: CSVDelimiter?) {
        guard bytes.count > 5, bytes[0] | 0x20 == 115, bytes[1] | 0x20 == 101,
            bytes[2] | 0x20 == 112,
            bytes[3] == 61, bytes[5] == 13 || bytes[5] == 10
        else { return (0, nil) }
        let start = bytes[5] == 13 && bytes.count > 6 && bytes[6] == 10 ? 7 : 6
        return (start, CSVDelimiter.allCases.first { $0.byte == bytes[4] })
    }
}

/// The text divided by one delimiter, and how much sense that makes.
private struct Candidate {
    let delimiter: CSVDelimiter
    let records: [CSVRecord]
    /// Indices of records that have a date and an amount.
    let transactions: [Int]
    let columnCount: Int
    /// How many records have that many columns.
    let agreement: Int
    /// The record of known column names.
    let header: Int?

    init(_ bytes: [UInt8], _ delimiter: CSVDelimiter, start: Int, line: Int) {
        self.delimiter = delimiter
        var scanner = CSVScanner(bytes, delimiter, start: start, line: line)
        var records: [CSVRecord] = []
        while records.count < CSVLayout.sampleRows, scanner.next() {
            records.append(
                CSVRecord(fields: scanner.fields, source: scanner.source, line: scanner.line)
            )
        }
        self.records = records
        let all = records.indices.filter { Self.isTransaction(bytes, records[$0]) }
        let header = Self.findHeader(bytes, records, before: all.first)
        self.header = header
        transactions = all.filter { $0 > header ?? -1 }
        let counted =
            transactions.isEmpty ? header.map { [$0] } ?? Array(records.indices) : transactions
        var counts: [Int: Int] = [:]
        for index in counted { counts[records[index].fields.count, default: 0] += 1 }
        let mode = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }
        columnCount = mode?.key ?? 0
        agreement = mode?.value ?? 0
    }

    /// Whether there are transactions, or at least the names of their columns.
    var isPlausible: Bool { !transactions.isEmpty || header != nil }

    /// More transactions first, then more columns on which the records agree.
    static func < (left: Candidate, right: Candidate) -> Bool {
        if left.transactions.count != right.transactions.count {
            return left.transactions.count < right.transactions.count
        }
        if left.isPlausible != right.isPlausible { return right.isPlausible }
        return left.agreement * (left.columnCount - 1) < right.agreement * (right.columnCount - 1)
    }

    /// The record with most known column names; below what looks like a transaction it needs three, since
    /// a preamble may hold a date and a number too.
    private static func findHeader(
        _ bytes: [UInt8],
        _ records: [CSVRecord],
        before first: Int?
    ) -> Int? {
        let end = min(CSVLayout.preambleRows, records.count)
        var best: (index: Int, score: Int)?
        for index in 0..<end {
            let score = headerScore(bytes, records[index])
            let needed = index < first ?? end ? 2 : 3
            if score >= needed, best.map({ $0.score < score }) ?? true { best = (index, score) }
        }
        return best?.index
    }

    /// How many cells are known column names; a long cell is no name.
    private static func headerScore(_ bytes: [UInt8], _ record: CSVRecord) -> Int {
        var roles: Set<CSVRole> = []
        for field in record.fields where !field.isEmpty && field.range.count <= 80 {
            let name = TextCleaning.collapsed(field.bytes(in: bytes))
            if let match = CSVHeaderWords.match(name), match.score >= 60 {
                roles.insert(match.role)
            }
        }
        return roles.count
    }

    static func isTransaction(_ bytes: [UInt8], _ record: CSVRecord) -> Bool {
        var hasDate = false
        var hasAmount = false
        for field in record.fields.prefix(ReadingLimits.csvColumns) where !field.isEmpty {
            if !hasDate, DateCell.read(bytes, field.range) != nil {
                hasDate = true
            } else if !hasAmount, isNumber(bytes, field) {
                hasAmount = true
            }
            if hasDate, hasAmount { return true }
        }
        return false
    }

    private static func isNumber(_ bytes: [UInt8], _ field: CSVField) -> Bool {
        (try? AmountCell.read(bytes, field.range, decimal: .dot)) != nil
            || (try? AmountCell.read(bytes, field.range, decimal: .comma)) != nil
    }
}

extension Candidate {
    func layout(_ bytes: [UInt8], _ overrides: CSVOverrides) -> CSVLayout {
        let header = headerIndex(bytes, overrides)
        var first = header.map { $0 + 1 } ?? firstWithoutHeader
        if let line = overrides.firstRow {
            first = records.firstIndex { $0.line >= line } ?? first
        }
        let start = first < records.count ? records[first].source.lowerBound : bytes.count
        let names = header.map { index in
            records[index].fields.map { TextCleaning.collapsed($0.bytes(in: bytes)) }
        }
        return CSVLayout(
            delimiter: delimiter,
            header: names,
            headerLine: header.map { records[$0].line },
            start: start,
            startLine: first < records.count ? records[first].line : 1,
            columnCount: max(columnCount, names?.count ?? 0),
            sample: Array(records.dropFirst(first))
        )
    }

    private func headerIndex(_ bytes: [UInt8], _ overrides: CSVOverrides) -> Int? {
        if let line = overrides.headerRow {
            return line == 0 ? nil : records.firstIndex { $0.line >= line }
        }
        if let header { return header }
        // Unknown words right above the first transaction, as many as it has columns.
        guard let first = transactions.first, first > 0, first <= CSVLayout.preambleRows else {
            return nil
        }
        let above = records[first - 1]
        let names = above.fields.count { !$0.isEmpty && !hasDigit(bytes, $0) }
        guard above.fields.count == records[first].fields.count, names * 2 > above.fields.count
        else { return nil }
        return first - 1
    }

    private func hasDigit(_ bytes: [UInt8], _ field: CSVField) -> Bool {
        bytes[field.range].contains { $0 >= 48 && $0 <= 57 }
    }

    /// The first transaction, or a broken row of as many columns above it.
    private var firstWithoutHeader: Int {
        guard var first = transactions.first else { return 0 }
        while first > 0, records[first - 1].fields.count == columnCount { first -= 1 }
        return first
    }
}

extension CSVField {
    /// The text of the cell, doubled quotes made single.
    func bytes(in text: [UInt8]) -> [UInt8] {
        guard hasDoubledQuotes else { return Array(text[range]) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var index = start
        while index < end {
            bytes.append(text[index])
            index += text[index] == 34 && index + 1 < end && text[index + 1] == 34 ? 2 : 1
        }
        return bytes
    }
}
