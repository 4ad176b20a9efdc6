/// Letters without case and accents, so that `Empfänger` and `EMPFANGER` are one word.
package enum TextFolding {
    /// Lower case, Latin letters without accents, everything but letters and digits as single spaces.
    ///
    /// - Complexity: linear.
    package static func words(_ text: some StringProtocol) -> String {
        var folded: [UInt8] = []
        folded.reserveCapacity(text.utf8.count)
        appendWords(text.utf8, to: &folded)
        return String(decoding: folded, as: UTF8.self)
    }

    /// As `words`, from UTF-8 to UTF-8; the caller bounds the length.
    static func appendWords(_ utf8: some Sequence<UInt8>, to folded: inout [UInt8]) {
        let start = folded.count
        var decoder = ScalarDecoder()
        for byte in utf8 {
            if byte < 0x80, decoder.isIdle {
                appendASCII(byte, start: start, to: &folded)
            } else if let scalar = decoder.take(byte) {
                appendOther(scalar, start: start, to: &folded)
            }
        }
        if folded.count > start, folded.last == 32 { folded.removeLast() }
    }

    @inline(__always)
    private static func appendASCII(_ byte: UInt8, start: Int, to folded: inout [UInt8]) {
        switch byte {
        case 48...57, 97...122: folded.append(byte)
        case 65...90: folded.append(byte + 32)
        default: appendSpace(start: start, to: &folded)
        }
    }

    private static func appendOther(_ value: UInt32, start: Int, to folded: inout [UInt8]) {
        if let letters = latin(value) {
            folded.append(contentsOf: letters)
        } else if let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic {
            folded.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
        } else if isMark(value) {
            return  // An accent or a dot belongs to the letter before it.
        } else {
            appendSpace(start: start, to: &folded)
        }
    }

    private static func isMark(_ value: UInt32) -> Bool {
        if value >= 0x300, value < 0x370 { return true }
        return Unicode.Scalar(value)?.properties.generalCategory == .nonspacingMark
    }

    private static func appendSpace(start: Int, to folded: inout [UInt8]) {
        if folded.count > start, folded.last != 32 { folded.append(32) }
    }

    /// The plain letters of an accented Latin one.
    static func latin(_ value: UInt32) -> [UInt8]? {
        guard value >= 0xC0, value < 0x250 else { return nil }
        let letters = table[Int(value) - 0xC0]
        return letters.isEmpty ? nil : letters
    }

    private static let table: [[UInt8]] = {
        var table = [[UInt8]](repeating: [], count: 0x250 - 0xC0)
        for (letters, accented) in plain {
            for scalar in accented.unicodeScalars {
                table[Int(scalar.value) - 0xC0] = Array(letters.utf8)
            }
        }
        return table
    }()

    private static let plain: [(letters: String, accented: String)] = [
        ("a", "ÀÁÂÃÄÅàáâãäåĀāĂăĄąǍǎ"), ("ae", "Ææ"), ("c", "ÇçĆćĈĉĊċČč"), ("d", "ÐðĎďĐđ"),
        ("e", "ÈÉÊËèéêëĒēĔĕĖėĘęĚě"), ("g", "ĜĝĞğĠġĢģ"), ("h", "ĤĥĦħ"), ("i", "ÌÍÎÏìíîïĨĩĪīĬĭĮįİı"),
        ("j", "Ĵĵ"), ("k", "Ķķ"), ("l", "ĹĺĻļĽľĿŀŁł"), ("n", "ÑñŃńŅņŇň"),
        ("o", "ÒÓÔÕÖØòóôõöøŌōŎŏŐő"),
        ("oe", "Œœ"), ("r", "ŔŕŖŗŘř"), ("s", "ŚśŜŝŞşŠšȘș"), ("ss", "ß"), ("t", "ŢţŤťŦŧȚț"),
        ("th", "Þþ"),
        ("u", "ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲų"), ("w", "Ŵŵ"), ("y", "ÝýÿŶŷŸ"), ("z", "ŹźŻżŽž"),
    ]
}

/// Puts UTF-8 together, one byte at a time; broken sequences become U+FFFD.
struct ScalarDecoder {
    private var value: UInt32 = 0
    private var missing = 0

    var isIdle: Bool { missing == 0 }

    /// The scalar that this byte completes.
    mutating func take(_ byte: UInt8) -> UInt32? {
        if missing > 0, byte & 0xC0 == 0x80 {
            value = value << 6 | UInt32(byte & 0x3F)
            missing -= 1
            return missing == 0 ? value : nil
        }
        missing = 0
        switch byte {
        case ..<0x80: return UInt32(byte)
        case 0xC2..<0xE0: (value, missing) = (UInt32(byte & 0x1F), 1)
        case 0xE0..<0xF0: (value, missing) = (UInt32(byte & 0x0F), 2)
        case 0xF0..<0xF5: (value, missing) = (UInt32(byte & 0x07), 3)
        default: return 0xFFFD
        }
        return nil
    }
}
