import Ledger
import Testing

struct BudgetCalendarTests {
    /// Every kind of period with every kind of month, and weeks, which do not ask when a month begins.
    private static let calendars: [BudgetCalendar] = {
        let starts =
            [1, 2, 15, 16, 28].map { BudgetCalendar.MonthStart.day($0) } + [.lastWorkingDay]
        let months = [BudgetCalendar.Length.month, .quarter, .year].flatMap { length in
            starts.compactMap { BudgetCalendar(length, monthStart: $0) }
        }
        return months + Weekday.allCases.compactMap { BudgetCalendar(.week(startingOn: $0)) }
    }()

    private func date(_ text: String) throws -> LocalDate {
        try #require(LocalDate(text))
    }

    private func month(_ name: String) throws -> BudgetPeriod {
        let calendar = try #require(BudgetCalendar())
        return try #require(calendar.period(named: name))
    }

    @Test(arguments: calendars)
    func `every day is in one period, and periods follow each other`(
        calendar: BudgetCalendar
    ) throws {
        var period = calendar.period(containing: .earliest)
        #expect(period.span.first == .earliest)
        #expect(calendar.previous(before: period) == nil)
        // The first may be cut off by the range of dates and share the name of the next.
        var names: Set<String> = []
        while let next = calendar.next(after: period) {
            // One comparison a period: a year of weeks over three centuries is many.
            let follows =
                next.ordinal == period.ordinal + 1 && period < next
                && next.span.first == period.span.last.adding(days: 1)
                && calendar.previous(before: next) == period
                && calendar.period(containing: next.span.last) == next
                && names.insert(next.name).inserted
            try #require(follows, "\(next)")
            period = next
        }
        #expect(period.span.last == .latest)
    }

    @Test(arguments: calendars)
    func `a period is found by its name`(calendar: BudgetCalendar) throws {
        var period: BudgetPeriod? = calendar.period(containing: try date("2019-06-15"))
        for _ in 0..<700 {
            guard let known = period else { break }
            if calendar.period(named: known.name) != known { Issue.record("\(known)") }
            period = calendar.next(after: known)
        }
    }

    @Test(arguments: [
        "", "2026", "2026-3", "2026-13", "2026-00", "2026-W10", "2026-Q1", "2026-03-01", "26-03",
        "9999-01", "0000-01", "-2026-01", "2026-+3", "２０２６-03",
    ])
    func `what is no month's name finds none`(name: String) throws {
        let calendar = try #require(BudgetCalendar())

        #expect(calendar.period(named: name) == nil)
    }

    @Test
    func `week 53 is only in years that have one`() throws {
        let calendar = try #require(BudgetCalendar(.week(startingOn: .monday)))

        #expect(calendar.period(named: "2026-W53")?.span.first.description == "2026-12-28")
        #expect(calendar.period(named: "2025-W53") == nil)
        #expect(calendar.period(named: "2025-W00") == nil)
    }

    @Test(arguments: [0, 29, -1])
    func `a month begins on a day that every month has`(day: Int) {
        #expect(BudgetCalendar(monthStart: .day(day)) == nil)
    }

    @Test
    func `holidays move pay day`() throws {
        let holiday = try date("2026-12-31")
        let days = WorkingDays { $0 != holiday && WorkingDays.weekdays.isWorkingDay($0) }
        let calendar = try #require(
            BudgetCalendar(monthStart: .lastWorkingDay, workingDays: days)
        )

        #expect(calendar.period(named: "2027-01")?.span.first.description == "2026-12-30")
    }

    @Test
    func `a month in which nobody works ends on its last day`() throws {
        let month = try date("2026-02-10").month

        #expect(WorkingDays { _ in false }.last(of: month) == month.lastDay)
        #expect(WorkingDays { $0 == month.firstDay }.last(of: month) == month.firstDay)
    }

    @Test
    func `the count of a weekday agrees with counting`() throws {
        let calendar = try #require(BudgetCalendar(monthStart: .day(25)))
        var period = calendar.period(containing: try date("2024-01-01"))
        for _ in 0..<60 {
            for weekday in Weekday.allCases {
                let counted = (0..<period.span.dayCount)
                    .count { period.span.first.adding(days: $0).weekday == weekday }
                #expect(period.count(of: weekday) == counted)
            }
            period = try #require(calendar.next(after: period))
        }
    }

    @Test
    func `days gone and left are held to the period`() throws {
        let period = try month("2026-02")

        for (day, gone) in [
            ("2026-01-31", 0), ("2026-02-01", 1), ("2026-02-28", 28), ("2026-03-01", 28),
        ] {
            #expect(try period.daysGone(on: date(day)) == gone)
            #expect(try period.daysLeft(on: date(day)) == 28 - gone)
        }
    }

    @Test
    func `a period that is over has no allowance, one that has not begun the whole`() throws {
        let period = try month("2026-02")
        let budget = Money.eur(28_00)

        let over = try BudgetPace(
            budget: budget,
            spent: .eur(0),
            in: period,
            on: date("2026-03-01")
        )
        let ahead = try BudgetPace(
            budget: budget,
            spent: .eur(0),
            in: period,
            on: date("2026-01-01")
        )

        #expect(over.perDay == nil)
        #expect(ahead.perDay == .eur(1_00))
        #expect(ahead.expected == .eur(0))
        #expect(ahead.goneBasisPoints == 0)
    }
}
