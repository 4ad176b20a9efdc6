import Ledger
import Testing

struct LocalDateTests {
    /// Counts through every day of three hundred years, the slow way.
    @Test
    func `every day of the range agrees with a calendar that counts`() throws {
        var (year, month, day, weekday) = (1900, 1, 1, 0)  // A Monday.
        var days = Int(LocalDate.earliest.daysSince1970)
        var mistakes = 0
        while days <= Int(LocalDate.latest.daysSince1970) {
            let date = try #require(LocalDate(daysSince1970: days))
            let isRight =
                date.parts == (year, month, day)
                && LocalDate(year: year, month: month, day: day) == date
                && date.weekday.rawValue == weekday
            if !isRight { mistakes += 1 }
            days += 1
            weekday = (weekday + 1) % 7
            day += 1
            if day > Self.length(of: month, year) { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }

        #expect(mistakes == 0)
        #expect((year, month, day) == (2200, 1, 1))
        #expect(LocalDate("1970-01-01")?.daysSince1970 == 0)
    }

    private static func length(of month: Int, _ year: Int) -> Int {
        if month == 2 {
            let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            return isLeap ? 29 : 28
        }
        return [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    @Test(arguments: [
        "2026-02-30", "2025-02-29", "1900-02-29", "2024-00-01", "2024-13-01", "2024-01-00",
        "2024-01-32",
        "1899-12-31", "2200-01-01", "2024-1-01", "2024-01-1", "20240101", "2024/01/01",
        "2024-01-01T00:00", " 2024-01-01",
        "-024-01-01", "+024-01-01", "２０24-01-01", "", "abcd-ef-gh",
    ])
    func `a day that no calendar has is none`(text: String) {
        #expect(LocalDate(text) == nil)
    }

    @Test
    func `text goes out as it came in`() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<3_000 {
            let days = Int.random(in: -25_567...84_005, using: &generator)
            let date = try #require(LocalDate(daysSince1970: days))
            #expect(LocalDate(date.description) == date)
            #expect(date.description.utf8.count == 10)
        }
    }

    @Test
    func `adding days is held to the range and undone by subtracting them`() throws {
        let date = try #require(LocalDate("2024-02-28"))

        #expect(date.adding(days: 2).description == "2024-03-01")
        #expect(date.adding(days: -59).description == "2023-12-31")
        #expect(date.adding(days: .max) == .latest)
        #expect(date.adding(days: .min) == .earliest)
        #expect(date.days(until: date.adding(days: 1_000)) == 1_000)
        #expect(LocalDate(daysSince1970: Int(LocalDate.latest.daysSince1970) + 1) == nil)
        #expect(LocalDate(daysSince1970: .min) == nil)
    }

    @Test
    func `days sort as they follow each other`() throws {
        let early = try #require(LocalDate("1969-12-31"))
        let late = try #require(LocalDate("1970-01-01"))

        #expect(early < late)
        #expect(!(late < early))
    }

    @Test
    func `the days of the week have names`() {
        for day in Weekday.allCases { #expect(Weekday(name: day.name) == day) }
        #expect(Weekday(name: "Monday") == nil)
    }
}
