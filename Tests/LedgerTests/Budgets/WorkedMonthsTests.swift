import Ledger
import Testing
import WorkedTables

/// Every number in the tables of docs/budgets.md.
struct WorkedMonthsTests {
    @Test
    func `the page has its examples`() {
        #expect(WorkedExample.all(in: "Worked months").count == 13)
        #expect(WorkedExample.all(in: "Worked fills").count == 2)
        #expect(WorkedExample.all(in: "Worked periods").count == 1)
    }

    @Test(arguments: WorkedExample.all(in: "Worked months"))
    func `months are as the page says`(example: WorkedExample) throws {
        let worked = try WorkedHistory(example)
        let shown = example.tables.filter {
            $0.columns.first == "month" && $0.columns.dropFirst().first != "what"
        }

        #expect(!shown.isEmpty)
        let envelopes = try worked.history.envelopes()
        for table in shown {
            #expect(!table.rows.isEmpty)
            for row in table.rows {
                let values = try values(of: row, in: worked, envelopes)
                for column in table.columns.dropFirst() where values[column] != row[column] {
                    Issue.record(
                        "line \(row.line), \(column): \(values[column] ?? "nothing") is computed"
                    )
                }
            }
        }
        for period in envelopes { try expectIdentity(period) }
    }

    private func values(
        of row: WorkedTable.Row,
        in worked: WorkedHistory,
        _ envelopes: [EnvelopePeriod]
    ) throws -> [String: String] {
        let month = try worked.month(row)
        for (column, kind) in [("envelope", 0), ("card", 1), ("limit of", 2), ("total of", 3)] {
            guard let name = row.cells[column] else { continue }
            let id = try worked.id(name)
            var values =
                switch kind {
                case 0: Self.values(try #require(envelopes[month].envelopes[id]))
                case 1: Self.values(try #require(envelopes[month].cards[id]))
                case 2: Self.values(try #require(worked.history.tracking()[month][id]))
                default:
                    Self.values(
                        try #require(
                            worked.history.tree.totals(of: worked.history.tracking()[month])[id]
                        )
                    )
                }
            values[column] = name
            return values
        }
        guard let part = row.cells["part"] else { return Self.values(envelopes[month]) }
        let flex = try FlexPeriod(worked.history.tracking()[month], in: worked.history.tree, .eur)
        let parts = [
            "income": flex.income, "fixed": flex.fixed, "non-monthly": flex.nonMonthly,
            "flexible": flex.flexible,
        ]
        var values = Self.values(try #require(parts[part]))
        values["part"] = part
        return values
    }

    private static func values(_ cell: EnvelopeCell) -> [String: String] {
        [
            "carried": cell.carried.decimal, "assigned": cell.assigned.decimal,
            "activity": cell.activity.decimal, "to debt": cell.refundedToDebt.decimal,
            "available": cell.available.decimal, "on credit": cell.overspentOnCredit.decimal,
            "missing": names(cell.missingRates),
        ]
    }

    private static func values(_ card: CardCell) -> [String: String] {
        [
            "carried": card.carried.decimal, "assigned": card.assigned.decimal,
            "reserved": card.reserved.decimal, "paid": card.paid.decimal,
            "available": card.available.decimal, "owed": card.owed.decimal,
            "unreserved": card.unreserved.decimal,
        ]
    }

    private static func values(_ cell: TrackingCell) -> [String: String] {
        [
            "carried": cell.carried.decimal, "limit": cell.limit.decimal,
            "spent": cell.spent.decimal, "remaining": cell.remaining.decimal,
            "progress": cell.progressBasisPoints.map(Worked.percent) ?? "–",
            "missing": names(cell.missingRates),
        ]
    }

    private static func values(_ period: EnvelopePeriod) -> [String: String] {
        [
            "ready before": period.readyBefore.decimal, "held before": period.heldBefore.decimal,
            "income": period.income.decimal, "given back": period.returned.decimal,
            "overspent": period.overspent.decimal, "assigned": period.assigned.decimal,
            "held": period.held.decimal, "ready": period.ready.decimal,
            "cash": period.cash.decimal, "missing": names(period.missingRates),
        ]
    }

    private static func names(_ currencies: Set<Currency>) -> String {
        currencies.map(\.code).sorted().joined(separator: ", ")
    }
}

/// Words of the page.
enum Worked {
    /// - Units: 1/10 000.
    static func percent(_ basisPoints: Int) -> String {
        "\(Decimal4.text(Int64(basisPoints) * 100, minorDigits: 2)) %"
    }

    /// `month, day 25` or `week, monday`.
    static func calendar(_ words: String) throws -> BudgetCalendar {
        let parts = words.split(separator: ", ").map(String.init)
        try #require(parts.count == 2)
        let start =
            parts[1].split(separator: " ").last.flatMap { Int($0) }
            .map(BudgetCalendar.MonthStart.day) ?? .lastWorkingDay
        switch parts[0] {
        case "week":
            let first = try #require(Weekday(name: parts[1]))
            return try #require(BudgetCalendar(.week(startingOn: first)))
        case "quarter": return try #require(BudgetCalendar(.quarter, monthStart: start))
        case "year": return try #require(BudgetCalendar(.year, monthStart: start))
        default: return try #require(BudgetCalendar(monthStart: start))
        }
    }
}

/// Envelopes never create or lose money.
func expectIdentity(
    _ period: EnvelopePeriod,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let inEnvelopes = period.envelopes.values.flatMap { [$0.available, $0.overspentOnCredit] }
    let onCards = period.cards.values.map(\.available)
    let all = try ([period.ready, period.held] + inEnvelopes + onCards).sum(in: .eur)
    #expect(all == period.cash, sourceLocation: sourceLocation)

    let used = try [period.ready, period.held, period.assigned].sum(in: .eur)
    let came = try [period.readyBefore, period.heldBefore, period.income, period.returned]
        .sum(in: .eur).subtracting(period.overspent)
    #expect(used == came, sourceLocation: sourceLocation)
}
