import Credentials
import Ledger
import Storage

/// The secrets of people's authenticators, sealed with the person's own key.
struct TimeCodeStore {
    let transaction: any SQLTransaction
    let keys: PersonKeys

    init(_ transaction: any SQLTransaction, _ environment: ServerEnvironment) {
        self.transaction = transaction
        keys = environment.personKeys
    }

    /// Puts a secret away that counts once it is confirmed.
    ///
    /// - Returns: false when one is confirmed already.
    func propose(_ secret: [UInt8], for person: PersonID, at now: Instant) throws -> Bool {
        let sealed = try keys.seal(
            secret,
            for: .person(person),
            place: Self.place(person),
            transaction
        )
        return try transaction.executeCounting(
            """
            INSERT INTO time_code (person_id, sealed_secret, created_at)
            VALUES (\(person), \(sealed), \(now))
            ON CONFLICT (person_id) DO UPDATE SET sealed_secret = excluded.sealed_secret,
                created_at = excluded.created_at, last_step = 0
            WHERE time_code.confirmed_at IS NULL
            """
        ) == 1
    }

    func find(of person: PersonID) throws -> (code: TimeCode, confirmedAt: Instant?)? {
        let found = try transaction.first(
            "SELECT sealed_secret, confirmed_at FROM time_code WHERE person_id = \(person)"
        ) { (sealed: try $0.bytes(), confirmedAt: try $0.instantOrNil()) }
        guard let found else { return nil }
        let secret = try keys.open(
            found.sealed,
            for: .person(person),
            place: Self.place(person),
            transaction
        )
        return (TimeCode(secret: secret), found.confirmedAt)
    }

    /// When it was confirmed; nil for someone without one.
    func confirmedAt(of person: PersonID) throws -> Instant? {
        try transaction.first(
            "SELECT confirmed_at FROM time_code WHERE person_id = \(person)"
        ) { try $0.instantOrNil() } ?? nil
    }

    /// Uses a step up. Of many callers at once, one does.
    func use(_ step: Int64, of person: PersonID) throws -> Bool {
        try transaction.executeCounting(
            """
            UPDATE time_code SET last_step = \(step)
            WHERE person_id = \(person) AND confirmed_at IS NOT NULL AND last_step < \(step)
            """
        ) == 1
    }

    /// - Parameter step: that of the code which confirmed it, used up by that.
    func confirm(_ step: Int64, of person: PersonID, at now: Instant) throws -> Bool {
        try transaction.executeCounting(
            """
            UPDATE time_code SET confirmed_at = \(now), last_step = \(step)
            WHERE person_id = \(person) AND confirmed_at IS NULL
            """
        ) == 1
    }

    func remove(of person: PersonID) throws -> Bool {
        try transaction.executeCounting(
            "DELETE FROM time_code WHERE person_id = \(person) AND confirmed_at IS NOT NULL"
        ) == 1
    }

    private static func place(_ person: PersonID) -> String { "time_code.sealed_secret/\(person)" }
}
