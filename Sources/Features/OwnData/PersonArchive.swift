import Ledger
import Storage

/// What is kept of a person that belongs to no household.
struct PersonArchive: Sendable {
    let environment: ServerEnvironment
    let person: PersonID

    /// How many rows are read at a time.
    private static let pageSize = 500

    func load() async throws -> Person {
        let person = person
        return try await environment.database.read(.shared) {
            try PersonStore($0).loadPerson(person)
        }
    }

    static let personShape = Shape<Person>("ArchivedPerson") { shape in
        shape.id("id", \.id)
        shape.text("email", \.email)
        shape.instantOrNil("email_verified_at", \.emailVerifiedAt)
        shape.text("name", \.name)
        shape.text("time_zone", \.timeZone)
        shape.text("locale", \.locale)
        shape.choice("system_role", \.systemRole)
        shape.instant("created_at", \.createdAt)
        shape.instantOrNil("erase_at", \.eraseAt)
    }

    // MARK: Sessions

    struct Session: Sendable {
        let id: SessionID
        let device: String
        let firstAddress: String
        let address: String
        let createdAt: Instant
        let usedAt: Instant
        let endedAt: Instant?
    }

    var sessions: ArchiveTable<Session> {
        let shape = Shape<Session>("ArchivedSession") { shape in
            shape.id("id", \.id)
            shape.text("device", \.device)
            shape.text("first_address", \.firstAddress)
            shape.text("last_address", \.address)
            shape.instant("created_at", \.createdAt)
            shape.instant("used_at", \.usedAt)
            shape.instantOrNil("ended_at", \.endedAt)
        }
        return ArchiveTable("sessions", shape) { [environment, person] cursor in
            let rows = try await environment.database.read(.shared) { transaction in
                try transaction.rows(
                    """
                    SELECT id, device, first_address, address, created_at, used_at, ended_at
                    FROM session WHERE person_id = \(person) AND id > \(SessionID(after: cursor))
                    ORDER BY id LIMIT \(Self.pageSize)
                    """
                ) { row in
                    Session(
                        id: try row.identifier(),
                        device: try row.text(),
                        firstAddress: try row.text(),
                        address: try row.text(),
                        createdAt: try row.instant(),
                        usedAt: try row.instant(),
                        endedAt: try row.instantOrNil()
                    )
                }
            }
            return ArchivePage(rows, limit: Self.pageSize) { $0.id.description }
        }
    }

    // MARK: Consents

    var consents: ArchiveTable<Consent> {
        ArchiveTable("consents", Consent.shape) { [environment, person] in
            try await environment.database.read(.shared) {
                try ConsentStore(transaction: $0).all(of: person)
            }
        }
    }

    // MARK: Other doors

    struct Door: Sendable {
        let kind: String
        let name: String
        let createdAt: Instant
        let usedAt: Instant?
    }

    private static let doorTables = [
        "passkey", "provider_identity", "personal_token", "calendar_feed",
    ]

    /// Passkeys, identities at providers, tokens and calendar feeds, without what opens them.
    var doors: ArchiveTable<Door> {
        let shape = Shape<Door>("ArchivedDoor") { shape in
            shape.text("kind", \.kind)
            shape.text("name", \.name)
            shape.instant("created_at", \.createdAt)
            shape.instantOrNil("used_at", \.usedAt)
        }
        return ArchiveTable("doors", shape) { [environment, person] in
            try await environment.database.read(.shared) { transaction in
                try Self.doorTables.flatMap { table in
                    try transaction.rows(
                        """
                        SELECT name, created_at, used_at FROM \(SQLText(stringLiteral: table))
                        WHERE person_id = \(person) ORDER BY created_at, id
                        """
                    ) { row in
                        Door(
                            kind: table,
                            name: try row.text(),
                            createdAt: try row.instant(),
                            usedAt: try row.instantOrNil()
                        )
                    }
                }
            }
        }
    }

    // MARK: The trail

    struct Event: Sendable {
        let sequence: Int64
        let at: Instant
        let actor: String
        let action: String
        let outcome: String
        let entity: String
        let requestID: String
        /// Where from, on what device, and more.
        let payload: JSONValue
    }

    var activity: ArchiveTable<Event> {
        let shape = Shape<Event>("ArchivedEvent") { shape in
            shape.integer("sequence", \.sequence)
            shape.instant("at", \.at)
            shape.text("actor", \.actor)
            shape.text("action", \.action)
            shape.text("outcome", \.outcome)
            shape.text("entity", \.entity)
            shape.text("request_id", \.requestID)
            shape.member("address", .anything) { $1.value($0.payload["address"] ?? .null) }
            shape.member("device", .anything) { $1.value($0.payload["device"] ?? .null) }
            shape.member("details", .anything) { $1.value($0.payload["details"] ?? .null) }
        }
        return ArchiveTable("activity", shape) { [self] cursor in
            let rows = try await environment.database.read(.shared) { transaction in
                try events(after: cursor.flatMap { Int64($0) } ?? 0, transaction)
            }
            return ArchivePage(rows, limit: Self.pageSize) { String($0.sequence) }
        }
    }

    private func events(after last: Int64, _ transaction: any SQLTransaction) throws -> [Event] {
        let owner = TrailOwner.person(person)
        let sealed = try transaction.rows(
            """
            SELECT sequence, at, actor, action, outcome, entity, request_id, payload
            FROM trail_entry WHERE trail_id = \(owner.id) AND sequence > \(last)
            ORDER BY sequence LIMIT \(Self.pageSize)
            """
        ) { row in
            (
                Event(
                    sequence: try row.integer(),
                    at: try row.instant(),
                    actor: try row.text(),
                    action: try row.text(),
                    outcome: try row.text(),
                    entity: try row.text(),
                    requestID: try row.text(),
                    payload: .null
                ), try row.bytesOrNil()
            )
        }
        return try sealed.map { event, payload in
            guard let payload else { return event }
            let plain = try environment.personKeys.open(
                payload,
                for: owner,
                place: SecurityTrail.place(event.sequence, of: owner),
                transaction
            )
            return try event.opened(JSONReader.read(plain, keyLimit: .max))
        }
    }
}

extension PersonArchive.Event {
    fileprivate func opened(_ payload: JSONValue) -> PersonArchive.Event {
        PersonArchive.Event(
            sequence: sequence,
            at: at,
            actor: actor,
            action: action,
            outcome: outcome,
            entity: entity,
            requestID: requestID,
            payload: payload
        )
    }
}

extension Identifier {
    /// The id that a cursor names; before all others where there is none.
    init(after cursor: String?) {
        self = cursor.flatMap { Identifier($0) } ?? Identifier(UniqueID(high: 0, low: 0))
    }
}
