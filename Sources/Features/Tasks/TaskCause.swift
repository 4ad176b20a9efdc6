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

        static func importToReview(_ id: ImportBatchID) -> Key { Key(description: "import:\(id)") }

        static func accountBelowMinimum(_ id: AccountID) -> Key {
            Key(description: "minimum:\(id)")
        }
    }
}

/// Finds causes of one kind. Whatever feature needs somebody to act adds its own to `all`.
struct TaskCauseSource: Sendable {
    let find: @Sendable (TaskCauseStore, Instant) throws -> [TaskCause]

    static let all: [TaskCauseSource] = [
        .importsToReview, .accountsBelowMinimum, .billsUnmatched,
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

/// What the sources ask, of the whole household, and what was asked of people so far.
struct TaskCauseStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

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
