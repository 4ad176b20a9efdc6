import Ledger
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isPresent, Comment(rawValue: PostgresServer.absence)))
struct PostgresErrorTests {
    private static let schema: [SQLText] = [
        "CREATE TABLE parent (id bigint CONSTRAINT parent_key PRIMARY KEY)",
        """
        CREATE TABLE child (
            parent_id bigint CONSTRAINT child_parent REFERENCES parent (id) DEFERRABLE,
            amount numeric(19,4) NOT NULL CONSTRAINT child_positive CHECK (amount > 0)
        )
        """,
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN RAISE EXCEPTION ''the postings do not add up''; END'
        """,
        "CREATE TABLE sealed (id bigint)",
        """
        CREATE TRIGGER sealed_refuses BEFORE INSERT ON sealed
        FOR EACH ROW EXECUTE FUNCTION refuse()
        """,
        "INSERT INTO parent (id) VALUES (1)",
    ]

    private static func withSchema(_ body: (PostgresDatabase) async throws -> Void) async throws {
        try await PostgresServer.withEngine { database in
            try await database.write(.shared) { transaction in
                for statement in schema { try transaction.execute(statement) }
            }
            try await body(database)
        }
    }

    private static let failures: [(SQLText, StorageError)] = [
        ("INSERT INTO parent (id) VALUES (1)", .uniqueViolation(constraint: "parent_key")),
        (
            "INSERT INTO child (parent_id, amount) VALUES (9, 1)",
            .foreignKeyViolation(constraint: "child_parent")
        ),
        (
            "INSERT INTO child (parent_id, amount) VALUES (1, 0)",
            .checkViolation(constraint: "child_positive")
        ),
        (
            "INSERT INTO child (parent_id, amount) VALUES (1, NULL)",
            .checkViolation(constraint: "child.amount")
        ),
        ("INSERT INTO sealed (id) VALUES (1)", .refused("the postings do not add up")),
        (
            "INSERT INTO child (parent_id, amount) VALUES (1, 1e15)",
            .amountOverflow
        ),
        (
            "SELECT 1 / (SELECT 0)",
            .engine(code: "22012", message: "division by zero")
        ),
        (
            "SELECT nonsense",
            .engine(code: "42703", message: "column \"nonsense\" does not exist")
        ),
    ]

    @Test func `each failure has its word, asked for or sent along`() async throws {
        try await Self.withSchema { database in
            for (statement, error) in Self.failures {
                await #expect(throws: error) {
                    try await database.write(.shared) { try $0.execute(statement) }
                }
                await #expect(throws: error) {
                    try await database.write(.shared) { _ = try $0.executeCounting(statement) }
                }
            }
        }
    }

    @Test func `an error of a statement sent along surfaces with the next answer`() async throws {
        try await Self.withSchema { database in
            let reached = Tally()

            await #expect(throws: StorageError.uniqueViolation(constraint: "parent_key")) {
                try await database.write(.shared) { transaction in
                    try transaction.execute("INSERT INTO parent (id) VALUES (2)")
                    try transaction.execute("INSERT INTO parent (id) VALUES (1)")
                    try transaction.execute("INSERT INTO parent (id) VALUES (3)")
                    reached.add()
                    _ = try transaction.first("SELECT 1") { try $0.integer() }
                    reached.add()
                }
            }

            #expect(reached.count == 1)
            try await database.expect("SELECT count(*) FROM parent", is: 1)
        }
    }

    @Test func `a failure that a closure swallows still undoes everything`() async throws {
        try await Self.withSchema { database in
            await #expect(throws: StorageError.uniqueViolation(constraint: "parent_key")) {
                try await database.write(.shared) { transaction in
                    try transaction.execute("INSERT INTO parent (id) VALUES (2)")
                    _ = try? transaction.executeCounting("INSERT INTO parent (id) VALUES (1)")
                }
            }

            try await database.expect("SELECT count(*) FROM parent", is: 1)
        }
    }

    @Test func `what a closure throws undoes what it did`() async throws {
        struct Refusal: Error, Equatable {}
        try await Self.withSchema { database in
            await #expect(throws: Refusal()) {
                try await database.write(.shared) { transaction in
                    try transaction.execute("INSERT INTO parent (id) VALUES (2)")
                    throw Refusal()
                }
            }

            try await database.expect("SELECT count(*) FROM parent", is: 1)
        }
    }

    @Test func `a constraint that is checked at commit refuses the write`() async throws {
        try await Self.withSchema { database in
            await #expect(throws: StorageError.foreignKeyViolation(constraint: "child_parent")) {
                try await database.write(.shared) { transaction in
                    try transaction.execute("SET CONSTRAINTS ALL DEFERRED")
                    try transaction.execute("INSERT INTO child (parent_id, amount) VALUES (9, 1)")
                }
            }

            try await database.expect("SELECT count(*) FROM child", is: 0)
        }
    }

    @Test func `a read cannot write`() async throws {
        try await Self.withSchema { database in
            await #expect(throws: StorageError.self) {
                try await database.read(.shared) {
                    try $0.execute("INSERT INTO parent (id) VALUES (2)")
                }
            }

            try await database.expect("SELECT count(*) FROM parent", is: 1)
        }
    }
}
