internal import Ledger

/// What the whole file says about its dates, decimals and signs.
struct CSVSurvey {
    private(set) var orders: [DateOrder: Int] = [:]
    private(set) var openDates = 0
    private(set) var hasDots = false
    private(set) var dateSamples: [String] = []
    private(set) var decimals = (dot: 0, comma: 0, either: 0)
    private(set) var amountSamples: [String] = []
    private(set) var hasNegatives = false
    private(set) var marks: Set<MoneyDirection> = []
    private(set) var negativeDebits = 0
    private(set) var debits = 0
    private(set) var unknownWords: Set<String> = []
    private(set) var idIsUnique = true
    private(set) var balanceDecimals = (dot: 0, comma: 0)

    private var isSorted: [DateOrder: (up: Bool, down: Bool)] = [
        .dayMonthYear: (true, true), .monthDayYear: (true, true), .yearMonthDay: (true, true),
    ]
    private var last: [DateOrder: LocalDate] = [:]
    private var ids: Set<String> = []

    /// Reads every row of the table once.
    init(_ bytes: [UInt8], _ layout: CSVLayout, _ roles: CSVRoles) {
        var scanner = CSVScanner(bytes, layout.delimiter, start: layout.start, line: layout.startLine)
        scanner.expectedColumns = layout.columnCount
        let kinds = roles.roles
        while scanner.next() {
            for (index, field) in scanner.fields.enumerated() where !field.isEmpty && index < kinds.count {
                note(bytes, field, kinds[index], roles.directions)
            }
        }
    }

    private mutating func note(
        _ bytes: [UInt8],
        _ field: CSVField,
        _ role: CSVRole,
        _ directions: [String: MoneyDirection]
    ) {
        switch role {
        case .date, .valueDate: noteDate(bytes, field, isMain: role == .date)
        case .amount, .debit, .credit: noteAmount(bytes, field, role)
        case .balance:
            if case .mark(let mark) = DecimalMark.evidence(bytes, field.range) {
                if mark == .dot { balanceDecimals.dot += 1 } else { balanceDecimals.comma += 1 }
            }
        case .direction: noteWord(bytes, field, directions)
        case .bankID:
            let id = String(decoding: bytes[field.range], as: UTF8.self)
            if !ids.insert(id).inserted { idIsUnique = false }
        default: break
        }
    }

    private mutating func noteDate(_ bytes: [UInt8], _ field: CSVField, isMain: Bool) {
        guard let cell = DateCell.read(bytes, field.range) else { return }
        guard case .open(_, _, _, let yearDigits) = cell.shape else { return }
        openDates += 1
        if cell.separator == 46 { hasDots = true }
        if dateSamples.count < 3 { dateSamples.append(TextCleaning.offending(bytes, field.range)) }
        for order in DateOrder.allCases where order != .yearMonthDay || yearDigits == 2 {
            guard let date = cell.date(order) else { continue }
            orders[order, default: 0] += 1
            guard isMain else { continue }
            if let previous = last[order] {
                if date < previous { isSorted[order]?.up = false }
                if date > previous { isSorted[order]?.down = false }
            }
            last[order] = date
        }
    }

    private mutating func noteAmount(_ bytes: [UInt8], _ field: CSVField, _ role: CSVRole) {
        switch DecimalMark.evidence(bytes, field.range) {
        case .none: break
        case .mark(.dot): decimals.dot += 1
        case .mark(.comma): decimals.comma += 1
        case .either:
            decimals.either += 1
            if amountSamples.count < 3 {
                amountSamples.append(TextCleaning.offending(bytes, field.range))
            }
        }
        var cell = try? AmountCell.read(bytes, field.range, decimal: .dot)
        if cell == nil { cell = try? AmountCell.read(bytes, field.range, decimal: .comma) }
        guard let cell else { return }
        if cell.value < 0 { hasNegatives = true }
        if let direction = cell.direction { marks.insert(direction) }
        if role == .debit, cell.value != 0 {
            debits += 1
            if cell.value < 0 { negativeDebits += 1 }
        }
    }

    private mutating func noteWord(
        _ bytes: [UInt8],
        _ field: CSVField,
        _ directions: [String: MoneyDirection]
    ) {
        guard unknownWords.count < 10 else { return }
        let word = CSVRowReader.directionWord(bytes, field)
        if directions[word] == nil { unknownWords.insert(word) }
    }

    // MARK: Verdicts

    /// The order in which most dates make sense, and whether another would do as well.
    func dateOrder(assumed: DateOrder, isEnglish: Bool) -> (order: DateOrder, isOpen: Bool) {
        guard openDates > 0 else { return (.yearMonthDay, false) }
        let most = orders.values.max() ?? 0
        let fitting = [DateOrder.dayMonthYear, .monthDayYear].filter { orders[$0] == most }
        switch fitting.count {
        case 0: return (.yearMonthDay, false)
        case 1: return (fitting[0], false)
        default: break
        }
        if hasDots || !isEnglish { return (.dayMonthYear, false) }
        let sorted = fitting.filter { isSorted[$0].map { $0.up || $0.down } ?? false }
        if sorted.count == 1, openDates >= 3 { return (sorted[0], false) }
        return (fitting.contains(assumed) ? assumed : .dayMonthYear, true)
    }

    /// The decimal mark of most amounts, and whether the other would do as well.
    func decimal(delimiter: CSVDelimiter) -> (mark: DecimalMark, isOpen: Bool) {
        let likely: DecimalMark = delimiter == .semicolon ? .comma : .dot
        if decimals.dot != decimals.comma {
            return (decimals.dot > decimals.comma ? .dot : .comma, false)
        }
        if balanceDecimals.dot != balanceDecimals.comma {
            return (balanceDecimals.dot > balanceDecimals.comma ? .dot : .comma, false)
        }
        return (likely, decimals.either > 0 || decimals.dot > 0)
    }

    /// The decimal mark of the balances, which some banks write in another way.
    func balanceDecimal(_ amount: DecimalMark) -> DecimalMark {
        guard balanceDecimals.dot != balanceDecimals.comma else { return amount }
        return balanceDecimals.dot > balanceDecimals.comma ? .dot : .comma
    }
}
