import Ledger
import Storage
import TestSupport
import Testing

struct SQLTextTests {
    @Test func `values are numbered in the order in which they stand`() {
        let text: SQLText = "a = \(1 as Int64) AND b = \("x") AND c = \(true)"

        #expect(text.text == "a = $1 AND b = $2 AND c = $3")
        #expect(text.values == [.integer(1), .text("x"), .boolean(true)])
    }

    @Test func `a part keeps its values under new numbers`() {
        let part: SQLText = "x = \(1 as Int64) OR y = \(2 as Int64)"
        let whole: SQLText = "z = \(0 as Int64) AND (\(part)) AND w = \(3 as Int64)"

        #expect(whole.text == "z = $1 AND (x = $2 OR y = $3) AND w = $4")
        #expect(whole.values == (0...3).map { .integer($0) })
    }

    @Test func `numbers past nine are renumbered whole`() {
        let many = (0..<12).map { "\($0 as Int)" as SQLText }.joined(by: ", ")
        let whole: SQLText = "\(99 as Int), \(many)"

        #expect(whole.text == (1...13).map { "$\($0)" }.joined(separator: ", "))
        #expect(whole.values.count == 13)
    }

    @Test func `joined and added parts are one statement`() {
        var text: SQLText = "a = \(1 as Int64)"
        text.append(" AND b = \(2 as Int64)")
        let sum = text + " AND c = \(3 as Int64)"

        #expect(sum.text == "a = $1 AND b = $2 AND c = $3")
        #expect([SQLText]().joined(by: ", ").isEmpty)
    }

    /// Few different statements have to be prepared.
    @Test(arguments: [(1, 1), (2, 2), (3, 4), (5, 8), (8, 8), (9, 16), (1_000, 1_024)])
    func `a list is padded to a power of two with its last value`(count: Int, padded: Int) {
        let text: SQLText = "\(list: (1...count).map(Int64.init))"

        #expect(text.values.count == padded)
        #expect(text.values.last == .integer(Int64(count)))
        #expect(text.text.hasPrefix("($1") && text.text.hasSuffix("$\(padded))"))
    }

    @Test func `an absent value carries its type`() {
        let text: SQLText =
            "\(nil as Int64?), \(nil as String?), \(nil as LocalDate?), \(nil as Money?)"

        #expect(text.values == [.null(.integer), .null(.text), .null(.date), .null(.amount)])
    }

    /// Text that looks like a placeholder, a quote or a comment is only text.
    @Test(
        arguments: TestEngine.present,
        ["$1", "'; DROP TABLE t; --", "\"", "\\", "", "ß🍕\u{202E}"]
    )
    func `no value is ever read as SQL`(engine: TestEngine, value: String) async throws {
        try await engine.withEmptyDatabase { database in
            let part: SQLText = "SELECT \(value)"

            let read = try await database.read(.shared) { transaction in
                try transaction.first("SELECT (\(part)), \(2 as Int64)") { try $0.text() }
            }

            #expect(read == value)
        }
    }

    /// Sizes around the powers of two and past the limit of one statement.
    @Test(arguments: TestEngine.present, [0, 1, 2, 3, 127, 128, 129, 1_000, 5_001])
    func `many rows are inserted in chunks, each once`(engine: TestEngine, count: Int) async throws
    {
        try await engine.withEmptyDatabase { database in
            try await database.write(.shared) { transaction in
                let integer = transaction.dialect.integer
                try transaction.execute(
                    .literal("CREATE TABLE t (a \(integer) PRIMARY KEY, b \(integer))")
                )
                try transaction.insert(
                    into: "t (a, b)",
                    rows: (0..<count).map { [.integer(Int64($0)), .integer(Int64($0 * 2))] }
                )
                // The same again, ignored by the suffix.
                try transaction.insert(
                    into: "t (a, b)",
                    rows: (0..<count).map { [.integer(Int64($0)), .integer(0)] },
                    suffix: "ON CONFLICT DO NOTHING"
                )
            }

            let sums = try await database.read(.shared) { transaction in
                try transaction.first("SELECT COUNT(*), COALESCE(SUM(b), 0) FROM t") {
                    [try $0.integer(), try $0.amount()]
                }
            }

            let expected = Int64(count * (count - 1))
            #expect(sums?[0] == Int64(count))
            #expect(engine == .postgres || sums?[1] == expected)
        }
    }

    /// A row wider than most: the limit counts values, not rows.
    @Test(arguments: TestEngine.present)
    func `wide rows stay below the limit of parameters`(engine: TestEngine) async throws {
        try await engine.withEmptyDatabase { database in
            let columns = (0..<200).map { "c\($0)" }
            try await database.write(.shared) { transaction in
                let integer = transaction.dialect.integer
                let definitions = columns.map { "\($0) \(integer)" }.joined(separator: ", ")
                try transaction.execute(.literal("CREATE TABLE t (\(definitions))"))
                let row = columns.indices.map { SQLValue.integer(Int64($0)) }
                try transaction.insert(
                    into: .literal("t (\(columns.joined(separator: ", ")))"),
                    rows: Array(repeating: row, count: 300)
                )
            }

            let count = try await database.read(.shared) {
                try $0.first("SELECT COUNT(*) FROM t WHERE c199 = 199") { try $0.integer() }
            }
            #expect(count == 300)
        }
    }
}
