import Ledger

/// A piece of work that waits for a connection.
struct PostgresJob: Sendable {
    let kind: Kind
    /// Until when it may wait.
    let deadline: ContinuousClock.Instant
    /// Gives what to do once the work is safe.
    let run: @Sendable (PostgresTransaction) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void

    enum Kind: Sendable {
        case read(SQLScope)
        case write(SQLScope)
        /// One statement that changes nothing, without a transaction around it.
        case glance
        /// One statement that must not be in a transaction.
        case alone
    }

    /// Whose commit it shares; nil when it shares none.
    var household: HouseholdID? {
        if case .write(.household(let household)) = kind { household } else { nil }
    }

    /// Whether it may be run a second time although nobody knows what became of the first.
    var isRepeatable: Bool {
        switch kind {
        case .read, .glance: true
        case .write, .alone: false
        }
    }

    var transactionKind: PostgresTransaction.Kind {
        switch kind {
        case .read(let scope): .read(scope)
        case .write(let scope): .write(scope)
        case .glance, .alone: .none
        }
    }
}
