import Ledger
import Testing

struct ScheduleWordsTests {
    @Test(arguments: [
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=3;COUNT=5", "every 3 days, 5 times"),
        ("FREQ=WEEKLY", "every week on Thursday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "every 2 weeks on Monday and Thursday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every week on Monday to Friday"),
        ("FREQ=MONTHLY", "every month on the 15th"),
        ("FREQ=MONTHLY;INTERVAL=3", "every 3 months on the 15th"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,-1", "every month on the 1st and the last day"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", "every month on the 2nd last day"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=31",
            "every month on the 31st, or the last day of a shorter month"
        ),
        ("FREQ=MONTHLY;BYDAY=2TU", "every month on the 2nd Tuesday"),
        ("FREQ=MONTHLY;BYDAY=-1FR,1MO", "every month on the 1st Monday and last Friday"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every month on the last weekday"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "every month on every Friday that is the 13th"),
        ("FREQ=MONTHLY;BYMONTH=3,9", "every month on the 15th in March and September"),
        ("FREQ=YEARLY", "every year on 15 January"),
        ("FREQ=YEARLY;BYMONTH=4,10;BYMONTHDAY=1", "every year on 1 April and October"),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "every year on the last Sunday of March"),
        ("FREQ=YEARLY;BYDAY=20MO", "every year on the 20th Monday of the year"),
        ("FREQ=YEARLY;UNTIL=20300102", "every year on 15 January, until 2 January 2030"),
    ])
    func `a rule is told in plain words`(rule: String, words: String) throws {
        let schedule = Schedule(start: 2026_01_15, rule: try RecurrenceRule(rule))

        #expect(schedule.words == words)
    }

    @Test(arguments: [
        (
            "FREQ=MONTHLY;BYMONTHDAY=-1", WorkingDayPolicy.previous,
            "every month on the last working day"
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=1", .next, "every month on the first working day"),
        (
            "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1", .nextInMonth,
            "every year on the last working day of June and December"
        ),
        ("FREQ=MONTHLY", .next, "every month on the 15th, or the next working day"),
        ("FREQ=MONTHLY", .nearest, "every month on the 15th, or the nearest working day"),
    ])
    func `working days are told of`(rule: String, policy: WorkingDayPolicy, words: String) throws {
        let schedule = Schedule(
            start: 2026_01_15,
            rule: try RecurrenceRule(rule),
            workingDays: policy
        )

        #expect(schedule.words == words)
    }

    @Test
    func `what comes once is told with its day`() {
        #expect(Schedule(start: 2026_05_05).words == "once on 5 May 2026")
    }

    @Test
    func `every rule has words`() throws {
        for line in try ScheduleFixture.lines("recurrence.txt") {
            let start = try #require(LocalDate(basic: line[1]))
            let words = Schedule(start: start, rule: try RecurrenceRule(line[0])).words

            #expect(words.hasPrefix("every "), "\(line[0])")
            #expect(!words.contains("  ") && !words.contains(" ,"), "\(line[0]): \(words)")
        }
    }
}
