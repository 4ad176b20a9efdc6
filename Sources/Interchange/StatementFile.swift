package import Ledger

/// What a file of a bank says.
package struct StatementFile: Sendable {
    package let format: StatementFormat
    package let encoding: TextEncoding
    package let statements: [Statement]
    package let drafts: [Draft]
    /// How a CSV was understood; nil for other formats.
    package let mapping: CSVMapping?
    /// What only a person can answer; the drafts hold the likelier answer meanwhile.
    package let questions: [ImportQuestion]
    /// Remarks of the bank, such as a refused sign-on.
    package let notices: [String]
    /// The text as UTF-8, which `Draft.source` points into.
    let text: [UInt8]

    /// The line or element that a draft came from, cut at `ReadingLimits.rawLineBytes`.
    package func rawLine(of draft: Draft) -> String {
        TextCleaning.raw(text, draft.source.clamped(to: 0..<text.count))
    }
}

/// One account's part of a file.
package struct Statement: Hashable, Sendable {
    /// 0-based; `Draft.statement` refers to it.
    package let index: Int
    /// The account as the bank writes it.
    package var bankAccount: String?
    package var kind: AccountKind?
    package var currency: Currency?
    /// - Units: ten-thousandths of the currency's unit.
    package var ledgerBalance: Int64?
    package var ledgerBalanceDate: LocalDate?

    package init(index: Int) {
        self.index = index
    }
}

/// Something that the file leaves open.
package enum ImportQuestion: Hashable, Sendable {
    /// Days and months could be either way round.
    case dateOrder(assumed: DateOrder, samples: [String])
    /// `1.234` could be one or a thousand.
    case decimal(assumed: DecimalMark, samples: [String])
    /// Every amount is positive, and nothing says which way the money went.
    case sign
    /// No column was understood to hold this.
    case missing(CSVRole)
    /// Words in the direction column that say neither in nor out; their amounts stand as written.
    case direction(words: [String])

    /// Stable, for clients.
    package var code: String {
        switch self {
        case .dateOrder: "date_order"
        case .decimal: "decimal"
        case .sign: "sign"
        case .missing(let role): "missing_\(role.rawValue)"
        case .direction: "direction"
        }
    }
}
