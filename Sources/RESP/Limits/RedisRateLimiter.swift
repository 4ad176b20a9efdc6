/// Counts calls in Redis, for all nodes together, in one step and by the server's own clock.
struct RedisRateLimiter: Sendable {
    private let client: RESPClient
    private let prefix: String

    init(_ client: RESPClient, prefix: String) {
        self.client = client
        self.prefix = prefix
    }

    var isUp: Bool { client.isUp }

    /// Takes from all limits or from none.
    ///
    /// - Parameter now: microseconds since 1970 for tests; nil for the server's clock.
    /// - Throws: `RESPError` when there is no answer.
    func check(_ demands: [RateDemand], now: Int64? = nil) async throws -> RateDecision {
        guard !demands.isEmpty else { return .free }
        return try Self.decision(try await evaluate(demands, sign: 1, now: now), demands)
    }

    /// Undoes a `check` that allowed.
    ///
    /// - Throws: `RESPError` when there is no answer.
    func giveBack(_ demands: [RateDemand], now: Int64? = nil) async throws {
        guard !demands.isEmpty else { return }
        _ = try await evaluate(demands, sign: -1, now: now)
    }

    private func evaluate(
        _ demands: [RateDemand],
        sign: Int64,
        now: Int64?
    ) async throws -> RESPValue {
        let arguments = demands.flatMap { demand in
            [demand.limit.intervalMicroseconds, demand.limit.burst, demand.cost * sign]
        }
        return try await client.evaluate(
            Self.script,
            keys: demands.map { prefix + $0.key },
            arguments: ([now ?? 0] + arguments).map(String.init)
        )
    }

    private static func decision(
        _ answer: RESPValue,
        _ demands: [RateDemand]
    ) throws -> RateDecision {
        let numbers = answer.elements?.compactMap(\.text).compactMap { Int64($0) } ?? []
        guard numbers.count == demands.count * 2 else {
            throw RESPError.malformed("the rate script's answer")
        }
        // The same arithmetic tells about what the script has decided.
        let isAllowed = !stride(from: 0, to: numbers.count, by: 2).contains { numbers[$0] > 0 }
        let decisions = demands.indices.map { index in
            let (wait, ahead) = (numbers[index * 2], numbers[index * 2 + 1])
            let limit = demands[index].limit
            let room = limit.toleranceMicroseconds - ahead
            return RateDecision(
                isAllowed: wait <= 0,
                index: index,
                remaining: max(room / limit.intervalMicroseconds, 0),
                retryAfterMicroseconds: max(wait, 0),
                resetAfterMicroseconds: ahead
            )
        }
        return decisions.filter { isAllowed || !$0.isAllowed }.strictest ?? .free
    }

    /// For each limit it answers how long to wait and how far ahead the arrival time lies, in
    /// microseconds.
    ///
    /// Numbers of Lua are exact to 2^53; they travel as text, since its own form keeps only 14
    /// digits.
    private static let script = """
        local now = tonumber(ARGV[1])
        if now == 0 then
          local time = redis.call('TIME')
          now = tonumber(time[1]) * 1000000 + tonumber(time[2])
        end
        local answer, arrivals, allowed = {}, {}, true
        for i = 1, #KEYS do
          local interval = tonumber(ARGV[3 * i - 1])
          local burst = tonumber(ARGV[3 * i])
          local cost = tonumber(ARGV[3 * i + 1])
          local begin = tonumber(redis.call('GET', KEYS[i]) or 0)
          if begin < now then begin = now end
          local wait = begin + interval * cost - interval * burst - now
          arrivals[i] = begin + interval * cost
          if wait > 0 then
            allowed = false
            arrivals[i] = begin
          end
          answer[2 * i - 1] = string.format('%.0f', wait)
          answer[2 * i] = string.format('%.0f', arrivals[i] - now)
        end
        if allowed then
          for i = 1, #KEYS do
            local ahead = math.ceil((arrivals[i] - now) / 1000)
            if ahead > 0 then
              redis.call('SET', KEYS[i], string.format('%.0f', arrivals[i]), 'PX', ahead)
            else
              redis.call('DEL', KEYS[i])
            end
          end
        end
        return answer
        """
}
