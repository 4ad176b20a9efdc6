/// Reads XML or SGML one event at a time, without recursion, within limits.
///
/// Every format of markup goes through it, because general XML parsers expand entities, fetch what they
/// are told to, and take quadratic time on long lists of attributes.
///
/// - Complexity: linear.
package struct MarkupReader {
    /// What comes next in the text.
    package enum Event: Equatable {
        case start(name: String, attributes: [Attribute], isEmpty: Bool)
        case end(name: String)
        /// Text between tags, references resolved; adjoining stretches may come apart.
        case text(String)
    }

    package struct Attribute: Equatable {
        package let name: String
        package let value: String
    }

    /// How closely the text must keep to the rules.
    package enum Dialect {
        /// Elements end in the order in which they began.
        case xml
        /// End tags may be missing, and a bare `&` or an unknown entity is plain text.
        case sgml
    }

    let bytes: [UInt8]
    let dialect: Dialect
    let limits: MarkupLimits
    var position: Int
    /// Where the last event began.
    package private(set) var eventStart = 0
    private var openElements: [String] = []
    private var elements = 0
    private var hasRoot = false
    private var counted = (position: 0, line: 1)

    /// - Parameter utf8: well-formed UTF-8.
    package init(
        _ utf8: [UInt8],
        dialect: Dialect,
        limits: MarkupLimits = MarkupLimits(),
        from start: Int = 0
    ) {
        bytes = utf8
        self.dialect = dialect
        self.limits = limits
        position = start
    }

    /// The next event; nil at the end.
    package mutating func next() throws(MarkupError) -> Event? {
        while position < bytes.count {
            eventStart = position
            guard bytes[position] == 60 else { return try readText() }
            guard position + 1 < bytes.count else { throw .malformed(line: line()) }
            switch bytes[position + 1] {
            case 33:
                if let text = try readDeclaration() { return .text(text) }
            case 63: try skip(past: [63, 62])
            case 47: return try readEnd()
            case let byte where MarkupReader.isNameStart(byte):
                if let event = try readTag() { return event }
                return try readText()
            default:
                guard dialect == .sgml else { throw .malformed(line: line()) }
                return try readText()
            }
        }
        if dialect == .xml, !openElements.isEmpty || !hasRoot { throw .unclosed(line: line()) }
        return nil
    }

    /// The 1-based line of the last event.
    ///
    /// - Complexity: linear over all calls together.
    package mutating func line() -> Int { line(at: eventStart) }

    mutating func line(at offset: Int) -> Int {
        if offset < counted.position { counted = (0, 1) }
        var index = counted.position
        while index < min(offset, bytes.count) {
            let byte = bytes[index]
            if byte == 10 || (byte == 13 && !(index + 1 < bytes.count && bytes[index + 1] == 10)) {
                counted.line += 1
            }
            index += 1
        }
        counted.position = index
        return counted.line
    }

    // MARK: Tags

    /// Nil in SGML when what looks like a tag is none, as in `a <b c`: the text goes on there.
    private mutating func readTag() throws(MarkupError) -> Event? {
        do {
            return try readStart()
        } catch MarkupError.malformed where dialect == .sgml {
            position = eventStart
            return nil
        }
    }

    private mutating func readStart() throws(MarkupError) -> Event {
        elements += 1
        guard elements <= limits.elements else { throw .tooManyElements(limit: limits.elements) }
        position += 1
        let name = try readName()
        let (attributes, isEmpty) = try readAttributes()
        if dialect == .xml {
            if openElements.isEmpty, hasRoot { throw .malformed(line: line()) }
            hasRoot = true
            if !isEmpty { openElements.append(name) }
            guard openElements.count <= limits.depth else {
                throw .tooDeep(limit: limits.depth, line: line())
            }
        }
        return .start(name: name, attributes: attributes, isEmpty: isEmpty)
    }

    private mutating func readEnd() throws(MarkupError) -> Event {
        position += 2
        let name = try readName()
        skipSpace()
        guard position < bytes.count, bytes[position] == 62 else { throw .malformed(line: line()) }
        position += 1
        if dialect == .xml {
            guard openElements.popLast() == name else { throw .mismatched(line: line()) }
        }
        return .end(name: name)
    }

    mutating func readName() throws(MarkupError) -> String {
        let start = position
        while position < bytes.count, Self.isName(bytes[position]) { position += 1 }
        guard position > start else { throw .malformed(line: line()) }
        guard position - start <= limits.nameBytes else {
            throw .nameTooLong(limit: limits.nameBytes, line: line())
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func readAttributes() throws(MarkupError) -> ([Attribute], isEmpty: Bool) {
        var attributes: [Attribute] = []
        while true {
            skipSpace()
            guard position < bytes.count else { throw .malformed(line: line()) }
            if bytes[position] == 62 {
                position += 1
                return (attributes, false)
            }
            if bytes[position] == 47, position + 1 < bytes.count, bytes[position + 1] == 62 {
                position += 2
                return (attributes, true)
            }
            guard attributes.count < limits.attributes else {
                throw .tooManyAttributes(limit: limits.attributes, line: line())
            }
            let attribute = try readAttribute()
            if attributes.contains(where: { $0.name == attribute.name }) {
                throw .duplicateAttribute(line: line())
            }
            attributes.append(attribute)
        }
    }

    private mutating func readAttribute() throws(MarkupError) -> Attribute {
        let name = try readName()
        skipSpace()
        guard position < bytes.count, bytes[position] == 61 else { throw .malformed(line: line()) }
        position += 1
        skipSpace()
        guard position < bytes.count, bytes[position] == 34 || bytes[position] == 39 else {
            throw .malformed(line: line())
        }
        let quote = bytes[position]
        let start = position + 1
        position = start
        while position < bytes.count, bytes[position] != quote {
            guard bytes[position] != 60 else { throw .malformed(line: line()) }
            position += 1
        }
        guard position < bytes.count else { throw .malformed(line: line()) }
        let value = try resolved(start..<position)
        position += 1
        return Attribute(name: name, value: value)
    }

    mutating func skipSpace() {
        while position < bytes.count, bytes[position] <= 32 { position += 1 }
    }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 97 && byte | 0x20 <= 122) || byte == 95 || byte >= 0x80
    }

    private static func isName(_ byte: UInt8) -> Bool {
        isNameStart(byte) || (byte >= 48 && byte <= 58) || byte == 45 || byte == 46
    }
}
