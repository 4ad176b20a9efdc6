/// Reads CBOR (RFC 8949), strictly and within limits.
///
/// Refused are what CTAP2's canonical form leaves out, since two readers could differ over it:
/// lengths left open, numbers longer than they need be, tags, floating point, a key twice. The
/// order of keys is not looked at: some authenticators do not sort.
package struct CBORReader {
    /// - Source: CTAP 2.1, section 8: four levels; one more for what lies in a statement.
    package static let depthLimit = 5
    /// How many values there may be in all.
    package static let valueLimit = 256
    /// The longest text: a passkey with the longest id, RSA, and room for extensions.
    ///
    /// - Units: bytes
    package static let lengthLimit = 16_384

    private let bytes: ArraySlice<UInt8>
    private var offset: Int
    private var values = 0

    private init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        offset = bytes.startIndex
    }

    /// One value that takes all the bytes.
    package static func read(_ bytes: [UInt8]) throws(PasskeyError) -> CBOR {
        let (value, rest) = try readPrefix(bytes[...])
        guard rest.isEmpty else { throw .malformedCBOR }
        return value
    }

    /// One value, and the bytes after it.
    package static func readPrefix(
        _ bytes: ArraySlice<UInt8>
    ) throws(PasskeyError) -> (value: CBOR, rest: ArraySlice<UInt8>) {
        guard bytes.count <= lengthLimit else { throw .tooLong }
        var reader = CBORReader(bytes)
        let value = try reader.value(depth: 0)
        return (value, bytes[reader.offset...])
    }

    private mutating func byte() throws(PasskeyError) -> UInt8 {
        guard offset < bytes.endIndex else { throw .malformedCBOR }
        defer { offset += 1 }
        return bytes[offset]
    }

    private mutating func value(depth: Int) throws(PasskeyError) -> CBOR {
        values += 1
        guard values <= Self.valueLimit, depth < Self.depthLimit else { throw .malformedCBOR }
        let head = try byte()
        switch head >> 5 {
        case 0: return .integer(try small(try argument(head)))
        case 1: return .integer(-1 - (try small(try argument(head))))
        case 2: return .bytes(try take(try argument(head)))
        case 3: return .text(try text(try argument(head)))
        case 4: return .array(try elements(try argument(head), depth))
        case 5: return .map(try members(try argument(head), depth))
        default: return try simple(head)
        }
    }

    /// The number that follows a head, in the shortest of its spellings.
    private mutating func argument(_ head: UInt8) throws(PasskeyError) -> UInt64 {
        let low = head & 31
        guard low >= 24 else { return UInt64(low) }
        guard low <= 27 else { throw .malformedCBOR }
        let width = 1 << Int(low - 24)
        var number: UInt64 = 0
        for _ in 0..<width { number = number << 8 | UInt64(try byte()) }
        let least: UInt64 = width == 1 ? 24 : 1 << UInt64(4 * width)
        guard number >= least else { throw .malformedCBOR }
        return number
    }

    private func small(_ number: UInt64) throws(PasskeyError) -> Int64 {
        guard let small = Int64(exactly: number) else { throw .malformedCBOR }
        return small
    }

    private mutating func take(_ count: UInt64) throws(PasskeyError) -> [UInt8] {
        guard count <= UInt64(bytes.endIndex - offset) else { throw .malformedCBOR }
        defer { offset += Int(count) }
        return Array(bytes[offset..<offset + Int(count)])
    }

    private mutating func text(_ count: UInt64) throws(PasskeyError) -> String {
        guard let text = String(validating: try take(count), as: UTF8.self) else {
            throw .malformedCBOR
        }
        return text
    }

    private mutating func elements(_ count: UInt64, _ depth: Int) throws(PasskeyError) -> [CBOR] {
        guard count <= UInt64(Self.valueLimit) else { throw .malformedCBOR }
        var elements: [CBOR] = []
        for _ in 0..<count { elements.append(try value(depth: depth + 1)) }
        return elements
    }

    private mutating func members(
        _ count: UInt64,
        _ depth: Int
    ) throws(PasskeyError) -> [CBOR.Member] {
        guard count <= UInt64(Self.valueLimit) else { throw .malformedCBOR }
        var members: [CBOR.Member] = []
        for _ in 0..<count {
            let key = try value(depth: depth + 1)
            switch key {
            case .integer, .text: break
            default: throw .malformedCBOR
            }
            guard !members.contains(where: { $0.key == key }) else { throw .malformedCBOR }
            members.append(CBOR.Member(key: key, value: try value(depth: depth + 1)))
        }
        return members
    }

    private func simple(_ head: UInt8) throws(PasskeyError) -> CBOR {
        switch head {
        case 0xF4: .boolean(false)
        case 0xF5: .boolean(true)
        case 0xF6: .null
        default: throw .malformedCBOR
        }
    }
}
