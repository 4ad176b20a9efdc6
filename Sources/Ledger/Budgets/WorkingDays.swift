/// Which days people work on, so that a month can begin on pay day.
package struct WorkingDays: Sendable {
    package let isWorkingDay: @Sendable (LocalDate) -> Bool

    package init(isWorkingDay: @escaping @Sendable (LocalDate) -> Bool) {
        self.isWorkingDay = isWorkingDay
    }

    /// Monday to Friday, and no holidays.
    package static let weekdays = WorkingDays { day in
        day.weekday != .saturday && day.weekday != .sunday
    }

    /// The last working day of a month; its last day, should nobody work in it.
    package func last(of month: Month) -> LocalDate {
        var day = month.lastDay
        while day > month.firstDay {
            if isWorkingDay(day) { return day }
            day = day.adding(days: -1)
        }
        return isWorkingDay(day) ? day : month.lastDay
    }
}
