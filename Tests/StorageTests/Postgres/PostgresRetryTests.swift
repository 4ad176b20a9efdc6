import Ledger
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isPresent, Comment(rawValue: PostgresServer.absence)))
struct PostgresRetryTests {
    private static let conflict: SQLText = """
        DO 'BEGIN RAISE EXCEPTION ''met another'' USING ERRCODE = ''40001''; END'
        """

    @Test func `a write that meets another is run again`() async throws {
        try await PostgresServer.withEngine { database in
            let tries = Tally()

            let value = try await database.write(.shared) { transaction in
                if tries.add() < 3 { try transaction.execute(Self.conflict) }
                return try transaction.first("SELECT 5") { try $0.integer() }
            }

            #expect(value == 5)
            #expect(tries.count == 3)
            #expect(database.gauge("retries_total") == 2)
        }
    }

    @Test func `after three tries the caller is told to come back`() async throws {
        try await PostgresServer.withEngine { database in
            let tries = Tally()

            let error = await #expect(throws: StorageError.self) {
                try await database.write(.shared) { transaction in
                    tries.add()
                    try transaction.execute(Self.conflict)
                }
            }

            guard case .unavailable = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(tries.count == 3)
        }
    }

    @Test func `two that lock each other out both get through`() async throws {
        try await PostgresServer.withEngine { database in
            try await database.execute(
                "CREATE TABLE t (id bigint PRIMARY KEY, n bigint)",
                "INSERT INTO t (id, n) VALUES (1, 0), (2, 0)"
            )
            let held = [Signal(), Signal()]

            try await withThrowingTaskGroup(of: Void.self) { group in
                for (mine, other) in [(0, 1), (1, 0)] {
                    group.addTask {
                        try await database.write(.shared) { transaction in
                            _ = try transaction.executeCounting(
                                "UPDATE t SET n = n + 1 WHERE id = \(mine + 1)"
                            )
                            held[mine].fire()
                            held[other].wait()
                            held[other].fire()
                            try transaction.execute(
                                "UPDATE t SET n = n + 1 WHERE id = \(other + 1)"
                            )
                        }
                    }
                }
                try await group.waitForAll()
            }

            try await database.expect("SELECT sum(n) FROM t", is: 4)
            #expect((1...2).contains(database.gauge("retries_total")))
        }
    }

    @Test func `a read that loses its connection is run again`() async throws {
        try await PostgresServer.withEngine { database in
            let tries = Tally()

            let value = try await database.read(.shared) { transaction in
                if tries.add() == 1 { try transaction.execute(Self.suicide) }
                return try transaction.first("SELECT 5") { try $0.integer() }
            }

            #expect(value == 5)
            #expect(tries.count == 2)
        }
    }

    @Test func `a write that loses its connection before the commit is run again`() async throws {
        try await PostgresServer.withEngine { database in
            try await database.execute("CREATE TABLE t (n bigint)")
            let tries = Tally()

            try await database.write(.shared) { transaction in
                try transaction.execute("INSERT INTO t (n) VALUES (1)")
                if tries.add() == 1 { _ = try transaction.executeCounting(Self.suicide) }
            }

            try await database.expect("SELECT count(*) FROM t", is: 1)
            #expect(tries.count == 2)
        }
    }

    /// A trigger that is run by the commit itself ends the connection, so its answer never comes.
    @Test func `a write whose commit was not answered is neither a success nor run again`()
        async throws
    {
        try await PostgresServer.withEngine { database in
            try await database.execute(
                "CREATE TABLE t (n bigint)",
                """
                CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'
                """,
                """
                CREATE CONSTRAINT TRIGGER dies AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION die()
                """
            )
            let tries = Tally()

            let error = await #expect(throws: StorageError.self) {
                try await database.write(.shared) { transaction in
                    tries.add()
                    try transaction.execute("INSERT INTO t (n) VALUES (1)")
                }
            }

            guard case .unavailable(let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.contains("nobody knows"))
            #expect(tries.count == 1)
        }
    }

    @Test func `connections that the server ended while idle are not noticed`() async throws {
        try await PostgresServer.withEngine { database in
            try await database.execute("CREATE TABLE t (n bigint)")

            for number in 0..<5 {
                try await database.executeAlone(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """
                )
                try await database.execute("INSERT INTO t (n) VALUES (\(number))")
                try await database.ping()
            }

            try await database.expect("SELECT count(*) FROM t", is: 5)
        }
    }

    private static let suicide: SQLText = "SELECT pg_terminate_backend(pg_backend_pid())"
}
