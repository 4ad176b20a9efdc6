import Interchange
package import Ledger
import Storage

/// Something to do, as it is stored.
package struct TaskRecord: Sendable {
    package let id: TaskID
    var title: String
    var description: String?
    var status: Status
    var priority: Priority
    var dueOn: LocalDate?
    var repeats: Repetition?
    var assignee: PersonID?
    var link: Link?
    var tags: [String]
    /// What the server asks for, as `TaskCause.Key` has it; nil for people's own.
    var cause: String?
    var causeEndedAt: Instant?
    /// The task that ticking this one made. Kept when the tick is taken away again, so that there is never a second.
    var next: TaskID?
    var position: Int64
    package var version: Int64
    let createdAt: Instant
    var updatedAt: Instant
    var doneAt: Instant?
    var deletedAt: Instant?

    enum Status: String, CaseIterable, Sendable {
        case todo
        case inProgress = "in_progress"
        case done
    }

    enum Priority: String, CaseIterable, Sendable {
        case low, medium, high, urgent

        /// As it is stored and ordered.
        var rank: Int64 { Int64(Self.allCases.firstIndex(of: self) ?? 0) }

        init?(rank: Int64) {
            guard Self.allCases.indices.contains(Int(rank)) else { return nil }
            self = Self.allCases[Int(rank)]
        }
    }

    struct Repetition: Sendable, Equatable {
        var rule: RecurrenceRule
        /// The day that the rule counts from, so that the last day of a month stays the last day.
        var from: LocalDate

        /// Nil when that was the last one.
        func day(after day: LocalDate) -> LocalDate? {
            Schedule(start: from, rule: rule).next(after: day)?.date
        }
    }

    /// What it is about. A feature that comes adds its kind here and its name in `TaskStore`.
    struct Link: Sendable, Equatable {
        let kind: Kind
        let id: UniqueID

        enum Kind: String, CaseIterable, Sendable {
            case account, category, transaction, bill, goal
            case importBatch = "import"
        }
    }
}

extension TaskRecord {
    /// The longest texts and lists.
    enum Limits {
        static let title = 3...255
        static let description = 0...4_000
        static let tags = 0...50
        static let tag = 1...64
    }

    /// What orders by title.
    var foldedTitle: String { Self.foldedTitle(title) }

    static func foldedTitle(_ title: String) -> String { PayeeName.folded(title) }

    /// What is searched.
    var words: String { Self.words(title, description, tags) }

    static func words(_ title: String, _ description: String?, _ tags: [String]) -> String {
        PayeeName.folded(([title, description ?? ""] + tags).joined(separator: " "))
    }

    /// The next one of a task that repeats, to be done by the day that the rule names.
    func following(_ id: TaskID, at now: Instant) -> TaskRecord? {
        guard let dueOn, let repeats, next == nil, let day = repeats.day(after: dueOn) else {
            return nil
        }
        return TaskRecord(
            id: id,
            title: title,
            description: description,
            status: .todo,
            priority: priority,
            dueOn: day,
            repeats: repeats,
            assignee: assignee,
            link: link,
            tags: tags,
            position: position,
            version: 1,
            createdAt: now,
            updatedAt: now
        )
    }
}

/// A task as it is answered.
package struct TaskView: Sendable {
    package let record: TaskRecord
    /// What it is about is called so; nil once that is gone for good.
    let linkName: String?
    /// The accounts that what it is about lies on. Only the trail is told.
    var accounts: [AccountID] = []

    package static let shape = Shape<TaskView>("Task", declare)

    /// For the trail, which hides from a member what speaks of an account that they do not see.
    static let trail = Shape<TaskView>("TracedTask") { shape in
        declare(&shape)
        shape.texts("account_ids") { $0.accounts.map(\.description) }
    }

    private static func declare(_ shape: inout Shape<TaskView>) {
        shape.id("id", \.record.id)
        shape.text("title", \.record.title)
        shape.textOrNil("description", \.record.description)
        shape.choice("status", \.record.status)
        shape.choice("priority", \.record.priority)
        shape.dateOrNil("due_on", \.record.dueOn)
        shape.textOrNil("repeat") { $0.record.repeats?.rule.description }
        shape.textOrNil("repeat_words") { view in
            view.record.repeats.map { Schedule(start: $0.from, rule: $0.rule).words }
        }
        shape.dateOrNil("repeat_from", \.record.repeats?.from)
        shape.idOrNil("assignee_id", \.record.assignee)
        shape.member("link_kind", .nullable(.choice(TaskRecord.Link.Kind.allCases.map(\.rawValue))))
        {
            view,
            writer in
            if let kind = view.record.link?.kind {
                writer.string(kind.rawValue)
            } else {
                writer.null()
            }
        }
        shape.idOrNil("link_id") { $0.record.link.map { Identifier<TaskRecord.Link>($0.id) } }
        shape.textOrNil("link_name", \.linkName)
        shape.texts("tags", \.record.tags)
        shape.textOrNil("cause", \.record.cause)
        shape.idOrNil("next_id", \.record.next)
        shape.integer("position", \.record.position)
        shape.integer("version", \.record.version)
        shape.instant("created_at", \.record.createdAt)
        shape.instant("updated_at", \.record.updatedAt)
        shape.instantOrNil("done_at", \.record.doneAt)
        shape.instantOrNil("deleted_at", \.record.deletedAt)
    }
}

extension TaskView: Versioned {
    var version: Int64 { record.version }
}
