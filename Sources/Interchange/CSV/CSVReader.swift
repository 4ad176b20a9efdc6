internal import Ledger

/// Reads delimited text of any bank.
enum CSVReader {
    /// Two passes: one to learn what the columns hold, one to read the rows.
    ///
    /// - Throws: `notATable`, `tooManyRows`, `unknownColumn`, `empty`.
    /// - Complexity: linear.
    static func read(
        _ bytes: [UInt8],
        options: ReadingOptions
    ) throws(InterchangeError) -> StatementFile {
        let overrides = options.csv
        let encoding = overrides.encoding ?? TextEncoding.detect(bytes)
        let text = encoding.decode(bytes)
        let layout = try CSVLayout.find(text, overrides)
        let profiles = CSVProfile.columns(of: layout, text)
        var roles = CSVRoles(layout, profiles)
        try roles.apply(overrides.columns, header: layout.header)
        let survey = CSVSurvey(text, layout, roles)
        var builder = CSVMappingBuilder(
            layout: layout,
            profiles: profiles,
            roles: roles,
            survey: survey
        )
        let mapping = builder.mapping(encoding: encoding, options: options)
        var drafts = DraftCollector(limit: options.limits.rows)
        let rows = CSVRowReader(
            bytes: text,
            mapping: mapping,
            survey: survey,
            directions: roles.directions,
            mainText: roles.mainText
        )
        try collect(text, layout, rows, into: &drafts)
        return StatementFile(
            format: .csv,
            encoding: encoding,
            statements: drafts.statements,
            drafts: drafts.drafts,
            mapping: mapping,
            questions: builder.questions,
            notices: [],
            text: text
        )
    }

    private static func collect(
        _ text: [UInt8],
        _ layout: CSVLayout,
        _ reader: CSVRowReader,
        into drafts: inout DraftCollector
    ) throws(InterchangeError) {
        var rows = reader
        var scanner = CSVScanner(
            text,
            layout.delimiter,
            start: layout.start,
            line: layout.startLine
        )
        scanner.expectedColumns = layout.columnCount
        while scanner.next() {
            guard scanner.fields.contains(where: { !$0.isEmpty }) else { continue }
            let place = DraftCollector.Place(line: scanner.line, source: scanner.source)
            switch rows.read(scanner.fields) {
            case .row(let row, let account): try drafts.add(row, account: account, at: place)
            case .problem(let problem): try drafts.add(problem, at: place)
            case .words:
                let text = TextCleaning.offending(text, scanner.source)
                let problem = DraftProblem(code: .notATransaction, column: nil, text: text)
                try drafts.postpone(problem, at: place)
            case .notice: continue
            }
        }
        drafts.finish()
    }
}

/// Puts drafts and statements together.
struct DraftCollector {
    /// Where a draft stands in the file.
    struct Place {
        let line: Int
        let source: Range<Int>
    }

    private(set) var drafts: [Draft] = []
    private(set) var statements: [Statement] = []

    private let limit: Int
    /// Rows without date and amount: footers, unless a transaction follows.
    private var postponed: [(problem: DraftProblem, place: Place)] = []
    private var accounts: [String: Int] = [:]
    private var chains: [BalanceChain] = []

    init(limit: Int) {
        self.limit = limit
    }

    mutating func add(_ row: DraftRow, account: String?, at place: Place) throws(InterchangeError) {
        try flush()
        let statement = self.statement(of: account)
        chains[statement].note(row)
        if statements[statement].currency == nil { statements[statement].currency = row.currency }
        try append(.row(row), statement, place)
    }

    mutating func add(_ problem: DraftProblem, at place: Place) throws(InterchangeError) {
        try flush()
        try append(.problem(problem), 0, place)
    }

    mutating func postpone(_ problem: DraftProblem, at place: Place) throws(InterchangeError) {
        guard drafts.count + postponed.count < limit else { throw .tooManyRows(limit: limit) }
        postponed.append((problem, place))
    }

    private mutating func flush() throws(InterchangeError) {
        guard !postponed.isEmpty else { return }
        let waiting = postponed
        postponed = []
        for (problem, place) in waiting { try append(.problem(problem), 0, place) }
    }

    private mutating func append(
        _ outcome: Draft.Outcome,
        _ statement: Int,
        _ place: Place
    ) throws(InterchangeError) {
        guard drafts.count < limit else { throw .tooManyRows(limit: limit) }
        drafts.append(
            Draft(
                number: drafts.count + 1,
                line: place.line,
                statement: statement,
                source: place.source,
                outcome: outcome
            )
        )
    }

    private mutating func statement(of account: String?) -> Int {
        if account == nil, !statements.isEmpty { return 0 }
        let name = account ?? ""
        if let index = accounts[name] { return index }
        if statements.count >= ReadingLimits.csvStatements { return 0 }
        var statement = Statement(index: statements.count)
        statement.bankAccount = account
        statements.append(statement)
        chains.append(BalanceChain())
        accounts[name] = statement.index
        return statement.index
    }

    /// Drops the footers and sets the balances.
    mutating func finish() {
        postponed = []
        if statements.isEmpty { statements = [Statement(index: 0)] }
        for (index, chain) in chains.enumerated() {
            statements[index].ledgerBalance = chain.closing?.balance
            statements[index].ledgerBalanceDate = chain.closing?.date
        }
    }
}

/// Finds the closing balance, whichever way the rows are sorted.
private struct BalanceChain {
    private var first: DraftRow?
    private var last: DraftRow?
    private var previous: DraftRow?
    private var ascending = 0
    private var descending = 0

    mutating func note(_ row: DraftRow) {
        guard let balance = row.balance else { return }
        if first == nil { first = row }
        if let before = previous, let old = before.balance {
            if old &+ row.amount == balance { ascending += 1 }
            if balance &+ before.amount == old { descending += 1 }
        }
        previous = row
        last = row
    }

    var closing: DraftRow? {
        guard let first, let last else { return nil }
        if ascending != descending { return ascending > descending ? last : first }
        return first.date > last.date ? first : last
    }
}
