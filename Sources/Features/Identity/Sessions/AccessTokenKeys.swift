import Crypto
import Foundation
import JWTKit
import Ledger
import Storage
import Synchronization

/// How access tokens are signed.
package enum TokenAlgorithm: String, CaseIterable, Sendable {
    /// Fast, for whoever signs and verifies with the same key.
    case hs256 = "HS256"
    /// For others who are to verify tokens by `/.well-known/jwks.json`.
    case es256 = "ES256"

    /// - Units: bytes
    var signatureLength: Int { self == .hs256 ? 32 : 64 }
}

/// The keys that access tokens are signed with: the first signs, all are believed, so that a key
/// can be changed while tokens of the last one are out.
package final class AccessTokenKeys: Sendable {
    package let algorithm: TokenAlgorithm
    private let source: MasterKeys.Source

    struct Ring: Sendable {
        let signing: String
        /// The one that signs first.
        let secrets: [SymmetricKey]
        let all: [String: SymmetricKey]
        let collection: JWTKeyCollection
    }

    private struct State {
        var ring: Ring?
        var readAt = ContinuousClock.now
    }

    private let state = Mutex(State())

    /// A token with an id that is not known makes the keys be read again, at most this often.
    private static let pause = Duration.seconds(1)

    /// - Parameter source: secrets of 256 bits, the one in use first.
    package init(
        _ algorithm: TokenAlgorithm = .hs256,
        _ source: @escaping MasterKeys.Source
    ) async throws {
        self.algorithm = algorithm
        self.source = source
        try await reload()
    }

    var ring: Ring {
        state.withLock { state in
            guard let ring = state.ring else { preconditionFailure("read when it was made") }
            return ring
        }
    }

    /// The one in use first.
    var secrets: [SymmetricKey] { ring.secrets }

    /// Whether an older one is believed besides that in use.
    package var believesOlder: Bool { ring.secrets.count > 1 }

    /// Reads them again.
    package func reload() async throws {
        let secrets = try source()
        guard let first = secrets.first else { throw KeyError.unknownMaster }
        let collection = JWTKeyCollection()
        var all: [String: SymmetricKey] = [:]
        for secret in secrets {
            let id = Self.id(of: secret, algorithm)
            all[id] = secret
            switch algorithm {
            case .hs256:
                await collection.add(
                    hmac: HMACKey(key: secret),
                    digestAlgorithm: .sha256,
                    kid: JWKIdentifier(string: id)
                )
            case .es256:
                await collection.add(
                    ecdsa: try ES256PrivateKey(backing: Self.curveKey(secret)),
                    kid: JWKIdentifier(string: id)
                )
            }
        }
        let ring = Ring(
            signing: Self.id(of: first, algorithm),
            secrets: secrets,
            all: all,
            collection: collection
        )
        state.withLock { state in
            state.ring = ring
            state.readAt = .now
        }
    }

    /// Whether a key of that name is believed.
    func knows(_ id: String) async -> Bool {
        if ring.all[id] != nil { return true }
        let mayRead = state.withLock { state in
            guard ContinuousClock.now - state.readAt >= Self.pause else { return false }
            state.readAt = .now
            return true
        }
        // Keys that cannot be read now are those that are known already.
        guard mayRead, (try? await reload()) != nil else { return false }
        return ring.all[id] != nil
    }

    /// The public keys, for others to verify with; none where the key is a shared secret.
    ///
    /// - Source: RFC 7517 and RFC 7518, section 6.2.
    package var publicKeys: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("keys")
            writer.array { writer in
                guard algorithm == .es256 else { return }
                for (id, secret) in ring.all.sorted(by: { $0.key < $1.key }) {
                    guard let key = try? Self.curveKey(secret).publicKey.rawRepresentation else {
                        continue  // It could not have been taken into the ring either.
                    }
                    writer.raw(
                        JSONWriter.object([
                            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": id,
                            "x": Base64URL.encode(key.prefix(32)),
                            "y": Base64URL.encode(key.suffix(32)),
                        ])
                    )
                }
            }
        }
        return writer.bytes
    }

    private static func curveKey(_ secret: SymmetricKey) throws -> P256.Signing.PrivateKey {
        let scalar = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: secret,
            info: Data("martlet access token es256".utf8),
            outputByteCount: 32
        )
        return try P256.Signing.PrivateKey(
            rawRepresentation: scalar.withUnsafeBytes { Data($0) }
        )
    }

    private static func id(of secret: SymmetricKey, _ algorithm: TokenAlgorithm) -> String {
        let purpose = algorithm == .hs256 ? "martlet key id" : "martlet key id es256"
        let digest = secret.withUnsafeBytes { SHA256.hash(data: Array(purpose.utf8) + $0) }
        return Base64URL.encode(digest.prefix(9))
    }
}
