import Ledger
import Storage

/// A member as the others see them.
struct MemberRecord: Sendable {
    let person: PersonID
    let name: String
    let email: String
    let role: HouseholdRole
    let joinedAt: Instant
}

/// Who belongs to a household.
struct MemberStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    /// The first who came first.
    func all() throws -> [MemberRecord] {
        try transaction.rows(
            """
            SELECT p.id, p.name, p.email, m.role, m.joined_at
            FROM member m JOIN person p ON p.id = m.person_id
            WHERE m.household_id = \(household) ORDER BY m.joined_at, p.id
            """
        ) { row in
            MemberRecord(
                person: try row.identifier(),
                name: try row.text(),
                email: try row.text(),
                role: HouseholdRole(rawValue: try row.text()) ?? .viewer,
                joinedAt: try row.instant()
            )
        }
    }

    /// - Throws: 404
    func load(_ person: PersonID) throws -> MemberRecord {
        guard let member = try all().first(where: { $0.person == person }) else {
            throw APIError.notFound("member")
        }
        return member
    }

    func insert(
        _ person: PersonID,
        _ role: HouseholdRole,
        isDefault: Bool,
        at now: Instant
    ) throws {
        try transaction.execute(
            """
            INSERT INTO member (household_id, person_id, role, is_default, joined_at)
            VALUES (\(household), \(person), \(role.rawValue), \(isDefault), \(now))
            """
        )
    }

    /// - Returns: false when they did not have the role that they are to lose.
    func setRole(
        of person: PersonID,
        from old: HouseholdRole,
        to new: HouseholdRole
    ) throws -> Bool {
        try transaction.executeCounting(
            """
            UPDATE member SET role = \(new.rawValue)
            WHERE household_id = \(household) AND person_id = \(person)
                AND role = \(old.rawValue)
            """
        ) == 1
    }

    /// The owner stays.
    ///
    /// - Returns: false when there was no such member.
    func remove(_ person: PersonID) throws -> Bool {
        try transaction.executeCounting(
            """
            DELETE FROM member WHERE household_id = \(household) AND person_id = \(person)
                AND role <> \(HouseholdRole.owner.rawValue)
            """
        ) == 1
    }
}
