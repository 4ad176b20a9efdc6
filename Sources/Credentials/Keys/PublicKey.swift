import Crypto
import CryptoExtras
import Foundation

/// A key of one algorithm, that signatures are verified with.
///
/// The algorithm belongs to the key: no signature says how it wants to be verified.
package struct PublicKey: Sendable {
    private enum Material: Sendable {
        case p256(P256.Signing.PublicKey)
        case ed25519(Curve25519.Signing.PublicKey)
        case rsa(_RSA.Signing.PublicKey)
    }

    /// How an ECDSA signature is written: by authenticators as ASN.1, in tokens as two numbers.
    package enum Spelling: Sendable {
        case webAuthn, token
    }

    /// The shortest and the longest modulus.
    ///
    /// - Units: bits
    private static let rsaLengths = 2_048...8_192

    package let algorithm: SignatureAlgorithm
    private let material: Material

    /// A point of the curve P-256, by its coordinates. Nil for what is not on it.
    package init?(p256X: [UInt8], y: [UInt8]) {
        guard p256X.count == 32, y.count == 32,
            let key = try? P256.Signing.PublicKey(x963Representation: [4] + p256X + y)
        else { return nil }  // Why it is no point does not matter: there is no key.
        algorithm = .es256
        material = .p256(key)
    }

    /// Nil for what is not a point of Curve25519.
    package init?(ed25519 bytes: [UInt8]) {
        guard bytes.count == 32,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else { return nil }
        algorithm = .edDSA
        material = .ed25519(key)
    }

    /// Nil for a modulus that is too short to trust or too long to afford, and for an even or
    /// trivial exponent.
    package init?(rsaModulus: [UInt8], exponent: [UInt8]) {
        let modulus = rsaModulus.drop { $0 == 0 }
        let power = exponent.drop { $0 == 0 }
        guard let first = modulus.first,
            Self.rsaLengths.contains(modulus.count * 8 - first.leadingZeroBitCount),
            power.count <= 4, let last = power.last, last & 1 == 1, Array(power) != [1],
            let key = try? _RSA.Signing.PublicKey(n: Data(modulus), e: Data(power))
        else { return nil }
        algorithm = .rs256
        material = .rsa(key)
    }

    package func isValid(
        _ signature: [UInt8],
        of message: [UInt8],
        spelling: Spelling
    ) -> Bool {
        switch material {
        case .p256(let key):
            let read: P256.Signing.ECDSASignature? =
                switch spelling {
                // A signature that cannot be read is a wrong one.
                case .webAuthn: try? .init(derRepresentation: signature)
                case .token: try? .init(rawRepresentation: signature)
                }
            return read.map { key.isValidSignature($0, for: message) } ?? false
        case .ed25519(let key):
            return key.isValidSignature(signature, for: message)
        case .rsa(let key):
            return key.isValidSignature(
                .init(rawRepresentation: signature),
                for: SHA256.hash(data: message),
                padding: .insecurePKCS1v1_5
            )
        }
    }
}
