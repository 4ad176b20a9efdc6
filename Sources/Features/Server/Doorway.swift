import HTTPTypes
package import Hummingbird
import Logging
import NIOHTTP1
import Storage

/// What every request passes first and every answer last: errors become answers, each answer gets
/// its headers, and one line of the log tells of it.
package struct Doorway: RouterMiddleware {
    package typealias Context = MartletContext

    private let environment: ServerEnvironment
    private let headers: SecurityHeaders

    package init(_ environment: ServerEnvironment, headers: SecurityHeaders) {
        self.environment = environment
        self.headers = headers
    }

    package func handle(
        _ request: Request,
        context: MartletContext,
        next: (Request, MartletContext) async throws -> Response
    ) async throws -> Response {
        let began = ContinuousClock.now
        var response: Response
        do {
            response = try await next(request, context)
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
        response.headers[.requestID] = context.id
        headers.add(to: &response.headers)
        log(request, response, context, took: .now - began)
        return response
    }

    private func note(_ error: APIError, _ context: MartletContext) {
        guard let detail = error.logDetail else { return }
        let level: Logger.Level = error.status.code == 500 ? .error : .warning
        environment.logger.log(
            level: level,
            "\(detail)",
            metadata: ["request": "\(context.id)", "code": "\(error.code)"]
        )
    }

    private func log(
        _ request: Request,
        _ response: Response,
        _ context: MartletContext,
        took: Duration
    ) {
        environment.logger.info(
            "request",
            metadata: [
                "request": "\(context.id)",
                "method": "\(request.method.rawValue)",
                "route": "\(context.endpointPath ?? "none")",
                "status": "\(response.status.code)",
                "milliseconds": "\(took.milliseconds)",
                "address": "\(context.address)",
            ]
        )
    }
}

extension Duration {
    /// With three decimals.
    var milliseconds: String {
        let microseconds =
            components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
        let rest = String(microseconds % 1_000)
        return "\(microseconds / 1_000)." + String(repeating: "0", count: 3 - rest.utf8.count)
            + rest
    }
}

extension APIError {
    /// What a client is told of any error at all.
    init(anyError error: any Error) {
        switch error {
        case let error as APIError: self = error
        case let error as StorageError: self = APIError(error)
        case let error as HTTPError: self = APIError(error)
        case is HTTPParserError:
            self = .malformed("request.framing", "The request breaks the framing of HTTP.")
        default:
            self.init(
                .internalServerError,
                "server.error",
                "Something went wrong on our side.",
                logDetail: "\(error)"
            )
        }
    }

    private init(_ error: HTTPError) {
        switch error.status {
        case .notFound: self = .noRoute
        case .contentTooLarge:
            self.init(error.status, "request.too_large", "The body is too large.")
        default:
            self.init(
                error.status,
                "request.refused",
                error.body ?? error.status.reasonPhrase
            )
        }
    }

    static let noRoute = APIError(.notFound, "route.not_found", "There is no such address here.")
}

extension HTTPField.Name {
    static let requestID = HTTPField.Name("X-Request-Id")!
}
