import Synchronization

/// Counts calls in this process.
///
/// Memory is bounded: where a shard is full of callers that still count, new ones share a count
/// among themselves. A flood of addresses can therefore neither push out what is known nor fill
/// the memory.
final class MemoryRateLimiter: Sendable {
    private struct Cells {
        var arrivals: [String: Int64] = [:]
        /// No use in looking for stale entries again before this.
        var nextPurge: Int64 = .min
    }

    /// A class, because a lock cannot stand in an array.
    private final class Shard: Sendable {
        let cells = Mutex(Cells())
    }

    private let shards: [Shard]
    private let entriesPerShard: Int

    /// - Parameter entries: how many callers are told apart at most, over all shards.
    init(shards: Int = 64, entries: Int = 262_144) {
        self.shards = (0..<shards).map { _ in Shard() }
        entriesPerShard = max(entries / shards, 1)
    }

    /// Takes from all limits or from none.
    ///
    /// - Parameter now: microseconds since 1970.
    func check(_ demands: [RateDemand], now: Int64) -> RateDecision {
        var passed: [RateDecision] = []
        var refused: [RateDecision] = []
        for (index, demand) in demands.enumerated() {
            let decision = take(demand, index, now)
            if decision.isAllowed {
                passed.append(decision)
            } else {
                refused.append(decision)
            }
        }
        guard let refusal = refused.strictest else {
            return passed.strictest ?? .free
        }
        for decision in passed { giveBack(demands[decision.index]) }
        return refusal
    }

    private func shard(of demand: RateDemand) -> Shard {
        let hash = UInt(bitPattern: demand.key.hashValue)
        return shards[Int(hash % UInt(shards.count))]
    }

    private func take(_ demand: RateDemand, _ index: Int, _ now: Int64) -> RateDecision {
        shard(of: demand).cells.withLock { cells in
            let key = name(demand, in: &cells, now)
            let cell = RateCell(demand, index: index, arrival: cells.arrivals[key], now: now)
            if cell.decision.isAllowed, demand.cost > 0 { cells.arrivals[key] = cell.arrival }
            return cell.decision
        }
    }

    /// Undoes a `take`. Exact, because calls only add up.
    func giveBack(_ demand: RateDemand) {
        shard(of: demand).cells.withLock { cells in
            let isOwn =
                cells.arrivals[demand.key] != nil || cells.arrivals.count < entriesPerShard
            let key = isOwn ? demand.key : Self.shared(demand.limit)
            cells.arrivals[key]? -= demand.limit.intervalMicroseconds * demand.cost
        }
    }

    /// The caller's own entry, or the one that is shared when there is no room.
    private func name(_ demand: RateDemand, in cells: inout Cells, _ now: Int64) -> String {
        if cells.arrivals[demand.key] != nil { return demand.key }
        if cells.arrivals.count >= entriesPerShard, cells.nextPurge <= now {
            cells.arrivals = cells.arrivals.filter { $0.value > now }
            cells.nextPurge = now + Self.purgePauseMicroseconds
        }
        guard cells.arrivals.count >= entriesPerShard else { return demand.key }
        return Self.shared(demand.limit)
    }

    private static let purgePauseMicroseconds: Int64 = 1_000_000

    private static func shared(_ limit: RateLimit) -> String {
        "\0\(limit.intervalMicroseconds)/\(limit.burst)"
    }

    /// How many callers are told apart at the moment.
    var entryCount: Int {
        shards.reduce(0) { sum, shard in sum + shard.cells.withLock { $0.arrivals.count } }
    }
}

extension RateDecision {
    /// Nothing was asked.
    static let free = RateDecision(
        isAllowed: true,
        index: 0,
        remaining: .max,
        retryAfterMicroseconds: 0,
        resetAfterMicroseconds: 0
    )
}
