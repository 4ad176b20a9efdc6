internal import Ledger

/// Turns a stream of tags into statements and drafts.
struct OFXBuilder {
    /// Where a tag stands.
    struct Place {
        let line: Int
        let start: Int
        let end: Int
    }

    private(set) var statements: [Statement] = []
    private(set) var drafts: [Draft] = []
    private(set) var notices: [String] = []

    private let rowLimit: Int
    private let depthLimit: Int
    /// The open elements that hold others.
    private var open: [String] = []
    /// The last start tag, until it is known whether it holds text or elements.
    private var pending: (name: String, kind: OFXNames.Kind, place: Place)?
    private var value = ""
    private var entry: OFXEntry?
    private var entryPlace: Place?
    private var signOn = (code: "", message: "")
    private var balanceDate: LocalDate?
    private var payees = PayeeCache()

    init(rowLimit: Int, depthLimit: Int) {
        self.rowLimit = rowLimit
        self.depthLimit = depthLimit
    }

    // MARK: Events

    mutating func text(_ text: String) {
        guard pending != nil else { return }
        guard value.utf8.count + text.utf8.count <= 4 * ReadingLimits.textBytes else { return }
        value += text
    }

    mutating func start(_ name: String, at place: Place) throws(InterchangeError) {
        try settlePending()
        pending = (name, OFXNames.kind(name), place)
        value = ""
    }

    mutating func end(_ name: String, at place: Place) throws(InterchangeError) {
        if let leaf = pending, leaf.name == name {
            pending = nil
            try endPending(leaf.name, leaf.kind, began: leaf.place, ended: place)
            return
        }
        try settlePending()
        guard let index = open.lastIndex(of: name) else { return }
        while open.count > index { try closed(open.removeLast(), at: place) }
    }

    /// An element that held nothing or only text.
    private mutating func endPending(
        _ name: String,
        _ kind: OFXNames.Kind,
        began: Place,
        ended: Place
    ) throws(InterchangeError) {
        switch kind {
        case .field, .part, .other: set(name, TextCleaning.collapsed(value.utf8))
        case .statement, .entry, .listEnd:
            try opened(name, kind, at: began)
            try closed(name, at: ended)
        }
    }

    mutating func finish() throws(InterchangeError) {
        try settlePending()
        try finishEntry(at: nil)
        if !signOn.code.isEmpty, signOn.code != "0", notices.isEmpty {
            notices.append("\(signOn.code) \(signOn.message)")
        }
    }

    /// A start tag that text follows is a field; one that a tag follows holds elements.
    private mutating func settlePending() throws(InterchangeError) {
        guard let leaf = pending else { return }
        pending = nil
        let text = TextCleaning.collapsed(value.utf8)
        if case .field = leaf.kind {
            set(leaf.name, text)
            return
        }
        if !text.isEmpty, case .other = leaf.kind {
            set(leaf.name, text)
            return
        }
        try opened(leaf.name, leaf.kind, at: leaf.place)
        guard open.count < depthLimit else {
            throw .markup(.tooDeep(limit: depthLimit, line: leaf.place.line))
        }
        open.append(leaf.name)
    }

    private mutating func opened(
        _ name: String,
        _ kind: OFXNames.Kind,
        at place: Place
    ) throws(InterchangeError) {
        switch kind {
        case .statement(let account):
            try finishEntry(at: place)
            var statement = Statement(index: statements.count)
            statement.kind = account
            statements.append(statement)
        case .entry:
            try finishEntry(at: place)
            entry = OFXEntry(kind: name)
            entryPlace = place
        case .listEnd: try finishEntry(at: place)
        case .field, .part, .other: break
        }
    }

    private mutating func closed(_ name: String, at place: Place) throws(InterchangeError) {
        if entry?.kind == name {
            try finishEntry(at: place)
            return
        }
        switch OFXNames.kind(name) {
        case .listEnd, .statement: try finishEntry(at: place)
        default: break
        }
    }

    private mutating func finishEntry(at place: Place?) throws(InterchangeError) {
        guard let finished = entry, let begun = entryPlace else { return }
        entry = nil
        entryPlace = nil
        guard finished.movesCash else { return }
        guard drafts.count < rowLimit else { throw .tooManyRows(limit: rowLimit) }
        if statements.isEmpty { statements.append(Statement(index: 0)) }
        let statement = statements.count - 1
        drafts.append(
            Draft(
                number: drafts.count + 1,
                line: begun.line,
                statement: statement,
                source: begun.start..<max(place?.end ?? begun.end, begun.end),
                outcome: place == nil
                    ? .problem(DraftProblem(code: .cutOff, column: nil, text: ""))
                    : finished.outcome(default: statements[statement].currency, payees: &payees)
            )
        )
    }
}

// MARK: Fields

extension OFXBuilder {
    private mutating func set(_ name: String, _ text: String) {
        guard !text.isEmpty else { return }
        if entry != nil {
            entry?.set(name, text, in: open.last)
        } else if open.contains("SONRS") {
            if name == "CODE" { signOn.code = text }
            if name == "MESSAGE" { signOn.message = text }
        } else if !statements.isEmpty {
            setStatement(name, text)
        }
    }

    private static let parts: Set<String> = [
        "BANKACCTFROM", "CCACCTFROM", "INVACCTFROM", "LEDGERBAL", "AVAILBAL", "INVBAL", "BAL",
        "MKTGINFO",
    ]

    private mutating func setStatement(_ name: String, _ text: String) {
        let index = statements.count - 1
        let part = open.last(where: Self.parts.contains)
        switch (part, name) {
        case ("BANKACCTFROM", "ACCTID"), ("CCACCTFROM", "ACCTID"), ("INVACCTFROM", "ACCTID"):
            statements[index].bankAccount = text
        case ("BANKACCTFROM", "ACCTTYPE"):
            if let kind = OFXNames.accountTypes[text.uppercased()] { statements[index].kind = kind }
        case (_, "CURDEF"):
            statements[index].currency = Currency(code: text.uppercased())
        case ("LEDGERBAL", "BALAMT"):
            statements[index].ledgerBalance = OFXValue.amount(text)
        case ("LEDGERBAL", "DTASOF"):
            statements[index].ledgerBalanceDate = OFXValue.date(text)
        case ("INVBAL", "AVAILCASH"):
            statements[index].ledgerBalance = OFXValue.amount(text)
            statements[index].ledgerBalanceDate = balanceDate
        case (nil, "DTASOF"): balanceDate = OFXValue.date(text)
        default: break
        }
    }
}
