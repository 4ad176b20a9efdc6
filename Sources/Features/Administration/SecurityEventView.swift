import Ledger
import Storage

/// An event of a person's or the server's trail, opened.
struct SecurityEventView: Sendable {
    let trail: UniqueID
    let personName: String?
    let sequence: Int64
    let at: Instant
    let actor: String
    let actorID: PersonID?
    let actorName: String?
    let action: String
    let outcome: SecurityEvent.Outcome
    let entity: String
    let entityID: UniqueID?
    let requestID: String
    let address: String?
    let device: String?
    let details: JSONValue

    private var person: PersonID? {
        trail == TrailOwner.server.id ? nil : PersonID(trail)
    }

    private var summary: String {
        let words = action.replacing("_", with: " ")
        let sentence = words.prefix(1).uppercased() + words.dropFirst()
        return outcome == .success ? sentence : "\(sentence): \(outcome.rawValue)"
    }

    /// One's own.
    static let own = Shape<SecurityEventView>("OwnEvent") { shape in
        shape.text("id") { String($0.sequence) }
        shape.instant("at", \.at)
        shape.text("action", \.action)
        shape.choice("outcome", \.outcome)
        shape.text("actor", \.actor)
        shape.boolean("is_own") { $0.actorID?.value == $0.trail }
        shape.textOrNil("address", \.address)
        shape.textOrNil("device", \.device)
        shape.member("details", .anything) { $1.value($0.details) }
    }

    /// In the form of a household's entry, so that one table shows both.
    static let any = Shape<SecurityEventView>("SecurityEvent") { shape in
        shape.text("id") { "\($0.trail)/\($0.sequence)" }
        shape.instant("at", \.at)
        shape.idOrNil("person_id", \.person)
        shape.textOrNil("person_name", \.personName)
        shape.text("actor", \.actor)
        shape.idOrNil("actor_id", \.actorID)
        shape.textOrNil("actor_name", \.actorName)
        shape.text("action", \.action)
        shape.text("entity", \.entity)
        shape.idOrNil("entity_id") { $0.entityID.map { AuditEntryID($0) } }
        shape.text("summary", \.summary)
        shape.member("before", .anything) { $1.value($0.details["before"] ?? .null) }
        shape.member("after", .anything) { $1.value($0.details["after"] ?? $0.details) }
        shape.integer("change_count") { _ in 0 }
        shape.text("request_id", \.requestID)
        shape.textOrNil("address", \.address)
        shape.textOrNil("device", \.device)
        shape.choice("outcome", \.outcome)
    }
}

/// Reads the trails of people and of the server.
struct SecurityEventStore {
    let transaction: any SQLTransaction
    let keys: PersonKeys

    /// How many there are, or the limit.
    ///
    /// - Parameter condition: on `e`.
    func count(_ condition: SQLText, limit: Int) throws -> Int {
        try transaction.first(
            """
            SELECT COUNT(*) FROM (
                SELECT 1 AS one FROM trail_entry e WHERE \(condition) LIMIT \(limit)
            ) counted
            """
        ) { try $0.int() } ?? 0
    }

    /// - Parameter condition: on `e`.
    func events(_ condition: SQLText, limit: Int) throws -> [SecurityEventView] {
        let rows = try transaction.rows(
            """
            SELECT e.trail_id, owner.name, e.sequence, e.at, e.actor, e.actor_id, doer.name, e.action,
                e.outcome, e.entity, e.entity_id, e.request_id, e.payload
            FROM trail_entry e LEFT JOIN person owner ON owner.id = e.trail_id
                LEFT JOIN person doer ON doer.id = e.actor_id
            WHERE \(condition) ORDER BY e.at DESC, e.trail_id DESC, e.sequence DESC LIMIT \(limit)
            """
        ) { row in
            let trail = try row.uuid()
            let name = try row.textOrNil()
            let sequence = try row.integer()
            let at = try row.instant()
            let actor = try row.text()
            let actorID: PersonID? = try row.identifierOrNil()
            let actorName = try row.textOrNil()
            let action = try row.text()
            let outcome = SecurityEvent.Outcome(rawValue: try row.text()) ?? .failure
            let entity = try row.text()
            let entityID = (try row.identifierOrNil() as AuditEntryID?)?.value
            let view = { (requestID: String, plain: JSONValue) in
                SecurityEventView(
                    trail: trail,
                    personName: name,
                    sequence: sequence,
                    at: at,
                    actor: actor,
                    actorID: actorID,
                    actorName: actorName,
                    action: action,
                    outcome: outcome,
                    entity: entity,
                    entityID: entityID,
                    requestID: requestID,
                    address: plain["address"]?.plain,
                    device: plain["device"]?.plain,
                    details: plain["details"] ?? .null
                )
            }
            return (view, try row.text(), trail, sequence, try row.bytesOrNil())
        }
        return rows.map { view, requestID, trail, sequence, payload in
            view(requestID, plain(payload, trail, sequence))
        }
    }

    /// Nothing of what was erased, or cannot be opened: that is for the doctor to say.
    private func plain(_ payload: [UInt8]?, _ trail: UniqueID, _ sequence: Int64) -> JSONValue {
        guard let payload else { return .null }
        let owner: TrailOwner =
            trail == TrailOwner.server.id ? .server : .person(PersonID(trail))
        let plain = try? keys.open(
            payload,
            for: owner,
            place: SecurityTrail.place(sequence, of: owner),
            transaction
        )
        return plain.flatMap { try? JSONReader.read($0) } ?? .null
    }
}
