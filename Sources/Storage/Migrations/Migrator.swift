import Crypto

/// Brings a database to the shape that this build knows.
package struct Migrator: Sendable {
    private let migrations: [Migration]

    package init(_ migrations: [Migration] = Migration.all) {
        self.migrations = migrations
    }

    /// Applies what is missing, each step in a transaction of its own.
    ///
    /// - Returns: the names of the steps that were applied.
    /// - Throws: `migration` when the database is from the future or a released step was edited.
    package func migrate(_ database: some SQLDatabase, at now: Instant) async throws -> [String] {
        let applied = try await appliedSteps(of: database)
        try verify(applied, database.dialect)
        var names: [String] = []
        for migration in migrations where applied[migration.number] == nil {
            try await database.write(.shared) { transaction in
                for statement in migration.statements(transaction.dialect) {
                    try transaction.execute(SQLText(stringLiteral: statement))
                }
                try transaction.execute(
                    """
                    INSERT INTO schema_migration (number, name, checksum, applied_at)
                    VALUES (\(migration.number), \(migration.name),
                        \(Self.checksum(migration, transaction.dialect)), \(now))
                    """
                )
            }
            names.append(migration.name)
        }
        return names
    }

    /// The steps that the database has not seen yet.
    package func pending(_ database: some SQLDatabase) async throws -> [String] {
        let applied = try await appliedSteps(of: database)
        try verify(applied, database.dialect)
        return migrations.filter { applied[$0.number] == nil }.map(\.name)
    }

    private func appliedSteps(of database: some SQLDatabase) async throws -> [Int: String] {
        try await database.write(.shared) { transaction in
            let (integer, text) = (transaction.dialect.integer, transaction.dialect.text)
            try transaction.execute(
                SQLText(
                    stringLiteral: """
                        CREATE TABLE IF NOT EXISTS schema_migration (
                            number \(integer) NOT NULL PRIMARY KEY, name \(text) NOT NULL,
                            checksum \(text) NOT NULL, applied_at \(integer) NOT NULL)
                        """
                )
            )
            let rows = try transaction.rows("SELECT number, checksum FROM schema_migration") {
                (try $0.int(), try $0.text())
            }
            return Dictionary(uniqueKeysWithValues: rows)
        }
    }

    private func verify(_ applied: [Int: String], _ dialect: SQLDialect) throws {
        for (number, checksum) in applied {
            guard let known = migrations.first(where: { $0.number == number }) else {
                throw StorageError.migration(
                    "the database was made by a newer Martlet (step \(number)); use that or restore a backup"
                )
            }
            guard Self.checksum(known, dialect) == checksum else {
                throw StorageError.migration(
                    "step \(number) (\(known.name)) is not the one that was applied"
                )
            }
        }
    }

    private static func checksum(_ migration: Migration, _ dialect: SQLDialect) -> String {
        var hash = SHA256()
        for statement in migration.statements(dialect) { hash.update(data: Array(statement.utf8)) }
        return hash.finalize().prefix(16).map { byte in
            let hex = String(byte, radix: 16)
            return byte < 16 ? "0" + hex : hex
        }.joined()
    }
}
