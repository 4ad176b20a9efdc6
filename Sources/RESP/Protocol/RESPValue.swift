/// What a Redis server answers.
///
/// - Source: Redis serialization protocol, versions 2 and 3.
package enum RESPValue: Sendable, Equatable {
    case null
    /// A short text without line breaks, such as `OK`.
    case status(String)
    case integer(Int64)
    case bytes([UInt8])
    case boolean(Bool)
    case double(Double)
    /// An integer too long for 64 bits, as its digits.
    case bigNumber(String)
    case array([RESPValue])
    /// Keys and values in turn.
    case map([RESPValue])
    case set([RESPValue])
    /// Something the server says unasked.
    case push([RESPValue])
    /// The server refused; the first word tells why, for example `NOSCRIPT`.
    case error(String)

    /// The text of a status or of bytes.
    package var text: String? {
        switch self {
        case .status(let text): text
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        default: nil
        }
    }

    package var elements: [RESPValue]? {
        switch self {
        case .array(let elements), .push(let elements), .set(let elements), .map(let elements):
            elements
        default: nil
        }
    }

    package var number: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }
}

/// A command and its arguments.
package struct RESPCommand: Sendable, ExpressibleByArrayLiteral {
    package let arguments: [[UInt8]]

    package init(arguments: [[UInt8]]) {
        self.arguments = arguments
    }

    package init(arrayLiteral words: String...) {
        arguments = words.map { Array($0.utf8) }
    }

    package init(_ words: [String]) {
        arguments = words.map { Array($0.utf8) }
    }
}

package enum RESPError: Error, Equatable {
    /// There is no connection, or it was lost before the answer came.
    case unavailable(String)
    /// The answer took longer than it may. Whether the command was run is not known.
    case timedOut
    /// The server refused, in its own words.
    case refused(String)
    /// What came is no RESP or larger than it may be.
    case malformed(String)
    /// The address cannot be read; the text never repeats it.
    case configuration(String)
}
