import HTTPTypes
import Hummingbird
import Ledger
package import RESP

/// Refuses callers that ask too often: people by who they are, everyone else by where they come
/// from.
package struct RequestLimits: Sendable {
    private let limiter: RateLimiter
    private let table: LimitTable

    package init(_ limiter: RateLimiter, _ table: LimitTable) {
        self.limiter = limiter
        self.table = table
    }

    /// What became of a call, and the limit that said so; nil where no limit holds.
    ///
    /// - Parameter cost: 0 asks without counting.
    func check(
        _ limitClass: LimitClass,
        address: String,
        person: PersonID?,
        cost: Int64 = 1
    ) async -> (decision: RateDecision, limit: RateLimit)? {
        guard let limits = table.limits[limitClass], !limits.isEmpty else { return nil }
        let caller: String
        if let person {
            caller = "person:\(person)"
        } else {
            caller = "address:\(NetworkAddress(address)?.neighbourhood ?? address)"
        }
        let demands = limits.enumerated().map { index, limit in
            RateDemand(key: "\(limitClass.rawValue):\(index):\(caller)", limit: limit, cost: cost)
        }
        let decision = await limiter.check(demands)
        return (decision, limits[min(decision.index, limits.count - 1)])
    }
}

/// Holds each route to its limit and tells callers what is left.
struct LimitedRoutes: RouterMiddleware {
    let environment: ServerEnvironment
    let limits: RequestLimits
    let routes: RouteTable
    let authenticate: Authenticate

    func handle(
        _ request: Request,
        context: MartletContext,
        next: (Request, MartletContext) async throws -> Response
    ) async throws -> Response {
        let limitClass = routes.limit(of: context.endpointPath, request.method)
        guard limitClass != .exempt else { return try await next(request, context) }
        let person = await person(request, limitClass)
        // Signing up with a password that is refused is no sign-up: it is counted when it was read.
        let isCountedAfter = limitClass == .register
        guard
            let (decision, limit) = await limits.check(
                limitClass,
                address: context.address,
                person: person,
                cost: isCountedAfter ? 0 : 1
            )
        else { return try await next(request, context) }
        var response: Response
        if decision.isAllowed, !isCountedAfter || decision.remaining > 0 {
            do {
                response = try await next(request, context)
            } catch let error as APIError where isCountedAfter && error.status == .conflict {
                // Asking which addresses are taken is counted too.
                _ = await limits.check(limitClass, address: context.address, person: person)
                throw error
            }
            if isCountedAfter {
                _ = await limits.check(limitClass, address: context.address, person: person)
            }
        } else {
            response = Envelope.response(
                .tooManyRequests(after: decision.seconds(untilRoomIn: limit)),
                requestID: context.id,
                now: environment.clock.now(),
                to: request
            )
        }
        response.headers[.rateLimitLimit] = String(limit.burst)
        response.headers[.rateLimitRemaining] = String(decision.remaining)
        response.headers[.rateLimitReset] = String(
            (decision.resetAfterMicroseconds + 999_999) / 1_000_000
        )
        return response
    }

    /// Signing in is counted by the address always: a token must not buy more guesses.
    private func person(_ request: Request, _ limitClass: LimitClass) async -> PersonID? {
        guard ![.auth, .signIn, .register].contains(limitClass),
            let token = request.headers.bearerToken
        else { return nil }
        // A token that is not good makes nobody of its bearer; the handler says so to them.
        return try? await authenticate(token).person
    }
}

extension RateDecision {
    /// Until one more call fits, also when this one was only asked about.
    fileprivate func seconds(untilRoomIn limit: RateLimit) -> Int {
        let room = resetAfterMicroseconds - (limit.burst - 1) * limit.intervalMicroseconds
        return Int(max((max(room, retryAfterMicroseconds) + 999_999) / 1_000_000, 1))
    }
}

extension HTTPFields {
    /// What follows `Bearer` in `Authorization`.
    var bearerToken: String? {
        guard let header = self[.authorization], header.prefix(7).lowercased() == "bearer " else {
            return nil
        }
        return String(header.dropFirst(7))
    }
}

extension APIError {
    fileprivate static func tooManyRequests(after seconds: Int) -> APIError {
        APIError(
            .tooManyRequests,
            "request.too_many",
            "Too many requests: try again in \(seconds) s.",
            retryAfterSeconds: seconds
        )
    }
}

extension HTTPField.Name {
    static let rateLimitLimit = HTTPField.Name("RateLimit-Limit")!
    static let rateLimitRemaining = HTTPField.Name("RateLimit-Remaining")!
    static let rateLimitReset = HTTPField.Name("RateLimit-Reset")!
}
