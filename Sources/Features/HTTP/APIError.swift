package import HTTPTypes

/// What a client is told when something cannot be done.
///
/// `code` is stable and dotted; `message` is for people; `logDetail` never leaves the server.
package struct APIError: Error, Sendable {
    package let status: HTTPResponse.Status
    package let code: String
    package let message: String
    package var fields: [FieldError] = []
    /// More for the client: one JSON object, already written.
    package var details: [UInt8]?
    package var retryAfterSeconds: Int?
    /// More headers of the answer.
    package var headers: HTTPFields = [:]
    package var logDetail: String?

    package init(
        _ status: HTTPResponse.Status,
        _ code: String,
        _ message: String,
        fields: [FieldError] = [],
        details: [UInt8]? = nil,
        retryAfterSeconds: Int? = nil,
        logDetail: String? = nil
    ) {
        self.status = status
        self.code = code
        self.message = message
        self.fields = fields
        self.details = details
        self.retryAfterSeconds = retryAfterSeconds
        self.logDetail = logDetail
    }
}

/// One wrong field of a request.
package struct FieldError: Sendable, Equatable {
    /// The path to it, for example `splits[1].amount`.
    package let field: String
    package let code: String
    package let message: String

    package init(_ field: String, _ code: String, _ message: String) {
        self.field = field
        self.code = code
        self.message = message
    }
}

extension APIError {
    package static func malformed(_ code: String, _ message: String) -> APIError {
        APIError(.badRequest, code, message)
    }

    /// A cursor that the list did not give.
    package static let brokenCursor = malformed(
        "request.cursor",
        "The cursor is not one of this list."
    )

    package static func invalid(_ fields: [FieldError]) -> APIError {
        APIError(
            .unprocessableContent,
            "validation.failed",
            fields.map { "\($0.field): \($0.message)" }.joined(separator: "; "),
            fields: fields
        )
    }

    package static func invalid(_ field: String, _ code: String, _ message: String) -> APIError {
        invalid([FieldError(field, code, message)])
    }

    /// The same for another household's row as for one that does not exist.
    package static func notFound(_ what: String) -> APIError {
        APIError(.notFound, "\(what).not_found", "There is no such \(what).")
    }

    package static func conflict(
        _ code: String,
        _ message: String,
        details: [UInt8]? = nil
    ) -> APIError {
        APIError(.conflict, code, message, details: details)
    }

    package static let stale = APIError(
        .preconditionFailed,
        "conflict.stale",
        "It was changed since you read it. Read it again and repeat your change."
    )

    package static func unavailable(_ detail: String) -> APIError {
        APIError(
            .serviceUnavailable,
            "server.unavailable",
            "The server cannot do this now. Try again soon.",
            retryAfterSeconds: 2,
            logDetail: detail
        )
    }
}

extension APIError {
    /// `{ "error": { "code", "message", "details" }, "timestamp", "request_id" }`
    func writeBody(to writer: inout JSONWriter) {
        writer.name("error")
        writer.object { writer in
            writer.name("code"); writer.string(code)
            writer.name("message"); writer.string(message)
            writer.name("details")
            if let details {
                writer.raw(details)
            } else if fields.isEmpty {
                writer.null()
            } else {
                writer.object { writer in
                    writer.name("fields")
                    writer.array { for field in fields { field.write(to: &$0) } }
                }
            }
        }
    }
}

extension FieldError {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("field"); writer.string(field)
            writer.name("code"); writer.string(code)
            writer.name("message"); writer.string(message)
        }
    }
}

extension APIError {
    package static let mayOnlyLook = APIError(
        .forbidden,
        "household.read_only",
        "You may look at this household, not change it."
    )
}
