import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Storage

/// What changes, told while it does.
package struct EventRoutes: Sendable {
    package init() {}

    package var endpoints: [Endpoint] {
        [
            .events(
                "events",
                "What changes, as it does: versions of households and the number of unread notices",
                handle: open
            )
        ]
    }

    @Sendable private func open(_ call: PersonCall) async throws -> Response {
        let signedIn = call.signedIn
        // Who may look by a grant looks at what they ask for: nothing is shown of it that the trail does not say.
        let households = signedIn.memberships.filter { $0.grant == nil }.map(\.household)
        let lease = try call.environment.events.open(call.person, Set(households))
        let stream = EventStream(
            environment: call.environment,
            lease: lease,
            began: signedIn,
            expiresAt: call.headers.bearerToken.flatMap(Self.expiry),
            signedIn: { try await call.signedInStill() }
        )
        var headers: HTTPFields = [:]
        headers[.contentType] = "text/event-stream; charset=utf-8"
        headers[.cacheControl] = "no-store"
        // nginx would gather events otherwise.
        headers[.accelBuffering] = "no"
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { body in try await stream.write(to: &body) }
        )
    }

    /// When a token runs out that was found good already.
    private static func expiry(of token: String) -> Instant? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64URL.decode(parts[1]),
            let claims = try? JSONReader.read(bytes),  // What is no token of ours has no end.
            let seconds = claims["exp"]?.plain?.prefix(while: { $0 != "." }),
            let seconds = Int64(seconds)
        else { return nil }
        return Instant(microseconds: seconds * 1_000_000)
    }
}

extension HTTPField.Name {
    fileprivate static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
}
