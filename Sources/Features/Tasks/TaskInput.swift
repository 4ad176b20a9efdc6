import Ledger

/// A new task.
package struct TaskInput: RequestFields {
    let title: String
    let description: String?
    let status: TaskRecord.Status
    let priority: TaskRecord.Priority
    let dueOn: LocalDate?
    let rule: RecurrenceRule?
    let repeatFrom: LocalDate?
    let assignee: PersonID?
    let link: TaskRecord.Link?
    let tags: [String]

    init(
        title: String,
        priority: TaskRecord.Priority = .medium,
        dueOn: LocalDate?,
        rule: RecurrenceRule? = nil,
        link: TaskRecord.Link? = nil,
        tags: [String] = []
    ) {
        self.title = title
        description = nil
        status = .todo
        self.priority = priority
        self.dueOn = dueOn
        self.rule = rule
        repeatFrom = nil
        assignee = nil
        self.link = link
        self.tags = tags
    }

    package init(_ fields: inout FieldReader) {
        title = fields.required("title", .text(TaskRecord.Limits.title))
        description = fields.optional("description", .lines(TaskRecord.Limits.description))
        status = fields.optional("status", .choice()) ?? .todo
        priority = fields.optional("priority", .choice()) ?? .medium
        dueOn = fields.optional("due_on", .date)
        rule = fields.optional("repeat", .recurrence)
        repeatFrom = fields.optional("repeat_from", .date)
        assignee = fields.optional("assignee_id", .id())
        let kind = fields.optional("link_kind", .choice() as FieldKind<TaskRecord.Link.Kind>)
        let id = fields.optional("link_id", .id(TaskRecord.Link.self))
        tags = fields.optional("tags", .taskTags) ?? []
        link = kind.flatMap { kind in id.map { TaskRecord.Link(kind: kind, id: $0.value) } }
        if kind != nil, id == nil { fields.fault("link_id", "required", "belongs to link_kind") }
        if id != nil, kind == nil { fields.fault("link_kind", "required", "belongs to link_id") }
    }
}

/// What may be changed of a task.
package struct TaskPatch: RequestFields {
    var title: String?
    var description: Patch<String> = .absent
    var status: TaskRecord.Status?
    var priority: TaskRecord.Priority?
    var dueOn: Patch<LocalDate> = .absent
    var rule: Patch<RecurrenceRule> = .absent
    var repeatFrom: Patch<LocalDate> = .absent
    var assignee: Patch<PersonID> = .absent
    var linkKind: Patch<TaskRecord.Link.Kind> = .absent
    var linkID: Patch<Identifier<TaskRecord.Link>> = .absent
    var tags: [String]?
    var position: Int?

    init() {}

    package init(_ fields: inout FieldReader) {
        title = fields.ifPresent("title", .text(TaskRecord.Limits.title))
        description = fields.patch("description", .lines(TaskRecord.Limits.description))
        status = fields.ifPresent("status", .choice())
        priority = fields.ifPresent("priority", .choice())
        dueOn = fields.patch("due_on", .date)
        rule = fields.patch("repeat", .recurrence)
        repeatFrom = fields.patch("repeat_from", .date)
        assignee = fields.patch("assignee_id", .id())
        linkKind = fields.patch("link_kind", .choice())
        linkID = fields.patch("link_id", .id())
        tags = fields.ifPresent("tags", .taskTags)
        position = fields.ifPresent("position", .integer(1...1_000_000_000))
    }
}

/// A change of many tasks at once, all or nothing.
package struct TaskBulkInput: RequestFields {
    let action: Action
    let ids: [TaskID]
    let patch: TaskBulkPatch?

    enum Action: String, CaseIterable, Sendable {
        case patch, delete, restore
    }

    static let limit = 500

    package init(_ fields: inout FieldReader) {
        action = fields.required("action", .choice())
        ids = fields.required("ids", .list(.id(), 1...Self.limit))
        patch = fields.optional("patch", .object())
        if (action == .patch) != (patch != nil) {
            fields.fault("patch", "only_for_patch", "belongs to the action patch, and only to it")
        }
    }
}

/// What can be changed of many at once.
package struct TaskBulkPatch: RequestFields {
    let status: TaskRecord.Status?
    let priority: TaskRecord.Priority?
    let dueOn: Patch<LocalDate>
    let assignee: Patch<PersonID>
    let tags: [String]?
    let addTags: [String]
    let removeTags: [String]

    package init(_ fields: inout FieldReader) {
        status = fields.ifPresent("status", .choice())
        priority = fields.ifPresent("priority", .choice())
        dueOn = fields.patch("due_on", .date)
        assignee = fields.patch("assignee_id", .id())
        tags = fields.ifPresent("tags", .taskTags)
        addTags = fields.ifPresent("add_tags", .taskTags) ?? []
        removeTags = fields.ifPresent("remove_tags", .taskTags) ?? []
    }

    /// - Throws: 422 where a task would carry too many tags.
    func patch(of record: TaskRecord) throws -> TaskPatch {
        var patch = TaskPatch()
        patch.status = status
        patch.priority = priority
        patch.dueOn = dueOn
        patch.assignee = assignee
        let all = (tags ?? record.tags) + addTags
        let kept = Set(all).subtracting(removeTags).sorted()
        guard TaskRecord.Limits.tags.contains(kept.count) else {
            throw APIError.invalid(
                "patch.add_tags",
                "wrong_count",
                "at most \(TaskRecord.Limits.tags.upperBound) tags on a task"
            )
        }
        patch.tags = kept
        return patch
    }
}

extension FieldKind where Value == [String] {
    fileprivate static var taskTags: FieldKind {
        .list(.text(TaskRecord.Limits.tag), TaskRecord.Limits.tags)
    }
}

extension FieldKind where Value == RecurrenceRule {
    /// The value of an RRULE of RFC 5545, without a time of day.
    static var recurrence: FieldKind {
        FieldKind(schema: .text(range: 1...RecurrenceRule.textLimit), placeholder: { .everyDay }) {
            value,
            _ in
            guard case .string(let text) = value else { return .wrongType("text", value) }
            do throws(RecurrenceError) {
                return .value(try RecurrenceRule(text.trimmed))
            } catch {
                let part = error.part.isEmpty ? "" : ", see \(error.part)"
                return .fault(
                    "not_a_rule",
                    "a rule of RFC 5545 such as FREQ=MONTHLY;BYMONTHDAY=-1\(part)"
                )
            }
        }
    }
}

extension RecurrenceRule {
    /// Stands in for a rule that could not be read.
    fileprivate static var everyDay: RecurrenceRule {
        guard let rule = try? RecurrenceRule(.daily) else {
            preconditionFailure("every day is a rule")
        }
        return rule
    }
}
