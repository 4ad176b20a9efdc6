/// Making text from bytes of a file: bounded, without control characters.
enum TextCleaning {
    /// White space and control characters become single spaces; cut at `limit` bytes.
    static func collapsed(
        _ bytes: some Sequence<UInt8>,
        limit: Int = ReadingLimits.textBytes
    ) -> String {
        var text: [UInt8] = []
        appendCollapsed(bytes, limit: limit, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// As above, without a copy for the cells that are clean already, as most are.
    static func collapsed(
        _ bytes: ArraySlice<UInt8>,
        limit: Int = ReadingLimits.textBytes
    ) -> String {
        var before: UInt8 = 32
        var isClean = bytes.count <= limit
        for byte in bytes {
            if byte <= 32 && (byte != 32 || before == 32) || byte == 0x7F || byte == 0xA0 {
                isClean = false
                break
            }
            before = byte
        }
        if isClean, before != 32 || bytes.isEmpty { return String(decoding: bytes, as: UTF8.self) }
        var text: [UInt8] = []
        appendCollapsed(bytes, limit: limit, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    static func appendCollapsed(
        _ bytes: some Sequence<UInt8>,
        limit: Int = ReadingLimits.textBytes,
        to text: inout [UInt8]
    ) {
        let start = text.count
        var isPending = false
        for byte in bytes {
            if byte <= 32 || byte == 0x7F {
                isPending = text.count > start
                continue
            }
            if byte == 0xA0, text.last == 0xC2, text.count > start {
                // The no-break space of banks that pad with it.
                text.removeLast()
                isPending = text.count > start
                continue
            }
            if isPending {
                text.append(32)
                isPending = false
            }
            text.append(byte)
            if text.count - start > limit { break }
        }
        if text.count - start > limit { cut(&text, to: start + limit) }
        while text.count > start, text.last == 32 { text.removeLast() }
    }

    /// A stretch of the file as it stands, line breaks kept, cut at `ReadingLimits.rawLineBytes`.
    static func raw(_ text: [UInt8], _ range: Range<Int>) -> String {
        var bytes = Array(text[range].prefix(ReadingLimits.rawLineBytes + 1))
        if bytes.count > ReadingLimits.rawLineBytes { cut(&bytes, to: ReadingLimits.rawLineBytes) }
        return String(
            decoding: bytes.map { $0 < 32 && $0 != 9 && $0 != 10 && $0 != 13 ? 32 : $0 },
            as: UTF8.self
        )
    }

    /// The start of a broken cell.
    static func offending(_ text: [UInt8], _ range: Range<Int>) -> String {
        collapsed(text[range], limit: ReadingLimits.offendingBytes)
    }

    /// Shortens to at most `count` bytes without breaking a character.
    static func cut(_ text: inout [UInt8], to count: Int) {
        var end = min(count, text.count)
        while end > 0, end < text.count, text[end] & 0xC0 == 0x80 { end -= 1 }
        text.removeLast(text.count - end)
    }
}
