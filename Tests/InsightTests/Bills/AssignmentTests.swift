import Testing

@testable import Insight

struct AssignmentTests {
    private func weight(_ edges: [[Assignment.Edge]], _ partner: [Int?]) -> Int {
        zip(edges, partner).reduce(0) { sum, pair in
            sum + (pair.0.first { $0.right == pair.1 }?.weight ?? 0)
        }
    }

    /// Tries everything.
    private func most(_ edges: ArraySlice<[Assignment.Edge]>, taken: Set<Int> = []) -> Int {
        guard let first = edges.first else { return 0 }
        var best = most(edges.dropFirst(), taken: taken)
        for edge in first where !taken.contains(edge.right) {
            let rest = most(edges.dropFirst(), taken: taken.union([edge.right]))
            best = max(best, edge.weight + rest)
        }
        return best
    }

    @Test
    func `the sum is as high as trying everything finds`() {
        var generator = SeededGenerator(seed: 31)
        for _ in 0..<2_000 {
            let rights = Int.random(in: 1...6, using: &generator)
            let edges = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                (0..<rights).filter { _ in Bool.random(using: &generator) }.map {
                    Assignment.Edge(right: $0, weight: .random(in: 1...9, using: &generator))
                }
            }

            let partner = Assignment.best(edges)

            let given = partner.compactMap { $0 }
            #expect(Set(given).count == given.count)
            #expect(weight(edges, partner) == most(edges[...]))
        }
    }

    @Test
    func `a long chain of windows that overlap is settled`() {
        let edges = (0..<2_000).map { left in
            [
                Assignment.Edge(right: left, weight: 50),
                Assignment.Edge(right: left + 1, weight: 90),
            ]
        }

        #expect(weight(edges, Assignment.best(edges)) == 2_000 * 90)
    }
}
