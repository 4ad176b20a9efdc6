package import Ledger

/// Which rows a transaction is about.
///
/// PostgreSQL binds row-level security to it, and writes of one household share a commit.
package enum SQLScope: Hashable, Sendable {
    case household(HouseholdID)
    /// The tables that belong to no household: people, sessions, memberships, households themselves.
    case shared
}

/// One SQL engine. There are two: `SQLiteDatabase` and `PostgresDatabase`.
///
/// The closures are synchronous, so that there is no `await` inside a transaction, and may be run again
/// when two writers meet: they must have no effect but on the database.
package protocol SQLDatabase: Sendable {
    var dialect: SQLDialect { get }

    /// Runs on one snapshot.
    func read<Value: Sendable>(
        _ scope: SQLScope,
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value

    /// Runs in one transaction, and returns when what it wrote is safe on disk. A thrown error leaves
    /// nothing of it behind.
    func write<Value: Sendable>(
        _ scope: SQLScope,
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value

    /// The household's version, as of the last acknowledged write; nil when there is no such household.
    func version(of household: HouseholdID) async throws -> Int64?

    /// Whether a statement can be answered now, and what is wrong if not.
    func ping() async throws

    /// What `/metrics` shows.
    var gauges: [StorageGauge] { get }

    /// Ends every connection after the work that is under way.
    func close() async throws
}

extension SQLDatabase {
    /// Lets PostgreSQL count what large work has just written, so that the next question is planned for it and not
    /// for the empty tables of a minute ago. Its own housekeeping would come to it by and by, and does so still where the
    /// role does not own the tables. SQLite plans without figures.
    package func learnStatistics() async throws {
        guard dialect == .postgres else { return }
        try await write(.shared) { transaction in
            try transaction.execute(
                """
                ANALYZE ledger_transaction, posting, rollup, payee_rollup, transaction_search,
                    import_fingerprint, account, payee
                """
            )
        }
    }
}

/// A figure about the engine's inside, for example how many writers wait.
package struct StorageGauge: Sendable {
    package let name: String
    package let help: String
    package let value: Int64

    package init(name: String, help: String, value: Int64) {
        self.name = name
        self.help = help
        self.value = value
    }
}

/// How many rows an INSERT takes.
enum InsertSize {
    /// Below the limits of both engines.
    private static let values = 8_192
    private static let rows = 256

    /// A power of two, so that there are few different statements.
    ///
    /// - Parameter width: the values of a row.
    static func rows(of count: Int, width: Int) -> Int {
        let most = min(count, rows, max(values / max(width, 1), 1))
        var size = 1
        while size * 2 <= most { size *= 2 }
        return size
    }
}

/// A transaction under way.
package protocol SQLTransaction {
    var dialect: SQLDialect { get }

    /// Runs a statement whose answer does not matter. PostgreSQL sends it along with the next one that has an
    /// answer, so an error of it may surface there; it always surfaces before the commit.
    func execute(_ sql: SQLText) throws

    /// Runs a statement and says how many rows it changed.
    func executeCounting(_ sql: SQLText) throws -> Int

    /// Gives each row to `read` as it arrives.
    func forEach(_ sql: SQLText, _ read: (inout SQLRow) throws -> Void) throws

    /// Like `forEach`, for answers of any length: no engine ever holds all of the rows.
    func scan(_ sql: SQLText, _ read: (inout SQLRow) throws -> Void) throws

    /// Inserts rows, as many a statement as the engine is fastest with.
    ///
    /// - Parameters:
    ///   - into: the table and its columns, for example `posting (household_id, …)`.
    ///   - rows: values of equal number.
    ///   - suffix: what follows the rows, for example `ON CONFLICT DO NOTHING`.
    func insert(into: SQLText, rows: [[SQLValue]], suffix: SQLText) throws

    /// Tells readers of `SQLDatabase.version(of:)` once the transaction is committed.
    func noteVersion(_ version: Int64, of household: HouseholdID)

    /// Runs `act` once what this write did is committed; never when it fails. It must not block.
    func afterCommit(_ act: @escaping @Sendable () -> Void)
}

/// A transaction that several writes may share, each with acts of its own for when it is committed.
protocol SharedTransaction: SQLTransaction, AnyObject {
    var acts: [@Sendable () -> Void] { get set }
}

extension SharedTransaction {
    package func afterCommit(_ act: @escaping @Sendable () -> Void) { acts.append(act) }

    /// Runs one write.
    ///
    /// - Returns: what to do once it is committed.
    func run<Value>(
        _ body: (any SQLTransaction) throws -> Value,
        whenSafe: @escaping @Sendable (Value) -> Void
    ) throws -> @Sendable () -> Void where Value: Sendable {
        acts = []
        let value = try body(self)
        let acts = acts
        return {
            for act in acts { act() }
            whenSafe(value)
        }
    }
}

extension SQLTransaction {
    /// An engine that steps through its rows holds none of them.
    package func scan(_ sql: SQLText, _ read: (inout SQLRow) throws -> Void) throws {
        try forEach(sql, read)
    }

    package func rows<Value>(
        _ sql: SQLText,
        _ read: (inout SQLRow) throws -> Value
    ) throws -> [Value] {
        var rows: [Value] = []
        try forEach(sql) { rows.append(try read(&$0)) }
        return rows
    }

    /// The first row, where there is one.
    package func first<Value>(
        _ sql: SQLText,
        _ read: (inout SQLRow) throws -> Value
    ) throws -> Value? {
        var first: Value?
        try forEach(sql) { if first == nil { first = try read(&$0) } }
        return first
    }

    package func insert(into: SQLText, rows: [[SQLValue]]) throws {
        try insert(into: into, rows: rows, suffix: .empty)
    }

    /// Several rows a statement, which saves an engine that is asked over a wire its round trips.
    package func insert(into: SQLText, rows: [[SQLValue]], suffix: SQLText) throws {
        var rest = rows[...]
        while let width = rest.first?.count {
            let size = InsertSize.rows(of: rest.count, width: width)
            try execute("INSERT INTO \(into) VALUES \(rows: rest.prefix(size)) \(suffix)")
            rest = rest.dropFirst(size)
        }
    }
}
