/// A stretch of days, both ends in it.
package struct DateSpan: Hashable, Sendable {
    package let first: LocalDate
    package let last: LocalDate

    /// Nil when it would end before it begins.
    package init?(_ first: LocalDate, _ last: LocalDate) {
        guard first <= last else { return nil }
        self.first = first
        self.last = last
    }

    package init(_ month: Month) {
        first = month.firstDay
        last = month.lastDay
    }

    package var dayCount: Int { first.days(until: last) + 1 }

    package func contains(_ date: LocalDate) -> Bool {
        first <= date && date <= last
    }

    /// Every month that has a day in the span.
    package var months: [Month] {
        let start = first.month
        return (0...start.months(until: last.month)).map { start.adding(months: $0) }
    }

    /// The whole months of the span, and the days at its edges that no whole month holds.
    ///
    /// Sums over long spans read a row a month and a few rows a day, so their cost does not
    /// grow with the number of transactions.
    package var grains: (months: (first: Month, last: Month)?, edges: [DateSpan]) {
        let start = first == first.month.firstDay ? first.month : first.month.adding(months: 1)
        let end = last == last.month.lastDay ? last.month : last.month.adding(months: -1)
        guard start <= end, start.firstDay >= first, end.lastDay <= last else {
            return (nil, [self])
        }
        var edges: [DateSpan] = []
        if first < start.firstDay, let head = DateSpan(first, start.firstDay.adding(days: -1)) {
            edges.append(head)
        }
        if end.lastDay < last, let tail = DateSpan(end.lastDay.adding(days: 1), last) {
            edges.append(tail)
        }
        return ((start, end), edges)
    }
}
