/// What the authenticator signed.
///
/// - Source: Web Authentication, section 6.1.
package struct AuthenticatorData: Sendable {
    package struct Flags: OptionSet, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let userPresent = Flags(rawValue: 0x01)
        package static let userVerified = Flags(rawValue: 0x04)
        package static let backupEligible = Flags(rawValue: 0x08)
        package static let backedUp = Flags(rawValue: 0x10)
        static let attestedCredential = Flags(rawValue: 0x40)
        static let extensions = Flags(rawValue: 0x80)
    }

    /// The key that a registration makes.
    package struct Credential: Sendable {
        package let id: [UInt8]
        package let publicKey: PublicKey
        /// The key as the authenticator wrote it.
        package let coseBytes: [UInt8]
    }

    package let relyingPartyHash: [UInt8]
    package let flags: Flags
    package let signCount: UInt32
    package let credential: Credential?
    /// All of it, as it was signed.
    package let bytes: [UInt8]

    private static let fixedLength = 37
    private static let credentialHeadLength = 18
    package static let credentialIDLengths = 1...1_023

    package init(_ bytes: [UInt8]) throws(PasskeyError) {
        guard bytes.count <= CBORReader.lengthLimit else { throw .tooLong }
        guard bytes.count >= Self.fixedLength else { throw .malformedAuthenticatorData }
        self.bytes = bytes
        relyingPartyHash = Array(bytes[..<32])
        flags = Flags(rawValue: bytes[32])
        signCount = bytes[33..<37].reduce(0) { $0 << 8 | UInt32($1) }
        var rest = bytes[Self.fixedLength...]
        credential =
            flags.contains(.attestedCredential) ? try Self.takeCredential(from: &rest) : nil
        if flags.contains(.extensions) {
            let (value, after) = try CBORReader.readPrefix(rest)
            guard case .map = value else { throw .malformedAuthenticatorData }
            rest = after
        }
        guard rest.isEmpty else { throw .malformedAuthenticatorData }
    }

    /// AAGUID (16 bytes, which says the model and is not asked for), the id with its length, the key.
    private static func takeCredential(
        from rest: inout ArraySlice<UInt8>
    ) throws(PasskeyError) -> Credential {
        guard rest.count >= credentialHeadLength else { throw .malformedAuthenticatorData }
        let head = rest.prefix(credentialHeadLength)
        let length = Int(head[head.startIndex + 16]) << 8 | Int(head[head.startIndex + 17])
        rest = rest.dropFirst(credentialHeadLength)
        guard credentialIDLengths.contains(length) else { throw .credentialIDLength(length) }
        guard rest.count >= length else { throw .malformedAuthenticatorData }
        let id = Array(rest.prefix(length))
        let keyAndMore = rest.dropFirst(length)
        let (key, after) = try CBORReader.readPrefix(keyAndMore)
        rest = after
        return Credential(
            id: id,
            publicKey: try COSEKey.read(key),
            coseBytes: Array(keyAndMore[..<after.startIndex])
        )
    }
}
