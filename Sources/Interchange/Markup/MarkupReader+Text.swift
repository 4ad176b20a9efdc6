extension MarkupReader {
    /// Text up to the next tag. In SGML a `<` that begins no tag is text.
    mutating func readText() throws(MarkupError) -> Event {
        let start = position
        if bytes[position] == 60 { position += 1 }
        while position < bytes.count, bytes[position] != 60 { position += 1 }
        return .text(try resolved(start..<position))
    }

    /// Skips a comment, reads a CDATA section, refuses everything else that begins with `<!`.
    mutating func readDeclaration() throws(MarkupError) -> String? {
        let rest = bytes[(position + 2)...]
        if rest.starts(with: [45, 45]) {
            position += 4
            try skip(past: [45, 45, 62])
            return nil
        }
        if rest.starts(with: Array("[CDATA[".utf8)) {
            let start = position + 9
            position = start
            try skip(past: [93, 93, 62])
            let content = start..<(position - 3)
            guard content.count <= limits.textBytes else {
                throw .textTooLong(limit: limits.textBytes, line: line())
            }
            return String(decoding: bytes[content], as: UTF8.self)
        }
        throw .doctype(line: line())
    }

    mutating func skip(past end: [UInt8]) throws(MarkupError) {
        while position + end.count <= bytes.count {
            if bytes[position] == end[0],
                bytes[position..<(position + end.count)].elementsEqual(end)
            {
                position += end.count
                return
            }
            position += 1
        }
        throw .malformed(line: line())
    }

    /// The text with the five predefined entities and numeric references resolved, and no others.
    mutating func resolved(_ range: Range<Int>) throws(MarkupError) -> String {
        guard range.count <= limits.textBytes else {
            throw .textTooLong(limit: limits.textBytes, line: line())
        }
        guard bytes[range].contains(38) else {
            return String(decoding: bytes[range], as: UTF8.self)
        }
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            guard bytes[index] == 38 else {
                text.append(bytes[index])
                index += 1
                continue
            }
            index = try appendReference(at: index, end: range.upperBound, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The longest reference is `&#x10FFFF;`.
    private static let referenceBytes = 12

    private mutating func appendReference(
        at start: Int,
        end: Int,
        to text: inout [UInt8]
    ) throws(MarkupError) -> Int {
        let reach = bytes[(start + 1)..<min(end, start + Self.referenceBytes)]
        guard let close = reach.firstIndex(of: 59) else {
            guard dialect == .sgml else { throw .unknownEntity(line: line(at: start)) }
            text.append(38)
            return start + 1
        }
        let name = bytes[(start + 1)..<close]
        if name.first == 35, let scalar = Self.number(name.dropFirst()) {
            TextEncoding.append(scalar, to: &text)
        } else if let byte = Self.predefined[String(decoding: name, as: UTF8.self)] {
            text.append(byte)
        } else {
            guard dialect == .sgml else {
                throw name.first == 35
                    ? .badCharacterReference(line: line(at: start))
                    : .unknownEntity(line: line(at: start))
            }
            text.append(38)
            return start + 1
        }
        return close + 1
    }

    private static let predefined: [String: UInt8] = [
        "amp": 38, "lt": 60, "gt": 62, "quot": 34, "apos": 39,
    ]

    /// A character that XML allows: no NUL, no surrogate, no control but white space.
    private static func number(_ digits: ArraySlice<UInt8>) -> UInt32? {
        let isHexadecimal = digits.first == 120
        let text = String(decoding: isHexadecimal ? digits.dropFirst() : digits, as: UTF8.self)
        guard text.utf8.first != 43, let value = UInt32(text, radix: isHexadecimal ? 16 : 10),
            let scalar = Unicode.Scalar(value),
            value >= 32 || value == 9 || value == 10 || value == 13
        else { return nil }
        return scalar.value
    }
}
