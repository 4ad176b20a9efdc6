package import Ledger

/// PostgreSQL 15 or later through libpq.
///
/// Each connection owns a thread, so that nothing blocks Swift's own. Several processes may work
/// on one database. Reads see one snapshot; writes of one household take turns, those of several
/// run side by side.
package final class PostgresDatabase: SQLDatabase {
    private let pool: PostgresPool

    /// Connects when the first work comes.
    package init(_ configuration: PostgresConfiguration) {
        pool = PostgresPool(configuration)
    }

    package var dialect: SQLDialect { .postgres }

    package var configuration: PostgresConfiguration { pool.configuration }

    package func read<Value: Sendable>(
        _ scope: SQLScope,
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await run(.read(scope), body)
    }

    package func write<Value: Sendable>(
        _ scope: SQLScope,
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await run(.write(scope), body)
    }

    /// Asks the database each time, because another node may have written.
    package func version(of household: HouseholdID) async throws -> Int64? {
        try await run(.glance) { transaction in
            try transaction.first("SELECT version FROM household WHERE id = \(household)") {
                try $0.integer()
            }
        }
    }

    /// Who asks for health wants to know soon.
    private static let pingPatience = Duration.seconds(2)

    package func ping() async throws {
        _ = try await run(.glance, patience: Self.pingPatience) {
            try $0.first("SELECT 1") { try $0.integer() }
        }
    }

    /// Runs one statement outside of any transaction, as `CREATE DATABASE` demands. It is never
    /// run again by itself.
    package func executeAlone(_ sql: SQLText) async throws {
        try await run(.alone) { _ = try $0.executeCounting(sql) }
    }

    package func close() async throws {
        await pool.close()
    }

    private func run<Value: Sendable>(
        _ kind: PostgresJob.Kind,
        patience: Duration? = nil,
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        let usual = Duration.milliseconds(pool.configuration.acquireTimeoutMilliseconds)
        let patience = min(patience ?? usual, usual)
        return try await withCheckedThrowingContinuation { continuation in
            let job = PostgresJob(kind: kind, deadline: .now + patience) { transaction in
                try transaction.run(body) { continuation.resume(returning: $0) }
            } fail: {
                continuation.resume(throwing: $0)
            }
            pool.enqueue(job)
        }
    }
}

// MARK: Figures

extension PostgresDatabase {
    package var gauges: [StorageGauge] {
        pool.withState { state in
            let counts = state.counts
            return [
                ("pool_in_use", "Connections that work.", Int64(state.threads - state.idleThreads)),
                ("pool_idle", "Connections that wait for work.", Int64(state.idleThreads)),
                ("pool_waiting", "Work that waits for a connection.", Int64(state.waiting)),
                ("commits_total", "Transactions committed.", counts.commits),
                ("writes_total", "Writes acknowledged.", counts.writes),
                ("groups_total", "Commits that several writes shared.", counts.groups),
                ("retries_total", "Work that was run again.", counts.retries),
                ("connections_total", "Connections made.", counts.connections),
                ("connections_lost_total", "Connections lost at work.", counts.lostConnections),
            ].map { StorageGauge(name: $0.0, help: $0.1, value: $0.2) }
        }
    }
}
