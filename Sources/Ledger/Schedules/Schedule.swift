/// One time at which a schedule comes.
package struct Occurrence: Hashable, Sendable {
    /// The day that the rule names: what the occurrence is known by, wherever it is moved.
    package let nominal: LocalDate
    /// The day on which it is expected, a working day if the schedule asks for one.
    package let date: LocalDate

    package init(nominal: LocalDate, date: LocalDate) {
        self.nominal = nominal
        self.date = date
    }
}

/// When something is expected: once, or by a rule, with days put in and left out.
package struct Schedule: Hashable, Sendable {
    package let start: LocalDate
    /// Nil: once, on `start`.
    package let rule: RecurrenceRule?
    package let monthEnd: MonthEnd
    package let workingDays: WorkingDayPolicy
    package let calendar: HolidayCalendar
    /// More days, as RDATE of RFC 5545.
    package let added: Set<LocalDate>
    /// Days of the rule that are left out, as EXDATE of RFC 5545; by their nominal day.
    package let removed: Set<LocalDate>

    package init(
        start: LocalDate,
        rule: RecurrenceRule? = nil,
        monthEnd: MonthEnd = .lastDay,
        workingDays: WorkingDayPolicy = .none,
        calendar: HolidayCalendar = .weekends,
        added: Set<LocalDate> = [],
        removed: Set<LocalDate> = []
    ) {
        self.start = start
        self.rule = rule
        self.monthEnd = monthEnd
        self.workingDays = workingDays
        self.calendar = calendar
        self.added = added
        self.removed = removed
    }

    /// The occurrences from a nominal day on, found as they are asked for.
    package func walk(from day: LocalDate? = nil) -> ScheduleWalk {
        ScheduleWalk(self, from: day ?? .earliest)
    }

    /// The occurrences that are expected in a stretch of days.
    package func occurrences(in span: DateSpan) -> [Occurrence] {
        let end = span.last.adding(days: reach)
        var found: [Occurrence] = []
        for occurrence in walk(from: span.first.adding(days: -reach)) {
            if occurrence.nominal > end { break }
            if span.contains(occurrence.date) { found.append(occurrence) }
        }
        return found
    }

    /// The first occurrence that is expected after a day.
    package func next(after day: LocalDate) -> Occurrence? {
        guard day < .latest else { return nil }
        return walk(from: day.adding(days: 1 - reach)).first { $0.date > day }
    }

    /// How far from its nominal day an occurrence may be expected.
    private var reach: Int { workingDays == .none ? 0 : WorkingDayPolicy.reach }
}

/// The occurrences of a schedule in the order of their nominal days.
package struct ScheduleWalk: Sequence, IteratorProtocol {
    private let schedule: Schedule
    private var dates: RecurrenceDates?
    private var byRule: LocalDate?
    /// Days beside the rule, the last first.
    private var beside: [LocalDate]

    init(_ schedule: Schedule, from day: LocalDate) {
        self.schedule = schedule
        var beside = schedule.added
        if schedule.rule == nil { beside.insert(schedule.start) }
        self.beside = beside.filter { $0 >= day }.sorted(by: >)
        dates = schedule.rule.map {
            RecurrenceDates(
                $0,
                startingOn: schedule.start,
                monthEnd: schedule.monthEnd,
                from: day
            )
        }
        byRule = dates?.next()
    }

    package mutating func next() -> Occurrence? {
        while let nominal = nextNominal() {
            guard !schedule.removed.contains(nominal) else { continue }
            let date = schedule.workingDays.adjusted(nominal, in: schedule.calendar)
            return Occurrence(nominal: nominal, date: date)
        }
        return nil
    }

    private mutating func nextNominal() -> LocalDate? {
        guard let added = beside.last else {
            defer { byRule = dates?.next() }
            return byRule
        }
        guard let ruled = byRule, ruled <= added else {
            beside.removeLast()
            return added
        }
        if ruled == added { beside.removeLast() }
        byRule = dates?.next()
        return ruled
    }
}
