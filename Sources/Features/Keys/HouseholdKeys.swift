package import Crypto
package import Ledger
import Synchronization

/// Seals what only a household may read, with a key of its own.
///
/// Each household's key is kept in its row, wrapped by the master key. Erasing that row erases
/// everything sealed with it (ADR 0008).
package final class HouseholdKeys: Sendable {
    package let masters: MasterKeys
    private let opened = OpenedKeys()

    package init(_ masters: MasterKeys) {
        self.masters = masters
    }

    /// - Parameter master: 256 bits.
    package convenience init(master: SymmetricKey) {
        self.init(MasterKeys(master))
    }

    /// A new key for a household, wrapped for its row.
    package func makeWrapped(for household: HouseholdID) throws -> [UInt8] {
        try masters.wrap(SymmetricKey(size: .bits256), for: Self.place(household))
    }

    /// The same key, wrapped by the master key in use.
    package func rewrap(_ wrapped: [UInt8], of household: HouseholdID) throws -> [UInt8] {
        let place = Self.place(household)
        return try masters.wrap(try masters.unwrap(wrapped, for: place), for: place)
    }

    /// Seals a text for one place; it opens nowhere else.
    package func seal(
        _ plain: [UInt8],
        for household: HouseholdID,
        wrapped: [UInt8],
        place: String
    ) throws -> [UInt8] {
        try Sealing.seal(plain, with: key(of: household, wrapped: wrapped), place: place)
    }

    /// - Throws: when the text was changed, moved or sealed with another key.
    package func open(
        _ sealed: [UInt8],
        for household: HouseholdID,
        wrapped: [UInt8],
        place: String
    ) throws -> [UInt8] {
        try Sealing.open(sealed, with: key(of: household, wrapped: wrapped), place: place)
    }

    private func key(of household: HouseholdID, wrapped: [UInt8]) throws -> SymmetricKey {
        try opened.key(in: wrapped) { try masters.unwrap(wrapped, for: Self.place(household)) }
    }

    private static func place(_ household: HouseholdID) -> String {
        "household.sealed_key/\(household)"
    }
}

/// Data keys that were opened already, by what they are wrapped in: a row that was never committed
/// leaves nothing behind that another could be taken for.
final class OpenedKeys: Sendable {
    private let keys = Mutex<[[UInt8]: SymmetricKey]>([:])

    /// How many are kept in memory.
    private static let limit = 10_000

    func key(in wrapped: [UInt8], _ open: () throws -> SymmetricKey) throws -> SymmetricKey {
        if let known = keys.withLock({ $0[wrapped] }) { return known }
        let key = try open()
        keys.withLock { keys in
            if keys.count >= Self.limit { keys.removeAll() }
            keys[wrapped] = key
        }
        return key
    }
}
