/// A currency of ISO 4217.
package struct Currency: Hashable, Sendable {
    /// The three letters of the code, one in each byte.
    private let packed: UInt32

    /// How many decimals the minor unit has: JPY 0, EUR 2, KWD 3, CLF 4.
    private let digits: UInt8

    /// How many decimals the minor unit has.
    ///
    /// - Range: 0...4
    package var minorDigits: Int { Int(digits) }

    /// Reads a code in capitals; nil when ISO 4217 does not know it.
    package init?(code: some StringProtocol) {
        guard let packed = Self.pack(code.utf8), let row = Self.byCode[packed] else { return nil }
        self.packed = packed
        digits = row.digits
    }

    private init(packed: UInt32, digits: UInt8) {
        self.packed = packed
        self.digits = digits
    }

    package var code: String {
        String(unsafeUninitializedCapacity: 3) { buffer in
            buffer[0] = UInt8(truncatingIfNeeded: packed >> 16)
            buffer[1] = UInt8(truncatingIfNeeded: packed >> 8)
            buffer[2] = UInt8(truncatingIfNeeded: packed)
            return 3
        }
    }

    /// Reads a code from its bytes, as `init(code:)`: columns of a list are read without making text of them.
    package init?(utf8: UnsafeRawBufferPointer) {
        guard utf8.count == 3 else { return nil }
        let packed = UInt32(utf8[0]) << 16 | UInt32(utf8[1]) << 8 | UInt32(utf8[2])
        guard let digits = Self.digitsByCode[packed] else { return nil }
        self.init(packed: packed, digits: digits)
    }

    /// The English name, for people to pick from.
    package var name: String { Self.byCode[packed]?.name ?? code }

    /// How many ten-thousandths one minor unit is: EUR 100, JPY 10 000.
    package var tenThousandthsPerMinorUnit: Int64 {
        switch digits {
        case 0: 10_000
        case 1: 1_000
        case 2: 100
        case 3: 10
        default: 1
        }
    }

    /// Every currency, by code.
    package static let all: [Currency] = CurrencyTable.rows.compactMap { row in
        Currency(code: row.code.description)
    }

    private static let byCode: [UInt32: (digits: UInt8, name: String)] = {
        var table: [UInt32: (digits: UInt8, name: String)] = [:]
        for row in CurrencyTable.rows {
            guard let packed = pack(row.code.description.utf8) else { continue }
            table[packed] = (row.minorDigits, row.name.description)
        }
        return table
    }()

    private static let digitsByCode: [UInt32: UInt8] = byCode.mapValues(\.digits)

    private static func pack(_ bytes: some Collection<UInt8>) -> UInt32? {
        guard bytes.count == 3 else { return nil }
        var packed: UInt32 = 0
        for byte in bytes {
            guard byte >= 65, byte <= 90 else { return nil }
            packed = packed << 8 | UInt32(byte)
        }
        return packed
    }
}

extension Currency: CustomStringConvertible {
    package var description: String { code }
}
