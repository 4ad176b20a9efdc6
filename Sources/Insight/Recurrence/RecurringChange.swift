package import Ledger

/// What somebody should be told of payments that come again: another price, or a payment that did not come.
package struct RecurringChange: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        /// More goes out than before, or less comes in.
        case priceRise = "price_rise"
        case priceDrop = "price_drop"
        case missed
    }

    package let kind: Kind
    /// Since when, or when it should have come.
    package let date: LocalDate
    /// Nil for a missed payment, as the two below.
    package let before: Money?
    package let after: Money?
    /// What a year costs more (negative) or less than before.
    package let yearly: Money?

    /// What changed since a day, the newest first.
    ///
    /// - Parameters:
    ///   - prices: none of what costs something else each time.
    ///   - missed: days on which a payment was expected and did not come.
    /// - Throws: `overflow`.
    package static func changes(
        _ prices: [PriceChange],
        missed: [LocalDate],
        timesAYear: PaymentFrequency,
        since day: LocalDate
    ) throws(MoneyError) -> [RecurringChange] {
        var changes: [RecurringChange] = []
        for price in prices where price.date >= day {
            changes.append(
                RecurringChange(
                    kind: price.isWorse ? .priceRise : .priceDrop,
                    date: price.date,
                    before: price.before,
                    after: price.after,
                    yearly: try price.yearly(timesAYear)
                )
            )
        }
        for date in Set(missed) where date >= day {
            changes.append(
                RecurringChange(kind: .missed, date: date, before: nil, after: nil, yearly: nil)
            )
        }
        return changes.sorted { ($1.date, $0.kind.rawValue) < ($0.date, $1.kind.rawValue) }
    }
}

extension PriceChange {
    /// What a year costs more (negative) or less than before.
    ///
    /// - Throws: `overflow`.
    package func yearly(_ frequency: PaymentFrequency) throws(MoneyError) -> Money {
        try frequency.yearly(after.subtracting(before))
    }
}

/// How often something is paid in some years.
package struct PaymentFrequency: Hashable, Sendable {
    package let times: Int64
    package let years: Int64

    package init(_ period: RecurrencePeriod) {
        times = period.timesAYear
        years = 1
    }

    /// As often as a rule says; one that is not plain, as often as it comes in the four years from a day on. That it ends
    /// one day does not make it cheaper until then.
    package init(_ schedule: Schedule, from day: LocalDate) {
        guard let rule = schedule.rule else {
            (times, years) = (0, 1)
            return
        }
        (times, years) =
            Self.plain(rule, schedule.monthEnd) ?? (Self.count(rule, schedule, from: day), 4)
    }

    private static func plain(_ rule: RecurrenceRule, _ monthEnd: MonthEnd) -> (Int64, Int64)? {
        guard rule.positions.isEmpty, monthEnd == .lastDay else { return nil }
        let days = Int64(max(rule.monthDays.count, 1))
        let years = Int64(rule.interval)
        switch rule.frequency {
        case .weekly where rule.months.isEmpty:
            return (52 * Int64(max(rule.weekdays.count, 1)), years)
        case .monthly where rule.months.isEmpty && rule.weekdays.isEmpty:
            return (12 * days, years)
        case .yearly where rule.weekdays.isEmpty:
            return (Int64(max(rule.months.count, 1)) * days, years)
        default: return nil
        }
    }

    private static func count(
        _ rule: RecurrenceRule,
        _ schedule: Schedule,
        from day: LocalDate
    ) -> Int64 {
        // A part less makes no rule wrong.
        let endless = try? RecurrenceRule(
            rule.frequency,
            every: rule.interval,
            months: rule.months,
            monthDays: rule.monthDays,
            weekdays: rule.weekdays,
            positions: rule.positions,
            weekStart: rule.weekStart
        )
        let bare = Schedule(
            start: schedule.start,
            rule: endless ?? rule,
            monthEnd: schedule.monthEnd
        )
        let first = max(day, schedule.start)
        let span = DateSpan(first, first.adding(days: 1_460))
        return Int64(span.map { bare.occurrences(in: $0).count } ?? 0)
    }

    /// - Throws: `overflow`.
    package func yearly(_ amount: Money) throws(MoneyError) -> Money {
        try amount.scaled(by: times, over: years)
    }

    /// - Throws: `overflow`.
    package func monthly(_ amount: Money) throws(MoneyError) -> Money {
        try amount.scaled(by: times, over: years * 12)
    }
}

extension RecurrencePeriod {
    /// The period of a plain rule; nil for others, and for what comes once.
    package init?(_ schedule: Schedule) {
        guard let rule = schedule.rule, rule.weekdays.count <= 1, rule.monthDays.count <= 1,
            rule.months.count <= 1, rule.positions.isEmpty
        else { return nil }
        switch (rule.frequency, rule.interval) {
        case (.weekly, 1): self = .weekly
        case (.weekly, 2): self = .twoWeekly
        case (.weekly, 4): self = .fourWeekly
        // A weekday without its number is each of the month.
        case _ where rule.weekdays.contains { $0.ordinal == nil }: return nil
        case (.monthly, _) where !rule.months.isEmpty: return nil
        case (.monthly, 1): self = .monthly
        case (.monthly, 2): self = .twoMonthly
        case (.monthly, 3): self = .quarterly
        case (.monthly, 6): self = .halfYearly
        case (.monthly, 12), (.yearly, 1): self = .yearly
        default: return nil
        }
    }
}
