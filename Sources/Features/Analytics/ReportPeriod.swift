package import Ledger

/// The span that a report is about, and the one before it to compare with.
package struct ReportPeriod: Sendable {
    package let span: DateSpan
    package let previous: DateSpan

    package enum Kind: String, CaseIterable, Sendable {
        case week, month, quarter, year, custom
    }

    /// - Parameters:
    ///   - day: any day of the period.
    ///   - from: the first day of a custom period, as `to` is the last.
    /// - Throws: 422
    package init(
        _ kind: Kind,
        containing day: LocalDate,
        from: LocalDate?,
        to: LocalDate?,
        weekStart: Weekday
    ) throws(APIError) {
        switch kind {
        case .week:
            let back = (day.weekday.rawValue - weekStart.rawValue + 7) % 7
            let first = day.adding(days: -back)
            self.init(first, first.adding(days: 6), previousFirst: first.adding(days: -7))
        case .month: self.init(from: day.month, months: 1)
        case .quarter:
            self.init(from: day.month.adding(months: -((day.monthOfYear - 1) % 3)), months: 3)
        case .year: self.init(from: day.month.adding(months: 1 - day.monthOfYear), months: 12)
        case .custom:
            guard let from, let to else {
                throw .invalid(
                    from == nil ? "from" : "to",
                    "required",
                    "is required for a custom period"
                )
            }
            self.init(from, to, previousFirst: from.adding(days: -(from.days(until: to) + 1)))
        }
    }

    private init(from month: Month, months: Int) {
        self.init(
            month.firstDay,
            month.adding(months: months - 1).lastDay,
            previousFirst: month.adding(months: -months).firstDay
        )
    }

    private init(_ first: LocalDate, _ last: LocalDate, previousFirst: LocalDate) {
        span = DateSpan(first, max(first, last)) ?? DateSpan(first.month)
        let before = max(previousFirst, first.adding(days: -1))
        previous =
            DateSpan(previousFirst, first.adding(days: -1)) ?? DateSpan(before, before) ?? span
    }
}
