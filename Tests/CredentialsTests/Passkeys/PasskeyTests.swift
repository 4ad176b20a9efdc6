import Credentials
import Crypto
import CryptoExtras
import TestSupport
import Testing

/// Each step of the two ceremonies, with an answer that fails this one step.
struct PasskeyTests {
    private static let party = RelyingParty(
        id: "money.example.org",
        origin: "https://money.example.org"
    )
    private static let challenge = Array("a challenge of thirty-two bytes.".utf8)
    private static let handle: [UInt8] = [1, 2, 3]

    private static func authenticator(
        _ key: SoftwareAuthenticator.Key = .es256(P256.Signing.PrivateKey())
    ) -> SoftwareAuthenticator {
        SoftwareAuthenticator(
            relyingParty: "money.example.org",
            origin: "https://money.example.org",
            key: key
        )
    }

    private static func register(
        _ authenticator: SoftwareAuthenticator,
        _ change: (inout SoftwareAuthenticator.Registration) -> Void = { _ in },
        rawID: [UInt8]? = nil,
        challenge: [UInt8] = challenge
    ) throws -> RelyingParty.Registration {
        var answer = try authenticator.register(Self.challenge)
        change(&answer)
        return try party.register(
            try AttestationObject(answer.attestationObject),
            try ClientData(testing: answer.clientData),
            rawID: rawID ?? authenticator.credentialID,
            challenge: challenge,
            mustVerifyUser: true
        )
    }

    @Test(arguments: ["none", "packed"])
    func `a passkey of each algorithm is made and used`(format: String) throws {
        let keys: [SoftwareAuthenticator.Key] = [
            .es256(P256.Signing.PrivateKey()), .edDSA(Curve25519.Signing.PrivateKey()),
            .rs256(try _RSA.Signing.PrivateKey(keySize: .bits2048)),
        ]
        for key in keys {
            var authenticator = Self.authenticator(key)
            authenticator.format = format
            let made = try Self.register(authenticator)
            authenticator.signCount = 1

            let use = try Self.verify(authenticator, made)

            #expect(made.isUserVerified && use.isUserVerified && use.signCount == 1)
        }
    }

    // MARK: Making one

    typealias Change = @Sendable (inout SoftwareAuthenticator) -> Void

    static let badRegistrations: [(String, PasskeyError, Change)] = [
        ("type of a use", .wrongType, { $0.type = "webauthn.get" }),
        ("type of nothing", .wrongType, { $0.type = "" }),
        ("other origin", .wrongOrigin, { $0.origin = "https://evil.example" }),
        ("sibling", .wrongOrigin, { $0.origin = "https://www.example.org" }),
        ("subdomain", .wrongOrigin, { $0.origin = "https://a.money.example.org" }),
        ("other scheme", .wrongOrigin, { $0.origin = "http://money.example.org" }),
        ("other port", .wrongOrigin, { $0.origin = "https://money.example.org:8443" }),
        ("trailing slash", .wrongOrigin, { $0.origin = "https://money.example.org/" }),
        ("in a frame", .framed, { $0.crossOrigin = true }),
        ("below another page", .framed, { $0.topOrigin = "https://evil.example" }),
        ("other party", .wrongRelyingParty, { $0.relyingParty = "example.org" }),
        ("nobody there", .userNotPresent, { $0.flags = 0x04 }),
        ("nobody verified", .userNotVerified, { $0.flags = 0x01 }),
        ("copied yet not copyable", .inconsistentBackup, { $0.flags = 0x15 }),
        ("empty id", .credentialIDLength(0), { $0.credentialID = [] }),
        (
            "id too long", .credentialIDLength(1_024),
            { $0.credentialID = [UInt8](repeating: 1, count: 1_024) }
        ),
        (
            "statement of none", .badAttestation,
            { $0.statement = .map([(.text("a"), .integer(1))]) }
        ),
        ("attested by a maker", .attestationNotWanted("fido-u2f"), { $0.format = "fido-u2f" }),
        (
            "packed with a certificate", .attestationNotWanted("packed with x5c"),
            {
                $0.format = "packed"
                $0.statement = .map([
                    (.text("alg"), .integer(-7)), (.text("sig"), .bytes([1])),
                    (.text("x5c"), .array([.bytes([1])])),
                ])
            }
        ),
        (
            "packed, wrongly signed", .badAttestation,
            {
                $0.format = "packed"
                $0.statement = .map([(.text("alg"), .integer(-7)), (.text("sig"), .bytes([1]))])
            }
        ),
        (
            "packed, another algorithm", .badAttestation,
            {
                $0.format = "packed"
                $0.statement = .map([(.text("alg"), .integer(-8)), (.text("sig"), .bytes([1]))])
            }
        ),
        ("algorithm ES384", .algorithmNotAllowed(-35), { $0.cose = Self.key(algorithm: -35) }),
        (
            "algorithm RS1", .algorithmNotAllowed(-65_535),
            { $0.cose = Self.key(algorithm: -65_535) }
        ),
        ("EdDSA on P-256", .malformedKey, { $0.cose = Self.key(algorithm: -8) }),
        ("point off the curve", .malformedKey, { $0.cose = Self.key(y: 7) }),
        (
            "key with more than needed", .malformedKey,
            { $0.cose = Self.key(also: (.integer(4), .array([.integer(1)]))) }
        ),
        ("key that is no map", .malformedKey, { $0.cose = .array([]) }),
        (
            "RSA of 1024 bits", .malformedKey,
            { $0.cose = Self.rsa(modulus: [0x80] + [UInt8](repeating: 1, count: 127), [1, 0, 1]) }
        ),
        (
            "RSA with exponent 1", .malformedKey,
            { $0.cose = Self.rsa(modulus: [0x80] + [UInt8](repeating: 1, count: 255), [1]) }
        ),
        ("bytes after the key", .malformedAuthenticatorData, { $0.cose = Self.key(trailing: [0]) }),
    ]

    @Test(arguments: badRegistrations.indices)
    func `a new passkey that fails one step is refused for it`(index: Int) throws {
        let (what, fault, change) = Self.badRegistrations[index]
        var authenticator = Self.authenticator()
        change(&authenticator)

        #expect(throws: fault, "\(what)") { try Self.register(authenticator) }
    }

    @Test
    func `a new passkey with another challenge, id or form is refused`() throws {
        let authenticator = Self.authenticator()

        #expect(throws: PasskeyError.wrongChallenge) {
            try Self.register(authenticator, challenge: Array("another".utf8))
        }
        #expect(throws: PasskeyError.wrongChallenge) {
            try Self.register(authenticator, challenge: [])
        }
        #expect(throws: PasskeyError.wrongCredential) {
            try Self.register(authenticator, rawID: [9])
        }
        #expect(throws: PasskeyError.malformedCBOR) {
            try Self.register(authenticator, { $0.attestationObject.removeLast() })
        }
        #expect(throws: PasskeyError.malformedAttestation) {
            try Self.register(authenticator, { $0.attestationObject = [0xA0] })
        }
        #expect(throws: PasskeyError.noAttestedCredential) {
            try Self.register(
                authenticator,
                { answer in
                    let data = TestCBOR.bytes(Self.plainData)
                    answer.attestationObject =
                        TestCBOR.map([
                            (.text("fmt"), .text("none")), (.text("attStmt"), .map([])),
                            (.text("authData"), data),
                        ]).encoded
                }
            )
        }
    }

    // MARK: Using one

    private static func verify(
        _ authenticator: SoftwareAuthenticator,
        _ made: RelyingParty.Registration,
        storedCount: UInt32 = 0,
        challenge: [UInt8] = challenge,
        mustNameUser: Bool = false,
        rawID: [UInt8]? = nil,
        _ change: (inout SoftwareAuthenticator.Assertion) -> Void = { _ in }
    ) throws -> RelyingParty.Use {
        var answer = try authenticator.assert(Self.challenge)
        change(&answer)
        return try party.verify(
            RelyingParty.Answer(
                rawID: rawID ?? authenticator.credentialID,
                authenticatorData: answer.authenticatorData,
                signature: answer.signature,
                userHandle: authenticator.userHandle
            ),
            try ClientData(testing: answer.clientData),
            of: RelyingParty.Passkey(
                id: made.id,
                publicKey: made.publicKey,
                signCount: storedCount,
                isBackupEligible: made.isBackupEligible,
                userHandle: handle
            ),
            challenge: challenge,
            mustVerifyUser: true,
            mustNameUser: mustNameUser
        )
    }

    static let badUses: [(String, PasskeyError, Change)] = [
        ("type of a registration", .wrongType, { $0.type = "webauthn.create" }),
        ("type of a payment", .wrongType, { $0.type = "payment.get" }),
        ("other origin", .wrongOrigin, { $0.origin = "https://evil.example" }),
        ("sibling", .wrongOrigin, { $0.origin = "https://www.example.org" }),
        ("in a frame", .framed, { $0.crossOrigin = true }),
        ("below another page", .framed, { $0.topOrigin = "https://evil.example" }),
        ("other party", .wrongRelyingParty, { $0.relyingParty = "example.org" }),
        ("nobody there", .userNotPresent, { $0.flags = 0x04 }),
        ("nobody verified", .userNotVerified, { $0.flags = 0x01 }),
        ("copied yet not copyable", .inconsistentBackup, { $0.flags = 0x15 }),
        ("suddenly copyable", .backupEligibilityChanged, { $0.flags = 0x0D }),
        ("other person", .wrongUser, { $0.userHandle = [9] }),
        ("other key", .badSignature, { $0.key = .es256(P256.Signing.PrivateKey()) }),
        ("other kind of key", .badSignature, { $0.key = .edDSA(Curve25519.Signing.PrivateKey()) }),
        ("counter stands still", .counterRegressed(stored: 7, received: 7), { $0.signCount = 7 }),
        ("counter fell", .counterRegressed(stored: 7, received: 6), { $0.signCount = 6 }),
        ("counter fell to zero", .counterRegressed(stored: 7, received: 0), { $0.signCount = 0 }),
    ]

    @Test(arguments: badUses.indices)
    func `a use that fails one step is refused for it`(index: Int) throws {
        let (what, fault, change) = Self.badUses[index]
        var authenticator = Self.authenticator()
        let made = try Self.register(authenticator)
        authenticator.signCount = 8
        change(&authenticator)

        #expect(throws: fault, "\(what)") { try Self.verify(authenticator, made, storedCount: 7) }
    }

    @Test
    func `a use with one byte changed is refused`() throws {
        let authenticator = Self.authenticator()
        let made = try Self.register(authenticator)

        #expect(throws: PasskeyError.badSignature) {
            try Self.verify(authenticator, made) { $0.signature[9] ^= 1 }
        }
        #expect(throws: PasskeyError.badSignature) {
            try Self.verify(authenticator, made) { $0.signature = [] }
        }
        #expect(throws: PasskeyError.badSignature) {
            try Self.verify(authenticator, made) { $0.authenticatorData[36] ^= 1 }
        }
        #expect(throws: PasskeyError.malformedAuthenticatorData) {
            try Self.verify(authenticator, made) { $0.authenticatorData.removeLast() }
        }
        #expect(throws: PasskeyError.malformedAuthenticatorData) {
            try Self.verify(authenticator, made) { $0.authenticatorData.append(0) }
        }
        #expect(throws: PasskeyError.badSignature) {
            try Self.verify(authenticator, made) { answer in
                answer.clientData.insert(32, at: answer.clientData.count - 1)
            }
        }
        #expect(throws: PasskeyError.wrongChallenge) {
            try Self.verify(authenticator, made, challenge: Array("another".utf8))
        }
        #expect(throws: PasskeyError.wrongCredential) {
            try Self.verify(authenticator, made, rawID: [9])
        }
    }

    @Test
    func `who is not named must be named by the passkey`() throws {
        var authenticator = Self.authenticator()
        let made = try Self.register(authenticator)

        #expect(throws: PasskeyError.wrongUser) {
            try Self.verify(authenticator, made, mustNameUser: true)
        }
        authenticator.userHandle = Self.handle
        _ = try Self.verify(authenticator, made, mustNameUser: true)
    }

    // MARK: Pieces

    private static let plainData =
        Array(SHA256.hash(data: Array("money.example.org".utf8)))
        + [0x05, 0, 0, 0, 0]

    private static func key(
        algorithm: Int64 = -7,
        y: UInt8? = nil,
        also: (TestCBOR, TestCBOR)? = nil,
        trailing: [UInt8] = []
    ) -> TestCBOR {
        let point = Array(P256.Signing.PrivateKey().publicKey.x963Representation)
        let members: [(TestCBOR, TestCBOR)] = [
            (.integer(1), .integer(2)), (.integer(3), .integer(algorithm)),
            (.integer(-1), .integer(1)), (.integer(-2), .bytes(Array(point[1...32]))),
            (
                .integer(-3),
                .bytes(y.map { [UInt8](repeating: $0, count: 32) } ?? Array(point[33...64]))
            ),
        ]
        return .raw(TestCBOR.map(members + (also.map { [$0] } ?? [])).encoded + trailing)
    }

    private static func rsa(modulus: [UInt8], _ exponent: [UInt8]) -> TestCBOR {
        .map([
            (.integer(1), .integer(3)), (.integer(3), .integer(-257)),
            (.integer(-1), .bytes(modulus)), (.integer(-2), .bytes(exponent)),
        ])
    }
}
