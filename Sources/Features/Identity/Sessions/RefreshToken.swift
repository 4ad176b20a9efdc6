import Crypto
import Foundation

/// A token that is good for one refresh.
package typealias RefreshToken = OpaqueToken

extension RefreshToken {
    /// Seals the token that replaces this one, so that only who holds this one can open it: a
    /// client whose answer got lost gets the same successor again, and a thief of the database gets
    /// nothing.
    func seal(_ successor: RefreshToken) throws -> [UInt8] {
        let box = try AES.GCM.seal(successor.bytes, using: sealingKey)
        return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    func openSuccessor(_ sealed: [UInt8]) throws -> RefreshToken {
        let box = try AES.GCM.SealedBox(combined: sealed)
        guard let token = RefreshToken(bytes: Array(try AES.GCM.open(box, using: sealingKey)))
        else { throw CryptoKitError.incorrectParameterSize }
        return token
    }

    private var sealingKey: SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: bytes),
            info: Data("martlet refresh successor".utf8),
            outputByteCount: 32
        )
    }
}
