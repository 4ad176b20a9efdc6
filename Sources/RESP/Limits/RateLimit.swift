/// How often something may happen.
///
/// - Source: the generic cell rate algorithm, ITU-T I.371: each call moves a point in time, the
///   theoretical arrival time, one interval ahead; a call is refused when that point would lie
///   too far ahead.
package struct RateLimit: Sendable, Hashable {
    /// Microseconds between two calls at the steady rate.
    package let intervalMicroseconds: Int64
    /// How many calls may come at once after a rest.
    package let burst: Int64

    /// Nil outside of the ranges.
    ///
    /// - Parameters:
    ///   - count: 1 to 1 000 000 calls …
    ///   - seconds: … in 1 to 86 400 seconds.
    ///   - burst: 1 to 1 000 000 at once, in no more than ten years at the steady rate; as many as
    ///     `count` when nil.
    package init?(count: Int, perSeconds seconds: Int, burst: Int? = nil) {
        guard (1...1_000_000).contains(count), (1...86_400).contains(seconds),
            (1...1_000_000).contains(burst ?? count)
        else { return nil }
        intervalMicroseconds = Int64(seconds) * 1_000_000 / Int64(count)
        self.burst = Int64(burst ?? count)
        // Redis counts exactly up to 2^53, and the time of day takes a fifth of it.
        guard intervalMicroseconds * self.burst <= Self.longestTolerance else { return nil }
    }

    private static let longestTolerance: Int64 = 10 * 365 * 86_400 * 1_000_000

    /// A limit written in the source, within the ranges.
    package init(_ count: Int, perSeconds seconds: Int, burst: Int? = nil) {
        guard let limit = RateLimit(count: count, perSeconds: seconds, burst: burst) else {
            preconditionFailure("\(count) calls in \(seconds) s is out of range")
        }
        self = limit
    }

    var toleranceMicroseconds: Int64 { intervalMicroseconds * burst }
}

/// One limit that a call has to pass. Those of one call have different keys.
package struct RateDemand: Sendable {
    /// Whom the limit counts, for example `login:account:…`.
    package let key: String
    package let limit: RateLimit
    /// How many calls this one counts as; 0 asks without counting.
    package let cost: Int64

    package init(key: String, limit: RateLimit, cost: Int64 = 1) {
        precondition(cost >= 0 && cost <= limit.burst)
        self.key = key
        self.limit = limit
        self.cost = cost
    }
}

/// Whether a call may go on, and what its headers say. Of several limits it tells about the
/// strictest.
package struct RateDecision: Sendable, Equatable {
    package let isAllowed: Bool
    /// The place of the limit that it tells about among those asked.
    package let index: Int
    /// Calls that could follow at once.
    package let remaining: Int64
    /// Until the call would be allowed; 0 when it is.
    package let retryAfterMicroseconds: Int64
    /// Until nothing is counted any more.
    package let resetAfterMicroseconds: Int64

    /// Whole seconds for `Retry-After`, rounded up.
    package var retryAfterSeconds: Int64 { (retryAfterMicroseconds + 999_999) / 1_000_000 }
}

/// The arithmetic, the same in memory and in the Redis script.
struct RateCell {
    /// The theoretical arrival time, in microseconds.
    let arrival: Int64
    let decision: RateDecision

    /// - Parameters:
    ///   - arrival: what was stored; nil when nothing is.
    ///   - now: microseconds since 1970.
    init(_ demand: RateDemand, index: Int, arrival: Int64?, now: Int64) {
        let limit = demand.limit
        let begin = max(arrival ?? now, now)
        let next = begin + limit.intervalMicroseconds * demand.cost
        let wait = next - limit.toleranceMicroseconds - now
        let isAllowed = wait <= 0
        self.arrival = isAllowed ? next : begin
        let room = limit.toleranceMicroseconds - (self.arrival - now)
        decision = RateDecision(
            isAllowed: isAllowed,
            index: index,
            remaining: max(room / limit.intervalMicroseconds, 0),
            retryAfterMicroseconds: max(wait, 0),
            resetAfterMicroseconds: self.arrival - now
        )
    }
}

extension Sequence where Element == RateDecision {
    /// A refusal, of several the longest; otherwise the one with the least room.
    var strictest: RateDecision? {
        self.min { left, right in
            if left.isAllowed != right.isAllowed { return !left.isAllowed }
            if !left.isAllowed { return left.retryAfterMicroseconds > right.retryAfterMicroseconds }
            return left.remaining < right.remaining
        }
    }
}
