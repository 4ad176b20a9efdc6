package import Crypto
import JWTKit
import Ledger
import Storage

/// Signs and verifies access tokens: JWTs of 15 minutes.
///
/// - Source: RFC 7519 and RFC 9068 (`at+jwt`), read as strictly as RFC 8725 asks: one algorithm, an
///   exact header, explicit type, issuer and audience.
package struct AccessTokens: Sendable {
    package static let lifetimeSeconds: Int64 = 900

    /// How far the clocks of two nodes may differ.
    static let leewaySeconds: Int64 = 30

    package let keys: AccessTokenKeys

    package init(_ keys: AccessTokenKeys) {
        self.keys = keys
    }

    /// One key that never changes, under HS256.
    ///
    /// - Parameter key: 256 bits.
    package init(key: SymmetricKey) async {
        do {
            keys = try await AccessTokenKeys { [key] }
        } catch {
            preconditionFailure("a fixed key can be read: \(error)")
        }
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
        let ring = keys.ring
        let kid = JWKIdentifier(string: ring.signing)
        return try await ring.collection.sign(claims, kid: kid, header: header)
    }

    /// - Throws: 401 for anything that this server did not sign for this use, or that is not valid
    ///   now.
    func verify(_ token: String, at now: Instant) async throws -> AccessGrant {
        guard await keys.knows(try keyID(in: token)) else { throw APIError.notSignedIn }
        let claims: AccessClaims
        do {
            claims = try await keys.ring.collection.verify(token, as: AccessClaims.self)
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

    /// The name of the key, in a header that must be the one that we write: a library's idea of
    /// `alg`, `kid`, `jwk` or `crit` is then never asked for.
    private func keyID(in token: String) throws(APIError) -> String {
        guard token.utf8.count <= Self.lengthLimit else { throw .notSignedIn }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]),
            Base64URL.decode(parts[1]) != nil,
            Base64URL.decode(parts[2])?.count == keys.algorithm.signatureLength
        else { throw .notSignedIn }
        let read: JSONValue
        do throws(JSONError) { read = try JSONReader.read(header) } catch { throw .notSignedIn }
        guard case .object(let members) = read, members.count == 3,
            read["alg"] == .string(keys.algorithm.rawValue),
            read["typ"] == .string(Self.type), case .string(let id)? = read["kid"]
        else { throw .notSignedIn }
        return id
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
