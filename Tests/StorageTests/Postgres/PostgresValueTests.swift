import Ledger
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isPresent, Comment(rawValue: PostgresServer.absence)))
struct PostgresValueTests {
    /// A row of every type, filled and empty.
    @Test func `every type comes back as it went`() async throws {
        let id = HouseholdID(UniqueID(high: 0x0123_4567_89AB_7DEF, low: 0x8123_4567_89AB_CDEF))
        let date = try #require(LocalDate(year: 2024, month: 2, day: 29))

        let database = try #require(PostgresServer.commonEngine)
        let values = try await database.read(.shared) { transaction in
            try transaction.first(
                """
                SELECT \(Int64.min), \(Int64.max), \(true), \(false), \("Zoë's \\ \"账\" 🐦"),
                    \(id), \(date), \([UInt8](0...255)), \(""), \([UInt8]())
                """
            ) { row in
                let integers = [try row.integer(), try row.integer()]
                #expect(integers == [.min, .max])
                let flags = [try row.boolean(), try row.boolean()]
                #expect(flags == [true, false])
                let text = try row.text()
                #expect(text == "Zoë's \\ \"账\" 🐦")
                let readID: HouseholdID = try row.identifier()
                #expect(readID == id)
                let readDate = try row.date()
                #expect(readDate == date)
                let bytes = try row.bytes()
                #expect(bytes == [UInt8](0...255))
                let (emptyText, emptyBytes) = (try row.text(), try row.bytes())
                #expect(emptyText.isEmpty && emptyBytes.isEmpty)
                return true
            }
        }
        #expect(values == true)
    }

    @Test func `nothing comes back as nothing`() async throws {
        let database = try #require(PostgresServer.commonEngine)
        try await database.read(.shared) { transaction in
            try transaction.forEach(
                """
                SELECT \(Int64?.none), \(Bool?.none), \(Money?.none), \(String?.none),
                    \(HouseholdID?.none), \(LocalDate?.none), \([UInt8]?.none)
                """
            ) { row in
                let integer = try row.integerOrNil()
                #expect(integer == nil)
                #expect(throws: StorageError.unexpectedNull(column: 1)) { try row.boolean() }
                let (amount, text) = (try row.amountOrNil(), try row.textOrNil())
                #expect(amount == nil && text == nil)
                let id: HouseholdID? = try row.identifierOrNil()
                #expect(id == nil)
                let (date, bytes) = (try row.dateOrNil(), try row.bytesOrNil())
                #expect(date == nil && bytes == nil)
            }
        }
    }

    @Test func `the ends of the calendar come back`() async throws {
        let database = try #require(PostgresServer.commonEngine)
        for date in [LocalDate.earliest, .latest, LocalDate(daysSince1970: 0)!] {
            let text = try await database.read(.shared) { transaction in
                try transaction.first("SELECT \(date), \(date)::text") { row in
                    let read = try row.date()
                    #expect(read == date)
                    return try row.text()
                }
            }
            #expect(text == date.description)
        }
    }

    /// The server's own text says what an amount is, so a fault on both ways cannot hide itself.
    @Test(arguments: [1, 2, 3])
    func `amounts agree with the server's text`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        var amounts: [Int64] = [0, 1, -1, 9_999, 10_000, 10_001, -10_000, .max, .min, .max - 1]
        for shift in 0..<63 { amounts += [1 << shift, -(1 << shift)] }
        for _ in 0..<500 {
            amounts.append(
                Int64.random(in: .min ... .max, using: &random)
                    >> Int64.random(in: 0..<63, using: &random)
            )
        }
        let sample = amounts

        let database = try #require(PostgresServer.commonEngine)
        try await database.read(.shared) { transaction in
            for amount in sample {
                try transaction.forEach("SELECT \(.amount(amount)), \(.amount(amount))::text") {
                    row in
                    let (read, text) = (try row.amount(), try row.text())
                    #expect(read == amount)
                    #expect(text == Self.decimal(amount))
                }
            }
        }
    }

    private static func decimal(_ tenThousandths: Int64) -> String {
        let (units, rest) = tenThousandths.magnitude.quotientAndRemainder(dividingBy: 10_000)
        let decimals = String(rest + 10_000).dropFirst()
        return "\(tenThousandths < 0 ? "-" : "")\(units).\(decimals)"
    }

    @Test func `a sum of amounts or of integers is exact`() async throws {
        let database = try #require(PostgresServer.commonEngine)
        try await database.read(.shared) { transaction in
            try transaction.forEach(
                """
                SELECT SUM(a), SUM(i), COUNT(*), MAX(i)::int, MAX(i)::smallint,
                    COALESCE(SUM(a), 0), 0
                FROM (
                    VALUES (\(.amount(1)), \(Int64(5))), (\(.amount(29_999)), \(Int64(-2)))
                ) AS t (a, i)
                """
            ) { row in
                let sum = try row.amount()
                let integers = [
                    try row.integer(), try row.integer(), try row.integer(), try row.integer(),
                ]
                let (again, zero) = (try row.amount(), try row.amount())
                #expect(sum == 30_000)
                #expect(integers == [3, 2, 5, 5])
                #expect(again == 30_000 && zero == 0)
            }
        }
    }

    @Test(arguments: [
        ("922337203685477.5808", StorageError.amountOverflow),
        ("-922337203685477.5809", .amountOverflow),
        ("1e300", .amountOverflow),
        ("0.00001", .unexpectedValue(column: 0)),
        ("123456789.12345", .unexpectedValue(column: 0)),
        ("NaN", .unexpectedValue(column: 0)),
        ("Infinity", .unexpectedValue(column: 0)),
    ])
    func `a number that is no amount is refused`(text: String, error: StorageError) async throws {
        let database = try #require(PostgresServer.commonEngine)
        await #expect(throws: error) {
            try await database.read(.shared) { transaction in
                try transaction.first("SELECT \(text)::text::numeric") { try $0.amount() }
            }
        }
    }

    @Test(arguments: ["1.5", "9223372036854775808"])
    func `a number that is no integer is refused`(text: String) async throws {
        let database = try #require(PostgresServer.commonEngine)
        await #expect(throws: StorageError.self) {
            try await database.read(.shared) { transaction in
                try transaction.first("SELECT \(text)::text::numeric") { try $0.integer() }
            }
        }
    }
}

/// A small generator whose numbers a seed decides.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    /// - Source: SplitMix64, Steele, Lea and Flood 2014.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
