import Ledger
import Storage

extension TaskStore {
    func page(_ query: TaskListQuery) throws -> TaskPage {
        let condition = condition(query.filter)
        let (key, sort) = (query.sort.column, query.sort)
        var after: SQLText = .empty
        if let text = query.cursor {
            let cursor = try TaskCursor(text, for: sort)
            after =
                sort.isDescending
                ? " AND (\(key), k.id) < (\(cursor.key), \(cursor.id))"
                : " AND (\(key), k.id) > (\(cursor.key), \(cursor.id))"
        }
        let direction: SQLText = sort.isDescending ? "DESC" : "ASC"
        var rows = try views(
            condition + after,
            "ORDER BY \(key) \(direction), k.id \(direction) LIMIT \(query.limit + 1)"
        )
        let hasMore = rows.count > query.limit
        if hasMore { rows.removeLast() }
        let last = hasMore ? rows.last : nil
        return TaskPage(
            tasks: rows,
            total: try count(condition),
            nextCursor: last.map { TaskCursor($0.record, sort).text(for: sort) }
        )
    }

    /// All of them in the order of their ids, deleted ones too.
    func page(after cursor: String?, limit: Int) throws -> [TaskView] {
        try views("AND k.id > \(TaskID(after: cursor))", "ORDER BY k.id LIMIT \(limit)")
    }

    private func count(_ condition: SQLText) throws -> Int {
        try transaction.first(
            """
            SELECT COUNT(*) FROM task k
            LEFT JOIN member m ON m.household_id = k.household_id AND m.person_id = k.assignee_id
            WHERE k.household_id = \(household)\(try unseenImports()) \(condition)
            """
        ) { try $0.int() } ?? 0
    }

    /// How many live ones there are, those that the member does not see included.
    func countAll() throws -> Int {
        try transaction.entire.first(
            "SELECT COUNT(*) FROM task WHERE household_id = \(household) AND deleted_at IS NULL"
        ) { try $0.int() } ?? 0
    }

    private func condition(_ filter: TaskFilter) -> SQLText {
        var parts: [SQLText] = []
        if !filter.includesDeleted { parts.append("k.deleted_at IS NULL") }
        switch filter.status {
        case nil: break
        case .open: parts.append("k.done_at IS NULL")
        case let status?: parts.append("k.status = \(status.rawValue)")
        }
        if let priority = filter.priority { parts.append("k.priority = \(priority.rank)") }
        if let day = filter.dueFrom { parts.append("k.due_on >= \(day)") }
        if let day = filter.dueTo { parts.append("k.due_on <= \(day)") }
        if let isDated = filter.isDated { parts.append(Self.has("k.due_on", isDated)) }
        if let repeats = filter.isRepeating { parts.append(Self.has("k.repeat_rule", repeats)) }
        if let isAsked = filter.isAsked { parts.append(Self.has("k.cause", isAsked)) }
        // Whoever left is not asked to do anything any more.
        if let person = filter.assignee { parts.append("m.person_id = \(person)") }
        if let isAssigned = filter.isAssigned { parts.append(Self.has("m.person_id", isAssigned)) }
        if let kind = filter.linkKind { parts.append("k.link_kind = \(kind.rawValue)") }
        if let id = filter.linkID { parts.append("k.link_id = \(id)") }
        if let tag = filter.tag {
            parts.append(
                """
                EXISTS (SELECT 1 FROM task_tag g WHERE g.household_id = k.household_id
                    AND g.task_id = k.id AND g.tag = \(tag))
                """
            )
        }
        // Folded words have no sign that LIKE knows.
        for word in filter.words.prefix(SQLDialect.searchWordLimit) {
            let pattern = "% \(word)%"
            parts.append("(' ' || k.words) LIKE \(pattern)")
        }
        return parts.isEmpty ? .empty : "AND \(parts.joined(by: " AND "))"
    }

    private static func has(_ column: SQLText, _ isThere: Bool) -> SQLText {
        isThere ? "\(column) IS NOT NULL" : "\(column) IS NULL"
    }

    // MARK: What a task names

    func isMember(_ person: PersonID) throws -> Bool {
        try transaction.first(
            """
            SELECT 1 FROM member WHERE household_id = \(household) AND person_id = \(person)
            """
        ) { try $0.int() } != nil
    }

    /// Whether there is something to be about, as the member sees it.
    func isThere(_ link: TaskRecord.Link, in write: HouseholdWrite) throws -> Bool {
        let question: SQLText
        switch link.kind {
        case .account:
            question = """
                SELECT 1 FROM account WHERE household_id = \(household) AND id = \(link.id)
                    AND class IN ('asset', 'liability') AND deleted_at IS NULL
                """
        case .category:
            question = """
                SELECT 1 FROM account WHERE household_id = \(household) AND id = \(link.id)
                    AND class IN ('income', 'expense') AND deleted_at IS NULL
                """
        case .transaction:
            // One of which only a part is seen is not there.
            guard try !write.fullySeen([TransactionID(link.id)]).isEmpty else { return false }
            question = """
                SELECT 1 FROM ledger_transaction
                WHERE household_id = \(household) AND id = \(link.id) AND deleted_at IS NULL
                """
        case .bill:
            question = """
                SELECT 1 FROM bill
                WHERE household_id = \(household) AND id = \(link.id) AND deleted_at IS NULL
                """
        case .goal:
            question = """
                SELECT 1 FROM goal
                WHERE household_id = \(household) AND id = \(link.id) AND deleted_at IS NULL
                """
        case .importBatch:
            return try ImportStore(write).find(ImportBatchID(link.id)) != nil
        }
        return try transaction.first(question) { try $0.int() } != nil
    }

    /// What the trail keeps of a task: also on which accounts it is about.
    func trail(_ view: TaskView) throws -> [UInt8] {
        var view = view
        let isOfBudget = view.record.cause?.hasPrefix(TaskCause.Key.budgetPrefix) ?? false
        view.accounts = isOfBudget ? try allAccounts() : try accounts(of: view.record.link)
        return TaskView.trail.bytes(view)
    }

    func accounts(of link: TaskRecord.Link?) throws -> [AccountID] {
        let whole = transaction.entire
        switch link?.kind {
        case nil, .category, .goal: return []
        case .account: return link.map { [AccountID($0.id)] } ?? []
        case .transaction:
            return try whole.rows(
                """
                SELECT DISTINCT p.account_id FROM posting p JOIN account a
                    ON a.household_id = p.household_id AND a.id = p.account_id
                WHERE p.household_id = \(household) AND p.transaction_id = \(link?.id)
                    AND a.class IN ('asset', 'liability') ORDER BY p.account_id
                """
            ) { try $0.identifier() }
        case .bill:
            let bill = try link.flatMap {
                try BillStore(transaction: whole, household: household).find(BillID($0.id))
            }
            return [bill?.account, bill?.toAccount].compactMap(\.self)
        case .importBatch:
            let imports = ImportStore(transaction: whole, member: member)
            let batch = try link.flatMap { try imports.find(ImportBatchID($0.id)) }
            if let accounts = batch?.accounts { return accounts.sorted() }
            // As long as it is not known where its rows lie they may lie anywhere.
            return try allAccounts()
        }
    }

    private func allAccounts() throws -> [AccountID] {
        try transaction.entire.rows(
            """
            SELECT id FROM account
            WHERE household_id = \(household) AND class IN ('asset', 'liability') ORDER BY id
            """
        ) { try $0.identifier() }
    }
}
