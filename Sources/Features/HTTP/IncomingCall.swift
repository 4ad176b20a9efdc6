import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Storage

/// A request on its way to a handler.
final class IncomingCall: Sendable {
    let request: Request
    let requestID: String
    let address: String
    let parameters: Parameters
    let environment: ServerEnvironment
    /// Who it turned out to be.
    let caller: CallerNote
    private let authenticate: Authenticate

    /// The program and the place that the request came from.
    var client: ClientDevice {
        ClientDevice(device: request.headers[.userAgent] ?? "", address: address)
    }

    /// The largest JSON body.
    ///
    /// - Units: bytes
    static let jsonLimit = 1 << 20
    /// The largest of someone who has not signed in: the longest password, each of its characters
    /// escaped, and what stands beside it.
    ///
    /// - Units: bytes
    static let strangersLimit = 32_768

    init(
        _ request: Request,
        requestID: String,
        address: String,
        parameters: Parameters,
        environment: ServerEnvironment,
        caller: CallerNote,
        authenticate: @escaping Authenticate
    ) {
        self.request = request
        self.requestID = requestID
        self.address = address
        self.parameters = parameters
        self.environment = environment
        self.caller = caller
        self.authenticate = authenticate
    }

    /// - Throws: 401
    func signedIn() async throws -> SignedInPerson {
        guard let header = request.headers[.authorization] else { throw APIError.notSignedIn }
        guard header.count > 7, header.prefix(7).lowercased() == "bearer " else {
            throw APIError.notSignedIn
        }
        let person = try await authenticate(String(header.dropFirst(7)))
        caller.person = person.person
        return person
    }

    /// - Throws: 401, 403
    func personCall(
        _ need: Endpoint.Need,
        _ isOpenWithoutFactor: Bool = false
    ) async throws -> PersonCall {
        let person = try await signedIn()
        guard case .session(let session) = person.credential else {
            throw APIError.tokenNotEnough
        }
        if person.lacksFactor, !isOpenWithoutFactor { throw APIError.secondFactorRequired }
        if case .system(let permission) = need {
            guard person.systemRole.permissions.contains(permission) else {
                throw APIError.notPermitted
            }
        }
        try demandProof(need, person)
        return PersonCall(self, person, session)
    }

    /// - Throws: 401, 403 when the member may do less, 404 for a household that is not theirs.
    func memberCall(_ need: Endpoint.Need, _ scope: Scope) async throws -> MemberCall {
        let person = try await signedIn()
        let scopes = person.scopes
        if let scopes {
            guard scopes.contains(where: { $0.allows(scope) }) else {
                throw APIError.tokenNotEnough
            }
        }
        if person.lacksFactor { throw APIError.secondFactorRequired }
        let member: Member?
        if let wanted = request.headers[.household] {
            let id = HouseholdID(wanted)
            member = person.memberships.first { $0.household == id }
        } else {
            member = person.memberships.first
        }
        guard let member, let least = need.leastRole else { throw APIError.notFound("household") }
        caller.member = member
        try member.role.demand(least)
        try demandProof(need, person)
        return MemberCall(self, member, least, unproved: unproved(person), scopes: scopes)
    }

    /// How long a proof of who someone is counts for what must not be done with a stolen session.
    static let proofSeconds: Int64 = 300

    private func demandProof(_ need: Endpoint.Need, _ person: SignedInPerson) throws(APIError) {
        guard need.isFresh, let unproved = unproved(person) else { return }
        throw unproved
    }

    /// What stands in the way of what wants a fresh proof; nil when nothing does.
    private func unproved(_ person: SignedInPerson) -> APIError? {
        guard case .session = person.credential else { return .tokenNotEnough }
        let oldest = environment.clock.now().adding(seconds: -Self.proofSeconds)
        return person.provedAt >= oldest ? nil : .proofRequired
    }

    /// An id in the path.
    ///
    /// - Throws: 404, since what is no id is nobody's.
    func id<Entity>(_ what: String, _ name: String) throws -> Identifier<Entity> {
        guard let text = parameters.get(name), let id = Identifier<Entity>(text) else {
            throw APIError.notFound(what)
        }
        return id
    }

    /// - Throws: 412 for what no version of ours looks like.
    func expectedVersion() throws(APIError) -> Int64? {
        guard let header = request.headers[.ifMatch], header != "*" else { return nil }
        guard header.hasPrefix("\""), header.hasSuffix("\""), header.count > 2,
            let version = Int64(header.dropFirst().dropLast())
        else { throw .stale }
        return version
    }

    /// Query and body, each with all that is wrong with it, and the bytes of the body.
    ///
    /// They are read once it is known who calls: a stranger fills nobody's memory.
    func fields<Query: RequestFields, Body: RequestFields>(
        upTo limit: Int = IncomingCall.jsonLimit
    ) async throws -> (Query, Body, [UInt8]) {
        let query: Query = try query()
        let bytes = try await collect(upTo: limit)
        return (query, try body(bytes), bytes)
    }

    private func collect(upTo limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in request.body {
            guard bytes.count + part.readableBytes <= limit else {
                throw APIError(
                    .contentTooLarge,
                    "request.too_large",
                    "A JSON body has at most \(limit) bytes here."
                )
            }
            bytes.append(contentsOf: part.readableBytesView)
        }
        return bytes
    }

    func query<Query: RequestFields>() throws -> Query {
        guard let text = request.uri.query, !text.isEmpty else {
            return try FieldReader.read(from: [], isText: true)
        }
        return try FieldReader.read(from: try QueryText.members(text), isText: true)
    }

    private func body<Body: RequestFields>(_ bytes: [UInt8]) throws -> Body {
        guard !bytes.isEmpty else { return try FieldReader.read(from: []) }
        try demandJSON()
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONReader.read(bytes)
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
    func idempotencyClaim(
        _ method: HTTPRequest.Method,
        body: [UInt8]
    ) throws(APIError) -> IdempotencyClaim? {
        guard method == .post else { return nil }
        let address = Array("\(method.rawValue) \(request.uri.string)\n".utf8)
        return try IdempotencyClaim(request.headers, question: address + body)
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

    package static let tokenNotEnough = APIError(
        .forbidden,
        "auth.token_scope",
        "This token is not good for that."
    )

    package static let secondFactorRequired = APIError(
        .forbidden,
        "auth.second_factor_required",
        "This server wants everyone to have a second factor: set one up first."
    )

    package static let notPermitted = APIError(
        .forbidden,
        "auth.not_permitted",
        "You have no permission to do this."
    )

    package static let proofRequired = APIError(
        .forbidden,
        "auth.proof_required",
        "Show again who you are: your password, or a factor that you set up."
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
