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
    func promoteFirst(_ person: PersonID, _ environment: ServerEnvironment) throws {
        let others: SQLText = "SELECT 1 FROM person WHERE id <> \(person) LIMIT 1"
        guard try transaction.first(others, { try $0.int() }) == nil else { return }
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
        try transaction.execute(
            """
            UPDATE person SET system_role = \(SystemRole.admin.rawValue)
            WHERE id = \(person)
                AND NOT EXISTS (SELECT 1 FROM person AS other WHERE other.id <> \(person))
            """
        )
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
