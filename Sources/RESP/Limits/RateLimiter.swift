package import Logging
import Synchronization

/// Says how often somebody may call.
///
/// Calls are counted here and, where there is a Redis, there too for all nodes together; the
/// stricter one decides. So a Redis that is lost, slow or emptied never opens the door: the count
/// of this node goes on (`isDegraded` says so), and when Redis is back it counts again by itself.
package final class RateLimiter: Sendable {
    private let memory: MemoryRateLimiter
    private let redis: RedisRateLimiter?
    private let logger: Logger
    private let now: @Sendable () -> Int64
    private let degraded = Mutex(false)

    /// - Parameters:
    ///   - redis: nil on a single node without Redis.
    ///   - prefix: what the keys in Redis begin with.
    ///   - now: microseconds since 1970, for this node's own count.
    package convenience init(
        redis: RESPClient?,
        prefix: String = "martlet:rate:",
        logger: Logger = Logger(label: "martlet.limits"),
        now: @escaping @Sendable () -> Int64
    ) {
        self.init(
            memory: MemoryRateLimiter(),
            redis: redis.map { RedisRateLimiter($0, prefix: prefix) },
            logger: logger,
            now: now
        )
    }

    init(
        memory: MemoryRateLimiter,
        redis: RedisRateLimiter?,
        logger: Logger,
        now: @escaping @Sendable () -> Int64
    ) {
        self.memory = memory
        self.redis = redis
        self.logger = logger
        self.now = now
    }

    /// True while limits hold for each node alone, because Redis does not answer.
    package var isDegraded: Bool {
        guard let redis else { return false }
        return !redis.isUp || degraded.withLock(\.self)
    }

    /// Counts a call against all of these limits, or against none when one of them refuses.
    package func check(_ demands: [RateDemand]) async -> RateDecision {
        let here = memory.check(demands, now: now())
        guard let redis, here.isAllowed else { return here }
        guard redis.isUp else {
            note(isDegraded: true, "there is no connection")
            return here
        }
        do {
            let everywhere = try await redis.check(demands)
            note(isDegraded: false, "")
            if !everywhere.isAllowed { for demand in demands { memory.giveBack(demand) } }
            return [everywhere, here].strictest ?? here
        } catch {
            note(isDegraded: true, "\(error)")
            return here
        }
    }

    /// Takes back what `check` counted for a call that turned out to be none. Where Redis does not
    /// answer, it stays counted there: too strict rather than too lax.
    package func giveBack(_ demands: [RateDemand]) async {
        for demand in demands { memory.giveBack(demand) }
        guard let redis, redis.isUp else { return }
        do {
            try await redis.giveBack(demands)
        } catch {
            note(isDegraded: true, "\(error)")
        }
    }

    package func check(
        _ key: String,
        _ limit: RateLimit,
        cost: Int64 = 1
    ) async -> RateDecision {
        await check([RateDemand(key: key, limit: limit, cost: cost)])
    }

    private func note(isDegraded: Bool, _ reason: String) {
        let hasChanged = degraded.withLock { degraded in
            defer { degraded = isDegraded }
            return degraded != isDegraded
        }
        guard hasChanged else { return }
        if isDegraded {
            logger.warning(
                "rate limits hold for this node alone",
                metadata: ["reason": "\(reason)"]
            )
        } else {
            logger.info("rate limits hold for all nodes again")
        }
    }
}
