import Ledger
import Storage
import TestSupport
import Testing

struct SQLiteErrorTests {
    private static let schema: [SQLText] = [
        "CREATE TABLE parent (id INTEGER NOT NULL PRIMARY KEY) STRICT",
        """
        CREATE TABLE child (parent_id INTEGER REFERENCES parent (id),
            amount INTEGER NOT NULL CONSTRAINT child_positive CHECK (amount > 0)) STRICT
        """,
        """
        CREATE TRIGGER refuses BEFORE DELETE ON parent
        BEGIN SELECT RAISE(ABORT, 'parent.stays'); END
        """,
        "INSERT INTO parent (id) VALUES (1)",
        "INSERT INTO child (parent_id, amount) VALUES (1, \(SQLValue.amount(.max)))",
    ]

    private static let failures: [(SQLText, StorageError)] = [
        ("INSERT INTO parent (id) VALUES (1)", .uniqueViolation(constraint: "parent.id")),
        (
            "INSERT INTO child (parent_id, amount) VALUES (9, 1)",
            .foreignKeyViolation(constraint: "FOREIGN KEY constraint failed")
        ),
        (
            "INSERT INTO child (parent_id, amount) VALUES (1, 0)",
            .checkViolation(constraint: "child_positive")
        ),
        (
            "INSERT INTO child (parent_id, amount) VALUES (1, NULL)",
            .checkViolation(constraint: "child.amount")
        ),
        ("DELETE FROM parent", .refused("parent.stays")),
        ("UPDATE child SET amount = amount + \(SQLValue.amount(1))", .amountOverflow),
        (
            "SELECT SUM(amount + 0) FROM (SELECT amount FROM child UNION ALL SELECT 1)",
            .amountOverflow
        ),
    ]

    @Test(arguments: failures.indices)
    func `each failure has one name`(index: Int) async throws {
        let (statement, error) = Self.failures[index]
        try await TemporarySQLite.withDatabase { database in
            try await database.write(.shared) { transaction in
                for statement in Self.schema { try transaction.execute(statement) }
            }

            await #expect(throws: error) {
                try await database.write(.shared) { try $0.execute(statement) }
            }
        }
    }

    @Test func `a statement that is none says so`() async throws {
        try await TemporarySQLite.withDatabase { database in
            await #expect(throws: StorageError.engine(code: "1", message: "no such table: nowhere"))
            {
                try await database.read(.shared) { try $0.execute("SELECT * FROM nowhere") }
            }
        }
    }
}
