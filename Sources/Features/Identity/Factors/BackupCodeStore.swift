import Ledger
import Storage

/// Backup codes: only their Argon2id hashes.
struct BackupCodeStore {
    let transaction: any SQLTransaction

    init(_ transaction: any SQLTransaction) {
        self.transaction = transaction
    }

    struct Unused: Sendable {
        let position: Int
        let hash: String
    }

    /// Puts new ones in the place of all that there are.
    func replace(_ hashes: [String], of person: PersonID) throws {
        try removeAll(of: person)
        for (position, hash) in hashes.enumerated() {
            try transaction.execute(
                """
                INSERT INTO backup_code (person_id, position, hash)
                VALUES (\(person), \(position), \(hash))
                """
            )
        }
    }

    func unused(of person: PersonID) throws -> [Unused] {
        try transaction.rows(
            """
            SELECT position, hash FROM backup_code
            WHERE person_id = \(person) AND used_at IS NULL ORDER BY position
            """
        ) { Unused(position: try $0.int(), hash: try $0.text()) }
    }

    func countUnused(of person: PersonID) throws -> Int {
        try transaction.first(
            "SELECT COUNT(*) FROM backup_code WHERE person_id = \(person) AND used_at IS NULL"
        ) { try $0.int() } ?? 0
    }

    /// Uses one up. Of many callers at once, one does; a code of a set that was replaced meanwhile
    /// is not good either.
    func use(_ code: Unused, of person: PersonID, at now: Instant) throws -> Bool {
        try transaction.executeCounting(
            """
            UPDATE backup_code SET used_at = \(now)
            WHERE person_id = \(person) AND position = \(code.position) AND hash = \(code.hash)
                AND used_at IS NULL
            """
        ) == 1
    }

    func removeAll(of person: PersonID) throws {
        try transaction.execute("DELETE FROM backup_code WHERE person_id = \(person)")
    }
}
