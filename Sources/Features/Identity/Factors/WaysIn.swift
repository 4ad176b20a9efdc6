import Ledger
import Storage

/// By what a person can sign in. Nobody may take away their own last way.
struct WaysIn {
    let transaction: any SQLTransaction
    let person: PersonID

    /// Locks the person's row, so that two removals at once do not each rely on the other's way.
    func lock() throws {
        _ = try transaction.first(
            "SELECT id FROM person WHERE id = \(person) \(transaction.dialect.forUpdate)"
        ) { try $0.uuid() }
    }

    /// - Throws: 409 when nothing is left to sign in with.
    func demandOne() throws {
        guard try isAny() else { throw APIError.lastWayIn }
    }

    func isAny() throws -> Bool {
        let found = try transaction.first(
            """
            SELECT 1 FROM person WHERE id = \(person) AND password_hash <> ''
            UNION ALL
            SELECT 1 FROM passkey WHERE person_id = \(person) AND verifies_user
            UNION ALL
            SELECT 1 FROM provider_identity WHERE person_id = \(person)
            LIMIT 1
            """
        ) { try $0.int() }
        return found != nil
    }
}

extension APIError {
    static let lastWayIn = APIError.conflict(
        "auth.last_way_in",
        "This is your last way in: set up another one first."
    )
}
