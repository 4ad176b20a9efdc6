import Crypto
package import Ledger
package import Storage

/// One change of a household, from its first statement to its commit.
///
/// It locks the household's row first, so that every condition that a use case checks (a minimum balance, a free
/// name, a version) still holds when it writes, on both engines (ADR 0005). It ends by raising the version
/// and adding one entry to the audit chain.
package final class HouseholdWrite {
    package let transaction: any SQLTransaction
    package let member: Member
    package let now: Instant
    package let requestID: String
    package let ids: IDSource
    package let today: LocalDate
    /// Told once it is committed.
    let events: EventHub?

    private let client: ClientDevice?
    private let keys: HouseholdKeys
    private let state: State
    private var audit: AuditNote?
    private var undone: Int64?
    private var countChange: Int64 = 0
    /// The transactions that came or changed, for whatever follows from them.
    private(set) var moves = LedgerMoves()
    private(set) var version: Int64

    private struct State {
        let version: Int64
        let sequence: Int64
        let head: [UInt8]
        let sealedKey: [UInt8]
        let role: HouseholdRole
        let hasBills: Bool
    }

    package var household: HouseholdID { member.household }
    /// What the member may do, as it was read under the lock.
    package var role: HouseholdRole { state.role }

    /// For what the caller names and what they are answered: the ledger as they see it. The books are kept on
    /// `transaction`, which holds all of it.
    package var seen: any SQLTransaction { member.seen(transaction) }

    /// - Throws: 404 when the person is no longer a member, 403 when they may do less than this.
    init(_ transaction: any SQLTransaction, _ context: HouseholdWriteContext) throws {
        self.transaction = transaction
        member = context.member
        now = context.now
        today = context.today
        requestID = context.requestID
        ids = context.ids
        client = context.client
        keys = context.keys
        events = context.events
        let found = try transaction.first(Self.question(context, transaction.dialect)) {
            State(
                version: try $0.integer(),
                sequence: try $0.integer(),
                head: try $0.bytes(),
                sealedKey: try $0.bytes(),
                role: HouseholdRole(rawValue: try $0.text()) ?? .viewer,
                hasBills: try $0.boolean()
            )
        }
        guard let found else { throw APIError.notFound("household") }
        try found.role.demand(context.least)
        state = found
        version = found.version
    }

    /// Locks the household's row and reads what somebody may do: as a member, or by a grant, that lets look and no more.
    private static func question(
        _ context: HouseholdWriteContext,
        _ dialect: SQLDialect
    ) -> SQLText {
        let columns: SQLText = """
            household.version, household.audit_sequence, household.audit_head, household.sealed_key
            """
        let household = context.member.household
        let hasBills: SQLText = """
            EXISTS (SELECT 1 FROM bill WHERE bill.household_id = household.id
                AND bill.deleted_at IS NULL)
            """
        let lock: SQLText = dialect == .postgres ? "FOR UPDATE OF household" : .empty
        guard let grant = context.member.grant else {
            return """
                SELECT \(columns), member.role, \(hasBills)
                FROM household JOIN member ON member.household_id = household.id
                WHERE household.id = \(household) AND member.person_id = \(context.member.person)
                \(lock)
                """
        }
        return """
            SELECT \(columns), 'viewer', \(hasBills)
            FROM household JOIN household_grant g ON g.household_id = household.id
            WHERE household.id = \(household) AND g.id = \(grant)
                AND g.person_id = \(context.member.person) AND g.ended_at IS NULL
                AND g.expires_at > \(context.now)
            \(lock)
            """
    }

    /// Says what this change was. A change without a note changes nothing and adds nothing to the trail.
    package func record(_ note: AuditNote) {
        audit = note
    }

    /// Says that this change takes back an earlier one.
    package func takesBack(_ sequence: Int64) {
        undone = sequence
    }

    /// The entry that `finish` will add, and what is in it; nil without a note.
    package var entry: (record: AuditChain.Record, note: AuditNote, client: ClientDevice?)? {
        audit.map { (record(of: $0, payloadHash: []), $0, client) }
    }

    /// Counts live transactions, for lists that say how many there are.
    package func countTransactions(_ change: Int) {
        countChange += Int64(change)
    }

    /// Says that a transaction came or changed.
    func moved(_ id: TransactionID, on date: LocalDate, _ change: LedgerMoves.Change = []) {
        moves.add(id, on: date, change)
    }

    /// Hands over what came or changed to whoever follows it, so that nobody does so again.
    func takeMoves() -> LedgerMoves {
        defer { moves = LedgerMoves() }
        return state.hasBills ? moves : LedgerMoves()
    }

    /// Seals bytes for a place of this household.
    package func seal(_ plain: [UInt8], place: String) throws -> [UInt8] {
        try keys.seal(plain, for: household, wrapped: state.sealedKey, place: place)
    }

    /// Adds the entry to the chain and raises the version.
    func finish() throws {
        guard var audit else { return }
        audit.changes += try BillMatcher(self).follow(takeMoves())
        let sequence = state.sequence + 1
        let payload = try seal(
            audit.payload(of: client),
            place: AuditChain.place(of: sequence)
        )
        let changes = try audit.changes.enumerated().map { position, change in
            let place = AuditChain.place(ofChange: position, in: sequence, of: change.entity)
            return (change.entity, try seal(change.payload, place: place))
        }
        var digest = AuditChain.digest(payload)
        if !changes.isEmpty {
            var hash = SHA256()
            hash.update(data: digest)
            for (_, sealed) in changes { hash.update(data: AuditChain.digest(sealed)) }
            digest = Array(hash.finalize())
        }
        let record = record(of: audit, payloadHash: digest)
        let head = AuditChain.hash(record, after: state.head)
        try insert(record, head: head, payload: payload, changes: changes)
        version = state.version + 1
        try transaction.execute(
            """
            UPDATE household SET version = \(version), audit_sequence = \(sequence),
                audit_head = \(head), transaction_count = transaction_count + \(countChange)
            WHERE id = \(household)
            """
        )
        transaction.noteVersion(version, of: household)
        transaction.afterCommit { [events, household, version] in
            events?.raise(household, to: version)
        }
    }

    private func record(of note: AuditNote, payloadHash: [UInt8]) -> AuditChain.Record {
        AuditChain.Record(
            household: household,
            sequence: state.sequence + 1,
            at: now,
            actor: note.actor,
            actorID: note.isUnattended ? nil : member.person.value,
            action: note.action,
            entity: note.entity,
            entityID: note.entityID,
            requestID: requestID,
            changeCount: note.changes.count,
            payloadHash: payloadHash,
            outcome: note.outcome.rawValue,
            undoes: undone
        )
    }

    private func insert(
        _ record: AuditChain.Record,
        head: [UInt8],
        payload: [UInt8],
        changes: [(entity: UniqueID, sealed: [UInt8])]
    ) throws {
        let actorID = record.actorID.map(SQLValue.uuid) ?? .null(.uuid)
        let entityID = record.entityID.map(SQLValue.uuid) ?? .null(.uuid)
        try transaction.execute(
            """
            INSERT INTO audit_entry (household_id, sequence, at, actor, actor_id, action, entity,
                entity_id, request_id, change_count, payload_hash, outcome, undoes, hash, payload)
            VALUES (\(household), \(record.sequence), \(now), \(record.actor), \(actorID),
                \(record.action), \(record.entity), \(entityID), \(requestID),
                \(record.changeCount), \(record.payloadHash), \(record.outcome), \(record.undoes),
                \(head), \(payload))
            """
        )
        guard !changes.isEmpty else { return }
        try transaction.insert(
            into: "audit_change (household_id, sequence, position, entity_id, payload)",
            rows: changes.enumerated().map { position, change in
                [
                    household.sqlValue, record.sequence.sqlValue, position.sqlValue,
                    .uuid(change.entity), .bytes(change.sealed),
                ]
            }
        )
        let touched = TrailTouchStore(transaction: transaction, household: household)
        try touched.insert(
            TrailTouches(audit?.changes ?? [], among: touched.accounts()),
            of: record.sequence
        )
    }
}

/// What a `HouseholdWrite` is made from.
package struct HouseholdWriteContext: Sendable {
    package let member: Member
    /// The least that the member must still be when it is written.
    package let least: HouseholdRole
    package let now: Instant
    package let today: LocalDate
    package let requestID: String
    package let ids: IDSource
    package let keys: HouseholdKeys
    /// Where it was asked for, if somebody asked.
    package let client: ClientDevice?
    let events: EventHub?

    package init(
        member: Member,
        least: HouseholdRole = .editor,
        now: Instant,
        today: LocalDate,
        requestID: String,
        ids: IDSource,
        keys: HouseholdKeys,
        client: ClientDevice? = nil,
        events: EventHub? = nil
    ) {
        self.member = member
        self.least = least
        self.now = now
        self.today = today
        self.requestID = requestID
        self.ids = ids
        self.keys = keys
        self.client = client
        self.events = events
    }
}

extension ServerEnvironment {
    /// Runs one use case: one transaction, one audit entry, one version.
    package func write<Value: Sendable>(
        as member: Member,
        least: HouseholdRole = .editor,
        requestID: String,
        on client: ClientDevice? = nil,
        _ body: @escaping @Sendable (HouseholdWrite) throws -> Value
    ) async throws -> Value {
        let context = HouseholdWriteContext(
            member: member,
            least: least,
            now: clock.now(),
            today: clock.today(in: member.timeZone),
            requestID: requestID,
            ids: ids,
            keys: keys,
            client: client,
            events: events
        )
        return try await database.write(.household(member.household)) { transaction in
            let write = try HouseholdWrite(transaction, context)
            let value = try body(write)
            try write.finish()
            return value
        }
    }

    /// Adds to the trail what changed nothing, an export for example. Who may only look leaves traces too.
    package func note(
        _ note: AuditNote,
        as member: Member,
        requestID: String,
        on client: ClientDevice?
    ) async throws {
        try await write(as: member, least: .viewer, requestID: requestID, on: client) {
            $0.record(note)
        }
    }
}
