import Crypto
import Foundation

/// An opaque token of 256 bits that is good for one refresh. The database keeps its hash only.
package struct RefreshToken: Sendable {
    private static let length = 32

    private let bytes: [UInt8]

    /// A new one, that nobody can guess.
    package init() {
        bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    }

    /// Nil for what cannot be one.
    package init?(_ text: String) {
        guard let bytes = Base64URL.decode(text), bytes.count == Self.length else { return nil }
        self.bytes = bytes
    }

    package var text: String { Base64URL.encode(bytes) }
    package var hash: [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// Seals the token that replaces this one, so that only who holds this one can open it: a
    /// client whose answer got lost gets the same successor again, and a thief of the database gets
    /// nothing.
    func seal(_ successor: RefreshToken) throws -> [UInt8] {
        let box = try AES.GCM.seal(successor.bytes, using: sealingKey)
        return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    func openSuccessor(_ sealed: [UInt8]) throws -> RefreshToken {
        let box = try AES.GCM.SealedBox(combined: sealed)
        return RefreshToken(bytes: Array(try AES.GCM.open(box, using: sealingKey)))
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var sealingKey: SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: bytes),
            info: Data("martlet refresh successor".utf8),
            outputByteCount: 32
        )
    }
}
