import HTTPTypes

/// What a personal access token may be good for: looking at one kind of thing, or changing it.
///
/// Written `transactions:read`. The kind is the first part of a route's path, so that a route has a
/// scope the moment it exists.
package struct Scope: Hashable, Sendable, CustomStringConvertible {
    package let resource: String
    package let mayChange: Bool

    /// What a token must be good for at a route.
    init(_ method: HTTPRequest.Method, _ path: String) {
        resource = String(path.prefix { $0 != "/" })
        mayChange = ![.get, .head].contains(method)
    }

    /// Nil for what is not written as a scope.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, ["read", "write"].contains(parts[1]) else {
            return nil
        }
        resource = String(parts[0])
        mayChange = parts[1] == "write"
    }

    package var description: String { "\(resource):\(mayChange ? "write" : "read")" }

    /// Whoever may change a thing may look at it.
    func allows(_ wanted: Scope) -> Bool {
        resource == wanted.resource && (mayChange || !wanted.mayChange)
    }
}
