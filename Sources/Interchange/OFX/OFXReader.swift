/// Reads OFX 1.x (SGML) and 2.x (XML), and QFX.
///
/// Banks write unclosed tags under XML headers and XML under SGML headers, so every file is read the
/// forgiving way.
///
/// - Source: OFX Banking Specification 1.6, 2.2; sections 11 (banking) and 13 (investments).
enum OFXReader {
    /// - Throws: `markup`, `tooManyRows`.
    /// - Complexity: linear.
    static func read(
        _ bytes: [UInt8],
        limits: ReadingLimits
    ) throws(InterchangeError) -> StatementFile {
        let encoding = TextEncoding.detect(bytes, declared: declaredEncoding(bytes))
        let text = encoding.decode(bytes)
        let start = text.firstIndex(of: 60) ?? text.count
        var markup = MarkupReader(text, dialect: .sgml, limits: limits.markup, from: start)
        var builder = OFXBuilder(rowLimit: limits.rows, depthLimit: limits.markup.depth)
        do {
            while let event = try markup.next() {
                let place = OFXBuilder.Place(
                    line: markup.line(),
                    start: markup.eventStart,
                    end: markup.position
                )
                try take(event, at: place, into: &builder)
            }
        } catch let error as MarkupError {
            throw .markup(error)
        } catch let error as InterchangeError {
            throw error
        } catch {
            throw .notATable
        }
        try builder.finish()
        return StatementFile(
            format: .ofx,
            encoding: encoding,
            statements: builder.statements,
            drafts: builder.drafts,
            mapping: nil,
            questions: [],
            notices: builder.notices,
            text: text
        )
    }

    private static func take(
        _ event: MarkupReader.Event,
        at place: OFXBuilder.Place,
        into builder: inout OFXBuilder
    ) throws {
        switch event {
        case .start(let name, _, let isEmpty):
            let name = capitals(name)
            try builder.start(name, at: place)
            if isEmpty { try builder.end(name, at: place) }
        case .end(let name): try builder.end(capitals(name), at: place)
        case .text(let text): builder.text(text)
        }
    }

    private static func capitals(_ name: String) -> String {
        name.utf8.contains { $0 >= 97 && $0 <= 122 } ? name.uppercased() : name
    }

    /// What the header says: `CHARSET:1252`, `encoding="ISO-8859-1"`.
    private static func declaredEncoding(_ bytes: [UInt8]) -> TextEncoding? {
        let head = bytes.prefix(512).map { $0 >= 97 && $0 <= 122 ? $0 - 32 : $0 }
        func says(_ text: String) -> Bool {
            ByteSearch.find(Array(text.utf8), in: head[...]) != nil
        }
        if says("CHARSET:1252") || says("WINDOWS-1252") { return .windows1252 }
        if says("8859-15") { return .latin9 }
        if says("8859-1") { return .windows1252 }
        if says("CHARSET:1250") || says("WINDOWS-1250") { return .windows1250 }
        return nil
    }
}
