import Ledger
import Testing

struct ScheduleTests {
    private func schedule(
        _ rule: String,
        from start: LocalDate,
        _ monthEnd: MonthEnd = .lastDay,
        _ workingDays: WorkingDayPolicy = .none,
        _ calendar: HolidayCalendar = .weekends
    ) throws -> Schedule {
        Schedule(
            start: start,
            rule: try RecurrenceRule(rule),
            monthEnd: monthEnd,
            workingDays: workingDays,
            calendar: calendar
        )
    }

    private func days(_ schedule: Schedule, _ count: Int) -> [LocalDate] {
        schedule.walk().prefix(count).map(\.date)
    }

    @Test
    func `the 31st in a short month is its last day or none, as the schedule says`() throws {
        let last = try schedule("FREQ=MONTHLY", from: 2023_12_31, .lastDay)
        let skip = try schedule("FREQ=MONTHLY", from: 2023_12_31, .skip)
        let leap = try schedule("FREQ=YEARLY", from: 2024_02_29, .lastDay)
        let both = try schedule("FREQ=MONTHLY;BYMONTHDAY=30,31", from: 2024_01_30, .lastDay)

        #expect(days(last, 4) == [2023_12_31, 2024_01_31, 2024_02_29, 2024_03_31])
        #expect(days(skip, 4) == [2023_12_31, 2024_01_31, 2024_03_31, 2024_05_31])
        #expect(days(leap, 3) == [2024_02_29, 2025_02_28, 2026_02_28])
        #expect(days(both, 4) == [2024_01_30, 2024_01_31, 2024_02_29, 2024_03_30])
    }

    @Test
    func `without a rule it comes once`() {
        let once = Schedule(start: 2026_05_05, added: [2026_07_01])

        #expect(days(once, 9) == [2026_05_05, 2026_07_01])
        #expect(once.next(after: 2026_05_04)?.date == 2026_05_05)
        #expect(once.next(after: 2026_07_01) == nil)
    }

    @Test
    func `days are put in and left out, each once`() throws {
        let schedule = Schedule(
            start: 2026_01_10,
            rule: try RecurrenceRule("FREQ=MONTHLY;COUNT=4"),
            added: [2026_02_10, 2026_02_20, 2025_12_31, 2026_09_09],
            removed: [2026_03_10, 2026_09_09]
        )

        #expect(
            days(schedule, 9)
                == [2025_12_31, 2026_01_10, 2026_02_10, 2026_02_20, 2026_04_10]
        )
    }

    @Test(arguments: [
        (WorkingDayPolicy.none, 2026_05_30, 2026_05_31), (.next, 2026_06_01, 2026_06_01),
        (.previous, 2026_05_29, 2026_05_29), (.nearest, 2026_05_29, 2026_06_01),
        (.nextInMonth, 2026_05_29, 2026_05_29),
    ])
    func `a weekend is moved by the policy`(
        policy: WorkingDayPolicy,
        saturday: LocalDate,
        sunday: LocalDate
    ) {
        #expect(policy.adjusted(2026_05_30, in: .weekends) == saturday)
        #expect(policy.adjusted(2026_05_31, in: .weekends) == sunday)
        #expect(policy.adjusted(2026_05_28, in: .weekends) == 2026_05_28)
    }

    @Test
    func `holidays of the country move a payment too`() throws {
        // Good Friday to Easter Monday 2026: 3 to 6 April.
        let policy = WorkingDayPolicy.next

        #expect(policy.adjusted(2026_04_03, in: .germany) == 2026_04_07)
        #expect(policy.adjusted(2026_04_03, in: .france) == 2026_04_03)
        #expect(WorkingDayPolicy.previous.adjusted(2026_04_06, in: .target) == 2026_04_02)
        #expect(WorkingDayPolicy.nearest.adjusted(2026_10_03, in: .germany) == 2026_10_02)
        #expect(WorkingDayPolicy.nextInMonth.adjusted(2027_01_01, in: .england) == 2027_01_04)
    }

    @Test
    func `at the ends of the calendar a day stays where it is`() {
        #expect(WorkingDayPolicy.previous.adjusted(.earliest, in: .germany) == .earliest)
        #expect(WorkingDayPolicy.next.adjusted(.latest, in: .germany) == .latest)
    }

    @Test
    func `an occurrence is found by the day it is moved to, and known by its own`() throws {
        let salary = try schedule("FREQ=MONTHLY;BYMONTHDAY=-1", from: 2026_01_31, .skip, .next)
        let june = DateSpan.days(2026_06_01, 2026_06_30)

        // 31 May 2026 is a Sunday.
        let found = salary.occurrences(in: june)

        #expect(
            found == [
                Occurrence(nominal: 2026_05_31, date: 2026_06_01),
                Occurrence(nominal: 2026_06_30, date: 2026_06_30),
            ]
        )
        #expect(salary.next(after: 2026_05_31)?.nominal == 2026_05_31)
        #expect(salary.next(after: 2026_06_01)?.nominal == 2026_06_30)
    }

    @Test(arguments: WorkingDayPolicy.allCases, HolidayCalendar.allCases)
    func `the months of a schedule hold what the whole holds`(
        policy: WorkingDayPolicy,
        calendar: HolidayCalendar
    ) throws {
        let schedule = try schedule(
            "FREQ=WEEKLY;BYDAY=SA,TH",
            from: 2025_11_01,
            .skip,
            policy,
            calendar
        )
        let months = DateSpan.days(2025_11_01, 2028_02_29).months

        let whole = schedule.occurrences(in: .days(2025_11_01, 2028_02_29))
        let parts = months.flatMap { schedule.occurrences(in: DateSpan($0)) }

        #expect(whole == parts)
        #expect(whole.count > 230)
        #expect(policy == .none || whole.allSatisfy { calendar.isWorkingDay($0.date) })
    }

    @Test
    func `thirty years of a daily rule are there, and a day decades later is found at once`() throws
    {
        let daily = try schedule("FREQ=DAILY", from: 1990_01_01)
        let counted = try schedule("FREQ=MONTHLY;COUNT=500", from: 1990_01_31)

        let found = daily.occurrences(in: .days(1990_01_01, 2019_12_31))
        // A walk from 1990 would take 60 000 steps each time, and minutes in all.
        for _ in 0..<1_000 {
            #expect(daily.next(after: 2150_01_01)?.date == 2150_01_02)
            #expect(counted.next(after: 2031_07_01)?.date == 2031_07_31)
        }

        #expect(found.count == 10_957)
        #expect(found.last?.date == 2019_12_31)
        #expect(
            counted.occurrences(in: .days(2031_01_01, 2099_01_01)).map(\.date).last
                == 2031_08_31
        )
    }
}

struct StandardRuleTests {
    @Test(
        arguments: [
            ("FREQ=MONTHLY", 2026_01_31, "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
            ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=30", 2026_01_30, nil),
            ("FREQ=YEARLY", 2024_02_29, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"),
            ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=31", 2024_02_29, nil),
            ("FREQ=MONTHLY", 2026_01_28, "FREQ=MONTHLY"),
            ("FREQ=WEEKLY;BYDAY=MO", 2026_01_31, "FREQ=WEEKLY;BYDAY=MO"),
        ] as [(String, LocalDate, String?)]
    )
    func `a last day is spelled so that others find the same days`(
        text: String,
        start: LocalDate,
        spelling: String?
    ) throws {
        let schedule = Schedule(start: start, rule: try RecurrenceRule(text))

        let standard = try #require(schedule.standardRule)
        let days = Array(RecurrenceDates(standard, startingOn: start).prefix(40))

        #expect(spelling == nil || standard.description == spelling)
        #expect(days == schedule.walk().prefix(40).map(\.nominal))
    }

    @Test
    func `what others do not know has no such rule`() throws {
        let several = try RecurrenceRule("FREQ=MONTHLY;BYMONTHDAY=1,31")
        let monthly = try RecurrenceRule("FREQ=MONTHLY")

        #expect(Schedule(start: 2026_01_31, rule: several).standardRule == nil)
        #expect(Schedule(start: 2026_01_31, rule: several, monthEnd: .skip).standardRule == several)
        #expect(Schedule(start: 2026_01_31, rule: monthly, workingDays: .next).standardRule == nil)
        #expect(Schedule(start: 2026_01_31).standardRule == nil)
    }
}
