import Ledger
import Storage

/// That somebody will be erased.
struct PlannedDeletion: Sendable {
    let erasesAt: Instant

    static let shape = Shape<PlannedDeletion>("PlannedDeletion") { shape in
        shape.instant("erases_at", \.erasesAt)
    }
}

/// Asking to be erased, and changing one's mind. Until the day comes nothing else changes: whoever is signed in stays so.
struct DeletionService: Sendable {
    /// How long one may change one's mind.
    ///
    /// - Units: seconds; 14 days
    static let graceSeconds: Int64 = 14 * 86_400

    /// The day stays the one that was said first.
    ///
    /// - Throws: 409 for the owner of a household with others, and for the only administrator of others.
    func plan(_ call: PersonCall, _ transaction: any SQLTransaction) throws -> PlannedDeletion {
        // Of two administrators who want to go at once the second finds the first gone.
        try UserStore(transaction: transaction, now: call.now).takeTurn(call.environment)
        let person = try PersonStore(transaction).loadPerson(call.person)
        if let day = person.eraseAt { return PlannedDeletion(erasesAt: day) }
        try demandReplaceable(person, transaction)
        let erasesAt = call.now.adding(seconds: Self.graceSeconds)
        let store = ErasureStore(transaction: transaction)
        guard try store.plan(person.id, at: erasesAt) else { throw APIError.notSignedIn }
        let environment = call.environment
        try note("deletion_plan", call, transaction)
        try MailQueue(transaction, environment).add(
            .deletionPlanned(
                name: person.name,
                on: WallClock { erasesAt }.today(in: person.timeZone).description,
                link: "\(environment.publicAddress)/settings/privacy"
            ),
            to: person.email,
            locale: person.locale
        )
        return PlannedDeletion(erasesAt: erasesAt)
    }

    func cancel(_ call: PersonCall, _ transaction: any SQLTransaction) throws {
        guard try ErasureStore(transaction: transaction).keep(call.person, at: call.now) else {
            let person = try PersonStore(transaction).loadPerson(call.person)
            guard person.eraseAt == nil else { throw APIError.erasureBegun }
            return
        }
        try note("deletion_cancel", call, transaction)
    }

    private func demandReplaceable(_ person: Person, _ transaction: any SQLTransaction) throws {
        let store = ErasureStore(transaction: transaction)
        let owned = try store.sharedHouseholds(ownedBy: person.id)
        guard owned.isEmpty else { throw APIError.ownsHouseholds(owned) }
        guard try person.systemRole != .admin || store.isReplaceable(administrator: person.id)
        else { throw APIError.onlyAdministrator }
    }

    private func note(
        _ action: String,
        _ call: PersonCall,
        _ transaction: any SQLTransaction
    ) throws {
        try SecurityTrail(transaction, call.environment).add(
            SecurityEvent(
                action,
                about: .person(call.person),
                by: .person(call.person),
                on: call.client,
                requestID: call.requestID
            )
        )
    }
}

extension APIError {
    static let erasureBegun = APIError.conflict(
        "me.erasure_begun",
        "The day has come: what was asked for is being done and cannot be taken back."
    )

    static func ownsHouseholds(_ households: [HouseholdID]) -> APIError {
        var details = JSONWriter()
        details.object { writer in
            writer.name("households")
            writer.array { writer in for id in households { writer.uuid(id.value) } }
        }
        return .conflict(
            "me.owns_household",
            "Others are in a household that you own. Hand it over first, or remove them.",
            details: details.bytes
        )
    }

    static let onlyAdministrator = APIError.conflict(
        "me.only_administrator",
        "You are the only administrator here. Make someone else one first."
    )
}
