import Ledger

/// The days of a period, numbered: a weekday of each nth week, or a day of each nth month.
struct PeriodGrid {
    enum Kind {
        /// Days since 1970 of the day with number 0, and how many days lie between two.
        case days(offset: Int, every: Int)
        /// The day of the month (the last one of shorter months), the month with number 0 and how many months lie
        /// between two.
        case months(day: Int, first: Month, every: Int)
    }

    let kind: Kind

    /// The grid that most days are near to.
    init(_ dates: [LocalDate], _ period: RecurrencePeriod) {
        switch period.length {
        case .weeks(let weeks): kind = Self.weekly(dates, days: weeks * 7, period)
        case .months(let months): kind = Self.monthly(dates, months: months, period)
        }
    }

    init(_ kind: Kind) {
        self.kind = kind
    }

    private static func weekly(
        _ dates: [LocalDate],
        days: Int,
        _ period: RecurrencePeriod
    ) -> Kind {
        var counts = [Int](repeating: 0, count: days)
        for date in dates { counts[((Int(date.daysSince1970) % days) + days) % days] += 1 }
        var best = (offset: 0, weight: -1.0)
        for offset in 0..<days {
            var weight = 0.0
            for distance in -period.toleranceDays...period.toleranceDays {
                let count = counts[(offset + distance + days) % days]
                weight += Double(count) * period.weight(at: abs(distance))
            }
            if weight > best.weight { best = (offset, weight) }
        }
        return .days(offset: best.offset, every: days)
    }

    private static func monthly(
        _ dates: [LocalDate],
        months: Int,
        _ period: RecurrencePeriod
    ) -> Kind {
        let start = Month(of: dates[0]).adding(months: -1)
        let parts = dates.map { MonthDay($0, since: start) }
        var best = (day: 1, phase: 0, weight: -1.0)
        var phases = [Double](repeating: 0, count: months)
        for day in 1...31 {
            for phase in 0..<months { phases[phase] = 0 }
            for part in parts {
                let (month, distance) = part.nearest(day)
                phases[(month + months) % months] += period.weight(at: abs(distance))
            }
            for (phase, weight) in phases.enumerated() where weight > best.weight {
                best = (day, phase, weight)
            }
        }
        return .months(day: best.day, first: start.adding(months: best.phase), every: months)
    }

    /// The number of the nearest day, and how many days after it a date is; nil where the month is not of the grid.
    func nearest(_ date: LocalDate) -> (slot: Int, distance: Int)? {
        switch kind {
        case .days(let offset, let every):
            let days = Int(date.daysSince1970) - offset
            let slot = (Double(days) / Double(every)).rounded()
            return (Int(slot), days - Int(slot) * every)
        case .months(let day, let first, let every):
            let (month, distance) = MonthDay(date, since: first).nearest(day)
            guard month % every == 0 else { return nil }
            return (month / every, distance)
        }
    }

    func date(_ slot: Int) -> LocalDate {
        switch kind {
        case .days(let offset, let every):
            return LocalDate(daysSince1970: offset + slot * every) ?? .latest
        case .months(let day, let first, let every):
            let month = first.adding(months: slot * every)
            return month.firstDay.adding(days: min(day, month.lastDay.day) - 1)
        }
    }
}

/// A date as its month and its day, to measure how far days of the month are.
private struct MonthDay {
    private let month: Int
    private let day: Int
    private let length: Int
    private let lengthBefore: Int
    private let lengthAfter: Int

    init(_ date: LocalDate, since start: Month) {
        let own = date.month
        month = start.months(until: own)
        day = date.day
        length = own.lastDay.day
        lengthBefore = own.adding(months: -1).lastDay.day
        lengthAfter = own.adding(months: 1).lastDay.day
    }

    /// In which month the nearest such day of a month lies, and how many days after it the date is.
    func nearest(_ wanted: Int) -> (month: Int, distance: Int) {
        let here = day - min(wanted, length)
        let before = day + lengthBefore - min(wanted, lengthBefore)
        let after = day - length - min(wanted, lengthAfter)
        if abs(before) < abs(here) { return (month - 1, before) }
        if abs(after) < abs(here) { return (month + 1, after) }
        return (month, here)
    }
}
