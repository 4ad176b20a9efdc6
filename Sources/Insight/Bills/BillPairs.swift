import Ledger

/// Which payment goes with which time, so that the scores add up to the most, and what else could have been meant.
struct BillPairs {
    /// The payment of each time.
    private(set) var partner: [Int?]
    private let expected: [ExpectedPayment]
    private let weights: [[Int: Int]]
    /// The times that each payment may pay.
    private let wanted: [Int: [Int]]
    private let owner: [Int: Int]

    /// - Parameter edges: of each time, by the places of payments that stand by their days.
    init(_ edges: [[Assignment.Edge]], _ expected: [ExpectedPayment]) {
        self.expected = expected
        weights = edges.map { edges in
            Dictionary(edges.map { ($0.right, $0.weight) }) { first, _ in first }
        }
        var wanted: [Int: [Int]] = [:]
        for (index, edges) in edges.enumerated() {
            for edge in edges { wanted[edge.right, default: []].append(index) }
        }
        self.wanted = wanted
        let partner = Self.ordered(Assignment.best(edges), weights, expected)
        let owners = partner.enumerated().compactMap { index, place in place.map { ($0, index) } }
        owner = Dictionary(owners) { first, _ in first }
        self.partner = partner
    }

    func weight(_ index: Int, _ place: Int) -> Int? { weights[index][place] }

    /// The times of one bill are paid in their order, where that is as good.
    private static func ordered(
        _ best: [Int?],
        _ weights: [[Int: Int]],
        _ expected: [ExpectedPayment]
    ) -> [Int?] {
        var partner = best
        for times in Dictionary(grouping: expected.indices, by: { expected[$0].key.bill }).values {
            let paid = times.filter { partner[$0] != nil }.sorted {
                (expected[$0].due, expected[$0].key) < (expected[$1].due, expected[$1].key)
            }
            let places = paid.compactMap { partner[$0] }.sorted()
            let other = zip(paid, places).compactMap { weights[$0][$1] }
            let now = paid.compactMap { index in partner[index].flatMap { weights[index][$0] } }
            guard other.count == now.count, other.reduce(0, +) >= now.reduce(0, +) else { continue }
            for (index, place) in zip(paid, places) { partner[index] = place }
        }
        return partner
    }

    /// Whether another payment may be meant for the time, or another time for the payment.
    func hasRival(_ index: Int, _ place: Int) -> Bool {
        guard let score = weight(index, place) else { return false }
        let close = score - BillMatching.rivalMargin
        return weights[index].contains { other, weight in
            other != place && weight > close && !isElsewhere(other, from: index, score)
        }
            || (wanted[place] ?? []).contains { other in
                guard other != index, let weight = weight(other, place) else { return false }
                return weight > close && !isNeighbour(other, of: index, place, score)
            }
    }

    private func isSameBill(_ left: Int, _ right: Int) -> Bool {
        expected[left].key.bill == expected[right].key.bill
    }

    /// Whether a payment pays another time of the same bill, and either goes better with its own.
    private func isElsewhere(_ place: Int, from index: Int, _ score: Int) -> Bool {
        guard let other = owner[place], isSameBill(other, index),
            let own = weight(other, place), let here = weight(index, place)
        else { return false }
        return own >= here || score > here
    }

    /// Whether another time of the same bill goes worse with the payment, or has a better one.
    private func isNeighbour(_ other: Int, of index: Int, _ place: Int, _ score: Int) -> Bool {
        guard isSameBill(other, index), let here = weight(other, place) else { return false }
        if here < score { return true }
        guard let own = partner[other].flatMap({ weight(other, $0) }) else { return false }
        return own > here
    }
}
