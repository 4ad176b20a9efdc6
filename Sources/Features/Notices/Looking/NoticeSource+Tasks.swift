import Ledger
import Storage

extension NoticeSource {
    /// What came due this week. Who was asked to do it is told, or everyone who may where nobody was.
    ///
    /// What the server itself asks for is due at once, and most of it is told of by its own kind: whoever was given it is told.
    static let tasksDue = NoticeSource { view in
        let store = TaskStore(transaction: view.transaction, member: view.member)
        let tasks = try store.views(
            """
            AND k.done_at IS NULL AND k.deleted_at IS NULL AND k.due_on <= \(view.today)
                AND k.due_on >= \(view.today.adding(days: -7))
                AND (k.cause IS NULL OR k.assignee_id IS NOT NULL)
            """,
            "ORDER BY k.id LIMIT \(TaskCauseStore.limit)"
        )
        let news = try tasks.compactMap { task -> (PersonID?, News)? in
            guard let day = task.record.dueOn else { return nil }
            let accounts = try store.accounts(of: task.record.link)
            return (task.record.assignee, .taskDue(task, on: day, accounts))
        }
        return view.each { reader in
            news.compactMap { assignee, news in
                let isTheirs = assignee.map { $0 == reader.person } ?? reader.role.mayWrite
                return isTheirs ? news : nil
            }
        }
    }
}
