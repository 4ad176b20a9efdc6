/// The days of a rule from a day on, found as they are asked for.
///
/// It ends with the rule, or with the range of `LocalDate`: an impossible rule ends there too.
///
/// - Complexity: the first day costs a period, however far it lies from the beginning of the rule; of rules with a
///   count those whose periods differ are walked from their beginning, which the count bounds.
package struct RecurrenceDates: Sequence, IteratorProtocol {
    private let periods: RecurrencePeriods
    private let from: LocalDate
    private let last: LocalDate
    private var period = 0
    /// How many days the rule's count leaves; nil without a count.
    private var left: Int?
    private var dates: [LocalDate] = []
    private var position = 0
    private var isOver = false

    package init(
        _ rule: RecurrenceRule,
        startingOn start: LocalDate,
        monthEnd: MonthEnd = .skip,
        from: LocalDate? = nil
    ) {
        periods = RecurrencePeriods(rule, from: start, monthEnd: monthEnd)
        self.from = Swift.max(from ?? start, start)
        if case .until(let day) = rule.end { last = day } else { last = .latest }
        if case .count(let count) = rule.end {
            left = count
            skipCounted()
        } else {
            period = periods.index(by: self.from)
        }
    }

    /// Goes to the period of `from` where the days before it can be counted without a walk.
    private mutating func skipCounted() {
        let target = periods.index(by: from)
        guard target > 0, let each = periods.constantCount, let count = left,
            periods.append(period: 0, to: &dates)
        else { return }
        let passed = dates.count { $0 >= periods.start } + (target - 1) * each
        left = Swift.max(count - passed, 0)
        dates.removeAll()
        period = target
    }

    package mutating func next() -> LocalDate? {
        while !isOver {
            guard position < dates.count else {
                fill()
                continue
            }
            let date = dates[position]
            position += 1
            guard date >= periods.start else { continue }
            guard date <= last, left != 0 else { break }
            if let count = left { left = count - 1 }
            if date >= from { return date }
        }
        isOver = true
        return nil
    }

    private mutating func fill() {
        dates.removeAll(keepingCapacity: true)
        position = 0
        if left == 0 || !periods.append(period: period, to: &dates) { isOver = true }
        period += 1
    }
}
