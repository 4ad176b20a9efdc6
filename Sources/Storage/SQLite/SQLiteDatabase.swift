import CSQLiteSettings
import GRDB
package import Ledger
import Synchronization

/// SQLite in one file, for a household's own machine.
///
/// Reads run on snapshots beside the one writer. Writes that wait share a transaction and a sync
/// (`SQLiteWriteQueue`), and are acknowledged after it.
package final class SQLiteDatabase: SQLDatabase {
    private let pool: DatabasePool
    private let queue: SQLiteWriteQueue
    private let versions: VersionBoard

    /// Opens or creates the file.
    ///
    /// - Parameters:
    ///   - readers: how many snapshots can be read at once.
    ///   - waitingWrites: how many writes may wait; the next is refused as `unavailable`.
    ///   - onSyncFailure: called when a write may not have reached the disk. Trying again could report success
    ///     after data is gone, so the process has to end there.
    /// - Throws: `engine` when the file cannot be opened or does not sync each commit.
    package init(
        path: String,
        readers: Int = 4,
        waitingWrites: Int = 4_096,
        onSyncFailure: @escaping @Sendable (StorageError) -> Void
    ) throws {
        _ = Self.settings
        var configuration = Configuration()
        configuration.label = "martlet"
        configuration.maximumReaderCount = readers
        configuration.busyMode = .timeout(Self.busyTimeoutSeconds)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA temp_store = MEMORY;
                    PRAGMA cache_size = -16384;
                    PRAGMA mmap_size = 268435456;
                    PRAGMA trusted_schema = OFF;
                    """
            )
        }
        pool = try DatabasePool(path: path, configuration: configuration)
        try Self.demandDurability(of: pool)
        versions = VersionBoard()
        queue = SQLiteWriteQueue(
            pool: pool,
            versions: versions,
            waitingLimit: waitingWrites,
            onSyncFailure: onSyncFailure
        )
    }

    package static let busyTimeoutSeconds = 5.0

    /// Settings of the library, made once in a process. Nothing reads the statistics, and counting them costs a tenth
    /// of an import. SQLite refuses to change them once it is in use, which does no harm.
    private static let settings: Void = { _ = martlet_sqlite_leave_out_statistics() }()

    /// GRDB sets NORMAL after `prepareDatabase` has run, and NORMAL may lose acknowledged commits in a power cut.
    private static func demandDurability(of pool: DatabasePool) throws {
        let level = try pool.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    PRAGMA synchronous = FULL;
                    PRAGMA fullfsync = ON;
                    PRAGMA checkpoint_fullfsync = ON;
                    PRAGMA wal_autocheckpoint = 4000;
                    PRAGMA journal_size_limit = 67108864;
                    PRAGMA cache_size = -65536;
                    """
            )
            return try Int.fetchOne(database, sql: "PRAGMA synchronous")
        }
        guard level == 2 else {
            throw StorageError.engine(
                code: "synchronous",
                message: "SQLite does not sync each commit"
            )
        }
    }

    package var dialect: SQLDialect { .sqlite }

    package func read<Value: Sendable>(
        _ scope: SQLScope,
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        do {
            return try await pool.read { try body(SQLiteTransaction($0)) }
        } catch let error as DatabaseError {
            throw StorageError(sqlite: error.extendedResultCode.rawValue, error.message ?? "")
        }
    }

    package func write<Value: Sendable>(
        _ scope: SQLScope,
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await queue.write(body)
    }

    package func version(of household: HouseholdID) async throws -> Int64? {
        if let known = versions[household] { return known }
        let stored = try await read(.shared) { transaction in
            try transaction.first("SELECT version FROM household WHERE id = \(household)") {
                try $0.integer()
            }
        }
        if let stored { versions.raise(household, to: stored) }
        return stored
    }

    package func ping() async throws {
        _ = try await read(.shared) { try $0.first("SELECT 1") { try $0.integer() } }
        if let failure = queue.lastFailure { throw failure }
    }

    package var gauges: [StorageGauge] { queue.gauges }

    package func close() async throws {
        try await queue.drain()
        // SQLite would do it when the last connection closes, were that not one that may only read.
        try await pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try pool.close()
    }

    /// Copies the whole database into a new file, consistent although writes go on.
    ///
    /// - Source: SQLite's online backup API.
    package func backup(to path: String) throws {
        let target = try DatabaseQueue(path: path)
        try pool.backup(to: target)
        try target.close()
    }

    /// What SQLite itself finds broken in the file; empty when it is whole.
    package func integrityProblems() async throws -> [String] {
        try await pool.read { database in
            let lines = try String.fetchAll(database, sql: "PRAGMA integrity_check")
            return lines == ["ok"] ? [] : lines
        }
    }
}

/// The newest committed version of each household, so that a cached answer can be proved fresh without a query.
///
/// It is exact, because one process alone writes the file (the data folder's lock).
final class VersionBoard: Sendable {
    private let versions = Mutex<[HouseholdID: Int64]>([:])

    subscript(household: HouseholdID) -> Int64? {
        versions.withLock { $0[household] }
    }

    func raise(_ household: HouseholdID, to version: Int64) {
        versions.withLock { $0[household] = max($0[household] ?? .min, version) }
    }
}
