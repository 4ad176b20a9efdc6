import Ledger
import Testing

struct HolidayCalendarTests {
    /// - Source: dates of Easter, U.S. Census Bureau (1900 to 2099), and the two latest and earliest ones possible.
    @Test(
        arguments: [
            1913_03_23, 1943_04_25, 1961_04_02, 1954_04_18, 1981_04_19, 2000_04_23,
            2008_03_23, 2011_04_24, 2024_03_31, 2025_04_20, 2026_04_05, 2027_03_28,
            2038_04_25, 2049_04_18, 2076_04_19, 2099_04_12,
        ] as [LocalDate]
    )
    func `Easter falls where it should`(easter: LocalDate) {
        #expect(Easter.sunday(of: easter.year) == easter)
    }

    @Test
    func `Easter is a Sunday between 22 March and 25 April`() throws {
        for year in 1900...2199 {
            let easter = try #require(Easter.sunday(of: year))
            let march22 = try #require(LocalDate(year: year, month: 3, day: 22))

            #expect(easter.weekday == .sunday)
            #expect((0...34).contains(march22.days(until: easter)))
        }
    }

    /// Holidays on weekends take no working day, so only others are compared.
    @Test
    func `the working days lost are those that PyPI's holidays lists`() throws {
        let lines = try ScheduleFixture.lines("holidays.txt")
        #expect(lines.count == 15 * 10)

        for line in lines {
            let calendar = try #require(HolidayCalendar(rawValue: String(line[0])))
            let year = try #require(Int(line[1]))
            let lost = calendar.holidays(of: year).map(\.date).filter { !$0.weekday.isWeekend }
            let found = Set(lost).sorted().map { String($0.basic.suffix(4)) }

            #expect(found == line[2].split(separator: ",").map(String.init), "\(line[0]) \(year)")
        }
    }

    @Test
    func `a holiday on a weekend is made good where the law says so`() {
        // 25 and 26 December 2027 are Saturday and Sunday; 1 January 2028 is a Saturday.
        let english = HolidayCalendar.england.holidays(of: 2027).suffix(2)
        let american = HolidayCalendar.unitedStates.holidays(of: 2027)

        #expect(english.map(\.date) == [2027_12_27, 2027_12_28])
        #expect(english.map(\.name) == ["Christmas Day (observed)", "Boxing Day (observed)"])
        #expect(american.last == Holiday(date: 2027_12_31, name: "New Year's Day (observed)"))
        #expect(HolidayCalendar.unitedStates.holidays(of: 2028).first?.date == 2028_01_01)
        #expect(HolidayCalendar.germany.isWorkingDay(2027_12_27))
    }

    @Test
    func `a younger holiday is none before its first year`() {
        #expect(HolidayCalendar.poland.isWorkingDay(2024_12_24))
        #expect(!HolidayCalendar.poland.isWorkingDay(2025_12_24))
        #expect(HolidayCalendar.italy.holidays(of: 2025).allSatisfy { $0.date.monthOfYear != 10 })
    }

    @Test(arguments: HolidayCalendar.allCases)
    func `every year has its holidays in order, each in that year`(calendar: HolidayCalendar) {
        for year in 1900...2199 {
            let holidays = calendar.holidays(of: year)

            #expect(holidays.allSatisfy { $0.date.year == year })
            #expect(holidays.map(\.date) == holidays.map(\.date).sorted())
            #expect(holidays.isEmpty == (calendar == .weekends))
        }
    }
}
