import Ledger
import Storage

/// What a household has to do, as a member sees it.
struct TaskStore {
    let transaction: any SQLTransaction
    let member: Member

    init(transaction: any SQLTransaction, member: Member) {
        self.transaction = transaction
        self.member = member
    }

    init(_ write: HouseholdWrite) {
        self.init(transaction: write.seen, member: write.member)
    }

    var household: HouseholdID { member.household }

    // MARK: Reading

    /// Deleted ones too.
    ///
    /// - Throws: 404
    func load(_ id: TaskID) throws -> TaskView {
        guard let view = try views("AND k.id = \(id)").first else {
            throw APIError.notFound("task")
        }
        return view
    }

    func load(_ ids: [TaskID]) throws -> [TaskView] {
        try views("AND k.id IN \(list: ids)")
    }

    /// - Parameter condition: what is asked of `k`, with its AND.
    func views(_ condition: SQLText, _ rest: SQLText = "ORDER BY k.id") throws -> [TaskView] {
        let views = try transaction.rows(
            """
            SELECT k.id, k.title, k.description, k.status, k.priority, k.due_on, k.repeat_rule,
                k.repeat_from, m.person_id, k.link_kind, k.link_id, k.cause, k.cause_ended_at, k.next_id,
                k.position, k.version, k.created_at, k.updated_at, k.done_at, k.deleted_at,
                COALESCE(a.name, t.payee, t.note, b.file_name, l.name, g.name)
            FROM task k
            LEFT JOIN member m ON m.household_id = k.household_id AND m.person_id = k.assignee_id
            LEFT JOIN account a ON a.household_id = k.household_id AND a.id = k.link_id
                AND k.link_kind IN ('account', 'category')
            LEFT JOIN ledger_transaction t ON t.household_id = k.household_id AND t.id = k.link_id
                AND k.link_kind = 'transaction'
            LEFT JOIN import_batch b ON b.household_id = k.household_id AND b.id = k.link_id
                AND k.link_kind = 'import'
            LEFT JOIN bill l ON l.household_id = k.household_id AND l.id = k.link_id
                AND k.link_kind = 'bill'
            LEFT JOIN goal g ON g.household_id = k.household_id AND g.id = k.link_id
                AND k.link_kind = 'goal'
            WHERE k.household_id = \(household)\(try unseenImports()) \(condition) \(rest)
            """
        ) { try Self.view(&$0) }
        return try tagged(views)
    }

    private static func view(_ row: inout SQLRow) throws -> TaskView {
        let record = TaskRecord(
            id: try row.identifier(),
            title: try row.text(),
            description: try row.textOrNil(),
            status: TaskRecord.Status(rawValue: try row.text()) ?? .todo,
            priority: TaskRecord.Priority(rank: try row.integer()) ?? .medium,
            dueOn: try row.dateOrNil(),
            repeats: try repetition(&row),
            assignee: try row.identifierOrNil(),
            link: try link(&row),
            tags: [],
            cause: try row.textOrNil(),
            causeEndedAt: try row.instantOrNil(),
            next: try row.identifierOrNil(),
            position: try row.integer(),
            version: try row.integer(),
            createdAt: try row.instant(),
            updatedAt: try row.instant(),
            doneAt: try row.instantOrNil(),
            deletedAt: try row.instantOrNil()
        )
        return TaskView(record: record, linkName: try row.textOrNil())
    }

    private static func repetition(_ row: inout SQLRow) throws -> TaskRecord.Repetition? {
        let (rule, from) = (try row.textOrNil(), try row.dateOrNil())
        guard let rule, let from else { return nil }
        return TaskRecord.Repetition(rule: try RecurrenceRule(rule), from: from)
    }

    private static func link(_ row: inout SQLRow) throws -> TaskRecord.Link? {
        let (kind, id): (String?, TaskID?) = (try row.textOrNil(), try row.identifierOrNil())
        guard let id, let kind = kind.flatMap({ TaskRecord.Link.Kind(rawValue: $0) }) else {
            return nil
        }
        return TaskRecord.Link(kind: kind, id: id.value)
    }

    private func tagged(_ views: [TaskView]) throws -> [TaskView] {
        guard !views.isEmpty else { return [] }
        var tags: [TaskID: [String]] = [:]
        try transaction.forEach(
            """
            SELECT task_id, tag FROM task_tag
            WHERE household_id = \(household) AND task_id IN \(list: views.map(\.record.id))
            ORDER BY task_id, tag
            """
        ) { row in
            let id: TaskID = try row.identifier()
            tags[id, default: []].append(try row.text())
        }
        return views.map { view in
            var record = view.record
            record.tags = tags[record.id] ?? []
            return TaskView(record: record, linkName: view.linkName)
        }
    }

    /// A condition that leaves out what is about files that the member does not see.
    func unseenImports() throws -> SQLText {
        guard member.sees != .everything else { return .empty }
        let imports = ImportStore(transaction: transaction, member: member)
        let linked: [ImportBatchID] = try transaction.rows(
            """
            SELECT DISTINCT link_id FROM task
            WHERE household_id = \(household) AND link_kind = 'import' ORDER BY link_id
            """
        ) { try $0.identifier() }
        let unseen = try linked.filter { try imports.find($0) == nil }
        guard !unseen.isEmpty else { return .empty }
        return " AND (COALESCE(k.link_kind, '') <> 'import' OR k.link_id NOT IN \(list: unseen))"
    }

    // MARK: Writing

    func insert(_ record: TaskRecord) throws {
        try transaction.execute(
            """
            INSERT INTO task (household_id, id, title, description, status, priority, due_on,
                repeat_rule, repeat_from, assignee_id, link_kind, link_id, cause, position,
                folded_title, words, created_at, updated_at, done_at)
            VALUES (\(household), \(record.id), \(record.title), \(record.description),
                \(record.status.rawValue), \(record.priority.rank), \(record.dueOn),
                \(record.repeats?.rule.description), \(record.repeats?.from), \(record.assignee),
                \(record.link?.kind.rawValue), \(record.link?.id), \(record.cause),
                \(record.position), \(record.foldedTitle), \(record.words), \(record.createdAt),
                \(record.updatedAt), \(record.doneAt))
            """
        )
        try insertTags(of: record)
    }

    /// Raises the version.
    func update(_ record: TaskRecord, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE task SET title = \(record.title), description = \(record.description),
                status = \(record.status.rawValue), priority = \(record.priority.rank),
                due_on = \(record.dueOn), repeat_rule = \(record.repeats?.rule.description),
                repeat_from = \(record.repeats?.from), assignee_id = \(record.assignee),
                link_kind = \(record.link?.kind.rawValue), link_id = \(record.link?.id),
                cause_ended_at = \(record.causeEndedAt), next_id = \(record.next),
                position = \(record.position), folded_title = \(record.foldedTitle),
                words = \(record.words), done_at = \(record.doneAt),
                deleted_at = \(record.deletedAt), version = version + 1, updated_at = \(now)
            WHERE household_id = \(household) AND id = \(record.id)
            """
        )
        try transaction.execute(
            "DELETE FROM task_tag WHERE household_id = \(household) AND task_id = \(record.id)"
        )
        try insertTags(of: record)
    }

    private func insertTags(of record: TaskRecord) throws {
        guard !record.tags.isEmpty else { return }
        try transaction.insert(
            into: "task_tag (household_id, task_id, tag)",
            rows: Set(record.tags).sorted().map {
                [household.sqlValue, record.id.sqlValue, .text($0)]
            }
        )
    }

    /// The end of the list that people order by hand. Hidden ones have places too.
    func nextPosition() throws -> Int64 {
        let last = try transaction.entire.first(
            "SELECT MAX(position) FROM task WHERE household_id = \(household)"
        ) { try $0.integerOrNil() }
        return ((last ?? nil) ?? 0) + 1
    }

    /// Moves what stands at a place and behind it by one, if something does.
    func makeRoom(at position: Int64) throws {
        let occupant = try transaction.entire.first(
            """
            SELECT 1 FROM task WHERE household_id = \(household) AND position = \(position) LIMIT 1
            """
        ) { try $0.int() }
        guard occupant != nil else { return }
        try transaction.execute(
            """
            UPDATE task SET position = position + 1
            WHERE household_id = \(household) AND position >= \(position)
            """
        )
    }
}
