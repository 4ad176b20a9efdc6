import Ledger
package import Storage

/// Wraps every data key anew, by the master key in use, while the server works.
///
/// What a key sealed stays as it is: only the key's own wrapping changes, in the row that it lies in.
/// It may be killed at any row and begun again, and several nodes may do it at once.
package struct KeyRewrap: Sendable {
    private let database: any SQLDatabase
    private let households: HouseholdKeys
    private let people: PersonKeys

    /// How many rows a transaction takes.
    private static let piece = 200

    package init(_ database: any SQLDatabase, _ households: HouseholdKeys) {
        self.database = database
        self.households = households
        people = PersonKeys(households.masters)
    }

    /// - Returns: how many keys were wrapped anew.
    @discardableResult
    package func run() async throws -> Int {
        var count = 0
        while true {
            let done = try await rewrapHouseholds() + rewrapTrails()
            count += done
            if done == 0 { return count }
        }
    }

    /// How many keys are wrapped by a master key that is not in use any more.
    package func waiting() async throws -> Int {
        let id = households.masters.currentID
        return try await database.read(.shared) { transaction in
            try transaction.rows(
                """
                SELECT count(*) FROM household WHERE length(sealed_key) > 0 AND substr(sealed_key, 1, 8) <> \(id)
                UNION ALL
                SELECT count(*) FROM trail WHERE length(sealed_key) > 0 AND substr(sealed_key, 1, 8) <> \(id)
                """
            ) { try $0.int() }.reduce(0, +)
        }
    }

    private func rewrapHouseholds() async throws -> Int {
        let id = households.masters.currentID
        return try await database.write(.shared) { [households] transaction in
            let rows = try transaction.rows(
                """
                SELECT id, sealed_key FROM household WHERE length(sealed_key) > 0 AND substr(sealed_key, 1, 8) <> \(id)
                LIMIT \(Self.piece)
                """
            ) { (try $0.identifier() as HouseholdID, try $0.bytes()) }
            for (household, old) in rows {
                let new = try households.rewrap(old, of: household)
                try transaction.execute(
                    """
                    UPDATE household SET sealed_key = \(new)
                    WHERE id = \(household) AND sealed_key = \(old)
                    """
                )
            }
            return rows.count
        }
    }

    private func rewrapTrails() async throws -> Int {
        let id = households.masters.currentID
        return try await database.write(.shared) { [people] transaction in
            let rows = try transaction.rows(
                """
                SELECT id, sealed_key FROM trail WHERE length(sealed_key) > 0 AND substr(sealed_key, 1, 8) <> \(id)
                LIMIT \(Self.piece)
                """
            ) { (try $0.uuid(), try $0.bytes()) }
            for (trail, old) in rows {
                let new = try people.rewrap(old, of: trail)
                try transaction.execute(
                    "UPDATE trail SET sealed_key = \(new) WHERE id = \(trail) AND sealed_key = \(old)"
                )
            }
            return rows.count
        }
    }
}
