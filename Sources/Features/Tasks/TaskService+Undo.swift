import Ledger
import Storage

extension TaskService {
    /// What people decide of a task, as it is answered.
    private static let decided = [
        "title", "description", "status", "priority", "due_on", "repeat", "repeat_from",
        "assignee_id", "link_kind", "link_id", "tags", "position",
    ]

    /// Takes back an entry of the trail.
    ///
    /// - Throws: 409 `audit.cannot_undo`
    func takeBack(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        switch entry.action {
        case "create", "restore":
            let view = try untouched(entry.id(), entry.after, TaskStore(write))
            try delete(view.record.id, expecting: nil, in: write)
        case "delete":
            let id: TaskID = try entry.id()
            _ = try deleted(id, at: entry.at, TaskStore(write))
            _ = try restore(id, in: write)
        case "update": try takeBackUpdate(entry, in: write)
        default: try takeBackMany(entry, in: write)
        }
    }

    private func takeBackUpdate(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let store = TaskStore(write)
        let id: TaskID = try entry.id()
        let before = try live(id, expecting: nil, store)
        let removed = try entry.changes.map { try takeBackNext($0, in: write) }
        try stepBack(id, entry.before, entry.after, in: write)
        write.record(
            AuditNote(
                "update",
                "task",
                id.value,
                before: try store.trail(before),
                after: try store.trail(store.load(id)),
                changes: removed
            )
        )
    }

    /// The last first, so that what was made goes before what made it.
    private func takeBackMany(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let store = TaskStore(write)
        var changes: [AuditNote.Change] = []
        for change in entry.changes.reversed() {
            let id = TaskID(change.entity)
            guard change.before != .null else {
                changes.append(try takeBackNext(change, in: write))
                continue
            }
            let before = try store.load(id)
            switch entry.action {
            case "bulk_delete":
                let view = try deleted(id, at: entry.at, store)
                try Self.mustBeRestorable(view.record, at: write.now)
                try setDeleted(nil, view.record, in: write)
            case "bulk_restore":
                let view = try untouched(id, change.after, store)
                try setDeleted(write.now, view.record, in: write)
            default: try stepBack(id, change.before, change.after, in: write)
            }
            changes.append(try self.change(before, id, store))
        }
        let inverse = ["bulk_delete": "bulk_restore", "bulk_restore": "bulk_delete"]
        write.record(
            AuditNote(inverse[entry.action] ?? "bulk_patch", "task", nil, changes: changes)
        )
    }

    /// Removes what ticking made, as long as nobody has touched it.
    private func takeBackNext(
        _ change: TrailDetail.Change,
        in write: HouseholdWrite
    ) throws -> AuditNote.Change {
        let store = TaskStore(write)
        let next = try untouched(TaskID(change.entity), change.after, store)
        try setDeleted(write.now, next.record, in: write)
        return try self.change(next, next.record.id, store)
    }

    private func stepBack(
        _ id: TaskID,
        _ before: JSONValue,
        _ after: JSONValue,
        in write: HouseholdWrite
    ) throws {
        let store = TaskStore(write)
        var record = try live(id, expecting: nil, store).record
        let current = try Self.json(store.trail(TaskView(record: record, linkName: nil)))
        let members = try UndoneEntry.changed(Self.decided, before, after, since: current)
        if before["next_id"] == .null, after["next_id"] != .null {
            guard current["next_id"] == after["next_id"] else { throw APIError.changedSince }
            record.next = nil
        }
        _ = try apply(try FieldReader.read(from: members), to: record, in: write)
    }

    private func untouched(
        _ id: TaskID,
        _ after: JSONValue,
        _ store: TaskStore
    ) throws -> TaskView {
        let view = try store.load(id)
        guard view.record.deletedAt == nil else {
            throw APIError.cannotUndo("The task was deleted since.")
        }
        guard after["version"]?.plain == String(view.record.version) else {
            throw APIError.changedSince
        }
        return view
    }

    private func deleted(
        _ id: TaskID,
        at moment: Instant,
        _ store: TaskStore
    ) throws -> TaskView {
        let view = try store.load(id)
        guard let deleted = view.record.deletedAt else {
            throw APIError.cannotUndo("The task has been brought back since.")
        }
        guard deleted == moment else { throw APIError.changedSince }
        return view
    }

    private static func json(_ bytes: [UInt8]) throws -> JSONValue {
        try JSONReader.read(bytes, keyLimit: .max)
    }
}
