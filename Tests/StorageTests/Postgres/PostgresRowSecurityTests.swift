import Ledger
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isPresent, Comment(rawValue: PostgresServer.absence)))
struct PostgresRowSecurityTests {
    private static let mine = HouseholdID.numbered(1)
    private static let theirs = HouseholdID.numbered(2)

    private static func withRows(
        _ adjust: (inout PostgresConfiguration) -> Void = { _ in },
        _ body: (PostgresDatabase) async throws -> Void
    ) async throws {
        try await PostgresServer.withEngine(adjust) { database in
            try await database.write(.shared) { transaction in
                try transaction.execute("CREATE TABLE note (household_id uuid, n bigint)")
                for statement in PostgresRowSecurity.statements(table: "note") {
                    try transaction.execute(statement)
                }
            }
            for (household, number) in [(mine, 1), (theirs, 2)] {
                try await database.execute(
                    "INSERT INTO note (household_id, n) VALUES (\(household), \(number))",
                    in: .household(household)
                )
            }
            try await body(database)
        }
    }

    @Test func `without a household there are no rows`() async throws {
        try await Self.withRows { database in
            try await database.expect("SELECT count(*) FROM note", is: 0)
        }
    }

    @Test func `another household's rows are not there`() async throws {
        try await Self.withRows { database in
            try await database.expect("SELECT sum(n) FROM note", is: 1, in: .household(Self.mine))
            try await database.expect("SELECT sum(n) FROM note", is: 2, in: .household(Self.theirs))
            let changed = try await database.write(.household(Self.mine)) {
                try $0.executeCounting("DELETE FROM note WHERE household_id = \(Self.theirs)")
            }
            #expect(changed == 0)
        }
    }

    @Test(arguments: [SQLScope.shared, .household(mine)])
    func `a row for another household is refused`(scope: SQLScope) async throws {
        try await Self.withRows { database in
            await #expect(
                throws: StorageError.engine(
                    code: "42501",
                    message: "new row violates row-level security policy for table \"note\""
                )
            ) {
                try await database.execute(
                    "INSERT INTO note (household_id, n) VALUES (\(Self.theirs), 3)",
                    in: scope
                )
            }
        }
    }

    /// The setting must not outlive its transaction on a connection that others use next.
    @Test func `the household is forgotten after each transaction`() async throws {
        try await Self.withRows({ $0.poolSize = 1 }) { database in
            for _ in 0..<3 {
                try await database.expect(
                    "SELECT sum(n) FROM note",
                    is: 1,
                    in: .household(Self.mine)
                )
                try await database.expect("SELECT count(*) FROM note", is: 0)
                _ = try? await database.execute("SELECT 1 / 0", in: .household(Self.theirs))
                try await database.expect("SELECT count(*) FROM note", is: 0)
            }
        }
    }
}
