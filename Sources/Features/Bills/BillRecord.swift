import Insight
package import Ledger
package import Storage

/// What is to be paid or received, once or again and again, as it is stored.
package struct BillRecord: Sendable {
    package let id: BillID
    package var name: String
    var direction: Direction
    /// Nil: anybody.
    package var payee: String?
    /// Nil: any account of the currency.
    package var account: AccountID?
    package var toAccount: AccountID?
    package var category: AccountID?
    package var currency: Currency
    var amount: Amount
    /// The first nominal day.
    var start: LocalDate
    /// The last nominal day.
    var end: LocalDate?
    /// Nil: once, on `start`.
    var rule: RecurrenceRule?
    var monthEnd: MonthEnd
    var workingDays: WorkingDayPolicy
    var holidays: HolidayCalendar
    /// - Range: 0...60
    var daysBefore: Int
    var daysAfter: Int
    var allowsParts: Bool
    package var remindDays: Int?
    var note: String?
    /// From that day on nothing is asked for.
    var pausedOn: LocalDate?
    /// What was due before and is not settled is not asked for.
    var askedFrom: LocalDate
    /// From that day on what falls due is booked by the server.
    var postsFrom: LocalDate?
    package var version: Int64
    let createdAt: Instant
    var updatedAt: Instant
    package var deletedAt: Instant?
    /// Whether an account of it was deleted, so that nothing is asked for as long.
    var isStranded = false

    enum Direction: String, CaseIterable, Sendable {
        case expense, income, transfer
    }

    /// Without signs.
    enum Amount: Sendable, Equatable {
        case fixed(Money)
        case range(low: Money, usual: Money, high: Money)
        /// - Parameter first: used as long as nothing was paid.
        case learned(first: Money?, last: Int, tolerancePercent: Int64)

        var kind: AmountKind {
            switch self {
            case .fixed: .fixed
            case .range: .range
            case .learned: .learned
            }
        }

        var usual: Money? {
            switch self {
            case .fixed(let amount): amount
            case .range(_, let usual, _): usual
            case .learned(let first, _, _): first
            }
        }

        var ends: (low: Money, high: Money)? {
            guard case .range(let low, _, let high) = self else { return nil }
            return (low, high)
        }

        var learning: (last: Int, tolerancePercent: Int64)? {
            guard case .learned(_, let last, let percent) = self else { return nil }
            return (last, percent)
        }
    }

    enum AmountKind: String, CaseIterable, Sendable {
        case fixed, range, learned
    }

    /// What may be asked for now.
    enum State: String, CaseIterable, Sendable {
        case active, paused
        /// Nothing comes any more.
        case ended
    }

    enum Limits {
        static let name = 1...120
        static let note = 0...4_000
        static let days = 0...60
        /// The window of a bill where nobody says another.
        static let usualBefore = 5
        static let usualAfter = 10
        static let learnFrom = 1...24
        /// How far from its nominal day an occurrence may be put.
        static let moved = 60
        /// What a year of it may come to, so that years of as many bills as are possible can be summed.
        ///
        /// - Units: ten-thousandths
        static let yearly: Int64 = 1_000_000_000_000_000
    }
}

// MARK: When

extension BillRecord {
    /// When it comes.
    package var schedule: Schedule {
        Schedule(
            start: start,
            rule: rule.map { rule in end.flatMap { rule.ending(by: $0) } ?? rule },
            monthEnd: monthEnd,
            workingDays: workingDays,
            calendar: holidays
        )
    }

    /// The occurrences that are expected in some days, those of a rule with a count among them.
    func occurrences(in span: DateSpan) -> [Occurrence] {
        schedule.occurrences(in: span).filter(isInTime)
    }

    /// The first one that is expected after a day.
    func next(after day: LocalDate) -> Occurrence? {
        schedule.next(after: day).flatMap { isInTime($0) ? $0 : nil }
    }

    private func isInTime(_ occurrence: Occurrence) -> Bool {
        end.map { occurrence.nominal <= $0 } ?? true
    }

    /// The occurrence of a nominal day; nil where the schedule has none.
    func occurrence(_ nominal: LocalDate) -> Occurrence? {
        var walk = schedule.walk(from: nominal)
        guard let found = walk.next(), found.nominal == nominal,
            isInTime(found)
        else { return nil }
        return found
    }

    func state(on today: LocalDate) -> State {
        if pausedOn != nil { return .paused }
        return next(after: today.adding(days: -1)) == nil ? .ended : .active
    }

    /// Whether what is due on a day, and not settled, is to be paid.
    func asks(for due: LocalDate) -> Bool {
        due >= askedFrom && pausedOn.map { due < $0 } ?? true && !isStranded && deletedAt == nil
    }
}

extension RecurrenceRule {
    /// The same that ends on a day, or before. Nil where a count ends it.
    fileprivate func ending(by day: LocalDate) -> RecurrenceRule? {
        var last = day
        switch end {
        case .never: break
        case .until(let own): last = min(own, day)
        case .count: return nil
        }
        // Only a rule that is none could be refused, and these parts were taken from one.
        return try? RecurrenceRule(
            frequency,
            every: interval,
            months: months,
            monthDays: monthDays,
            weekdays: weekdays,
            positions: positions,
            end: .until(last),
            weekStart: weekStart
        )
    }
}

// MARK: How much

extension BillRecord {
    /// Whether a year of an amount can be summed with all other bills.
    func canBeSummed(_ amount: Money) -> Bool {
        let frequency = PaymentFrequency(schedule, from: start)
        let yearly = Int128(amount.tenThousandths.magnitude) * Int128(max(frequency.times, 1))
        return yearly <= Int128(Limits.yearly) * Int128(frequency.years)
    }

    /// An amount with the sign of its direction: negative is money out.
    func signed(_ amount: Money) throws(MoneyError) -> Money {
        direction == .income ? amount : try amount.negated()
    }

    /// Between which amounts a payment is as expected, with their signs; nil where nothing is known yet.
    ///
    /// - Parameter history: what was paid, with its signs, the youngest last.
    func band(after history: [Money]) throws(MoneyError) -> AmountBand? {
        switch amount {
        case .fixed(let amount): return AmountBand(try signed(amount))
        case .range(let low, let usual, let high):
            let ends = [try signed(low), try signed(high)]
            return AmountBand(
                low: direction == .income ? ends[0] : ends[1],
                typical: try signed(usual),
                high: direction == .income ? ends[1] : ends[0]
            )
        case .learned(let first, let last, let percent):
            var known = history
            if known.isEmpty, let first { known.append(try signed(first)) }
            return try ExpectedAmount.learned(last: last, tolerancePercent: percent)
                .band(after: known)
        }
    }
}
