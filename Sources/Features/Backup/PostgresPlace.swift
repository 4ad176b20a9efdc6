import Foundation
package import Storage

/// Databases that come and go beside the one in use, on the same server.
package struct PostgresPlace: Sendable {
    private let configuration: PostgresConfiguration

    package init(_ configuration: PostgresConfiguration) {
        self.configuration = configuration
    }

    private var name: String { configuration["dbname"] ?? "martlet" }

    /// Names go into statements as they are, so they are made of harmless letters or refused.
    private static func identifier(_ name: String) throws -> SQLText {
        guard !name.contains("\""), !name.contains("\0"), name.utf8.count <= 63 else {
            throw BackupError.tool("the database's name is too odd or too long to work beside it")
        }
        return SQLText(stringLiteral: "\"\(name)\"")
    }

    /// - Returns: nil when the role may not make databases.
    package func makeBeside(_ suffix: String) async throws -> PostgresConfiguration? {
        let other = "\(name.prefix(40))_\(suffix)"
        do {
            try await alone {
                try await $0.executeAlone(
                    "CREATE DATABASE \(Self.identifier(other)) TEMPLATE template0"
                )
            }
        } catch StorageError.engine("42501", _) {
            return nil
        }
        return configuration.database(other)
    }

    /// Lets a role that owns nothing serve from another database, now and after later migrations.
    package func grant(_ other: PostgresConfiguration, to role: String) async throws {
        let role = try Self.identifier(role)
        let database = PostgresDatabase(other)
        do {
            try await database.write(.shared) { transaction in
                for statement: SQLText in [
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO \(role)",
                    """
                    ALTER DEFAULT PRIVILEGES IN SCHEMA public
                        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO \(role)
                    """,
                ] {
                    try transaction.execute(statement)
                }
            }
        } catch {
            try await database.close()
            throw error
        }
        try await database.close()
    }

    package func drop(_ other: PostgresConfiguration) async throws {
        let identifier = try Self.identifier(other["dbname"] ?? "")
        try await alone { try await $0.executeAlone("DROP DATABASE \(identifier)") }
    }

    /// Gives `other` the name of the one in use, which goes on under another.
    ///
    /// - Returns: the old one's new name.
    package func swap(with other: PostgresConfiguration, suffix: String) async throws -> String {
        let kept = "\(name.prefix(40))_\(suffix)"
        let (mine, old) = (try Self.identifier(name), try Self.identifier(kept))
        let new = try Self.identifier(other["dbname"] ?? "")
        try await alone { database in
            try await database.write(.shared) { transaction in
                try transaction.execute("ALTER DATABASE \(mine) RENAME TO \(old)")
                try transaction.execute("ALTER DATABASE \(new) RENAME TO \(mine)")
            }
        }
        return kept
    }

    /// Works from another database of the server, since none can be renamed or dropped from within.
    private func alone(_ body: (PostgresDatabase) async throws -> Void) async throws {
        var outside = configuration.database("postgres")
        outside.poolSize = 1
        let database = PostgresDatabase(outside)
        do {
            try await body(database)
        } catch {
            try await database.close()
            throw error
        }
        try await database.close()
    }
}
