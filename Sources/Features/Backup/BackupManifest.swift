import Foundation
package import Ledger
package import Storage

/// What a backup is of: the first thing in its file.
package struct BackupManifest: Codable, Sendable, Equatable {
    package static let currentFormat = 1

    package var format = BackupManifest.currentFormat
    /// The Martlet that made it.
    package var version: String
    package var engine: Engine
    /// RFC 3339
    package var createdAt: String
    /// The steps that the schema had seen, in order.
    package var schemaSteps: [String]
    package var households: Int64
    /// How many rows each table had.
    package var rows: [String: Int64]
    /// Nil when nothing in it is encrypted, and the secrets are not in it.
    package var passphrase: PassphraseKey.Recipe?
    package var parts: [Part] = []

    package enum Engine: String, Codable, Sendable {
        case sqlite, postgres
    }

    /// A file inside the archive.
    package struct Part: Codable, Sendable, Equatable {
        package var name: String
        /// - Units: bytes
        package var size: Int
        /// Of the bytes as they lie in the archive, in hexadecimal.
        package var sha256: String
    }

    package init(
        version: String,
        engine: Engine,
        createdAt: Instant,
        facts: BackupFacts,
        passphrase: PassphraseKey.Recipe?
    ) {
        self.version = version
        self.engine = engine
        self.createdAt = createdAt.rfc3339
        schemaSteps = facts.schemaSteps
        households = facts.rows["household"] ?? 0
        rows = facts.rows
        self.passphrase = passphrase
    }

    package var hasSecrets: Bool { parts.contains { $0.name == BackupPart.secrets } }

    init(json: [UInt8]) throws {
        self = try JSONDecoder().decode(BackupManifest.self, from: Data(json))
    }

    var json: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            return Array(try encoder.encode(self))
        }
    }
}

/// The names that a part may have. Any other is refused: a name from a file is never made into a path.
package enum BackupPart {
    package static let sqlite = "martlet.sqlite"
    package static let secrets = "secrets"
    /// Tables, before there is data in them.
    package static let shape = "shape.pgdump"
    /// Rows of tables that belong to no household, or of all.
    package static let shared = "rows.pgdump"

    /// The rows of one household.
    package static func household(_ id: HouseholdID) -> String { "household-\(id).pgdump" }

    package static func isKnown(_ name: String) -> Bool {
        if [sqlite, secrets, shape, shared].contains(name) { return true }
        guard name.hasPrefix("household-"), name.hasSuffix(".pgdump") else { return false }
        let id = HouseholdID(name.dropFirst("household-".count).dropLast(".pgdump".count))
        return id.map(household) == name
    }
}

/// What can be counted in a database, so that a restored copy can be compared with it.
package struct BackupFacts: Sendable, Equatable {
    package var schemaSteps: [String]
    package var rows: [String: Int64]

    private static let sharedTables = ["person", "household", "member", "session", "refresh_token"]

    /// Counts every row on the transaction's own snapshot.
    package init(in transaction: any SQLTransaction) throws {
        schemaSteps = try transaction.rows("SELECT name FROM schema_migration ORDER BY number") {
            try $0.text()
        }
        rows = try Self.counts(Self.sharedTables, nil, transaction)
        for table in TenantTables.all { rows[table] = 0 }
        let households: [HouseholdID] = try transaction.rows("SELECT id FROM household") {
            try $0.identifier()
        }
        for household in households {
            if transaction.dialect == .postgres {
                // Row-level security shows one household at a time.
                _ = try transaction.executeCounting(
                    "SELECT set_config('martlet.household', \(household.description), true)"
                )
            }
            let counts = try Self.counts(TenantTables.all, household, transaction)
            rows.merge(counts) { $0 + $1 }
        }
    }

    /// What a restored copy has more or less of than its backup promised, where both have the same shape.
    package func differences(from manifest: BackupManifest) -> [String] {
        guard schemaSteps == manifest.schemaSteps else { return [] }
        return manifest.rows.sorted { $0.key < $1.key }
            .filter { rows[$0.key] != $0.value }
            .map { "\($0.key) has \(rows[$0.key] ?? 0) rows of \($0.value)" }
    }

    private static func counts(
        _ tables: [String],
        _ household: HouseholdID?,
        _ transaction: any SQLTransaction
    ) throws -> [String: Int64] {
        var counts: [String: Int64] = [:]
        for table in tables {
            let name = SQLText(stringLiteral: table)
            let condition: SQLText = household.map { "WHERE household_id = \($0)" } ?? .empty
            counts[table] = try transaction.first("SELECT COUNT(*) FROM \(name) \(condition)") {
                try $0.integer()
            }
        }
        return counts
    }
}
