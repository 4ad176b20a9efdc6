import Ledger
import Storage

/// Who sees an account.
struct AccountVisibility: Sendable, Equatable {
    enum Mode: String, CaseIterable, Sendable {
        /// Everyone, whoever joins later included.
        case all
        /// These members alone.
        case only
        /// Everyone but these.
        case except
    }

    let mode: Mode
    let members: Set<PersonID>

    static let all = AccountVisibility(mode: .all, members: [])

    /// As the trail keeps it; nil for what is none.
    init?(_ value: JSONValue) {
        guard let mode = value["visibility"]?.plain.flatMap(Mode.init),
            case .array(let elements)? = value["members"]
        else { return nil }
        let members = elements.compactMap { $0.plain.flatMap { PersonID($0) } }
        guard members.count == elements.count else { return nil }
        self.init(mode: mode, members: Set(members))
    }

    init(mode: Mode, members: Set<PersonID>) {
        self.mode = mode
        self.members = members
    }

    func isSeen(by person: PersonID) -> Bool {
        switch mode {
        case .all: true
        case .only: members.contains(person)
        case .except: !members.contains(person)
        }
    }

    static let shape = Shape<AccountVisibility>("AccountVisibility") { shape in
        shape.choice("visibility", \.mode)
        shape.texts("members") { $0.members.sorted().map(\.description) }
    }
}

/// Which members see which accounts of a household.
struct AccountVisibilityStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    /// Everyone who could see an account.
    func members() throws -> [PersonID] {
        try transaction.rows("SELECT person_id FROM member WHERE household_id = \(household)") {
            try $0.identifier()
        }
    }

    /// The accounts that somebody does not see, in each of their households.
    ///
    /// It needs no household, since it is asked before one is chosen.
    static func hidden(
        from person: PersonID,
        _ transaction: any SQLTransaction
    ) throws -> [HouseholdID: Set<AccountID>] {
        var hidden: [HouseholdID: Set<AccountID>] = [:]
        try transaction.forEach(
            """
            SELECT v.household_id, v.account_id
            FROM member m JOIN account_visibility v ON v.household_id = m.household_id
            LEFT JOIN account_visibility_member n ON n.household_id = v.household_id
                AND n.account_id = v.account_id AND n.person_id = m.person_id
            WHERE m.person_id = \(person)
                AND (v.mode = 'only' AND n.person_id IS NULL
                    OR v.mode = 'except' AND n.person_id IS NOT NULL)
            """
        ) { row in
            let household: HouseholdID = try row.identifier()
            hidden[household, default: []].insert(try row.identifier())
        }
        return hidden
    }

    func load(_ account: AccountID) throws -> AccountVisibility {
        let mode = try transaction.first(
            """
            SELECT mode FROM account_visibility
            WHERE household_id = \(household) AND account_id = \(account)
            """
        ) { AccountVisibility.Mode(rawValue: try $0.text()) }
        guard let mode = mode ?? nil else { return .all }
        let members = try transaction.rows(
            """
            SELECT person_id FROM account_visibility_member
            WHERE household_id = \(household) AND account_id = \(account)
            """
        ) { try $0.identifier() as PersonID }
        return AccountVisibility(mode: mode, members: Set(members))
    }

    /// Those who are away stay among those from whom it is hidden, unless everyone is to see it.
    func save(_ visibility: AccountVisibility, of account: AccountID) throws {
        if visibility.mode == .all { try forgetHidden("account_id = \(account)") }
        // Its members go with it.
        try transaction.execute(
            """
            DELETE FROM account_visibility
            WHERE household_id = \(household) AND account_id = \(account)
            """
        )
        guard visibility.mode != .all else { return }
        try transaction.execute(
            """
            INSERT INTO account_visibility (household_id, account_id, mode)
            VALUES (\(household), \(account), \(visibility.mode.rawValue))
            """
        )
        try transaction.insert(
            into: "account_visibility_member (household_id, account_id, person_id)",
            rows: visibility.members.sorted().map {
                [household.sqlValue, account.sqlValue, $0.sqlValue]
            }
        )
    }

    /// The live accounts that nobody but one member sees.
    func accounts(ofOnly person: PersonID) throws -> [AccountID] {
        try transaction.rows(
            """
            SELECT v.account_id FROM account_visibility v
            JOIN account a ON a.household_id = v.household_id AND a.id = v.account_id
            WHERE v.household_id = \(household) AND a.deleted_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM member m
                LEFT JOIN account_visibility_member n ON n.household_id = m.household_id
                    AND n.account_id = v.account_id AND n.person_id = m.person_id
                WHERE m.household_id = v.household_id AND m.person_id <> \(person)
                    AND (v.mode = 'only' AND n.person_id IS NOT NULL
                        OR v.mode = 'except' AND n.person_id IS NULL))
            ORDER BY v.account_id
            """
        ) { try $0.identifier() }
    }

    /// Lets somebody alone see what only another saw, who goes: an account that nobody sees would be
    /// lost.
    func hand(_ accounts: [AccountID], to heir: PersonID) throws {
        for account in accounts {
            try save(AccountVisibility(mode: .only, members: [heir]), of: account)
        }
    }

    // MARK: Who is away

    /// Remembers what somebody does not see, before they go: their membership takes it along.
    func rememberHidden(from person: PersonID) throws {
        let hidden = try Self.hidden(from: person, transaction)[household] ?? []
        try forgetHidden("person_id = \(person)")
        try transaction.insert(
            into: "account_hidden_formerly (household_id, account_id, person_id)",
            rows: hidden.sorted().map { [household.sqlValue, $0.sqlValue, person.sqlValue] }
        )
    }

    /// Hides from somebody who came back what they did not see when they went.
    func hideAgain(from person: PersonID) throws {
        let accounts: [AccountID] = try transaction.rows(
            """
            SELECT account_id FROM account_hidden_formerly
            WHERE household_id = \(household) AND person_id = \(person) ORDER BY account_id
            """
        ) { try $0.identifier() }
        for account in accounts {
            let now = try load(account)
            guard now.mode == .except else { continue }
            try save(
                AccountVisibility(mode: .except, members: now.members.union([person])),
                of: account
            )
        }
        try forgetHidden("person_id = \(person)")
    }

    private func forgetHidden(_ condition: SQLText) throws {
        try transaction.execute(
            """
            DELETE FROM account_hidden_formerly
            WHERE household_id = \(household) AND \(condition)
            """
        )
    }

    /// Who added an account; nil for one that is older than that is kept.
    func adder(of account: AccountID) throws -> PersonID? {
        let found = try transaction.first(
            "SELECT added_by FROM account WHERE household_id = \(household) AND id = \(account)"
        ) { try $0.identifierOrNil() as PersonID? }
        return found ?? nil
    }
}
