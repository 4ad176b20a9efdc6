package import Foundation
import Ledger
package import Storage

/// Takes a PostgreSQL database out, on one snapshot, and puts it back.
///
/// Row-level security binds the tables' owner too. A role that it cannot bind dumps all rows at once; any other dumps
/// the rows of each household by themselves, all on the same snapshot.
package struct PostgresDump: Sendable {
    private let configuration: PostgresConfiguration
    private let tools: PostgresTools

    package init(_ configuration: PostgresConfiguration) {
        self.configuration = configuration
        tools = PostgresTools(configuration)
    }

    // MARK: Out

    package struct Taken: Sendable {
        package let facts: BackupFacts
        /// In the order in which they go back.
        package let parts: [String]
    }

    /// Writes each part as a file of its name.
    package func take(from database: PostgresDatabase, into folder: URL) async throws -> Taken {
        // The thread is the connection's own; it waits for the programs and keeps the snapshot alive.
        try await database.read(.shared) { transaction in
            let snapshot = try transaction.first("SELECT pg_export_snapshot()") { try $0.text() }
            let seesAll = try transaction.first(
                "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
            ) { try $0.boolean() }
            let households: [HouseholdID] = try transaction.rows(
                "SELECT id FROM household ORDER BY id"
            ) { try $0.identifier() }
            let facts = try BackupFacts(in: transaction)
            guard let snapshot else { throw BackupError.tool("PostgreSQL exported no snapshot") }
            let parts = try dump(snapshot, households, seesAll: seesAll ?? false, into: folder)
            return Taken(facts: facts, parts: parts)
        }
    }

    private func dump(
        _ snapshot: String,
        _ households: [HouseholdID],
        seesAll: Bool,
        into folder: URL
    ) throws -> [String] {
        let common = ["-Fc", "--no-owner", "--no-privileges", "--snapshot=\(snapshot)"]
        func dump(_ name: String, _ arguments: [String], options: String? = nil) throws {
            let file = ["-f", folder.appending(path: name).path]
            try tools.run("pg_dump", common + file + arguments, options: options)
        }
        try dump(BackupPart.shape, ["--section=pre-data", "--section=post-data"])
        guard !seesAll else {
            try dump(BackupPart.shared, ["--section=data"])
            return [BackupPart.shape, BackupPart.shared]
        }
        let others = TenantTables.all.map { "--exclude-table=public.\($0)" }
        try dump(BackupPart.shared, ["--section=data"] + others)
        let own = TenantTables.all.map { "--table=public.\($0)" }
        for household in households {
            try dump(
                BackupPart.household(household),
                ["--section=data", "--enable-row-security"] + own,
                options: "-c \(PostgresRowSecurity.setting)=\(household)"
            )
        }
        return [BackupPart.shape, BackupPart.shared] + households.map(BackupPart.household)
    }

    // MARK: Back

    /// Fills an empty database in one transaction: whenever it ends, all is there or nothing.
    ///
    /// Rules, keys and row security come last, when the rows are there.
    package func put(_ parts: [String], from folder: URL) throws {
        let rows = parts.filter { $0 != BackupPart.shape }.map { ($0, "data") }
        let sections = [(BackupPart.shape, "pre-data")] + rows + [(BackupPart.shape, "post-data")]
        let scripts = folder.appending(path: "scripts")
        try FileManager.default.createDirectory(
            at: scripts,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        var order = ""
        for (index, (part, section)) in sections.enumerated() {
            try tools.run(
                "pg_restore",
                [
                    "--file=\(scripts.appending(path: "\(index).sql").path)",
                    "--section=\(section)", "--no-owner", "--no-privileges",
                    folder.appending(path: part).path,
                ]
            )
            order += "\\ir \(index).sql\n"
        }
        // Until its own statistics come, PostgreSQL would take every table for a small one.
        order += "SET client_min_messages = error;\nANALYZE;\n"
        let all = scripts.appending(path: "all.sql")
        try order.write(to: all, atomically: false, encoding: .utf8)
        try tools.run(
            "psql",
            [
                "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
                "--file=\(all.path)",
            ],
            options: "-c client_min_messages=warning"
        )
        try FileManager.default.removeItem(at: scripts)
    }

    /// Whether there is nothing of anyone's in it.
    package static func isEmpty(_ database: PostgresDatabase) async throws -> Bool {
        try await database.read(.shared) { transaction in
            let count = try transaction.first(
                """
                SELECT (SELECT COUNT(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace)
                    + (SELECT COUNT(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace)
                """
            ) { try $0.integer() }
            return count == 0
        }
    }

    /// Whether anyone else is connected to it.
    package static func isInUse(_ database: PostgresDatabase) async throws -> Bool {
        try await database.read(.shared) { transaction in
            let others = try transaction.first(
                """
                SELECT COUNT(*) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                    AND backend_type = 'client backend'
                """
            ) { try $0.integer() }
            return others != 0
        }
    }

    /// Empties a database that was empty before.
    package static func empty(_ database: PostgresDatabase) async throws {
        try await database.executeAlone("DROP SCHEMA public CASCADE")
        try await database.executeAlone("CREATE SCHEMA public")
    }
}
