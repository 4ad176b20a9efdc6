/// Puts together what was understood, and what is left to ask.
struct CSVMappingBuilder {
    let layout: CSVLayout
    let profiles: [CSVProfile]
    let roles: CSVRoles
    let survey: CSVSurvey
    private(set) var questions: [ImportQuestion] = []

    init(layout: CSVLayout, profiles: [CSVProfile], roles: CSVRoles, survey: CSVSurvey) {
        self.layout = layout
        self.profiles = profiles
        self.roles = roles
        self.survey = survey
    }

    mutating func mapping(encoding: TextEncoding, options: ReadingOptions) -> CSVMapping {
        let decimal = survey.decimal(delimiter: layout.delimiter)
        let order = survey.dateOrder(
            assumed: options.assumedDateOrder,
            isEnglish: isEnglish && decimal.mark == .dot
        )
        ask(options.csv, decimal: decimal, order: order)
        return CSVMapping(
            encoding: encoding,
            delimiter: layout.delimiter,
            headerRow: layout.headerLine,
            firstRow: layout.startLine,
            columns: columns,
            dateOrder: options.csv.dateOrder ?? order.order,
            decimal: options.csv.decimal ?? decimal.mark,
            negate: options.csv.negate ?? (survey.signs.contradict > 0 && survey.signs.agree == 0)
        )
    }

    private var columns: [CSVColumn] {
        profiles.indices.map { index in
            CSVColumn(
                index: index,
                header: layout.header.map { index < $0.count ? $0[index] : "" },
                role: roles.roles[index],
                samples: profiles[index].samples
            )
        }
    }

    private mutating func ask(
        _ overrides: CSVOverrides,
        decimal: (mark: DecimalMark, isOpen: Bool),
        order: (order: DateOrder, isOpen: Bool)
    ) {
        let known = Set(roles.roles)
        if !known.contains(.date) { questions.append(.missing(.date)) }
        if known.isDisjoint(with: [.amount, .debit, .credit]) {
            questions.append(.missing(.amount))
        }
        if order.isOpen, overrides.dateOrder == nil {
            questions.append(.dateOrder(assumed: order.order, samples: survey.dateSamples))
        }
        if decimal.isOpen, overrides.decimal == nil {
            questions.append(.decimal(assumed: decimal.mark, samples: survey.amountSamples))
        }
        let isOneWay =
            known.contains(.amount) && !known.contains(.direction)
            && survey.hasPositives && !survey.hasNegatives && survey.marks.isEmpty
        if isOneWay, overrides.negate == nil { questions.append(.sign) }
        if !survey.unknownWords.isEmpty {
            questions.append(.direction(words: survey.unknownWords.sorted()))
        }
    }

    /// Whether the column names leave the American order of dates possible.
    private var isEnglish: Bool {
        guard let header = layout.header else { return true }
        let words = header.flatMap { TextFolding.words($0).split(separator: " ").map(String.init) }
        return !Self.englishWords.isDisjoint(with: words)
    }

    private static let englishWords: Set<String> = [
        "amount", "description", "balance", "details", "transaction", "payee", "merchant", "paid",
        "money", "withdrawal", "deposit", "narrative", "posted", "posting", "memo", "account",
        "value",
        "amt", "cur", "number", "category", "outflow", "inflow", "name",
    ]
}

extension CSVRoles {
    /// Gives columns the roles that a person chose: by name where there are names, else by place.
    ///
    /// - Throws: `unknownColumn` for a place outside the table.
    mutating func apply(
        _ choices: [CSVOverrides.Choice],
        header: [String]?
    ) throws(InterchangeError) {
        for choice in choices {
            var index = choice.index
            if let name = choice.header, let header, !name.isEmpty {
                if index >= header.count || header[index] != name {
                    guard let found = header.firstIndex(of: name) else { continue }
                    index = found
                }
            }
            guard count > index, index >= 0 else { throw .unknownColumn(choice.index) }
            set(choice.role, at: index)
        }
    }
}
