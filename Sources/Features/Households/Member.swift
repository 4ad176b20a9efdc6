import HTTPTypes
package import Ledger
package import Storage

/// What a person may do in a household.
package enum HouseholdRole: String, CaseIterable, Sendable {
    case owner, editor, viewer

    package var mayWrite: Bool { self != .viewer }

    /// - Throws: 403 when it is less than what is demanded.
    func demand(_ least: HouseholdRole) throws(APIError) {
        switch least {
        case .viewer: break
        case .editor: guard mayWrite else { throw .mayOnlyLook }
        case .owner: guard self == .owner else { throw .ownerOnly }
        }
    }
}

/// Which accounts a member sees.
package enum AccountVision: Sendable, Hashable {
    case everything
    /// All but these.
    case without(Set<AccountID>)
}

extension APIError {
    static let ownerOnly = APIError(
        .forbidden,
        "household.owner_only",
        "Only the owner of the household may do this."
    )
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
    package let sees: AccountVision
    /// What lets someone look who is no member at all, for a while.
    package let grant: GrantID?

    package init(
        household: HouseholdID,
        person: PersonID,
        role: HouseholdRole,
        currency: Currency,
        weekStart: Weekday,
        timeZone: String,
        sees: AccountVision = .everything,
        grant: GrantID? = nil
    ) {
        self.household = household
        self.person = person
        self.role = role
        self.currency = currency
        self.weekStart = weekStart
        self.timeZone = timeZone
        self.sees = sees
        self.grant = grant
    }
}

/// Who is signed in, by what, and where they belong.
package struct SignedInPerson: Sendable {
    package let person: PersonID
    package let credential: Credential
    package let systemRole: SystemRole
    /// When whoever calls last proved who they are.
    package let provedAt: Instant
    /// The default household first.
    package let memberships: [Member]
    /// Whether they have yet to set up the second factor that this server demands.
    package let lacksFactor: Bool

    /// What a caller shows.
    package enum Credential: Sendable, Equatable {
        case session(SessionID)
        /// A personal access token, good for these scopes alone.
        case token(UniqueID, Set<Scope>)
    }

    func belongs(to household: HouseholdID) -> Bool {
        memberships.contains { $0.household == household }
    }

    /// What their token is good for; nil for a session, which is good for all that they may do.
    var scopes: Set<Scope>? {
        switch credential {
        case .session: nil
        case .token(_, let scopes): scopes
        }
    }

    package init(
        person: PersonID,
        credential: Credential,
        systemRole: SystemRole = .user,
        provedAt: Instant,
        memberships: [Member],
        lacksFactor: Bool = false
    ) {
        self.person = person
        self.credential = credential
        self.systemRole = systemRole
        self.provedAt = provedAt
        self.memberships = memberships
        self.lacksFactor = lacksFactor
    }
}
