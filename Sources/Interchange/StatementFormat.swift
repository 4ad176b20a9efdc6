/// The formats of files that are read.
package enum StatementFormat: String, CaseIterable, Hashable, Sendable {
    case csv
    /// OFX 1.x (SGML) and 2.x (XML), and QFX.
    case ofx

    /// What an answer of 415 names.
    package static let accepted = "CSV and other delimited text, OFX and QFX"

    /// Tells the format by content; a file's name is not asked.
    ///
    /// - Throws: `empty`, `unsupported`.
    package static func detect(_ bytes: [UInt8]) throws(InterchangeError) -> StatementFormat {
        guard !bytes.isEmpty else { throw .empty }
        if let kind = FileKind.magic(bytes) { throw .unsupported(kind) }
        let head = TextEncoding.decodeHead(bytes)
        guard let head else { throw .unsupported(.binary) }
        let folded = head.map { $0 >= 97 && $0 <= 122 ? $0 - 32 : $0 }
        guard let start = folded.firstIndex(where: { !isSpace($0) }) else { throw .empty }
        if isOFX(folded[start...]) { return .ofx }
        if let kind = textKind(folded[start...]) { throw .unsupported(kind) }
        return .csv
    }

    private static func isOFX(_ head: ArraySlice<UInt8>) -> Bool {
        ["OFXHEADER", "<OFX>", "<?OFX", "OFXSGML"].contains { mark in
            ByteSearch.find(Array(mark.utf8), in: head) != nil
        }
    }

    private static func textKind(_ head: ArraySlice<UInt8>) -> FileKind? {
        func begins(_ text: String) -> Bool { head.starts(with: text.utf8) }
        if begins("<!DOCTYPE HTML") || begins("<HTML") || begins("<TABLE") { return .html }
        if begins("<?XML") || begins("<!") || begins("<") { return .xml }
        if begins("!TYPE:") || begins("!ACCOUNT") || begins("!OPTION") || begins("!CLEAR") {
            return .qif
        }
        if begins(":20:") || begins("{1:") || begins(":940:") { return .mt940 }
        if begins("{") || begins("[") { return isJSON(head) ? .json : nil }
        return nil
    }

    /// A brace or bracket followed by what JSON allows there.
    private static func isJSON(_ head: ArraySlice<UInt8>) -> Bool {
        let next = head.dropFirst().first { !isSpace($0) }
        return next.map { "\"{[]}-0123456789TFN".utf8.contains($0) } ?? true
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 32 || (byte >= 9 && byte <= 13)
    }
}
