import Ledger
import Storage

/// What was booked on single days, from the rollups of days.
struct CalendarStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    /// What went into the categories of one class on a day, with the sign of the ledger: income is negative.
    struct DaySum: Sendable {
        let date: LocalDate
        let isIncome: Bool
        let net: Money
    }

    func daySums(in span: DateSpan) throws -> [DaySum] {
        try transaction.rows(
            """
            SELECT r.period, a.class, r.currency, SUM(r.posted_net + r.pending_net)
            FROM rollup r JOIN account a ON a.household_id = r.household_id AND a.id = r.node_id
            WHERE r.household_id = \(household) AND r.grain = 0
                AND r.period >= \(span.first) AND r.period <= \(span.last)
                AND a.class IN ('income', 'expense')
            GROUP BY r.period, a.class, r.currency
            """
        ) { row in
            let date = try row.date()
            let isIncome = try row.text() == "income"
            let currency = try row.currency()
            return DaySum(
                date: date,
                isIncome: isIncome,
                net: Money(tenThousandths: try row.amount(), currency)
            )
        }
    }
}
