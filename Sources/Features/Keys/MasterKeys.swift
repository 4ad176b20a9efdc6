package import Crypto
import Foundation
import Synchronization

/// The keys that wrap every data key: the one in use, and older ones until all that they wrapped is
/// wrapped anew.
///
/// A wrapped key begins with the id of the key that wrapped it. When an id turns up that is not
/// known, the keys are read again: a key that was rotated is found without a restart.
package final class MasterKeys: Sendable {
    /// - Throws: when they cannot be read.
    package typealias Source = @Sendable () throws -> [SymmetricKey]

    private let source: Source

    private struct Ring {
        let current: SymmetricKey
        let all: [[UInt8]: SymmetricKey]
    }

    private let ring: Mutex<Ring>

    /// - Parameter source: the key in use first; at least one.
    package init(_ source: @escaping Source) throws {
        self.source = source
        ring = Mutex(try Self.ring(source()))
    }

    /// One key that never changes.
    ///
    /// - Parameter key: 256 bits.
    package convenience init(_ key: SymmetricKey) {
        do {
            try self.init { [key] }
        } catch {
            preconditionFailure("a fixed key can be read: \(error)")
        }
    }

    /// Reads them again.
    ///
    /// - Returns: whether older keys are among them.
    @discardableResult
    package func reload() throws -> Bool {
        let read = try Self.ring(source())
        return ring.withLock { ring in
            ring = read
            return read.all.count > 1
        }
    }

    /// Wraps a data key for one place.
    func wrap(_ key: SymmetricKey, for place: String) throws -> [UInt8] {
        let master = ring.withLock { $0.current }
        let raw = key.withUnsafeBytes { Array($0) }
        return Self.id(of: master) + (try Sealing.seal(raw, with: master, place: place))
    }

    /// - Throws: when no key that is known wrapped it, for this place.
    func unwrap(_ wrapped: [UInt8], for place: String) throws -> SymmetricKey {
        guard wrapped.count != Self.sealedLength else { return try unwrapUnnamed(wrapped, place) }
        guard wrapped.count == Self.wrappedLength else { throw KeyError.damaged }
        let master = try master(Array(wrapped.prefix(Self.idLength)))
        return try Self.unwrap(Array(wrapped.dropFirst(Self.idLength)), by: master, for: place)
    }

    /// A key that was wrapped before master keys had ids: one of those that are here opens it.
    private func unwrapUnnamed(_ wrapped: [UInt8], _ place: String) throws -> SymmetricKey {
        for master in ring.withLock({ Array($0.all.values) }) {
            // The tag tells which one it was.
            if let key = try? Self.unwrap(wrapped, by: master, for: place) { return key }
        }
        throw KeyError.unknownMaster
    }

    private static func unwrap(
        _ sealed: [UInt8],
        by master: SymmetricKey,
        for place: String
    ) throws -> SymmetricKey {
        SymmetricKey(data: try Sealing.open(sealed, with: master, place: place))
    }

    /// What names the key in use.
    var currentID: [UInt8] { ring.withLock { Self.id(of: $0.current) } }

    /// Whether it is wrapped by the key in use.
    package func isCurrent(_ wrapped: [UInt8]) -> Bool {
        let id = ring.withLock { Self.id(of: $0.current) }
        return wrapped.count == Self.wrappedLength && Array(wrapped.prefix(Self.idLength)) == id
    }

    private func master(_ id: [UInt8]) throws -> SymmetricKey {
        if let known = ring.withLock({ $0.all[id] }) { return known }
        try reload()
        guard let known = ring.withLock({ $0.all[id] }) else { throw KeyError.unknownMaster }
        return known
    }

    private static func ring(_ keys: [SymmetricKey]) throws -> Ring {
        guard let current = keys.first else { throw KeyError.unknownMaster }
        return Ring(
            current: current,
            all: Dictionary(keys.map { (id(of: $0), $0) }) { first, _ in first }
        )
    }

    private static let idLength = 8
    /// Nonce, a key of 256 bits, tag.
    private static let sealedLength = 12 + 32 + 16
    private static let wrappedLength = idLength + sealedLength

    /// What names a key without telling anything of it.
    package static func id(of key: SymmetricKey) -> [UInt8] {
        let digest = key.withUnsafeBytes {
            SHA256.hash(data: Array("martlet master key".utf8) + $0)
        }
        return Array(digest.prefix(idLength))
    }
}

/// Why something sealed stays sealed.
package enum KeyError: Error, Equatable {
    case damaged
    case unknownMaster
    /// Its owner was erased, and the key with them.
    case erased
}

/// AES-256-GCM bound to a place.
///
/// - Source: NIST SP 800-38D; a random nonce of 96 bits, below 2^32 uses a key.
enum Sealing {
    static func seal(_ plain: [UInt8], with key: SymmetricKey, place: String) throws -> [UInt8] {
        let box = try AES.GCM.seal(plain, using: key, authenticating: Data(place.utf8))
        return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    static func open(_ sealed: [UInt8], with key: SymmetricKey, place: String) throws -> [UInt8] {
        let box = try AES.GCM.SealedBox(combined: sealed)
        return Array(try AES.GCM.open(box, using: key, authenticating: Data(place.utf8)))
    }
}
