import HTTPTypes

/// The ways in which a request can fail, each with the routes that it can happen on.
enum OpenAPIFailure: String, CaseIterable {
    case malformed = "Malformed"
    case notSignedIn = "NotSignedIn"
    case forbidden = "Forbidden"
    case notFound = "NotFound"
    case conflict = "Conflict"
    case gone = "Gone"
    case stale = "Stale"
    case tooLarge = "TooLarge"
    case addressTooLong = "AddressTooLong"
    case wrongMediaType = "WrongMediaType"
    case invalid = "Invalid"
    case locked = "Locked"
    case tooManyRequests = "TooManyRequests"
    case unavailable = "Unavailable"
    case full = "Full"

    var status: Int {
        switch self {
        case .malformed: 400
        case .notSignedIn: 401
        case .forbidden: 403
        case .notFound: 404
        case .conflict: 409
        case .gone: 410
        case .stale: 412
        case .tooLarge: 413
        case .addressTooLong: 414
        case .wrongMediaType: 415
        case .invalid: 422
        case .locked: 423
        case .tooManyRequests: 429
        case .unavailable: 503
        case .full: 507
        }
    }

    private var description: String {
        switch self {
        case .malformed: "The request cannot be read."
        case .notSignedIn: "Nobody is signed in, or no longer."
        case .forbidden: "This person, or this page, may not do that."
        case .notFound: "There is no such thing in this household."
        case .conflict: "What is there already stands in the way."
        case .gone: "The link is used, too old, or never was."
        case .stale: "It was changed since the version that If-Match names."
        case .tooLarge: "The body is too large."
        case .addressTooLong: "The address is too long."
        case .wrongMediaType: "The body is of a type that is not read here."
        case .invalid: "Fields are wrong; `details.fields` names every one."
        case .locked: "Too many wrong tries: try again after `Retry-After` seconds."
        case .tooManyRequests: "Too many requests: try again after `Retry-After` seconds."
        case .unavailable: "Not now: try again after `Retry-After` seconds."
        case .full: "The server's disk is full; reading still works."
        }
    }

    func canAnswer(_ endpoint: Endpoint) -> Bool {
        let isOfHousehold = endpoint.needs.isOfHousehold
        switch self {
        case .malformed, .invalid, .unavailable: return true
        case .notSignedIn: return endpoint.needs != .nothing || endpoint.isSignIn
        case .forbidden: return endpoint.isUnsafe || endpoint.needs != .nothing
        case .locked: return endpoint.isSignIn || endpoint.limit == .auth
        case .notFound:
            return isOfHousehold || endpoint.path.contains("{")
                || endpoint.isUnsafe
        case .conflict:
            // Of goals and debts there may be more than can be counted.
            return endpoint.isUnsafe
                || ["goals", "debts"].contains(endpoint.path.prefix { $0 != "/" })
        case .gone: return endpoint.isSignIn
        case .stale: return endpoint.mayBeStale
        case .tooLarge, .wrongMediaType:
            if case .none = endpoint.body { return endpoint.isUnsafe }
            return true
        case .addressTooLong: return !endpoint.query.isEmpty || endpoint.path.contains("{")
        case .tooManyRequests: return endpoint.limit != .exempt
        case .full: return endpoint.isUnsafe
        }
    }

    func writeResponse(to writer: inout JSONWriter) {
        writer.name(rawValue)
        writer.object { writer in
            writer.name("description"); writer.string(description)
            if self == .tooManyRequests || self == .unavailable || self == .locked {
                writer.name("headers")
                writer.object { writer in
                    writer.name("Retry-After")
                    writer.object { writer in
                        writer.name("schema")
                        Schema.integer(0...Int64.max).write(to: &writer)
                    }
                }
            }
            OpenAPIOperation.writeContent("application/json", to: &writer) {
                Self.schema.write(to: &$0)
            }
        }
    }

    /// The shape of every failure.
    static let schema = Schema.object(
        [
            SchemaField(
                name: "error",
                schema: .object([
                    SchemaField(name: "code", schema: .text(), isRequired: true),
                    SchemaField(name: "message", schema: .text(), isRequired: true),
                    SchemaField(name: "details", schema: .anything, isRequired: true),
                ]),
                isRequired: true
            )
        ] + OpenAPIOperation.envelopeFields,
        name: "Failure"
    )
}
