/// What becomes of the 31st in a month that has no 31st, and of 29 February in most years.
///
/// - Source: SKIP of RFC 7529 section 4.1: OMIT, the default of RFC 5545, and BACKWARD.
package enum MonthEnd: String, CaseIterable, Sendable {
    case skip
    case lastDay = "last_day"
}

/// The days of a rule, a period (day, week, month or year, each `interval`th) at a time.
///
/// What the rule leaves open is taken from the first day (RFC 5545 section 3.3.10, last paragraphs).
struct RecurrencePeriods {
    let rule: RecurrenceRule
    let start: LocalDate
    let monthEnd: MonthEnd
    private let monthDays: [Int]
    private let months: [Int]
    /// The first day of the week of `start`, in days since 1970: it may lie before the calendar's range.
    private let weekStart: Int

    init(_ rule: RecurrenceRule, from start: LocalDate, monthEnd: MonthEnd) {
        self.rule = rule
        self.start = start
        self.monthEnd = monthEnd
        let namesNoDay = rule.monthDays.isEmpty && rule.weekdays.isEmpty
        let isByMonth = rule.frequency == .monthly || rule.frequency == .yearly
        monthDays = namesNoDay && isByMonth ? [start.day] : rule.monthDays
        let namesNothing = namesNoDay && rule.months.isEmpty && rule.frequency == .yearly
        months = namesNothing ? [start.monthOfYear] : rule.months
        let intoWeek = (start.weekday.rawValue - rule.weekStart.rawValue + 7) % 7
        weekStart = Int(start.daysSince1970) - intoWeek
    }

    /// The number of the last period that begins by a day; the first, which holds `start`, is 0.
    func index(by date: LocalDate) -> Int {
        guard date > start else { return 0 }
        let units =
            switch rule.frequency {
            case .daily: start.days(until: date)
            case .weekly: (Int(date.daysSince1970) - weekStart) / 7
            case .monthly: start.month.months(until: date.month)
            case .yearly: date.year - start.year
            }
        return units / rule.interval
    }

    /// How many days each period but the first has, where that is plain to see.
    var constantCount: Int? {
        guard rule.positions.isEmpty else { return nil }
        switch rule.frequency {
        case .daily:
            return months.isEmpty && monthDays.isEmpty && rule.weekdays.isEmpty ? 1 : nil
        case .weekly:
            return months.isEmpty ? max(rule.weekdays.count, 1) : nil
        case .monthly, .yearly:
            let isEveryMonth = rule.frequency == .monthly && months.isEmpty
            let isOneMonth = rule.frequency == .yearly && months.count == 1
            guard isEveryMonth || isOneMonth, monthDays.count == 1, rule.weekdays.isEmpty else {
                return nil
            }
            let isAlwaysThere = (-28...28).contains(monthDays[0])
            return isAlwaysThere || (monthDays[0] > 0 && monthEnd == .lastDay) ? 1 : nil
        }
    }

    /// Adds the days of a period in their order; false when it lies past the calendar's range.
    ///
    /// - Complexity: a period, however far from the first.
    func append(period: Int, to dates: inout [LocalDate]) -> Bool {
        let steps = period * rule.interval
        switch rule.frequency {
        case .daily:
            guard let date = LocalDate(daysSince1970: Int(start.daysSince1970) + steps) else {
                return false
            }
            if isWanted(date) { dates.append(date) }
        case .weekly:
            let first = weekStart + steps * 7
            guard first <= Int(LocalDate.latest.daysSince1970) else { return false }
            for day in first..<first + 7 {
                guard let date = LocalDate(daysSince1970: day), isWanted(date) else { continue }
                dates.append(date)
            }
        case .monthly:
            let month = start.month.adding(months: steps)
            guard start.month.months(until: month) == steps else { return false }
            if months.isEmpty || months.contains(month.month) { append(month, to: &dates) }
        case .yearly:
            let year = start.year + steps
            for number in months.isEmpty ? Array(1...12) : months {
                guard let month = Month(year: year, month: number) else { return false }
                append(month, to: &dates)
            }
        }
        if !rule.positions.isEmpty { pick(&dates) }
        return true
    }

    private func pick(_ dates: inout [LocalDate]) {
        let all = dates
        let indices = rule.positions.map { $0 > 0 ? $0 - 1 : all.count + $0 }
        dates = Set(indices.filter(all.indices.contains)).sorted().map { all[$0] }
    }

    /// Whether a day of a daily or weekly rule passes its lists.
    private func isWanted(_ date: LocalDate) -> Bool {
        let weekday = date.weekday
        if rule.weekdays.isEmpty {
            if rule.frequency == .weekly, weekday != start.weekday { return false }
        } else if !rule.weekdays.contains(where: { $0.weekday == weekday }) {
            return false
        }
        guard !months.isEmpty || !monthDays.isEmpty else { return true }
        let (year, month, day) = date.parts
        guard months.isEmpty || months.contains(month) else { return false }
        let length = LocalDate.days(inMonth: month, of: year)
        return monthDays.isEmpty || monthDayMask(length: length) & 1 << UInt32(day) != 0
    }

    private func append(_ month: Month, to dates: inout [LocalDate]) {
        let first = month.firstDay
        let length = first.days(until: month.lastDay) + 1
        var mask = UInt32.max
        if !monthDays.isEmpty { mask &= monthDayMask(length: length) }
        if !rule.weekdays.isEmpty { mask &= weekdayMask(first, length: length) }
        for day in 1...length where mask & 1 << UInt32(day) != 0 {
            dates.append(first.adding(days: day - 1))
        }
    }

    /// A bit for each day of a month that the list of month days names.
    private func monthDayMask(length: Int) -> UInt32 {
        var mask: UInt32 = 0
        for number in monthDays {
            var day = number > 0 ? number : length + 1 + number
            if day > length, monthEnd == .lastDay { day = length }
            if day >= 1, day <= length { mask |= 1 << UInt32(day) }
        }
        return mask
    }

    /// A bit for each day of a month that the list of weekdays names.
    private func weekdayMask(_ first: LocalDate, length: Int) -> UInt32 {
        var mask: UInt32 = 0
        let isOfYear = rule.frequency == .yearly && months.isEmpty
        for wanted in rule.weekdays {
            guard let ordinal = wanted.ordinal else {
                let offset = (wanted.weekday.rawValue - first.weekday.rawValue + 7) % 7
                for day in stride(from: offset + 1, through: length, by: 7) {
                    mask |= 1 << UInt32(day)
                }
                continue
            }
            let span = isOfYear ? Self.year(of: first) : (first, first.adding(days: length - 1))
            let date = Self.nth(ordinal, wanted.weekday, from: span.0, through: span.1)
            if let date, date.month == first.month { mask |= 1 << UInt32(date.day) }
        }
        return mask
    }

    private static func year(of date: LocalDate) -> (LocalDate, LocalDate) {
        let january = date.month.adding(months: 1 - date.monthOfYear)
        return (january.firstDay, january.adding(months: 11).lastDay)
    }

    /// The nth weekday of a stretch of days, counted from its end when negative.
    static func nth(
        _ ordinal: Int,
        _ weekday: Weekday,
        from first: LocalDate,
        through last: LocalDate
    ) -> LocalDate? {
        let days: Int
        if ordinal > 0 {
            let offset = (weekday.rawValue - first.weekday.rawValue + 7) % 7
            days = offset + (ordinal - 1) * 7
        } else {
            let offset = (last.weekday.rawValue - weekday.rawValue + 7) % 7
            days = first.days(until: last) - offset + (ordinal + 1) * 7
        }
        guard days >= 0, days <= first.days(until: last) else { return nil }
        return first.adding(days: days)
    }
}
