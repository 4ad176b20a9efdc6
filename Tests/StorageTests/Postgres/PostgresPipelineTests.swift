import Ledger
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isPresent, Comment(rawValue: PostgresServer.absence)))
struct PostgresPipelineTests {
    @Test(arguments: [true, false])
    func `ten thousand statements in one transaction`(namedStatements: Bool) async throws {
        let text = String(repeating: "x", count: 100)
        try await PostgresServer.withEngine({ $0.namedStatements = namedStatements }) { database in
            try await database.execute("CREATE TABLE t (a bigint, b text)")

            let changed = try await database.write(.shared) { transaction in
                for number in 0..<10_000 {
                    try transaction.execute("INSERT INTO t (a, b) VALUES (\(number), \(text))")
                }
                return try transaction.executeCounting("UPDATE t SET a = a + 1 WHERE a < 5000")
            }

            #expect(changed == 5_000)
            try await database.expect("SELECT sum(a) FROM t", is: 50_000_000)
        }
    }

    /// More than both sockets' buffers hold, both ways at once, would stop two sides that each
    /// wait for the other to read.
    @Test func `large values go both ways at once`() async throws {
        let large = [UInt8](repeating: 7, count: 3_000_000)
        try await PostgresServer.withEngine { database in
            let total = try await database.write(.shared) { transaction in
                for _ in 0..<12 {
                    try transaction.execute("SELECT \(large), \(large)")
                }
                return try transaction.rows("SELECT \(large) FROM generate_series(1, 10)") {
                    try $0.bytes().count
                }.reduce(0, +)
            }

            #expect(total == 30_000_000)
        }
    }

    @Test func `statements can be asked while rows are being read`() async throws {
        try await PostgresServer.withEngine { database in
            let sums = try await database.read(.shared) { transaction in
                try transaction.rows("SELECT n FROM generate_series(1, 5) AS n") { row in
                    let number = try row.integer()
                    return try transaction.first(
                        "SELECT sum(m) FROM generate_series(1, \(number)) AS m"
                    ) { try $0.integer() }
                }
            }

            #expect(sums == [1, 3, 6, 10, 15])
        }
    }

    @Test(arguments: [0, 1, 1_999, 2_000, 2_001, 5_000], [true, false])
    func `a scan gives every row once, in pieces`(count: Int, namedStatements: Bool) async throws {
        try await PostgresServer.withEngine({ $0.namedStatements = namedStatements }) { database in
            for scope in [SQLScope.shared, .household(number: 1)] {
                let numbers = try await database.read(scope) { transaction in
                    var numbers: [Int64] = []
                    try transaction.scan("SELECT n FROM generate_series(1, \(count)) AS n") { row in
                        numbers.append(try row.integer())
                        guard numbers.count == 1 else { return }
                        try transaction.scan("SELECT 'inside'") { inner in
                            let text = try inner.text()
                            #expect(text == "inside")
                        }
                    }
                    return numbers
                }
                #expect(numbers == (0..<Int64(count)).map { $0 + 1 })
            }
        }
    }

    @Test func `a reader that stops half way leaves the connection in step`() async throws {
        struct Enough: Error {}
        try await PostgresServer.withEngine({ $0.poolSize = 1 }) { database in
            for _ in 0..<3 {
                await #expect(throws: Enough.self) {
                    try await database.read(.shared) { transaction in
                        try transaction.forEach("SELECT n FROM generate_series(1, 1000) AS n") {
                            row in
                            if try row.integer() == 500 { throw Enough() }
                        }
                    }
                }
                try await database.expect("SELECT 42", is: 42)
            }
            #expect(database.gauge("connections_total") == 1)
        }
    }

    @Test func `a read sees one snapshot`() async throws {
        try await PostgresServer.withEngine { database in
            try await database.execute("CREATE TABLE t (a bigint)", "INSERT INTO t (a) VALUES (1)")
            let (hasRead, maySeeMore) = (Signal(), Signal())

            async let counts = database.read(.shared) { transaction in
                let first = try transaction.first("SELECT count(*) FROM t") { try $0.integer() }
                hasRead.fire()
                maySeeMore.wait()
                return [
                    first, try transaction.first("SELECT count(*) FROM t") { try $0.integer() },
                ]
            }
            await hasRead.fired()
            try await database.execute("INSERT INTO t (a) VALUES (2)")
            maySeeMore.fire()

            #expect(try await counts == [1, 1])
            try await database.expect("SELECT count(*) FROM t", is: 2)
        }
    }

    @Test func `more statements than are kept prepared`() async throws {
        try await PostgresServer.withEngine({ $0.poolSize = 1 }) { database in
            for round in 0..<3 {
                for number in 0..<700 {
                    let answer = try await database.integer(.literal("SELECT \(number)"))
                    #expect(answer == Int64(number), "round \(round)")
                }
            }

            let kept = try await database.integer("SELECT count(*) FROM pg_prepared_statements")
            #expect(try #require(kept) <= 500)
        }
    }

    @Test func `a statement whose columns changed is prepared anew`() async throws {
        try await PostgresServer.withEngine({ $0.poolSize = 1 }) { database in
            try await database.execute("CREATE TABLE t (a bigint)", "INSERT INTO t (a) VALUES (1)")
            try await database.expect("SELECT * FROM t", is: 1)

            try await database.execute(
                "ALTER TABLE t DROP COLUMN a",
                "ALTER TABLE t ADD COLUMN b text DEFAULT 'x'"
            )

            let text = try await database.read(.shared) {
                try $0.first("SELECT * FROM t") { try $0.text() }
            }
            #expect(text == "x")
            #expect(database.gauge("retries_total") == 1)
        }
    }

    @Test func `a statement that the server forgot is prepared anew`() async throws {
        try await PostgresServer.withEngine({ $0.poolSize = 1 }) { database in
            try await database.expect("SELECT 7", is: 7)

            try await database.executeAlone("DEALLOCATE ALL")

            try await database.expect("SELECT 7", is: 7)
            try await database.execute("SELECT 7", in: .household(number: 1))
        }
    }
}
