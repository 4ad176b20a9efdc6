import GRDBSQLite

extension StorageError {
    /// Reads SQLite's extended result code and message.
    init(sqlite code: Int32, _ message: String) {
        switch code & 0xFF {
        case SQLITE_CONSTRAINT: self = Self.constraint(code, message)
        case SQLITE_FULL: self = .diskFull
        case SQLITE_BUSY, SQLITE_LOCKED: self = .unavailable(message)
        case SQLITE_IOERR: self = Self.isOutOfSpace(code) ? .diskFull : .syncFailed(message)
        case SQLITE_ERROR where message.contains("integer overflow"): self = .amountOverflow
        // Letters newer than SQLite's tables can fall into several tokens, which this index cannot join.
        case SQLITE_ERROR where message.hasPrefix("fts5:"): self = .refused("search.words")
        default: self = .engine(code: String(code), message: message)
        }
    }

    private static func constraint(_ code: Int32, _ message: String) -> StorageError {
        // "UNIQUE constraint failed: payee.household_id, payee.folded"
        let detail = message.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? message
        switch code {
        case SQLITE_CONSTRAINT | (8 << 8), SQLITE_CONSTRAINT | (6 << 8):
            return .uniqueViolation(constraint: detail)
        case SQLITE_CONSTRAINT | (3 << 8):
            return .foreignKeyViolation(constraint: detail)
        case SQLITE_CONSTRAINT | (12 << 8):
            // A sum past 64 bits became a float, which the strict tables refuse.
            return .amountOverflow
        case SQLITE_CONSTRAINT | (7 << 8):
            return .refused(message)
        default:
            return .checkViolation(constraint: detail)
        }
    }

    /// Whether an I/O error is one that room on the disk would cure: the shared-memory file of the WAL
    /// could not grow.
    private static func isOutOfSpace(_ code: Int32) -> Bool {
        code == SQLITE_IOERR | (19 << 8)
    }
}
