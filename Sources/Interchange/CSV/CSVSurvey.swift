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
    private(set) var hasPositives = false
    private(set) var marks: Set<MoneyDirection> = []
    private(set) var negativeDebits = 0
    private(set) var debits = 0
    private(set) var negativeCredits = 0
    private(set) var credits = 0
    private(set) var unknownWords: Set<String> = []
    private(set) var idIsUnique = true
    /// How often the words beside signed amounts agree with the sign, and how often not.
    private(set) var signs = (agree: 0, contradict: 0)
    private(set) var balanceDecimals = (dot: 0, comma: 0)

    private var spans: [DateOrder: DateRun] = [:]
    private var ids: Set<String> = []

    /// Reads every row of the table once.
    init(_ bytes: [UInt8], _ layout: CSVLayout, _ roles: CSVRoles) {
        var scanner = CSVScanner(
            bytes,
            layout.delimiter,
            start: layout.start,
            line: layout.startLine
        )
        scanner.expectedColumns = layout.columnCount
        let kinds = roles.roles
        let date = kinds.firstIndex(of: .date)
        while scanner.next() {
            // Footers and repeated column names have no say.
            guard let date, date < scanner.fields.count,
                let day = DateCell.read(bytes, scanner.fields[date].range)
            else { continue }
            noteDate(bytes, scanner.fields[date], day)
            noteSign(bytes, scanner.fields, roles)
            for (index, field) in scanner.fields.enumerated()
            where !field.isEmpty && index < kinds.count {
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
        case .valueDate:
            if let day = DateCell.read(bytes, field.range) { noteOrders(day) }
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

    private mutating func noteDate(_ bytes: [UInt8], _ field: CSVField, _ cell: DateCell) {
        guard case .open = cell.shape else { return }
        openDates += 1
        if cell.separator == 46 { hasDots = true }
        if dateSamples.count < 3 { dateSamples.append(TextCleaning.offending(bytes, field.range)) }
        noteOrders(cell)
        for order in DateOrder.allCases {
            if let date = cell.date(order) { spans[order, default: DateRun(date)].note(date) }
        }
    }

    private mutating func noteOrders(_ cell: DateCell) {
        guard case .open = cell.shape else { return }
        for order in DateOrder.allCases where cell.date(order) != nil {
            orders[order, default: 0] += 1
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
        guard let cell = Self.number(bytes, field.range) else { return }
        if cell.value < 0 { hasNegatives = true }
        if cell.value > 0 { hasPositives = true }
        if let direction = cell.direction { marks.insert(direction) }
        if role == .debit, cell.value != 0 {
            debits += 1
            if cell.value < 0 { negativeDebits += 1 }
        } else if role == .credit, cell.value != 0 {
            credits += 1
            if cell.value < 0 { negativeCredits += 1 }
        }
    }

    private mutating func noteSign(_ bytes: [UInt8], _ fields: [CSVField], _ roles: CSVRoles) {
        guard let words = roles.signWords, words < fields.count,
            let amount = roles.roles.firstIndex(of: .amount), amount < fields.count,
            let way = roles.directions[CSVRowReader.directionWord(bytes, fields[words])],
            let cell = Self.number(bytes, fields[amount].range), cell.value != 0
        else { return }
        if (cell.value < 0) == (way == .moneyOut) {
            signs.agree += 1
        } else {
            signs.contradict += 1
        }
    }

    /// The sign and the letters of a number do not depend on its decimal mark.
    private static func number(_ bytes: [UInt8], _ range: Range<Int>) -> AmountCell? {
        if let cell = try? AmountCell.read(bytes, range, decimal: .dot) { return cell }
        return try? AmountCell.read(bytes, range, decimal: .comma)
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
        let fitting = DateOrder.allCases.filter { orders[$0] == most }
        // Two digits of a year in front are rare, and most days of a month would do for one.
        let usual = fitting.filter { $0 != .yearMonthDay }
        if let likely = likeliest(of: fitting) { return (likely, false) }
        if usual.count <= 1 { return (usual.first ?? .yearMonthDay, false) }
        if hasDots || !isEnglish { return (.dayMonthYear, false) }
        return (usual.contains(assumed) ? assumed : usual[0], true)
    }

    /// The order in which the dates are sorted or lie close together, when only one does that.
    private func likeliest(of fitting: [DateOrder]) -> DateOrder? {
        let days = fitting.map { (order: $0, days: spans[$0]?.days ?? Int(Int32.max)) }.sorted {
            $0.days < $1.days
        }
        guard openDates >= 2, days.count >= 2 else { return nil }
        // A day taken for a year spreads the dates over decades.
        let isYear = days[0].order == .yearMonthDay || days.last?.order == .yearMonthDay
        if isYear, days.count == 2, days[0].days * 20 < days[1].days { return days[0].order }
        guard openDates >= 3 else { return nil }
        let sorted = fitting.filter { $0 != .yearMonthDay && spans[$0]?.isSorted == true }
        if sorted.count == 1 { return sorted[0] }
        return openDates >= 5 && days[0].days * 4 < days[1].days ? days[0].order : nil
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

/// The dates of a column as one order reads them.
private struct DateRun {
    private var last: LocalDate
    private var lowest: LocalDate
    private var highest: LocalDate
    private var goesUp = true
    private var goesDown = true

    init(_ date: LocalDate) {
        (last, lowest, highest) = (date, date, date)
    }

    mutating func note(_ date: LocalDate) {
        if date < last { goesUp = false }
        if date > last { goesDown = false }
        last = date
        lowest = min(lowest, date)
        highest = max(highest, date)
    }

    var isSorted: Bool { goesUp || goesDown }
    var days: Int { lowest.days(until: highest) }
}
