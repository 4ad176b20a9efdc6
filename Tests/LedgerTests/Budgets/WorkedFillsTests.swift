import Ledger
import Testing
import WorkedTables

struct WorkedFillsTests {
    @Test(arguments: WorkedExample.all(in: "Worked fills"))
    func `fills are as the page says`(example: WorkedExample) throws {
        let calendar = try #require(BudgetCalendar())
        let frame = try #require(example.table(beginning: "period")?.rows.first)
        let rows = try #require(example.table(beginning: "budget")).rows
        let expected = try #require(example.table(beginning: "given")?.rows.first)
        let requests = try rows.enumerated().map { index, row in try request(row, index) }

        let preview = try FillPreview(
            requests,
            ready: money(frame["ready"]),
            income: money(frame["income"]),
            in: #require(calendar.period(named: frame["period"])),
            of: calendar
        )

        for (row, filled) in zip(rows, preview.rows) {
            #expect(filled.change.before.decimal == row["before"], "line \(row.line)")
            #expect(filled.change.after.decimal == row["after"], "line \(row.line)")
            #expect(filled.short.decimal == row["short"], "line \(row.line)")
        }
        #expect(preview.rows.count == rows.count)
        #expect(preview.given.decimal == expected["given"])
        #expect(preview.readyAfter?.decimal == expected["ready after"])
        #expect(preview.short.decimal == expected["short"])
    }

    private func money(_ text: some StringProtocol) throws -> Money {
        try Money(entered: text, .eur)
    }

    private func request(_ row: WorkedTable.Row, _ index: Int) throws -> FillRequest {
        FillRequest(
            envelope: AccountID(UniqueID(high: 7, low: UInt64(index))),
            rule: try rule(row["rule"]),
            priority: try #require(Int(row["priority"])),
            before: try money(row["before"]),
            carried: try money(row["carried"]),
            lastAssigned: try money(row["last assigned"]),
            spent: try row["spent before"].split(separator: ", ").map { try money($0) }
        )
    }

    private func rule(_ text: String) throws -> FillRule {
        let words = text.split(separator: " ").map(String.init)
        switch words[0] {
        case "fixed": return .fixed(try money(words[1]))
        case "weekly":
            return .weekly(try money(words[1]), on: try #require(Weekday(name: words[3])))
        case "by": return .byDate(try money(words[2]), by: try #require(LocalDate(words[1])))
        case "share": return .shareOfIncome(basisPoints: try #require(Int(words[1])) * 100)
        case "average": return .average(periods: try #require(Int(words[1])))
        case "median": return .median(periods: try #require(Int(words[1])))
        case "refill": return .refill(upTo: try money(words[1]))
        default:
            try #require(words == ["copy"])
            return .copyLast
        }
    }
}
