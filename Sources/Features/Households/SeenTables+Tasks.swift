import Ledger
import Storage

/// Tasks that are about what a member does not see are not theirs to see either, nor what the server asks because of a budget:
/// that is made from all of the money. Those about imports are left out by
/// `TaskStore`.
extension SeenTables {
    var task: SQLText {
        """
        SELECT k.* FROM \(whole("task")) k
        WHERE k.household_id = \(household) AND \(isSeen("k"))
        """
    }

    var taskTag: SQLText {
        """
        SELECT g.* FROM \(whole("task_tag")) g
        WHERE g.household_id = \(household) AND EXISTS (
            SELECT 1 FROM \(whole("task")) w
            WHERE w.household_id = \(household) AND w.id = g.task_id AND \(isSeen("w")))
        """
    }

    /// Of a transaction that is gone for good nobody can say where it lay.
    private func isSeen(_ task: SQLText) -> SQLText {
        """
        COALESCE(\(task).cause, '') NOT LIKE \(TaskCause.Key.budgetPrefix + "%")
        AND CASE COALESCE(\(task).link_kind, '')
            WHEN 'account' THEN \(task).link_id NOT IN \(list: hidden)
            WHEN 'transaction' THEN NOT \(touchesHidden("\(task).link_id")) AND EXISTS (
                SELECT 1 FROM \(whole("posting")) e
                WHERE e.household_id = \(household) AND e.transaction_id = \(task).link_id)
            WHEN 'bill' THEN \(isSeenBill("\(task).link_id"))
            ELSE TRUE END
        """
    }
}
