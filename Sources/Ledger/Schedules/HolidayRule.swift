/// On which day of a year a holiday falls.
struct HolidayRule: Sendable {
    let name: String
    /// The first year that has it.
    let since: Int
    /// Nil in a year without it, and outside the range of `LocalDate`.
    let date: @Sendable (_ year: Int) -> LocalDate?

    init(_ name: String, since: Int = 0, date: @escaping @Sendable (Int) -> LocalDate?) {
        self.name = name
        self.since = since
        self.date = date
    }

    static func fixed(_ month: Int, _ day: Int, _ name: String, since: Int = 0) -> HolidayRule {
        HolidayRule(name, since: since) { LocalDate(year: $0, month: month, day: day) }
    }

    /// - Parameter days: after Easter Sunday.
    static func easter(_ days: Int, _ name: String) -> HolidayRule {
        HolidayRule(name) { Easter.sunday(of: $0)?.adding(days: days) }
    }

    /// - Parameter ordinal: -1 is the last of the month.
    static func nth(
        _ ordinal: Int,
        _ weekday: Weekday,
        of month: Int,
        _ name: String,
        since: Int = 0
    ) -> HolidayRule {
        HolidayRule(name, since: since) { year in
            guard let month = Month(year: year, month: month) else { return nil }
            return RecurrencePeriods.nth(
                ordinal,
                weekday,
                from: month.firstDay,
                through: month.lastDay
            )
        }
    }

    /// The first such weekday that is not before a day.
    static func from(_ month: Int, _ day: Int, _ weekday: Weekday, _ name: String) -> HolidayRule {
        HolidayRule(name) { year in
            guard let first = LocalDate(year: year, month: month, day: day) else { return nil }
            return first.adding(days: (weekday.rawValue - first.weekday.rawValue + 7) % 7)
        }
    }
}

/// What stands in for a holiday on a weekend.
enum HolidaySubstitution {
    case none, nextFree, nearest
}

package enum Easter {
    /// Easter Sunday of the Gregorian calendar.
    ///
    /// - Source: "A new method for finding Easter", Nature, 20 April 1876, as given by J. Meeus, "Astronomical
    ///   Algorithms" (2nd edition, 1998), chapter 8.
    package static func sunday(of year: Int) -> LocalDate? {
        let (century, ofCentury) = year.quotientAndRemainder(dividingBy: 100)
        let golden = year % 19
        let correction = (century - (century + 8) / 25 + 1) / 3
        let epact = (19 * golden + century - century / 4 - correction + 15) % 30
        let weekday = (32 + 2 * (century % 4) + 2 * (ofCentury / 4) - epact - ofCentury % 4) % 7
        let late = (golden + 11 * epact + 22 * weekday) / 451
        let days = epact + weekday - 7 * late + 114
        return LocalDate(year: year, month: days / 31, day: days % 31 + 1)
    }
}
