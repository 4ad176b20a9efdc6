import Ledger
import Storage
import TestSupport
import Testing

/// Every type of value, in and out of both engines, at its edges.
struct ValueRoundTripTests {
    private static func with(
        _ engine: TestEngine,
        _ type: String,
        _ body: (any SQLDatabase) async throws -> Void
    ) async throws {
        try await engine.withDatabase { database in
            try await database.write(.shared) {
                let strict = $0.dialect == .sqlite ? "STRICT" : ""
                try $0.execute(
                    .literal("CREATE TABLE v (k \($0.dialect.integer), v \(type)) \(strict)")
                )
            }
            try await body(database)
        }
    }

    /// Stores and reads each value, and a NULL of its type.
    private static func expect<Value: SQLBindable & Equatable & Sendable>(
        _ values: [Value],
        _ engine: TestEngine,
        _ type: @Sendable (SQLDialect) -> String,
        _ read: @escaping @Sendable (inout SQLRow) throws -> Value?
    ) async throws {
        let dialect: SQLDialect = engine == .sqlite ? .sqlite : .postgres
        try await with(engine, type(dialect)) { database in
            let found = try await database.write(.shared) { transaction in
                for (key, value) in values.enumerated() {
                    try transaction.execute("INSERT INTO v (k, v) VALUES (\(key), \(value))")
                }
                try transaction.execute("INSERT INTO v (k, v) VALUES (\(-1), \(nil as Value?))")
                return try transaction.rows("SELECT v FROM v ORDER BY k") { try read(&$0) }
            }

            #expect(found == [nil] + values)
        }
    }

    @Test(arguments: TestEngine.present)
    func integers(engine: TestEngine) async throws {
        let values: [Int64] = [0, 1, -1, .max, .min, 4_294_967_296]
        try await Self.expect(values, engine, \.integer) { try $0.integerOrNil() }
    }

    @Test(arguments: TestEngine.present)
    func amounts(engine: TestEngine) async throws {
        let eur = Currency(code: "EUR")!
        let values = [0, 1, -1, 9_999, 10_000, -10_001, .max, .min, 123_456_789_012_345_678]
            .map { Money(tenThousandths: $0, eur) }
        try await Self.expect(values, engine, \.amount) {
            try $0.amountOrNil().map { Money(tenThousandths: $0, eur) }
        }
    }

    @Test(arguments: TestEngine.present)
    func dates(engine: TestEngine) async throws {
        let values =
            ["1970-01-01", "1969-12-31", "2000-01-01", "2024-02-29", "1900-01-01", "2199-12-31"]
            .compactMap { LocalDate($0) }
        #expect(values.count == 6)
        try await Self.expect(values, engine, \.date) { try $0.dateOrNil() }
    }

    @Test(arguments: TestEngine.present)
    func texts(engine: TestEngine) async throws {
        let values = [
            "", " ", "plain", "ß 漢字 🍕", "a\u{301}", "\u{10FFFF}", "tab\tline\nreturn\r",
            String(repeating: "x", count: 100_000),
        ]
        try await Self.expect(values, engine, \.text) { try $0.textOrNil() }
    }

    @Test(arguments: TestEngine.present)
    func bytes(engine: TestEngine) async throws {
        let values: [[UInt8]] = [[], [0], [0, 255, 0], Array(0...255)]
        try await Self.expect(values, engine, \.bytes) { try $0.bytesOrNil() }
    }

    @Test(arguments: TestEngine.present)
    func booleans(engine: TestEngine) async throws {
        try await Self.with(engine, engine == .sqlite ? "INTEGER" : "boolean") { database in
            let found = try await database.write(.shared) { transaction in
                try transaction.execute("INSERT INTO v (k, v) VALUES (1, \(true)), (2, \(false))")
                return try transaction.rows("SELECT v FROM v ORDER BY k") { try $0.boolean() }
            }
            #expect(found == [true, false])
        }
    }

    @Test(arguments: TestEngine.present)
    func ids(engine: TestEngine) async throws {
        let values = [
            AccountID(UniqueID(high: 0, low: 0)), AccountID(UniqueID(high: .max, low: .max)),
            AccountID(UniqueID(high: 0x0102_0304_0506_0708, low: 0x090A_0B0C_0D0E_0F10)),
        ]
        try await Self.expect(values, engine, \.uuid) { try $0.identifierOrNil() }
    }

    @Test(arguments: TestEngine.present)
    func `ids sort as their bytes do`(engine: TestEngine) async throws {
        let ids = (0..<50).map { _ in
            AccountID(UniqueID(high: .random(in: 0 ... .max), low: .random(in: 0 ... .max)))
        }
        try await Self.with(engine, engine == .sqlite ? "BLOB" : "uuid") { database in
            let found = try await database.write(.shared) { transaction in
                for id in ids { try transaction.execute("INSERT INTO v (v) VALUES (\(id))") }
                return try transaction.rows("SELECT v FROM v ORDER BY v") {
                    try $0.identifier() as AccountID
                }
            }
            #expect(found == ids.sorted())
        }
    }

    @Test(arguments: TestEngine.present)
    func `a missing value where one must be is an error`(engine: TestEngine) async throws {
        try await engine.withEmptyDatabase { database in
            await #expect(throws: StorageError.unexpectedNull(column: 0)) {
                try await database.read(.shared) {
                    try $0.first("SELECT \(nil as Int64?)") { try $0.integer() }
                }
            }
        }
    }
}
