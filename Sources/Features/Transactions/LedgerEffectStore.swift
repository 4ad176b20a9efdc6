import HTTPTypes
package import Ledger
package import Storage

/// Writes what transactions do to balances and rollups.
package struct LedgerEffectStore {
    package let transaction: any SQLTransaction
    package let household: HouseholdID

    package init(transaction: any SQLTransaction, household: HouseholdID) {
        self.transaction = transaction
        self.household = household
    }

    /// - Parameter minimums: the accounts whose minimum balance is to be held. An import leaves it empty: it
    ///   warns and never refuses.
    /// - Throws: 422 `account.insufficient_balance`.
    package func apply(_ effects: LedgerEffects, minimums: [AccountID: Node]) throws {
        for (account, change) in effects.balances.sorted(by: { $0.key < $1.key }) where change != 0
        {
            try changeBalance(of: account, by: change, minimum: minimums[account])
        }
        try upsertRollups(effects)
        try upsertPayees(effects)
    }

    private func changeBalance(of account: AccountID, by change: Int64, minimum: Node?) throws {
        let statement: SQLText = """
            UPDATE account SET balance = balance + \(SQLValue.amount(change))
            WHERE household_id = \(household) AND id = \(account)
            """
        guard let minimum, let least = minimum.minimumBalance, change < 0 else {
            return try transaction.execute(statement)
        }
        // The condition is part of the write, so that two at once cannot both slip through.
        let changed = try transaction.executeCounting(
            "\(statement) AND balance + \(SQLValue.amount(change)) >= minimum_balance"
        )
        guard changed == 1 else {
            throw APIError(
                .unprocessableContent,
                "account.insufficient_balance",
                "\(minimum.name) may not fall below \(least.decimal) \(least.currency.code)."
            )
        }
    }

    private func upsertRollups(_ effects: LedgerEffects) throws {
        let rows = effects.rollups.filter { !$0.value.isZero }
            .sorted {
                ($0.key.period, $0.key.node, $0.key.counter) < (
                    $1.key.period, $1.key.node, $1.key.counter
                )
            }
            .map { key, sum in
                [
                    household.sqlValue, (key.isMonth ? 1 : 0).sqlValue, key.period.sqlValue,
                    key.node.sqlValue, key.counter.sqlValue, key.currency.sqlValue,
                ] + Self.values(sum)
            }
        try transaction.insert(
            into: """
                rollup (household_id, grain, period, node_id, counter_id, currency,
                    posted_net, posted_count, pending_net, pending_count)
                """,
            rows: rows,
            suffix: """
                ON CONFLICT (household_id, grain, period, node_id, counter_id, currency) DO UPDATE SET
                    posted_net = rollup.posted_net + excluded.posted_net,
                    posted_count = rollup.posted_count + excluded.posted_count,
                    pending_net = rollup.pending_net + excluded.pending_net,
                    pending_count = rollup.pending_count + excluded.pending_count
                """
        )
    }

    private func upsertPayees(_ effects: LedgerEffects) throws {
        let rows = effects.payees.filter { !$0.value.isZero }
            .sorted {
                ($0.key.month, $0.key.payee, $0.key.account) < (
                    $1.key.month, $1.key.payee, $1.key.account
                )
            }
            .map { key, sum in
                [
                    household.sqlValue, key.month.sqlValue, key.payee.sqlValue,
                    key.account.sqlValue, key.currency.sqlValue,
                ] + Self.values(sum)
            }
        try transaction.insert(
            into: """
                payee_rollup (household_id, month, payee_id, account_id, currency,
                    posted_net, posted_count, pending_net, pending_count)
                """,
            rows: rows,
            suffix: """
                ON CONFLICT (household_id, month, payee_id, account_id, currency) DO UPDATE SET
                    posted_net = payee_rollup.posted_net + excluded.posted_net,
                    posted_count = payee_rollup.posted_count + excluded.posted_count,
                    pending_net = payee_rollup.pending_net + excluded.pending_net,
                    pending_count = payee_rollup.pending_count + excluded.pending_count
                """
        )
    }

    private static func values(_ sum: LedgerEffects.RollupSum) -> [SQLValue] {
        [
            .amount(sum.postedNet), .integer(sum.postedCount), .amount(sum.pendingNet),
            .integer(sum.pendingCount),
        ]
    }
}
