import NIOCore

/// What a server may send at most. A server that sends more is no server of ours.
package struct RESPLimits: Sendable {
    /// How deep arrays may stand in arrays.
    package var depth = 16
    /// Bytes of one string.
    package var bulkBytes = 16 << 20
    /// Bytes of a line: a status, an error, a number.
    package var lineBytes = 64 << 10
    /// Elements of one answer, all levels together.
    package var elements = 1 << 20

    package init() {}
}

/// Reads values from bytes that come in pieces. What is read of an array is kept, so that the
/// cost stays proportional to the bytes however they are cut.
struct RESPParser {
    private struct Level {
        let kind: UInt8
        var missing: Int
        var elements: [RESPValue]
    }

    private let limits: RESPLimits
    private var levels: [Level] = []
    private var elementCount = 0

    init(limits: RESPLimits) {
        self.limits = limits
    }

    /// The next whole value; nil when more bytes are needed.
    mutating func next(_ buffer: inout ByteBuffer) throws(RESPError) -> RESPValue? {
        while let item = try nextItem(&buffer) {
            switch item {
            case .value(let value):
                if let whole = finish(value) { return whole }
            case .opening(let level):
                guard levels.count < limits.depth else { throw .malformed("too deep") }
                levels.append(level)
            }
        }
        return nil
    }

    /// Adds a value to the array it belongs to, and that one to its own when it is full.
    private mutating func finish(_ value: RESPValue) -> RESPValue? {
        var value = value
        while var level = levels.popLast() {
            level.elements.append(value)
            level.missing -= 1
            guard level.missing == 0 else {
                levels.append(level)
                return nil
            }
            // An attribute is about the value that follows, in the same place.
            guard let whole = Self.value(of: level) else { return nil }
            value = whole
        }
        elementCount = 0
        return value
    }

    private static func value(of level: Level) -> RESPValue? {
        switch level.kind {
        case Mark.map: .map(level.elements)
        case Mark.set: .set(level.elements)
        case Mark.push: .push(level.elements)
        case Mark.attribute: nil
        default: .array(level.elements)
        }
    }

    private enum Item {
        case value(RESPValue)
        case opening(Level)
    }

    private enum Mark {
        static let status = UInt8(ascii: "+")
        static let error = UInt8(ascii: "-")
        static let integer = UInt8(ascii: ":")
        static let bulk = UInt8(ascii: "$")
        static let array = UInt8(ascii: "*")
        static let null = UInt8(ascii: "_")
        static let boolean = UInt8(ascii: "#")
        static let double = UInt8(ascii: ",")
        static let bigNumber = UInt8(ascii: "(")
        static let bulkError = UInt8(ascii: "!")
        static let verbatim = UInt8(ascii: "=")
        static let map = UInt8(ascii: "%")
        static let set = UInt8(ascii: "~")
        static let push = UInt8(ascii: ">")
        static let attribute = UInt8(ascii: "|")
    }
}

// MARK: One item

extension RESPParser {
    private mutating func nextItem(_ buffer: inout ByteBuffer) throws(RESPError) -> Item? {
        let start = buffer.readerIndex
        guard let mark = buffer.readInteger(as: UInt8.self), let line = try readLine(&buffer)
        else {
            buffer.moveReaderIndex(to: start)
            return nil
        }
        switch mark {
        case Mark.bulk, Mark.bulkError, Mark.verbatim:
            let length = try Self.number(line)
            if length == -1 { return .value(.null) }
            guard let bytes = try readBulk(length, &buffer) else {
                buffer.moveReaderIndex(to: start)
                return nil
            }
            return .value(try Self.bulk(mark, bytes))
        case Mark.array, Mark.set, Mark.push, Mark.map, Mark.attribute:
            return try opening(mark, count: Self.number(line))
        default:
            return .value(try Self.scalar(mark, line))
        }
    }

    private mutating func opening(_ mark: UInt8, count: Int64) throws(RESPError) -> Item {
        if count == -1 { return .value(.null) }
        let isPairs = mark == Mark.map || mark == Mark.attribute
        guard count >= 0, count <= limits.elements else { throw .malformed("too many elements") }
        let elements = Int(count) * (isPairs ? 2 : 1)
        elementCount += elements
        guard elementCount <= limits.elements else { throw .malformed("too many elements") }
        let level = Level(kind: mark, missing: elements, elements: [])
        guard elements == 0 else { return .opening(level) }
        guard let empty = Self.value(of: level) else { throw .malformed("an empty attribute") }
        return .value(empty)
    }

    /// The bytes before the next line break, without the mark; nil when it has not come yet.
    private func readLine(_ buffer: inout ByteBuffer) throws(RESPError) -> ByteBufferView? {
        let view = buffer.readableBytesView
        guard let end = view.prefix(limits.lineBytes).firstIndex(of: UInt8(ascii: "\n")) else {
            if view.count >= limits.lineBytes { throw .malformed("too long a line") }
            return nil
        }
        guard end > view.startIndex, view[end - 1] == UInt8(ascii: "\r") else {
            throw .malformed("a line that does not end in CR LF")
        }
        buffer.moveReaderIndex(to: end + 1)
        return view[view.startIndex..<end - 1]
    }

    private func readBulk(
        _ length: Int64,
        _ buffer: inout ByteBuffer
    ) throws(RESPError) -> [UInt8]? {
        guard length >= 0, length <= limits.bulkBytes else { throw .malformed("too long a string") }
        guard buffer.readableBytes >= Int(length) + 2 else { return nil }
        guard let bytes = buffer.readBytes(length: Int(length)),
            buffer.readInteger(as: UInt16.self) == 0x0D0A
        else { throw .malformed("a string that does not end in CR LF") }
        return bytes
    }

    private static func bulk(_ mark: UInt8, _ bytes: [UInt8]) throws(RESPError) -> RESPValue {
        switch mark {
        case Mark.bulkError:
            return .error(String(decoding: bytes, as: UTF8.self))
        case Mark.verbatim:
            // Three letters of the format and a colon come first.
            guard bytes.count >= 4, bytes[3] == UInt8(ascii: ":") else {
                throw .malformed("a verbatim string without its format")
            }
            return .bytes(Array(bytes.dropFirst(4)))
        default:
            return .bytes(bytes)
        }
    }

    private static func scalar(
        _ mark: UInt8,
        _ line: ByteBufferView
    ) throws(RESPError) -> RESPValue {
        let text = String(decoding: line, as: UTF8.self)
        switch mark {
        case Mark.status: return .status(text)
        case Mark.error: return .error(text)
        case Mark.integer: return .integer(try number(line))
        case Mark.null where line.isEmpty: return .null
        case Mark.boolean where text == "t": return .boolean(true)
        case Mark.boolean where text == "f": return .boolean(false)
        case Mark.double: return .double(try double(text))
        case Mark.bigNumber where isDigits(line): return .bigNumber(text)
        default: throw .malformed("no RESP: it begins with byte \(mark)")
        }
    }

    private static func double(_ text: String) throws(RESPError) -> Double {
        guard let value = Double(text) else { throw .malformed("no number") }
        return value
    }

    private static func isDigits(_ line: ByteBufferView) -> Bool {
        let digits = line.first == UInt8(ascii: "-") ? line.dropFirst() : line[...]
        return !digits.isEmpty && digits.allSatisfy { $0 >= 48 && $0 <= 57 }
    }

    private static func number(_ line: ByteBufferView) throws(RESPError) -> Int64 {
        let unsigned = line.first == UInt8(ascii: "+") ? line.dropFirst() : line[...]
        guard isDigits(unsigned), let number = Int64(String(decoding: unsigned, as: UTF8.self))
        else { throw .malformed("no integer") }
        return number
    }
}
