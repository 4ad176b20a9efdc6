import Ledger
import Storage

/// The queue of letters, as whoever sends them sees it.
struct MailStore {
    let transaction: any SQLTransaction

    typealias ID = Identifier<Entity.Mail>

    /// A letter that somebody has begun to send.
    struct Taken: Sendable {
        let id: ID
        let kind: String
        let createdAt: Instant
        /// This one among them.
        let attempts: Int
        let payload: [UInt8]
    }

    private static let isWaiting: SQLText = "sent_at IS NULL AND failed_at IS NULL"

    func due(at now: Instant, limit: Int) throws -> [ID] {
        try transaction.rows(
            """
            SELECT id FROM mail WHERE due_at <= \(now) AND \(Self.isWaiting)
            ORDER BY due_at, id LIMIT \(limit)
            """
        ) { try $0.identifier() }
    }

    /// When the next letter is to be sent.
    func nextDue() throws -> Instant? {
        try transaction.first(
            "SELECT due_at FROM mail WHERE \(Self.isWaiting) ORDER BY due_at LIMIT 1"
        ) { try $0.instant() }
    }

    /// Takes a letter until a moment: of many nodes, one gets it.
    func take(_ id: ID, at now: Instant, until end: Instant) throws -> Taken? {
        let count = try transaction.executeCounting(
            """
            UPDATE mail SET attempts = attempts + 1, due_at = \(end)
            WHERE id = \(id) AND due_at <= \(now) AND \(Self.isWaiting)
            """
        )
        guard count == 1 else { return nil }
        return try transaction.first(
            "SELECT kind, created_at, attempts, payload FROM mail WHERE id = \(id)"
        ) { row in
            Taken(
                id: id,
                kind: try row.text(),
                createdAt: try row.instant(),
                attempts: try row.int(),
                payload: try row.bytesOrNil() ?? []
            )
        }
    }

    /// What was sent is forgotten, but for the fact.
    func noteSent(_ id: ID, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE mail SET sent_at = \(now), payload = \(UInt8.nothing), last_error = \(String?.none)
            WHERE id = \(id) AND \(Self.isWaiting)
            """
        )
    }

    /// Gives a letter back.
    func postpone(_ id: ID, until due: Instant, because reason: String) throws {
        try transaction.execute(
            """
            UPDATE mail SET due_at = \(due), last_error = \(reason)
            WHERE id = \(id) AND \(Self.isWaiting)
            """
        )
    }

    func giveUp(_ id: ID, at now: Instant, because reason: String) throws {
        try transaction.execute(
            """
            UPDATE mail SET failed_at = \(now), payload = \(UInt8.nothing), last_error = \(reason)
            WHERE id = \(id) AND \(Self.isWaiting)
            """
        )
    }

    /// Removes letters that were sent or given up before a moment.
    ///
    /// - Returns: how many.
    func remove(before moment: Instant, limit: Int) throws -> Int {
        try transaction.executeCounting(
            """
            DELETE FROM mail WHERE id IN (
                SELECT id FROM mail WHERE sent_at < \(moment) OR failed_at < \(moment)
                ORDER BY id LIMIT \(limit))
            """
        )
    }
}

extension UInt8 {
    /// The bytes that are not there any more.
    fileprivate static let nothing: [UInt8]? = nil
}
