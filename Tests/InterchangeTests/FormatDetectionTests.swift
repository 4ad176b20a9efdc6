import Interchange
import Testing

struct FormatDetectionTests {
    @Test(arguments: [
        ([0x4D, 0x5A, 0x90, 0x00], FileKind.executable),
        ([0x7F, 0x45, 0x4C, 0x46, 2], .executable),
        ([0x89, 0x50, 0x4E, 0x47, 13], .image), ([0xFF, 0xD8, 0xFF, 0xE0], .image),
        (Array("GIF89a".utf8), .image), (Array("%PDF-1.7".utf8), .pdf),
        ([0x50, 0x4B, 3, 4, 20, 0], .zip), ([0xD0, 0xCF, 0x11, 0xE0], .oldSpreadsheet),
        (Array("PK\u{3}\u{4}....xl/workbook.xml".utf8), .spreadsheet),
        ([0x1F, 0x8B, 8], .compressed), (Array("SQLite format 3\0".utf8), .database),
        (Array("RIFF....WEBPVP8 ".utf8), .image), (Array("{\\rtf1".utf8), .richText),
        (Array("#!/bin/sh\n".utf8), .script), ([1, 2, 3, 0, 0, 7, 9, 4], .binary),
        (Array("a,b\0c,d\n".utf8), .binary),
    ])
    func `a kind that is not read is refused by its name`(bytes: [UInt8], kind: FileKind) {
        #expect(throws: InterchangeError.unsupported(kind)) {
            try StatementReader.read(bytes: bytes)
        }
    }

    @Test(arguments: [
        ("<!DOCTYPE html><html></html>", FileKind.html), ("<html><table>", .html),
        ("<?xml version=\"1.0\"?><Document/>", .xml), ("<!DOCTYPE x []><x/>", .xml),
        ("!Type:Bank\nD1/1/24\n^", .qif), (":20:START\n:25:1", .mt940), ("{1:F01BANK}", .mt940),
        ("{\"a\": [1, 2]}", .json), ("[[[[", .json), ("[]", .json),
    ])
    func `text of another kind is refused by its name`(text: String, kind: FileKind) {
        #expect(throws: InterchangeError.unsupported(kind)) { try read(text) }
    }

    @Test(arguments: ["", " \r\n\t", "\u{FEFF}"])
    func `an empty file is refused`(text: String) {
        #expect(throws: InterchangeError.empty) { try read(text) }
    }

    @Test(arguments: ["hello", "one line, two parts", "a\nb\nc\n", "x;y\nz;w\n"])
    func `text without transactions and column names is no table`(text: String) {
        #expect(throws: InterchangeError.notATable) { try read(text) }
    }

    @Test(arguments: [
        "OFXHEADER:100\n<OFX></OFX>", "<?xml version=\"1.0\"?><?OFX OFXHEADER=\"200\"?><OFX/>",
        "<OFX>",
        "DATA:OFXSGML\n<OFX>", "\u{FEFF}<ofx>",
    ])
    func `OFX is told by its content`(text: String) throws {
        #expect(try StatementFormat.detect(Array(text.utf8)) == .ofx)
    }

    @Test
    func `every error names itself and speaks to a person`() {
        let errors: [InterchangeError] =
            [
                .empty, .tooLarge(limitBytes: 1), .tooManyRows(limit: 1), .notATable,
                .unknownColumn(1),
            ]
            + FileKind.allCases.map { .unsupported($0) } + [.markup(.doctype(line: 3))]

        for error in errors {
            #expect(error.code.hasPrefix("import."))
            #expect(error.message.hasSuffix("."))
        }
        #expect(InterchangeError.unsupported(.image).message.contains("CSV"))
    }

    @Test
    func `column names without rows are an empty statement`() throws {
        let file = try read("Date,Description,Amount\n")

        #expect(file.drafts.isEmpty)
        #expect(file.mapping?.columns.count == 3)
    }
}
