/// Where a payment goes whose day is a weekend or a holiday.
package enum WorkingDayPolicy: String, CaseIterable, Sendable {
    /// It stays where it is.
    case none
    case next
    case previous
    /// The one that is fewer days away; the later one when both are as far.
    case nearest
    /// The next one, but the previous one where the next lies in another month.
    ///
    /// - Source: "modified following", ISDA 2006 Definitions section 4.12.
    case nextInMonth = "next_in_month"

    /// No calendar has so many days in a row without a working day.
    static let reach = 14

    package func adjusted(_ date: LocalDate, in calendar: HolidayCalendar) -> LocalDate {
        adjusted(date, isWorkingDay: calendar.isWorkingDay)
    }

    /// The same for whoever knows the working days already.
    package func adjusted(
        _ date: LocalDate,
        isWorkingDay: (LocalDate) -> Bool
    ) -> LocalDate {
        guard self != .none, !isWorkingDay(date) else { return date }
        // The day itself where the range of dates has no working day on that side.
        func workingDay(_ step: Int) -> LocalDate {
            for days in 1...Self.reach where isWorkingDay(date.adding(days: days * step)) {
                return date.adding(days: days * step)
            }
            return date
        }
        switch self {
        case .none: return date
        case .next: return workingDay(1)
        case .previous: return workingDay(-1)
        case .nearest:
            let (next, previous) = (workingDay(1), workingDay(-1))
            return date.days(until: next) <= previous.days(until: date) ? next : previous
        case .nextInMonth:
            let next = workingDay(1)
            return next.month == date.month ? next : workingDay(-1)
        }
    }
}
