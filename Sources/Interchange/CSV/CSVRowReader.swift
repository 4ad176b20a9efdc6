internal import Ledger

/// Reads one record by the mapping.
struct CSVRowReader {
    /// What a record turned out to be.
    enum Reading {
        case row(DraftRow, account: String?)
        case problem(DraftProblem)
        /// Neither date nor amount: a footer when nothing follows, else a problem.
        case words
        /// The names of the columns once more, or a line that only states a balance.
        case notice
    }

    let bytes: [UInt8]
    let mapping: CSVMapping
    let header: [String]?
    let directions: [String: MoneyDirection]
    /// Debits stand with a minus already.
    let debitsAreSigned: Bool
    /// Credits stand with a minus, as on the statements of cards that owe less for them.
    let creditsAreSigned: Bool
    /// Amounts without CR are money out, as on the statements of many cards.
    let unmarkedIsOut: Bool
    let balanceDecimal: DecimalMark
    let usesBankID: Bool

    /// The `EUR` of a column named `Amount (EUR)`.
    let headerCurrency: Currency?

    /// The column of texts that says most, where none is named for the other party.
    private let mainText: Int?
    private let places: Places
    private var payees = PayeeCache()

    init(
        bytes: [UInt8],
        mapping: CSVMapping,
        survey: CSVSurvey,
        directions: [String: MoneyDirection],
        mainText: Int?
    ) {
        self.bytes = bytes
        self.mapping = mapping
        self.directions = directions
        self.mainText = mainText
        header = mapping.headerRow == nil ? nil : mapping.columns.map { $0.header ?? "" }
        debitsAreSigned = survey.negativeDebits * 2 > survey.debits
        creditsAreSigned = survey.negativeCredits * 2 > survey.credits
        unmarkedIsOut = survey.marks == [.moneyIn] && !survey.hasNegatives
        balanceDecimal = survey.balanceDecimal(mapping.decimal)
        usesBankID = survey.idIsUnique
        places = Places(mapping)
        let amount = (places.amount ?? places.debit).flatMap { index in
            index < mapping.columns.count ? mapping.columns[index].header : nil
        }
        headerCurrency = amount.flatMap { CurrencyWords.named($0) }
    }

    /// The columns by what they hold.
    private struct Places {
        var date: Int?, valueDate: Int?, status: Int?, amount: Int?, debit: Int?, credit: Int?,
            direction: Int?, fee: Int?
        var currency: Int?, bankID: Int?, balance: Int?, category: Int?, account: Int?
        var payees: [Int] = []
        var payer: Int?
        var texts: [Int] = []

        init(_ mapping: CSVMapping) {
            for column in mapping.columns {
                let index = column.index
                switch column.role {
                case .date: date = index
                case .valueDate: valueDate = index
                case .status: status = index
                case .amount: amount = index
                case .debit: debit = index
                case .credit: credit = index
                case .direction: direction = index
                case .fee: fee = index
                case .currency: currency = index
                case .payee:
                    payees.append(index)
                    texts.append(index)
                case .payer:
                    payer = index
                    texts.append(index)
                case .text: texts.append(index)
                case .bankID: bankID = index
                case .balance: balance = index
                case .category: category = index
                case .account: account = index
                case .ignore: break
                }
            }
        }
    }

    mutating func read(_ fields: [CSVField]) -> Reading {
        if isHeaderAgain(fields) { return .notice }
        let dateField = field(fields, places.date) ?? field(fields, places.valueDate)
        let amount = readAmount(fields)
        guard let dateField else {
            switch amount {
            case .success, .failure(.some): return .problem(problem(.missingDate, places.date, nil))
            case .failure(nil): return .words
            }
        }
        guard let date = DateCell.read(bytes, dateField.range)?.date(mapping.dateOrder) else {
            if isWords(dateField) {
                if case .failure = amount { return .words }
                if BalanceWords.isTotal(TextCleaning.offending(bytes, dateField.range)) {
                    return .notice
                }
            }
            return .problem(problem(.badDate, places.date, dateField))
        }
        if let status = field(fields, places.status),
            StatusWords.isVoid(Self.directionWord(bytes, status))
        {
            return .problem(problem(.notBooked, places.status, status))
        }
        switch amount {
        case .failure(nil) where BalanceWords.isBalance(joinedText(fields)): return .notice
        case .failure(let found):
            return .problem(found ?? problem(.missingAmount, places.amount ?? places.debit, nil))
        case .success(let cell):
            let row = makeRow(fields, date, cell)
            guard !BalanceWords.isBalance(row.bankText) else { return .notice }
            return .row(row, account: text(fields, places.account))
        }
    }

    private func isHeaderAgain(_ fields: [CSVField]) -> Bool {
        guard let header, let dateIndex = places.date, dateIndex < header.count,
            let field = field(fields, dateIndex), field.range.count <= 80
        else { return false }
        return TextCleaning.collapsed(field.bytes(in: bytes)) == header[dateIndex]
    }

    private func isWords(_ field: CSVField) -> Bool {
        bytes[field.range].contains { $0 | 0x20 >= 97 && $0 | 0x20 <= 122 }
    }

    private func field(_ fields: [CSVField], _ index: Int?) -> CSVField? {
        guard let index, index < fields.count, !fields[index].isEmpty else { return nil }
        return fields[index]
    }

    private func text(_ fields: [CSVField], _ index: Int?) -> String? {
        guard let field = field(fields, index) else { return nil }
        let text =
            field.hasDoubledQuotes
            ? TextCleaning.collapsed(field.bytes(in: bytes))
            : TextCleaning.collapsed(bytes[field.range])
        return text.isEmpty ? nil : text
    }

    private func problem(
        _ code: DraftProblem.Code,
        _ column: Int?,
        _ field: CSVField?
    ) -> DraftProblem {
        DraftProblem(
            code: code,
            column: column.flatMap { $0 < mapping.columns.count ? mapping.columns[$0].name : nil },
            text: field.map { TextCleaning.offending(bytes, $0.range) } ?? ""
        )
    }
}

// MARK: Amounts

extension CSVRowReader {
    /// A cell, or why there is none; nil when every column for it is empty.
    private enum AmountReading {
        case success(AmountCell)
        case failure(DraftProblem?)
    }

    private func readAmount(_ fields: [CSVField]) -> AmountReading {
        let reading =
            places.debit == nil
            ? readSigned(fields) : readPair(fields)
        guard case .success(var cell) = reading else { return reading }
        if let fee = places.fee, case .success(let charge) = cellAt(fields, fee) {
            let magnitude = Int64(clamping: charge.value.magnitude)
            let (rest, overflow) = cell.value.subtractingReportingOverflow(magnitude)
            guard !overflow else { return .failure(problem(.amountTooLarge, fee, nil)) }
            cell.value = rest
        }
        // The one number without an opposite.
        guard cell.value != .min else {
            return .failure(problem(.amountTooLarge, places.amount ?? places.debit, nil))
        }
        if mapping.negate { cell.value = -cell.value }
        return .success(cell)
    }

    private func readSigned(_ fields: [CSVField]) -> AmountReading {
        guard let index = places.amount else { return .failure(nil) }
        guard case .success(var cell) = cellAt(fields, index) else { return cellAt(fields, index) }
        var way = cell.direction
        if way == nil, let field = field(fields, places.direction) {
            way = directions[Self.directionWord(bytes, field)]
        }
        if way == nil, unmarkedIsOut { way = .moneyOut }
        if way == .moneyOut, cell.value > 0 { cell.value = -cell.value }
        return .success(cell)
    }

    private func readPair(_ fields: [CSVField]) -> AmountReading {
        let debit = places.debit.map { cellAt(fields, $0) } ?? .failure(nil)
        let credit = places.credit.map { cellAt(fields, $0) } ?? .failure(nil)
        switch (debit, credit) {
        case (.failure(let found?), _), (_, .failure(let found?)): return .failure(found)
        case (.failure(nil), .failure(nil)): return .failure(nil)
        case (.failure(nil), .success(var cell)):
            if creditsAreSigned { cell.value = -cell.value }
            return .success(cell)
        case (.success(var cell), let other):
            if !debitsAreSigned { cell.value = -cell.value }
            if case .success(let income) = other {
                let credit = creditsAreSigned ? -income.value : income.value
                let (sum, overflow) = cell.value.addingReportingOverflow(credit)
                guard !overflow else {
                    return .failure(problem(.amountTooLarge, places.debit, nil))
                }
                cell.value = sum
            }
            return .success(cell)
        }
    }

    private func cellAt(_ fields: [CSVField], _ index: Int) -> AmountReading {
        guard let field = field(fields, index) else { return .failure(nil) }
        do {
            return .success(try AmountCell.read(bytes, field.range, decimal: mapping.decimal))
        } catch {
            switch error {
            case .empty: return .failure(nil)
            case .notANumber: return .failure(problem(.badAmount, index, field))
            case .tooPrecise: return .failure(problem(.amountTooPrecise, index, field))
            case .tooLarge: return .failure(problem(.amountTooLarge, index, field))
            }
        }
    }

    static func directionWord(_ bytes: [UInt8], _ field: CSVField) -> String {
        guard field.range.count <= 30 else { return "" }
        if field.range.count == 1, bytes[field.start] == 43 || bytes[field.start] == 45 {
            return bytes[field.start] == 43 ? "+" : "-"
        }
        var folded: [UInt8] = []
        TextFolding.appendWords(bytes[field.range], to: &folded)
        return String(decoding: folded, as: UTF8.self)
    }
}

// MARK: Texts

extension CSVRowReader {
    private mutating func makeRow(
        _ fields: [CSVField],
        _ date: LocalDate,
        _ cell: AmountCell
    ) -> DraftRow {
        let bankText = joinedText(fields)
        return DraftRow(
            date: date,
            amount: cell.value,
            currency: currency(fields) ?? cell.currency,
            payee: payees.clean(party(fields, amount: cell.value) ?? bankText),
            bankText: bankText,
            bankID: usesBankID ? text(fields, places.bankID) : nil,
            balance: balance(fields),
            category: text(fields, places.category)
        )
    }

    private func party(_ fields: [CSVField], amount: Int64) -> String? {
        if amount > 0, let payer = text(fields, places.payer) { return payer }
        for index in places.payees {
            if let name = text(fields, index) { return name }
        }
        return text(fields, places.payer) ?? text(fields, mainText)
    }

    /// The texts in the order of the columns, each once.
    private func joinedText(_ fields: [CSVField]) -> String {
        if places.texts.count == 1 { return text(fields, places.texts[0]) ?? "" }
        var joined = ""
        for index in places.texts {
            guard let part = text(fields, index), !joined.hasSuffix(part) else { continue }
            guard joined.utf8.count + part.utf8.count < ReadingLimits.textBytes else { break }
            if !joined.isEmpty { joined += " " }
            joined += part
        }
        return joined
    }

    private func currency(_ fields: [CSVField]) -> Currency? {
        if let field = field(fields, places.currency) {
            return CurrencyWords.cell(bytes[field.range])
        }
        return headerCurrency
    }

    private func balance(_ fields: [CSVField]) -> Int64? {
        guard let field = field(fields, places.balance) else { return nil }
        // A balance is a help, not a must: one that cannot be read leaves the row as good as without.
        let cell = try? AmountCell.read(bytes, field.range, decimal: balanceDecimal)
        guard let cell else { return nil }
        return cell.direction == .moneyOut && cell.value > 0 ? -cell.value : cell.value
    }
}
