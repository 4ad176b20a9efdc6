/// Reads JSON (RFC 8259), strictly and within limits.
///
/// Foundation's reader keeps the first of two equal keys and allows a depth of 512; parsers that disagree about
/// such texts are how requests are smuggled, so both are refused here.
package struct JSONReader {
    /// How deep objects and arrays may lie in each other.
    package static let depthLimit = 32
    /// How many members all objects of a text may have together.
    package static let keyLimit = 10_000
    package static let valueLimit = 100_000

    private let bytes: [UInt8]
    private let keyLimit: Int
    private var offset = 0
    private var values = 0
    private var keys = 0

    private init(_ bytes: [UInt8], keyLimit: Int) {
        self.bytes = bytes
        self.keyLimit = keyLimit
    }

    /// - Complexity: linear in the length.
    package static func read(
        _ bytes: [UInt8],
        keyLimit: Int = Self.keyLimit
    ) throws(JSONError) -> JSONValue {
        var reader = JSONReader(bytes, keyLimit: keyLimit)
        reader.skipSpace()
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.offset == bytes.count else { throw .malformed(offset: reader.offset) }
        return value
    }

    private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 32 || byte == 10 || byte == 13 || byte == 9 {
            offset += 1
        }
    }

    private mutating func take(_ byte: UInt8) throws(JSONError) {
        guard current == byte else { throw .malformed(offset: offset) }
        offset += 1
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        values += 1
        guard values <= Self.valueLimit else { throw .tooManyValues(limit: Self.valueLimit) }
        switch current {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func word(
        _ word: StaticString,
        _ value: JSONValue
    ) throws(JSONError) -> JSONValue {
        for position in 0..<word.utf8CodeUnitCount { try take(word.utf8Start[position]) }
        return value
    }

    /// Steps into an object or an array.
    private mutating func enter(depth: Int) throws(JSONError) {
        guard depth < Self.depthLimit else { throw .tooDeep(limit: Self.depthLimit) }
        offset += 1
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        try enter(depth: depth)
        var members: [JSONMember] = []
        var names: Set<String> = []
        skipSpace()
        if current == UInt8(ascii: "}") {
            offset += 1
            return .object([])
        }
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw .malformed(offset: offset) }
            let name = try string()
            guard names.insert(name).inserted else { throw .duplicateKey(name) }
            keys += 1
            guard keys <= keyLimit else { throw .tooManyKeys(limit: keyLimit) }
            skipSpace()
            try take(UInt8(ascii: ":"))
            skipSpace()
            members.append(JSONMember(name: name, value: try value(depth: depth + 1)))
            skipSpace()
            if current == UInt8(ascii: ",") {
                offset += 1
                continue
            }
            try take(UInt8(ascii: "}"))
            return .object(members)
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        try enter(depth: depth)
        var elements: [JSONValue] = []
        skipSpace()
        if current == UInt8(ascii: "]") {
            offset += 1
            return .array([])
        }
        while true {
            skipSpace()
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if current == UInt8(ascii: ",") {
                offset += 1
                continue
            }
            try take(UInt8(ascii: "]"))
            return .array(elements)
        }
    }

    private mutating func number() throws(JSONError) -> String {
        let start = offset
        if current == UInt8(ascii: "-") { offset += 1 }
        if current == UInt8(ascii: "0") {
            offset += 1
        } else {
            try digits()
        }
        if current == UInt8(ascii: ".") {
            offset += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            offset += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { offset += 1 }
            try digits()
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func digits() throws(JSONError) {
        let start = offset
        while let byte = current, byte >= 48, byte <= 57 { offset += 1 }
        guard offset > start else { throw .malformed(offset: offset) }
    }
}

// MARK: Strings

extension JSONReader {
    private mutating func string() throws(JSONError) -> String {
        let opening = offset
        offset += 1
        let start = offset
        while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
            guard byte >= 32 else { throw .malformed(offset: offset) }
            offset += 1
        }
        guard current == UInt8(ascii: "\"") else {
            return try escapedString(from: start)
        }
        defer { offset += 1 }
        guard let text = String(validating: bytes[start..<offset], as: UTF8.self) else {
            throw .invalidUTF8(offset: opening)
        }
        return text
    }

    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var plain = Array(bytes[start..<offset])
        while let byte = current, byte != UInt8(ascii: "\"") {
            guard byte >= 32 else { throw .malformed(offset: offset) }
            offset += 1
            if byte == UInt8(ascii: "\\") {
                plain.append(contentsOf: String(try escape()).utf8)
            } else {
                plain.append(byte)
            }
        }
        try take(UInt8(ascii: "\""))
        guard let text = String(validating: plain, as: UTF8.self) else {
            throw .invalidUTF8(offset: start)
        }
        return text
    }

    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        guard let byte = current else { throw .malformed(offset: offset) }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw .malformed(offset: offset - 1)
        }
    }

    private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
        let start = offset
        let first = try hexadecimal()
        guard first != 0 else { throw .nulCharacter(offset: start) }
        guard first & 0xFC00 == 0xD800 else {
            guard let scalar = Unicode.Scalar(first) else { throw .malformed(offset: start) }
            return scalar
        }
        try take(UInt8(ascii: "\\"))
        try take(UInt8(ascii: "u"))
        let second = try hexadecimal()
        guard second & 0xFC00 == 0xDC00,
            let scalar = Unicode.Scalar(0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF))
        else { throw .malformed(offset: start) }
        return scalar
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current else { throw .malformed(offset: offset) }
            switch byte {
            case 48...57: value = value << 4 | UInt32(byte - 48)
            case 65...70: value = value << 4 | UInt32(byte - 55)
            case 97...102: value = value << 4 | UInt32(byte - 87)
            default: throw .malformed(offset: offset)
            }
            offset += 1
        }
        return value
    }
}
