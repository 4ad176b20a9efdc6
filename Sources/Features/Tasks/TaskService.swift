import HTTPTypes
import Ledger
import Storage

/// What people do with tasks. One method is one use case.
struct TaskService: Sendable {
    /// How many a household may have, done ones included.
    static let countLimit = 20_000

    func create(_ input: TaskInput, in write: HouseholdWrite) throws -> TaskView {
        let store = TaskStore(write)
        guard try store.countAll() < Self.countLimit else {
            throw APIError.conflict(
                "task.too_many",
                "At most \(Self.countLimit) tasks are possible. Delete some that are done."
            )
        }
        var record = TaskRecord(
            id: write.ids.next(),
            title: input.title,
            description: input.description.flatMap { $0.isEmpty ? nil : $0 },
            status: input.status,
            priority: input.priority,
            dueOn: input.dueOn,
            assignee: input.assignee,
            link: input.link,
            tags: input.tags,
            position: try store.nextPosition(),
            version: 1,
            createdAt: write.now,
            updatedAt: write.now,
            doneAt: input.status == .done ? write.now : nil
        )
        record.repeats = try Self.repetition(input.rule, from: input.repeatFrom, due: input.dueOn)
        try Self.mustRepeat(record)
        try check(assignee: record.assignee, store)
        try check(link: record.link, store, write)
        try store.insert(record)
        let view = try store.load(record.id)
        try tellAssignee(of: view, before: nil, in: write)
        write.record(
            AuditNote("create", "task", record.id.value, after: try store.trail(view))
        )
        return view
    }

    func update(
        _ id: TaskID,
        _ patch: TaskPatch,
        expecting version: Int64?,
        in write: HouseholdWrite
    ) throws -> TaskView {
        let store = TaskStore(write)
        let before = try live(id, expecting: version, store)
        let made = try apply(patch, to: before.record, in: write)
        let after = try store.load(id)
        write.record(
            AuditNote(
                "update",
                "task",
                id.value,
                before: try store.trail(before),
                after: try store.trail(after),
                changes: try made.map { [try change(nil, $0, store)] } ?? []
            )
        )
        return after
    }

    func delete(_ id: TaskID, expecting version: Int64?, in write: HouseholdWrite) throws {
        let store = TaskStore(write)
        let before = try live(id, expecting: version, store)
        try setDeleted(write.now, before.record, in: write)
        write.record(AuditNote("delete", "task", id.value, before: try store.trail(before)))
    }

    func restore(_ id: TaskID, in write: HouseholdWrite) throws -> TaskView {
        let store = TaskStore(write)
        let before = try store.load(id)
        guard before.record.deletedAt != nil else { return before }
        try Self.mustBeRestorable(before.record, at: write.now)
        try setDeleted(nil, before.record, in: write)
        let after = try store.load(id)
        write.record(AuditNote("restore", "task", id.value, after: try store.trail(after)))
        return after
    }

    // MARK: Steps

    /// Changes a task, and makes the next one of a task that repeats and is now done.
    ///
    /// - Returns: the id of the next one, where one was made.
    func apply(
        _ patch: TaskPatch,
        to old: TaskRecord,
        in write: HouseholdWrite
    ) throws -> TaskID? {
        let store = TaskStore(write)
        var record = old
        record.title = patch.title ?? old.title
        record.description = patch.description.applied(to: old.description)
        if record.description?.isEmpty == true { record.description = nil }
        record.priority = patch.priority ?? old.priority
        record.dueOn = patch.dueOn.applied(to: old.dueOn)
        record.assignee = patch.assignee.applied(to: old.assignee)
        record.tags = patch.tags ?? old.tags
        record.repeats = try Self.repetition(of: record, patch)
        // The last one may be put off beyond the end.
        if record.repeats?.rule != old.repeats?.rule { try Self.mustRepeat(record) }
        record.link = try Self.link(of: old, patch)
        if record.assignee != old.assignee { try check(assignee: record.assignee, store) }
        if record.link != old.link { try check(link: record.link, store, write) }
        let made = try settle(&record, patch.status, in: write)
        if let position = patch.position.map(Int64.init), position != old.position {
            try store.makeRoom(at: position)
            record.position = position
        }
        try store.update(record, at: write.now)
        if record.assignee != old.assignee {
            try tellAssignee(of: store.load(record.id), before: old.assignee, in: write)
        }
        return made
    }

    /// Nobody is told of what they gave themselves.
    private func tellAssignee(
        of view: TaskView,
        before: PersonID?,
        in write: HouseholdWrite
    ) throws {
        let record = view.record
        guard let assignee = record.assignee, assignee != before, record.status != .done,
            assignee != write.member.person
        else { return }
        let accounts = try TaskStore(write).accounts(of: record.link)
        try Notices(write).tell(.taskAssigned(view, accounts), to: [assignee])
    }

    /// Gives it its status. Under the household's lock, so of two who tick at once the second finds it done.
    private func settle(
        _ record: inout TaskRecord,
        _ status: TaskRecord.Status?,
        in write: HouseholdWrite
    ) throws -> TaskID? {
        guard let status, status != record.status else { return nil }
        record.status = status
        record.doneAt = status == .done ? write.now : nil
        guard status == .done else { return nil }
        let store = TaskStore(write)
        guard var next = record.following(write.ids.next(), at: write.now) else { return nil }
        next.position += 1
        try store.makeRoom(at: next.position)
        try store.insert(next)
        record.next = next.id
        return next.id
    }

    func setDeleted(
        _ moment: Instant?,
        _ record: TaskRecord,
        in write: HouseholdWrite
    ) throws {
        var record = record
        record.deletedAt = moment
        try TaskStore(write).update(record, at: write.now)
    }

    func change(
        _ before: TaskView?,
        _ id: TaskID,
        _ store: TaskStore
    ) throws -> AuditNote.Change {
        AuditNote.Change(
            entity: id.value,
            before: try before.map(store.trail),
            after: try store.trail(store.load(id))
        )
    }

    // MARK: What holds of a task

    private static func repetition(
        _ rule: RecurrenceRule?,
        from: LocalDate?,
        due: LocalDate?
    ) throws -> TaskRecord.Repetition? {
        guard let rule else {
            guard from == nil else {
                throw APIError.invalid("repeat", "required", "belongs to repeat_from")
            }
            return nil
        }
        guard let due else {
            throw APIError.invalid("due_on", "required", "a task that repeats needs a due date")
        }
        return TaskRecord.Repetition(rule: rule, from: from ?? due)
    }

    private static func mustRepeat(_ record: TaskRecord) throws {
        guard let due = record.dueOn, record.repeats?.rule.hasEnded(before: due) == true else {
            return
        }
        throw APIError.invalid("repeat", "before_due", "must not end before due_on")
    }

    /// A rule that is new counts from the due date; one that stays, from where it counted.
    private static func repetition(
        of record: TaskRecord,
        _ patch: TaskPatch
    ) throws -> TaskRecord.Repetition? {
        let old = record.repeats
        let rule = patch.rule.applied(to: old?.rule)
        var from = rule == old?.rule ? old?.from : nil
        switch patch.repeatFrom {
        case .absent: break
        case .clear: from = nil
        case .value(let day): from = day
        }
        // Without a rule there is nothing to count.
        return try repetition(rule, from: rule == nil ? nil : from, due: record.dueOn)
    }

    private static func link(
        of record: TaskRecord,
        _ patch: TaskPatch
    ) throws -> TaskRecord.Link? {
        let kind = patch.linkKind.applied(to: record.link?.kind)
        let id = patch.linkID.applied(to: record.link.map { Identifier($0.id) })
        switch (kind, id) {
        case (let kind?, let id?): return TaskRecord.Link(kind: kind, id: id.value)
        case (nil, nil): return nil
        case (nil, _): throw APIError.invalid("link_kind", "required", "belongs to link_id")
        case (_, nil): throw APIError.invalid("link_id", "required", "belongs to link_kind")
        }
    }

    private func check(assignee: PersonID?, _ store: TaskStore) throws {
        guard let assignee, try !store.isMember(assignee) else { return }
        throw APIError.invalid("assignee_id", "not_found", "there is no such member")
    }

    private func check(
        link: TaskRecord.Link?,
        _ store: TaskStore,
        _ write: HouseholdWrite
    ) throws {
        guard let link, try !store.isThere(link, in: write) else { return }
        throw APIError.invalid("link_id", "not_found", "there is no such \(link.kind.rawValue)")
    }

    /// - Throws: 404, 412
    func live(_ id: TaskID, expecting version: Int64?, _ store: TaskStore) throws -> TaskView {
        let view = try store.load(id)
        guard view.record.deletedAt == nil else { throw APIError.notFound("task") }
        guard version == nil || version == view.record.version else { throw APIError.stale }
        return view
    }

    /// - Throws: 404 once it is too late.
    static func mustBeRestorable(_ record: TaskRecord, at now: Instant) throws {
        guard let deleted = record.deletedAt,
            deleted.adding(seconds: TransactionService.restorableSeconds) >= now
        else { throw APIError.notFound("task") }
    }
}
