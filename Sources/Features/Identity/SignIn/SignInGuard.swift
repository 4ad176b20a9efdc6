import HTTPTypes
import Crypto
import Ledger
import Storage

/// Counts wrong guesses where they are made, so that guessing gets slow and nobody is locked out by
/// a stranger.
///
/// A try is counted before the secret is looked at, and forgotten when it was right: of a hundred
/// guesses at once, five are looked at. The lane is the network that the guess came from, or the
/// device, where it has a badge of that person; a device's lane is its own, so what others do does
/// not touch it. All networks together have a larger lane, against guesses from many addresses, and
/// so have all devices together, against guesses with many badges.
struct SignInGuard {
    /// Wrong guesses in a lane until it is locked.
    static let laneLimit = 5
    /// Wrong guesses from all networks, an hour.
    static let allLimit = 100
    /// Wrong guesses from all devices of an account, an hour.
    static let devicesLimit = 50
    static let laneSeconds: Int64 = 900
    static let allSeconds: Int64 = 3_600

    let transaction: any SQLTransaction
    private let account: [UInt8]
    private let lane: String
    /// The lane of everything of the kind together.
    private let whole: String
    private let wholeLimit: Int

    /// - Parameter email: as `EmailAddress.folded` writes it; whether anyone has it does not matter.
    init(_ transaction: any SQLTransaction, email: String, by visit: Visit, known: Person?) {
        self.transaction = transaction
        account = Array(SHA256.hash(data: Array("martlet account \(email)".utf8)))
        if let badge = visit.badge, let known, badge.isKnown(to: known) {
            lane = "device \(badge.device)"
            (whole, wholeLimit) = ("devices", Self.devicesLimit)
        } else {
            lane = "network \(visit.client.network)"
            (whole, wholeLimit) = ("all", Self.allLimit)
        }
    }

    /// Counts a try.
    ///
    /// - Returns: whether it is the last that the lane has.
    /// - Throws: 423 when it has none left.
    func claim(at now: Instant) throws -> Bool {
        try count(lane, limit: Self.laneLimit, seconds: Self.laneSeconds, at: now)
        try count(whole, limit: wholeLimit, seconds: Self.allSeconds, at: now)
        return try state(of: lane)?.failures == Self.laneLimit
    }

    /// Takes back what was counted: the guess was right.
    func forgive() throws {
        try transaction.execute(
            """
            DELETE FROM sign_in_failure WHERE account_hash = \(account) AND lane = \(lane)
            """
        )
        try transaction.execute(
            """
            UPDATE sign_in_failure SET failures = failures - 1, locked_until = 0
            WHERE account_hash = \(account) AND lane = \(whole) AND failures > 0
            """
        )
    }

    /// Whether the owner should be written to of a lock: once an hour is enough.
    func mayTell(at now: Instant) throws -> Bool {
        try transaction.executeCounting(
            """
            UPDATE sign_in_failure SET told_at = \(now)
            WHERE account_hash = \(account) AND lane = \(whole)
                AND told_at <= \(now.adding(seconds: -Self.allSeconds))
            """
        ) == 1
    }

    private func count(_ lane: String, limit: Int, seconds: Int64, at now: Instant) throws {
        let start = now.adding(seconds: -seconds)
        let lock = now.adding(seconds: seconds)
        let count = try transaction.executeCounting(
            """
            INSERT INTO sign_in_failure
                (account_hash, lane, failures, window_start, locked_until)
            VALUES (\(account), \(lane), \(1), \(now), \(Instant(microseconds: 0)))
            ON CONFLICT (account_hash, lane) DO UPDATE SET
                failures = CASE WHEN sign_in_failure.window_start <= \(start)
                    THEN 1 ELSE sign_in_failure.failures + 1 END,
                window_start = CASE WHEN sign_in_failure.window_start <= \(start)
                    THEN \(now) ELSE sign_in_failure.window_start END,
                locked_until = CASE WHEN sign_in_failure.window_start > \(start)
                    AND sign_in_failure.failures + 1 >= \(limit) THEN \(lock) ELSE 0 END
            WHERE sign_in_failure.locked_until <= \(now)
            """
        )
        guard count == 0 else { return }
        let until = try state(of: lane)?.lockedUntil ?? lock
        let seconds = (until.microseconds - now.microseconds + 999_999) / 1_000_000
        throw APIError.locked(forSeconds: Int(max(seconds, 1)))
    }

    private func state(of lane: String) throws -> (failures: Int, lockedUntil: Instant)? {
        try transaction.first(
            """
            SELECT failures, locked_until FROM sign_in_failure
            WHERE account_hash = \(account) AND lane = \(lane)
            """
        ) { (try $0.int(), try $0.instant()) }
    }
}

extension APIError {
    /// The same for an address that somebody has as for one that nobody has.
    static func locked(forSeconds seconds: Int) -> APIError {
        APIError(
            .init(code: 423, reasonPhrase: "Locked"),
            "auth.locked",
            "Too many wrong tries from here: try again in \((seconds + 59) / 60) min.",
            retryAfterSeconds: seconds
        )
    }
}
