package import Ledger
package import Storage

/// What a token that works once is good for.
package enum OneTimeTokenKind: String, Sendable {
    case verifyEmail = "verify_email"
    case changeEmail = "change_email"
    case resetPassword = "reset_password"
    /// A sign-in whose second factor is still to be proved.
    case halfLogin = "half_login"
    /// What an authenticator is to sign.
    case challenge
    /// A sign-in that is under way at a provider.
    case oidc
    case invitation

    /// How long it is good for.
    package var lifetimeSeconds: Int64 {
        switch self {
        case .verifyEmail, .changeEmail: 86_400
        case .resetPassword: 1_800
        case .halfLogin, .challenge: 300
        case .oidc: 600
        case .invitation: 7 * 86_400
        }
    }
}

/// Tokens that work once: links in letters, and sign-ins that are half done. Only hashes are kept.
package struct OneTimeTokenStore {
    let transaction: any SQLTransaction

    package init(_ transaction: any SQLTransaction) {
        self.transaction = transaction
    }

    /// What was put away under a token.
    package struct Ticket: Sendable {
        package let person: PersonID?
        package let payload: String
        package let createdAt: Instant
    }

    /// - Parameter payload: kept as it is, so it holds no secret.
    package func issue(
        _ token: OpaqueToken,
        _ kind: OneTimeTokenKind,
        for person: PersonID?,
        payload: String = "",
        at now: Instant
    ) throws {
        try transaction.execute(
            """
            INSERT INTO one_time_token (hash, kind, person_id, payload, created_at, expires_at)
            VALUES (\(token.hash), \(kind.rawValue), \(person), \(payload), \(now),
                \(now.adding(seconds: kind.lifetimeSeconds)))
            """
        )
    }

    /// Uses a token up. Of many callers at once, one gets its ticket.
    package func redeem(
        _ token: OpaqueToken,
        _ kind: OneTimeTokenKind,
        at now: Instant
    ) throws -> Ticket? {
        let count = try transaction.executeCounting(
            """
            UPDATE one_time_token SET used_at = \(now)
            WHERE hash = \(token.hash) AND kind = \(kind.rawValue) AND used_at IS NULL
                AND expires_at > \(now)
            """
        )
        guard count == 1 else { return nil }
        return try ticket(of: token)
    }

    /// Looks at a token without using it up.
    package func look(
        at token: OpaqueToken,
        _ kind: OneTimeTokenKind,
        at now: Instant
    ) throws -> Ticket? {
        let isGood = try transaction.first(
            """
            SELECT 1 FROM one_time_token
            WHERE hash = \(token.hash) AND kind = \(kind.rawValue) AND used_at IS NULL
                AND expires_at > \(now)
            """
        ) { try $0.int() }
        return try isGood.flatMap { _ in try ticket(of: token) }
    }

    /// Counts a try with a token that stays good for a few of them.
    ///
    /// - Returns: nil when the token is not good, or has been tried too often.
    package func countTry(
        of token: OpaqueToken,
        _ kind: OneTimeTokenKind,
        limit: Int,
        at now: Instant
    ) throws -> Ticket? {
        let count = try transaction.executeCounting(
            """
            UPDATE one_time_token SET tries = tries + 1
            WHERE hash = \(token.hash) AND kind = \(kind.rawValue) AND used_at IS NULL
                AND expires_at > \(now) AND tries < \(limit)
            """
        )
        guard count == 1 else { return nil }
        return try ticket(of: token)
    }

    /// Ends those that were not used: a newer link, or a change that makes them wrong.
    package func endAll(_ kinds: [OneTimeTokenKind], of person: PersonID, at now: Instant) throws {
        for kind in kinds {
            try transaction.execute(
                """
                UPDATE one_time_token SET used_at = \(now)
                WHERE person_id = \(person) AND kind = \(kind.rawValue) AND used_at IS NULL
                """
            )
        }
    }

    /// Removes tokens that ran out before `moment`, and guesses that nobody counts any more.
    ///
    /// - Returns: how many tokens.
    package func removeOld(before moment: Instant, limit: Int) throws -> Int {
        try transaction.execute(
            """
            DELETE FROM sign_in_failure
            WHERE window_start < \(moment) AND locked_until < \(moment)
            """
        )
        return try transaction.executeCounting(
            """
            DELETE FROM one_time_token WHERE hash IN (
                SELECT hash FROM one_time_token WHERE expires_at < \(moment) LIMIT \(limit))
            """
        )
    }

    /// Whether a person has one that was not used, and is not older than that.
    func isWaiting(
        _ kind: OneTimeTokenKind,
        of person: PersonID,
        since moment: Instant
    ) throws -> Bool {
        try transaction.first(
            """
            SELECT 1 FROM one_time_token
            WHERE person_id = \(person) AND kind = \(kind.rawValue) AND used_at IS NULL
                AND created_at > \(moment) LIMIT 1
            """
        ) { try $0.int() } != nil
    }

    /// Takes a ticket out for good before its time.
    package func forget(_ token: OpaqueToken) throws {
        try transaction.execute("DELETE FROM one_time_token WHERE hash = \(token.hash)")
    }

    private func ticket(of token: OpaqueToken) throws -> Ticket? {
        try transaction.first(
            "SELECT person_id, payload, created_at FROM one_time_token WHERE hash = \(token.hash)"
        ) { row in
            Ticket(
                person: try row.identifierOrNil(),
                payload: try row.text(),
                createdAt: try row.instant()
            )
        }
    }
}
