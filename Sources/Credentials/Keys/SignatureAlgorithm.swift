/// How a passkey or a provider signs. What is not here is refused.
package enum SignatureAlgorithm: String, Sendable, CaseIterable {
    case es256 = "ES256"
    case edDSA = "EdDSA"
    case rs256 = "RS256"

    /// - Source: the IANA registry of COSE algorithms.
    package var coseNumber: Int64 {
        switch self {
        case .es256: -7
        case .edDSA: -8
        case .rs256: -257
        }
    }

    package init?(coseNumber: Int64) {
        guard let found = Self.allCases.first(where: { $0.coseNumber == coseNumber }) else {
            return nil
        }
        self = found
    }
}
