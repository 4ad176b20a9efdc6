import Ledger
import Storage

extension TaskStore {
    /// What is to be done, the most urgent first, and what was done lately.
    func current(doneSince moment: Instant, limit: Int) throws -> [TaskView] {
        try views(
            "AND k.deleted_at IS NULL AND (k.done_at IS NULL OR k.done_at >= \(moment))",
            """
            ORDER BY CASE WHEN k.done_at IS NULL THEN 0 ELSE 1 END,
                COALESCE(k.due_on, \(LocalDate.latest)), k.id LIMIT \(limit)
            """
        )
    }
}
