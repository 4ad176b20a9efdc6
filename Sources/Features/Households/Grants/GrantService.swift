import Ledger
import Storage

/// Letting somebody look at a household for a while, and ending it. One method is one use case.
struct GrantService: Sendable {
    /// - Throws: 409 for a member, 422 for who does not work on this server
    func give(_ input: GrantInput, in write: HouseholdWrite) throws -> Grant {
        let store = GrantStore(write.transaction)
        guard let person = try store.staff(input.email) else {
            throw APIError.invalid(
                "email",
                "not_found",
                "nobody who works on this server has this address"
            )
        }
        guard try !store.isMember(person.id, of: write.household) else {
            throw APIError.conflict("grant.member", "They belong to the household already.")
        }
        let grant = Grant(
            id: write.ids.next(),
            person: person.id,
            name: person.name,
            email: person.email,
            reason: input.reason,
            createdAt: write.now,
            expiresAt: write.now.adding(seconds: Int64(input.hours) * 3_600)
        )
        try store.insert(grant, of: write.household, by: write.member.person)
        write.record(AuditNote("create", "grant", grant.id.value, after: Grant.trace.bytes(grant)))
        return grant
    }

    /// - Throws: 404 for one that lets nobody look any more
    func end(_ id: GrantID, in write: HouseholdWrite) throws {
        let store = GrantStore(write.transaction)
        let found = try store.live(of: write.household, at: write.now).first { $0.id == id }
        guard let grant = found, try store.end(id, of: write.household, at: write.now) else {
            throw APIError.notFound("grant")
        }
        write.record(AuditNote("delete", "grant", id.value, before: Grant.trace.bytes(grant)))
    }
}
