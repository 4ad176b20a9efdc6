/// Why a whole file could not be read. A single broken row is a `DraftProblem` instead.
package enum InterchangeError: Error, Hashable, Sendable {
    case empty
    /// The content is of a kind that is not read.
    case unsupported(FileKind)
    case tooLarge(limitBytes: Int)
    case tooManyRows(limit: Int)
    /// Text, but no rows of at least two columns.
    case notATable
    /// The options name a column that the file does not have (0-based).
    case unknownColumn(Int)
    case markup(MarkupError)

    /// Stable, for clients.
    package var code: String {
        switch self {
        case .empty: "import.empty"
        case .unsupported: "import.unsupported_type"
        case .tooLarge: "import.too_large"
        case .tooManyRows: "import.too_many_rows"
        case .notATable: "import.not_a_table"
        case .unknownColumn: "import.unknown_column"
        case .markup: "import.broken_markup"
        }
    }

    /// For the person who gave the file.
    package var message: String {
        switch self {
        case .empty: "The file is empty."
        case .unsupported(let kind):
            "This looks like \(kind.phrase). Accepted are \(StatementFormat.accepted)."
        case .tooLarge(let limit): "The file is larger than \(limit) bytes."
        case .tooManyRows(let limit): "The file has more than \(limit) rows."
        case .notATable: "The text has no rows and columns that could be transactions."
        case .unknownColumn(let index): "The file has no column \(index + 1)."
        case .markup(let error): error.message
        }
    }
}
