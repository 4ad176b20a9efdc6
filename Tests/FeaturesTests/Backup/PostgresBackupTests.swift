import Crypto
import Features
import Foundation
import Ledger
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isPresent, .init(rawValue: PostgresServer.absence)))
struct PostgresBackupTests {
    /// Row-level security binds the tests' role, so that each household is dumped by itself.
    @Test func `every household comes back through row-level security`() async throws {
        try await DemoHousehold.with(.postgres, transactions: 80) { ann in
            let bob = try await DemoHousehold.found("bob", ann.environment)
            try await bob.fill(40)
            let database = try #require(ann.database as? PostgresDatabase)
            try await TemporarySQLite.withFolder { folder in
                let taken = try await PostgresDump(database.configuration)
                    .take(from: database, into: folder)

                #expect(taken.parts.count == 4)
                #expect(taken.facts.rows["ledger_transaction"] == 120)
                try await PostgresServer.withEngine { target in
                    #expect(try await PostgresDump.isEmpty(target))
                    try PostgresDump(target.configuration).put(taken.parts, from: folder)
                    #expect(try await !PostgresDump.isEmpty(target))
                    let manifest = BackupManifest(
                        version: "test",
                        engine: .postgres,
                        createdAt: DemoHousehold.noon,
                        facts: taken.facts,
                        passphrase: nil
                    )
                    let report = try await BackupProof(manifest)
                        .prove(target, keys: ann.environment.keys, at: DemoHousehold.noon)
                    #expect(report.transactions == 120)
                    try await Self.bindsRows(of: target, ann.household)
                }
            }
        }
    }

    /// The policies came back with the tables.
    private static func bindsRows(
        of database: PostgresDatabase,
        _ household: HouseholdID
    ) async throws {
        let (hidden, own) = (
            try await database.read(.shared) {
                try $0.first("SELECT COUNT(*) FROM posting") { try $0.integer() }
            },
            try await database.read(.household(household)) {
                try $0.first("SELECT COUNT(*) FROM posting") { try $0.integer() }
            }
        )
        #expect(hidden == 0)
        #expect(own ?? 0 > 100)
    }

    @Test func `a fill that fails at its end leaves nothing`() async throws {
        try await DemoHousehold.with(.postgres, transactions: 10) { home in
            let database = try #require(home.database as? PostgresDatabase)
            try await TemporarySQLite.withFolder { folder in
                let taken = try await PostgresDump(database.configuration)
                    .take(from: database, into: folder)
                try await PostgresServer.withEngine { target in
                    // Indexes are made last, and this name is taken.
                    try await target.executeAlone("CREATE TABLE mark (id bigint)")
                    try await target.executeAlone("CREATE INDEX posting_account ON mark (id)")

                    #expect(throws: BackupError.self) {
                        try PostgresDump(target.configuration).put(taken.parts, from: folder)
                    }

                    let tables = try await target.read(.shared) {
                        try $0.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'") {
                            try $0.text()
                        }
                    }
                    #expect(tables == ["mark"])
                }
            }
        }
    }

    @Test func `a database takes the place of another`() async throws {
        try await PostgresServer.withFreshDatabase { configuration in
            let place = PostgresPlace(configuration)
            let other = try #require(try await place.makeBeside("other"))
            let fresh = PostgresDatabase(other)
            try await fresh.executeAlone("CREATE TABLE mark (id bigint)")
            try await fresh.close()

            let kept = try await place.swap(with: other, suffix: "before")

            let now = PostgresDatabase(configuration)
            #expect(try await !PostgresDump.isEmpty(now))
            try await PostgresDump.empty(now)
            #expect(try await PostgresDump.isEmpty(now))
            try await now.close()
            try await place.drop(configuration.database(kept))
        }
    }
}
