/// How the characters of a file are written.
package enum TextEncoding: String, CaseIterable, Hashable, Codable, Sendable {
    case utf8 = "utf-8"
    /// UTF-8 that begins with a byte order mark.
    case utf8Marked = "utf-8-sig"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1252 = "windows-1252"
    case latin1 = "iso-8859-1"
    case latin9 = "iso-8859-15"
    /// Polish, Czech, Slovak, Hungarian.
    case windows1250 = "windows-1250"

    /// The encoding that the bytes speak for.
    ///
    /// - Parameter declared: what the file itself says; it decides between the single-byte ones only.
    /// - Complexity: linear.
    package static func detect(
        _ bytes: [UInt8],
        declared: TextEncoding? = nil
    ) -> TextEncoding {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8Marked }
        if bytes.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
        if bytes.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
        if let wide = wideWithoutMark(bytes) { return wide }
        if String(validating: bytes, as: UTF8.self) != nil { return .utf8 }
        let census = ByteCensus(bytes)
        // Banks cut texts in the middle of a character; a few broken ones do not unmake UTF-8.
        if census.validSequences > 4 * census.brokenBytes { return .utf8 }
        if let declared, declared.isSingleByte { return declared }
        if census.looksCentralEuropean { return .windows1250 }
        if census.hasC1 { return .windows1252 }
        // Nobody writes the generic currency sign; ISO-8859-15 has the euro in its place.
        return census.has0xA4 ? .latin9 : .latin1
    }

    private var isSingleByte: Bool {
        switch self {
        case .windows1252, .latin1, .latin9, .windows1250: true
        default: false
        }
    }

    /// UTF-16 of mostly Latin text has a zero in every other byte.
    private static func wideWithoutMark(_ bytes: [UInt8]) -> TextEncoding? {
        let head = bytes.prefix(1_024)
        guard head.count >= 8 else { return nil }
        var zeros = (even: 0, odd: 0)
        for (index, byte) in head.enumerated() where byte == 0 {
            if index % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        let enough = head.count * 2 / 5
        if zeros.odd >= enough, zeros.even == 0 { return .utf16LittleEndian }
        if zeros.even >= enough, zeros.odd == 0 { return .utf16BigEndian }
        return nil
    }

    /// The first 4 KiB as UTF-8, enough to tell a format; nil when they hold no text.
    static func decodeHead(_ bytes: [UInt8]) -> [UInt8]? {
        let head = Array(bytes.prefix(4_096))
        let text = detect(head).decode(head)
        return text.contains(0) ? nil : text
    }
}

/// Counts that tell single-byte encodings apart.
private struct ByteCensus {
    private(set) var validSequences = 0
    private(set) var brokenBytes = 0
    private(set) var hasC1 = false
    private(set) var has0xA4 = false
    private var signs = 0
    private var carons = 0
    private var sharedCarons = 0

    /// Inside words, these are letters of Windows-1250 and signs, or letters at the end of words only, of
    /// Windows-1252.
    var looksCentralEuropean: Bool { signs > 0 || (carons > 0 && sharedCarons > 0) }

    init(_ bytes: [UInt8]) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            guard byte >= 0x80 else {
                index += 1
                continue
            }
            noteSingleByte(
                byte,
                before: index > 0 ? bytes[index - 1] : 32,
                after: index + 1 < bytes.count ? bytes[index + 1] : 32
            )
            let length = Self.sequenceLength(bytes, index)
            if length > 1 { validSequences += 1 } else { brokenBytes += 1 }
            index += length
        }
    }

    private mutating func noteSingleByte(_ byte: UInt8, before: UInt8, after: UInt8) {
        if byte < 0xA0 { hasC1 = true }
        if byte == 0xA4 { has0xA4 = true }
        switch byte {
        // ł ą ż Ą, and Ť Ź ť, which Windows-1252 has not.
        case 0xB3, 0xB9, 0xBF, 0xA5, 0x8D, 0x8F, 0x9D: if isLetter(before) { signs += 1 }
        // ě, which is ì there: Italian writes that at the end of words.
        case 0xEC: if isLetter(before), isLetter(after) { signs += 1 }
        // č ř ů ň ď
        case 0xE8, 0xF8, 0xF9, 0xF2, 0xEF: if isLetter(before) || isLetter(after) { carons += 1 }
        // š ž Š Ž, which both have.
        case 0x9A, 0x9E, 0x8A, 0x8E: sharedCarons += 1
        default: break
        }
    }

    private func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 97 && byte | 0x20 <= 122 }

    /// 2...4 for a well-formed sequence, else 1.
    private static func sequenceLength(_ bytes: [UInt8], _ index: Int) -> Int {
        let lead = bytes[index]
        let length = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1
        guard length > 1, lead < 0xF5, index + length <= bytes.count else { return 1 }
        let rest = bytes[(index + 1)..<(index + length)]
        return rest.allSatisfy { $0 & 0xC0 == 0x80 } ? length : 1
    }
}
