package import Ledger
package import Storage

/// Someone who can sign in.
package struct Person: Sendable {
    package let id: PersonID
    package let email: String
    package let name: String
    /// As IANA names it.
    package let timeZone: String
    /// As BCP 47 writes it.
    package let locale: String
    package let createdAt: Instant
    /// Raised by whatever ends the access tokens that are out.
    let epoch: Int64
    /// Whether an administrator has shut them out, or they were deleted.
    let isDisabled: Bool
    package let systemRole: SystemRole
    package let emailVerifiedAt: Instant?
    /// When they are erased; nil unless they asked for it.
    package let eraseAt: Instant?
}

/// Someone, and what their password is checked against.
struct Credential: Sendable {
    let person: Person
    /// Nil for someone who has no password.
    let passwordHash: String?
}

/// A household as one of its members sees it.
package struct HouseholdCard: Sendable {
    package let id: HouseholdID
    package let name: String
    package let currency: Currency
    package let weekStart: Weekday
    package let role: HouseholdRole
    package let version: Int64
    package let createdAt: Instant
    package let isDefault: Bool
}
