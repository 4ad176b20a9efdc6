import Ledger
import Storage

/// Goals, earmarks and debts that were deleted long enough ago.
extension PurgeStore {
    func goals(deletedBefore moment: Instant, limit: Int) throws -> [GoalID] {
        try transaction.rows(
            """
            SELECT id FROM goal WHERE household_id = \(household) AND deleted_at < \(moment)
            ORDER BY id LIMIT \(limit)
            """
        ) { try $0.identifier() }
    }

    /// With their history.
    func removeGoals(_ ids: [GoalID]) throws {
        try transaction.execute(
            "DELETE FROM goal WHERE household_id = \(household) AND id IN \(list: ids)"
        )
    }

    /// One that came by itself stays as long as its goal, so that it does not come again.
    func contributions(deletedBefore moment: Instant, limit: Int) throws -> [GoalContributionID] {
        try transaction.rows(
            """
            SELECT id FROM goal_contribution
            WHERE household_id = \(household) AND deleted_at < \(moment) AND period IS NULL
            ORDER BY id LIMIT \(limit)
            """
        ) { try $0.identifier() }
    }

    func removeContributions(_ ids: [GoalContributionID]) throws {
        try transaction.execute(
            "DELETE FROM goal_contribution WHERE household_id = \(household) AND id IN \(list: ids)"
        )
    }

    func debts(deletedBefore moment: Instant, limit: Int) throws -> [AccountID] {
        try transaction.rows(
            """
            SELECT account_id FROM debt_terms
            WHERE household_id = \(household) AND deleted_at < \(moment)
            ORDER BY account_id LIMIT \(limit)
            """
        ) { try $0.identifier() }
    }

    func removeDebts(of accounts: [AccountID]) throws {
        try transaction.execute(
            """
            DELETE FROM debt_terms
            WHERE household_id = \(household) AND account_id IN \(list: accounts)
            """
        )
    }
}
