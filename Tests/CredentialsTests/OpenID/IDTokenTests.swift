import Credentials
import Crypto
import CryptoExtras
import Foundation
import Testing

/// What a hostile or mistaken provider could say, and one honest one.
struct IDTokenTests {
    private static let now: Int64 = 1_800_000_000
    private static let signingKey = P256.Signing.PrivateKey()
    private static let rules = IDTokenRules(
        issuer: "https://id.example",
        clientID: "martlet",
        nonce: "a nonce"
    )

    private struct Draft {
        var algorithm = "ES256"
        var keyID: String? = "one"
        var issuer = "https://id.example"
        var subject = "ann"
        var audience = ["martlet"]
        var authorisedParty: String?
        var nonce: String? = "a nonce"
        var expiresAt = IDTokenTests.now + 300
        var issuedAt = IDTokenTests.now
        var notBefore: Int64?
        var sign: @Sendable ([UInt8]) throws -> [UInt8] = {
            Array(try IDTokenTests.signingKey.signature(for: $0).rawRepresentation)
        }

        func token() throws -> IDToken {
            let bytes = Array("\(self.algorithm) \(subject) \(expiresAt)".utf8)
            return IDToken(
                header: .init(algorithm: algorithm, keyID: keyID),
                claims: .init(
                    issuer: issuer,
                    subject: subject,
                    audience: audience,
                    authorisedParty: authorisedParty,
                    nonce: nonce,
                    expiresAt: expiresAt,
                    issuedAt: issuedAt,
                    notBefore: notBefore
                ),
                signedBytes: bytes,
                signature: try sign(bytes)
            )
        }
    }

    private static func members(_ key: P256.Signing.PublicKey, _ id: String?) -> ProviderKey.Members
    {
        var members = ProviderKey.Members()
        let point = Array(key.x963Representation)
        (members.kty, members.crv, members.kid) = ("EC", "P-256", id)
        (members.x, members.y) = (Array(point[1...32]), Array(point[33...64]))
        return members
    }

    private static let keys = [ProviderKey(members(signingKey.publicKey, "one"))!]

    private static func check(
        _ change: (inout Draft) -> Void,
        keys: [ProviderKey] = keys
    ) throws {
        var draft = Draft()
        change(&draft)
        try rules.check(try draft.token(), signedBy: keys, atSeconds: now)
    }

    @Test
    func `an honest token is believed`() throws {
        try Self.check { _ in }
        try Self.check { ($0.audience, $0.authorisedParty) = (["martlet", "other"], "martlet") }
        try Self.check { $0.expiresAt = Self.now - 29 }
        try Self.check { ($0.issuedAt, $0.notBefore) = (Self.now + 30, Self.now + 30) }
        try Self.check { $0.keyID = nil }
    }

    @Test
    func `a token of each algorithm is believed`() throws {
        let ed = Curve25519.Signing.PrivateKey()
        let rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        var edMembers = ProviderKey.Members()
        (edMembers.kty, edMembers.crv) = ("OKP", "Ed25519")
        (edMembers.kid, edMembers.x) = ("ed", Array(ed.publicKey.rawRepresentation))
        var rsaMembers = ProviderKey.Members()
        let numbers = try rsa.publicKey.getKeyPrimitives()
        (rsaMembers.kty, rsaMembers.kid) = ("RSA", "rsa")
        (rsaMembers.n, rsaMembers.e) = (Array(numbers.modulus), Array(numbers.publicExponent))
        let keys = try [edMembers, rsaMembers].map { try #require(ProviderKey($0)) }

        try Self.check(
            {
                ($0.algorithm, $0.keyID) = ("EdDSA", "ed")
                $0.sign = { Array(try ed.signature(for: $0)) }
            },
            keys: keys
        )
        try Self.check(
            {
                ($0.algorithm, $0.keyID) = ("RS256", "rsa")
                $0.sign = {
                    Array(
                        try rsa.signature(
                            for: SHA256.hash(data: $0),
                            padding: .insecurePKCS1v1_5
                        ).rawRepresentation
                    )
                }
            },
            keys: keys
        )
    }

    private static let lies: [(String, IDTokenError, @Sendable (inout Draft) -> Void)] = [
        ("alg none", .algorithmNotAllowed, { ($0.algorithm, $0.sign) = ("none", { _ in [] }) }),
        ("alg None", .algorithmNotAllowed, { $0.algorithm = "None" }),
        (
            "HS256 with the client secret", .algorithmNotAllowed,
            {
                $0.algorithm = "HS256"
                $0.sign = { bytes in
                    let key = SymmetricKey(data: Array("the client secret".utf8))
                    return Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
                }
            }
        ),
        ("HS256 with the public key", .algorithmNotAllowed, { $0.algorithm = "HS256" }),
        ("ES384", .algorithmNotAllowed, { $0.algorithm = "ES384" }),
        ("RS256 named for an ES256 key", .unknownKey, { $0.algorithm = "RS256" }),
        ("unknown key", .unknownKey, { $0.keyID = "two" }),
        (
            "another's key", .badSignature,
            {
                $0.sign = {
                    Array(try P256.Signing.PrivateKey().signature(for: $0).rawRepresentation)
                }
            }
        ),
        ("no signature", .badSignature, { $0.sign = { _ in [] } }),
        ("another issuer", .wrongIssuer, { $0.issuer = "https://evil.example" }),
        ("issuer with a slash", .wrongIssuer, { $0.issuer = "https://id.example/" }),
        ("issuer in other case", .wrongIssuer, { $0.issuer = "https://ID.example" }),
        ("another audience", .wrongAudience, { $0.audience = ["other"] }),
        ("no audience", .wrongAudience, { $0.audience = [] }),
        ("two audiences, no party", .wrongAuthorisedParty, { $0.audience = ["martlet", "other"] }),
        ("another party", .wrongAuthorisedParty, { $0.authorisedParty = "other" }),
        ("another nonce", .wrongNonce, { $0.nonce = "another" }),
        ("no nonce", .wrongNonce, { $0.nonce = nil }),
        ("expired", .expired, { $0.expiresAt = IDTokenTests.now - 30 }),
        ("from the future", .notYetValid, { $0.issuedAt = IDTokenTests.now + 31 }),
        ("not yet", .notYetValid, { $0.notBefore = IDTokenTests.now + 31 }),
        ("old yet lasting", .tooOld, { $0.issuedAt = IDTokenTests.now - 601 }),
        ("nobody", .noSubject, { $0.subject = "" }),
        (
            "somebody too long", .noSubject,
            { $0.subject = String(repeating: "a", count: 256) }
        ),
    ]

    @Test(arguments: lies.indices)
    func `a token that lies about one thing is refused for it`(index: Int) {
        let (what, fault, change) = Self.lies[index]

        #expect(throws: fault, "\(what)") { try Self.check(change) }
    }

    @Test
    func `without a key's name there must be no choice`() throws {
        let other = try #require(
            ProviderKey(Self.members(P256.Signing.PrivateKey().publicKey, "two"))
        )

        #expect(throws: IDTokenError.unknownKey) {
            try Self.check({ $0.keyID = nil }, keys: Self.keys + [other])
        }
    }

    @Test
    func `keys that are not for signing, or of another kind, are left out`() {
        var encryption = Self.members(Self.signingKey.publicKey, "one")
        encryption.use = "enc"
        var symmetric = ProviderKey.Members()
        symmetric.kty = "oct"
        var mislabelled = Self.members(Self.signingKey.publicKey, "one")
        mislabelled.alg = "RS256"
        var otherCurve = Self.members(Self.signingKey.publicKey, "one")
        otherCurve.crv = "P-384"

        for members in [encryption, symmetric, mislabelled, otherCurve] {
            #expect(ProviderKey(members) == nil)
        }
    }
}
