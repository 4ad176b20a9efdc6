import Ledger
import Storage

/// What is meant for goals: in the goal's currency, never less than nothing, and once a period.
struct GoalExamination {
    private let transaction: any SQLTransaction
    private let household: HouseholdID
    private let findings: Findings

    init(_ transaction: any SQLTransaction, _ household: HouseholdID, _ findings: Findings) {
        self.transaction = transaction
        self.household = household
        self.findings = findings
    }

    func run() throws {
        try examineSums()
        try examineCurrencies()
        try examineRules()
    }

    /// Nobody takes out what is not there.
    private func examineSums() throws {
        try transaction.scan(
            """
            SELECT goal_id, account_id, SUM(amount) FROM goal_contribution
            WHERE household_id = \(household) AND deleted_at IS NULL
            GROUP BY goal_id, account_id HAVING SUM(amount) < \(SQLValue.amount(0))
            """
        ) { row in
            let goal: GoalID = try row.identifier()
            let account: AccountID = try row.identifier()
            findings.add(
                "goal_contribution",
                "goal \(goal) account \(account)",
                "less than nothing is earmarked",
                found: Findings.amount(try row.amount())
            )
        }
    }

    private func examineCurrencies() throws {
        try transaction.scan(
            """
            SELECT c.id, g.currency, a.currency FROM goal_contribution c
            JOIN goal g ON g.household_id = c.household_id AND g.id = c.goal_id
            JOIN account a ON a.household_id = c.household_id AND a.id = c.account_id
            WHERE c.household_id = \(household)
                AND (a.currency <> g.currency OR a.class NOT IN ('asset', 'liability'))
            """
        ) { row in
            let id: GoalContributionID = try row.identifier()
            findings.compare(
                "goal_contribution",
                id.description,
                "the account",
                expected: try row.text(),
                found: try row.textOrNil() ?? "a category"
            )
        }
    }

    private func examineRules() throws {
        try transaction.scan(
            """
            SELECT id FROM goal WHERE household_id = \(household) AND (
                automatic_rule = 'fixed' AND (automatic_amount IS NULL OR automatic_day IS NULL)
                OR automatic_rule = 'budget' AND automatic_category_id IS NULL)
            """
        ) { row in
            let id: GoalID = try row.identifier()
            findings.add("goal", id, "its rule lacks what it needs")
        }
    }
}
