/// Puts each member of compact JSON on a line of its own, for people and for diffs.
enum JSONIndent {
    /// - Parameter compact: valid JSON without spaces between its parts.
    static func lines(of compact: [UInt8]) -> [UInt8] {
        var lines: [UInt8] = []
        lines.reserveCapacity(compact.count * 2)
        var depth = 0
        var isText = false
        var isEscaped = false
        for (index, byte) in compact.enumerated() {
            if isText {
                lines.append(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                lines.append(byte)
                // An empty one stays on its line.
                if compact[index + 1] == byte + 2 { continue }
                depth += 1
                breakLine(&lines, depth)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if compact[index - 1] != byte - 2 {
                    depth -= 1
                    breakLine(&lines, depth)
                }
                lines.append(byte)
            case UInt8(ascii: ","):
                lines.append(byte)
                breakLine(&lines, depth)
            case UInt8(ascii: ":"):
                lines.append(byte)
                lines.append(UInt8(ascii: " "))
            default:
                isText = byte == UInt8(ascii: "\"")
                lines.append(byte)
            }
        }
        lines.append(10)
        return lines
    }

    private static func breakLine(_ lines: inout [UInt8], _ depth: Int) {
        lines.append(10)
        lines.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }
}
