/// Cuts time into the periods that a household plans in.
///
/// Quarters and years are three and twelve budget months, so they begin on the household's day too.
package struct BudgetCalendar: Sendable {
    package enum Length: Hashable, Sendable {
        case week(startingOn: Weekday)
        case month, quarter, year
    }

    package enum MonthStart: Hashable, Sendable {
        /// - Range: 1...28, the days that every month has.
        case day(Int)
        /// The last working day of the month before: pay day.
        case lastWorkingDay
    }

    package let length: Length
    package let monthStart: MonthStart
    private let workingDays: WorkingDays

    /// Nil when the day is not one that every month has.
    package init?(
        _ length: Length = .month,
        monthStart: MonthStart = .day(1),
        workingDays: WorkingDays = .weekdays
    ) {
        if case .day(let day) = monthStart, !(1...28).contains(day) { return nil }
        self.length = length
        self.monthStart = monthStart
        self.workingDays = workingDays
    }

    package func period(containing date: LocalDate) -> BudgetPeriod {
        let ordinal = ordinal(of: date)
        // The period of a date that exists has a first and a last day, held to the range of dates.
        let first = firstDay(ordinal) ?? .earliest
        let last = firstDay(ordinal + 1)?.adding(days: -1) ?? .latest
        return BudgetPeriod(
            name: name(ordinal, first: first),
            span: DateSpan(first, last) ?? DateSpan(first.month),
            ordinal: ordinal
        )
    }

    /// Nil past the range of `LocalDate`.
    package func next(after period: BudgetPeriod) -> BudgetPeriod? {
        guard period.span.last < .latest else { return nil }
        return self.period(containing: period.span.last.adding(days: 1))
    }

    /// Nil before the range of `LocalDate`.
    package func previous(before period: BudgetPeriod) -> BudgetPeriod? {
        guard period.span.first > .earliest else { return nil }
        return self.period(containing: period.span.first.adding(days: -1))
    }

    /// How many periods there are from one to the one that holds a date, both counted; 0 when it is over.
    package func periods(from period: BudgetPeriod, through date: LocalDate) -> Int {
        max(ordinal(of: date) - period.ordinal + 1, 0)
    }
}

// MARK: Where periods begin

extension BudgetCalendar {
    private func ordinal(of date: LocalDate) -> Int {
        switch length {
        case .week(let first):
            // 1970-01-01 was a Thursday, three days after the Monday that `Weekday` counts from.
            return Self.floor(Int(date.daysSince1970) + 3 - first.rawValue, by: 7)
        case .month: return monthOrdinal(of: date)
        case .quarter: return Self.floor(monthOrdinal(of: date), by: 3)
        case .year: return Self.floor(monthOrdinal(of: date), by: 12)
        }
    }

    private func firstDay(_ ordinal: Int) -> LocalDate? {
        switch length {
        case .week(let first):
            let days = ordinal * 7 - 3 + first.rawValue
            return days < Int(LocalDate.earliest.daysSince1970)
                ? .earliest : LocalDate(daysSince1970: days)
        case .month: return firstDay(ofMonth: ordinal)
        case .quarter: return firstDay(ofMonth: ordinal * 3)
        case .year: return firstDay(ofMonth: ordinal * 12)
        }
    }

    /// The month, counted from January of the year 0, after which a date's budget month is named.
    private func monthOrdinal(of date: LocalDate) -> Int {
        let (year, month, _) = date.parts
        let own = year * 12 + month - 1
        if let next = firstDay(ofMonth: own + 1), next <= date { return own + 1 }
        if let first = firstDay(ofMonth: own), first <= date { return own }
        return own - 1
    }

    /// A month that begins late in a month is named after the next, where most of its days lie.
    private var beginsInTheMonthBefore: Bool {
        guard case .day(let day) = monthStart else { return true }
        return day > 15
    }

    /// The earliest date for a month that begins before it; nil for one that begins after the latest.
    private func firstDay(ofMonth ordinal: Int) -> LocalDate? {
        let calendar = beginsInTheMonthBefore ? ordinal - 1 : ordinal
        guard calendar >= 1900 * 12 else { return .earliest }
        guard let month = Month(year: calendar / 12, month: calendar % 12 + 1) else { return nil }
        switch monthStart {
        case .day(let day): return month.firstDay.adding(days: day - 1)
        case .lastWorkingDay: return workingDays.last(of: month)
        }
    }

    private static func floor(_ number: Int, by divisor: Int) -> Int {
        let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? quotient - 1 : quotient
    }
}
