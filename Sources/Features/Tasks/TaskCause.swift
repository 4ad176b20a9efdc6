import Ledger
import Storage

/// Why somebody has to act.
struct TaskCause: Sendable {
    let key: Key
    let title: String
    let priority: TaskRecord.Priority
    let link: TaskRecord.Link?

    /// What it is known by. The same cause has the same key for as long as it lasts.
    struct Key: Hashable, Sendable, CustomStringConvertible {
        let description: String

        /// Causes made from all of the money, which whoever does not see all of it is not told of.
        static let budgetPrefix = "budget:"

        static func importToReview(_ id: ImportBatchID) -> Key { Key(description: "import:\(id)") }

        static func accountBelowMinimum(_ id: AccountID) -> Key {
            Key(description: "minimum:\(id)")
        }

        static func reconcileOverdue(_ id: AccountID) -> Key { Key(description: "reconcile:\(id)") }

        /// Each period is a cause of its own.
        static func budgetOverspent(_ category: AccountID, in period: BudgetPeriod) -> Key {
            Key(description: "\(budgetPrefix)\(category):\(period.name)")
        }
    }
}

/// Finds causes of one kind. Whatever feature needs somebody to act adds its own to `all`.
struct TaskCauseSource: Sendable {
    let find: @Sendable (TaskCauseStore, Instant) throws -> [TaskCause]

    static let all: [TaskCauseSource] = [
        .importsToReview, .accountsBelowMinimum, .accountsToReconcile, .budgetsOverspent,
        .billsUnmatched,
    ]

    /// Files that were read and not looked at for a day.
    static let importsToReview = TaskCauseSource { store, now in
        try store.imports(waitingSince: now.adding(seconds: -86_400)).map { id, name in
            TaskCause(
                key: .importToReview(id),
                title: "Review the import “\(name.prefix(200))”",
                priority: .medium,
                link: TaskRecord.Link(kind: .importBatch, id: id.value)
            )
        }
    }

    static let accountsBelowMinimum = TaskCauseSource { store, _ in
        try store.accountsBelowMinimum().map { id, name in
            TaskCause(
                key: .accountBelowMinimum(id),
                title: "“\(name.prefix(200))” holds less than it should",
                priority: .high,
                link: TaskRecord.Link(kind: .account, id: id.value)
            )
        }
    }
}

extension TaskCauseSource {
    /// Accounts that were agreed with statements once, and not for long while they were used.
    static let accountsToReconcile = TaskCauseSource { store, _ in
        try store.accountsToReconcile().map { id, name in
            TaskCause(
                key: .reconcileOverdue(id),
                title: "Compare “\(name.prefix(200))” with its statement",
                priority: .low,
                link: TaskRecord.Link(kind: .account, id: id.value)
            )
        }
    }

    /// Of today's period, by the way in which the household looks at its budget.
    static let budgetsOverspent = TaskCauseSource { store, _ in
        guard let book = try store.budget() else { return [] }
        let overspent = try book.overspent()
        return book.nodes.filter { overspent.contains($0.id) }.prefix(TaskCauseStore.limit).map {
            TaskCause(
                key: .budgetOverspent($0.id, in: book.period),
                title: "“\($0.name.prefix(200))” is overspent: cover it",
                priority: .medium,
                link: TaskRecord.Link(kind: .category, id: $0.id.value)
            )
        }
    }
}

/// What the sources ask, of the whole household, and what was asked of people so far.
struct TaskCauseStore {
    let transaction: any SQLTransaction
    /// Somebody who sees everything.
    let member: Member
    let today: LocalDate

    var household: HouseholdID { member.household }

    /// How many of a kind are asked for at once.
    static let limit = 100

    func imports(waitingSince moment: Instant) throws -> [(ImportBatchID, String)] {
        try transaction.rows(
            """
            SELECT id, file_name FROM import_batch
            WHERE household_id = \(household) AND state = \(ImportBatch.State.preview.rawValue)
                AND created_at <= \(moment)
            ORDER BY id LIMIT \(Self.limit)
            """
        ) { (try $0.identifier(), try $0.text()) }
    }

    func accountsBelowMinimum() throws -> [(AccountID, String)] {
        try transaction.rows(
            """
            SELECT id, name FROM account
            WHERE household_id = \(household) AND class IN ('asset', 'liability')
                AND balance < minimum_balance AND deleted_at IS NULL AND closed_at IS NULL
            ORDER BY id LIMIT \(Self.limit)
            """
        ) { (try $0.identifier(), try $0.text()) }
    }

    /// Days without an agreed statement after which one is asked for: a month, and time for the statement to come.
    static let reconcileDays = 45

    func accountsToReconcile() throws -> [(AccountID, String)] {
        let since = today.adding(days: -Self.reconcileDays)
        // 4 is `reconciled`; as a bound value it would find no partial index.
        let reconciled: SQLText = """
            SELECT 1 FROM ledger_transaction t
            WHERE t.household_id = a.household_id AND t.account_id = a.id AND t.state = 4
                AND t.deleted_at IS NULL
            """
        return try transaction.rows(
            """
            SELECT a.id, a.name FROM account a
            WHERE a.household_id = \(household) AND a.class IN ('asset', 'liability')
                AND a.deleted_at IS NULL AND a.closed_at IS NULL
                AND EXISTS (\(reconciled))
                AND NOT EXISTS (\(reconciled) AND t.date > \(since))
                AND EXISTS (
                    SELECT 1 FROM posting p
                    WHERE p.household_id = a.household_id AND p.account_id = a.id
                        AND p.date > \(since) AND p.date <= \(today))
            ORDER BY a.id LIMIT \(Self.limit)
            """
        ) { (try $0.identifier(), try $0.text()) }
    }

    /// Today's period; nil where nothing is budgeted.
    func budget() throws -> BudgetBook? {
        let store = BudgetStore(transaction: transaction, household: household)
        guard try !store.budgets(member.currency).isEmpty else { return nil }
        let reader = BudgetReader(transaction: transaction, member: member, today: today)
        return try reader.book(today.description)
    }

    /// The causes that last, by what was made of them: tasks that are open, done or deleted.
    func lasting() throws -> [TaskCause.Key: TaskID] {
        let rows = try transaction.rows(
            """
            SELECT cause, id FROM task
            WHERE household_id = \(household) AND cause IS NOT NULL AND cause_ended_at IS NULL
            """
        ) { (TaskCause.Key(description: try $0.text()), try $0.identifier() as TaskID) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    func lasting(_ key: TaskCause.Key) throws -> TaskID? {
        try transaction.first(
            """
            SELECT id FROM task
            WHERE household_id = \(household) AND cause = \(key.description)
                AND cause_ended_at IS NULL
            """
        ) { try $0.identifier() }
    }
}
