extension TextEncoding {
    /// The text as UTF-8 without a byte order mark; what is broken becomes U+FFFD.
    ///
    /// - Complexity: linear; the result is at most three times as long.
    func decode(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .utf8: Self.repaired(bytes, from: 0)
        case .utf8Marked:
            Self.repaired(bytes, from: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        case .utf16LittleEndian: Self.fromUTF16(bytes, lowFirst: true)
        case .utf16BigEndian: Self.fromUTF16(bytes, lowFirst: false)
        case .latin1: Self.fromTable(bytes) { UInt32($0) }
        case .latin9: Self.fromTable(bytes) { CodePage.latin9[$0] ?? UInt32($0) }
        case .windows1252: Self.fromTable(bytes) { CodePage.windows1252($0) }
        case .windows1250: Self.fromTable(bytes) { CodePage.windows1250($0) }
        }
    }

    private static func repaired(_ bytes: [UInt8], from start: Int) -> [UInt8] {
        if start == 0, String(validating: bytes, as: UTF8.self) != nil { return bytes }
        return Array(String(decoding: bytes[start...], as: UTF8.self).utf8)
    }

    private static func fromTable(_ bytes: [UInt8], _ scalar: (UInt8) -> UInt32) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            if byte < 0x80 { text.append(byte) } else { append(scalar(byte), to: &text) }
        }
        return text
    }

    private static func fromUTF16(_ bytes: [UInt8], lowFirst: Bool) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var high: UInt32?
        for index in stride(from: 0, to: bytes.count - bytes.count % 2, by: 2) {
            let pair = (UInt32(bytes[index]), UInt32(bytes[index + 1]))
            let unit = lowFirst ? pair.1 << 8 | pair.0 : pair.0 << 8 | pair.1
            if index == 0, unit == 0xFEFF { continue }
            if let lead = high {
                high = nil
                if unit >= 0xDC00, unit < 0xE000 {
                    append(0x10000 + (lead - 0xD800) << 10 + (unit - 0xDC00), to: &text)
                    continue
                }
                append(0xFFFD, to: &text)
            }
            if unit >= 0xD800, unit < 0xDC00 {
                high = unit
            } else {
                append(unit >= 0xDC00 && unit < 0xE000 ? 0xFFFD : unit, to: &text)
            }
        }
        if high != nil || bytes.count % 2 == 1 { append(0xFFFD, to: &text) }
        return text
    }

    /// - Parameter scalar: a Unicode scalar value, not a surrogate.
    static func append(_ scalar: UInt32, to text: inout [UInt8]) {
        switch scalar {
        case ..<0x80: text.append(UInt8(scalar))
        case ..<0x800:
            text.append(0xC0 | UInt8(scalar >> 6))
            text.append(0x80 | UInt8(scalar & 0x3F))
        case ..<0x10000:
            text.append(0xE0 | UInt8(scalar >> 12))
            text.append(0x80 | UInt8(scalar >> 6 & 0x3F))
            text.append(0x80 | UInt8(scalar & 0x3F))
        default:
            text.append(0xF0 | UInt8(scalar >> 18 & 0x07))
            text.append(0x80 | UInt8(scalar >> 12 & 0x3F))
            text.append(0x80 | UInt8(scalar >> 6 & 0x3F))
            text.append(0x80 | UInt8(scalar & 0x3F))
        }
    }
}

/// The upper halves of the single-byte encodings.
///
/// - Source: unicode.org/Public/MAPPINGS (CP1250, CP1252, 8859-15).
enum CodePage {
    static let latin9: [UInt8: UInt32] = [
        0xA4: 0x20AC, 0xA6: 0x160, 0xA8: 0x161, 0xB4: 0x17D, 0xB8: 0x17E, 0xBC: 0x152, 0xBD: 0x153,
        0xBE: 0x178,
    ]

    static func windows1252(_ byte: UInt8) -> UInt32 {
        byte < 0xA0 ? c1In1252[Int(byte) - 0x80] : UInt32(byte)
    }

    static func windows1250(_ byte: UInt8) -> UInt32 {
        upperIn1250[Int(byte) - 0x80]
    }

    private static let c1In1252 = scalars(
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ"
    )

    private static let upperIn1250 = scalars(
        "€\u{81}‚\u{83}„…†‡\u{88}‰Š‹ŚŤŽŹ\u{90}‘’“”•–—\u{98}™š›śťžź"
            + "\u{A0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{AD}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż"
            + "ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙"
    )

    private static func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
}
