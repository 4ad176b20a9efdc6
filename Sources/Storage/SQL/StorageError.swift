/// What a SQL engine can answer instead of rows, in one vocabulary for both.
package enum StorageError: Error, Equatable {
    /// A unique key is taken; `constraint` is the engine's name for it.
    case uniqueViolation(constraint: String)
    case foreignKeyViolation(constraint: String)
    case checkViolation(constraint: String)
    /// A trigger of ours refused, for example an unbalanced transaction.
    case refused(String)
    /// A sum left the range of an amount.
    case amountOverflow
    /// Two writers met; the closure may be run again.
    case conflict(String)
    /// The disk is full.
    case diskFull
    /// The engine cannot be reached, or its pool stayed busy past the time-out.
    case unavailable(String)
    /// The engine failed to make a write durable: nothing more may be written.
    case syncFailed(String)
    case unexpectedNull(column: Int)
    case unexpectedValue(column: Int)
    case migration(String)
    /// Anything else; the text is the engine's own and goes to the log only.
    case engine(code: String, message: String)
}
