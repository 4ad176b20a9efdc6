/// A UUID of 128 bits.
///
/// - Source: RFC 9562. New ones are of version 7, so that keys made later sort later.
package struct UniqueID: Hashable, Comparable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Version 7.
    ///
    /// - Parameters:
    ///   - milliseconds: since 1970, 48 bits of it are kept.
    ///   - sequence: 12 bits that keep ids of one millisecond in the order in which they were made.
    ///   - random: 62 bits of it are kept.
    package init(milliseconds: UInt64, sequence: UInt16, random: UInt64) {
        high = milliseconds << 16 | 0x7000 | UInt64(sequence & 0x0FFF)
        low = random & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    }

    /// Reads 36 characters, hexadecimal in either case, with hyphens in their places.
    package init?(_ text: some StringProtocol) {
        var words: (UInt64, UInt64) = (0, 0)
        var count = 0
        for byte in text.utf8 {
            defer { count += 1 }
            if count == 8 || count == 13 || count == 18 || count == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard count < 36, let digit = Self.hexadecimal(byte) else { return nil }
            if count < 18 {
                words.0 = words.0 << 4 | digit
            } else {
                words.1 = words.1 << 4 | digit
            }
        }
        guard count == 36 else { return nil }
        self.init(high: words.0, low: words.1)
    }

    /// Reads 16 bytes, the most significant first.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        let high = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let low = bytes.dropFirst(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        self.init(high: high, low: low)
    }

    package var bytes: [UInt8] {
        [high, low].flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
        }
    }

    package static func < (left: UniqueID, right: UniqueID) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt64? {
        switch byte {
        case 48...57: UInt64(byte - 48)
        case 65...70: UInt64(byte - 55)
        case 97...102: UInt64(byte - 87)
        default: nil
        }
    }
}

extension UniqueID: CustomStringConvertible {
    package var description: String {
        var text: [UInt8] = []
        text.reserveCapacity(36)
        append(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Writes the 36 characters into a buffer.
    package func append(to bytes: inout [UInt8]) {
        // A list of 50 writes 200 ids: they are put together aside and appended at once.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 36) { text in
            var end = 0
            for nibble in 0..<32 {
                if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
                    text[end] = UInt8(ascii: "-")
                    end += 1
                }
                let word = nibble < 16 ? high : low
                let value = UInt8(truncatingIfNeeded: word >> UInt64(60 - nibble % 16 * 4)) & 15
                text[end] = value < 10 ? 48 + value : 87 + value
                end += 1
            }
            bytes.append(contentsOf: text)
        }
    }
}
