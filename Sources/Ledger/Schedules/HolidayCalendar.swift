/// The days on which banks and offices of a country are closed; Saturdays and Sundays always are.
///
/// National holidays alone: not those of regions, not bridge days, not what was declared for a single year.
///
/// - Range: the law as it stood in 2026, with the years in which younger holidays began or will; earlier years are
///   computed by the same law.
package enum HolidayCalendar: String, CaseIterable, Sendable {
    /// No country: only Saturdays and Sundays.
    case weekends = "none"
    case austria = "AT"
    case belgium = "BE"
    case canada = "CA"
    case switzerland = "CH"
    case germany = "DE"
    case spain = "ES"
    case france = "FR"
    case england = "GB"
    case ireland = "IE"
    case italy = "IT"
    case netherlands = "NL"
    case poland = "PL"
    case sweden = "SE"
    case unitedStates = "US"
    /// The days on which euro payments between banks rest.
    case target = "TARGET2"

    package func isWorkingDay(_ date: LocalDate) -> Bool {
        !date.weekday.isWeekend && !isHoliday(date)
    }

    package func isHoliday(_ date: LocalDate) -> Bool {
        holidays(of: date.year).contains { $0.date == date }
    }

    /// The holidays of a year in their order, with the days that stand in for those on weekends.
    ///
    /// - Complexity: some twenty rules, so no year is remembered.
    package func holidays(of year: Int) -> [Holiday] {
        var found = named(in: year)
        switch substitution {
        case .none: break
        case .nextFree: found += Self.nextFree(for: found)
        case .nearest:
            // 1 January of the next year may be observed on 31 December.
            found += (found + named(in: year + 1)).compactMap(Self.nearest)
            found.removeAll { $0.date.year != year }
        }
        return found.sorted { $0.date < $1.date }
    }

    private func named(in year: Int) -> [Holiday] {
        rules.compactMap { rule in
            guard year >= rule.since, let date = rule.date(year) else { return nil }
            return Holiday(date: date, name: rule.name)
        }
    }

    /// Each holiday on a weekend is made good on the next weekday that is not one already.
    private static func nextFree(for holidays: [Holiday]) -> [Holiday] {
        var taken = Set(holidays.map(\.date))
        var found: [Holiday] = []
        let lost = holidays.filter { $0.date.weekday.isWeekend }
        for holiday in lost.sorted(by: { $0.date < $1.date }) {
            var date = holiday.date
            repeat {
                date = date.adding(days: 1)
            } while (date.weekday.isWeekend || taken.contains(date)) && date < .latest
            taken.insert(date)
            found.append(Holiday(date: date, name: holiday.name + " (observed)"))
        }
        return found
    }

    /// A holiday on a Saturday is observed on Friday, one on a Sunday on Monday.
    private static func nearest(_ holiday: Holiday) -> Holiday? {
        let weekday = holiday.date.weekday
        guard weekday.isWeekend else { return nil }
        let date = holiday.date.adding(days: weekday == .saturday ? -1 : 1)
        return Holiday(date: date, name: holiday.name + " (observed)")
    }
}

/// A day off, by its English name.
package struct Holiday: Hashable, Sendable {
    package let date: LocalDate
    package let name: String

    package init(date: LocalDate, name: String) {
        self.date = date
        self.name = name
    }
}

extension Weekday {
    package var isWeekend: Bool { self >= .saturday }
}

extension Weekday: Comparable {
    package static func < (left: Weekday, right: Weekday) -> Bool {
        left.rawValue < right.rawValue
    }
}
