import Interchange
import Testing

struct MarkupReaderTests {
    private func events(
        _ text: String,
        _ dialect: MarkupReader.Dialect = .xml,
        limits: MarkupLimits = MarkupLimits()
    ) throws -> [String] {
        var reader = MarkupReader(Array(text.utf8), dialect: dialect, limits: limits)
        var events: [String] = []
        while let event = try reader.next() {
            switch event {
            case .start(let name, let attributes, let isEmpty):
                let list = attributes.map { " \($0.name)=\($0.value)" }.joined()
                events.append("<\(name)\(list)\(isEmpty ? "/" : "")>")
            case .end(let name): events.append("</\(name)>")
            case .text(let text): events.append(text)
            }
        }
        return events
    }

    @Test
    func `elements, attributes and text come in order`() throws {
        let text =
            "<?xml version='1.0'?><!-- c --><a x='1' y=\"2 &amp; 3\"><b/>t<c>u</c></a><!-- end -->\n"

        #expect(
            try events(text) == ["<a x=1 y=2 & 3>", "<b/>", "t", "<c>", "u", "</c>", "</a>", "\n"]
        )
    }

    @Test(arguments: [
        ("&amp;&lt;&gt;&quot;&apos;", "&<>\"'"), ("&#65;&#x42;&#x1F68B;", "AB🚋"),
        ("a&#10;b", "a\nb"),
        ("<![CDATA[<x> & ]] >]]>", "<x> & ]] >"),
    ])
    func `the five entities, numbers and CDATA are resolved`(source: String, text: String) throws {
        #expect(try events("<a>\(source)</a>") == ["<a>", text, "</a>"])
    }

    @Test(
        arguments: [
            "<!DOCTYPE a><a/>", "<!doctype a><a/>", "<a><!DOCTYPE x></a>", "<!ENTITY x 'y'><a/>",
            "<a><![INCLUDE[x]]></a>",
            "<!DOCTYPE l [<!ENTITY a \"1\"><!ENTITY b \"&a;&a;\">]><l>&b;</l>",
            "<!DOCTYPE e [<!ENTITY ee SYSTEM \"file:///etc/passwd\">]><e>&ee;</e>",
        ],
        [MarkupReader.Dialect.xml, .sgml]
    )
    func `declarations are refused in either dialect`(text: String, dialect: MarkupReader.Dialect) {
        #expect(throws: MarkupError.doctype(line: 1)) { try events(text, dialect) }
    }

    @Test(arguments: [
        ("<a>&nbsp;</a>", MarkupError.unknownEntity(line: 1)),
        ("<a>\n&x;</a>", .unknownEntity(line: 2)),
        ("<a>a & b</a>", .unknownEntity(line: 1)), ("<a>&#0;</a>", .badCharacterReference(line: 1)),
        ("<a>&#xD800;</a>", .badCharacterReference(line: 1)),
        ("<a>&#x110000;</a>", .badCharacterReference(line: 1)),
        ("<a>&#+65;</a>", .badCharacterReference(line: 1)),
        ("<a>&#;</a>", .badCharacterReference(line: 1)),
        ("<a></b>", .mismatched(line: 1)), ("</a>", .mismatched(line: 1)),
        ("<a><b></a></b>", .mismatched(line: 1)),
        ("<a>", .unclosed(line: 1)), ("", .unclosed(line: 1)), ("<a/><b/>", .malformed(line: 1)),
        ("<a x=1/>", .malformed(line: 1)), ("<a x/>", .malformed(line: 1)),
        ("<a x='1' x='2'/>", .duplicateAttribute(line: 1)),
        ("<a x='<'/>", .malformed(line: 1)), ("<a", .malformed(line: 1)),
        ("<a x='1", .malformed(line: 1)),
        ("<a><!-- </a>", .malformed(line: 1)), ("<a><![CDATA[ </a>", .malformed(line: 1)),
        ("<? a", .malformed(line: 1)),
        ("< a/>", .malformed(line: 1)), ("<", .malformed(line: 1)),
        ("<a></a x>", .malformed(line: 1)),
    ])
    func `what strict XML forbids is refused with its line`(text: String, error: MarkupError) {
        #expect(throws: error) { try events(text) }
    }

    @Test
    func `SGML may leave elements open and write signs plainly`() throws {
        let text = "<OFX><NAME>R&D &nbsp; a<b & 5 < 6 &#0;\n<MEMO>x</OFX>"

        #expect(
            try events(text, .sgml) == [
                "<OFX>", "<NAME>", "R&D &nbsp; a", "<b & 5 ", "< 6 &#0;\n", "<MEMO>", "x", "</OFX>",
            ]
        )
    }

    @Test
    func `lines are counted over any kind of line break`() throws {
        var reader = MarkupReader(Array("<a>\r\n\r\n<b/>\r<c/>\n</a>".utf8), dialect: .xml)
        var lines: [Int] = []
        while let event = try reader.next() {
            if case .start = event { lines.append(reader.line()) }
        }

        #expect(lines == [1, 3, 4])
    }
}

/// Every limit at its edge and one past it.
struct MarkupLimitTests {
    private func count(_ text: String, _ limits: MarkupLimits = MarkupLimits()) throws -> Int {
        var reader = MarkupReader(Array(text.utf8), dialect: .xml, limits: limits)
        var count = 0
        while try reader.next() != nil { count += 1 }
        return count
    }

    private let limits = MarkupLimits()

    @Test
    func `depth`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
        }

        #expect(try count(nested(limits.depth)) == 2 * limits.depth)
        #expect(throws: MarkupError.tooDeep(limit: limits.depth, line: 1)) {
            try count(nested(limits.depth + 1))
        }
    }

    @Test
    func `attributes`() throws {
        func element(_ count: Int) -> String {
            "<a" + (0..<count).map { " x\($0)='1'" }.joined() + "/>"
        }

        #expect(try count(element(limits.attributes)) == 1)
        #expect(throws: MarkupError.tooManyAttributes(limit: limits.attributes, line: 1)) {
            try count(element(limits.attributes + 1))
        }
    }

    @Test
    func `names`() throws {
        func element(_ length: Int) -> String { "<\(String(repeating: "n", count: length))/>" }

        #expect(try count(element(limits.nameBytes)) == 1)
        #expect(throws: MarkupError.nameTooLong(limit: limits.nameBytes, line: 1)) {
            try count(element(limits.nameBytes + 1))
        }
    }

    @Test(arguments: ["<a>@</a>", "<a><![CDATA[@]]></a>", "<a x='@'/>"])
    func `text`(frame: String) throws {
        func filled(_ length: Int) -> String {
            frame.split(separator: "@").joined(separator: String(repeating: "t", count: length))
        }

        #expect(try count(filled(limits.textBytes)) > 0)
        #expect(throws: MarkupError.textTooLong(limit: limits.textBytes, line: 1)) {
            try count(filled(limits.textBytes + 1))
        }
    }

    @Test
    func `elements`() throws {
        var few = MarkupLimits()
        few.elements = 3

        #expect(try count("<a><b/><b/></a>", few) == 4)
        #expect(throws: MarkupError.tooManyElements(limit: 3)) {
            try count("<a><b/><b/><b/></a>", few)
        }
    }

    @Test
    func `OFX keeps to the depth too`() {
        let deep = "<OFX>" + String(repeating: "<A>", count: 40) + "<NAME>x"

        #expect(throws: InterchangeError.markup(.tooDeep(limit: 32, line: 1))) { try read(deep) }
    }

    /// What burned 35 seconds in a general parser is a step a byte here.
    @Test
    func `two hundred thousand attributes are refused at once`() {
        let text = "<a" + (0..<200_000).map { " x\($0)='1'" }.joined() + "/>"

        #expect(throws: MarkupError.tooManyAttributes(limit: limits.attributes, line: 1)) {
            try count(text)
        }
    }

    @Test(arguments: [
        "<a>", "&", "<", "<!--", "<a b='", "]]>", "<![CDATA[", "</a>", "\"", "<a\n", "&#x41;",
    ])
    func `a megabyte of one thing is read or refused`(part: String) {
        let text = "<OFX>" + String(repeating: part, count: 1_000_000 / part.utf8.count)
        let started = ContinuousClock.now

        _ = try? read(text)

        #expect(started.duration(to: .now) < .seconds(60))
    }
}
