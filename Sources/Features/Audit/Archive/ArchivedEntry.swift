import Ledger
import Storage

/// An entry of a trail with all that is chained, sealed as it was, on its way into a file and out of one.
struct ArchivedEntry: Sendable, Equatable {
    let record: AuditChain.Record
    /// Whether it is of a person's trail or the server's, which is chained in other words.
    var isOfPerson = false
    let hash: [UInt8]
    let payload: [UInt8]?
    var changes: [Change] = []

    struct Change: Sendable, Equatable {
        let entity: UniqueID
        let payload: [UInt8]?
    }

    static func == (one: ArchivedEntry, other: ArchivedEntry) -> Bool {
        // The hash stands for the record, which has no more than it covers.
        one.hash == other.hash && one.payload == other.payload && one.changes == other.changes
    }

    /// Whether it is what was chained after the entry before it. What was erased proves nothing.
    func follows(_ previous: (sequence: Int64, hash: [UInt8])) -> Bool {
        record.sequence == previous.sequence + 1
            && chained(after: previous.hash) == hash
            && changes.count == record.changeCount && isIntact
    }

    private func chained(after previous: [UInt8]) -> [UInt8] {
        guard isOfPerson else { return AuditChain.hash(record, after: previous) }
        return SecurityTrail.Record(
            trail: record.household.value,
            sequence: record.sequence,
            at: record.at,
            actor: record.actor,
            actorID: record.actorID,
            action: record.action,
            outcome: record.outcome ?? "",
            entity: record.entity,
            entityID: record.entityID,
            requestID: record.requestID,
            payloadHash: record.payloadHash
        ).hash(after: previous)
    }

    private var isIntact: Bool {
        guard let payload, changes.allSatisfy({ $0.payload != nil }) else { return true }
        let digest = AuditChain.digest(payload)
        guard !changes.isEmpty else { return digest == record.payloadHash }
        let parts = changes.flatMap { AuditChain.digest($0.payload ?? []) }
        return AuditChain.digest(digest + parts) == record.payloadHash
    }
}

// MARK: Lines of JSON

extension ArchivedEntry {
    /// The entry's line, and one for each row of its change.
    func write(to writer: inout [UInt8]) {
        var line = JSONWriter()
        line.object { line in
            line.name("sequence"); line.integer(record.sequence)
            line.name("at"); line.integer(record.at.microseconds)
            line.name("actor"); line.string(record.actor)
            line.name("actor_id"); line.optional(record.actorID?.description)
            line.name("action"); line.string(record.action)
            line.name("entity"); line.string(record.entity)
            line.name("entity_id"); line.optional(record.entityID?.description)
            line.name("request_id"); line.string(record.requestID)
            line.name("change_count"); line.integer(Int64(record.changeCount))
            line.name("outcome"); line.optional(record.outcome)
            line.name("undoes"); line.optional(record.undoes.map { String($0) })
            line.name("payload_hash"); line.string(Base64URL.encode(record.payloadHash))
            line.name("hash"); line.string(Base64URL.encode(hash))
            line.name("payload"); line.optional(payload.map { Base64URL.encode($0) })
        }
        writer += line.bytes + [10]
        for change in changes {
            var line = JSONWriter()
            line.object { line in
                line.name("entity_id"); line.string(change.entity.description)
                line.name("payload"); line.optional(change.payload.map { Base64URL.encode($0) })
            }
            writer += line.bytes + [10]
        }
    }

    /// An entry without its rows; nil for a line that is none.
    init?(_ line: JSONValue, of owner: ArchiveOwner) {
        func integer(_ name: String) -> Int64? { line[name]?.plain.flatMap { Int64($0) } }
        func bytes(_ name: String) -> [UInt8]? { line[name]?.plain.flatMap(Base64URL.decode) }
        guard let sequence = integer("sequence"), let at = integer("at"),
            let actor = line["actor"]?.plain, let action = line["action"]?.plain,
            let entity = line["entity"]?.plain, let requestID = line["request_id"]?.plain,
            let count = integer("change_count"), let payloadHash = bytes("payload_hash"),
            let hash = bytes("hash")
        else { return nil }
        record = AuditChain.Record(
            household: HouseholdID(owner.id),
            sequence: sequence,
            at: Instant(microseconds: at),
            actor: actor,
            actorID: line["actor_id"]?.plain.flatMap { UniqueID($0) },
            action: action,
            entity: entity,
            entityID: line["entity_id"]?.plain.flatMap { UniqueID($0) },
            requestID: requestID,
            changeCount: Int(count),
            payloadHash: payloadHash,
            outcome: line["outcome"]?.plain,
            undoes: integer("undoes")
        )
        self.hash = hash
        payload = bytes("payload")
        isOfPerson = owner.isPerson
    }
}

extension ArchivedEntry.Change {
    init?(_ line: JSONValue) {
        guard let entity = line["entity_id"]?.plain.flatMap({ UniqueID($0) }) else { return nil }
        self.entity = entity
        payload = line["payload"]?.plain.flatMap(Base64URL.decode)
    }
}

extension JSONWriter {
    fileprivate mutating func optional(_ text: String?) {
        if let text { string(text) } else { null() }
    }
}
