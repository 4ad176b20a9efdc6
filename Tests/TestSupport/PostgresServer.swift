import Foundation
package import Storage

/// The PostgreSQL server that tests run on, named by `MARTLET_TEST_DATABASE_URL`: a role that is
/// no superuser and may create databases.
package enum PostgresServer {
    package static let isPresent = configuration != nil

    /// What `.enabled(if:)` says where there is none.
    package static let absence = "MARTLET_TEST_DATABASE_URL names no PostgreSQL server"

    private static let configuration: PostgresConfiguration? = {
        guard let url = ProcessInfo.processInfo.environment["MARTLET_TEST_DATABASE_URL"],
            !url.isEmpty
        else { return nil }
        do {
            return try PostgresConfiguration(url: url)
        } catch {
            fatalError("MARTLET_TEST_DATABASE_URL: \(error)")
        }
    }()

    private static let administration = configuration.map { configuration in
        var one = configuration
        one.poolSize = 2
        one.acquireTimeoutMilliseconds = 600_000
        return PostgresDatabase(one)
    }

    /// For tests that leave nothing behind; it is cheaper than a database of its own.
    package static let commonEngine = configuration.map { PostgresDatabase($0) }

    /// All tests begin at once, and each holds several connections. A server that has to take them all answers none in time.
    /// The few tests that use two databases are far fewer than these.
    private static let places = Places(48)

    struct Absent: Error {}

    /// Makes a database of its own for a test, and drops it after.
    @discardableResult
    package static func withFreshDatabase<Value>(
        _ body: (PostgresConfiguration) async throws -> Value
    ) async throws -> Value {
        guard let configuration, let administration else { throw Absent() }
        await places.take()
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await withDatabase(configuration, administration, body))
        } catch {
            outcome = .failure(error)
        }
        await places.giveBack()
        return try outcome.get()
    }

    private static func withDatabase<Value>(
        _ configuration: PostgresConfiguration,
        _ administration: PostgresDatabase,
        _ body: (PostgresConfiguration) async throws -> Value
    ) async throws -> Value {
        let name = "martlet_test_\(UInt64.random(in: 0 ... .max))"
        try await administration.executeAlone(
            .literal("CREATE DATABASE \(name) TEMPLATE template0")
        )
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body(configuration.database(name)))
        } catch {
            outcome = .failure(error)
        }
        try await drop(name, with: administration)
        return try outcome.get()
    }

    /// FORCE ends connections of ours, but may not touch the server's own vacuuming, which the
    /// plain form waits for.
    private static func drop(_ name: String, with administration: PostgresDatabase) async throws {
        do {
            try await administration.executeAlone(.literal("DROP DATABASE \(name) WITH (FORCE)"))
        } catch StorageError.engine("42501", _) {
            try await administration.executeAlone(.literal("DROP DATABASE \(name)"))
        }
    }

    /// The same with the engine, closed after.
    @discardableResult
    package static func withEngine<Value>(
        _ adjust: (inout PostgresConfiguration) -> Void = { _ in },
        _ body: (PostgresDatabase) async throws -> Value
    ) async throws -> Value {
        try await withFreshDatabase { configuration in
            var adjusted = configuration
            adjust(&adjusted)
            let database = PostgresDatabase(adjusted)
            let outcome: Result<Value, any Error>
            do {
                outcome = .success(try await body(database))
            } catch {
                outcome = .failure(error)
            }
            try await database.close()
            return try outcome.get()
        }
    }
}

extension SQLText {
    /// A statement of a test's own making, without values.
    package static func literal(_ text: String) -> SQLText {
        SQLText(stringLiteral: text)
    }
}
