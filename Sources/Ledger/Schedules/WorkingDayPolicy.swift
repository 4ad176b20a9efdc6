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
        guard self != .none, !calendar.isWorkingDay(date) else { return date }
        switch self {
        case .none: return date
        case .next: return Self.workingDay(from: date, step: 1, calendar)
        case .previous: return Self.workingDay(from: date, step: -1, calendar)
        case .nearest:
            let next = Self.workingDay(from: date, step: 1, calendar)
            let previous = Self.workingDay(from: date, step: -1, calendar)
            return date.days(until: next) <= previous.days(until: date) ? next : previous
        case .nextInMonth:
            let next = Self.workingDay(from: date, step: 1, calendar)
            guard next.month != date.month else { return next }
            return Self.workingDay(from: date, step: -1, calendar)
        }
    }

    /// The day itself where the calendar's range has no working day on that side.
    private static func workingDay(
        from date: LocalDate,
        step: Int,
        _ calendar: HolidayCalendar
    ) -> LocalDate {
        for days in 1...reach {
            let candidate = date.adding(days: days * step)
            if calendar.isWorkingDay(candidate) { return candidate }
        }
        return date
    }
}
