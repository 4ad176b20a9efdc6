package import Foundation
import Ledger
package import Storage

/// The engines that every storage and feature test runs on, with a database of its own each time.
package enum TestEngine: String, CaseIterable, Sendable {
    case sqlite, postgres

    /// What tests are given as `arguments:`. Where services are demanded, PostgreSQL is among them even
    /// when it is not there, so that its absence fails.
    package static let present: [TestEngine] = {
        let isDemanded = ProcessInfo.processInfo.environment["MARTLET_TEST_REQUIRE_SERVICES"] == "1"
        return PostgresServer.isPresent || isDemanded ? allCases : [.sqlite]
    }()

    /// An empty database, without any table.
    @discardableResult
    package func withEmptyDatabase<Value>(
        _ body: (any SQLDatabase) async throws -> Value
    ) async throws -> Value {
        switch self {
        case .sqlite: try await TemporarySQLite.withDatabase(body)
        case .postgres: try await PostgresServer.withEngine { try await body($0) }
        }
    }

    /// A database of this build's shape, without any row.
    @discardableResult
    package func withDatabase<Value>(
        _ body: (any SQLDatabase) async throws -> Value
    ) async throws -> Value {
        try await withEmptyDatabase { database in
            _ = try await Migrator().migrate(database, at: Instant(microseconds: 0))
            return try await body(database)
        }
    }
}

/// SQLite files in a folder that is gone after.
package enum TemporarySQLite {
    @discardableResult
    package static func withFolder<Value>(
        _ body: (URL) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "martlet-test-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body(folder))
        } catch {
            outcome = .failure(error)
        }
        try FileManager.default.removeItem(at: folder)
        return try outcome.get()
    }

    @discardableResult
    package static func withDatabase<Value>(
        _ body: (SQLiteDatabase) async throws -> Value
    ) async throws -> Value {
        try await withFolder { folder in
            let database = try SQLiteDatabase(path: folder.appending(path: "martlet.db").path) {
                fatalError("a sync failed: \($0)")
            }
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
