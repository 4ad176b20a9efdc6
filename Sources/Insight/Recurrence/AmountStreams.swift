import Ledger

/// Tells apart what one payee wants for several things, by the amounts.
struct AmountStreams {
    private(set) var found: [PeriodFit] = []

    /// - Parameter payments: by their days, all of one payee, account, currency and direction.
    init(_ payments: [PastAmount]) {
        // One thing, as most are.
        if let whole = Self.solid(payments, isWhole: true),
            whole.members.count * 5 >= payments.count * 4
        {
            found = [whole]
            return
        }
        let rest = takeEqual(payments)
        takeAlike(rest)
        join()
    }

    private static func solid(_ payments: [PastAmount], isWhole: Bool = false) -> PeriodFit? {
        guard let fit = PeriodFit.best(payments, isWhole: isWhole),
            fit.evidence.confidence >= RecurrenceEvidence.least
        else { return nil }
        return fit
    }

    /// Series of exactly one amount; what is left comes back.
    private mutating func takeEqual(_ payments: [PastAmount]) -> [PastAmount] {
        let groups = Dictionary(grouping: payments, by: \.tenThousandths)
        var taken: Set<Int> = []
        for (_, group) in groups.sorted(by: { $0.key < $1.key }) where group.count >= 3 {
            guard let fit = Self.solid(group) else { continue }
            found.append(fit)
            taken.formUnion(fit.members.map(\.payment.place))
        }
        return payments.filter { !taken.contains($0.place) }
    }

    /// Series of amounts between which there is no gap of a tenth.
    private mutating func takeAlike(_ payments: [PastAmount]) {
        var sorted = payments.sorted {
            ($0.tenThousandths.magnitude, $0.place) < ($1.tenThousandths.magnitude, $1.place)
        }[...]
        while let first = sorted.first {
            var last = UInt128(first.tenThousandths.magnitude)
            let group = sorted.prefix { payment in
                let size = UInt128(payment.tenThousandths.magnitude)
                guard size * 10 <= last * 11 else { return false }
                last = size
                return true
            }
            sorted = sorted.dropFirst(group.count)
            let byDay = group.sorted { ($0.date, $0.place) < ($1.date, $1.place) }
            if byDay.count >= 3, let fit = Self.solid(byDay) { found.append(fit) }
        }
    }

    /// Series of one period that follow each other are one whose price has changed.
    private mutating func join() {
        var chains: [PeriodFit] = []
        for piece in found.sorted(by: { $0.first.date < $1.first.date }) {
            let candidates = chains.indices.filter { Self.follows(chains[$0], piece) }
            let nearest = candidates.min { Self.isNearer(chains[$0], chains[$1], to: piece) }
            let union = nearest.map { chains[$0].payments + piece.payments }
            if let nearest, let union, let fit = Self.solid(union), fit.period == piece.period {
                chains[nearest] = fit
            } else {
                chains.append(piece)
            }
        }
        found = chains
    }

    /// Whether one takes up where the other ended, at a price that is not altogether another.
    private static func follows(_ chain: PeriodFit, _ piece: PeriodFit) -> Bool {
        let gap = Double(chain.last.date.days(until: piece.first.date))
        let days = chain.period.averageDays
        return chain.period == piece.period && gap > days / 2 && gap < days * 2.5
            && isAlike(chain, piece)
    }

    /// The last price before and the first after, the larger one first.
    private static func prices(_ chain: PeriodFit, _ piece: PeriodFit) -> (UInt128, UInt128) {
        let before = UInt128(chain.last.tenThousandths.magnitude)
        let after = UInt128(piece.first.tenThousandths.magnitude)
        return (max(before, after), min(before, after))
    }

    /// At most three fifths more or less.
    private static func isAlike(_ chain: PeriodFit, _ piece: PeriodFit) -> Bool {
        let (larger, smaller) = prices(chain, piece)
        return larger * 10 < smaller * 16
    }

    /// Whether the price of one chain is nearer than that of another, in proportion.
    private static func isNearer(_ one: PeriodFit, _ other: PeriodFit, to piece: PeriodFit) -> Bool
    {
        let (left, right) = (prices(one, piece), prices(other, piece))
        return left.0 * right.1 < right.0 * left.1
    }
}

extension PeriodFit {
    var payments: [PastAmount] { members.map(\.payment) }
    var first: PastAmount { members[0].payment }
    var last: PastAmount { members[members.count - 1].payment }
}
