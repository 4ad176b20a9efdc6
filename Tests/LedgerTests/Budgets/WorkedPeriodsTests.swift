import Ledger
import Testing
import WorkedTables

struct WorkedPeriodsTests {
    private let example = WorkedExample.all(in: "Worked periods").first

    @Test
    func `periods are as the page says`() throws {
        let table = try #require(example?.table(beginning: "begins on", "date"))

        for row in table.rows {
            let calendar = try Worked.calendar(row["begins on"])
            let period = calendar.period(containing: try #require(LocalDate(row["date"])))
            #expect(period.name == row["period"], "line \(row.line)")
            #expect(period.span.first.description == row["first day"], "line \(row.line)")
            #expect(period.span.last.description == row["last day"], "line \(row.line)")
            #expect(period.span.dayCount == Int(row["days"]), "line \(row.line)")
            #expect(period.count(of: .friday) == Int(row["fridays"]), "line \(row.line)")
        }
        #expect(table.rows.count > 10)
    }

    @Test
    func `pace is as the page says`() throws {
        let table = try #require(example?.table(beginning: "begins on", "today"))

        for row in table.rows {
            let today = try #require(LocalDate(row["today"]))
            let pace = try BudgetPace(
                budget: Money(entered: row["budget"], .eur),
                spent: Money(entered: row["spent"], .eur),
                in: Worked.calendar(row["begins on"]).period(containing: today),
                on: today
            )
            #expect(Worked.percent(pace.goneBasisPoints) == row["gone"], "line \(row.line)")
            #expect(pace.expected.decimal == row["expected"], "line \(row.line)")
            #expect(pace.ahead.decimal == row["ahead"], "line \(row.line)")
            #expect(pace.perDay?.decimal == row["per day"], "line \(row.line)")
        }
        #expect(!table.rows.isEmpty)
    }
}
