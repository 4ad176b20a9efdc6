extension Schedule {
    /// The rule that other calendars understand alike; nil where none says the same, since none knows working days.
    ///
    /// "The 31st or the last day" becomes the last of the days that every month has (BYSETPOS=-1).
    package var standardRule: RecurrenceRule? {
        guard let rule, workingDays == .none else { return nil }
        let days = rule.effectiveMonthDays(from: start)
        guard monthEnd == .lastDay, days.contains(where: { $0 > 28 }) else { return rule }
        let isEachMonth = rule.frequency == .monthly
        let isOneMonth =
            rule.frequency == .yearly && rule.months.count < 2
            && (rule.months.count == 1 || rule.monthDays.isEmpty)
        guard isEachMonth || isOneMonth, days.count == 1, rule.weekdays.isEmpty,
            rule.positions.isEmpty
        else { return nil }
        // Only a rule that is none could be refused, and these parts were taken from one.
        return try? RecurrenceRule(
            rule.frequency,
            every: rule.interval,
            months: isOneMonth && rule.months.isEmpty ? [start.monthOfYear] : rule.months,
            monthDays: Array(28...days[0]),
            positions: [-1],
            end: rule.end,
            weekStart: rule.weekStart
        )
    }
}
