import Ledger
import Testing

struct RecurrenceRuleTests {
    @Test(arguments: [
        ("", "", RecurrenceError.unknownPart("")),
        ("INTERVAL=2", "FREQ", .missing(.frequency)),
        ("FREQ=HOURLY", "FREQ", .unreadable(.frequency, "HOURLY")),
        ("FREQ=DAILY;FREQ=DAILY", "FREQ", .repeated(.frequency)),
        ("FREQ=DAILY;", "", .unknownPart("")),
        ("FREQ", "FREQ", .unreadable(.frequency, "")),
        ("FREQ=DAILY;BYHOUR=9", "BYHOUR", .unknownPart("BYHOUR")),
        ("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO", .unknownPart("BYWEEKNO")),
        ("FREQ=YEARLY;BYYEARDAY=1", "BYYEARDAY", .unknownPart("BYYEARDAY")),
        ("FREQ=DAILY;COUNT=0", "COUNT", .outOfRange(.count)),
        ("FREQ=DAILY;COUNT=10000", "COUNT", .outOfRange(.count)),
        ("FREQ=DAILY;COUNT=2,3", "COUNT", .unreadable(.count, "2,3")),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "UNTIL", .contradictory(.until, with: .count)),
        ("FREQ=DAILY;UNTIL=20270230", "UNTIL", .unreadable(.until, "20270230")),
        ("FREQ=DAILY;UNTIL=20270101T000000Z", "UNTIL", .unreadable(.until, "20270101T000000Z")),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL", .outOfRange(.interval)),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL", .outOfRange(.interval)),
        ("FREQ=DAILY;INTERVAL=99999", "INTERVAL", .outOfRange(.interval)),
        ("FREQ=DAILY;INTERVAL=999999999999", "INTERVAL", .unreadable(.interval, "999999999999")),
        ("FREQ=DAILY;INTERVAL=", "INTERVAL", .unreadable(.interval, "")),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY", .outOfRange(.byMonthDay)),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY", .outOfRange(.byMonthDay)),
        ("FREQ=MONTHLY;BYMONTHDAY=-32", "BYMONTHDAY", .outOfRange(.byMonthDay)),
        ("FREQ=MONTHLY;BYMONTHDAY=1,,2", "BYMONTHDAY", .unreadable(.byMonthDay, "1,,2")),
        ("FREQ=MONTHLY;BYMONTHDAY=١", "BYMONTHDAY", .unreadable(.byMonthDay, "١")),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY", .contradictory(.byMonthDay, with: .frequency)),
        ("FREQ=WEEKLY;BYDAY=1MO", "BYDAY", .contradictory(.byDay, with: .frequency)),
        ("FREQ=MONTHLY;BYDAY=0MO", "BYDAY", .outOfRange(.byDay)),
        ("FREQ=MONTHLY;BYDAY=54MO", "BYDAY", .outOfRange(.byDay)),
        ("FREQ=MONTHLY;BYDAY=XX", "BYDAY", .unreadable(.byDay, "XX")),
        ("FREQ=MONTHLY;BYDAY=MO1", "BYDAY", .unreadable(.byDay, "MO1")),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH", .outOfRange(.byMonth)),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS", .nothingToCount(.bySetPos)),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367", "BYSETPOS", .outOfRange(.bySetPos)),
        ("FREQ=WEEKLY;WKST=MON", "WKST", .unreadable(.weekStart, "MON")),
    ])
    func `what is no rule is refused, and the part named`(
        text: String,
        part: String,
        error: RecurrenceError
    ) {
        #expect(throws: error) { try RecurrenceRule(text) }
        #expect(error.part == part)
    }

    @Test
    func `a text that is too long is refused unread`() {
        let text =
            "FREQ=MONTHLY;BYMONTHDAY=" + Array(repeating: "1", count: 600).joined(separator: ",")

        #expect(throws: RecurrenceError.tooLong(limit: 1_024)) { try RecurrenceRule(text) }
    }

    @Test(arguments: [
        ("freq=monthly;byday=-1fr", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("INTERVAL=1;WKST=MO;FREQ=DAILY", "FREQ=DAILY"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,15,+1,15", "FREQ=MONTHLY;BYMONTHDAY=1,15,-1"),
        ("FREQ=WEEKLY;BYDAY=SU,MO;WKST=SU", "FREQ=WEEKLY;BYDAY=MO,SU;WKST=SU"),
    ])
    func `rules that mean the same are spelled alike`(text: String, spelling: String) throws {
        #expect(try RecurrenceRule(text).description == spelling)
        #expect(try RecurrenceRule(text) == RecurrenceRule(spelling))
    }

    @Test
    func `a rule is the same after it was written and read`() throws {
        for line in try ScheduleFixture.lines("recurrence.txt") {
            let rule = try RecurrenceRule(line[0])

            #expect(try RecurrenceRule(rule.description) == rule)
        }
    }

    @Test
    func `no text of any kind breaks the reader`() {
        var generator = SeededGenerator(seed: 3)
        let pieces = [
            "FREQ=", "MONTHLY", "YEARLY", ";", "BYDAY=", "-1", "9999999", "MO", ",", "BYSETPOS=",
            "=",
            "BYMONTHDAY=", "-31", "\u{301}", "é", "🙂", "\r\n", "COUNT=", "INTERVAL=",
            "UNTIL=20270101",
        ]
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...8, using: &generator)
            let text = (0..<count).compactMap { _ in pieces.randomElement(using: &generator) }
                .joined()
            // Most are refused, which is what they are for; those that are not must be walked.
            guard let rule = try? RecurrenceRule(text) else { continue }
            _ = RecurrenceDates(rule, startingOn: 2024_01_31).prefix(3).map(\.day)
        }
    }

    @Test(arguments: [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29;COUNT=3", "FREQ=DAILY;UNTIL=19990101",
    ])
    func `an impossible rule ends`(text: String) throws {
        let dates = RecurrenceDates(try RecurrenceRule(text), startingOn: 2025_02_01)

        #expect(Array(dates).isEmpty)
    }

    @Test
    func `a rule ends with the range of the calendar`() throws {
        let daily = RecurrenceDates(try RecurrenceRule("FREQ=DAILY"), startingOn: 2199_12_25)
        let weekly = RecurrenceDates(
            try RecurrenceRule("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO"),
            startingOn: .earliest
        )

        #expect(Array(daily).count == 7)
        #expect(Array(weekly.prefix(3)) == [1900_01_01, 1900_01_14, 1900_01_15])
    }
}
