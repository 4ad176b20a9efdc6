import Credentials
import Testing

struct CBORTests {
    /// - Source: RFC 8949, appendix A.
    @Test(
        arguments: [
            ([0x00], CBOR.integer(0)), ([0x17], .integer(23)), ([0x18, 0x18], .integer(24)),
            ([0x19, 0x03, 0xE8], .integer(1_000)),
            ([0x1A, 0x00, 0x0F, 0x42, 0x40], .integer(1_000_000)),
            ([0x1B, 0, 0, 0, 0xE8, 0xD4, 0xA5, 0x10, 0], .integer(1_000_000_000_000)),
            ([0x20], .integer(-1)), ([0x38, 0x63], .integer(-100)),
            ([0x39, 0x03, 0xE7], .integer(-1_000)),
            ([0xF4], .boolean(false)), ([0xF5], .boolean(true)), ([0xF6], .null),
            ([0x40], .bytes([])),
            ([0x44, 1, 2, 3, 4], .bytes([1, 2, 3, 4])), ([0x61, 0x61], .text("a")),
            ([0x62, 0xC3, 0xBC], .text("ü")),
            ([0x83, 1, 2, 3], .array([.integer(1), .integer(2), .integer(3)])),
        ] as [([UInt8], CBOR)]
    )
    func `the standard's examples are read`(bytes: [UInt8], value: CBOR) throws {
        #expect(try CBORReader.read(bytes) == value)
    }

    @Test
    func `members are found by name and by number`() throws {
        let map = try CBORReader.read([0xA2, 0x01, 0x02, 0x61, 0x61, 0x20])

        #expect(map[1] == .integer(2))
        #expect(map["a"] == .integer(-1))
        #expect(map["b"] == nil)
    }

    @Test(
        arguments: [
            ("nothing", []), ("cut number", [0x19, 0x03]), ("cut text", [0x62, 0x61]),
            ("cut map", [0xA1, 0x01]), ("trailing byte", [0x00, 0x00]),
            ("long zero", [0x18, 0x17]), ("long 255", [0x19, 0x00, 0xFF]),
            ("long 65535", [0x1A, 0, 0, 0xFF, 0xFF]),
            ("long 2^32-1", [0x1B, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]),
            ("past 63 bits", [0x1B] + Array(repeating: 0xFF, count: 8)),
            ("past 63 bits below zero", [0x3B] + Array(repeating: 0xFF, count: 8)),
            ("reserved 28", [0x1C]), ("open bytes", [0x5F, 0x41, 0, 0xFF]),
            ("open map", [0xBF, 0xFF]),
            ("a tag", [0xC0, 0x00]), ("a float", [0xF9, 0, 0]), ("undefined", [0xF7]),
            ("break", [0xFF]),
            ("key twice", [0xA2, 0x01, 0x02, 0x01, 0x03]), ("key of bytes", [0xA1, 0x40, 0x01]),
            ("not UTF-8", [0x61, 0xFF]),
            ("bytes without end", [0x5B] + Array(repeating: 0x7F, count: 8)),
            ("array without end", [0x9B] + Array(repeating: 0x7F, count: 8)),
            ("map without end", [0xBA, 0xFF, 0xFF, 0xFF, 0xFF]),
        ] as [(String, [UInt8])]
    )
    func `what is not canonical, or not whole, is refused`(what: String, bytes: [UInt8]) {
        #expect(throws: PasskeyError.malformedCBOR, "\(what)") { try CBORReader.read(bytes) }
    }

    @Test
    func `depth, count and length end at their limits`() throws {
        let deep = { [UInt8](repeating: 0x81, count: $0) + [0x00] }
        let wide = { [0x98, UInt8($0)] + [UInt8](repeating: 0, count: $0) }

        _ = try CBORReader.read(deep(CBORReader.depthLimit - 1))
        #expect(throws: PasskeyError.malformedCBOR) {
            try CBORReader.read(deep(CBORReader.depthLimit))
        }
        _ = try CBORReader.read(wide(CBORReader.valueLimit - 1))
        #expect(throws: PasskeyError.malformedCBOR) {
            try CBORReader.read([0x99, 1, 0] + [UInt8](repeating: 0, count: 256))
        }
        #expect(throws: PasskeyError.tooLong) {
            try CBORReader.read([UInt8](repeating: 0, count: CBORReader.lengthLimit + 1))
        }
    }

    @Test
    func `no bytes make it trap`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: .min ... .max, using: &generator)
            }
            // Read or refused: both are right, ending is what is tested.
            _ = try? CBORReader.read(bytes)
            _ = try? AuthenticatorData([UInt8](repeating: 0xC1, count: 37) + bytes)
            _ = try? AttestationObject(bytes)
        }
    }
}
