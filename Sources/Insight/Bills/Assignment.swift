/// Who goes with whom so that the weights add up to the most, each at most once.
///
/// - Source: H. W. Kuhn, "The Hungarian method for the assignment problem" (1955), by longest alternating paths, as
///   the pairs that are possible are few.
enum Assignment {
    struct Edge {
        let right: Int
        /// - Range: positive
        let weight: Int
    }

    /// The partner of each on the left; of equal sums the one that was found first.
    ///
    /// - Complexity: each on the left searches what hangs together with it.
    static func best(_ edges: [[Edge]]) -> [Int?] {
        var matching = Matching(edges: edges)
        for left in edges.indices { matching.insert(left) }
        return matching.partner
    }

    private struct Matching {
        let edges: [[Edge]]
        var partner: [Int?]
        var owner: [Int: Int] = [:]

        init(edges: [[Edge]]) {
            self.edges = edges
            partner = edges.map { _ in nil }
        }

        /// The best matching with one more on the left is an alternating path away from the best without it.
        mutating func insert(_ left: Int) {
            var gains = [left: 0]
            var arrivals: [Int: (gain: Int, from: Int)] = [:]
            var queue = [left]
            var next = 0
            while next < queue.count {
                let current = queue[next]
                next += 1
                let gain = gains[current] ?? 0
                for edge in edges[current] where partner[current] != edge.right {
                    let arrival = gain + edge.weight
                    if let known = arrivals[edge.right], known.gain >= arrival { continue }
                    arrivals[edge.right] = (arrival, current)
                    guard let other = owner[edge.right] else { continue }
                    let left = arrival - weight(other, edge.right)
                    if let known = gains[other], known >= left { continue }
                    gains[other] = left
                    queue.append(other)
                }
            }
            turn(gains, arrivals, from: left)
        }

        private func weight(_ left: Int, _ right: Int) -> Int {
            edges[left].first { $0.right == right }?.weight ?? 0
        }

        /// Takes the best path: to a free one on the right, or to one on the left that goes without.
        private mutating func turn(
            _ gains: [Int: Int],
            _ arrivals: [Int: (gain: Int, from: Int)],
            from left: Int
        ) {
            let free = arrivals.filter { owner[$0.key] == nil }
                .min { ($1.value.gain, $0.key) < ($0.value.gain, $1.key) }
            let dropped = gains.filter { $0.key != left }
                .min { ($1.value, $0.key) < ($0.value, $1.key) }
            let best = max(free?.value.gain ?? 0, dropped?.value ?? 0)
            guard best > 0 else { return }
            var right = free.flatMap { $0.value.gain == best ? $0.key : nil }
            if right == nil, let dropped {
                right = partner[dropped.key]
                partner[dropped.key] = nil
            }
            while let place = right, let from = arrivals[place]?.from {
                right = partner[from]
                partner[from] = place
                owner[place] = from
            }
        }
    }
}
