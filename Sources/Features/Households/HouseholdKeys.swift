package import Crypto
import Foundation
package import Ledger
import Synchronization

/// Seals what only a household may read, with a key of its own.
///
/// Each household's key is kept in its row, wrapped by the master key of the data folder. Erasing that row
/// erases everything sealed with it (ADR 0008).
///
/// - Source: AES-256-GCM, NIST SP 800-38D, random 96-bit nonces.
package final class HouseholdKeys: Sendable {
    private let master: SymmetricKey
    private let opened = Mutex<[HouseholdID: SymmetricKey]>([:])

    /// How many opened keys are kept in memory.
    private static let openedLimit = 10_000

    /// - Parameter master: 256 bits.
    package init(master: SymmetricKey) {
        self.master = master
    }

    /// A new key for a household, wrapped for its row.
    package func makeWrapped(for household: HouseholdID) throws -> [UInt8] {
        let key = SymmetricKey(size: .bits256)
        let raw = key.withUnsafeBytes { Data($0) }
        return try Self.seal(raw, with: master, place: "household.sealed_key/\(household)")
    }

    /// Seals a text for one place; it opens nowhere else.
    package func seal(
        _ plain: [UInt8],
        for household: HouseholdID,
        wrapped: [UInt8],
        place: String
    ) throws -> [UInt8] {
        try Self.seal(Data(plain), with: key(of: household, wrapped: wrapped), place: place)
    }

    /// - Throws: when the text was changed, moved or sealed with another key.
    package func open(
        _ sealed: [UInt8],
        for household: HouseholdID,
        wrapped: [UInt8],
        place: String
    ) throws -> [UInt8] {
        let box = try AES.GCM.SealedBox(combined: sealed)
        return Array(
            try AES.GCM.open(
                box,
                using: key(of: household, wrapped: wrapped),
                authenticating: Data(place.utf8)
            )
        )
    }

    private func key(of household: HouseholdID, wrapped: [UInt8]) throws -> SymmetricKey {
        if let known = opened.withLock({ $0[household] }) { return known }
        let box = try AES.GCM.SealedBox(combined: wrapped)
        let place = Data("household.sealed_key/\(household)".utf8)
        let key = SymmetricKey(data: try AES.GCM.open(box, using: master, authenticating: place))
        opened.withLock { opened in
            if opened.count >= Self.openedLimit { opened.removeAll() }
            opened[household] = key
        }
        return key
    }

    private static func seal(
        _ plain: Data,
        with key: SymmetricKey,
        place: String
    ) throws -> [UInt8] {
        let box = try AES.GCM.seal(plain, using: key, authenticating: Data(place.utf8))
        return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }
}
