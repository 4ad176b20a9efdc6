/// A key of a provider, by the members of its JSON form.
///
/// - Source: RFC 7517 and RFC 7518, section 6; RFC 8037, section 2.
package struct ProviderKey: Sendable {
    package let id: String?
    package let key: PublicKey

    /// What a key's JSON says, its numbers decoded.
    package struct Members: Sendable {
        package var kty = ""
        package var kid: String?
        package var use: String?
        package var alg: String?
        package var crv: String?
        package var x: [UInt8]?
        package var y: [UInt8]?
        package var n: [UInt8]?
        package var e: [UInt8]?

        package init() {}
    }

    /// Nil for a key that is not for signatures, or of a kind that is not trusted here. A symmetric
    /// key (`oct`) never is.
    package init?(_ members: Members) {
        guard members.use ?? "sig" == "sig" else { return nil }
        let key: PublicKey?
        switch (members.kty, members.crv) {
        case ("EC", "P-256"): key = PublicKey(p256X: members.x ?? [], y: members.y ?? [])
        case ("OKP", "Ed25519"): key = PublicKey(ed25519: members.x ?? [])
        case ("RSA", nil):
            key = PublicKey(rsaModulus: members.n ?? [], exponent: members.e ?? [])
        default: key = nil
        }
        guard let key, members.alg.map({ $0 == key.algorithm.rawValue }) ?? true else {
            return nil
        }
        self.id = members.kid
        self.key = key
    }
}
