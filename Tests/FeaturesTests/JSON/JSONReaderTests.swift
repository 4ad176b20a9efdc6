@testable import Features
import HTTPTypes
import Testing

@Suite struct JSONReaderTests {
    private func read(_ text: String) throws -> JSONValue { try JSONReader.read(Array(text.utf8)) }

    @Test(
        arguments: [
            ("null", JSONValue.null), (" true ", .boolean(true)), ("-0", .number("-0")),
            ("1.50", .number("1.50")), ("1e400", .number("1e400")),
            ("[1, [2]]", .array([.number("1"), .array([.number("2")])])),
            ("\"\\u00e9\\ud83d\\ude00\\n\"", .string("é😀\n")), ("{}", .object([])),
            ("{\"a\":[true]}", .object([JSONMember(name: "a", value: .array([.boolean(true)]))])),
        ])
    func `a value is read as it stands`(text: String, value: JSONValue) throws {
        #expect(try read(text) == value)
    }

    @Test(
        arguments: [
            "", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "'a'", "01", "1.", ".5", "+1", "1e", "NaN",
            "Infinity", "-", "tru", "nulll", "1 2", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"",
            "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"a\nb\"", "[1 2]", "{\"a\" 1}", "// a",
            "\u{FEFF}{}",
        ])
    func `what is no JSON is refused`(text: String) {
        #expect(throws: JSONError.self) { try read(text) }
    }

    @Test func `a key stands once, also when it is spelled otherwise`() {
        #expect(throws: JSONError.duplicateKey("a")) { try read("{\"a\":1,\"a\":2}") }
        #expect(throws: JSONError.duplicateKey("a")) { try read("{\"a\":1,\"\\u0061\":2}") }
    }

    @Test func `nesting ends at the limit`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        let limit = JSONReader.depthLimit

        #expect(throws: Never.self) { try read(nested(limit)) }
        #expect(throws: JSONError.tooDeep(limit: limit)) { try read(nested(limit + 1)) }
        #expect(throws: JSONError.tooDeep(limit: limit)) { try read(nested(100_000)) }
    }

    @Test func `values end at the limit`() throws {
        func list(_ count: Int) -> String {
            "[" + Array(repeating: "1", count: count).joined(separator: ",") + "]"
        }
        let limit = JSONReader.valueLimit

        #expect(throws: Never.self) { try read(list(limit - 1)) }
        #expect(throws: JSONError.tooManyValues(limit: limit)) { try read(list(limit)) }
    }

    /// Security bar H7: the members of all objects are counted together.
    @Test func `members end at the limit, in one object and in many`() throws {
        func wide(_ count: Int) -> String {
            "{" + (0..<count).map { "\"k\($0)\":1" }.joined(separator: ",") + "}"
        }
        func many(_ count: Int) -> String {
            "[" + Array(repeating: "{\"a\":1}", count: count).joined(separator: ",") + "]"
        }
        let limit = JSONReader.keyLimit

        for text in [wide(limit), many(limit)] {
            #expect(throws: Never.self) { try read(text) }
        }
        for text in [wide(limit + 1), many(limit + 1)] {
            #expect(throws: JSONError.tooManyKeys(limit: limit)) { try read(text) }
        }
    }

    @Test func `the largest bodies that routes take are within the limits`() throws {
        let ids = (0..<TransactionBulkInput.limit).map { _ in
            "\"01a1fdf1-682d-7001-9709-01a2a002ee10\""
        }
        let rows = (0..<ImportPatch.rowLimit).map {
            "{\"number\":\($0 + 1),\"included\":true,\"category_id\":null,\"payee\":\"P\"}"
        }
        let postings = (0..<500).map { _ in
            "{\"account_id\":null,\"amount\":\"1.00\",\"currency\":\"EUR\",\"memo\":\"m\"}"
        }

        for (name, elements) in [("ids", ids), ("rows", rows), ("postings", postings)] {
            let text = "{\"\(name)\":[\(elements.joined(separator: ","))]}"
            #expect(try read(text)[name]?.elements.count == elements.count)
            #expect(text.utf8.count < IncomingCall.jsonLimit)
        }
    }

    @Test(arguments: 1...30)
    func `what is written is read again`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let value = JSONValue.random(depth: 5, using: &random)
            var writer = JSONWriter()
            writer.value(value)

            #expect(try JSONReader.read(writer.bytes) == value)
        }
    }

    @Test(arguments: 1...30)
    func `no bytes bring it down`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            var writer = JSONWriter()
            writer.value(JSONValue.random(depth: 4, using: &random))
            var bytes = writer.bytes
            for _ in 0..<3 {
                let index = Int.random(in: bytes.indices, using: &random)
                bytes[index] = UInt8.random(in: 0...255, using: &random)
            }
            bytes.removeLast(Int.random(in: 0..<min(bytes.count, 3), using: &random))

            do throws(JSONError) {
                let value = try JSONReader.read(bytes)
                var again = JSONWriter()
                again.value(value)
                #expect(try JSONReader.read(again.bytes) == value)
            } catch {
                // Refused, which is what most of them deserve.
            }
        }
    }

    @Test func `NUL and bytes that are no UTF-8 are refused`() {
        #expect(throws: JSONError.self) { try read("\"\\u0000\"") }
        #expect(throws: JSONError.self) { try JSONReader.read([34, 0, 34]) }
        for bytes: [UInt8] in [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80],
        ] {
            #expect(throws: JSONError.self) { try JSONReader.read([34] + bytes + [34]) }
        }
    }

    @Test(
        arguments: [
            (body: "{\"a\":1,\"a\":2}", status: 400), ("[1]", 400), ("{", 400), ("null", 400),
            ("{\"name\":\"\\u0000\"}", 400), ("{\"name\":1e400}", 422),
            (String(repeating: "[", count: 100_000), 400),
            ("{\"a\":" + String(repeating: "{\"a\":", count: 20_000), 400),
            ("{" + (0...10_000).map { "\"\($0)\":1" }.joined(separator: ",") + "}", 400),
            ("{\"name\":\"" + String(repeating: "a", count: 1_000_000) + "\"}", 422),
        ])
    func `a body that cannot be read gets a 4xx and does nothing`(
        body: String,
        status: Int
    ) async throws {
        try await withServer { server in
            let ann = try await server.nobody.register("Ann")

            let answer = try await ann.with(.contentType, "application/json")
                .send(.post, "accounts", Array(body.utf8))

            #expect(answer.status == status)
            #expect(try await ann.get("accounts").data.elements.isEmpty)
        }
    }

    /// Security bar X76: what is packed is not unpacked.
    @Test func `a packed body is no JSON`() async throws {
        try await withServer { server in
            let packed = try #require(Gzip.compress(Array(repeating: 32, count: 1_000_000)))

            let answer = try await server.nobody.with(.contentType, "application/json")
                .with(.contentEncoding, "gzip").send(.post, "auth/login", packed)

            #expect(answer.status == 400)
        }
    }

    @Test func `ten megabytes of JSON are too many`() async throws {
        try await withServer { server in
            let bytes = [UInt8](repeating: UInt8(ascii: " "), count: 10 << 20)

            let ann = try await server.nobody.register("Ann")

            let answer = try await ann.with(.contentType, "application/json")
                .send(.post, "accounts", bytes)

            #expect(answer.status == 413)
        }
    }
}

extension JSONValue {
    fileprivate static func random(
        depth: Int,
        using random: inout SeededGenerator
    ) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 4), using: &random) {
        case 0: return .null
        case 1: return .boolean(Bool.random(using: &random))
        case 2:
            let numbers = ["0", "-0", "12.30", "-1e400", "1E+2", "123456789012345678901234567890"]
            return .number(numbers.randomElement(using: &random) ?? "0")
        case 3: return .string(text(using: &random))
        case 4, 5:
            let names = Set((0..<Int.random(in: 0..<5, using: &random)).map { "\($0)\"\n" })
            return .object(
                names.sorted().map {
                    JSONMember(name: $0, value: Self.random(depth: depth - 1, using: &random))
                }
            )
        default:
            return .array(
                (0..<Int.random(in: 0..<5, using: &random)).map { _ in
                    Self.random(depth: depth - 1, using: &random)
                }
            )
        }
    }

    /// Any characters but NUL, which is refused.
    private static func text(using random: inout SeededGenerator) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<12, using: &random) {
            let limit: UInt32 = Bool.random(using: &random) ? 128 : 0x10FFFF
            let scalar = Unicode.Scalar(UInt32.random(in: 1...limit, using: &random))
            text.append(scalar ?? "\u{FFFD}")
        }
        return String(text)
    }
}
