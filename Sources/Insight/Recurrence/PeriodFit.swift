import Ledger

/// One payment of a payee, in the fewest bytes.
struct PastAmount {
    /// Its place in the sorted history.
    let place: Int
    let date: LocalDate
    let tenThousandths: Int64
}

/// How well payments fall on the days of a period.
///
/// The days lie on a grid that repeats for ever, so a payment that came late moves none of those after it.
struct PeriodFit {
    let period: RecurrencePeriod
    let grid: PeriodGrid
    /// One payment for each day of the grid that has one, in their order.
    var members: [(slot: Int, payment: PastAmount)] = []
    let evidence: RecurrenceEvidence

    var slots: ClosedRange<Int> { members[0].slot...members[members.count - 1].slot }

    /// The period that explains the payments best; nil where none does.
    ///
    /// - Parameters:
    ///   - payments: by their days, all of one payee, account, currency and direction.
    ///   - isWhole: whether the payee has no others; two payments say something only then.
    /// - Complexity: linear; periods whose number of days does not go with that of the payments are not tried.
    static func best(_ payments: [PastAmount], isWhole: Bool) -> PeriodFit? {
        guard let first = payments.first?.date, let last = payments.last?.date else { return nil }
        guard payments.count > 2 || (isWhole && isSteadyPair(payments)) else { return nil }
        let days = Double(first.days(until: last))
        var best: PeriodFit?
        for period in RecurrencePeriod.allCases where payments.count >= period.leastCount {
            let expected = (days / period.averageDays).rounded() + 1
            let share = Double(payments.count) / expected
            guard share >= 0.65, share <= 1.7, expected >= Double(period.leastCount) else {
                continue
            }
            guard let fit = PeriodFit(payments, period) else { continue }
            if fit.evidence.confidence > best?.evidence.confidence ?? 0 { best = fit }
        }
        return best
    }

    private init?(_ payments: [PastAmount], _ period: RecurrencePeriod) {
        let tolerance = period.toleranceDays
        let grid = PeriodGrid(payments.map(\.date), period)
        var members: [(slot: Int, payment: PastAmount, distance: Int)] = []
        for payment in payments {
            guard let (slot, distance) = grid.nearest(payment.date), abs(distance) <= tolerance
            else { continue }
            guard let last = members.last, last.slot >= slot else {
                members.append((slot, payment, abs(distance)))
                continue
            }
            // Two for one day: the nearer one is meant.
            if abs(distance) < last.distance {
                members[members.count - 1] = (slot, payment, abs(distance))
            }
        }
        guard members.count >= period.leastCount, let first = members.first,
            let last = members.last
        else { return nil }
        let weights = members.reduce(0) { $0 + period.weight(at: $1.distance) }
        let chance = period.chance
        let amounts = members.map(\.payment.tenThousandths)
        let completeness = Double(members.count) / Double(last.slot - first.slot + 1)
        guard completeness >= 0.7, members.count > 2 || payments.count == 2 else { return nil }
        self.period = period
        self.grid = grid
        self.members = members.map { ($0.slot, $0.payment) }
        evidence = RecurrenceEvidence(
            regularity: max((weights / Double(payments.count) - chance) / (1 - chance), 0),
            completeness: completeness,
            steadiness: Self.steadiness(of: amounts),
            count: members.count
        )
    }

    /// Two payments a year apart are believed only when they are much alike.
    private static func isSteadyPair(_ payments: [PastAmount]) -> Bool {
        let sizes = payments.map { UInt128($0.tenThousandths.magnitude) }.sorted()
        return sizes.count == 2 && sizes[1] * 100 <= sizes[0] * 115
    }

    /// The share of payments that cost what the one before cost, or how little amounts stray from their median,
    /// whichever says more: a rent with yearly steps is as steady as a bill that varies by a few percent.
    private static func steadiness(of amounts: [Int64]) -> Double {
        let same = zip(amounts, amounts.dropFirst()).count { PriceChange.isSame($0, $1) }
        let sizes = amounts.map { Double($0.magnitude) }.sorted()
        let median = sizes[sizes.count / 2]
        let strays = sizes.map { abs($0 - median) / median }.sorted()
        let spread = 1 - 2.5 * strays[strays.count / 2]
        return max(Double(same) / Double(max(amounts.count - 1, 1)), spread, 0)
    }
}

extension RecurrencePeriod {
    /// What a payment so many days from its day counts.
    func weight(at distance: Int) -> Double {
        distance > toleranceDays ? 0 : 1 - Double(distance) / Double(toleranceDays + 1)
    }

    /// What payments on any days would count on average.
    var chance: Double {
        let sum = (1...toleranceDays).reduce(1.0) { $0 + 2 * weight(at: $1) }
        return sum / averageDays
    }
}
