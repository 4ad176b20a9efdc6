package import Ledger
package import Storage

/// Someone who signs up.
package struct NewPerson: Sendable {
    package let id: PersonID
    package let email: EmailAddress
    package let name: String
    package let passwordHash: String
    package let timeZone: String
    package let locale: String

    package init(
        id: PersonID,
        email: EmailAddress,
        name: String,
        passwordHash: String,
        timeZone: String,
        locale: String
    ) {
        self.id = id
        self.email = email
        self.name = name
        self.passwordHash = passwordHash
        self.timeZone = timeZone
        self.locale = locale
    }

    /// - Throws: `StorageError.uniqueViolation` when the address is taken.
    package func insert(_ transaction: any SQLTransaction, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO person
                (id, email, email_folded, name, password_hash, time_zone, locale, created_at)
            VALUES (\(id), \(email.text), \(email.folded), \(name), \(passwordHash),
                \(timeZone), \(locale), \(now))
            """
        )
    }
}

/// Makes a household of somebody, with all that a ledger needs, in one transaction; and the person too where they sign
/// up with it.
///
/// It runs in the scope of the new household: the tables of the ledger take no other rows.
package struct HouseholdFounding: Sendable {
    package let person: PersonID
    package let household: HouseholdID
    /// Nil for somebody who is there already.
    private let newPerson: NewPerson?
    /// Whether it is the one that they see first.
    private let isDefault: Bool
    package let timeZone: String
    package let householdName: String
    package let currency: Currency
    package let weekStart: Weekday
    /// As `HouseholdKeys.makeWrapped` made it.
    package let sealedKey: [UInt8]

    package init(
        person: PersonID,
        household: HouseholdID,
        email: EmailAddress,
        personName: String,
        passwordHash: String,
        timeZone: String,
        locale: String,
        householdName: String,
        currency: Currency,
        weekStart: Weekday,
        sealedKey: [UInt8]
    ) {
        self.person = person
        self.household = household
        newPerson = NewPerson(
            id: person,
            email: email,
            name: personName,
            passwordHash: passwordHash,
            timeZone: timeZone,
            locale: locale
        )
        isDefault = true
        self.timeZone = timeZone
        self.householdName = householdName
        self.currency = currency
        self.weekStart = weekStart
        self.sealedKey = sealedKey
    }

    /// Another household of somebody who is there.
    package init(
        of person: PersonID,
        household: HouseholdID,
        isDefault: Bool,
        timeZone: String,
        householdName: String,
        currency: Currency,
        weekStart: Weekday,
        sealedKey: [UInt8]
    ) {
        self.person = person
        self.household = household
        newPerson = nil
        self.isDefault = isDefault
        self.timeZone = timeZone
        self.householdName = householdName
        self.currency = currency
        self.weekStart = weekStart
        self.sealedKey = sealedKey
    }

    package var founder: Member {
        Member(
            household: household,
            person: person,
            role: .owner,
            currency: currency,
            weekStart: weekStart,
            timeZone: timeZone
        )
    }

    /// Writes all of it.
    ///
    /// - Parameter client: where it was asked for, if somebody asked.
    /// - Throws: `StorageError.uniqueViolation` when the address is taken.
    package func write(
        _ transaction: any SQLTransaction,
        _ environment: ServerEnvironment,
        requestID: String,
        on client: ClientDevice? = nil
    ) throws {
        let now = environment.clock.now()
        try newPerson?.insert(transaction, at: now)
        try insertHousehold(transaction, at: now)
        try insertNodes(transaction, environment.ids, at: now)
        let write = try HouseholdWrite(
            transaction,
            HouseholdWriteContext(
                member: founder,
                now: now,
                today: environment.clock.today(in: timeZone),
                requestID: requestID,
                ids: environment.ids,
                keys: environment.keys,
                client: client
            )
        )
        write.record(AuditNote("create", "household", household.value, after: description))
        try write.finish()
    }

    private func insertHousehold(_ transaction: any SQLTransaction, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO household
                (id, name, currency, week_start, audit_head, sealed_key, created_at)
            VALUES (\(household), \(householdName), \(currency), \(weekStart.name),
                \(AuditChain.origin), \(sealedKey), \(now))
            """
        )
        try MemberStore(transaction: transaction, household: household)
            .insert(person, .owner, isDefault: isDefault, at: now)
    }

    private func insertNodes(
        _ transaction: any SQLTransaction,
        _ ids: IDSource,
        at now: Instant
    ) throws {
        var rows: [[SQLValue]] = []
        for (position, node) in SystemNode.allCases.enumerated() {
            rows.append(
                row(
                    ids.next(),
                    node.accountClass,
                    node.name,
                    system: node.rawValue,
                    under: nil,
                    position,
                    now
                )
            )
        }
        for (position, category) in StarterCategory.all.enumerated() {
            let id: AccountID = ids.next()
            rows.append(row(id, category.accountClass, category.name, under: nil, position, now))
            for (position, child) in category.children.enumerated() {
                rows.append(row(ids.next(), category.accountClass, child, under: id, position, now))
            }
        }
        try transaction.insert(
            into: """
                account (household_id, id, class, system, name, parent_id, position, created_at,
                    updated_at)
                """,
            rows: rows
        )
    }

    private func row(
        _ id: AccountID,
        _ accountClass: AccountClass,
        _ name: String,
        system: String? = nil,
        under parent: AccountID?,
        _ position: Int,
        _ now: Instant
    ) -> [SQLValue] {
        [
            household.sqlValue, id.sqlValue, accountClass.rawValue.sqlValue,
            system?.sqlValue ?? .null(.text), name.sqlValue, parent?.sqlValue ?? .null(.uuid),
            position.sqlValue, now.sqlValue, now.sqlValue,
        ]
    }

    private var description: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("name"); writer.string(householdName)
            writer.name("currency"); writer.string(currency.code)
            writer.name("week_start"); writer.string(weekStart.name)
        }
        return writer.bytes
    }
}
