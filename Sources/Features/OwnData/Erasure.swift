import Ledger
import Logging
import Storage

/// Erases who asked for it 14 days ago, once nobody can take it back (ADR 0021).
///
/// Every step can be done again, and the person goes last: what a crash leaves undone the next run does.
package struct Erasure: Sendable {
    /// How many people a run looks for at a time.
    private static let batch = 100

    private let environment: ServerEnvironment

    package init(_ environment: ServerEnvironment) {
        self.environment = environment
    }

    /// - Returns: how many people were erased.
    package func run() async throws -> Int {
        var (erased, failed) = (0, 0)
        let now = environment.clock.now()
        let due = try await environment.database.read(.shared) {
            try ErasureStore(transaction: $0).due(at: now, limit: Self.batch)
        }
        for person in due {
            try Task.checkCancellation()
            do {
                if try await erase(person) { erased += 1 }
            } catch let error as CancellationError {
                throw error
            } catch {
                failed += 1
                environment.logger.error(
                    "somebody could not be erased and is tried again: \(error)",
                    metadata: ["person": "\(person)"]
                )
            }
        }
        try await HouseholdErasure(environment).run()
        return erased
    }

    /// - Returns: false for somebody who has changed their mind.
    private func erase(_ id: PersonID) async throws -> Bool {
        let now = environment.clock.now()
        let found = try await environment.database.read(.shared) { transaction in
            let people = PersonStore(transaction)
            let person = try people.loadPerson(id)
            guard let day = person.eraseAt, day <= now else {
                return nil as (person: Person, memberships: [Member])?
            }
            return (person, try people.memberships(of: person))
        }
        guard let found else { return false }
        for member in found.memberships { try await leave(member) }
        return try await finish(found.person, now)
    }

    // MARK: Households

    /// Leaves a household, or erases it where nobody else is left in it.
    ///
    /// - Parameter member: as they were a moment ago; what they are is read in the write.
    func leave(_ member: Member) async throws {
        let person = member.person
        try await environment.write(as: member, least: .viewer, requestID: "erasure") { write in
            let store = ErasureStore(transaction: write.transaction)
            guard try store.holdDue(person, at: write.now) else { return }
            let heirs = try store.heirs(of: write.household, except: person)
            guard let heir = heirs.first else {
                write.record(
                    AuditNote(
                        "erase",
                        "household",
                        write.household.value,
                        actor: "job",
                        isUnattended: true
                    )
                )
                return try HouseholdErasureStore(
                    transaction: write.transaction,
                    household: write.household
                ).close(at: write.now)
            }
            let visibility = AccountVisibilityStore(
                transaction: write.transaction,
                household: write.household
            )
            try visibility.hand(try visibility.accounts(ofOnly: person), to: heir)
            try store.removeMember(person, of: write.household)
            // Whoever became the owner after the plan was made had nobody to hand over to.
            if write.role == .owner {
                try store.makeOwner(heir, of: write.household)
                // A grant shows what its giver sees, and the new owner has given none.
                try GrantStore(write.transaction).endAll(of: write.household, at: write.now)
            }
            write.record(
                AuditNote("leave", "member", person.value, actor: "job", isUnattended: true)
            )
        }
    }

    // MARK: The person

    /// - Returns: false for somebody who has changed their mind.
    private func finish(_ person: Person, _ now: Instant) async throws -> Bool {
        let environment = environment
        let receipt = environment.ids.next(Entity.Person.self).description
        return try await environment.database.write(.shared) { transaction in
            let store = ErasureStore(transaction: transaction)
            guard try store.holdDue(person.id, at: now) else { return false }
            let folded = try PersonStore(transaction).foldedEmail(of: person.id)
            try MailQueue(transaction, environment).add(
                .erased(name: person.name, receipt: "\(receipt), \(now.rfc3339)"),
                to: person.email,
                locale: person.locale
            )
            try SecurityTrail(transaction, environment).add(
                SecurityEvent(
                    "erase",
                    about: .server,
                    by: .server,
                    entityID: person.id.value,
                    on: nil,
                    requestID: "erasure",
                    details: JSONWriter.object(["receipt": receipt])
                )
            )
            try store.anonymise(person.id, email: folded, at: now)
            return true
        }
    }
}
