import HTTPTypes
import Ledger
import Storage

/// What those may do to people who look after them. Nobody does it to themselves, and one administrator stays.
struct UserService: Sendable {
    private let environment: ServerEnvironment
    private let authenticator: Authenticator

    init(_ environment: ServerEnvironment, _ authenticator: Authenticator) {
        self.environment = environment
        self.authenticator = authenticator
    }

    /// What is done to a person.
    enum Act: Sendable {
        case setRole(SystemRole)
        case disable, enable, delete, restore, endSessions

        var name: String {
            switch self {
            case .setRole: "role_change"
            case .disable: "disable"
            case .enable: "enable"
            case .delete: "delete"
            case .restore: "restore"
            case .endSessions: "sessions_end"
            }
        }

        var isShuttingOut: Bool {
            switch self {
            case .disable, .delete: true
            case .setRole, .enable, .restore, .endSessions: false
            }
        }
    }

    /// Does all of it or nothing.
    ///
    /// - Throws: 404, 409 for oneself and for the last administrator, 403 for one's betters.
    func perform(_ acts: [Act], on id: PersonID, by call: PersonCall) async throws -> UserCard {
        guard id != call.person else {
            throw APIError.conflict("user.oneself", "Somebody else has to do this to you.")
        }
        let actor = call.signedIn
        let now = environment.clock.now()
        let (client, requestID, environment) = (call.client, call.requestID, environment)
        let card = try await environment.database.write(.shared) { transaction in
            let store = UserStore(transaction: transaction, now: now)
            try store.takeTurn(environment)
            let before = try store.card(id)
            guard actor.systemRole == .admin || before.systemRole == .user else {
                throw APIError.notPermitted
            }
            for act in acts { try Self.perform(act, on: before, store) }
            if !acts.isEmpty { try SessionStore(transaction).endAll(of: id, at: now) }
            if acts.contains(where: \.isShuttingOut) {
                // Who is let in again makes new ones: nobody remembers which program had which.
                try PersonalTokenStore(transaction).removeAll(of: id)
                try CalendarFeedStore(transaction).removeAll(of: id)
            }
            let after = try store.card(id)
            for act in acts {
                try SecurityTrail(transaction, environment).add(
                    SecurityEvent(
                        act.name,
                        about: .person(id),
                        by: .person(actor.person),
                        entityID: id.value,
                        on: client,
                        requestID: requestID,
                        details: Self.details(before, after)
                    )
                )
            }
            return after
        }
        authenticator.forget(person: id)
        return card
    }

    private static func perform(_ act: Act, on card: UserCard, _ store: UserStore) throws {
        let now = store.now
        let isDone =
            switch act {
            case .setRole(let role):
                try store.update(
                    card.id,
                    "system_role = \(role.rawValue)",
                    mayBeLast: role == .admin
                )
            case .disable:
                try store.update(
                    card.id,
                    "disabled_at = COALESCE(disabled_at, \(now))",
                    mayBeLast: false
                )
            case .enable:
                try store.update(card.id, "disabled_at = NULL", mayBeLast: true)
            case .delete:
                try store.update(
                    card.id,
                    "deleted_at = COALESCE(deleted_at, \(now))",
                    mayBeLast: false
                )
            case .restore where card.email.isEmpty:
                // They were erased: nobody is left to be restored.
                throw APIError.notFound("user")
            case .restore:
                try store.update(card.id, "deleted_at = NULL", mayBeLast: true)
            case .endSessions:
                try store.update(card.id, "disabled_at = disabled_at", mayBeLast: true)
            }
        guard isDone else {
            throw APIError.conflict(
                "user.last_administrator",
                "The server would have no administrator left."
            )
        }
    }

    private static func details(_ before: UserCard, _ after: UserCard) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            for (title, card) in [("before", before), ("after", after)] {
                writer.name(title)
                writer.object { writer in
                    writer.name("system_role"); writer.string(card.systemRole.rawValue)
                    writer.name("is_disabled"); writer.boolean(card.disabledAt != nil)
                    writer.name("is_deleted"); writer.boolean(card.deletedAt != nil)
                    writer.name("sessions"); writer.integer(card.sessions)
                }
            }
        }
        return writer.bytes
    }
}
