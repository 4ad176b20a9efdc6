import Credentials

extension PasskeyError {
    /// What a person is told who tried to make a passkey.
    var words: String {
        switch self {
        case .algorithmNotAllowed: "this authenticator has no key that is read here"
        case .attestationNotWanted, .badAttestation:
            "this authenticator insists on naming its maker, which is not read here"
        case .wrongOrigin, .framed, .wrongRelyingParty:
            "it was made for another address than this server's"
        case .userNotPresent, .userNotVerified: "the authenticator did not ask for anyone"
        case .wrongChallenge, .wrongType: "it answers another question"
        default: "the authenticator's answer cannot be read"
        }
    }

    /// For the log and the trail: a word, and nothing that came from outside.
    var word: String {
        switch self {
        case .algorithmNotAllowed: "algorithm_not_allowed"
        case .attestationNotWanted: "attestation_not_wanted"
        case .credentialIDLength: "credential_id_length"
        case .counterRegressed: "counter_regressed"
        default: "\(self)"
        }
    }
}
