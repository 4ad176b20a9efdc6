import Ledger
package import Storage

/// Sessions and their refresh tokens. A session is a family of tokens, of which one at a time is
/// good.
package struct SessionStore {
    /// How long a session lasts without use.
    static let idleSeconds: Int64 = 30 * 86_400
    /// How long it lasts at most.
    static let absoluteSeconds: Int64 = 90 * 86_400
    /// How long a rotated token still gives its successor, for a client whose answer got lost.
    static let graceSeconds: Int64 = 10

    let transaction: any SQLTransaction

    package init(_ transaction: any SQLTransaction) {
        self.transaction = transaction
    }

    func start(
        _ id: SessionID,
        of person: PersonID,
        on client: ClientDevice,
        with token: RefreshToken,
        at now: Instant
    ) throws {
        try transaction.execute(
            """
            INSERT INTO session (id, person_id, device, address, created_at, used_at, expires_at)
            VALUES (\(id), \(person), \(client.device), \(client.address), \(now), \(now),
                \(now.adding(seconds: Self.absoluteSeconds)))
            """
        )
        try insert(token, for: id, at: now)
    }

    /// Who is signed in by a session that has not ended.
    func findPerson(of session: SessionID, at now: Instant) throws -> PersonID? {
        try transaction.first(
            """
            SELECT person_id FROM session
            WHERE id = \(session) AND ended_at IS NULL AND expires_at > \(now)
            """
        ) { try $0.identifier() }
    }

    func findSession(of token: RefreshToken) throws -> SessionID? {
        try transaction.first(
            "SELECT session_id FROM refresh_token WHERE hash = \(token.hash)"
        ) { try $0.identifier() }
    }

    func end(_ session: SessionID, at now: Instant) throws {
        try transaction.execute(
            "UPDATE session SET ended_at = \(now) WHERE id = \(session) AND ended_at IS NULL"
        )
    }

    /// What came of presenting a refresh token.
    enum Rotation {
        /// The token that is good now.
        case live(RefreshToken, session: SessionID, person: PersonID)
        /// It was used before by someone else, so the whole family has been ended.
        case reused(SessionID)
        case refused
    }

    /// Replaces a token by its successor. Of many callers at once, one replaces it and the others
    /// get what that one put in its place.
    func rotate(
        _ token: RefreshToken,
        to successor: RefreshToken,
        on client: ClientDevice,
        at now: Instant
    ) throws -> Rotation {
        let count = try transaction.executeCounting(
            """
            UPDATE refresh_token SET used_at = \(now), sealed_successor = \(token.seal(successor))
            WHERE hash = \(token.hash) AND used_at IS NULL AND expires_at > \(now)
                AND session_id IN (
                    SELECT id FROM session WHERE ended_at IS NULL AND expires_at > \(now))
            """
        )
        guard let found = try findUse(of: token) else { return .refused }
        if count == 1 {
            try insert(successor, for: found.session, at: now)
            try noteUse(of: found.session, by: client, at: now)
            return .live(successor, session: found.session, person: found.person)
        }
        guard let usedAt = found.usedAt, found.isLive(at: now) else { return .refused }
        if now <= usedAt.adding(seconds: Self.graceSeconds), found.device == client.device,
            let sealed = found.sealedSuccessor
        {
            let successor = try token.openSuccessor(sealed)
            return .live(successor, session: found.session, person: found.person)
        }
        try end(found.session, at: now)
        return .reused(found.session)
    }

    private struct Use {
        let session: SessionID
        let person: PersonID
        let device: String
        let endedAt: Instant?
        let expiresAt: Instant
        let usedAt: Instant?
        let sealedSuccessor: [UInt8]?

        func isLive(at now: Instant) -> Bool { endedAt == nil && expiresAt > now }
    }

    private func findUse(of token: RefreshToken) throws -> Use? {
        try transaction.first(
            """
            SELECT session.id, session.person_id, session.device, session.ended_at,
                session.expires_at, refresh_token.used_at, refresh_token.sealed_successor
            FROM refresh_token JOIN session ON session.id = refresh_token.session_id
            WHERE refresh_token.hash = \(token.hash)
            """
        ) { row in
            Use(
                session: try row.identifier(),
                person: try row.identifier(),
                device: try row.text(),
                endedAt: try row.instantOrNil(),
                expiresAt: try row.instant(),
                usedAt: try row.instantOrNil(),
                sealedSuccessor: try row.bytesOrNil()
            )
        }
    }

    private func noteUse(of session: SessionID, by client: ClientDevice, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE session SET used_at = \(now), device = \(client.device),
                address = \(client.address)
            WHERE id = \(session)
            """
        )
    }

    private func insert(_ token: RefreshToken, for session: SessionID, at now: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO refresh_token (hash, session_id, issued_at, expires_at)
            VALUES (\(token.hash), \(session), \(now), \(now.adding(seconds: Self.idleSeconds)))
            """
        )
    }
}

/// What is known of the program and the place that a request came from.
package struct ClientDevice: Sendable {
    /// The browser's or the program's name for itself.
    let device: String
    let address: String

    package init(device: String, address: String) {
        // A name is text from outside: one line, and no longer than a list of devices can show.
        let line = device.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }.prefix(255)
        self.device = String(String.UnicodeScalarView(line))
        self.address = address
    }
}
