import Crypto
package import Ledger
package import Storage

/// Seals what concerns one person, or the server itself, with a key that lies in the row of their
/// trail, wrapped by the master key. Erasing it erases all that it sealed.
package final class PersonKeys: Sendable {
    private let masters: MasterKeys
    private let opened = OpenedKeys()

    package init(_ masters: MasterKeys) {
        self.masters = masters
    }

    /// Seals a text for one place; it opens nowhere else.
    package func seal(
        _ plain: [UInt8],
        for owner: TrailOwner,
        place: String,
        _ transaction: any SQLTransaction
    ) throws -> [UInt8] {
        try Sealing.seal(plain, with: key(of: owner, transaction), place: place)
    }

    /// - Throws: `erased`, or when the text was changed, moved or sealed with another key.
    package func open(
        _ sealed: [UInt8],
        for owner: TrailOwner,
        place: String,
        _ transaction: any SQLTransaction
    ) throws -> [UInt8] {
        try Sealing.open(sealed, with: key(of: owner, transaction), place: place)
    }

    /// A new key, wrapped for its row.
    func makeWrapped(for owner: TrailOwner) throws -> [UInt8] {
        try masters.wrap(SymmetricKey(size: .bits256), for: Self.place(owner.id))
    }

    /// The same key, wrapped by the master key in use.
    package func rewrap(_ wrapped: [UInt8], of id: UniqueID) throws -> [UInt8] {
        let place = Self.place(id)
        return try masters.wrap(try masters.unwrap(wrapped, for: place), for: place)
    }

    private func key(
        of owner: TrailOwner,
        _ transaction: any SQLTransaction
    ) throws -> SymmetricKey {
        let wrapped = try transaction.first(
            "SELECT sealed_key FROM trail WHERE id = \(owner.id)"
        ) { try $0.bytesOrNil() }
        guard let wrapped, let wrapped else { throw KeyError.erased }
        return try opened.key(in: wrapped) {
            try masters.unwrap(wrapped, for: Self.place(owner.id))
        }
    }

    private static func place(_ id: UniqueID) -> String { "trail.sealed_key/\(id)" }
}

/// Whose trail it is: a person's, or that of the server.
package enum TrailOwner: Hashable, Sendable {
    case person(PersonID)
    case server

    package init(_ id: UniqueID) {
        self = id == Self.server.id ? .server : .person(PersonID(id))
    }

    package var id: UniqueID {
        switch self {
        case .person(let person): person.value
        case .server: UniqueID(high: 0, low: 0)
        }
    }
}
