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
    func makeDefault(
        _ household: HouseholdID,
        of person: PersonID,
        requestID: String,
        on client: ClientDevice
    ) async throws {
        try await environment.database.write(.shared) { [environment] transaction in
            let known = try PersonStore(transaction).households(of: person)
            guard let chosen = known.first(where: { $0.id == household }) else {
                throw APIError.notFound("household")
            }
            guard !chosen.isDefault else { return }
            try transaction.execute(
                """
                UPDATE member SET is_default = (household_id = \(household))
                WHERE person_id = \(person)
                """
            )
            try SecurityTrail(transaction, environment).add(
                SecurityEvent(
                    "household_default",
                    about: .person(person),
                    by: .person(person),
                    entity: "household",
                    entityID: household.value,
                    on: client,
                    requestID: requestID
                )
            )
        }
    }

    /// Renames a household, or lets its week begin on another day.
    static func update(
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
                before: description(before.name, before.weekStart),
                after: description(name, weekStart)
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

    /// Gives a household back the name and the first day of the week that an entry took from it.
    ///
    /// - Throws: 409 when either was changed again since
    static func takeBack(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let now = try card(in: write)
        let current = try JSONReader.read(description(now.name, now.weekStart))
        let old = try entry.changed(["name", "week_start"], since: current)
        func text(_ field: String) -> String? { old.first { $0.name == field }?.value.plain }
        _ = try update(
            name: text("name"),
            weekStart: text("week_start").flatMap(Weekday.init(named:)),
            in: write
        )
    }

    private static func card(in write: HouseholdWrite) throws -> HouseholdCard {
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
