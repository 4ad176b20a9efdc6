import Credentials

/// What a provider gave for a code.
struct ProviderAnswer: Sendable {
    let claims: ProviderClaims
    /// Good for asking the provider more. It is kept nowhere.
    let accessToken: String?
}

/// What a provider's token says besides who it is about.
struct ProviderClaims: Sendable {
    let token: IDToken
    private(set) var email: String?
    /// Only a plain `true` counts.
    private(set) var isEmailVerified: Bool
    private(set) var name: String?

    private static let lengthLimit = 16_384

    /// Nil for what is no signed token in the compact form.
    ///
    /// - Source: RFC 7515, section 7.1, and RFC 7519; read as strictly as RFC 8725 asks.
    init?(_ text: String) {
        guard text.utf8.count <= Self.lengthLimit else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let signature = Base64URL.decode(parts[2]),
            let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
            // Nothing critical is understood here, and no key is taken from a token.
            header["crit"] == nil, case .string(let algorithm) = header["alg"],
            let read = Self.claims(claims)
        else { return nil }
        var keyID: String?
        switch header["kid"] {
        case nil: break
        case .string(let id): keyID = id
        default: return nil
        }
        token = IDToken(
            header: IDToken.Header(algorithm: algorithm, keyID: keyID),
            claims: read,
            signedBytes: Array("\(parts[0]).\(parts[1])".utf8),
            signature: signature
        )
        email = Self.text(claims["email"])
        isEmailVerified = claims["email_verified"] == .boolean(true)
        name = Self.text(claims["name"])
    }

    /// With the address that the provider told besides, and what it says of that address there. Nil
    /// when that is about another subject.
    ///
    /// - Source: OpenID Connect Core 1.0, section 5.3.2: the `sub` must be the token's.
    func completed(by said: JSONValue) -> ProviderClaims? {
        guard said["sub"] == .string(token.claims.subject) else { return nil }
        var claims = self
        claims.email = Self.text(said["email"])
        claims.isEmailVerified = said["email_verified"] == .boolean(true)
        claims.name = name ?? Self.text(said["name"])
        return claims
    }

    private static func object(_ part: Substring) -> JSONValue? {
        guard let bytes = Base64URL.decode(part) else { return nil }
        do throws(JSONError) {
            let value = try JSONReader.read(bytes)
            guard case .object = value else { return nil }
            return value
        } catch {
            return nil
        }
    }

    private static func claims(_ value: JSONValue) -> IDToken.Claims? {
        guard let issuer = text(value["iss"]), let subject = text(value["sub"]),
            let audience = audience(value["aud"]), let expiresAt = seconds(value["exp"]),
            let issuedAt = seconds(value["iat"]),
            value["nbf"] == nil || seconds(value["nbf"]) != nil,
            value["azp"] == nil || text(value["azp"]) != nil,
            value["nonce"] == nil || text(value["nonce"]) != nil
        else { return nil }
        return IDToken.Claims(
            issuer: issuer,
            subject: subject,
            audience: audience,
            authorisedParty: text(value["azp"]),
            nonce: text(value["nonce"]),
            expiresAt: expiresAt,
            issuedAt: issuedAt,
            notBefore: seconds(value["nbf"])
        )
    }

    private static func text(_ value: JSONValue?) -> String? {
        if case .string(let text) = value { text } else { nil }
    }

    private static func audience(_ value: JSONValue?) -> [String]? {
        switch value {
        case .string(let one): return [one]
        case .array(let many):
            let texts = many.compactMap { text($0) }
            return texts.count == many.count ? texts : nil
        default: return nil
        }
    }

    /// Whole seconds, within what a calendar holds.
    private static func seconds(_ value: JSONValue?) -> Int64? {
        guard case .number(let text) = value, let seconds = Int64(text),
            (0...253_402_300_799).contains(seconds)
        else { return nil }
        return seconds
    }
}
