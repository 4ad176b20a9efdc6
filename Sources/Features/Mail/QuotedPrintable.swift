import Foundation

/// Text as mail carries it: plain letters, lines of 76 bytes at most.
///
/// - Source: RFC 2045, section 6.7.
enum QuotedPrintable {
    /// - Units: bytes, the `=` of a soft line break among them.
    private static let lineLimit = 76

    /// - Parameter text: its lines end in LF, CR or both; each comes out as CR LF.
    static func encode(_ text: String) -> String {
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count * 5 / 4)
        let unified = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        let lines = unified.utf8.split(separator: 10, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            if index > 0 { output += [13, 10] }
            append(line, to: &output)
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func append(_ line: Substring.UTF8View, to output: inout [UInt8]) {
        var column = 0
        for (index, byte) in zip(line.indices, line) {
            let isLast = line.index(after: index) == line.endIndex
            // A space at the end of a line would be lost on the way.
            let isLiteral =
                byte == 32 ? !isLast : (33...126).contains(byte) && byte != UInt8(ascii: "=")
            let width = isLiteral ? 1 : 3
            if column + width > lineLimit - (isLast ? 0 : 1) {
                output += [UInt8(ascii: "="), 13, 10]
                column = 0
            }
            if isLiteral {
                output.append(byte)
            } else {
                output += [UInt8(ascii: "="), hex(byte >> 4), hex(byte & 15)]
            }
            column += width
        }
    }

    private static func hex(_ digit: UInt8) -> UInt8 { digit < 10 ? 48 + digit : 55 + digit }
}

enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
