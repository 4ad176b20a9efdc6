extension StorageError {
    /// Reads a failed result.
    ///
    /// - Source: PostgreSQL 15, appendix A, error codes.
    init(postgres result: PostgresResult) {
        let code = result.sqlState
        let message = result[.message] ?? result.wholeMessage
        let constraint = result[.constraint] ?? ""
        switch code {
        case "23505", "23P01": self = .uniqueViolation(constraint: constraint)
        case "23503": self = .foreignKeyViolation(constraint: constraint)
        case "23514" where constraint == "ledger_amount_range": self = .amountOverflow
        case "23514": self = .checkViolation(constraint: constraint)
        case "23502":
            let place = [result[.table], result[.column]].compactMap(\.self)
            self = .checkViolation(constraint: place.joined(separator: "."))
        default:
            self = StorageError(sqlState: code, message)
        }
    }

    private init(sqlState code: String, _ message: String) {
        switch code {
        case "P0001": self = .refused(message)
        case "22003": self = .amountOverflow
        case "40001", "40P01": self = .conflict(message)
        case "53100": self = .diskFull
        // A statement or a lock took longer than it may.
        case "57014", "55P03": self = .unavailable(message)
        case _ where Self.endsConnection(code): self = .unavailable(message)
        case _ where code.hasPrefix("53"): self = .unavailable(message)
        default: self = .engine(code: code, message: message.trimmed)
        }
    }

    static let adminShutdown = "57P01"

    /// Whether the server closes the connection after this error.
    static func endsConnection(_ code: String) -> Bool {
        code.hasPrefix("57P0") || code.hasPrefix("08") || code == "25P03"
    }

    var isConflict: Bool {
        if case .conflict = self { true } else { false }
    }
}
