package import Ledger
package import Storage

/// What accounts held on days of the past, from the rollups.
package struct BalanceStore {
    package let transaction: any SQLTransaction
    package let household: HouseholdID

    package init(transaction: any SQLTransaction, household: HouseholdID) {
        self.transaction = transaction
        self.household = household
    }

    package struct Change: Sendable {
        package let account: AccountID
        package let date: LocalDate
        package let amount: Int64
    }

    /// What the accounts held before a day began.
    package func balances(
        of accounts: [AccountID],
        before day: LocalDate
    ) throws -> [AccountID: Int64] {
        guard !accounts.isEmpty else { return [:] }
        let month = day.month.firstDay
        var balances: [AccountID: Int64] = [:]
        try transaction.forEach(
            """
            SELECT node_id, SUM(posted_net + pending_net) FROM rollup
            WHERE household_id = \(household) AND node_id IN \(list: accounts)
                AND (grain = 1 AND period < \(month)
                    OR grain = 0 AND period >= \(month) AND period < \(day))
            GROUP BY node_id
            """
        ) { row in
            let id: AccountID = try row.identifier()
            balances[id] = try row.amount()
        }
        return balances
    }

    /// What changed in the accounts on each day of a span that changed anything.
    package func changes(of accounts: [AccountID], in span: DateSpan) throws -> [Change] {
        guard !accounts.isEmpty else { return [] }
        return try transaction.rows(
            """
            SELECT node_id, period, SUM(posted_net + pending_net) FROM rollup
            WHERE household_id = \(household) AND node_id IN \(list: accounts) AND grain = 0
                AND period >= \(span.first) AND period <= \(span.last)
            GROUP BY node_id, period ORDER BY period, node_id
            """
        ) { Change(account: try $0.identifier(), date: try $0.date(), amount: try $0.amount()) }
    }
}
