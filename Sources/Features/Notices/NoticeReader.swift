import Ledger
import Storage

/// Somebody who may be told of what concerns a household, or themselves.
struct NoticeReader: Sendable {
    let person: PersonID
    /// What they are in the household.
    let role: HouseholdRole
    let clock: LocalClock
    let timeZone: String
    let hidden: Set<AccountID>
    let preferences: NoticePreferences

    func mayHear(of news: News) -> Bool { hidden.isDisjoint(with: news.accounts) }
}

/// Reads who may be told, and how they want to be.
struct NoticeReaders {
    let transaction: any SQLTransaction

    private static let isActive: SQLText = "p.disabled_at IS NULL AND p.deleted_at IS NULL"

    /// The members of a household who can sign in.
    func members(of household: HouseholdID) throws -> [NoticeReader] {
        let found = try transaction.rows(
            """
            SELECT p.id, p.time_zone, m.role FROM member m JOIN person p ON p.id = m.person_id
            WHERE m.household_id = \(household) AND \(Self.isActive) ORDER BY p.id
            """
        ) { row in
            let id: PersonID = try row.identifier()
            let zone = try row.text()
            return (id, zone, HouseholdRole(rawValue: try row.text()) ?? .viewer)
        }
        let hidden = try hidden(in: household)
        let store = NoticePreferenceStore(transaction: transaction)
        let preferences = try store.all(found.map(\.0))
        return found.map { id, zone, role in
            NoticeReader(
                person: id,
                role: role,
                clock: LocalClock(zone),
                timeZone: zone,
                hidden: hidden[id] ?? [],
                preferences: preferences[id] ?? NoticePreferences()
            )
        }
    }

    /// Nil for somebody who cannot sign in.
    func person(_ id: PersonID) throws -> NoticeReader? {
        let zone = try transaction.first(
            "SELECT p.time_zone FROM person p WHERE p.id = \(id) AND \(Self.isActive)"
        ) { try $0.text() }
        guard let zone else { return nil }
        let preferences = try NoticePreferenceStore(transaction: transaction).load(id)
        return NoticeReader(
            person: id,
            role: .viewer,
            clock: LocalClock(zone),
            timeZone: zone,
            hidden: [],
            preferences: preferences
        )
    }

    func administrators() throws -> [NoticeReader] {
        let ids: [PersonID] = try transaction.rows(
            """
            SELECT p.id FROM person p WHERE p.system_role = \(SystemRole.admin.rawValue)
                AND \(Self.isActive) ORDER BY p.id
            """
        ) { try $0.identifier() }
        return try ids.compactMap(person)
    }

    private func hidden(in household: HouseholdID) throws -> [PersonID: Set<AccountID>] {
        var hidden: [PersonID: Set<AccountID>] = [:]
        try transaction.forEach(
            """
            SELECT m.person_id, v.account_id
            FROM member m JOIN account_visibility v ON v.household_id = m.household_id
            LEFT JOIN account_visibility_member n ON n.household_id = v.household_id
                AND n.account_id = v.account_id AND n.person_id = m.person_id
            WHERE m.household_id = \(household)
                AND (v.mode = 'only' AND n.person_id IS NULL
                    OR v.mode = 'except' AND n.person_id IS NOT NULL)
            """
        ) { row in
            let person: PersonID = try row.identifier()
            hidden[person, default: []].insert(try row.identifier())
        }
        return hidden
    }
}
