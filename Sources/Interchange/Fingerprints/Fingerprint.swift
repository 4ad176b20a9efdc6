internal import Ledger

/// What tells two rows apart, or the same row in two files.
///
/// It says nothing of the account, which the household's store adds as a key beside it.
package struct Fingerprint: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    /// Counted up when what goes into a fingerprint changes; it is the first byte of each.
    package static let version: UInt8 = 1

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The version that made it.
    package var version: UInt8 { UInt8(truncatingIfNeeded: high >> 56) }

    /// 16 bytes, the version first.
    package var bytes: [UInt8] {
        [high, low].flatMap { word in
            stride(from: 56, through: 0, by: -8).map {
                UInt8(truncatingIfNeeded: word >> UInt64($0))
            }
        }
    }

    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// The fingerprints of one row.
package struct DraftFingerprints: Hashable, Sendable {
    /// From the bank's own id; nil when the row has none. It is asked first.
    package let bankID: Fingerprint?
    /// From date, amount, normalised text and how many rows like it came before in the file.
    package let content: Fingerprint
}

/// Makes the fingerprints of a file's rows, in the order of the file.
package struct Fingerprinter {
    private var hasher = SHA256()
    private var occurrences: [Content: Int] = [:]
    private var message: [UInt8] = []

    private struct Content: Hashable {
        let statement: Int
        let high: UInt64
        let low: UInt64
    }

    package init() {}

    /// - Parameter statement: rows of different accounts in one file do not count as occurrences of each other.
    /// - Complexity: linear in the row's text.
    package mutating func next(_ row: DraftRow, statement: Int = 0) -> DraftFingerprints {
        begin(UInt8(ascii: "C"))
        append(UInt64(bitPattern: Int64(row.date.daysSince1970)))
        append(UInt64(bitPattern: row.amount))
        TextFolding.appendWords(row.bankText.utf8, to: &message)
        let base = hasher.first128(message)
        let key = Content(statement: statement, high: base.high, low: base.low)
        let occurrence = occurrences[key, default: 0]
        occurrences[key] = occurrence + 1
        // The first occurrence, which is almost every row, needs no second hash.
        let content = occurrence == 0 ? seal(base) : again(base, occurrence)
        return DraftFingerprints(bankID: row.bankID.map { ofBankID($0) }, content: content)
    }

    /// The fingerprint of a bank's id, for a look-up without a file.
    package static func bankID(_ id: String) -> Fingerprint {
        var maker = Fingerprinter()
        return maker.ofBankID(id)
    }

    /// The fingerprint of a row's content, for a look-up without a file.
    ///
    /// - Parameter occurrence: 0 for the first row with this content.
    package static func content(of row: DraftRow, occurrence: Int = 0) -> Fingerprint {
        var maker = Fingerprinter()
        let first = maker.next(row).content
        guard occurrence > 0 else { return first }
        for _ in 1..<occurrence { _ = maker.next(row) }
        return maker.next(row).content
    }

    private mutating func ofBankID(_ id: String) -> Fingerprint {
        begin(UInt8(ascii: "B"))
        message.append(contentsOf: id.utf8)
        return seal(hasher.first128(message))
    }

    private mutating func again(
        _ base: (high: UInt64, low: UInt64),
        _ occurrence: Int
    ) -> Fingerprint {
        begin(UInt8(ascii: "O"))
        append(base.high)
        append(base.low)
        append(UInt64(occurrence))
        return seal(hasher.first128(message))
    }

    private mutating func begin(_ kind: UInt8) {
        message.removeAll(keepingCapacity: true)
        message.append(Fingerprint.version)
        message.append(kind)
    }

    private mutating func append(_ word: UInt64) {
        for shift in stride(from: 56, through: 0, by: -8) {
            message.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
        }
    }

    private func seal(_ hash: (high: UInt64, low: UInt64)) -> Fingerprint {
        let version = UInt64(Fingerprint.version) << 56
        return Fingerprint(high: version | hash.high & 0x00FF_FFFF_FFFF_FFFF, low: hash.low)
    }
}
