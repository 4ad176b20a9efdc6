/// A provider's token that says who signed in, taken apart but not yet believed.
package struct IDToken: Sendable {
    /// The parts of its header that decide anything.
    package struct Header: Sendable {
        package let algorithm: String
        package let keyID: String?

        package init(algorithm: String, keyID: String?) {
            self.algorithm = algorithm
            self.keyID = keyID
        }
    }

    package struct Claims: Sendable {
        package let issuer: String
        package let subject: String
        package let audience: [String]
        package let authorisedParty: String?
        package let nonce: String?
        /// - Units: seconds since 1970, as all times here
        package let expiresAt: Int64
        package let issuedAt: Int64
        package let notBefore: Int64?

        package init(
            issuer: String,
            subject: String,
            audience: [String],
            authorisedParty: String?,
            nonce: String?,
            expiresAt: Int64,
            issuedAt: Int64,
            notBefore: Int64?
        ) {
            self.issuer = issuer
            self.subject = subject
            self.audience = audience
            self.authorisedParty = authorisedParty
            self.nonce = nonce
            self.expiresAt = expiresAt
            self.issuedAt = issuedAt
            self.notBefore = notBefore
        }
    }

    package let header: Header
    package let claims: Claims
    /// Header and claims as they were signed.
    package let signedBytes: [UInt8]
    package let signature: [UInt8]

    package init(header: Header, claims: Claims, signedBytes: [UInt8], signature: [UInt8]) {
        self.header = header
        self.claims = claims
        self.signedBytes = signedBytes
        self.signature = signature
    }
}

/// Why a token is not believed.
package enum IDTokenError: Error, Equatable {
    case algorithmNotAllowed
    /// No key of the provider is called so: it may have a new one.
    case unknownKey
    case badSignature
    case wrongIssuer
    case wrongAudience
    case wrongAuthorisedParty
    case wrongNonce
    case expired
    case notYetValid
    case tooOld
    case noSubject
}

/// What a token must say to be believed.
///
/// - Source: OpenID Connect Core 1.0, section 3.1.3.7; RFC 8725.
package struct IDTokenRules: Sendable {
    /// How far the provider's clock may be off.
    ///
    /// - Units: seconds
    package static let leeway: Int64 = 30
    /// How long ago a token may have been issued, whatever it says of its end.
    ///
    /// - Units: seconds
    package static let ageLimit: Int64 = 600
    /// - Source: OpenID Connect Core 1.0, section 2.
    ///
    /// - Units: bytes
    package static let subjectLengths = 1...255

    private let issuer: String
    private let clientID: String
    private let nonce: String

    package init(issuer: String, clientID: String, nonce: String) {
        self.issuer = issuer
        self.clientID = clientID
        self.nonce = nonce
    }

    package func check(
        _ token: IDToken,
        signedBy keys: [ProviderKey],
        atSeconds now: Int64
    ) throws(IDTokenError) {
        try checkSignature(of: token, keys)
        let claims = token.claims
        guard claims.issuer == issuer else { throw .wrongIssuer }
        guard claims.audience.contains(clientID) else { throw .wrongAudience }
        guard claims.authorisedParty ?? clientID == clientID,
            claims.audience.count == 1 || claims.authorisedParty != nil
        else { throw .wrongAuthorisedParty }
        guard !nonce.isEmpty, claims.nonce == nonce else { throw .wrongNonce }
        guard claims.expiresAt > now - Self.leeway else { throw .expired }
        guard claims.issuedAt <= now + Self.leeway,
            claims.notBefore ?? claims.issuedAt <= now + Self.leeway
        else { throw .notYetValid }
        guard claims.issuedAt >= now - Self.ageLimit else { throw .tooOld }
        guard Self.subjectLengths.contains(claims.subject.utf8.count) else { throw .noSubject }
    }

    /// The key decides the algorithm; the header may only agree.
    private func checkSignature(of token: IDToken, _ keys: [ProviderKey]) throws(IDTokenError) {
        guard let algorithm = SignatureAlgorithm(rawValue: token.header.algorithm) else {
            throw .algorithmNotAllowed
        }
        let fitting = keys.filter { $0.key.algorithm == algorithm }
        let candidates =
            token.header.keyID.map { id in fitting.filter { $0.id == id } } ?? fitting
        // Without a name there must be no choice.
        guard candidates.count == 1, let key = candidates.first?.key else { throw .unknownKey }
        guard key.isValid(token.signature, of: token.signedBytes, spelling: .token) else {
            throw .badSignature
        }
    }
}
