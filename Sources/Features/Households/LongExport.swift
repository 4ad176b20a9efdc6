import HTTPTypes
import Ledger
import Storage

extension ServerEnvironment {
    /// Reads the next piece of a file that is being handed out, while the member is who they were when it was begun.
    ///
    /// - Throws: `exportEnded` once they may not come in any more, or see other accounts than then.
    func readNext<Value: Sendable>(
        as member: Member,
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        let now = clock.now()
        return try await database.read(.household(member.household)) { transaction in
            guard try member.isUnchanged(transaction, at: now) else { throw APIError.exportEnded }
            return try body(member.seen(transaction))
        }
    }
}

extension Member {
    /// Whether they still belong to the household, or look at it by the same grant, and see the same accounts.
    fileprivate func isUnchanged(_ transaction: any SQLTransaction, at now: Instant) throws -> Bool
    {
        let people = PersonStore(transaction)
        let person = try people.loadPerson(person)
        guard !person.isDisabled else { return false }
        let current =
            grant == nil
            ? try people.memberships(of: person)
            : try GrantStore(transaction).memberships(of: person, at: now)
        return current.contains {
            $0.household == household && $0.grant == grant && $0.sees == sees
        }
    }
}

extension APIError {
    /// Nobody is answered this: what was begun is cut off, so that it is not taken for whole.
    static let exportEnded = APIError(
        .forbidden,
        "export.ended",
        "What you may see has changed. Begin again."
    )
}
