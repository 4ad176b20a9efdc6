/// What the caller knows or allows about a file.
package struct ReadingOptions: Hashable, Sendable {
    /// What a person corrected or an account remembered; empty lets the file speak for itself.
    package var csv: CSVOverrides
    /// The order taken, and asked about, when a column of dates does not tell.
    package var assumedDateOrder: DateOrder
    package var limits: ReadingLimits

    package init(
        csv: CSVOverrides = CSVOverrides(),
        assumedDateOrder: DateOrder = .dayMonthYear,
        limits: ReadingLimits = ReadingLimits()
    ) {
        self.csv = csv
        self.assumedDateOrder = assumedDateOrder
        self.limits = limits
    }
}

/// The bounds within which a file is read; past them it is refused or cut.
package struct ReadingLimits: Hashable, Sendable {
    /// Refused past it.
    package var bytes = Self.defaultBytes
    /// Refused past it.
    package var rows = Self.defaultRows
    package var markup = MarkupLimits()

    package init() {}

    /// 10 MiB.
    package static let defaultBytes = 10 << 20
    package static let defaultRows = 500_000

    /// Columns of a CSV past this are not read.
    package static let csvColumns = 256
    /// A quoted field may span so many line breaks; past it the quote is taken for a plain character.
    package static let quotedLineBreaks = 32
    /// A quoted field may be so long; past it the quote is taken for a plain character.
    package static let quotedFieldBytes = 16_384
    /// Payee, bank text, ids and categories are cut here, at a character's edge.
    package static let textBytes = 1_000
    /// The raw line shown to a person is cut here, at a character's edge.
    package static let rawLineBytes = 2_000
    /// The words of a broken cell that a problem quotes are cut here.
    package static let offendingBytes = 80
    /// More accounts than this in one CSV are one statement.
    package static let csvStatements = 50
}
