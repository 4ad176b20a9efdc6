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

    /// - Parameters:
    ///   - action: for the trail.
    ///   - words: for the letter.
    func record(
        _ action: String,
        _ words: String,
        entityID: UniqueID? = nil,
        _ transaction: any SQLTransaction
    ) throws {
        let now = environment.clock.now()
        try SecurityTrail(transaction, environment).add(
            SecurityEvent(
                action,
                about: .person(person),
                by: .person(person),
                entity: "factor",
                entityID: entityID,
                on: visit.client,
                requestID: visit.requestID
            )
        )
        let owner = try PersonStore(transaction).loadPerson(person)
        try MailQueue(transaction, environment).add(
            .secondFactorChanged(name: owner.name, what: words),
            to: owner.email,
            locale: owner.locale
        )
        try SessionStore(transaction).endAll(of: person, except: session, at: now)
    }
}
