package import Ledger

/// What a person may do in a household.
package enum HouseholdRole: String, CaseIterable, Sendable {
    case owner, editor, viewer

    package var mayWrite: Bool { self != .viewer }
}

/// A person in one household, as it was proved for this request. Nothing of a household can be reached without one.
package struct Member: Sendable {
    package let household: HouseholdID
    package let person: PersonID
    package let role: HouseholdRole
    /// The household's own currency.
    package let currency: Currency
    package let weekStart: Weekday
    /// The person's time zone, as IANA names it.
    package let timeZone: String

    package init(
        household: HouseholdID,
        person: PersonID,
        role: HouseholdRole,
        currency: Currency,
        weekStart: Weekday,
        timeZone: String
    ) {
        self.household = household
        self.person = person
        self.role = role
        self.currency = currency
        self.weekStart = weekStart
        self.timeZone = timeZone
    }
}

/// Who is signed in, and where they belong.
package struct SignedInPerson: Sendable {
    package let person: PersonID
    package let session: SessionID
    /// The default household first.
    package let memberships: [Member]

    package init(person: PersonID, session: SessionID, memberships: [Member]) {
        self.person = person
        self.session = session
        self.memberships = memberships
    }
}
