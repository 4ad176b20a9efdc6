import Ledger
import Storage

/// Who is to be erased, and what goes with them.
struct ErasureStore {
    let transaction: any SQLTransaction

    // MARK: The plan

    /// - Returns: false when there is a plan already, or nobody.
    func plan(_ person: PersonID, at moment: Instant) throws -> Bool {
        try transaction.executeCounting(
            """
            UPDATE person SET erase_at = \(moment)
            WHERE id = \(person) AND erase_at IS NULL AND deleted_at IS NULL
            """
        ) == 1
    }

    /// - Returns: false when there was no plan, or its day has come.
    func keep(_ person: PersonID, at now: Instant) throws -> Bool {
        try transaction.executeCounting(
            "UPDATE person SET erase_at = \(Instant?.none) WHERE id = \(person) AND erase_at > \(now)"
        ) == 1
    }

    func due(at now: Instant, limit: Int) throws -> [PersonID] {
        try transaction.rows(
            "SELECT id FROM person WHERE erase_at <= \(now) ORDER BY erase_at, id LIMIT \(limit)"
        ) { try $0.identifier() }
    }

    /// Whether somebody is still to be erased, now that it is about to happen. From then on nobody can change it before
    /// this transaction ends.
    func holdDue(_ person: PersonID, at now: Instant) throws -> Bool {
        try transaction.executeCounting(
            "UPDATE person SET erase_at = erase_at WHERE id = \(person) AND erase_at <= \(now)"
        ) == 1
    }

    // MARK: Who is left

    /// Households of theirs that others are in.
    func sharedHouseholds(ownedBy person: PersonID) throws -> [HouseholdID] {
        try transaction.rows(
            """
            SELECT m.household_id FROM member m
            WHERE m.person_id = \(person) AND m.role = 'owner' AND EXISTS (
                SELECT 1 FROM member o
                WHERE o.household_id = m.household_id AND o.person_id <> \(person))
            ORDER BY m.household_id
            """
        ) { try $0.identifier() }
    }

    /// Whether there is another administrator, or nobody else to have one.
    func isReplaceable(administrator person: PersonID) throws -> Bool {
        let others: SQLText =
            "id <> \(person) AND disabled_at IS NULL AND deleted_at IS NULL AND erase_at IS NULL"
        let isAlone =
            try transaction.first("SELECT 1 FROM person WHERE \(others) LIMIT 1") { try $0.int() }
            == nil
        let administrator: SQLText =
            "SELECT 1 FROM person WHERE \(others) AND system_role = 'admin' LIMIT 1"
        return try isAlone || transaction.first(administrator) { try $0.int() } != nil
    }

    /// Who else is in a household: those who can sign in first, those who may write before those who may look, and then
    /// who came first.
    func heirs(of household: HouseholdID, except person: PersonID) throws -> [PersonID] {
        try transaction.rows(
            """
            SELECT m.person_id FROM member m JOIN person p ON p.id = m.person_id
            WHERE m.household_id = \(household) AND m.person_id <> \(person)
            ORDER BY CASE WHEN p.disabled_at IS NULL AND p.deleted_at IS NULL AND p.erase_at IS NULL
                    THEN 0 ELSE 1 END,
                CASE m.role WHEN 'owner' THEN 0 WHEN 'editor' THEN 1 ELSE 2 END, m.joined_at,
                m.person_id
            """
        ) { try $0.identifier() }
    }

    func removeMember(_ person: PersonID, of household: HouseholdID) throws {
        try transaction.execute(
            "DELETE FROM member WHERE household_id = \(household) AND person_id = \(person)"
        )
    }

    func makeOwner(_ person: PersonID, of household: HouseholdID) throws {
        try transaction.execute(
            """
            UPDATE member SET role = 'owner'
            WHERE household_id = \(household) AND person_id = \(person)
            """
        )
    }

    // MARK: The person

    /// Tables whose rows are one person's. A test looks for others that name one.
    static let personTables: [SQLText] = [
        "one_time_token", "session", "consent", "household_grant", "time_code", "backup_code",
        "code_failure", "passkey", "provider_identity", "personal_token", "account_hidden_formerly",
        "calendar_feed",
        "notice_account", "notice", "notice_choice", "notice_threshold", "notice_reader",
    ]

    /// Makes a person nobody: what they are known by, what lets them in, and the key of what they did.
    func anonymise(_ person: PersonID, email: String, at now: Instant) throws {
        try transaction.execute(
            """
            DELETE FROM refresh_token
            WHERE session_id IN (SELECT id FROM session WHERE person_id = \(person))
            """
        )
        for table in Self.personTables {
            try transaction.execute("DELETE FROM \(table) WHERE person_id = \(person)")
        }
        try transaction.execute(
            "DELETE FROM invitation WHERE email_folded = \(email) AND accepted_at IS NULL"
        )
        try transaction.execute(
            """
            UPDATE invitation SET email = \(String?.none), email_folded = \(String?.none)
            WHERE email_folded = \(email) OR accepted_by = \(person)
            """
        )
        try transaction.execute(
            """
            UPDATE trail SET sealed_key = \([UInt8]?.none) WHERE id = \(person)
            """
        )
        try transaction.execute(
            "UPDATE trail_entry SET payload = \([UInt8]?.none) WHERE trail_id = \(person)"
        )
        // No address has a colon, so nobody can have this one.
        try transaction.execute(
            """
            UPDATE person SET email = '', email_folded = \("erased:\(person)"), name = '',
                password_hash = '', time_zone = 'UTC', locale = 'en', system_role = 'user',
                email_verified_at = \(Instant?.none), erase_at = \(Instant?.none),
                epoch = epoch + 1, deleted_at = \(now)
            WHERE id = \(person)
            """
        )
    }
}
