import Ledger
import Storage

/// A person's households. Those methods that no member calls run in a transaction of their own.
struct HouseholdService: Sendable {
    let environment: ServerEnvironment

    /// How many households one person may belong to.
    static let countLimit = 50

    func list(of person: PersonID) async throws -> [HouseholdCard] {
        try await environment.database.read(.shared) { try PersonStore($0).households(of: person) }
    }

    /// - Throws: 404 for a household that they do not belong to
    func card(of household: HouseholdID, for person: PersonID) async throws -> HouseholdCard {
        guard let card = try await list(of: person).first(where: { $0.id == household }) else {
            throw APIError.notFound("household")
        }
        return card
    }

    /// - Throws: 409 `household.too_many`
    func found(
        named name: String,
        _ currency: Currency,
        _ weekStart: Weekday,
        for person: PersonID,
        requestID: String,
        on client: ClientDevice
    ) async throws -> HouseholdCard {
        let (known, timeZone) = try await environment.database.read(.shared) { transaction in
            let people = PersonStore(transaction)
            return (
                try people.households(of: person).count, try people.loadPerson(person).timeZone
            )
        }
        guard known < Self.countLimit else {
            throw APIError.conflict(
                "household.too_many",
                "A person belongs to at most \(Self.countLimit) households."
            )
        }
        let household: HouseholdID = environment.ids.next()
        let founding = HouseholdFounding(
            of: person,
            household: household,
            isDefault: known == 0,
            timeZone: timeZone,
            householdName: name,
            currency: currency,
            weekStart: weekStart,
            sealedKey: try environment.keys.makeWrapped(for: household)
        )
        try await environment.database.write(.household(household)) { [environment] transaction in
            try founding.write(transaction, environment, requestID: requestID, on: client)
        }
        return try await card(of: household, for: person)
    }

    /// Gives somebody who belongs to one household only another, of their own, so that nobody is left without.
    func keepAtHome(
        _ person: PersonID,
        leaving household: HouseholdID,
        requestID: String,
        on client: ClientDevice
    ) async throws {
        let cards = try await list(of: person)
        guard let last = cards.first, cards.count == 1, last.id == household else { return }
        let name = try await environment.database.read(.shared) {
            try PersonStore($0).loadPerson(person).name
        }
        _ = try await found(
            named: HouseholdFounding.name(of: name),
            last.currency,
            last.weekStart,
            for: person,
            requestID: requestID,
            on: client
        )
    }

    /// Says which household a person sees when they do not name one.
    ///
    /// - Throws: 404
    func makeDefault(_ household: HouseholdID, of person: PersonID) async throws {
        try await environment.database.write(.shared) { transaction in
            let known = try PersonStore(transaction).households(of: person)
            guard known.contains(where: { $0.id == household }) else {
                throw APIError.notFound("household")
            }
            try transaction.execute(
                """
                UPDATE member SET is_default = (household_id = \(household))
                WHERE person_id = \(person)
                """
            )
        }
    }

    /// Renames a household, or lets its week begin on another day.
    func update(
        name: String?,
        weekStart: Weekday?,
        in write: HouseholdWrite
    ) throws -> HouseholdCard {
        let before = try card(in: write)
        let (name, weekStart) = (name ?? before.name, weekStart ?? before.weekStart)
        guard name != before.name || weekStart != before.weekStart else { return before }
        try write.transaction.execute(
            """
            UPDATE household SET name = \(name), week_start = \(weekStart.name)
            WHERE id = \(write.household)
            """
        )
        write.record(
            AuditNote(
                "update",
                "household",
                write.household.value,
                before: Self.description(before.name, before.weekStart),
                after: Self.description(name, weekStart)
            )
        )
        return HouseholdCard(
            id: before.id,
            name: name,
            currency: before.currency,
            weekStart: weekStart,
            role: before.role,
            // It is one higher once this is written.
            version: before.version + 1,
            createdAt: before.createdAt,
            isDefault: before.isDefault
        )
    }

    private func card(in write: HouseholdWrite) throws -> HouseholdCard {
        let cards = try PersonStore(write.transaction).households(of: write.member.person)
        guard let card = cards.first(where: { $0.id == write.household }) else {
            throw APIError.notFound("household")
        }
        return card
    }

    private static func description(_ name: String, _ weekStart: Weekday) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("name"); writer.string(name)
            writer.name("week_start"); writer.string(weekStart.name)
        }
        return writer.bytes
    }
}

extension HouseholdFounding {
    /// What somebody's household is called until they say otherwise.
    package static func name(of person: String) -> String { "\(person)’s household" }
}
