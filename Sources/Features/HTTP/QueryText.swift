/// The query of a URL, read strictly: a name stands once, and every byte decodes.
enum QueryText {
    /// - Throws: 400
    static func members(_ query: String) throws(APIError) -> [JSONMember] {
        var members: [JSONMember] = []
        var names: Set<String> = []
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try decode(parts[0])
            guard names.insert(name).inserted else {
                throw .malformed("request.duplicate_parameter", "\(name.prefix(64)) stands twice.")
            }
            members.append(
                JSONMember(name: name, value: .string(try decode(parts.count > 1 ? parts[1] : "")))
            )
        }
        return members
    }

    private static func decode(_ text: Substring) throws(APIError) -> String {
        var bytes: [UInt8] = []
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(32)
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(hexadecimal),
                    let low = iterator.next().flatMap(hexadecimal)
                else {
                    throw .malformed("request.query", "The query is not percent-encoded correctly.")
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        guard !bytes.contains(0), let decoded = String(validating: bytes, as: UTF8.self) else {
            throw .malformed("request.query", "The query is not UTF-8 without NUL.")
        }
        return decoded
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
