package import Crypto
package import CryptoExtras
import Foundation

/// A passkey in software: what a browser and an authenticator would answer, each part of it
/// changeable, so that tests can lie.
package struct SoftwareAuthenticator: Sendable {
    package enum Key: Sendable {
        case es256(P256.Signing.PrivateKey)
        case edDSA(Curve25519.Signing.PrivateKey)
        case rs256(_RSA.Signing.PrivateKey)

        package var coseNumber: Int64 {
            switch self {
            case .es256: -7
            case .edDSA: -8
            case .rs256: -257
            }
        }

        package func sign(_ message: [UInt8]) throws -> [UInt8] {
            switch self {
            case .es256(let key): Array(try key.signature(for: message).derRepresentation)
            case .edDSA(let key): Array(try key.signature(for: message))
            case .rs256(let key):
                Array(
                    try key.signature(
                        for: SHA256.hash(data: message),
                        padding: .insecurePKCS1v1_5
                    ).rawRepresentation
                )
            }
        }

        /// The public half, as COSE writes it.
        package var cose: TestCBOR {
            switch self {
            case .es256(let key):
                let point = Array(key.publicKey.x963Representation)
                return .map([
                    (.integer(1), .integer(2)), (.integer(3), .integer(-7)),
                    (.integer(-1), .integer(1)), (.integer(-2), .bytes(Array(point[1...32]))),
                    (.integer(-3), .bytes(Array(point[33...64]))),
                ])
            case .edDSA(let key):
                return .map([
                    (.integer(1), .integer(1)), (.integer(3), .integer(-8)),
                    (.integer(-1), .integer(6)),
                    (.integer(-2), .bytes(Array(key.publicKey.rawRepresentation))),
                ])
            case .rs256(let key):
                // What a key was made of can always be read from it.
                let numbers = try! key.publicKey.getKeyPrimitives()
                return .map([
                    (.integer(1), .integer(3)), (.integer(3), .integer(-257)),
                    (.integer(-1), .bytes(Array(numbers.modulus))),
                    (.integer(-2), .bytes(Array(numbers.publicExponent))),
                ])
            }
        }
    }

    package var key: Key
    package var credentialID: [UInt8]
    package var userHandle: [UInt8]?
    package var signCount: UInt32 = 0
    /// User present and verified.
    package var flags: UInt8 = 0x05
    package var relyingParty: String
    package var origin: String
    package var crossOrigin: Bool? = false
    package var topOrigin: String?
    /// Instead of the ceremony's own type.
    package var type: String?
    package var format = "none"
    package var statement: TestCBOR?
    /// Instead of the key's own form.
    package var cose: TestCBOR?
    package var aaguid = [UInt8](repeating: 0, count: 16)

    package init(
        relyingParty: String,
        origin: String,
        key: Key = .es256(P256.Signing.PrivateKey()),
        credentialID: [UInt8] = Array(UUID().uuidString.utf8)
    ) {
        self.relyingParty = relyingParty
        self.origin = origin
        self.key = key
        self.credentialID = credentialID
    }

    package struct Registration: Sendable {
        package var clientData: [UInt8]
        package var attestationObject: [UInt8]
    }

    package struct Assertion: Sendable {
        package var clientData: [UInt8]
        package var authenticatorData: [UInt8]
        package var signature: [UInt8]
    }

    package func register(_ challenge: [UInt8]) throws -> Registration {
        let client = clientData(type ?? "webauthn.create", challenge)
        let data = authenticatorData(with: flags | 0x40, attests: true)
        let hash = Array(SHA256.hash(data: client))
        var statement = statement ?? .map([])
        if format == "packed", self.statement == nil {
            statement = .map([
                (.text("alg"), .integer(key.coseNumber)),
                (.text("sig"), .bytes(try key.sign(data + hash))),
            ])
        }
        let object = TestCBOR.map([
            (.text("fmt"), .text(format)), (.text("attStmt"), statement),
            (.text("authData"), .bytes(data)),
        ])
        return Registration(clientData: client, attestationObject: object.encoded)
    }

    package func assert(_ challenge: [UInt8]) throws -> Assertion {
        let client = clientData(type ?? "webauthn.get", challenge)
        let data = authenticatorData(with: flags, attests: false)
        let hash = Array(SHA256.hash(data: client))
        return Assertion(
            clientData: client,
            authenticatorData: data,
            signature: try key.sign(data + hash)
        )
    }

    private func clientData(_ type: String, _ challenge: [UInt8]) -> [UInt8] {
        var text = #"{"type":"\#(type)","challenge":"\#(Self.base64URL(challenge))","#
        text += #""origin":"\#(origin)""#
        if let crossOrigin { text += #","crossOrigin":\#(crossOrigin)"# }
        if let topOrigin { text += #","topOrigin":"\#(topOrigin)""# }
        return Array((text + "}").utf8)
    }

    private func authenticatorData(with flags: UInt8, attests: Bool) -> [UInt8] {
        var data = Array(SHA256.hash(data: Array(relyingParty.utf8)))
        data.append(flags)
        data += (0..<4).map { UInt8(truncatingIfNeeded: signCount >> (24 - 8 * UInt32($0))) }
        guard attests else { return data }
        data += aaguid
        data += [UInt8(credentialID.count >> 8), UInt8(credentialID.count & 255)]
        return data + credentialID + (cose ?? key.cose).encoded
    }

    package static func base64URL(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }
}

/// CBOR as tests write it: also what a strict reader refuses, as bytes of their own.
package indirect enum TestCBOR: Sendable {
    case integer(Int64)
    case bytes([UInt8])
    case text(String)
    case array([TestCBOR])
    case map([(TestCBOR, TestCBOR)])
    case raw([UInt8])

    package var encoded: [UInt8] {
        switch self {
        case .integer(let number) where number >= 0: Self.head(0, UInt64(number))
        case .integer(let number): Self.head(1, UInt64(-1 - number))
        case .bytes(let bytes): Self.head(2, UInt64(bytes.count)) + bytes
        case .text(let text): Self.head(3, UInt64(text.utf8.count)) + Array(text.utf8)
        case .array(let elements):
            Self.head(4, UInt64(elements.count)) + elements.flatMap(\.encoded)
        case .map(let members):
            Self.head(5, UInt64(members.count))
                + members.flatMap { $0.0.encoded + $0.1.encoded }
        case .raw(let bytes): bytes
        }
    }

    private static func head(_ kind: UInt8, _ number: UInt64) -> [UInt8] {
        let high = kind << 5
        switch number {
        case 0..<24: return [high | UInt8(number)]
        case 24..<256: return [high | 24, UInt8(number)]
        case 256..<65_536: return [high | 25, UInt8(number >> 8), UInt8(number & 255)]
        default:
            return [high | 26]
                + (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt64($0))) }
        }
    }
}
