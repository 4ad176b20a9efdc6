import HTTPTypes
import Hummingbird
import Ledger
import NIOCore

/// A request on its way to a handler.
final class IncomingCall: Sendable {
    let request: Request
    let requestID: String
    let address: String
    let parameters: Parameters
    let environment: ServerEnvironment
    private let authenticate: Authenticate
    /// The body, read once.
    private let collected: [UInt8]

    /// The largest JSON body.
    ///
    /// - Units: bytes
    static let jsonLimit = 1 << 20

    init(
        _ request: Request,
        requestID: String,
        address: String,
        parameters: Parameters,
        environment: ServerEnvironment,
        authenticate: @escaping Authenticate,
        body: [UInt8]
    ) {
        self.request = request
        self.requestID = requestID
        self.address = address
        self.parameters = parameters
        self.environment = environment
        self.authenticate = authenticate
        collected = body
    }

    /// - Throws: 401
    func signedIn() async throws -> SignedInPerson {
        guard let header = request.headers[.authorization] else { throw APIError.notSignedIn }
        guard header.count > 7, header.prefix(7).lowercased() == "bearer " else {
            throw APIError.notSignedIn
        }
        return try await authenticate(String(header.dropFirst(7)))
    }

    /// - Throws: 401, 403 when the member may only look, 404 for a household that is not theirs.
    func memberCall(mustWrite: Bool) async throws -> MemberCall {
        let person = try await signedIn()
        let member: Member?
        if let wanted = request.headers[.household] {
            let id = HouseholdID(wanted)
            member = person.memberships.first { $0.household == id }
        } else {
            member = person.memberships.first
        }
        guard let member else { throw APIError.notFound("household") }
        if mustWrite, !member.role.mayWrite { throw APIError.mayOnlyLook }
        return MemberCall(self, member)
    }

    /// Query and body, each with all that is wrong with it.
    func fields<Query: RequestFields, Body: RequestFields>(
        _ method: HTTPRequest.Method
    ) async throws -> (Query, Body) {
        (try query(), try body())
    }

    func query<Query: RequestFields>() throws -> Query {
        guard let text = request.uri.query, !text.isEmpty else {
            return try FieldReader.read(from: [], isText: true)
        }
        return try FieldReader.read(from: try QueryText.members(text), isText: true)
    }

    private func body<Body: RequestFields>() throws -> Body {
        guard !collected.isEmpty else { return try FieldReader.read(from: []) }
        try demandJSON()
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONReader.read(collected)
        } catch {
            throw APIError(error)
        }
        guard case .object(let members) = value else {
            throw APIError.malformed("request.not_an_object", "The body must be a JSON object.")
        }
        return try FieldReader.read(from: members)
    }

    private func demandJSON() throws(APIError) {
        let type = request.headers[.contentType]?.split(separator: ";").first.map(String.init)
        guard type?.trimmed.lowercased() == "application/json" else {
            throw APIError(
                .unsupportedMediaType,
                "request.media_type",
                "Send the body as application/json."
            )
        }
    }

    /// - Throws: 400 when the key is empty or longer than 255 characters.
    ///
    /// - Parameter body: what was read of a body that is not JSON.
    func idempotencyClaim(
        _ method: HTTPRequest.Method,
        body: [UInt8]? = nil
    ) throws(APIError) -> IdempotencyClaim? {
        guard method == .post else { return nil }
        let address = Array("\(method.rawValue) \(request.uri.string)\n".utf8)
        return try IdempotencyClaim(request.headers, question: address + (body ?? collected))
    }
}

/// Tells who a bearer token belongs to.
///
/// - Throws: 401
package typealias Authenticate = @Sendable (_ token: String) async throws -> SignedInPerson

extension APIError {
    package static let notSignedIn = APIError(
        .unauthorized,
        "auth.required",
        "Sign in first: send a bearer token that has not expired."
    )

    init(_ error: JSONError) {
        switch error {
        case .malformed(let offset):
            self = .malformed("request.not_json", "The body is not JSON at byte \(offset).")
        case .invalidUTF8(let offset):
            self = .malformed("request.not_utf8", "The body is not UTF-8 at byte \(offset).")
        case .nulCharacter(let offset):
            self = .malformed("request.nul", "The body has a NUL character at byte \(offset).")
        case .duplicateKey(let key):
            self = .malformed(
                "request.duplicate_field",
                "The field \(key.prefix(64)) stands twice."
            )
        case .tooDeep(let limit):
            self = .malformed("request.too_deep", "The body nests deeper than \(limit) levels.")
        case .tooManyKeys(let limit):
            self = .malformed("request.too_many_fields", "The body has more than \(limit) fields.")
        case .tooManyValues(let limit):
            self = .malformed("request.too_many_values", "The body has more than \(limit) values.")
        }
    }
}
