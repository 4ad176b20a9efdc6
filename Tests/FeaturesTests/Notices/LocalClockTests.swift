import Ledger
import Storage
import Testing

@testable import Features

/// Times of day where people are, over the days on which clocks are put forward and back.
@Suite struct LocalClockTests {
    /// - Parameter text: `2026-03-29 01:30`, in UTC.
    private static func utc(_ text: String) -> Instant {
        let parts = text.split(separator: " ")
        let days = Int64(LocalDate(parts[0])!.daysSince1970)
        let minute = Int64(TimeOfDay.minute(String(parts[1]))!)
        return Instant(microseconds: (days * 1_440 + minute) * 60_000_000)
    }

    @Test(arguments: [
        ("Europe/Vienna", "2026-01-10", "07:00", "2026-01-10 06:00"),
        ("Europe/Vienna", "2026-07-10", "07:00", "2026-07-10 05:00"),
        // Put forward at 02:00: 02:30 is not, and becomes 03:30.
        ("Europe/Vienna", "2026-03-29", "01:59", "2026-03-29 00:59"),
        ("Europe/Vienna", "2026-03-29", "02:30", "2026-03-29 01:30"),
        ("Europe/Vienna", "2026-03-29", "03:00", "2026-03-29 01:00"),
        ("Europe/Vienna", "2026-03-29", "07:00", "2026-03-29 05:00"),
        // Put back at 03:00: 02:30 is twice, and the first counts.
        ("Europe/Vienna", "2026-10-25", "02:30", "2026-10-25 00:30"),
        ("Europe/Vienna", "2026-10-25", "03:00", "2026-10-25 02:00"),
        ("America/New_York", "2026-03-08", "02:30", "2026-03-08 07:30"),
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01 05:30"),
        ("Asia/Kathmandu", "2028-02-29", "07:00", "2028-02-29 01:15"),
        ("Pacific/Kiritimati", "2026-01-01", "00:00", "2025-12-31 10:00"),
        ("Nowhere/At_All", "2026-01-01", "12:00", "2026-01-01 12:00"),
    ])
    func `a time of day is a moment`(
        zone: String,
        day: String,
        time: String,
        moment: String
    )
        throws
    {
        let minute = try #require(TimeOfDay.minute(time))
        let date = try #require(LocalDate(day))

        #expect(LocalClock(zone).instant(on: date, minute: minute) == Self.utc(moment))
    }

    @Test(arguments: [
        ("Europe/Vienna", "2026-03-29 00:59", "2026-03-29 01:59"),
        ("Europe/Vienna", "2026-03-29 01:00", "2026-03-29 03:00"),
        ("Europe/Vienna", "2026-10-25 00:30", "2026-10-25 02:30"),
        ("Europe/Vienna", "2026-10-25 01:30", "2026-10-25 02:30"),
        ("America/Los_Angeles", "2028-03-01 07:59", "2028-02-29 23:59"),
    ])
    func `a moment is a time of day`(zone: String, moment: String, local: String) {
        let (day, minute) = LocalClock(zone).time(at: Self.utc(moment))

        #expect("\(day) \(TimeOfDay.text(minute))" == local)
    }

    @Test(
        arguments: [
            ("22:00", "07:00", "2026-01-10 20:59", nil),
            ("22:00", "07:00", "2026-01-10 21:00", "2026-01-11 06:00"),
            ("22:00", "07:00", "2026-01-11 05:59", "2026-01-11 06:00"),
            ("22:00", "07:00", "2026-01-11 06:00", nil),
            ("13:00", "15:00", "2026-01-10 12:30", "2026-01-10 14:00"),
            ("13:00", "15:00", "2026-01-10 15:30", nil),
            // The night of an hour less, and that of one more.
            ("22:00", "07:00", "2026-03-28 22:00", "2026-03-29 05:00"),
            ("22:00", "07:00", "2026-10-24 21:00", "2026-10-25 06:00"),
            ("22:00", "02:30", "2026-03-28 22:00", "2026-03-29 01:30"),
        ] as [(String, String, String, String?)]
    )
    func `it is quiet until`(from: String, to: String, now: String, end: String?) throws {
        let quiet = try #require(
            QuietHours(
                from: TimeOfDay.minute(from) ?? 0,
                to: TimeOfDay.minute(to) ?? 0
            )
        )

        let found = quiet.end(at: Self.utc(now), in: LocalClock("Europe/Vienna"))

        #expect(found == end.map(Self.utc))
    }

    @Test(arguments: [
        // A day before its hour still belongs to the one before.
        ("2026-01-10 05:59", "2026-01-09 06:00", "2026-01-05 06:00"),
        ("2026-01-10 06:00", "2026-01-10 06:00", "2026-01-05 06:00"),
        ("2026-01-12 05:59", "2026-01-11 06:00", "2026-01-05 06:00"),
        ("2026-01-12 06:00", "2026-01-12 06:00", "2026-01-12 06:00"),
        ("2026-03-29 05:00", "2026-03-29 05:00", "2026-03-23 06:00"),
        ("2026-10-25 05:59", "2026-10-24 05:00", "2026-10-19 05:00"),
        ("2028-02-29 12:00", "2028-02-29 06:00", "2028-02-28 06:00"),
    ])
    func `letters of a day and a week were last due`(now: String, day: String, week: String) {
        let times = DigestTimes(clock: LocalClock("Europe/Vienna"), hour: 7, weekday: .monday)

        #expect(times.lastDay(before: Self.utc(now)) == Self.utc(day))
        #expect(times.lastWeek(before: Self.utc(now)) == Self.utc(week))
    }

    @Test func `over years a day has one letter, whatever the clocks do`() {
        let times = DigestTimes(clock: LocalClock("Europe/Vienna"), hour: 2, weekday: .sunday)
        var days: Set<Instant> = []
        var weeks: Set<Instant> = []
        var now = Self.utc("2027-01-01 12:00")
        let end = Self.utc("2029-01-01 12:00")

        while now < end {
            days.insert(times.lastDay(before: now))
            weeks.insert(times.lastWeek(before: now))
            now = now.adding(seconds: 900)
        }

        // 2028 is a leap year. On the first and the last day the letter had gone out by noon.
        #expect(days.count == 365 + 366 + 1)
        #expect((104...106).contains(weeks.count))
    }

    @Test(arguments: ["24:00", "7:00", "07:60", "07-00", "", "07:00 ", "٠٧:٠٠"])
    func `what is no time is none`(text: String) {
        #expect(TimeOfDay.minute(text) == nil)
    }
}
