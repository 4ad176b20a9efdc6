import Ledger
import Testing

struct MonthTests {
    @Test
    func `every month begins and ends where it should`() throws {
        for year in 1900...2199 {
            for number in 1...12 {
                let month = try #require(Month(year: year, month: number))
                #expect(month.year == year && month.month == number)
                #expect(month.firstDay.day == 1 && month.firstDay.month == month)
                #expect(month.lastDay.month == month)
                #expect(month.lastDay == .latest || month.lastDay.adding(days: 1).day == 1)
            }
        }
        #expect(Month(year: 2024, month: 13) == nil)
        #expect(Month(year: 1899, month: 12) == nil)
    }

    @Test(arguments: [
        ("2024-01-31", 1, "2024-02"), ("2024-01-31", -1, "2023-12"), ("2024-12-01", 1, "2025-01"),
        ("2024-06-15", 1_000_000, "2199-12"), ("2024-06-15", -1_000_000, "1900-01"),
        ("2024-06-15", Int.max, "2199-12"), ("2024-06-15", Int.min, "1900-01"),
    ])
    func `adding months is held to the range`(day: String, months: Int, expected: String) throws {
        let month = try #require(LocalDate(day)).month

        #expect(month.adding(months: months).description == expected)
    }

    @Test
    func `months sort and count as they follow each other`() throws {
        let start = try #require(Month(year: 2023, month: 11))
        let end = try #require(Month(year: 2024, month: 2))

        #expect(start < end)
        #expect(start.months(until: end) == 3)
        #expect(end.months(until: start) == -3)
        #expect(start.adding(months: 3) == end)
    }
}

struct DateSpanTests {
    private func span(_ first: Int, _ last: Int) throws -> DateSpan {
        let start = try #require(LocalDate(daysSince1970: first))
        let end = try #require(LocalDate(daysSince1970: last))
        return try #require(DateSpan(start, end))
    }

    @Test
    func `a span does not end before it begins`() throws {
        let day = try #require(LocalDate("2024-05-05"))

        #expect(DateSpan(day, day.adding(days: -1)) == nil)
        #expect(DateSpan(day, day)?.dayCount == 1)
    }

    /// Every day of the span is in exactly one grain, and no other day is.
    private func check(_ span: DateSpan) {
        let (months, edges) = span.grains
        var days: [LocalDate] = edges.flatMap { edge in
            (0..<edge.dayCount).map { edge.first.adding(days: $0) }
        }
        if let months {
            #expect(months.first <= months.last)
            for index in 0...months.first.months(until: months.last) {
                let month = DateSpan(months.first.adding(months: index))
                days += (0..<month.dayCount).map { month.first.adding(days: $0) }
            }
        }
        #expect(days.count == span.dayCount, "\(span)")
        #expect(Set(days).count == days.count, "\(span)")
        #expect(days.allSatisfy(span.contains), "\(span)")
        #expect(edges.count <= 2)
        #expect(months == nil || edges.allSatisfy { $0.dayCount < 31 })
    }

    @Test
    func `grains cover a span without overlap`() throws {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<1_500 {
            let first = Int.random(in: -25_567...84_005, using: &generator)
            let length = Int.random(
                in: 0...[3, 40, 120, 800].randomElement(using: &generator)!,
                using: &generator
            )
            check(try span(first, min(first + length, 84_005)))
        }
    }

    @Test(arguments: [
        (-25_567, -25_567), (-25_567, -25_537), (84_000, 84_005), (83_975, 84_005),
        (-25_567, -25_000),
    ])
    func `grains keep within the range at its ends`(first: Int, last: Int) throws {
        check(try span(first, last))
    }

    @Test
    func `a whole year is twelve months and no days`() throws {
        let first = try #require(LocalDate("2024-01-01"))
        let last = try #require(LocalDate("2024-12-31"))
        let year = try #require(DateSpan(first, last))

        #expect(year.grains.edges.isEmpty)
        #expect(year.months.count == 12)
        #expect(year.grains.months?.first.description == "2024-01")
        #expect(year.grains.months?.last.description == "2024-12")
    }
}
