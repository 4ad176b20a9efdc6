import HTTPTypes
import Hummingbird

/// Which other pages may talk to this server, and what their browsers are told.
package struct CrossSite: Sendable {
    /// Scheme, host and port of the pages that CORS_ORIGINS lists.
    private let origins: Set<String>
    /// The same of this server.
    private let own: String

    package init(own: String, origins: [String]) {
        self.own = own
        self.origins = Set(origins)
    }

    /// - Throws: 403 for a change that a foreign page asks for.
    ///
    /// - Source: OWASP's cross-site request forgery cheat sheet: `Sec-Fetch-Site`, else `Origin`
    ///   compared with the host that was asked.
    func demandOwnPage(_ request: Request) throws(APIError) {
        guard ![.get, .head, .options].contains(request.method) else { return }
        if let origin = request.headers[.origin] {
            if isKnown(origin) || isHost(origin, of: request) { return }
        } else {
            switch request.headers[.secFetchSite] {
            case nil, "same-origin", "same-site", "none": return
            default: break
            }
        }
        throw APIError(
            .forbidden,
            "request.cross_site",
            "Another page asked for this change: it is refused."
        )
    }

    private func isKnown(_ origin: String) -> Bool { origin == own || origins.contains(origin) }

    private func isHost(_ origin: String, of request: Request) -> Bool {
        guard let host = request.head.authority else { return false }
        return ["http://\(host)", "https://\(host)"].contains { $0.lowercased() == origin }
    }

    /// Lets the scripts of listed pages read the answer.
    func add(to headers: inout HTTPFields, for request: Request) {
        guard !origins.isEmpty else { return }
        headers.append(HTTPField(name: .vary, value: "Origin"))
        guard let origin = request.headers[.origin], origins.contains(origin) else { return }
        headers[.accessControlAllowOrigin] = origin
        headers[.accessControlAllowCredentials] = "true"
        headers[.accessControlExposeHeaders] = Self.exposed
    }

    /// The answer to a browser that asks first.
    func preflight(_ request: Request, allowed: [HTTPRequest.Method]) -> Response {
        let methods = allowed.map(\.rawValue).joined(separator: ", ")
        var headers: HTTPFields = [.allow: methods]
        if let origin = request.headers[.origin], origins.contains(origin) {
            headers[.accessControlAllowMethods] = methods
            headers[.accessControlAllowHeaders] = Self.accepted
            headers[.accessControlMaxAge] = "7200"
        }
        return Response(status: .noContent, headers: headers)
    }

    private static let exposed = [
        "Content-Disposition", "ETag", "Idempotency-Replayed", "RateLimit-Limit",
        "RateLimit-Remaining", "RateLimit-Reset", "Retry-After", "X-Request-Id",
    ].joined(separator: ", ")

    private static let accepted = [
        "Authorization", "Content-Type", "Idempotency-Key", "If-Match", "Martlet-Client",
        "Martlet-Household",
    ].joined(separator: ", ")
}
