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
    private var pending: (name: String, place: Place)?
    private var value = ""
    private var entry: OFXEntry?
    private var entryPlace: Place?
    private var signOn = (code: "", message: "")
    private var balanceDate: LocalDate?

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
        pending = (name, place)
        value = ""
    }

    mutating func end(_ name: String, at place: Place) throws(InterchangeError) {
        if let leaf = pending, leaf.name == name {
            pending = nil
            if OFXNames.isEntry(name) || OFXNames.statements[name] != nil {
                try opened(leaf.name, at: leaf.place)
                try closed(name, at: place)
            } else {
                set(name, TextCleaning.collapsed(value.utf8))
            }
            return
        }
        try settlePending()
        guard let index = open.lastIndex(of: name) else { return }
        while open.count > index { try closed(open.removeLast(), at: place) }
    }

    mutating func finish() throws(InterchangeError) {
        try settlePending()
        try finishEntry(at: nil)
        if !signOn.code.isEmpty, signOn.code != "0" {
            notices.append("\(signOn.code) \(signOn.message)")
        }
    }

    /// A start tag that text follows is a field; one that a tag follows holds elements.
    private mutating func settlePending() throws(InterchangeError) {
        guard let leaf = pending else { return }
        pending = nil
        let text = TextCleaning.collapsed(value.utf8)
        if !text.isEmpty || OFXNames.fields.contains(leaf.name) {
            set(leaf.name, text)
            return
        }
        try opened(leaf.name, at: leaf.place)
        guard open.count < depthLimit else {
            throw .markup(.tooDeep(limit: depthLimit, line: leaf.place.line))
        }
        open.append(leaf.name)
    }

    private mutating func opened(_ name: String, at place: Place) throws(InterchangeError) {
        if let kind = OFXNames.statements[name] {
            try finishEntry(at: place)
            var statement = Statement(index: statements.count)
            statement.kind = kind
            statements.append(statement)
        } else if OFXNames.isEntry(name) {
            try finishEntry(at: place)
            entry = OFXEntry(kind: name)
            entryPlace = place
        } else if OFXNames.listEnds.contains(name) {
            try finishEntry(at: place)
        }
    }

    private mutating func closed(_ name: String, at place: Place) throws(InterchangeError) {
        if entry?.kind == name || OFXNames.listEnds.contains(name) { try finishEntry(at: place) }
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
                outcome: finished.outcome(default: statements[statement].currency)
            ))
    }
}

// MARK: Fields

extension OFXBuilder {
    private mutating func set(_ name: String, _ text: String) {
        guard !text.isEmpty else { return }
        if entry != nil {
            entry?.set(name, text, in: OFXNames.parts.contains(open.last ?? "") ? open.last : nil)
        } else if open.contains("SONRS") {
            if name == "CODE" { signOn.code = text }
            if name == "MESSAGE" { signOn.message = text }
        } else if !statements.isEmpty {
            setStatement(name, text)
        }
    }

    private mutating func setStatement(_ name: String, _ text: String) {
        let index = statements.count - 1
        let part = open.last { OFXNames.statementParts.contains($0) }
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
