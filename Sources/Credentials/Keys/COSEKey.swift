/// Reads the key of a passkey.
///
/// - Source: RFC 9053, sections 7.1 and 7.2, RFC 8230, section 4; WebAuthn, section 6.5.1.1: the
///   algorithm is there, and no member that is not needed.
package enum COSEKey {
    private enum Label {
        static let keyType: Int64 = 1
        static let algorithm: Int64 = 3
        static let curve: Int64 = -1
        static let x: Int64 = -2
        static let y: Int64 = -3
        static let modulus: Int64 = -1
        static let exponent: Int64 = -2
    }

    private static let okp: Int64 = 1
    private static let ec2: Int64 = 2
    private static let rsa: Int64 = 3
    private static let p256: Int64 = 1
    private static let ed25519: Int64 = 6

    package static func read(_ bytes: [UInt8]) throws(PasskeyError) -> PublicKey {
        try read(CBORReader.read(bytes))
    }

    static func read(_ value: CBOR) throws(PasskeyError) -> PublicKey {
        guard case .map(let members) = value,
            let number = value[Label.algorithm]?.integer, let type = value[Label.keyType]?.integer
        else { throw .malformedKey }
        guard let algorithm = SignatureAlgorithm(coseNumber: number) else {
            throw .algorithmNotAllowed(number)
        }
        let key: PublicKey?
        let memberCount: Int
        switch (algorithm, type) {
        case (.es256, ec2) where value[Label.curve]?.integer == p256:
            memberCount = 5
            key = PublicKey(
                p256X: value[Label.x]?.bytes ?? [],
                y: value[Label.y]?.bytes ?? []
            )
        case (.edDSA, okp) where value[Label.curve]?.integer == ed25519:
            memberCount = 4
            key = PublicKey(ed25519: value[Label.x]?.bytes ?? [])
        case (.rs256, rsa):
            memberCount = 4
            key = PublicKey(
                rsaModulus: value[Label.modulus]?.bytes ?? [],
                exponent: value[Label.exponent]?.bytes ?? []
            )
        default: throw .malformedKey
        }
        guard let key, members.count == memberCount else { throw .malformedKey }
        return key
    }
}
