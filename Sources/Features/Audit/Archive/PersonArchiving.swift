import Ledger
import Logging
import Storage

/// Moves old entries of people's trails, and of the server's, into files, as `TrailArchiving` does a household's.
struct PersonArchiving {
    private let environment: ServerEnvironment
    private let archive: TrailArchive
    private let cutoff: Instant

    /// How many trails get a file in one run; the rest is for the next.
    static let trailLimit = 10_000

    init(_ environment: ServerEnvironment, _ archive: TrailArchive, before cutoff: Instant) {
        self.environment = environment
        self.archive = archive
        self.cutoff = cutoff
    }

    /// - Returns: how many entries were moved.
    func run() async throws -> Int {
        let cutoff = cutoff
        let owners = try await environment.database.read(.shared) { transaction in
            try transaction.rows(
                """
                SELECT DISTINCT trail_id FROM trail_entry WHERE at < \(cutoff)
                LIMIT \(Self.trailLimit)
                """
            ) { try $0.uuid() }
        }
        var moved = 0
        for id in owners {
            try Task.checkCancellation()
            let owner = TrailOwner(id)
            do {
                moved += try await run(owner)
            } catch let error as CancellationError {
                throw error
            } catch {
                environment.logger.error(
                    "the trail of a person could not be archived: \(error)",
                    metadata: ["trail": "\(id)"]
                )
            }
        }
        return moved
    }

    private func run(_ owner: TrailOwner) async throws -> Int {
        let (cutoff, environment) = (cutoff, environment)
        let due = try await environment.database.read(.shared) {
            try PersonArchiveStore(transaction: $0, owner: owner).due(before: cutoff)
        }
        guard let last = due.entries.last else { return 0 }
        try TrailArchiving.mustHold(due)
        let file = try archive.write(due.entries, of: .person(owner))
        let event = SecurityEvent(
            "archive",
            about: owner,
            by: .server,
            entity: "trail",
            on: nil,
            requestID: "archive",
            details: TrailArchiving.details(file, last.hash)
        )
        try await environment.database.write(.shared) { transaction in
            let store = PersonArchiveStore(transaction: transaction, owner: owner)
            // Another node may have been first: then it is done.
            guard try store.moveEnd(from: due.end.sequence, to: last) else { return }
            try store.remove(through: last.record.sequence)
            try SecurityTrail(transaction, environment).add(event)
        }
        return due.entries.count
    }
}

/// Old entries of a person's trail, and their way out.
struct PersonArchiveStore {
    let transaction: any SQLTransaction
    let owner: TrailOwner

    /// The oldest entries in the table, as long as they are older than a moment.
    func due(before moment: Instant) throws -> ArchiveStore.Due {
        let end = try transaction.first(
            "SELECT archived, archived_head FROM trail WHERE id = \(owner.id)"
        ) { (try $0.integer(), try $0.bytesOrNil() ?? AuditChain.origin) }
        guard let end else { throw APIError.notFound("trail") }
        let entries = try transaction.rows(
            """
            SELECT \(ArchivedEntry.personColumns) FROM trail_entry WHERE trail_id = \(owner.id)
            ORDER BY sequence LIMIT \(TrailArchiving.entryLimit)
            """
        ) { try ArchivedEntry(owner, &$0) }
        return .init(end: end, entries: Array(entries.prefix { $0.record.at < moment }))
    }

    /// - Returns: false when the archive no longer ends where it did.
    func moveEnd(from end: Int64, to last: ArchivedEntry) throws -> Bool {
        try transaction.executeCounting(
            """
            UPDATE trail SET archived = \(last.record.sequence), archived_head = \(last.hash)
            WHERE id = \(owner.id) AND archived = \(end)
            """
        ) == 1
    }

    func remove(through sequence: Int64) throws {
        try transaction.execute(
            "DELETE FROM trail_entry WHERE trail_id = \(owner.id) AND sequence <= \(sequence)"
        )
    }
}

extension ArchivedEntry {
    static let personColumns: SQLText = """
        sequence, at, actor, actor_id, action, outcome, entity, entity_id, request_id,
            payload_hash, hash, payload
        """

    init(_ owner: TrailOwner, _ row: inout SQLRow) throws {
        let sequence = try row.integer()
        let at = try row.instant()
        let actor = try row.text()
        let actorID: PersonID? = try row.identifierOrNil()
        let action = try row.text()
        let outcome = try row.text()
        record = AuditChain.Record(
            household: HouseholdID(owner.id),
            sequence: sequence,
            at: at,
            actor: actor,
            actorID: actorID?.value,
            action: action,
            entity: try row.text(),
            entityID: (try row.identifierOrNil() as AuditEntryID?)?.value,
            requestID: try row.text(),
            changeCount: 0,
            payloadHash: try row.bytes(),
            outcome: outcome
        )
        hash = try row.bytes()
        payload = try row.bytesOrNil()
        isOfPerson = true
    }
}
