import Ledger
package import Storage

/// People and the households that they belong to.
package struct PersonStore {
    let transaction: any SQLTransaction

    package init(_ transaction: any SQLTransaction) {
        self.transaction = transaction
    }

    func loadPerson(_ id: PersonID) throws -> Person {
        let found = try transaction.first(
            "SELECT \(Self.columns) FROM person WHERE id = \(id)",
            Self.read
        )
        guard let found else { throw APIError.notSignedIn }
        return found
    }

    /// - Parameter email: as `EmailAddress.folded` writes it.
    func findCredential(email: String) throws -> Credential? {
        try transaction.first(
            "SELECT \(Self.columns), password_hash FROM person WHERE email_folded = \(email)"
        ) { Credential(person: try Self.read(&$0), passwordHash: try $0.passwordHash()) }
    }

    func findCredential(of id: PersonID) throws -> Credential? {
        try transaction.first(
            "SELECT \(Self.columns), password_hash FROM person WHERE id = \(id)"
        ) { Credential(person: try Self.read(&$0), passwordHash: try $0.passwordHash()) }
    }

    func savePasswordHash(_ hash: String, of person: PersonID, replacing old: String) throws {
        try transaction.execute(
            """
            UPDATE person SET password_hash = \(hash)
            WHERE id = \(person) AND password_hash = \(old)
            """
        )
    }

    /// The default household first.
    func households(of person: PersonID) throws -> [HouseholdCard] {
        try transaction.rows(
            """
            SELECT household.id, household.name, household.currency, household.week_start,
                member.role, household.version, household.created_at, member.is_default
            FROM member JOIN household ON household.id = member.household_id
            WHERE member.person_id = \(person)
            ORDER BY member.is_default DESC, member.joined_at, household.id
            """
        ) { row in
            HouseholdCard(
                id: try row.identifier(),
                name: try row.text(),
                currency: try row.currency(),
                weekStart: Weekday(named: try row.text()) ?? .monday,
                role: HouseholdRole(rawValue: try row.text()) ?? .viewer,
                version: try row.integer(),
                createdAt: try row.instant(),
                isDefault: try row.boolean()
            )
        }
    }

    /// Where a person belongs, the default household first.
    func memberships(of person: Person) throws -> [Member] {
        let hidden = try AccountVisibilityStore.hidden(from: person.id, transaction)
        return try households(of: person.id).map {
            Member(person, in: $0, sees: AccountVision(hidden: hidden[$0.id] ?? []))
        }
    }

    private static let columns: SQLText =
        """
        id, email, name, time_zone, locale, created_at, epoch,
        disabled_at IS NOT NULL OR deleted_at IS NOT NULL, system_role, email_verified_at, erase_at
        """

    private static func read(_ row: inout SQLRow) throws -> Person {
        Person(
            id: try row.identifier(),
            email: try row.text(),
            name: try row.text(),
            timeZone: try row.text(),
            locale: try row.text(),
            createdAt: try row.instant(),
            epoch: try row.integer(),
            isDisabled: try row.boolean(),
            systemRole: SystemRole(rawValue: try row.text()) ?? .user,
            emailVerifiedAt: try row.instantOrNil(),
            eraseAt: try row.instantOrNil()
        )
    }
}

extension Member {
    init(_ person: Person, in household: HouseholdCard, sees: AccountVision) {
        self.init(
            household: household.id,
            person: person.id,
            role: household.role,
            currency: household.currency,
            weekStart: household.weekStart,
            timeZone: person.timeZone,
            sees: sees
        )
    }
}

extension SQLRow {
    /// Nil for someone without a password, of whom nothing is stored.
    fileprivate mutating func passwordHash() throws -> String? {
        let hash = try text()
        return hash.isEmpty ? nil : hash
    }
}

extension Weekday {
    init?(named name: String) {
        guard let day = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = day
    }
}
