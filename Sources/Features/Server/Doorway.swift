import HTTPTypes
import Hummingbird
import Logging

/// What every request passes first and every answer last: errors become answers, each answer gets
/// its headers, is counted, and one line of the log tells of it.
struct Doorway: RouterMiddleware {
    let environment: ServerEnvironment
    let headers: SecurityHeaders
    let crossSite: CrossSite
    let clientAddress: ClientAddress
    let routes: RouteTable

    /// The longest address of a request, its query included.
    ///
    /// - Units: bytes
    static let addressLimit = 8_192

    func handle(
        _ request: Request,
        context: MartletContext,
        next: (Request, MartletContext) async throws -> Response
    ) async throws -> Response {
        let began = ContinuousClock.now
        var context = context
        context.address = clientAddress.resolve(
            peer: context.address,
            forwardedFor: request.headers[values: .xForwardedFor].joined(separator: ",")
        )
        var response: Response
        do {
            try admit(request)
            if request.method == .options {
                response = try answerOptions(request)
            } else {
                response = try await next(request, context)
            }
        } catch {
            let known = APIError(anyError: error)
            note(known, context)
            response = Envelope.response(
                known,
                requestID: context.id,
                now: environment.clock.now(),
                to: request
            )
        }
        if request.method == .head { response = response.createHeadResponse() }
        response.headers[.requestID] = context.id
        crossSite.add(to: &response.headers, for: request)
        headers.add(to: &response.headers)
        let route = context.endpointPath ?? "none"
        let took = ContinuousClock.now - began
        environment.metrics.countRequest(
            route,
            request.method.metricLabel,
            status: response.status.code,
            took: took
        )
        log(request, response, context, route: route, took: took)
        return response
    }

    private func admit(_ request: Request) throws(APIError) {
        // The first Host became the authority; a second is left among the fields (RFC 9112, 3.2).
        guard request.head.authority != nil, !request.headers.contains(.host) else {
            throw .malformed(
                "request.host",
                "A request names the server it is for in one Host field."
            )
        }
        guard request.head.path?.utf8.count ?? 0 <= Self.addressLimit else {
            throw APIError(
                .uriTooLong,
                "request.address_too_long",
                "An address has at most \(Self.addressLimit) bytes."
            )
        }
        try crossSite.demandOwnPage(request)
    }

    private func answerOptions(_ request: Request) throws(APIError) -> Response {
        let methods = routes.methods(of: request.uri.path)
        guard !methods.isEmpty else { throw .noRoute }
        return crossSite.preflight(request, allowed: methods)
    }

    private func note(_ error: APIError, _ context: MartletContext) {
        guard let detail = error.logDetail else { return }
        environment.logger.log(
            level: error.status.code == 500 ? .error : .warning,
            "\(detail)",
            metadata: ["request": "\(context.id)", "code": "\(error.code)"]
        )
    }

    private func log(
        _ request: Request,
        _ response: Response,
        _ context: MartletContext,
        route: String,
        took: Duration
    ) {
        // Those who watch the server ask every few seconds.
        let level: Logger.Level = HealthRoutes.paths.contains(route) ? .debug : .info
        guard environment.logger.logLevel <= level else { return }
        var metadata: Logger.Metadata = [
            "request": "\(context.id)",
            "method": "\(request.method.metricLabel)",
            "route": "\(route)",
            "status": "\(response.status.code)",
            "milliseconds": "\(took.milliseconds)",
            "address": "\(context.address)",
        ]
        if let person = context.caller.person { metadata["person"] = "\(person)" }
        environment.logger.log(level: level, "request", metadata: metadata)
    }
}

extension HTTPRequest.Method {
    /// A word of a client's own making is not repeated in the log or the metrics.
    fileprivate var metricLabel: String {
        let usual: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]
        return usual.contains(self) ? rawValue : "OTHER"
    }
}

extension Duration {
    /// With three decimals.
    fileprivate var milliseconds: String {
        let microseconds =
            components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
        let rest = String(microseconds % 1_000)
        return "\(microseconds / 1_000)." + String(repeating: "0", count: 3 - rest.utf8.count)
            + rest
    }
}

extension HTTPField.Name {
    fileprivate static let host = HTTPField.Name("Host")!
    static let requestID = HTTPField.Name("X-Request-Id")!
    static let xForwardedFor = HTTPField.Name("X-Forwarded-For")!
}
