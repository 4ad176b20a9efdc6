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

    /// What became of a call.
    struct Verdict: Sendable {
        let decision: RateDecision
        /// The limit that said so.
        let limit: RateLimit
        fileprivate let demands: [RateDemand]
    }

    /// Counts a call; nil where no limit holds.
    func check(_ limitClass: LimitClass, address: String, person: PersonID?) async -> Verdict? {
        guard let limits = table.limits[limitClass], !limits.isEmpty else { return nil }
        let caller: String
        if let person {
            caller = "person:\(person)"
        } else {
            caller = "address:\(NetworkAddress(address)?.neighbourhood ?? address)"
        }
        let demands = limits.enumerated().map { index, limit in
            RateDemand(key: "\(limitClass.rawValue):\(index):\(caller)", limit: limit)
        }
        let decision = await limiter.check(demands)
        return Verdict(
            decision: decision,
            limit: limits[min(decision.index, limits.count - 1)],
            demands: demands
        )
    }

    /// Takes back what was counted for a call that turned out to be none.
    func giveBack(_ verdict: Verdict) async {
        await limiter.giveBack(verdict.demands)
    }
}

/// Holds each route to its limit and tells callers what is left, whatever they are answered.
struct LimitedRoutes: RouterMiddleware {
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
        let verdict = await limits.check(limitClass, address: context.address, person: person)
        guard let verdict else { return try await next(request, context) }
        do {
            guard verdict.decision.isAllowed else {
                throw APIError.tooManyRequests(after: Int(verdict.decision.retryAfterSeconds))
            }
            var response = try await next(request, context)
            verdict.add(to: &response.headers)
            return response
        } catch {
            var refusal = APIError(anyError: error)
            if limitClass == .register, verdict.decision.isAllowed, !refusal.isAboutSomeone {
                await limits.giveBack(verdict)
            }
            verdict.add(to: &refusal.headers)
            throw refusal
        }
    }

    /// Signing in is counted by the address always: a token must not buy more guesses.
    private func person(_ request: Request, _ limitClass: LimitClass) async -> PersonID? {
        guard ![.auth, .signIn, .register, .reset].contains(limitClass),
            let token = request.headers.bearerToken
        else { return nil }
        // A token that is not good makes nobody of its bearer; the handler says so to them.
        return try? await authenticate(token).person
    }
}

extension RequestLimits.Verdict {
    fileprivate func add(to headers: inout HTTPFields) {
        headers[.rateLimitLimit] = String(limit.burst)
        headers[.rateLimitRemaining] = String(decision.remaining)
        headers[.rateLimitReset] = String(
            (decision.resetAfterMicroseconds + 999_999) / 1_000_000
        )
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

    /// Whether a sign-up that was refused tells something of who is there. Asking that is counted;
    /// a field that was mistyped is not.
    fileprivate var isAboutSomeone: Bool {
        [APIError.emailTaken.code, APIError.idempotencyMismatch.code].contains(code)
    }
}

extension HTTPField.Name {
    static let rateLimitLimit = HTTPField.Name("RateLimit-Limit")!
    static let rateLimitRemaining = HTTPField.Name("RateLimit-Remaining")!
    static let rateLimitReset = HTTPField.Name("RateLimit-Reset")!
}
