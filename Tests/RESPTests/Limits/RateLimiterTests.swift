import Synchronization
import Testing

@testable import RESP

/// The same thought of as credit: it grows with time up to the burst, and a call takes its cost
/// from it.
private struct CreditOracle {
    private var credits: [String: (microseconds: Int64, at: Int64)] = [:]

    mutating func allows(_ demands: [RateDemand], now: Int64) -> Bool {
        let now = max(now, 0)
        for demand in demands where credit(demand, now) < demand.limit.price(demand.cost) {
            return false
        }
        for demand in demands {
            credits[demand.key] = (credit(demand, now) - demand.limit.price(demand.cost), now)
        }
        return true
    }

    private func credit(_ demand: RateDemand, _ now: Int64) -> Int64 {
        let full = demand.limit.price(demand.limit.burst)
        guard let known = credits[demand.key] else { return full }
        return min(full, known.microseconds + now - known.at)
    }
}

extension RateLimit {
    fileprivate func price(_ cost: Int64) -> Int64 { intervalMicroseconds * cost }
}

/// A clock that the test moves.
final class FakeClock: Sendable {
    private let time: Mutex<Int64>

    init(_ start: Int64 = 1_800_000_000_000_000) { time = Mutex(start) }

    var now: Int64 { time.withLock(\.self) }

    func advance(microseconds: Int64) { time.withLock { $0 += microseconds } }
}

struct RateLimiterTests {
    private static let limits = [
        RateLimit(10, perSeconds: 60), RateLimit(1, perSeconds: 60, burst: 5),
        RateLimit(3, perSeconds: 7, burst: 1), RateLimit(1_000, perSeconds: 3_600, burst: 50),
    ]

    /// Random calls against one or several limits; answers each with whether the oracle allows it.
    private static func calls(
        seed: UInt64,
        count: Int
    ) -> [(now: Int64, demands: [RateDemand], isAllowed: Bool)] {
        var random = SeededGenerator(seed: seed)
        var oracle = CreditOracle()
        var now: Int64 = 1_800_000_000_000_000
        return (0..<count).map { _ in
            now +=
                Int64.random(in: 0...1, using: &random)
                * Int64.random(in: 0...9_000_000, using: &random)
            let number = Int.random(in: 1...3, using: &random)
            let demands = limits.indices.shuffled(using: &random).prefix(number).map { index in
                let most = min(limits[index].burst, 3)
                return RateDemand(
                    key: "seed\(seed):\(index):\(Int.random(in: 0..<2, using: &random))",
                    limit: limits[index],
                    cost: Int64.random(in: 0...most, using: &random)
                )
            }
            return (now, demands, oracle.allows(demands, now: now))
        }
    }

    @Test(arguments: 1...20)
    func `memory agrees with the oracle`(seed: UInt64) {
        let limiter = MemoryRateLimiter()
        for call in Self.calls(seed: seed, count: 500) {
            let decision = limiter.check(call.demands, now: call.now)
            #expect(decision.isAllowed == call.isAllowed)
        }
    }

    @Test(.enabled(if: TestRedis.isPresent, Comment(rawValue: TestRedis.absence)), arguments: 1...8)
    func `Redis agrees with the oracle and with memory to the last figure`(
        seed: UInt64
    ) async throws {
        try await TestRedis.withClient { client in
            let (redis, memory) = (
                RedisRateLimiter(client, prefix: TestRedis.prefix()), MemoryRateLimiter()
            )
            for call in Self.calls(seed: seed, count: 300) {
                let decision = try await redis.check(call.demands, now: call.now)
                #expect(decision.isAllowed == call.isAllowed)
                #expect(decision == memory.check(call.demands, now: call.now))
            }
        }
    }

    @Test func `a burst, then the steady rate, and how long to wait`() {
        let limiter = MemoryRateLimiter()
        let demand = RateDemand(key: "a", limit: RateLimit(6, perSeconds: 60, burst: 3))
        let start: Int64 = 1_000_000_000

        let burst = (0..<4).map { _ in limiter.check([demand], now: start) }

        #expect(burst.map(\.isAllowed) == [true, true, true, false])
        #expect(burst.map(\.remaining) == [2, 1, 0, 0])
        #expect(burst[3].retryAfterSeconds == 10)
        #expect(burst[2].resetAfterMicroseconds == 30_000_000)
        #expect(!limiter.check([demand], now: start + 9_999_999).isAllowed)
        #expect(limiter.check([demand], now: start + 10_000_000).isAllowed)
        #expect(!limiter.check([demand], now: start + 10_000_000).isAllowed)
    }

    @Test func `what is given back can be taken again, and no more than that`() {
        let limiter = MemoryRateLimiter()
        let demand = RateDemand(key: "a", limit: RateLimit(2, perSeconds: 60))
        for _ in 0..<2 { _ = limiter.check([demand], now: 0) }

        limiter.giveBack(demand)

        #expect((0..<2).map { _ in limiter.check([demand], now: 0).isAllowed } == [true, false])
    }

    @Test(.enabled(if: TestRedis.isPresent, Comment(rawValue: TestRedis.absence)))
    func `what is given back to Redis can be taken again, and no more than that`() async throws {
        try await TestRedis.withClient { client in
            let limiter = RedisRateLimiter(client, prefix: TestRedis.prefix())
            let demand = RateDemand(key: "a", limit: RateLimit(2, perSeconds: 60))
            let now: Int64 = 1_800_000_000_000_000
            for _ in 0..<2 { _ = try await limiter.check([demand], now: now) }

            try await limiter.giveBack([demand], now: now)
            let third = try await limiter.check([demand], now: now)
            let fourth = try await limiter.check([demand], now: now)
            for _ in 0..<5 { try await limiter.giveBack([demand], now: now) }
            let last = try await limiter.check([demand], now: now)

            #expect(third.isAllowed && !fourth.isAllowed)
            #expect(last.isAllowed && last.remaining == 1)
        }
    }

    @Test func `when one limit refuses none is counted`() {
        let limiter = MemoryRateLimiter()
        let wide = RateDemand(key: "wide", limit: RateLimit(100, perSeconds: 60))
        let narrow = RateDemand(key: "narrow", limit: RateLimit(1, perSeconds: 60))

        let decisions = (0..<50).map { _ in limiter.check([wide, narrow], now: 0) }

        #expect(decisions.filter(\.isAllowed).count == 1)
        #expect(decisions[49].index == 1)
        #expect(limiter.check([wide], now: 0).remaining == 98)
    }

    @Test func `many at once get no more than the burst`() async {
        let limiter = MemoryRateLimiter()
        let demand = RateDemand(key: "a", limit: RateLimit(100, perSeconds: 3_600))

        let allowed = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    (0..<200).count { _ in limiter.check([demand], now: 5).isAllowed }
                }
            }
            return await group.reduce(0, +)
        }

        #expect(allowed == 100)
    }

    @Test func `a flood of callers neither fills the memory nor frees the known`() {
        let limiter = MemoryRateLimiter(shards: 4, entries: 400)
        let limit = RateLimit(1, perSeconds: 3_600)
        let known = RateDemand(key: "known", limit: limit)
        #expect(limiter.check([known], now: 0).isAllowed)

        let allowed = (0..<10_000).count {
            limiter.check([RateDemand(key: "flood \($0)", limit: limit)], now: 1).isAllowed
        }

        #expect(allowed <= 404, "no more than there is room for, and one shared by each shard")
        #expect(limiter.entryCount <= 404)
        #expect(!limiter.check([known], now: 2).isAllowed)
        let later: Int64 = 4_000_000_000
        #expect(limiter.check([RateDemand(key: "new", limit: limit)], now: later).isAllowed)
    }

    @Test(arguments: [
        (0, 1, nil), (1, 0, nil), (1_000_001, 1, nil), (1, 86_401, nil), (1, 1, 0),
        (1, 86_400, 1_000_000), (-1, 1, nil),
    ])
    func `limits out of range are refused`(count: Int, seconds: Int, burst: Int?) {
        #expect(RateLimit(count: count, perSeconds: seconds, burst: burst) == nil)
    }
}

@Suite(.enabled(if: TestRedis.isPresent, Comment(rawValue: TestRedis.absence)))
struct SharedRateLimiterTests {
    private static let limit = RateLimit(20, perSeconds: 3_600)

    private static func limiter(
        _ client: RESPClient?,
        _ prefix: String,
        _ clock: FakeClock = FakeClock()
    ) -> RateLimiter {
        RateLimiter(
            redis: client,
            prefix: prefix,
            now: { clock.now }
        )
    }

    @Test func `three nodes together allow what one would`() async throws {
        let prefix = TestRedis.prefix()
        try await TestRedis.withClients(3) { clients in
            let nodes = clients.map { Self.limiter($0, prefix) }

            let allowed = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<150 {
                    group.addTask { await nodes[number % 3].check("a", Self.limit).isAllowed }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }

            #expect(allowed == 20)
            #expect(nodes.allSatisfy { !$0.isDegraded })
        }
    }

    @Test func `an emptied Redis opens no door`() async throws {
        let prefix = TestRedis.prefix()
        try await TestRedis.withClient { client in
            let node = Self.limiter(client, prefix)
            for _ in 0..<20 { #expect(await node.check("a", Self.limit).isAllowed) }

            _ = try await client.send(["DEL", prefix + "a"])

            #expect(await !node.check("a", Self.limit).isAllowed)
        }
    }

    @Test func `what the others refuse is not counted here`() async throws {
        let prefix = TestRedis.prefix()
        try await TestRedis.withClients(2) { clients in
            let (one, two) = (Self.limiter(clients[0], prefix), Self.limiter(clients[1], prefix))
            for _ in 0..<20 { #expect(await one.check("a", Self.limit).isAllowed) }
            for _ in 0..<50 { #expect(await !two.check("a", Self.limit).isAllowed) }

            _ = try await clients[0].send(["DEL", prefix + "a"])

            let allowed = await two.check("a", Self.limit)
            #expect(allowed.isAllowed && allowed.remaining == 19)
        }
    }

    @Test func `without Redis the node's own count goes on, and it says so`() async throws {
        let server = try RedisProcess()
        let client = RESPClient(server.configuration)
        client.start()
        #expect(await client.untilUp(within: .seconds(20)))
        let node = Self.limiter(client, "x")
        for _ in 0..<15 { #expect(await node.check("a", Self.limit).isAllowed) }

        server.kill()

        var allowed = 0
        for _ in 0..<50 where await node.check("a", Self.limit).isAllowed { allowed += 1 }
        #expect(allowed == 5)
        #expect(node.isDegraded)

        try server.start()
        #expect(await client.untilUp(within: .seconds(20)))
        // The first answers may still come too late on a busy machine.
        for _ in 0..<20 where node.isDegraded { _ = await node.check("b", Self.limit) }
        #expect(!node.isDegraded)
        await client.close()
        server.remove()
    }

    @Test func `a Redis that hangs holds nobody up twice`() async throws {
        let server = try RedisProcess()
        var configuration = server.configuration
        configuration.commandTimeoutMilliseconds = 1_500
        let client = RESPClient(configuration)
        client.start()
        #expect(await client.untilUp(within: .seconds(20)))
        let node = Self.limiter(client, "x")
        #expect(await node.check("a", Self.limit).isAllowed)

        server.freeze()
        #expect(await node.check("a", Self.limit).isAllowed, "this one waits for the time-out")
        let start = ContinuousClock.now
        var allowed = 0
        for _ in 0..<50 where await node.check("a", Self.limit).isAllowed { allowed += 1 }

        #expect(allowed == 18)
        #expect(ContinuousClock.now - start < .milliseconds(1_500), "none of these waited")
        #expect(node.isDegraded)
        server.thaw()
        #expect(await client.untilUp(within: .seconds(20)))
        await client.close()
        server.remove()
    }
}
