import Credentials
@testable import Features
import Foundation
import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

/// What tests of factors do again and again.
extension TestServer {
    func logIn(_ name: String = "ann", as caller: Caller? = nil) async throws -> Answer {
        try await (caller ?? nobody).call(
            .post,
            "auth/login",
            ["email": .string("\(name)@example.org"), "password": .string(Caller.password)]
        )
    }

    /// The token of a sign-in that wants a second factor.
    func halfLogIn(_ name: String = "ann") async throws -> String {
        let answer = try await logIn(name)
        #expect(answer.status == 202, "\(answer)")
        return try #require(answer.data["token"]?.text)
    }

    var seconds: Int64 { clock.now.microseconds / 1_000_000 }

    /// What an authenticator shows now, or some steps from now.
    func code(_ secret: TimeCode, steps: Int64 = 0) -> String {
        secret.code(atStep: TimeCode.step(atSeconds: seconds) + steps)
    }

    func finish(_ token: String, _ proof: (String, JSONValue)) async throws -> Answer {
        try await nobody.call(
            .post,
            "auth/second-factor",
            .object([
                JSONMember(name: "token", value: .string(token)),
                JSONMember(name: proof.0, value: proof.1),
            ])
        )
    }
}

extension Caller {
    /// Sets an authenticator app up.
    func setUpTimeCode(_ server: TestServer) async throws -> (secret: TimeCode, backup: [String]) {
        let offer = try await call(.post, "factors/totp")
        #expect(offer.status == 201, "\(offer)")
        let bytes = try #require(offer.data["secret"]?.text.flatMap { Base32.decode($0) })
        let secret = TimeCode(secret: bytes)
        let confirmed = try await call(
            .post,
            "factors/totp/confirm",
            ["code": .string(server.code(secret))]
        )
        #expect(confirmed.status == 200, "\(confirmed)")
        // The code that confirmed is used up.
        server.clock.advance(seconds: 30)
        return (secret, confirmed.data["backup_codes"]?.elements.compactMap(\.text) ?? [])
    }

    /// Makes a passkey.
    func addPasskey(
        _ authenticator: SoftwareAuthenticator,
        name: String = "Laptop"
    ) async throws -> Answer {
        let question = try await call(.post, "factors/passkeys/options")
        #expect(question.status == 200, "\(question)")
        let challenge = try #require(question.data["challenge_id"]?.text)
        return try await call(
            .post,
            "factors/passkeys",
            [
                "challenge_id": .string(challenge), "name": .string(name),
                "credential": try authenticator.registered(question.challenge),
            ]
        )
    }
}

extension Answer {
    /// What the authenticator is to sign.
    var challenge: [UInt8] {
        data["options"]?["challenge"]?.text.flatMap { Base64URL.decode($0) } ?? []
    }
}

extension SoftwareAuthenticator {
    /// One for the server of the tests.
    static func here() -> SoftwareAuthenticator {
        SoftwareAuthenticator(relyingParty: "localhost", origin: "http://localhost:8080")
    }

    /// The JSON of `PublicKeyCredential.toJSON()`, with what browsers add to it.
    func registered(_ challenge: [UInt8]) throws -> JSONValue {
        let made = try register(challenge)
        return credential([
            "clientDataJSON": text(made.clientData),
            "attestationObject": text(made.attestationObject), "transports": ["internal"],
            "publicKeyAlgorithm": -7,
        ])
    }

    func used(_ challenge: [UInt8]) throws -> JSONValue {
        let answer = try assert(challenge)
        return credential([
            "clientDataJSON": text(answer.clientData),
            "authenticatorData": text(answer.authenticatorData),
            "signature": text(answer.signature),
            "userHandle": userHandle.map { text($0) } ?? .null,
        ])
    }

    /// `{ challenge_id, credential }`
    func answer(to question: Answer) throws -> JSONValue {
        [
            "challenge_id": question.data["challenge_id"] ?? .null,
            "credential": try used(question.challenge),
        ]
    }

    private func credential(_ response: JSONValue) -> JSONValue {
        [
            "id": text(credentialID), "rawId": text(credentialID), "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": [:],
            "response": response,
        ]
    }

    private func text(_ bytes: [UInt8]) -> JSONValue { .string(Base64URL.encode(bytes)) }
}
