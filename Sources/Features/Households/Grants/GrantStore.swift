import HTTPTypes
import Ledger
import Storage

/// A look at a household that its owner has given somebody for a while.
struct Grant: Sendable {
    let id: GrantID
    let person: PersonID
    let name: String
    let email: String
    let reason: String
    let createdAt: Instant
    let expiresAt: Instant

    static let shape = Shape<Grant>("Grant") { shape in
        shape.id("id", \.id)
        shape.object("person", personShape) { $0 }
        shape.text("reason", \.reason)
        shape.instant("created_at", \.createdAt)
        shape.instant("expires_at", \.expiresAt)
    }

    private static let personShape = Shape<Grant>("GrantedPerson") { shape in
        shape.id("id", \.person)
        shape.text("name", \.name)
        shape.text("email", \.email)
    }

    /// What the trail keeps of it.
    static let trace = Shape<Grant>("GrantTrace") { shape in
        shape.id("person_id", \.person)
        shape.text("name", \.name)
        shape.text("reason", \.reason)
        shape.instant("expires_at", \.expiresAt)
    }
}

/// Grants of households.
struct GrantStore {
    let transaction: any SQLTransaction

    init(_ transaction: any SQLTransaction) {
        self.transaction = transaction
    }

    func isMember(_ person: PersonID, of household: HouseholdID) throws -> Bool {
        try transaction.first(
            "SELECT 1 FROM member WHERE household_id = \(household) AND person_id = \(person)"
        ) { try $0.int() } != nil
    }

    /// A household that somebody may look at, and until when.
    struct Look: Sendable {
        let grant: GrantID
        let giver: PersonID
        let expiresAt: Instant
        let household: HouseholdCard
    }

    /// Where a person may look by a grant, the longest first.
    func looks(of person: Person, at now: Instant) throws -> [Look] {
        // Whoever no longer works on the server looks no longer either.
        guard person.systemRole == .support || person.systemRole == .admin else { return [] }
        return try transaction.rows(
            """
            SELECT g.id, g.granted_by, g.expires_at, h.id, h.name, h.currency, h.week_start,
                h.version, h.created_at
            FROM household_grant g JOIN household h ON h.id = g.household_id
            JOIN member o ON o.household_id = g.household_id AND o.person_id = g.granted_by
                AND o.role = 'owner'
            WHERE g.person_id = \(person.id) AND g.ended_at IS NULL AND g.expires_at > \(now)
                AND NOT EXISTS (SELECT 1 FROM member m
                    WHERE m.household_id = g.household_id AND m.person_id = g.person_id)
            ORDER BY g.expires_at DESC, g.id
            """
        ) { row in
            Look(
                grant: try row.identifier(),
                giver: try row.identifier(),
                expiresAt: try row.instant(),
                household: HouseholdCard(
                    id: try row.identifier(),
                    name: try row.text(),
                    currency: try row.currency(),
                    weekStart: Weekday(named: try row.text()) ?? .monday,
                    role: .viewer,
                    version: try row.integer(),
                    createdAt: try row.instant(),
                    isDefault: false
                )
            )
        }
    }

    /// The same as memberships: as a viewer, and no more than the one who gave it sees.
    func memberships(of person: Person, at now: Instant) throws -> [Member] {
        try looks(of: person, at: now).map { look in
            let hidden = try AccountVisibilityStore.hidden(from: look.giver, transaction)
            let household = look.household
            return Member(
                household: household.id,
                person: person.id,
                role: household.role,
                currency: household.currency,
                weekStart: household.weekStart,
                timeZone: person.timeZone,
                sees: AccountVision(hidden: hidden[household.id] ?? []),
                grant: look.grant
            )
        }
    }

    /// Those that let somebody look now, the newest first.
    func live(of household: HouseholdID, at now: Instant) throws -> [Grant] {
        try transaction.rows(
            """
            SELECT g.id, g.person_id, p.name, p.email, g.reason, g.created_at, g.expires_at
            FROM household_grant g JOIN person p ON p.id = g.person_id
            WHERE g.household_id = \(household) AND g.ended_at IS NULL AND g.expires_at > \(now)
            ORDER BY g.created_at DESC, g.id
            """
        ) { row in
            Grant(
                id: try row.identifier(),
                person: try row.identifier(),
                name: try row.text(),
                email: try row.text(),
                reason: try row.text(),
                createdAt: try row.instant(),
                expiresAt: try row.instant()
            )
        }
    }

    func insert(_ grant: Grant, of household: HouseholdID, by giver: PersonID) throws {
        try transaction.execute(
            """
            INSERT INTO household_grant
                (household_id, id, person_id, granted_by, reason, created_at, expires_at)
            VALUES (\(household), \(grant.id), \(grant.person), \(giver), \(grant.reason),
                \(grant.createdAt), \(grant.expiresAt))
            """
        )
    }

    /// - Returns: false when it let nobody look any more.
    func end(_ grant: GrantID, of household: HouseholdID, at now: Instant) throws -> Bool {
        try transaction.executeCounting(
            """
            UPDATE household_grant SET ended_at = \(now)
            WHERE household_id = \(household) AND id = \(grant) AND ended_at IS NULL
                AND expires_at > \(now)
            """
        ) == 1
    }

    func endAll(of household: HouseholdID, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE household_grant SET ended_at = \(now)
            WHERE household_id = \(household) AND ended_at IS NULL AND expires_at > \(now)
            """
        )
    }

    /// Whether an hour has gone by since the trail last said that somebody looked. Of many, one is told so.
    func takeNote(_ grant: GrantID, of household: HouseholdID, at now: Instant) throws -> Bool {
        try transaction.executeCounting(
            """
            UPDATE household_grant SET noted_at = \(now)
            WHERE household_id = \(household) AND id = \(grant)
                AND (noted_at IS NULL OR noted_at <= \(now.adding(seconds: -GrantTrail.pauseSeconds)))
            """
        ) == 1
    }

    func isNoteDue(_ grant: GrantID, of household: HouseholdID, at now: Instant) throws -> Bool {
        try transaction.first(
            """
            SELECT 1 FROM household_grant
            WHERE household_id = \(household) AND id = \(grant)
                AND (noted_at IS NULL OR noted_at <= \(now.adding(seconds: -GrantTrail.pauseSeconds)))
            """
        ) { try $0.int() } != nil
    }

    /// Someone who works on this server, by their address.
    func staff(_ email: EmailAddress) throws -> (id: PersonID, name: String, email: String)? {
        try transaction.first(
            """
            SELECT id, name, email FROM person
            WHERE email_folded = \(email.folded) AND system_role IN ('support', 'admin')
                AND disabled_at IS NULL AND deleted_at IS NULL
            """
        ) { (try $0.identifier(), try $0.text(), try $0.text()) }
    }
}

/// Says in a household's trail that somebody looked by a grant: at the first look, and once an hour after.
struct GrantTrail {
    private let environment: ServerEnvironment

    /// - Units: seconds
    static let pauseSeconds: Int64 = 3_600

    init(_ environment: ServerEnvironment) {
        self.environment = environment
    }

    func note(
        _ grant: GrantID,
        of member: Member,
        _ endpoint: Endpoint,
        _ call: IncomingCall
    ) async throws {
        let now = environment.clock.now()
        let household = member.household
        // A question takes no lock.
        let isDue = try await environment.database.read(.shared) {
            try GrantStore($0).isNoteDue(grant, of: household, at: now)
        }
        guard isDue else { return }
        var details = JSONWriter()
        details.object { writer in
            writer.name("route")
            writer.string("\(endpoint.method.rawValue) \(endpoint.path)")
        }
        let after = details.bytes
        try await environment.write(
            as: member,
            least: .viewer,
            requestID: call.requestID,
            on: call.client
        ) { write in
            guard try GrantStore(write.transaction).takeNote(grant, of: household, at: now) else {
                return
            }
            write.record(AuditNote("look", "grant", grant.value, after: after))
        }
    }
}
