import Credentials
import Foundation
import Testing

/// The examples that the specification publishes.
///
/// - Source: Web Authentication level 3, sections 16.2 to 16.6, 16.10 and 16.11, whose relying party
///   is example.org.
struct PublishedExampleTests {
    struct Example: Decodable, Sendable, CustomTestStringConvertible {
        struct Registration: Decodable, Sendable {
            let challenge: String
            let clientData: String
            let attestationObject: String?
            let authenticatorData: String?
        }

        struct Assertion: Decodable, Sendable {
            let challenge: String
            let clientData: String
            let authenticatorData: String
            let signature: String
        }

        let name: String
        let credentialId: String
        let registration: Registration
        let assertion: Assertion

        var testDescription: String { name }
    }

    static let examples: [Example] = {
        let file = Bundle.module.url(forResource: "Fixtures", withExtension: nil)!
            .appending(path: "webauthn-level-3.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try! decoder.decode([Example].self, from: Data(contentsOf: file))
    }()

    private static let party = RelyingParty(id: "example.org", origin: "https://example.org")

    @Test(arguments: examples.filter { $0.registration.attestationObject != nil })
    func `a published registration gives the passkey it tells of`(example: Example) throws {
        let object = try AttestationObject(Self.bytes(example.registration.attestationObject!))
        let clientData = try ClientData(testing: Array(example.registration.clientData.utf8))
        let register = {
            try Self.party.register(
                object,
                clientData,
                rawID: Self.bytes(example.credentialId),
                challenge: Self.bytes(example.registration.challenge),
                mustVerifyUser: false
            )
        }

        if example.isFramed {
            #expect(throws: PasskeyError.framed) { try register() }
        } else {
            let made = try register()
            #expect(made.id == Self.bytes(example.credentialId))
            #expect(try COSEKey.read(made.publicKey).algorithm == .es256)
        }
    }

    @Test(arguments: examples)
    func `a published assertion is verified with the published key`(example: Example) throws {
        let registered = try example.registered()
        let credential = try #require(registered.credential)
        let answer = RelyingParty.Answer(
            rawID: credential.id,
            authenticatorData: Self.bytes(example.assertion.authenticatorData),
            signature: Self.bytes(example.assertion.signature),
            userHandle: nil
        )
        let verify = {
            try Self.party.verify(
                answer,
                try ClientData(testing: Array(example.assertion.clientData.utf8)),
                of: RelyingParty.Passkey(
                    id: credential.id,
                    publicKey: credential.coseBytes,
                    signCount: registered.signCount,
                    isBackupEligible: registered.flags.contains(.backupEligible),
                    userHandle: []
                ),
                challenge: Self.bytes(example.assertion.challenge),
                mustVerifyUser: false,
                mustNameUser: false
            )
        }

        if example.isFramed {
            #expect(throws: PasskeyError.framed) { try verify() }
            let message =
                Self.bytes(example.assertion.authenticatorData)
                + (try ClientData(testing: Array(example.assertion.clientData.utf8))).hash
            let isValid = credential.publicKey.isValid(
                Self.bytes(example.assertion.signature),
                of: message,
                spelling: .webAuthn
            )
            #expect(isValid)
        } else {
            #expect(try verify().signCount == 0)
        }
    }

    @Test
    func `the examples have every algorithm and the longest id`() throws {
        let algorithms = try Self.examples.map {
            try $0.registered().credential?.publicKey.algorithm
        }

        #expect(Set(algorithms) == [.es256, .edDSA, .rs256])
        #expect(Self.examples.contains { $0.credentialId.count == 2 * 1_023 })
    }

    static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.utf8.map { UInt8($0 < 58 ? $0 - 48 : $0 - 87) }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

extension PublishedExampleTests.Example {
    var isFramed: Bool { registration.clientData.contains(#""crossOrigin":true"#) }

    /// What the authenticator said when the key was made.
    func registered() throws -> AuthenticatorData {
        if let data = registration.authenticatorData {
            return try AuthenticatorData(PublishedExampleTests.bytes(data))
        }
        let object = PublishedExampleTests.bytes(registration.attestationObject!)
        return try AttestationObject(object).authenticatorData
    }
}
