import Ledger
import Storage

/// What follows a change of the ways in, in the transaction that makes it: the trail has it, the
/// owner is written to, and every other session ends.
struct FactorChange: Sendable {
    let person: PersonID
    let session: SessionID
    let visit: Visit
    let environment: ServerEnvironment

    init(_ call: PersonCall, _ visit: Visit) {
        self.init(call.person, call.session, visit, call.environment)
    }

    init(
        _ person: PersonID,
        _ session: SessionID,
        _ visit: Visit,
        _ environment: ServerEnvironment
    ) {
        self.person = person
        self.session = session
        self.visit = visit
        self.environment = environment
    }

    func record(
        _ change: WayInChange,
        entityID: UniqueID? = nil,
        _ transaction: any SQLTransaction
    ) throws {
        let now = environment.clock.now()
        try SecurityTrail(transaction, environment).add(
            SecurityEvent(
                change.action,
                of: person,
                entity: "factor",
                entityID: entityID,
                visit
            )
        )
        let owner = try PersonStore(transaction).loadPerson(person)
        try MailQueue(transaction, environment).add(
            .secondFactorChanged(name: owner.name, change: change),
            to: owner.email,
            locale: owner.locale
        )
        try SessionStore(transaction).endAll(of: person, except: session, at: now)
    }
}

extension WayInChange {
    /// What the trail calls it.
    var action: String {
        switch self {
        case .timeCodeAdded: "totp_added"
        case .timeCodeRemoved: "totp_removed"
        case .backupCodesRenewed: "backup_codes_renewed"
        case .passkeyAdded: "passkey_added"
        case .passkeyRemoved: "passkey_removed"
        case .providerLinked: "identity_linked"
        case .providerUnlinked: "identity_unlinked"
        case .factorsReset: "factors_reset"
        }
    }
}
