import Ledger

/// One search: what is still expected, and which payments are still free.
struct BillSearch {
    private let expected: [ExpectedPayment]
    /// By day, then by id.
    private let payments: [Payment]
    private var isPaid: [Bool]
    private var isTaken: [Bool]
    private(set) var found: [BillMatch] = []

    init(_ expected: [ExpectedPayment], _ payments: [Payment]) {
        self.expected = expected.sorted { $0.key < $1.key }
        self.payments = payments.sorted { ($0.date, $0.id) < ($1.date, $1.id) }
        isPaid = expected.map { _ in false }
        isTaken = payments.map { _ in false }
    }

    mutating func matchWhole() {
        let edges = candidates(BillMatching.score)
        assign(edges) { _, _ in .asExpected }
    }

    mutating func matchChanged() {
        let edges = candidates(BillMatching.changedScore)
        assign(edges) { expected, payment in
            // Both amounts have one sign, so their difference is there.
            let change = try? payment.amount.subtracting(expected.band.typical)
            return .changed(by: change ?? payment.amount)
        }
    }

    private func candidates(_ score: (ExpectedPayment, Payment) -> Int?) -> [[Assignment.Edge]] {
        expected.indices.map { index in
            guard !isPaid[index] else { return [] }
            var edges: [Assignment.Edge] = []
            for place in places(in: expected[index].window) where !isTaken[place] {
                guard let score = score(expected[index], payments[place]) else { continue }
                edges.append(Assignment.Edge(right: place, weight: score))
            }
            guard edges.count > BillMatching.candidateLimit else { return edges }
            edges.sort { ($1.weight, $0.right) < ($0.weight, $1.right) }
            return Array(edges.prefix(BillMatching.candidateLimit))
        }
    }

    /// Where the payments of some days stand.
    private func places(in window: ClosedRange<LocalDate>) -> Range<Int> {
        var (low, high) = (0, payments.count)
        while low < high {
            let middle = (low + high) / 2
            if payments[middle].date < window.lowerBound { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < payments.count, payments[end].date <= window.upperBound { end += 1 }
        return low..<end
    }

    private mutating func assign(
        _ edges: [[Assignment.Edge]],
        amount: (ExpectedPayment, Payment) -> BillMatch.Amount
    ) {
        let pairs = BillPairs(edges, expected)
        for (index, place) in pairs.partner.enumerated() {
            guard let place, let score = pairs.weight(index, place) else { continue }
            let (occurrence, payment) = (expected[index], payments[place])
            let kind = amount(occurrence, payment)
            let isKnown = BillMatching.likeness(occurrence.payee, payment.payee) > 10
            let isSure =
                score >= BillMatching.certainScore && isKnown && !pairs.hasRival(index, place)
            isPaid[index] = true
            isTaken[place] = true
            found.append(
                BillMatch(
                    key: occurrence.key,
                    payments: [payment.id],
                    paid: payment.amount,
                    amount: kind,
                    daysLate: occurrence.due.days(until: payment.date),
                    score: score,
                    isCertain: kind == .asExpected && isSure
                )
            )
        }
    }

    /// Payments by a known payee that are smaller than expected are put together, by their days, as long as they are
    /// not more than expected.
    mutating func matchParts() {
        for index in expected.indices where !isPaid[index] && expected[index].allowsParts {
            let occurrence = expected[index]
            let ends = [occurrence.band.low, occurrence.band.high].map(\.tenThousandths.magnitude)
            let (least, most) = (min(ends[0], ends[1]), max(ends[0], ends[1]))
            var sum: UInt64 = 0
            var parts: [Int] = []
            for place in places(in: occurrence.window) where !isTaken[place] && sum < least {
                let payment = payments[place]
                guard BillMatching.fits(occurrence, payment),
                    BillMatching.likeness(occurrence.payee, payment.payee) > 10
                else { continue }
                let (next, overflow) = sum.addingReportingOverflow(
                    payment.amount.tenThousandths.magnitude
                )
                guard !overflow, next <= most else { continue }
                sum = next
                parts.append(place)
            }
            if !parts.isEmpty { book(parts, index, sum: sum, least: least) }
        }
    }

    private mutating func book(_ parts: [Int], _ index: Int, sum: UInt64, least: UInt64) {
        let occurrence = expected[index]
        let currency = occurrence.band.currency
        let sign: Int64 = occurrence.band.typical.isNegative ? -1 : 1
        // Neither is more than the band's own end, so both fit.
        let open = Money(tenThousandths: sign * Int64(clamping: least - min(sum, least)), currency)
        let paid = Money(tenThousandths: sign * Int64(clamping: sum), currency)
        let last = payments[parts[parts.count - 1]]
        isPaid[index] = true
        for place in parts { isTaken[place] = true }
        found.append(
            BillMatch(
                key: occurrence.key,
                payments: parts.map { payments[$0].id },
                paid: paid,
                amount: open.isZero ? .asExpected : .part(open: open),
                daysLate: occurrence.due.days(until: last.date),
                score: BillMatching.leastScore,
                isCertain: false
            )
        )
    }
}
