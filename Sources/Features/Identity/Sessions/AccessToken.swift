package import Crypto
import JWTKit
import Ledger
import Storage

/// Signs and verifies access tokens: JWTs of 15 minutes under HS256.
///
/// - Source: RFC 7519 and RFC 9068 (`at+jwt`), read as strictly as RFC 8725 asks: one algorithm, an
///   exact header, explicit type, issuer and audience.
package struct AccessTokens: Sendable {
    package static let lifetimeSeconds: Int64 = 900

    /// How far the clocks of two nodes may differ.
    static let leewaySeconds: Int64 = 30

    private let keys: JWTKeyCollection
    private let keyID: String

    /// - Parameter key: 256 bits.
    package init(key: SymmetricKey) async {
        let digest = key.withUnsafeBytes { SHA256.hash(data: Array("martlet key id".utf8) + $0) }
        keyID = Base64URL.encode(digest.prefix(9))
        keys = await JWTKeyCollection().add(
            hmac: HMACKey(key: key),
            digestAlgorithm: .sha256,
            kid: JWKIdentifier(string: keyID)
        )
    }

    func issue(
        to person: PersonID,
        session: SessionID,
        epoch: Int64,
        id: UniqueID,
        at now: Instant
    ) async throws -> String {
        let seconds = now.microseconds / 1_000_000
        let claims = AccessClaims(
            iss: AccessClaims.issuer,
            aud: AccessClaims.audience,
            sub: person.description,
            sid: session.description,
            epoch: epoch,
            iat: seconds,
            nbf: seconds,
            exp: seconds + Self.lifetimeSeconds,
            jti: id.description
        )
        var header = JWTHeader()
        header.typ = Self.type
        return try await keys.sign(claims, kid: JWKIdentifier(string: keyID), header: header)
    }

    /// - Throws: 401 for anything that this server did not sign for this use, or that is not valid
    ///   now.
    func verify(_ token: String, at now: Instant) async throws -> AccessGrant {
        try demandExactForm(token)
        let claims: AccessClaims
        do {
            claims = try await keys.verify(token, as: AccessClaims.self)
        } catch {
            throw APIError.notSignedIn
        }
        let seconds = now.microseconds / 1_000_000
        guard seconds < claims.exp, claims.exp - claims.iat <= Self.lifetimeSeconds,
            claims.nbf <= seconds + Self.leewaySeconds, claims.iat <= seconds + Self.leewaySeconds,
            let person = PersonID(claims.sub), let session = SessionID(claims.sid)
        else { throw APIError.notSignedIn }
        return AccessGrant(
            person: person,
            session: session,
            epoch: claims.epoch,
            expiresAtSeconds: claims.exp
        )
    }

    private static let type = "at+jwt"
    private static let lengthLimit = 1_024

    /// The header must be the one that we write: a library's idea of `alg`, `kid`, `jwk` or `crit`
    /// is then never asked for.
    private func demandExactForm(_ token: String) throws(APIError) {
        guard token.utf8.count <= Self.lengthLimit else { throw .notSignedIn }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]),
            Base64URL.decode(parts[1]) != nil, Base64URL.decode(parts[2])?.count == 32
        else { throw .notSignedIn }
        let read: JSONValue
        do throws(JSONError) { read = try JSONReader.read(header) } catch { throw .notSignedIn }
        guard case .object(let members) = read, members.count == 3,
            read["alg"] == .string("HS256"), read["typ"] == .string(Self.type),
            read["kid"] == .string(keyID)
        else { throw .notSignedIn }
    }
}

/// What a verified access token says.
struct AccessGrant: Sendable {
    let person: PersonID
    let session: SessionID
    /// The person's epoch when it was issued; a later one ends it.
    let epoch: Int64
    let expiresAtSeconds: Int64
}

/// The claims, by their registered names.
private struct AccessClaims: JWTPayload {
    static let issuer = "martlet"
    static let audience = "martlet-api"

    let iss: String
    let aud: String
    let sub: String
    let sid: String
    let epoch: Int64
    let iat: Int64
    let nbf: Int64
    let exp: Int64
    let jti: String

    func verify(using algorithm: some JWTAlgorithm) throws {
        guard iss == Self.issuer, aud == Self.audience else { throw APIError.notSignedIn }
    }
}
