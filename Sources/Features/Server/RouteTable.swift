import HTTPTypes

/// The addresses that there are, for what the router itself does not tell: which methods an address
/// knows, and which limit a route falls under.
package struct RouteTable: Sendable {
    private struct Route: Sendable {
        let segments: [String]
        var methods: [HTTPRequest.Method]
    }

    private var routes: [Route] = []
    private var limits: [String: [HTTPRequest.Method: LimitClass]] = [:]

    /// - Parameter plain: addresses outside the API, each of which answers GET only.
    package init(_ endpoints: [Endpoint], plain: [String]) {
        for endpoint in endpoints {
            add(APIRouter.prefix + endpoint.path, endpoint.method)
            limits[APIRouter.prefix + endpoint.path, default: [:]][endpoint.method] = endpoint.limit
        }
        for path in plain { add(path, .get) }
    }

    private mutating func add(_ path: String, _ method: HTTPRequest.Method) {
        let segments = Self.segments(path)
        let methods = method == .get ? [.get, .head] : [method]
        if let index = routes.firstIndex(where: { $0.segments == segments }) {
            routes[index].methods += methods
        } else {
            routes.append(Route(segments: segments, methods: methods))
        }
    }

    /// The methods of an address; empty when there is no such address.
    func methods(of path: String) -> [HTTPRequest.Method] {
        let asked = Self.segments(path)
        let found = routes.filter { route in
            route.segments.count == asked.count
                && zip(route.segments, asked).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }
        // `accounts/order` is also an `accounts/{id}`: what is spelled out wins.
        let exact = found.first { $0.segments == asked }
        guard let methods = (exact ?? found.first)?.methods else { return [] }
        return methods + [.options]
    }

    /// - Parameter route: the address as the router knows it.
    func limit(of route: String?, _ method: HTTPRequest.Method) -> LimitClass {
        guard let route, let methods = limits[route] else { return .exempt }
        return methods[method == .head ? .get : method] ?? .exempt
    }

    private static func segments(_ path: String) -> [String] {
        path.split(separator: "/").map(String.init)
    }
}
