internal import Ledger

/// The fields of one transaction while its element is open.
struct OFXEntry {
    /// The element's name.
    let kind: String
    private var fields: [String: String] = [:]

    init(kind: String) {
        self.kind = kind
    }

    /// - Parameter part: the element inside the transaction that the field stands in.
    mutating func set(_ name: String, _ text: String, in part: String?) {
        switch part {
        case "CURRENCY" where name == "CURSYM": fields["CURRENCY.CURSYM"] = text
        case "SECID" where name == "UNIQUEID": fields["SECID.UNIQUEID"] = text
        case "CURRENCY", "ORIGCURRENCY", "BANKACCTTO", "CCACCTTO", "IMAGEDATA", "SECID": break
        default:
            // Some banks repeat a field; the first is the one that other programs show.
            if fields[name] == nil { fields[name] = text }
        }
    }

    /// Whether cash is part of it; a transfer of shares has none.
    var movesCash: Bool { kind == "STMTTRN" || fields["TOTAL"] != nil }

    func outcome(default currency: Currency?, payees: inout PayeeCache) -> Draft.Outcome {
        let dateName = dateNames.first { fields[$0] != nil }
        guard let dateName, let dateText = fields[dateName] else {
            return .problem(DraftProblem(code: .missingDate, column: dateNames[0], text: ""))
        }
        guard let date = OFXValue.date(dateText) else {
            return .problem(DraftProblem(code: .badDate, column: dateName, text: cut(dateText)))
        }
        let amountName = kind == "STMTTRN" ? "TRNAMT" : "TOTAL"
        guard let amountText = fields[amountName] else {
            return .problem(DraftProblem(code: .missingAmount, column: amountName, text: ""))
        }
        switch OFXValue.reading(amountText, currency: currency) {
        case .failure(let failure):
            let code = OFXValue.code(failure)
            return .problem(DraftProblem(code: code, column: amountName, text: cut(amountText)))
        case .success(let amount):
            return .row(row(date, directed(amount), currency, payees: &payees))
        }
    }

    private var dateNames: [String] {
        kind == "STMTTRN" ? ["DTPOSTED", "DTUSER", "DTAVAIL"] : ["DTSETTLE", "DTTRADE"]
    }

    private func cut(_ text: String) -> String {
        TextCleaning.collapsed(text.utf8, limit: ReadingLimits.offendingBytes)
    }

    /// Some brokers write what was paid without a minus.
    private func directed(_ amount: Int64) -> Int64 {
        OFXNames.trades[kind] == .out && amount > 0 ? -amount : amount
    }

    private func row(
        _ date: LocalDate,
        _ amount: Int64,
        _ currency: Currency?,
        payees: inout PayeeCache
    ) -> DraftRow {
        let text = bankText
        // CURRENCY says in what the amounts are; ORIGCURRENCY only what they were before.
        let own = fields["CURRENCY.CURSYM"].flatMap { Currency(code: $0.uppercased()) }
        return DraftRow(
            date: date,
            amount: amount,
            currency: own ?? currency,
            payee: payees.clean(party.isEmpty ? text : party),
            bankText: text,
            bankID: fields["FITID"],
            category: fields["CATEGORY"]
        )
    }

    private var name: String { fields["NAME"] ?? fields["EXTDNAME"] ?? "" }
    private var memo: String { fields["MEMO"] ?? fields["PAYEEID"] ?? "" }

    /// NAME is cut at 32 characters; EXTDNAME goes on where it ends.
    private var party: String {
        if let extended = fields["EXTDNAME"], extended.hasPrefix(name) { return extended }
        return name
    }

    private var bankText: String {
        let (party, memo) = (self.party, self.memo)
        if party.isEmpty, memo.isEmpty { return fallbackText }
        if memo.isEmpty || memo == party || party.hasPrefix(memo) { return party }
        if memo.hasPrefix(party) { return memo }
        return TextCleaning.collapsed("\(party) \(memo)".utf8)
    }

    private var fallbackText: String {
        if let number = fields["CHECKNUM"] { return "Check \(number)" }
        let words = [OFXNames.tradeWords[kind] ?? fields["TRNTYPE"], fields["SECID.UNIQUEID"]]
        return words.compactMap { $0 }.joined(separator: " ")
    }
}
