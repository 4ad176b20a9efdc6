import Ledger

/// What every transaction is told when it begins. It lives as long as the transaction, so that a
/// pooler may give the server connection to somebody else afterwards.
struct PostgresLimits {
    private let statementTimeout: String
    private let lockTimeout: String

    init(_ configuration: PostgresConfiguration) {
        statementTimeout = String(configuration.statementTimeoutMilliseconds)
        lockTimeout = String(configuration.acquireTimeoutMilliseconds)
    }

    func settings(for scope: SQLScope) -> SQLText {
        switch scope {
        case .shared:
            "SELECT set_config('statement_timeout', \(statementTimeout), true)"
        case .household(let household):
            """
            SELECT set_config('statement_timeout', \(statementTimeout), true),
                set_config('martlet.household', \(household.description), true)
            """
        }
    }

    /// Writers of one household take turns, on all nodes together, so that each sees what the one
    /// before it did and none has to be run again. Without a turn two of them could both pass the
    /// same check.
    func settingsAndTurn(for scope: SQLScope) -> SQLText {
        switch scope {
        case .shared:
            """
            SELECT set_config('statement_timeout', \(statementTimeout), true),
                set_config('lock_timeout', \(lockTimeout), true)
            """
        case .household(let household):
            """
            SELECT set_config('statement_timeout', \(statementTimeout), true),
                set_config('lock_timeout', \(lockTimeout), true),
                set_config('martlet.household', \(household.description), true),
                pg_advisory_xact_lock(\(Self.turn(of: household)))
            """
        }
    }

    /// Two households with the same number, which is improbable, would only wait for each other.
    private static func turn(of household: HouseholdID) -> Int64 {
        Int64(bitPattern: household.value.high ^ household.value.low)
    }
}
