import Crypto

/// Whom passkeys are made for: this server, at the one address that people reach it by.
package struct RelyingParty: Sendable {
    /// The host name, for example `money.example.org`.
    package let id: String
    /// Scheme, host and port, as browsers write an origin.
    package let origin: String
    private let idHash: [UInt8]

    package init(id: String, origin: String) {
        self.id = id
        self.origin = origin
        idHash = Array(SHA256.hash(data: Array(id.utf8)))
    }

    /// What a passkey is used for.
    private enum Ceremony: String {
        case create = "webauthn.create"
        case get = "webauthn.get"
    }

    /// A passkey that was made, ready to be kept.
    package struct Registration: Sendable {
        package let id: [UInt8]
        /// As `COSEKey` reads it.
        package let publicKey: [UInt8]
        package let signCount: UInt32
        package let isUserVerified: Bool
        package let isBackupEligible: Bool
        package let isBackedUp: Bool
    }

    /// Verifies a new passkey.
    ///
    /// - Parameter rawID: the id that the browser says it has.
    /// - Source: Web Authentication, section 7.1, steps 6 to 21.
    package func register(
        _ object: AttestationObject,
        _ clientData: ClientData,
        rawID: [UInt8],
        challenge: [UInt8],
        mustVerifyUser: Bool
    ) throws(PasskeyError) -> Registration {
        try check(clientData, .create, challenge)
        let data = object.authenticatorData
        try check(data, mustVerifyUser: mustVerifyUser)
        guard let credential = data.credential else { throw .noAttestedCredential }
        guard credential.id == rawID else { throw .wrongCredential }
        try object.verify(credential, clientData)
        return Registration(
            id: credential.id,
            publicKey: credential.coseBytes,
            signCount: data.signCount,
            isUserVerified: data.flags.contains(.userVerified),
            isBackupEligible: data.flags.contains(.backupEligible),
            isBackedUp: data.flags.contains(.backedUp)
        )
    }

    /// A passkey as it is kept.
    package struct Passkey: Sendable {
        package let id: [UInt8]
        package let publicKey: [UInt8]
        package let signCount: UInt32
        package let isBackupEligible: Bool
        /// What its owner is called towards the authenticator.
        package let userHandle: [UInt8]

        package init(
            id: [UInt8],
            publicKey: [UInt8],
            signCount: UInt32,
            isBackupEligible: Bool,
            userHandle: [UInt8]
        ) {
            self.id = id
            self.publicKey = publicKey
            self.signCount = signCount
            self.isBackupEligible = isBackupEligible
            self.userHandle = userHandle
        }
    }

    /// What a browser answers for a passkey.
    package struct Answer: Sendable {
        package let rawID: [UInt8]
        package let authenticatorData: [UInt8]
        package let signature: [UInt8]
        package let userHandle: [UInt8]?

        package init(
            rawID: [UInt8],
            authenticatorData: [UInt8],
            signature: [UInt8],
            userHandle: [UInt8]?
        ) {
            self.rawID = rawID
            self.authenticatorData = authenticatorData
            self.signature = signature
            self.userHandle = userHandle
        }
    }

    /// What is kept of a use.
    package struct Use: Sendable {
        package let signCount: UInt32
        package let isUserVerified: Bool
        package let isBackedUp: Bool
    }

    /// Verifies that a passkey was used.
    ///
    /// - Parameter mustNameUser: nobody said who it is: the authenticator has to.
    /// - Source: Web Authentication, section 7.2, steps 5 to 21.
    package func verify(
        _ answer: Answer,
        _ clientData: ClientData,
        of passkey: Passkey,
        challenge: [UInt8],
        mustVerifyUser: Bool,
        mustNameUser: Bool
    ) throws(PasskeyError) -> Use {
        guard answer.rawID == passkey.id else { throw .wrongCredential }
        if mustNameUser || answer.userHandle != nil {
            guard answer.userHandle == passkey.userHandle else { throw .wrongUser }
        }
        try check(clientData, .get, challenge)
        let data = try AuthenticatorData(answer.authenticatorData)
        try check(data, mustVerifyUser: mustVerifyUser)
        guard data.flags.contains(.backupEligible) == passkey.isBackupEligible else {
            throw .backupEligibilityChanged
        }
        let key = try COSEKey.read(passkey.publicKey)
        let message = data.bytes + clientData.hash
        guard key.isValid(answer.signature, of: message, spelling: .webAuthn) else {
            throw .badSignature
        }
        // Zero on both sides: the authenticator does not count.
        guard data.signCount > passkey.signCount || data.signCount == 0 && passkey.signCount == 0
        else { throw .counterRegressed(stored: passkey.signCount, received: data.signCount) }
        return Use(
            signCount: data.signCount,
            isUserVerified: data.flags.contains(.userVerified),
            isBackedUp: data.flags.contains(.backedUp)
        )
    }

    private func check(
        _ clientData: ClientData,
        _ ceremony: Ceremony,
        _ challenge: [UInt8]
    ) throws(PasskeyError) {
        guard clientData.type == ceremony.rawValue else { throw .wrongType }
        guard !challenge.isEmpty, clientData.challenge == challenge else { throw .wrongChallenge }
        guard clientData.origin == origin else { throw .wrongOrigin }
        // This page lies in no other's frame, so neither does the ceremony.
        guard !clientData.crossOrigin, clientData.topOrigin == nil else { throw .framed }
    }

    private func check(_ data: AuthenticatorData, mustVerifyUser: Bool) throws(PasskeyError) {
        guard data.relyingPartyHash == idHash else { throw .wrongRelyingParty }
        guard data.flags.contains(.userPresent) else { throw .userNotPresent }
        guard !mustVerifyUser || data.flags.contains(.userVerified) else { throw .userNotVerified }
        guard data.flags.contains(.backupEligible) || !data.flags.contains(.backedUp) else {
            throw .inconsistentBackup
        }
    }
}
