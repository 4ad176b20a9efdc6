package import Ledger
package import Storage

/// What changes of a person, and of who they are here.
extension PersonStore {
    func foldedEmail(of person: PersonID) throws -> String {
        let found = try transaction.first(
            "SELECT email_folded FROM person WHERE id = \(person)"
        ) { try $0.text() }
        guard let found else { throw APIError.notSignedIn }
        return found
    }

    /// Whether nobody has signed up yet.
    func isEmpty() throws -> Bool {
        try transaction.first("SELECT 1 FROM person LIMIT 1") { try $0.int() } == nil
    }

    /// Makes someone the administrator, if they are the first. Of two who come at once, one is: both
    /// wait for the trail of the server, which tells of it.
    ///
    /// - Returns: whether they are.
    @discardableResult
    func promoteFirst(_ person: PersonID, _ environment: ServerEnvironment) throws -> Bool {
        let others: SQLText = "SELECT 1 FROM person WHERE id <> \(person) LIMIT 1"
        guard try transaction.first(others, { try $0.int() }) == nil else { return false }
        try SecurityTrail(transaction, environment).add(
            SecurityEvent(
                "first_administrator",
                about: .server,
                by: .server,
                entityID: person.value,
                on: nil,
                requestID: ""
            )
        )
        return try transaction.executeCounting(
            """
            UPDATE person SET system_role = \(SystemRole.admin.rawValue)
            WHERE id = \(person)
                AND NOT EXISTS (SELECT 1 FROM person AS other WHERE other.id <> \(person))
            """
        ) == 1
    }

    func saveProfile(
        of person: PersonID,
        name: String,
        timeZone: String,
        locale: String
    ) throws {
        try transaction.execute(
            """
            UPDATE person SET name = \(name), time_zone = \(timeZone), locale = \(locale)
            WHERE id = \(person)
            """
        )
    }

    /// - Throws: `StorageError.uniqueViolation` when the address is taken.
    func saveEmail(_ email: EmailAddress, of person: PersonID) throws {
        try transaction.execute(
            """
            UPDATE person SET email = \(email.text), email_folded = \(email.folded)
            WHERE id = \(person)
            """
        )
    }

    /// The person has shown that the mailbox is theirs.
    package func noteVerified(_ person: PersonID, at now: Instant) throws {
        try transaction.execute(
            "UPDATE person SET email_verified_at = \(now) WHERE id = \(person)"
        )
    }

    /// Takes away every way in but the password. Second factors by code stay: they open nothing.
    func removeDoors(of person: PersonID) throws {
        for table: SQLText in ["passkey", "provider_identity", "personal_token", "calendar_feed"] {
            try transaction.execute("DELETE FROM \(table) WHERE person_id = \(person)")
        }
    }

    /// Makes sure that nothing was changed of who someone is since it was looked at, and that nothing
    /// is until this transaction ends.
    ///
    /// - Throws: 401 when the password, or all sessions, were changed meanwhile.
    func hold(_ person: Person, passwordHash: String?) throws {
        let sameHash: SQLText = passwordHash.map { "AND password_hash = \($0)" } ?? .empty
        let count = try transaction.executeCounting(
            """
            UPDATE person SET epoch = epoch
            WHERE id = \(person.id) AND epoch = \(person.epoch) \(sameHash)
            """
        )
        guard count == 1 else { throw APIError.wrongCredentials }
    }

    /// Ends every access token that is out.
    package func raiseEpoch(of person: PersonID) throws {
        try transaction.execute("UPDATE person SET epoch = epoch + 1 WHERE id = \(person)")
    }

    package func savePasswordHash(_ hash: String, of person: PersonID) throws {
        try transaction.execute(
            "UPDATE person SET password_hash = \(hash) WHERE id = \(person)"
        )
    }
}
