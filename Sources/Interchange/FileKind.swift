/// What a file looks like by its first bytes, when it is nothing that is read.
package enum FileKind: String, CaseIterable, Hashable, Sendable {
    case executable, image, audioOrVideo = "audio_or_video", pdf
    case zip, spreadsheet, oldSpreadsheet = "old_spreadsheet", compressed, database
    case html, json, xml, qif, mt940, richText = "rich_text", script, binary

    /// For people, with its article.
    package var phrase: String {
        switch self {
        case .executable: "a program"
        case .image: "a picture"
        case .audioOrVideo: "sound or video"
        case .pdf: "a PDF"
        case .zip: "a ZIP archive"
        case .spreadsheet: "a spreadsheet (XLSX or ODS)"
        case .oldSpreadsheet: "an old Office document (XLS or DOC)"
        case .compressed: "a compressed archive"
        case .database: "a database"
        case .html: "a web page"
        case .json: "JSON"
        case .xml: "XML that is not OFX"
        case .qif: "QIF"
        case .mt940: "MT940"
        case .richText: "a text document (RTF)"
        case .script: "a script"
        case .binary: "binary data"
        }
    }

    /// Tells a kind by its magic number; nil for what may be text.
    static func magic(_ bytes: [UInt8]) -> FileKind? {
        for (prefix, kind) in prefixes where bytes.starts(with: prefix) {
            return kind == .zip ? zipKind(bytes) : kind
        }
        let head = bytes.prefix(12)
        if head.count == 12, head.starts(with: Array("RIFF".utf8)) {
            return Array(head.suffix(4)) == Array("WEBP".utf8) ? .image : .audioOrVideo
        }
        if head.count >= 8, Array(head[4..<8]) == Array("ftyp".utf8) { return .audioOrVideo }
        return nil
    }

    private static func zipKind(_ bytes: [UInt8]) -> FileKind {
        let head = bytes.prefix(4_096)
        let marks = ["xl/", "[Content_Types].xml", "opendocument.spreadsheet"]
        return marks.contains { ByteSearch.find(Array($0.utf8), in: head) != nil }
            ? .spreadsheet : .zip
    }

    private static let prefixes: [(bytes: [UInt8], kind: FileKind)] = [
        ([0x4D, 0x5A, 0x90], .executable), ([0x7F, 0x45, 0x4C, 0x46], .executable),
        ([0x4D, 0x5A, 0x00], .executable), ([0x4D, 0x5A, 0x50], .executable),
        ([0xCF, 0xFA, 0xED, 0xFE], .executable), ([0xCE, 0xFA, 0xED, 0xFE], .executable),
        ([0xCA, 0xFE, 0xBA, 0xBE], .executable), ([0x00, 0x61, 0x73, 0x6D], .executable),
        ([0x89, 0x50, 0x4E, 0x47], .image), ([0xFF, 0xD8, 0xFF], .image),
        (Array("GIF8".utf8), .image), (Array("BM".utf8) + [0x36], .image),
        ([0x49, 0x49, 0x2A, 0x00], .image), ([0x4D, 0x4D, 0x00, 0x2A], .image),
        ([0x00, 0x00, 0x01, 0x00], .image), (Array("%PDF".utf8), .pdf),
        ([0x50, 0x4B, 0x03, 0x04], .zip), ([0x50, 0x4B, 0x05, 0x06], .zip),
        ([0xD0, 0xCF, 0x11, 0xE0], .oldSpreadsheet), ([0x1F, 0x8B], .compressed),
        (Array("BZh".utf8), .compressed), ([0xFD, 0x37, 0x7A, 0x58, 0x5A], .compressed),
        ([0x37, 0x7A, 0xBC, 0xAF], .compressed), ([0x28, 0xB5, 0x2F, 0xFD], .compressed),
        (Array("Rar!".utf8), .compressed), (Array("SQLite format 3".utf8), .database),
        (Array("{\\rtf".utf8), .richText), (Array("#!".utf8), .script),
        (Array("ID3".utf8), .audioOrVideo), (Array("OggS".utf8), .audioOrVideo),
    ]
}

/// Looking for bytes in bytes.
enum ByteSearch {
    /// The offset of the first match; meant for short needles in bounded stretches.
    static func find(_ needle: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = needle.first, bytes.count >= needle.count else { return nil }
        var index = bytes.startIndex
        let last = bytes.endIndex - needle.count
        while index <= last {
            if bytes[index] == first, bytes[index..<(index + needle.count)].elementsEqual(needle) {
                return index
            }
            index += 1
        }
        return nil
    }
}
