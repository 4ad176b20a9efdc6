import Ledger
import Storage

/// How somebody new gets a household: their own, or that which invited them. What they agreed to is written with it.
struct Joining: Sendable {
    let person: PersonID
    let household: HouseholdID
    let isInvited: Bool
    /// Writes both, in a transaction of the household's scope.
    let write: @Sendable (any SQLTransaction) throws -> Void

    init(
        founding: HouseholdFounding,
        agreeingTo consents: GivenConsents,
        _ visit: Visit,
        _ environment: ServerEnvironment
    ) {
        (person, household, isInvited) = (founding.person, founding.household, false)
        write = { transaction in
            try founding.write(
                transaction,
                environment,
                requestID: visit.requestID,
                on: visit.client
            )
            try consents.write(of: founding.person, visit, transaction, environment)
        }
    }

    /// Whoever calls has seen to it that the invitation is for them.
    init(
        _ new: NewPerson,
        by invitation: PendingInvitation,
        agreeingTo consents: GivenConsents,
        _ visit: Visit,
        _ environment: ServerEnvironment
    ) {
        (person, household, isInvited) = (new.id, invitation.household, true)
        write = { transaction in
            try new.insert(transaction, at: environment.clock.now())
            try InvitationService(environment).join(
                invitation,
                PersonStore(transaction).loadPerson(new.id),
                requestID: visit.requestID,
                on: visit.client,
                transaction
            )
            try consents.write(of: new.id, visit, transaction, environment)
        }
    }
}
