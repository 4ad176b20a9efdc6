import NIOCore
import Testing

@testable import RESP

struct RESPParserTests {
    private static func parse(
        _ bytes: [UInt8],
        limits: RESPLimits = RESPLimits(),
        cut: (Int) -> Int = { $0 }
    ) throws -> [RESPValue] {
        var parser = RESPParser(limits: limits)
        var buffer = ByteBuffer()
        var values: [RESPValue] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let size = min(max(cut(rest.count), 1), rest.count)
            buffer.writeBytes(rest.prefix(size))
            rest = rest.dropFirst(size)
            while let value = try parser.next(&buffer) { values.append(value) }
        }
        return values
    }

    @Test(arguments: [
        ("+OK\r\n", RESPValue.status("OK")),
        ("-NOSCRIPT no such script\r\n", .error("NOSCRIPT no such script")),
        (":-42\r\n", .integer(-42)),
        (":9223372036854775807\r\n", .integer(.max)),
        ("$5\r\na\r\nbc\r\n", .bytes(Array("a\r\nbc".utf8))),
        ("$0\r\n\r\n", .bytes([])),
        ("$-1\r\n", .null),
        ("*-1\r\n", .null),
        ("*0\r\n", .array([])),
        ("*2\r\n:1\r\n*1\r\n$1\r\nx\r\n", .array([.integer(1), .array([.bytes([120])])])),
        ("_\r\n", .null),
        ("#t\r\n", .boolean(true)),
        ("#f\r\n", .boolean(false)),
        (",3.25\r\n", .double(3.25)),
        (",-inf\r\n", .double(-.infinity)),
        ("(123456789012345678901234567890\r\n", .bigNumber("123456789012345678901234567890")),
        ("=7\r\ntxt:abc\r\n", .bytes(Array("abc".utf8))),
        ("!5\r\nERR x\r\n", .error("ERR x")),
        (
            "%2\r\n+a\r\n:1\r\n+b\r\n:2\r\n",
            .map([.status("a"), .integer(1), .status("b"), .integer(2)])
        ),
        ("~1\r\n+a\r\n", .set([.status("a")])),
        (">2\r\n+message\r\n+x\r\n", .push([.status("message"), .status("x")])),
        ("|1\r\n+ttl\r\n:5\r\n:7\r\n", .integer(7)),
        ("*2\r\n|1\r\n+ttl\r\n:5\r\n:7\r\n:8\r\n", .array([.integer(7), .integer(8)])),
    ])
    func `each form is read`(text: String, value: RESPValue) throws {
        #expect(try Self.parse(Array(text.utf8)) == [value])
        #expect(try Self.parse(Array(text.utf8)) { _ in 1 } == [value])
    }

    @Test(arguments: [
        "?\r\n", "+OK\n", ":\r\n", ":1a\r\n", ":9223372036854775808\r\n", ":--1\r\n", "$-2\r\n",
        "$x\r\n", "$1\r\nab\r\n", "*-2\r\n", "*99999999999\r\n", "$99999999999\r\n", "#x\r\n",
        ",x\r\n", "(1x\r\n", "=3\r\nabc\r\n", "_x\r\n", "|0\r\n", "\r\n", "GET / HTTP/1.1\r\n",
        "$?\r\n",
    ])
    func `what is no RESP is refused`(text: String) {
        #expect(throws: RESPError.self) { try Self.parse(Array(text.utf8)) }
    }

    @Test func `each limit holds, at it and one past it`() throws {
        var limits = RESPLimits()
        (limits.depth, limits.bulkBytes, limits.lineBytes, limits.elements) = (3, 10, 20, 5)
        func parse(_ text: String) throws { _ = try Self.parse(Array(text.utf8), limits: limits) }

        try parse("*1\r\n*1\r\n*1\r\n:1\r\n")
        #expect(throws: RESPError.malformed("too deep")) {
            try parse("*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n")
        }
        try parse("$10\r\n0123456789\r\n")
        #expect(throws: RESPError.malformed("too long a string")) { try parse("$11\r\n") }
        try parse("+" + String(repeating: "x", count: 18) + "\r\n")
        #expect(throws: RESPError.malformed("too long a line")) {
            try parse("+" + String(repeating: "x", count: 20) + "\r\n")
        }
        try parse("*5\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n")
        #expect(throws: RESPError.malformed("too many elements")) { try parse("*6\r\n") }
        #expect(throws: RESPError.malformed("too many elements")) { try parse("%3\r\n") }
        #expect(throws: RESPError.malformed("too many elements")) {
            try parse("*4\r\n*1\r\n:1\r\n*1\r\n")
        }
    }

    @Test(arguments: 1...20)
    func `values come back however their bytes are cut`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let values = (0..<30).map { _ in RESPValue.random(&random, depth: 4) }
        let bytes = values.flatMap(\.encoded)

        #expect(try Self.parse(bytes) == values)
        #expect(try Self.parse(bytes) { _ in 1 } == values)
        #expect(try Self.parse(bytes) { _ in Int.random(in: 1...40, using: &random) } == values)
    }

    /// Any bytes give values or an error, never a trap, and the same ones whichever way they come.
    @Test(arguments: 1...200)
    func `noise is refused the same way in one piece and in many`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var bytes = (0..<10).flatMap { _ in RESPValue.random(&random, depth: 3).encoded }
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            let alphabet = Array("+-:$*_#,(!=%~>|0123456789\r\n".utf8)
            bytes[Int.random(in: bytes.indices, using: &random)] =
                alphabet.randomElement(using: &random) ?? 0
        }
        func outcome(_ cut: (Int) -> Int) -> Result<[RESPValue], RESPError> {
            do { return .success(try Self.parse(bytes, cut: cut)) } catch {
                return .failure(error as? RESPError ?? .timedOut)
            }
        }

        #expect(outcome { $0 } == outcome { _ in 1 })
    }

    @Test func `commands are arrays of strings`() {
        var buffer = ByteBuffer()
        let command: RESPCommand = ["SET", "k", "naïve\r\n"]

        command.write(into: &buffer)

        #expect(String(buffer: buffer) == "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$8\r\nnaïve\r\n\r\n")
    }
}

extension RESPValue {
    static func random(_ random: inout SeededGenerator, depth: Int) -> RESPValue {
        switch Int.random(in: 0..<(depth > 0 ? 10 : 6), using: &random) {
        case 0: return .null
        case 1: return .status("status \(random.next() % 100)")
        case 2: return .integer(Int64(bitPattern: random.next()))
        case 3:
            let count = Int.random(in: 0..<60, using: &random)
            return .bytes((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
        case 4: return .boolean(Bool.random(using: &random))
        case 5: return .error("ERR \(random.next() % 100)")
        case 6: return .array(elements(&random, depth))
        case 7: return .set(elements(&random, depth))
        case 8:
            let count = Int.random(in: 0..<3, using: &random) * 2
            return .map((0..<count).map { _ in Self.random(&random, depth: depth - 1) })
        default: return .push(elements(&random, depth))
        }
    }

    private static func elements(_ random: inout SeededGenerator, _ depth: Int) -> [RESPValue] {
        (0..<Int.random(in: 0..<5, using: &random)).map { _ in
            Self.random(&random, depth: depth - 1)
        }
    }

    /// What a server would send.
    var encoded: [UInt8] {
        func collection(_ mark: String, _ count: Int, _ values: [RESPValue]) -> [UInt8] {
            Array("\(mark)\(count)\r\n".utf8) + values.flatMap(\.encoded)
        }
        return switch self {
        case .null: Array("$-1\r\n".utf8)
        case .status(let text): Array("+\(text)\r\n".utf8)
        case .error(let text): Array("-\(text)\r\n".utf8)
        case .integer(let number): Array(":\(number)\r\n".utf8)
        case .bytes(let bytes): Array("$\(bytes.count)\r\n".utf8) + bytes + Array("\r\n".utf8)
        case .boolean(let flag): Array("#\(flag ? "t" : "f")\r\n".utf8)
        case .double(let number): Array(",\(number)\r\n".utf8)
        case .bigNumber(let digits): Array("(\(digits)\r\n".utf8)
        case .array(let values): collection("*", values.count, values)
        case .set(let values): collection("~", values.count, values)
        case .push(let values): collection(">", values.count, values)
        case .map(let values): collection("%", values.count / 2, values)
        }
    }
}
