import Ledger

/// What a fit says about the days and amounts to come.
struct SeriesShape {
    private let fit: PeriodFit
    private let currency: Currency
    private let today: LocalDate
    private let schedule: Schedule

    /// The most payments by which the working-day policy is told, the youngest.
    private static let policyLimit = 12

    init(
        _ fit: PeriodFit,
        _ currency: Currency,
        today: LocalDate,
        calendar: HolidayCalendar,
        holidays: Set<LocalDate>
    ) {
        self.fit = fit
        self.currency = currency
        self.today = today
        let (grid, policy) = Self.policy(of: fit, holidays)
        let start = grid.date(fit.slots.lowerBound)
        schedule = Schedule(
            start: start,
            rule: Self.rule(of: fit.period, grid, start: start),
            workingDays: policy,
            calendar: calendar
        )
    }

    func series(
        _ account: AccountID,
        _ payee: String,
        id: (Int) -> TransactionID
    ) -> RecurringSeries {
        let paid = fit.payments.map { (date: $0.date, amount: money($0.tenThousandths)) }
        let changes = fit.evidence.isSteady ? PriceChange.changes(in: paid) : []
        let overdue = overdue
        let hasEnded = overdue.count >= fit.period.endedAfter
        return RecurringSeries(
            account: account,
            payee: payee,
            period: fit.period,
            schedule: schedule,
            band: band(paid, since: changes.last),
            payments: fit.payments.map { id($0.place) },
            first: fit.first.date,
            last: fit.last.date,
            next: hasEnded ? nil : next,
            missed: gaps + (hasEnded ? [] : overdue),
            priceChanges: changes,
            evidence: fit.evidence
        )
    }

    private func money(_ tenThousandths: Int64) -> Money {
        Money(tenThousandths: tenThousandths, currency)
    }

    // MARK: Days

    /// The occurrences after that of the last payment.
    private var upcoming: ScheduleWalk {
        let day = fit.grid.date(fit.slots.upperBound)
        return schedule.walk(from: day.adding(days: fit.period.toleranceDays + 1))
    }

    /// The first day after the last payment on which another could still come in time.
    private var next: LocalDate? {
        upcoming.first { $0.date.adding(days: fit.period.toleranceDays) >= today }?.date
    }

    /// Days since the last payment that have gone by without one.
    private var overdue: [LocalDate] {
        upcoming.prefix { $0.date.adding(days: fit.period.toleranceDays) < today }.map(\.date)
    }

    /// Days between payments that had none.
    private var gaps: [LocalDate] {
        let taken = Set(fit.members.map(\.slot))
        return fit.slots.filter { !taken.contains($0) }.map {
            schedule.workingDays.adjusted(fit.grid.date($0), in: schedule.calendar)
        }
    }

    // MARK: Amounts

    /// Since the price last changed: from the least to the most that was paid.
    private func band(
        _ paid: [(date: LocalDate, amount: Money)],
        since change: PriceChange?
    ) -> AmountBand {
        let current = paid.filter { $0.date >= change?.date ?? .earliest }.suffix(12).map(\.amount)
        let sorted = current.sorted { $0.tenThousandths < $1.tenThousandths }
        let median = sorted[sorted.count / 2]
        let same = current.count { PriceChange.isSame($0, median) }
        if same * 3 >= current.count * 2 {
            let latest = current[current.count - 1]
            return AmountBand(PriceChange.isSame(latest, median) ? latest : median)
        }
        return AmountBand(low: sorted[0], typical: median, high: sorted[sorted.count - 1])
            ?? AmountBand(median)
    }

    // MARK: The rule

    /// Which day of the month and which policy give most payments on their very day; the plainest of equals.
    private static func policy(
        of fit: PeriodFit,
        _ holidays: Set<LocalDate>
    ) -> (PeriodGrid, WorkingDayPolicy) {
        let members = fit.members.suffix(policyLimit)
        var best = (grid: fit.grid, policy: WorkingDayPolicy.none, hits: -1)
        for grid in fit.grid.neighbours {
            for policy in [WorkingDayPolicy.none, .next, .previous, .nearest] {
                let hits = members.count { member in
                    let date = policy.adjusted(grid.date(member.slot)) {
                        !$0.weekday.isWeekend && !holidays.contains($0)
                    }
                    return date == member.payment.date
                }
                if hits > best.hits { best = (grid, policy, hits) }
            }
            if best.hits == members.count { break }
        }
        return (best.grid, best.policy)
    }

    private static func rule(
        of period: RecurrencePeriod,
        _ grid: PeriodGrid,
        start: LocalDate
    ) -> RecurrenceRule? {
        // The parts are in range, so no rule is refused.
        switch (period.length, grid.kind) {
        case (.weeks(let weeks), _):
            return try? RecurrenceRule(
                .weekly,
                every: weeks,
                weekdays: [.init(start.weekday)]
            )
        case (.months(12), .months(let day, _, _)):
            return try? RecurrenceRule(
                .yearly,
                months: [start.monthOfYear],
                monthDays: [day == 31 ? -1 : day]
            )
        case (.months(let months), .months(let day, _, _)):
            return try? RecurrenceRule(
                .monthly,
                every: months,
                monthDays: [day == 31 ? -1 : day]
            )
        default: return nil
        }
    }
}

extension PeriodGrid {
    /// This grid first, then those that are a few days away; all are numbered alike.
    var neighbours: [PeriodGrid] {
        switch kind {
        case .days(let offset, let every):
            return [0, -1, 1, -2, 2].map { PeriodGrid(.days(offset: offset + $0, every: every)) }
        case .months(let day, let first, let every):
            let days = [day, 31] + (1...3).flatMap { [day - $0, day + $0] }
            return days.filter { (1...31).contains($0) && abs($0 - day) <= 4 }.map {
                PeriodGrid(.months(day: $0, first: first, every: every))
            }
        }
    }
}
