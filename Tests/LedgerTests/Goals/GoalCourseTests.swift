import Ledger
import Testing

struct GoalCourseTests {
    private func month(_ text: String) throws -> Month {
        try #require(LocalDate(text + "-01")).month
    }

    private func course(
        _ target: Int64?,
        from start: String = "2026-01",
        by end: String? = "2026-03",
        now: String = "2026-01",
        _ contributed: [String: Int64] = [:]
    ) throws -> GoalCourse {
        GoalCourse(
            currency: .eur,
            target: target.map { .eur($0) },
            start: try month(start),
            end: try end.map(month),
            now: try month(now),
            contributed: Dictionary(
                uniqueKeysWithValues: try contributed.map { (try month($0.key), .eur($0.value)) }
            )
        )
    }

    @Test func `a path has even parts, rounded up, and the last takes the rest`() throws {
        let course = try course(10_000)

        let planned = try ["2025-12", "2026-01", "2026-02", "2026-03", "2026-04"].map {
            try course.planned(through: month($0))
        }

        #expect(planned == [.eur(0), .eur(3_334), .eur(6_668), .eur(10_000), .eur(10_000)])
    }

    @Test func `what was there before the first month counts`() throws {
        let course = try course(10_000, ["2025-11": 4_000])

        #expect(try course.planned(through: month("2025-12")) == .eur(4_000))
        #expect(try course.planned(through: month("2026-01")) == .eur(6_000))
        #expect(try course.suggestion()?.monthly == .eur(2_000))
    }

    @Test func `what was taken off as the path began is of the time before`() throws {
        let course = GoalCourse(
            currency: .eur,
            target: .eur(12_000),
            start: try month("2026-09"),
            end: try month("2027-02"),
            now: try month("2026-09"),
            contributed: [try month("2026-03"): .eur(12_000), try month("2026-09"): .eur(-11_000)],
            settled: .eur(-12_000)
        )

        #expect(try course.suggestion()?.monthly == .eur(2_000))
        #expect(try course.suggestion()?.due == .eur(1_000))
        #expect(try course.planned(through: month("2026-09")) == .eur(2_000))
        #expect(try course.saved() == .eur(1_000))
    }

    @Test func `the suggestion stays while money comes in, and what is due shrinks`() throws {
        let empty = try #require(try course(30_000).suggestion())
        let half = try #require(try course(30_000, ["2026-01": 4_000]).suggestion())
        let more = try #require(try course(30_000, ["2026-01": 12_000]).suggestion())
        let next = try course(30_000, now: "2026-02", ["2026-01": 4_000]).suggestion()

        #expect(empty.monthly == .eur(10_000) && empty.due == .eur(10_000))
        #expect(half.monthly == .eur(10_000) && half.due == .eur(6_000))
        #expect(more.monthly == .eur(10_000) && more.due == .eur(0))
        #expect(next?.monthly == .eur(13_000))
    }

    @Test func `once the day is past all that is missing is due now`() throws {
        let course = try course(10_000, now: "2026-06", ["2026-02": 2_500])

        #expect(course.monthsLeft == 0)
        #expect(try course.suggestion()?.monthly == .eur(7_500))
        #expect(try course.pace() == .behind)
        #expect(try course.behindBy() == .eur(7_500))
    }

    @Test func `nothing is asked before the path begins`() throws {
        let course = try course(10_000, from: "2026-06", by: "2026-07")

        #expect(try course.suggestion()?.monthly == .eur(5_000))
        #expect(try course.suggestion()?.due == .eur(0))
        #expect(try course.pace() == .onTrack)
    }

    @Test(
        arguments: [
            (0, .behind), (3_333, .behind), (3_334, .onTrack), (6_668, .onTrack), (6_669, .ahead),
            (10_000, .reached), (12_000, .reached),
        ] as [(Int64, GoalCourse.Pace)]
    )
    func `the pace is told against the end of last month and of this`(
        cents: Int64,
        pace: GoalCourse.Pace
    ) throws {
        let course = try course(10_000, now: "2026-02", ["2026-01": cents])

        #expect(try course.pace() == pace)
    }

    @Test func `without a target or a day there is no path`() throws {
        for course in [try course(nil), try course(10_000, by: nil)] {
            #expect(try course.pace() == .open)
            #expect(try course.suggestion() == nil)
            #expect(try course.planned(through: month("2026-02")) == nil)
            #expect(try course.rows(isProjected: true).allSatisfy { $0.planned == nil })
        }
    }

    @Test func `it arrives when the rest has come`() throws {
        let unpaid = try course(10_000, by: nil, ["2025-12": 1_000])
        let paid = try course(10_000, by: nil, ["2026-01": 1_000])

        #expect(try unpaid.arrival(at: .eur(3_000)) == month("2026-03"))
        #expect(try paid.arrival(at: .eur(3_000)) == month("2026-04"))
        #expect(try paid.arrival(at: .eur(0)) == nil)
        #expect(try paid.arrival(at: .eur(1)) == nil)
        let later = try course(10_000, by: nil, now: "2026-03", ["2026-01": 500, "2026-02": 1_500])
        #expect(try later.recentPace() == .eur(1_000))
        #expect(try unpaid.recentPace() == nil)
        #expect(try paid.recentPace() == nil)
    }

    /// - Invariant: a path never falls, ends at the target, and is never a whole part ahead of an even one.
    @Test func `random paths end at their target`() throws {
        var generator = SeededGenerator(seed: 25)
        for _ in 0..<300 {
            let months = Int.random(in: 1...120, using: &generator)
            let start = Month(of: .start2026).adding(
                months: Int.random(in: -20...20, using: &generator)
            )
            let end = start.adding(months: months - 1)
            let target = Int64.random(in: 1...5_000_000, using: &generator)
            var contributed: [Month: Money] = [:]
            for _ in 0..<Int.random(in: 0...6, using: &generator) {
                let month = start.adding(months: Int.random(in: -3...6, using: &generator))
                contributed[month] = .eur(Int64.random(in: 0...target, using: &generator))
            }
            let course = GoalCourse(
                currency: .eur,
                target: .eur(target),
                start: start,
                end: end,
                now: start,
                contributed: contributed
            )
            let planned = try (-1..<months).compactMap {
                try course.planned(through: start.adding(months: $0))?.tenThousandths
            }
            let base = try #require(planned.first)
            let last = try #require(planned.last)
            #expect(planned.count == months + 1)
            #expect(zip(planned, planned.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(last == max(base, target * 100))
            let row = try #require(try course.rows(isProjected: true).last)
            let saved = try course.saved().tenThousandths
            #expect(row.month == end)
            #expect(
                row.projected?.tenThousandths == (months == 1 ? saved : max(saved, target * 100))
            )
        }
    }
}

extension LocalDate {
    fileprivate static let start2026 = LocalDate("2026-01-01")!
}

struct MonthlyDayTests {
    private func dates(
        _ day: Int,
        after first: String,
        through last: String,
        limit: Int = 100
    ) throws -> [String] {
        let day = try #require(MonthlyDay(day))
        let (first, last) = (try #require(LocalDate(first)), try #require(LocalDate(last)))
        return day.dates(after: first, through: last, limit: limit).map(\.description)
    }

    @Test func `a short month takes its last day`() throws {
        #expect(
            try dates(31, after: "2028-01-30", through: "2028-04-30") == [
                "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30",
            ]
        )
        #expect(try dates(29, after: "2027-02-01", through: "2027-03-01") == ["2027-02-28"])
    }

    @Test func `the day itself is seen to, and not twice`() throws {
        #expect(try dates(15, after: "2026-03-14", through: "2026-03-15") == ["2026-03-15"])
        #expect(try dates(15, after: "2026-03-15", through: "2026-03-15") == [])
        #expect(try dates(15, after: "2026-03-15", through: "2026-04-14") == [])
        #expect(try dates(15, after: "2026-04-20", through: "2026-03-15") == [])
    }

    @Test func `what was missed comes in order, a few at a time`() throws {
        let all = try dates(1, after: "2025-12-31", through: "2026-12-31")
        let few = try dates(1, after: "2025-12-31", through: "2026-12-31", limit: 3)

        #expect(all.count == 12)
        #expect(few == ["2026-01-01", "2026-02-01", "2026-03-01"])
    }

    @Test func `there is no day but those of a month`() {
        #expect(MonthlyDay(0) == nil && MonthlyDay(32) == nil)
    }

    @Test(arguments: [
        ("2026-01-31", 1, "2026-02-28"), ("2028-02-29", 12, "2029-02-28"),
        ("2026-05-15", 12, "2027-05-15"), ("2026-01-01", -1, "2025-12-01"),
    ])
    func `months are added to a day`(day: String, months: Int, result: String) throws {
        #expect(try #require(LocalDate(day)).adding(months: months).description == result)
    }
}

struct EarmarksTests {
    @Test(
        arguments: [
            (1_000, 400, 600, false, 0), (1_000, 1_000, 0, false, 0), (1_000, 1_001, -1, true, 1),
            (-500, 0, -500, false, 0), (-500, 200, -700, true, 200), (0, 0, 0, false, 0),
        ] as [(Int64, Int64, Int64, Bool, Int64)]
    )
    func `no unit is meant for two things`(
        balance: Int64,
        earmarked: Int64,
        free: Int64,
        isOver: Bool,
        over: Int64
    ) throws {
        let earmarks = try Earmarks(balance: .eur(balance), earmarked: .eur(earmarked))

        #expect(try earmarks.free() == .eur(free))
        #expect(earmarks.isOvercommitted == isOver)
        #expect(try earmarks.overBy() == .eur(over))
    }

    @Test func `currencies are not mixed`() {
        #expect(throws: MoneyError.self) {
            try Earmarks(balance: .eur(1), earmarked: .usd(1))
        }
    }
}
