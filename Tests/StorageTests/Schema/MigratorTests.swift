import Ledger
import Storage
import TestSupport
import Testing

struct MigratorTests {
    private static let now = Instant(microseconds: 1_800_000_000_000_000)

    @Test(arguments: TestEngine.present)
    func `the schema is the committed one`(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let text = try await SchemaSnapshot.text(of: database)

            let committed = try SchemaSnapshot.committed(database.dialect, now: text)

            #expect(text == committed, "MARTLET_RECORD_SNAPSHOTS=1 writes it anew, for review")
        }
    }

    @Test(arguments: TestEngine.present)
    func `a second run has nothing to do`(engine: TestEngine) async throws {
        try await engine.withEmptyDatabase { database in
            let migrator = Migrator()
            let names = Migration.all.map(\.name)

            let before = try await migrator.pending(database)
            let first = try await migrator.migrate(database, at: Self.now)
            let second = try await migrator.migrate(database, at: Self.now)
            let after = try await migrator.pending(database)

            #expect([before, first, second, after] == [names, names, [], []])
        }
    }

    @Test func `the steps are numbered from one without a gap`() {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
        #expect(Set(Migration.all.map(\.name)).count == Migration.all.count)
    }

    @Test(arguments: TestEngine.present)
    func `a database from the future is refused and left alone`(engine: TestEngine) async throws {
        try await engine.withEmptyDatabase { database in
            let future = Migration(Migration.all.count + 1, "future") { dialect in
                ["CREATE TABLE future (n \(dialect.integer))"]
            }
            _ = try await Migrator(Migration.all + [future]).migrate(database, at: Self.now)

            await #expect(throws: StorageError.self) {
                try await Migrator().migrate(database, at: Self.now)
            }
            let error = await #expect(throws: StorageError.self) {
                _ = try await Migrator().pending(database)
            }
            #expect(Self.text(of: error).contains("newer Martlet"))
            try await database.write(.shared) {
                try $0.execute("INSERT INTO future (n) VALUES (1)")
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `a step that was edited after its release is refused`(engine: TestEngine) async throws {
        try await engine.withEmptyDatabase { database in
            let step = { @Sendable (type: String) in
                Migrator([Migration(1, "first") { _ in ["CREATE TABLE t (n \(type))"] }])
            }
            _ = try await step("integer").migrate(database, at: Self.now)

            let error = await #expect(throws: StorageError.self) {
                try await step("text").migrate(database, at: Self.now)
            }

            #expect(Self.text(of: error).contains("first"))
            let names = try await step("integer").migrate(database, at: Self.now)
            #expect(names == [])
        }
    }

    /// A step that fails half-way leaves nothing of itself.
    @Test(arguments: TestEngine.present)
    func `a failing step is undone and can be repeated`(engine: TestEngine) async throws {
        try await engine.withEmptyDatabase { database in
            let good = Migration(1, "good") { _ in ["CREATE TABLE t (n integer)"] }
            let bad = Migration(2, "bad") { _ in
                ["CREATE TABLE u (n integer)", "INSERT INTO nowhere (n) VALUES (1)"]
            }
            let mended = Migration(2, "mended") { _ in ["CREATE TABLE u (n integer)"] }

            await #expect(throws: StorageError.self) {
                try await Migrator([good, bad]).migrate(database, at: Self.now)
            }

            let pending = try await Migrator([good, bad]).pending(database)
            let names = try await Migrator([good, mended]).migrate(database, at: Self.now)
            #expect(pending == ["bad"])
            #expect(names == ["mended"])
        }
    }

    private static func text(of error: (any Error)?) -> String {
        error.map { "\($0)" } ?? ""
    }

    @Test func `PostgreSQL binds each tenant table to its household`() async throws {
        try await withPostgresOnly { database in
            let unbound = try await database.read(.shared) { transaction in
                try transaction.rows(
                    """
                    SELECT DISTINCT c.table_name::text FROM information_schema.columns c
                    JOIN pg_class r ON r.oid = c.table_name::regclass
                    WHERE c.table_schema = 'public' AND c.column_name = 'household_id'
                        AND NOT (r.relrowsecurity AND r.relforcerowsecurity)
                    ORDER BY 1
                    """
                ) { try $0.text() }
            }

            // Memberships, with what they show and who is invited, and what people are told belong to people too, and the
            // search index holds ids and words only; work is done over all households.
            #expect(
                unbound == [
                    "account_hidden_formerly", "account_visibility", "account_visibility_member",
                    "calendar_feed", "household_grant", "invitation", "job", "member", "notice",
                    "notice_look", "notice_threshold", "transaction_search",
                ]
            )
        }
    }

    private func withPostgresOnly(_ body: (any SQLDatabase) async throws -> Void) async throws {
        guard TestEngine.present.contains(.postgres) else { return }
        try await TestEngine.postgres.withDatabase(body)
    }
}
