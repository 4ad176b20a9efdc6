/// A day of every month. A month that has not so many days takes its last.
package struct MonthlyDay: Hashable, Sendable {
    /// - Range: 1...31
    package let day: Int

    package init?(_ day: Int) {
        guard (1...31).contains(day) else { return nil }
        self.day = day
    }

    package init(of date: LocalDate) {
        day = date.day
    }

    package func date(in month: Month) -> LocalDate {
        month.firstDay.adding(days: min(day, month.dayCount) - 1)
    }

    /// The days after one day, up to and including another; the oldest first, `limit` at most.
    package func dates(after last: LocalDate, through today: LocalDate, limit: Int) -> [LocalDate] {
        guard last < today else { return [] }
        var dates: [LocalDate] = []
        for offset in 0...last.month.months(until: today.month) where dates.count < limit {
            let date = date(in: last.month.adding(months: offset))
            if date > last, date <= today { dates.append(date) }
        }
        return dates
    }
}

extension Month {
    package var dayCount: Int { firstDay.days(until: lastDay) + 1 }
}

extension LocalDate {
    package var monthlyDay: MonthlyDay { MonthlyDay(of: self) }

    /// The same day so many months later, or the last of a month that has not so many days.
    package func adding(months: Int) -> LocalDate {
        let day = month.firstDay.days(until: self)
        let target = month.adding(months: months)
        return target.firstDay.adding(days: min(day, target.dayCount - 1))
    }
}
