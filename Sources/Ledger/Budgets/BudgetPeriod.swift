/// A stretch of days that has a plan of its own: a budget month, week, quarter or year.
package struct BudgetPeriod: Hashable, Comparable, Sendable {
    /// `2026-03`, `2026-W10`, `2026-Q1` or `2026`.
    package let name: String
    package let span: DateSpan

    /// Periods of one calendar that follow each other have ordinals that do.
    package let ordinal: Int

    package static func < (left: BudgetPeriod, right: BudgetPeriod) -> Bool {
        left.ordinal < right.ordinal
    }

    /// How often a day of the week is in it: what is paid every Friday is paid four or five times a month.
    package func count(of weekday: Weekday) -> Int {
        let wait = (weekday.rawValue - span.first.weekday.rawValue + 7) % 7
        return (span.dayCount - wait + 6) / 7
    }

    /// How many days have begun, today among them.
    ///
    /// - Range: 0 before the period, its length on its last day and after it.
    package func daysGone(on today: LocalDate) -> Int {
        min(max(span.first.days(until: today) + 1, 0), span.dayCount)
    }

    /// How many days are still to come, today not among them.
    package func daysLeft(on today: LocalDate) -> Int {
        span.dayCount - daysGone(on: today)
    }
}
