package import Ledger
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
            INSERT INTO session (id, person_id, device, address, first_address, created_at, used_at,
                proved_at, expires_at)
            VALUES (\(id), \(person), \(client.device), \(client.address), \(client.address),
                \(now), \(now), \(now), \(now.adding(seconds: Self.absoluteSeconds)))
            """
        )
        try insert(token, for: id, at: now)
    }

    /// A session that has not ended, as it is asked for with every request.
    struct Live: Sendable {
        let person: PersonID
        /// When whoever holds it last proved who they are.
        let provedAt: Instant
    }

    func find(_ session: SessionID, at now: Instant) throws -> Live? {
        try transaction.first(
            """
            SELECT person_id, proved_at FROM session
            WHERE id = \(session) AND ended_at IS NULL AND expires_at > \(now)
            """
        ) { Live(person: try $0.identifier(), provedAt: try $0.instant()) }
    }

    /// Notes that whoever holds a session has shown again who they are.
    package func prove(_ session: SessionID, at now: Instant) throws {
        try transaction.execute(
            "UPDATE session SET proved_at = \(now) WHERE id = \(session) AND ended_at IS NULL"
        )
    }

    /// Ends what a person has open, but for one.
    ///
    /// - Returns: how many were ended.
    @discardableResult
    package func endAll(
        of person: PersonID,
        except kept: SessionID? = nil,
        at now: Instant
    ) throws -> Int {
        let others: SQLText = kept.map { "AND id <> \($0)" } ?? .empty
        return try transaction.executeCounting(
            """
            UPDATE session SET ended_at = \(now)
            WHERE person_id = \(person) AND ended_at IS NULL \(others)
            """
        )
    }

    /// Ends one of a person's own.
    ///
    /// - Returns: false when they have no such session open.
    func end(_ session: SessionID, of person: PersonID, at now: Instant) throws -> Bool {
        try transaction.executeCounting(
            """
            UPDATE session SET ended_at = \(now)
            WHERE id = \(session) AND person_id = \(person) AND ended_at IS NULL
            """
        ) == 1
    }

    /// What a person has open, the last used first.
    package func open(of person: PersonID, at now: Instant) throws -> [OpenSession] {
        try transaction.rows(
            """
            SELECT id, device, first_address, address, created_at, used_at FROM session
            WHERE person_id = \(person) AND ended_at IS NULL AND expires_at > \(now)
            ORDER BY used_at DESC, id LIMIT 200
            """
        ) { row in
            OpenSession(
                id: try row.identifier(),
                device: try row.text(),
                firstAddress: try row.text(),
                address: try row.text(),
                createdAt: try row.instant(),
                usedAt: try row.instant()
            )
        }
    }

    /// Whether a person has been signed in from such a device before.
    func knows(_ client: ClientDevice, of person: PersonID) throws -> Bool {
        let found = try transaction.rows(
            """
            SELECT DISTINCT address FROM session
            WHERE person_id = \(person) AND device = \(client.device)
            """
        ) { try $0.text() }
        return found.contains { ClientDevice(device: "", address: $0).network == client.network }
    }

    func findSession(of token: RefreshToken) throws -> (session: SessionID, person: PersonID)? {
        try transaction.first(
            """
            SELECT session.id, session.person_id
            FROM refresh_token JOIN session ON session.id = refresh_token.session_id
            WHERE refresh_token.hash = \(token.hash)
            """
        ) { (try $0.identifier(), try $0.identifier()) }
    }

    /// What came of presenting a refresh token.
    enum Rotation {
        /// The token that is good now.
        case live(RefreshToken, session: SessionID, person: PersonID)
        /// It was used before by someone else, so the whole family has been ended.
        case reused(SessionID, person: PersonID)
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
        guard try end(found.session, of: found.person, at: now) else { return .refused }
        return .reused(found.session, person: found.person)
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
