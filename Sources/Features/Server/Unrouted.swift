import HTTPTypes
import Hummingbird

/// Answers what no route took: a file of the web app, a method that an address does not know, or
/// nothing.
struct Unrouted: RouterMiddleware {
    let environment: ServerEnvironment
    let routes: RouteTable
    let files: WebFiles

    func handle(
        _ request: Request,
        context: MartletContext,
        next: (Request, MartletContext) async throws -> Response
    ) async throws -> Response {
        guard context.endpointPath == nil else { return try await next(request, context) }
        let path = request.uri.path
        let methods = routes.methods(of: path)
        if !methods.isEmpty {
            return refuse(request, context, allowed: methods)
        }
        if !path.hasPrefix("/api/"), request.method == .get || request.method == .head,
            let file = try files.response(to: request)
        {
            context.coreContext.endpointPath.value = "web"
            return file
        }
        throw APIError.noRoute
    }

    private func refuse(
        _ request: Request,
        _ context: MartletContext,
        allowed: [HTTPRequest.Method]
    ) -> Response {
        let words = allowed.map(\.rawValue).joined(separator: ", ")
        let error = APIError(
            .methodNotAllowed,
            "request.method",
            "This address knows \(words) only."
        )
        var response = Envelope.response(
            error,
            requestID: context.id,
            now: environment.clock.now(),
            to: request
        )
        response.headers[.allow] = words
        return response
    }
}
