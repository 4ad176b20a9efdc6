import HTTPTypes
import Ledger
import Storage

/// Counts wrong codes of a person across all attempts to sign in, so that signing in anew gives no
/// new guesses.
///
/// After every fifth wrong code in a row the authenticator's codes are not looked at for a while,
/// each time twice as long. Backup codes and passkeys cannot be guessed and stay good, so that
/// whoever knows a password does not lock its owner out.
struct CodeGuard {
    /// Wrong codes until the next pause.
    static let limit = 5
    /// - Units: seconds
    static let firstPause: Int64 = 60
    /// - Units: seconds
    static let longestPause: Int64 = 21_600

    let transaction: any SQLTransaction
    let person: PersonID

    /// Counts a try before it is looked at.
    ///
    /// - Returns: how long is still to wait, in seconds, or nil when it may be looked at.
    func claim(at now: Instant) throws -> Int? {
        let count = try transaction.executeCounting(
            """
            INSERT INTO code_failure (person_id, failures, locked_until)
            VALUES (\(person), \(1), \(Instant(microseconds: 0)))
            ON CONFLICT (person_id) DO UPDATE SET failures = code_failure.failures + 1
            WHERE code_failure.locked_until <= \(now)
            """
        )
        guard count == 0 else { return nil }
        let until = try transaction.first(
            "SELECT locked_until FROM code_failure WHERE person_id = \(person)"
        ) { try $0.instant() }
        let left = (until ?? now).microseconds - now.microseconds
        return Int(max((left + 999_999) / 1_000_000, 1))
    }

    /// The code was right.
    func forgive() throws {
        try transaction.execute("DELETE FROM code_failure WHERE person_id = \(person)")
    }

    /// The code was wrong.
    ///
    /// - Returns: how long nothing more is looked at, in seconds; nil where there is no pause yet.
    func noteFailure(at now: Instant) throws -> Int64? {
        let failures = try transaction.first(
            "SELECT failures FROM code_failure WHERE person_id = \(person)"
        ) { try $0.int() }
        guard let failures, failures.isMultiple(of: Self.limit) else { return nil }
        let pause = Self.pause(after: failures)
        try transaction.execute(
            """
            UPDATE code_failure SET locked_until = \(now.adding(seconds: pause))
            WHERE person_id = \(person)
            """
        )
        return pause
    }

    static func pause(after failures: Int) -> Int64 {
        let doublings = min(failures / limit - 1, 20)
        return min(firstPause << Int64(doublings), longestPause)
    }
}

extension APIError {
    static func codesPaused(forSeconds seconds: Int) -> APIError {
        APIError(
            .init(code: 423, reasonPhrase: "Locked"),
            "auth.factor_locked",
            "Too many wrong codes: use a backup code or a passkey, or wait \((seconds + 59) / 60) min.",
            retryAfterSeconds: seconds
        )
    }
}
