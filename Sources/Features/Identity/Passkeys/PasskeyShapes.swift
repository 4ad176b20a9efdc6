import Credentials
import Ledger

/// A question to an authenticator, and how to come back with its answer.
struct PasskeyChallenge: Sendable {
    let token: OpaqueToken
    let party: RelyingParty
    let mustVerifyUser: Bool
    /// The passkeys that may answer, or, for a new one, that must not.
    let credentialIDs: [[UInt8]]
}

/// A question for a new passkey.
struct NewPasskeyChallenge: Sendable {
    let challenge: PasskeyChallenge
    let person: PersonID
    let email: String
    let name: String
}

/// The options of browsers, in the JSON that they read
/// (`PublicKeyCredential.parseRequestOptionsFromJSON`).
///
/// - Source: Web Authentication level 3, sections 5.4, 5.5 and 5.1.8.
enum PasskeyShapes {
    /// - Units: milliseconds
    private static let timeout = 1_000 * OneTimeTokenKind.challenge.lifetimeSeconds

    private static let descriptor = Shape<[UInt8]>("PasskeyDescriptor") { shape in
        shape.member("type", .choice(["public-key"])) { $1.string("public-key") }
        shape.text("id") { Base64URL.encode($0) }
    }

    private static let requestOptions = Shape<PasskeyChallenge>("PasskeyRequestOptions") { shape in
        shape.text("challenge") { $0.token.text }
        shape.text("rpId") { $0.party.id }
        shape.integer("timeout") { _ in timeout }
        shape.list("allowCredentials", descriptor) { $0.credentialIDs }
        shape.text("userVerification") { $0.mustVerifyUser ? "required" : "preferred" }
    }

    static let assertion = Shape<PasskeyChallenge>("PasskeyChallenge") { shape in
        shape.text("challenge_id") { $0.token.text }
        shape.object("options", requestOptions) { $0 }
    }

    private static let party = Shape<RelyingParty>("PasskeyParty") { shape in
        shape.text("id") { $0.id }
        shape.member("name", .text()) { $1.string("Martlet") }
    }

    private static let user = Shape<NewPasskeyChallenge>("PasskeyUser") { shape in
        shape.text("id") { Base64URL.encode($0.person.value.bytes) }
        shape.text("name") { $0.email }
        shape.text("displayName") { $0.name }
    }

    private static let algorithm = Shape<SignatureAlgorithm>("PasskeyAlgorithm") { shape in
        shape.member("type", .choice(["public-key"])) { $1.string("public-key") }
        shape.integer("alg") { $0.coseNumber }
    }

    private static let selection = Shape<NewPasskeyChallenge>("PasskeySelection") { shape in
        shape.text("residentKey") { _ in "preferred" }
        shape.boolean("requireResidentKey") { _ in false }
        shape.text("userVerification") { _ in "preferred" }
    }

    private static let creationOptions = Shape<NewPasskeyChallenge>("PasskeyCreationOptions") {
        shape in
        shape.object("rp", party) { $0.challenge.party }
        shape.object("user", user) { $0 }
        shape.text("challenge") { $0.challenge.token.text }
        shape.list("pubKeyCredParams", algorithm) { _ in SignatureAlgorithm.allCases }
        shape.integer("timeout") { _ in timeout }
        shape.list("excludeCredentials", descriptor) { $0.challenge.credentialIDs }
        shape.object("authenticatorSelection", selection) { $0 }
        shape.text("attestation") { _ in "none" }
    }

    static let registration = Shape<NewPasskeyChallenge>("NewPasskeyChallenge") { shape in
        shape.text("challenge_id") { $0.challenge.token.text }
        shape.object("options", creationOptions) { $0 }
    }
}
