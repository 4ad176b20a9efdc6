import Interchange
import Testing

struct EncodingTests {
    private func bytes(_ hexadecimal: [UInt8], around text: String = "Text ") -> [UInt8] {
        Array(text.utf8) + hexadecimal + Array(" end".utf8)
    }

    @Test(arguments: [
        (Array("plain".utf8), TextEncoding.utf8), (Array("Überweisung €".utf8), .utf8),
        ([0xEF, 0xBB, 0xBF, 0x61], .utf8Marked), ([0xFF, 0xFE, 0x61, 0x00], .utf16LittleEndian),
        ([0xFE, 0xFF, 0x00, 0x61], .utf16BigEndian), ([0x47, 0x72, 0xFC, 0xDF, 0x65], .latin1),
        ([0x31, 0x32, 0x20, 0xA4], .latin9), ([0x31, 0x32, 0x20, 0x80], .windows1252),
        ([0x6B, 0x61, 0xB3, 0x65], .windows1250), ([0x6D, 0xEC, 0x6E, 0x61], .windows1250),
        ([0x63, 0x6F, 0x73, 0xEC, 0x20], .latin1), ([0x66, 0xF8, 0x72], .latin1),
    ])
    func `the bytes speak for their encoding`(bytes: [UInt8], encoding: TextEncoding) {
        #expect(TextEncoding.detect(bytes) == encoding)
    }

    @Test
    func `a character cut in half does not unmake UTF-8`() throws {
        let text = "Date;Text;Amount\n2024-01-05;Müller Größe Straße Öl Übung;-1,00\n2024-01-06;Caf"
        let bytes = Array(text.utf8) + [0xC3] + Array(";-2,00\n".utf8)

        let file = try StatementReader.read(bytes: bytes)

        #expect(file.encoding == .utf8)
        #expect(file.rows[0].bankText == "Müller Größe Straße Öl Übung")
        #expect(file.rows[1].bankText == "Caf\u{FFFD}")
    }

    @Test(arguments: [
        (TextEncoding.windows1252, [0x80, 0x8A, 0x9E, 0xE9] as [UInt8], "€Šžé"),
        (.latin9, [0xA4, 0xA6, 0xA8, 0xB4, 0xB8, 0xBC, 0xBD, 0xBE, 0xE9], "€ŠšŽžŒœŸé"),
        (.latin1, [0xA4, 0xE9, 0xFF], "¤éÿ"),
        (
            .windows1250, [0xA3, 0xB3, 0xA5, 0xB9, 0xEA, 0xF1, 0x9C, 0x9F, 0xBF, 0xEC, 0xF8],
            "ŁłĄąęńśźżěř"
        ),
        (.utf16LittleEndian, [0x3D, 0xD8, 0x8B, 0xDE], "🚋"),
        (.utf16BigEndian, [0xD8, 0x3D, 0xDE, 0x8B], "🚋"),
        (.utf16LittleEndian, [0x3D, 0xD8, 0x61, 0x00, 0x8B, 0xDE], "\u{FFFD}a\u{FFFD}"),
        (.utf8, [0x61, 0xFF, 0x62], "a\u{FFFD}b"),
    ])
    func `characters become what they are`(
        encoding: TextEncoding,
        cell: [UInt8],
        text: String
    ) throws {
        var options = ReadingOptions()
        options.csv.encoding = encoding
        func wide(_ text: String) -> [UInt8] {
            switch encoding {
            case .utf16LittleEndian: text.utf8.flatMap { [$0, 0] }
            case .utf16BigEndian: text.utf8.flatMap { [0, $0] }
            default: Array(text.utf8)
            }
        }
        let bytes = wide("Date;Text;Amount\n2024-01-05;") + cell + wide(";-1,00\n")

        let file = try StatementReader.read(bytes: bytes, options: options)

        #expect(file.rows.first?.bankText == text)
    }
}
