extension BudgetCalendar {
    /// - Source: ISO 8601 for weeks that begin on a Monday: a week belongs to the year of its fourth day. Other
    ///   weeks are numbered by the same rule.
    func name(_ ordinal: Int, first: LocalDate) -> String {
        switch length {
        case .week:
            let fourth = first.adding(days: 3)
            let january = LocalDate(year: fourth.year, month: 1, day: 1) ?? fourth
            return "\(fourth.year)-W\(Self.twoDigits(january.days(until: fourth) / 7 + 1))"
        case .month: return "\(ordinal / 12)-\(Self.twoDigits(ordinal % 12 + 1))"
        case .quarter: return "\(ordinal / 4)-Q\(ordinal % 4 + 1)"
        case .year: return "\(ordinal)"
        }
    }

    /// The period that `name` is the name of; nil for any other text.
    ///
    /// The first and the last period, which the range of dates may cut off, need not be found.
    package func period(named name: some StringProtocol) -> BudgetPeriod? {
        guard let guess = date(inPeriodNamed: name) else { return nil }
        let period = period(containing: guess)
        // The name that comes back settles it: week 53 of a short year, `2026-3` and the like have none.
        for candidate in [previous(before: period), period, next(after: period)] {
            if let candidate, candidate.name == name { return candidate }
        }
        return nil
    }

    /// A day that is in the period or at most one period away from it.
    private func date(inPeriodNamed name: some StringProtocol) -> LocalDate? {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard let first = parts.first, let year = Int(first), (1899...2200).contains(year) else {
            return nil
        }
        let held = min(max(year, 1900), 2199)
        guard parts.count == 2 else { return LocalDate(year: held, month: 7, day: 1) }
        let digits = parts[1].drop { $0 == "Q" || $0 == "W" }
        guard let number = Int(digits), (1...53).contains(number) else { return nil }
        let january = LocalDate(year: held, month: 1, day: 4) ?? .earliest
        switch length {
        case .week: return january.adding(days: (number - 1) * 7)
        case .month: return january.month.adding(months: number - 1).firstDay.adding(days: 14)
        case .quarter: return january.month.adding(months: number * 3 - 2).firstDay
        case .year: return nil
        }
    }

    private static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
