import Ledger
import Storage

/// An entry of the trail as a member may read it.
struct TrailEntry: Sendable {
    let record: AuditChain.Record
    let actorName: String?
    let before: JSONValue
    let after: JSONValue
    let address: String?
    let device: String?
    /// The rows that the reader may see.
    let changeCount: Int
    let undoneBy: Int64?
    /// Whether it was erased, or its key was.
    let isErased: Bool
    /// Whether there is a way back from it that is open to the reader.
    let isOpenToUndo: Bool

    /// Whether the reader may try to take it back. What has changed since may still stand in the way.
    var canUndo: Bool {
        !isErased && undoneBy == nil && isOpenToUndo
            && record.outcome != SecurityEvent.Outcome.refused.rawValue
    }

    /// An entry of before outcomes were told is one of something that was done.
    private var outcome: SecurityEvent.Outcome {
        record.outcome.flatMap(SecurityEvent.Outcome.init) ?? .success
    }

    var summary: String { TrailSentence(self).text }

    static let shape = Shape<TrailEntry>("TrailEntry") { declare(&$0) }

    fileprivate static func declare(_ shape: inout Shape<TrailEntry>) {
        shape.text("id") { String($0.record.sequence) }
        shape.instant("at", \.record.at)
        shape.text("actor", \.record.actor)
        shape.idOrNil("actor_id") { $0.record.actorID.map { PersonID($0) } }
        shape.textOrNil("actor_name", \.actorName)
        shape.text("action", \.record.action)
        shape.text("entity", \.record.entity)
        shape.idOrNil("entity_id") { $0.record.entityID.map { AuditEntryID($0) } }
        shape.text("summary", \.summary)
        shape.member("before", .anything) { $1.value($0.before) }
        shape.member("after", .anything) { $1.value($0.after) }
        shape.integer("change_count") { Int64($0.changeCount) }
        shape.text("request_id", \.record.requestID)
        shape.textOrNil("address", \.address)
        shape.textOrNil("device", \.device)
        shape.choice("outcome", \.outcome)
        shape.boolean("can_undo", \.canUndo)
        shape.textOrNil("undoes") { $0.record.undoes.map { String($0) } }
        shape.textOrNil("undone_by") { $0.undoneBy.map { String($0) } }
    }
}

/// An entry with the rows of its change, a page of them at a time.
struct TrailDetail: Sendable {
    let entry: TrailEntry
    let changes: [Change]
    let nextCursor: String?

    struct Change: Sendable {
        let position: Int
        let entity: UniqueID
        let before: JSONValue
        let after: JSONValue
    }

    static let shape = Shape<TrailDetail>("TrailDetail") { shape in
        shape.object("entry", TrailEntry.shape, \.entry)
        shape.list("changes", changeShape, \.changes)
        shape.textOrNil("next_cursor", \.nextCursor)
    }

    private static let changeShape = Shape<Change>("TrailChange") { shape in
        shape.integer("position") { Int64($0.position) }
        shape.id("entity_id") { AuditEntryID($0.entity) }
        shape.member("before", .anything) { $1.value($0.before) }
        shape.member("after", .anything) { $1.value($0.after) }
    }
}
