package import Ledger
package import Storage

/// Something that concerns a person or the server and not the money of a household: a sign-in, a
/// refusal, a change of password, an act of an administrator.
package struct SecurityEvent: Sendable {
    package enum Outcome: String, Sendable, CaseIterable {
        case success, failure, refused
    }

    /// For example `sign_in`.
    package let action: String
    package let outcome: Outcome
    /// On whose trail it stands; the server's when it concerns nobody that is known.
    package let about: TrailOwner
    package let actor: Actor
    /// What was acted on, for example `session`.
    package let entity: String
    package let entityID: UniqueID?
    package let client: ClientDevice?
    package let requestID: String
    /// More of it, as one JSON object, and never a secret.
    package let details: [UInt8]?

    package enum Actor: Sendable, Equatable {
        case person(PersonID)
        /// Someone who has not signed in.
        case nobody
        /// Whoever holds the machine.
        case commandLine
        /// The server by itself.
        case server

        var name: String {
            switch self {
            case .person: "person"
            case .nobody: "nobody"
            case .commandLine: "command_line"
            case .server: "server"
            }
        }

        var id: UniqueID? { if case .person(let person) = self { person.value } else { nil } }
    }

    /// What somebody does about themselves.
    init(
        _ action: String,
        _ outcome: Outcome = .success,
        of person: PersonID,
        entity: String = "person",
        entityID: UniqueID? = nil,
        _ visit: Visit,
        details: [UInt8]? = nil
    ) {
        self.init(
            action,
            outcome,
            about: .person(person),
            by: .person(person),
            entity: entity,
            entityID: entityID,
            on: visit.client,
            requestID: visit.requestID,
            details: details
        )
    }

    package init(
        _ action: String,
        _ outcome: Outcome = .success,
        about: TrailOwner,
        by actor: Actor,
        entity: String = "person",
        entityID: UniqueID? = nil,
        on client: ClientDevice?,
        requestID: String,
        details: [UInt8]? = nil
    ) {
        self.action = action
        self.outcome = outcome
        self.about = about
        self.actor = actor
        self.entity = entity
        self.entityID = entityID
        self.client = client
        self.requestID = requestID
        self.details = details
    }
}

/// Adds events to trails. Each trail is a chain of its own, like that of a household (ADR 0008), and
/// its payloads are sealed with a key of its own.
package struct SecurityTrail {
    private let transaction: any SQLTransaction
    private let environment: ServerEnvironment

    package init(_ transaction: any SQLTransaction, _ environment: ServerEnvironment) {
        self.transaction = transaction
        self.environment = environment
    }

    /// Adds an event in the transaction that it tells of.
    package func add(_ event: SecurityEvent) throws {
        let (last, previous) = try takeTurn(of: event.about)
        let sequence = last + 1
        let now = environment.clock.now()
        let payload = try environment.personKeys.seal(
            Self.payload(of: event),
            for: event.about,
            place: Self.place(sequence, of: event.about),
            transaction
        )
        let record = Record(
            trail: event.about.id,
            sequence: sequence,
            at: now,
            actor: event.actor.name,
            actorID: event.actor.id,
            action: event.action,
            outcome: event.outcome.rawValue,
            entity: event.entity,
            entityID: event.entityID,
            requestID: event.requestID,
            payloadHash: AuditChain.digest(payload)
        )
        try insert(record, payload, head: record.hash(after: previous))
    }

    /// Makes the trail and its key where there are none yet.
    package func open(_ owner: TrailOwner) throws {
        try transaction.execute(
            """
            INSERT INTO trail (id, head, sealed_key)
            VALUES (\(owner.id), \(AuditChain.origin),
                \(try environment.personKeys.makeWrapped(for: owner)))
            ON CONFLICT (id) DO NOTHING
            """
        )
    }

    /// What a payload is sealed for.
    package static func place(_ sequence: Int64, of owner: TrailOwner) -> String {
        "trail_entry/\(owner.id)/\(sequence)"
    }

    /// Locks the trail, so that its entries follow one another.
    private func takeTurn(of owner: TrailOwner) throws -> (last: Int64, head: [UInt8]) {
        let find: SQLText = """
            SELECT sequence, head FROM trail WHERE id = \(owner.id) \(transaction.dialect.forUpdate)
            """
        if let found = try transaction.first(find, { (try $0.integer(), try $0.bytes()) }) {
            return found
        }
        try open(owner)
        guard let made = try transaction.first(find, { (try $0.integer(), try $0.bytes()) }) else {
            throw StorageError.engine(code: "trail", message: "a trail that was made is not there")
        }
        return made
    }

    private func insert(_ record: Record, _ payload: [UInt8], head: [UInt8]) throws {
        try transaction.execute(
            """
            INSERT INTO trail_entry (trail_id, sequence, at, actor, actor_id, action, outcome,
                entity, entity_id, request_id, payload_hash, hash, payload)
            VALUES (\(record.trail), \(record.sequence), \(record.at), \(record.actor), \(record.actorID),
                \(record.action), \(record.outcome), \(record.entity), \(record.entityID),
                \(record.requestID), \(record.payloadHash), \(head), \(payload))
            """
        )
        try transaction.execute(
            """
            UPDATE trail SET sequence = \(record.sequence), head = \(head) WHERE id = \(record.trail)
            """
        )
    }

    private static func payload(of event: SecurityEvent) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("address")
            if let client = event.client { writer.string(client.address) } else { writer.null() }
            writer.name("device")
            if let client = event.client { writer.string(client.device) } else { writer.null() }
            writer.name("details")
            if let details = event.details { writer.raw(details) } else { writer.null() }
        }
        return writer.bytes
    }

    /// What the chain covers.
    package struct Record: Sendable {
        package let trail: UniqueID
        package let sequence: Int64
        package let at: Instant
        package let actor: String
        package let actorID: UniqueID?
        package let action: String
        package let outcome: String
        package let entity: String
        package let entityID: UniqueID?
        package let requestID: String
        package let payloadHash: [UInt8]

        package init(
            trail: UniqueID,
            sequence: Int64,
            at: Instant,
            actor: String,
            actorID: UniqueID?,
            action: String,
            outcome: String,
            entity: String,
            entityID: UniqueID?,
            requestID: String,
            payloadHash: [UInt8]
        ) {
            self.trail = trail
            self.sequence = sequence
            self.at = at
            self.actor = actor
            self.actorID = actorID
            self.action = action
            self.outcome = outcome
            self.entity = entity
            self.entityID = entityID
            self.requestID = requestID
            self.payloadHash = payloadHash
        }

        package func hash(after previous: [UInt8]) -> [UInt8] {
            AuditChain.hash(
                [
                    trail.description, String(sequence), String(at.microseconds), actor,
                    actorID?.description ?? "", action, outcome, entity,
                    entityID?.description ?? "", requestID,
                ],
                payloadHash,
                after: previous
            )
        }
    }
}
