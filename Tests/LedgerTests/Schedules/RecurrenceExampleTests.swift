import Ledger
import Testing

/// The examples of RFC 5545 section 3.8.5.3 that are about days.
struct RecurrenceExampleTests {
    @Test(arguments: [
        ("FREQ=DAILY;COUNT=10", 1997_09_02, "0902 0903 0904 0905 0906 0907 0908 0909 0910 0911"),
        ("FREQ=DAILY;INTERVAL=2", 1997_09_02, "0902 0904 0906 0908 0910 0912 …"),
        ("FREQ=DAILY;INTERVAL=10;COUNT=5", 1997_09_02, "0902 0912 0922 1002 1012"),
        ("FREQ=WEEKLY;COUNT=10", 1997_09_02, "0902 0909 0916 0923 0930 1007 1014 1021 1028 1104"),
        ("FREQ=WEEKLY;UNTIL=19971007;WKST=SU", 1997_09_02, "0902 0909 0916 0923 0930 1007"),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", 1997_09_02, "0902 0916 0930 1014 1028 1111 1125 …"),
        (
            "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", 1997_09_02,
            "0902 0904 0909 0911 0916 0918 0923 0925 0930 1002"
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971008;WKST=SU;BYDAY=MO,WE,FR", 1997_09_01,
            "0901 0903 0905 0915 0917 0919 0929 1001 1003"
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", 1997_09_02,
            "0902 0904 0916 0918 0930 1002 1014 1016"
        ),
        ("FREQ=MONTHLY;UNTIL=19971224;BYDAY=1FR", 1997_09_05, "0905 1003 1107 1205"),
        (
            "FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU", 1997_09_07,
            "0907 0928 1102 1130 19980104 0125"
        ),
        (
            "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", 1997_09_22,
            "0922 1020 1117 1222 19980119 0216"
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", 1997_09_28, "0928 1029 1128 1229 19980129 0226 …"),
        (
            "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", 1997_09_02,
            "0902 0915 1002 1015 1102 1115 1202 1215 19980102 0115"
        ),
        (
            "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", 1997_09_30,
            "0930 1001 1031 1101 1130 1201 1231 19980101 0131 0201"
        ),
        (
            "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", 1997_09_10,
            "0910 0911 0912 0913 0914 0915 19990310 0311 0312 0313"
        ),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", 1997_09_02, "0902 0909 0916 0923 0930 1104 1111 …"),
        (
            "FREQ=YEARLY;COUNT=10;BYMONTH=6,7", 1997_06_10,
            "0610 0710 19980610 0710 19990610 0710 20000610 0710 20010610 0710"
        ),
        (
            "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", 1997_03_10,
            "0310 19990110 0210 0310 20010110 0210 0310 20030110 0210 0310"
        ),
        ("FREQ=YEARLY;BYDAY=20MO", 1997_05_19, "0519 19980518 19990517 …"),
        (
            "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", 1997_03_13,
            "0313 0320 0327 19980305 0312 0319 0326 19990304 …"
        ),
        (
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", 1997_09_02,
            "19980213 0313 1113 19990813 20001013 …"
        ),
        (
            "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", 1997_09_13,
            "0913 1011 1108 1213 19980110 0207 0307 …"
        ),
        (
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", 1996_11_05,
            "1105 20001107 20041102 …"
        ),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", 1997_09_04, "0904 1007 1106"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", 1997_09_29,
            "0929 1030 1127 1230 19980129 0226 0330 …"
        ),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", 1997_08_05, "0805 0810 0819 0824"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", 1997_08_05, "0805 0817 0819 0831"),
        ("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", 2007_01_15, "0115 0130 0215 0315 0330"),
    ])
    func `a rule has the days that the standard gives`(
        text: String,
        start: LocalDate,
        expected: String
    ) throws {
        var words = expected.split(separator: " ")
        let isEndless = words.last == "…"
        if isEndless { words.removeLast() }

        let dates = RecurrenceDates(try RecurrenceRule(text), startingOn: start)
        let found = Array(dates.prefix(words.count + 1))

        var year = String(start.year)
        let wanted = words.map { word -> String in
            if word.count == 8 { year = String(word.prefix(4)) }
            return year + word.suffix(4)
        }
        #expect(found.prefix(words.count).map(\.basic) == wanted)
        #expect((found.count > words.count) == isEndless)
    }

    /// "Daily until December 24, 1997" and "Every day in January, for 3 years".
    @Test
    func `long examples have as many days as the standard says`() throws {
        let start: LocalDate = 1997_09_02
        let daily = try RecurrenceRule("FREQ=DAILY;UNTIL=19971224")
        let yearly = try RecurrenceRule(
            "FREQ=YEARLY;UNTIL=20000131;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA"
        )
        let byDay = try RecurrenceRule("FREQ=DAILY;UNTIL=20000131;BYMONTH=1")

        let days = Array(RecurrenceDates(daily, startingOn: start))
        let january = Array(RecurrenceDates(yearly, startingOn: 1998_01_01))

        #expect(days.count == 114 && days.last == 1997_12_24)
        #expect(january.count == 93 && january.allSatisfy { $0.monthOfYear == 1 })
        #expect(Array(RecurrenceDates(byDay, startingOn: 1998_01_01)) == january)
    }

    @Test
    func `every random rule has the days that python-dateutil finds`() throws {
        let lines = try ScheduleFixture.lines("recurrence.txt")
        #expect(lines.count == 300)

        for line in lines {
            let rule = try RecurrenceRule(line[0])
            let start = try #require(LocalDate(basic: line[1]))
            let found = RecurrenceDates(rule, startingOn: start).prefix(20).map(\.basic)
            #expect(found == line[2].split(separator: ",").map(String.init), "\(line[0]) \(start)")
        }
    }

    @Test
    func `from any day on a rule goes on as from its beginning`() throws {
        var generator = SeededGenerator(seed: 11)
        for line in try ScheduleFixture.lines("recurrence.txt") {
            let rule = try RecurrenceRule(line[0])
            let start = try #require(LocalDate(basic: line[1]))
            let policy = try #require(MonthEnd.allCases.randomElement(using: &generator))
            let from = start.adding(days: .random(in: -50...4_000, using: &generator))

            let walked = RecurrenceDates(rule, startingOn: start, monthEnd: policy)
                .lazy.filter { $0 >= from }.prefix(6)
            let found = RecurrenceDates(rule, startingOn: start, monthEnd: policy, from: from)

            #expect(Array(found.prefix(6)) == Array(walked), "\(line[0]) \(start) \(from)")
        }
    }

    /// What is counted without a walk must be what a walk counts, at the ends of months above all.
    @Test
    func `a count ends where a walk from the beginning ends`() throws {
        var generator = SeededGenerator(seed: 12)
        for _ in 0..<400 {
            let frequency = try #require(
                RecurrenceRule.Frequency.allCases.randomElement(using: &generator)
            )
            let day = Int.random(in: 27...31, using: &generator)
            let isByDay = frequency == .monthly && Bool.random(using: &generator)
            let rule = try RecurrenceRule(
                frequency,
                every: .random(in: 1...3, using: &generator),
                monthDays: isByDay ? [Bool.random(using: &generator) ? day : -day] : [],
                end: .count(.random(in: 1...40, using: &generator))
            )
            let start = try #require(LocalDate(year: 2024, month: 1, day: day))
            let policy = try #require(MonthEnd.allCases.randomElement(using: &generator))
            let from = start.adding(days: .random(in: 0...3_000, using: &generator))

            let walked = RecurrenceDates(rule, startingOn: start, monthEnd: policy)
                .filter { $0 >= from }
            let found = RecurrenceDates(rule, startingOn: start, monthEnd: policy, from: from)

            #expect(Array(found) == walked, "\(rule) \(start) \(policy) \(from)")
        }
    }
}
