package import Ledger
package import Storage

/// Sums over spans of days, from the rollups: a row a month and a few rows a day at the edges.
package struct ReportStore {
    package let transaction: any SQLTransaction
    package let household: HouseholdID

    package init(transaction: any SQLTransaction, household: HouseholdID) {
        self.transaction = transaction
        self.household = household
    }

    /// What went into a category in one month.
    package struct CategorySum: Sendable {
        package let node: AccountID
        package let isIncome: Bool
        package let currency: Currency
        package let month: Month
        package let net: Int64
        package let count: Int64
    }

    package func categorySums(in span: DateSpan, includingPending: Bool) throws -> [CategorySum] {
        let pending: SQLText = includingPending ? "+ r.pending_net" : .empty
        let pendingCount: SQLText = includingPending ? "+ r.pending_count" : .empty
        return try transaction.rows(
            """
            SELECT r.node_id, a.class, r.currency, r.period, SUM(r.posted_net \(pending)),
                SUM(r.posted_count \(pendingCount))
            FROM rollup r JOIN account a ON a.household_id = r.household_id AND a.id = r.node_id
            WHERE r.household_id = \(household) AND a.class IN ('income', 'expense')
                AND (\(Self.periods(of: span, "r.grain", "r.period")))
            GROUP BY r.node_id, a.class, r.currency, r.period
            """
        ) {
            CategorySum(
                node: try $0.identifier(),
                isIncome: try $0.text() == "income",
                currency: try $0.currency(),
                month: try $0.date().month,
                net: try $0.amount(),
                count: try $0.integer()
            )
        }
        // Of what was deleted, or is not asked for, a row without content stays.
        .filter { $0.net != 0 || $0.count != 0 }
    }

    /// Whom money went to: what they cost, refunds taken off.
    package struct PayeeSum: Sendable {
        package let payee: PayeeID
        package let name: String
        package let currency: Currency
        package let net: Int64
        package let count: Int64
    }

    package func payeeSums(in span: DateSpan, includingPending: Bool) throws -> [PayeeSum] {
        let (months, edges) = span.grains
        var sums: [PayeeSum] = []
        if let months { sums += try payeeSums(ofMonths: months, includingPending) }
        for edge in edges {
            sums += try payeeSums(ofDays: edge, includingPending)
            if let seen = transaction as? SeenTransaction {
                sums += try seen.maskedPayeeSums(in: edge, includingPending: includingPending)
            }
        }
        return sums
    }

    private func payeeSums(
        ofMonths months: (first: Month, last: Month),
        _ includingPending: Bool
    ) throws -> [PayeeSum] {
        let pending: SQLText = includingPending ? "+ r.pending_net" : .empty
        let pendingCount: SQLText = includingPending ? "+ r.pending_count" : .empty
        return try transaction.rows(
            """
            SELECT r.payee_id, p.name, r.currency, SUM(r.posted_net \(pending)),
                SUM(r.posted_count \(pendingCount))
            FROM payee_rollup r JOIN payee p ON p.household_id = r.household_id AND p.id = r.payee_id
            WHERE r.household_id = \(household)
                AND r.month >= \(months.first.firstDay) AND r.month <= \(months.last.firstDay)
            GROUP BY r.payee_id, p.name, r.currency
            """
        ) { try Self.payeeSum(&$0) }
    }

    /// At most two months' worth of days at the edges of a span.
    private func payeeSums(ofDays span: DateSpan, _ includingPending: Bool) throws -> [PayeeSum] {
        let least = includingPending ? TransactionState.pending : .posted
        return try transaction.rows(
            """
            SELECT t.payee_id, p.name, o.currency, SUM(o.amount), COUNT(DISTINCT t.id)
            FROM ledger_transaction t
            JOIN payee p ON p.household_id = t.household_id AND p.id = t.payee_id
            JOIN posting o ON o.household_id = t.household_id AND o.transaction_id = t.id
            JOIN account a ON a.household_id = o.household_id AND a.id = o.account_id
            WHERE t.household_id = \(household) AND t.date >= \(span.first) AND t.date <= \(span.last)
                AND t.deleted_at IS NULL AND t.state >= \(least.rawValue)
                AND a.class IN ('income', 'expense')
            GROUP BY t.payee_id, p.name, o.currency
            """
        ) { try Self.payeeSum(&$0) }
    }

    private static func payeeSum(_ row: inout SQLRow) throws -> PayeeSum {
        PayeeSum(
            payee: try row.identifier(),
            name: try row.text(),
            currency: try row.currency(),
            net: try row.amount(),
            count: try row.integer()
        )
    }

    /// The rollup rows whose sums make up a span.
    static func periods(of span: DateSpan, _ grain: SQLText, _ period: SQLText) -> SQLText {
        let (months, edges) = span.grains
        var parts = edges.map { edge -> SQLText in
            "(\(grain) = 0 AND \(period) >= \(edge.first) AND \(period) <= \(edge.last))"
        }
        if let months {
            parts.append(
                """
                (\(grain) = 1 AND \(period) >= \(months.first.firstDay)
                    AND \(period) <= \(months.last.firstDay))
                """
            )
        }
        return parts.joined(by: " OR ")
    }
}
