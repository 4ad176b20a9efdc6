import Ledger
import Storage

/// Sums of earmarks. Those on a deleted account do not count as long as it is deleted.
extension GoalStore {
    /// An account that can be saved on.
    struct Account: Sendable {
        let id: AccountID
        let name: String
        let kind: AccountKind
        let currency: Currency
        let balance: Money
        let isAsset: Bool
        let isClosed: Bool
    }

    /// What is meant for a goal on an account.
    struct Share: Sendable {
        let goal: GoalID
        let account: AccountID
        /// Without currency: that of the account, and of the goal.
        let amount: Int64
        /// What of it was taken off when the goal was finished; zero or less.
        let released: Int64
    }

    /// What came for a goal on a day, or was taken off when it was finished.
    struct Day: Sendable {
        let goal: GoalID
        let date: LocalDate
        let isRelease: Bool
        let amount: Int64
    }

    func accounts() throws -> [Account] { try accounts(.empty) }

    func account(_ id: AccountID) throws -> Account? { try accounts("AND id = \(id)").first }

    private func accounts(_ condition: SQLText) throws -> [Account] {
        try transaction.rows(
            """
            SELECT id, name, kind, currency, balance, class, closed_at FROM account
            WHERE household_id = \(household) AND class IN ('asset', 'liability')
                AND deleted_at IS NULL \(condition)
            ORDER BY position, id
            """
        ) { row in
            let id: AccountID = try row.identifier()
            let name = try row.text()
            let kind = AccountKind(rawValue: try row.text()) ?? .otherAsset
            let currency = try row.currency()
            return Account(
                id: id,
                name: name,
                kind: kind,
                currency: currency,
                balance: Money(tenThousandths: try row.amount(), currency),
                isAsset: try row.text() == AccountClass.asset.rawValue,
                isClosed: try row.dateOrNil() != nil
            )
        }
    }

    /// By goal and account.
    func shares(of goal: GoalID? = nil) throws -> [Share] {
        let condition: SQLText = goal.map { "AND c.goal_id = \($0)" } ?? .empty
        return try transaction.rows(
            """
            SELECT c.goal_id, c.account_id, SUM(c.amount),
                SUM(CASE WHEN c.source = 'release' THEN c.amount ELSE \(SQLValue.amount(0)) END)
            FROM goal_contribution c
            JOIN account a ON a.household_id = c.household_id AND a.id = c.account_id
            WHERE c.household_id = \(household) AND c.deleted_at IS NULL \(condition)
                AND a.deleted_at IS NULL AND a.class = 'asset'
            GROUP BY c.goal_id, c.account_id ORDER BY c.goal_id, c.account_id
            """
        ) {
            Share(
                goal: try $0.identifier(),
                account: try $0.identifier(),
                amount: try $0.amount(),
                released: try $0.amount()
            )
        }
    }

    func days(of goal: GoalID? = nil) throws -> [Day] {
        let condition: SQLText = goal.map { "AND c.goal_id = \($0)" } ?? .empty
        return try transaction.rows(
            """
            SELECT c.goal_id, c.date, CASE WHEN c.source = 'release' THEN 1 ELSE 0 END AS is_release,
                SUM(c.amount)
            FROM goal_contribution c
            JOIN account a ON a.household_id = c.household_id AND a.id = c.account_id
            WHERE c.household_id = \(household) AND c.deleted_at IS NULL \(condition)
                AND a.deleted_at IS NULL AND a.class = 'asset'
            GROUP BY c.goal_id, c.date, CASE WHEN c.source = 'release' THEN 1 ELSE 0 END
            ORDER BY c.goal_id, c.date
            """
        ) {
            Day(
                goal: try $0.identifier(),
                date: try $0.date(),
                isRelease: try $0.integer() == 1,
                amount: try $0.amount()
            )
        }
    }

    /// What is meant for live goals on each account.
    func earmarked() throws -> [AccountID: Int64] {
        var sums: [AccountID: Int64] = [:]
        try transaction.forEach(
            """
            SELECT c.account_id, SUM(c.amount) FROM goal_contribution c
            JOIN goal g ON g.household_id = c.household_id AND g.id = c.goal_id
            WHERE c.household_id = \(household) AND c.deleted_at IS NULL AND g.deleted_at IS NULL
            GROUP BY c.account_id
            """
        ) { row in
            let id: AccountID = try row.identifier()
            sums[id] = try row.amount()
        }
        return sums
    }

    /// - Parameter account: one that is there.
    func earmarks(on account: Account) throws -> Earmarks {
        let sum = try transaction.first(
            """
            SELECT SUM(c.amount) FROM goal_contribution c
            JOIN goal g ON g.household_id = c.household_id AND g.id = c.goal_id
            WHERE c.household_id = \(household) AND c.account_id = \(account.id)
                AND c.deleted_at IS NULL AND g.deleted_at IS NULL
            """
        ) { try $0.amountOrNil() }
        return try Earmarks(
            balance: account.balance,
            earmarked: Money(tenThousandths: (sum ?? nil) ?? 0, account.currency)
        )
    }

    /// What is meant for one goal on an account, deleted or not.
    func share(of goal: GoalID, on account: AccountID, _ currency: Currency) throws -> Money {
        let sum = try transaction.first(
            """
            SELECT SUM(amount) FROM goal_contribution
            WHERE household_id = \(household) AND goal_id = \(goal) AND account_id = \(account)
                AND deleted_at IS NULL
            """
        ) { try $0.amountOrNil() }
        return Money(tenThousandths: (sum ?? nil) ?? 0, currency)
    }

    /// On each account, deleted ones too.
    func allShares(of goal: GoalID) throws -> [AccountID: Int64] {
        var sums: [AccountID: Int64] = [:]
        try transaction.forEach(
            """
            SELECT account_id, SUM(amount) FROM goal_contribution
            WHERE household_id = \(household) AND goal_id = \(goal) AND deleted_at IS NULL
            GROUP BY account_id
            """
        ) { row in
            let id: AccountID = try row.identifier()
            sums[id] = try row.amount()
        }
        return sums.filter { $0.value != 0 }
    }

    // MARK: Spending

    /// What expenses came to in each month and currency, from the rollups.
    func spending(
        from first: Month,
        through last: Month
    ) throws -> [(month: Month, amount: Money)] {
        try transaction.rows(
            """
            SELECT r.period, r.currency, SUM(r.posted_net + r.pending_net) FROM rollup r
            JOIN account a ON a.household_id = r.household_id AND a.id = r.node_id
            WHERE r.household_id = \(household) AND a.class = 'expense' AND r.grain = 1
                AND r.period >= \(first.firstDay) AND r.period <= \(last.firstDay)
            GROUP BY r.period, r.currency ORDER BY r.period, r.currency
            """
        ) { row in
            let month = try row.date().month
            let currency = try row.currency()
            return (month, Money(tenThousandths: try row.amount(), currency))
        }
    }
}
