import Ledger
import Storage

/// Someone is asked to join a household.
struct Invitation: Sendable {
    let id: InvitationID
    let household: HouseholdID
    /// Nil when whoever holds the link may accept.
    let email: String?
    let foldedEmail: String?
    let role: HouseholdRole
    let householdName: String
    let inviter: String
    let createdAt: Instant
    let expiresAt: Instant
}

/// Invitations to households. Of their tokens the hashes are kept.
struct InvitationStore {
    let transaction: any SQLTransaction

    /// How long a link works.
    static let lifetimeSeconds: Int64 = 7 * 86_400

    func insert(
        _ invitation: Invitation,
        _ token: OpaqueToken,
        by person: PersonID
    ) throws {
        try transaction.execute(
            """
            INSERT INTO invitation (household_id, id, token_hash, email, email_folded, role,
                invited_by, created_at, expires_at)
            VALUES (\(invitation.household), \(invitation.id), \(token.hash), \(invitation.email),
                \(invitation.foldedEmail), \(invitation.role.rawValue), \(person),
                \(invitation.createdAt), \(invitation.expiresAt))
            """
        )
    }

    /// How long it is kept what became of an invitation. The trail keeps it for good.
    static let keptSeconds: Int64 = 90 * 86_400

    func forget(of household: HouseholdID, madeBefore moment: Instant) throws {
        try transaction.execute(
            "DELETE FROM invitation WHERE household_id = \(household) AND created_at < \(moment)"
        )
    }

    /// When the letter went out that was so many letters ago, whatever became of the invitation; nil
    /// when there were fewer since `moment`.
    func sentAt(
        lettersAgo count: Int,
        of household: HouseholdID,
        since moment: Instant
    ) throws -> Instant? {
        try transaction.first(
            """
            SELECT created_at FROM invitation
            WHERE household_id = \(household) AND email_folded IS NOT NULL
                AND created_at > \(moment)
            ORDER BY created_at DESC LIMIT 1 OFFSET \(count - 1)
            """
        ) { try $0.instant() }
    }

    /// Those that can still be accepted, the newest first.
    func open(of household: HouseholdID, at now: Instant) throws -> [Invitation] {
        try rows(
            """
            i.household_id = \(household) AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL
                AND i.expires_at > \(now)
            """
        )
    }

    /// The invitation that a token opens, as long as it does.
    func find(_ token: OpaqueToken, at now: Instant) throws -> Invitation? {
        try rows(
            """
            i.token_hash = \(token.hash) AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL
                AND i.expires_at > \(now)
            """
        ).first
    }

    /// Uses an invitation up. Of many at once, one gets true.
    func accept(_ invitation: Invitation, by person: PersonID, at now: Instant) throws -> Bool {
        try transaction.executeCounting(
            """
            UPDATE invitation SET accepted_at = \(now), accepted_by = \(person)
            WHERE household_id = \(invitation.household) AND id = \(invitation.id)
                AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > \(now)
            """
        ) == 1
    }

    func withdraw(_ id: InvitationID, of household: HouseholdID, at now: Instant) throws -> Bool {
        try transaction.executeCounting(
            """
            UPDATE invitation SET withdrawn_at = \(now)
            WHERE household_id = \(household) AND id = \(id) AND accepted_at IS NULL
                AND withdrawn_at IS NULL
            """
        ) == 1
    }

    /// Ends links that are out: whoever made them, or was sent one to pass on, may be gone.
    ///
    /// - Parameter onlyLinks: leaves those that are for one address alone.
    func withdrawOpen(of household: HouseholdID, onlyLinks: Bool, at now: Instant) throws {
        let ofNobody: SQLText = onlyLinks ? "AND email_folded IS NULL" : .empty
        try transaction.execute(
            """
            UPDATE invitation SET withdrawn_at = \(now)
            WHERE household_id = \(household) AND accepted_at IS NULL AND withdrawn_at IS NULL
                \(ofNobody)
            """
        )
    }

    private func rows(_ condition: SQLText) throws -> [Invitation] {
        try transaction.rows(
            """
            SELECT i.id, i.household_id, i.email, i.email_folded, i.role, h.name, p.name,
                i.created_at, i.expires_at
            FROM invitation i JOIN household h ON h.id = i.household_id
            JOIN person p ON p.id = i.invited_by
            WHERE \(condition) ORDER BY i.id DESC
            """
        ) { row in
            Invitation(
                id: try row.identifier(),
                household: try row.identifier(),
                email: try row.textOrNil(),
                foldedEmail: try row.textOrNil(),
                role: HouseholdRole(rawValue: try row.text()) ?? .viewer,
                householdName: try row.text(),
                inviter: try row.text(),
                createdAt: try row.instant(),
                expiresAt: try row.instant()
            )
        }
    }
}
