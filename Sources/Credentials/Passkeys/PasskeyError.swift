/// Why a passkey's answer is not accepted. Each is one step of the specification.
///
/// - Source: Web Authentication level 2, sections 7.1 and 7.2, with level 3's `topOrigin` and
///   backup flags.
package enum PasskeyError: Error, Equatable {
    case tooLong
    case malformedCBOR
    case malformedAttestation
    case malformedAuthenticatorData
    case malformedKey
    case wrongType
    case wrongChallenge
    case wrongOrigin
    case framed
    case wrongRelyingParty
    case userNotPresent
    case userNotVerified
    case inconsistentBackup
    case backupEligibilityChanged
    case algorithmNotAllowed(Int64)
    case noAttestedCredential
    case credentialIDLength(Int)
    case wrongCredential
    case wrongUser
    case attestationNotWanted(String)
    case badAttestation
    case badSignature
    /// The counter did not grow: there may be a copy of the authenticator.
    case counterRegressed(stored: UInt32, received: UInt32)
}
