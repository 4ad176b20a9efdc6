import Ledger
import Storage

extension Entity {
    enum PersonalToken {}
}

typealias PersonalTokenID = Identifier<Entity.PersonalToken>

/// A personal access token as its owner sees it.
struct PersonalTokenRecord: Sendable {
    let id: PersonalTokenID
    let name: String
    /// Its first characters.
    let hint: String
    let scopes: [Scope]
    let createdAt: Instant
    /// Nil for one that lasts until it is removed.
    let expiresAt: Instant?
    let usedAt: Instant?
}

/// The personal access tokens of people.
struct PersonalTokenStore {
    /// How many a person may have.
    static let limit = 50
    /// How often a use is written down.
    ///
    /// - Units: seconds
    static let noteSeconds: Int64 = 60

    let transaction: any SQLTransaction

    init(_ transaction: any SQLTransaction) {
        self.transaction = transaction
    }

    func insert(_ token: PersonalTokenRecord, hash: [UInt8], of person: PersonID) throws {
        try transaction.execute(
            """
            INSERT INTO personal_token
                (id, person_id, hash, name, hint, scopes, created_at, expires_at)
            VALUES (\(token.id), \(person), \(hash), \(token.name), \(token.hint),
                \(token.scopes.map(\.description).joined(separator: " ")), \(token.createdAt),
                \(token.expiresAt))
            """
        )
    }

    func list(of person: PersonID) throws -> [PersonalTokenRecord] {
        try transaction.rows(
            """
            SELECT \(Self.columns) FROM personal_token
            WHERE person_id = \(person) ORDER BY created_at, id
            """,
            Self.read
        )
    }

    /// A token that has not expired, and whose it is.
    func find(hash: [UInt8], at now: Instant) throws -> (PersonalTokenRecord, PersonID)? {
        try transaction.first(
            """
            SELECT \(Self.columns), person_id FROM personal_token
            WHERE hash = \(hash) AND (expires_at IS NULL OR expires_at > \(now))
            """
        ) { row in (try Self.read(&row), try row.identifier()) }
    }

    /// Notes a use, at most once a minute.
    func noteUse(of id: PersonalTokenID, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE personal_token SET used_at = \(now)
            WHERE id = \(id)
                AND (used_at IS NULL OR used_at <= \(now.adding(seconds: -Self.noteSeconds)))
            """
        )
    }

    func remove(_ id: PersonalTokenID, of person: PersonID) throws -> Bool {
        try transaction.executeCounting(
            "DELETE FROM personal_token WHERE id = \(id) AND person_id = \(person)"
        ) == 1
    }

    func removeAll(of person: PersonID) throws {
        try transaction.execute("DELETE FROM personal_token WHERE person_id = \(person)")
    }

    private static let columns: SQLText =
        "id, name, hint, scopes, created_at, expires_at, used_at"

    private static func read(_ row: inout SQLRow) throws -> PersonalTokenRecord {
        PersonalTokenRecord(
            id: try row.identifier(),
            name: try row.text(),
            hint: try row.text(),
            scopes: try row.text().split(separator: " ").compactMap { Scope($0) },
            createdAt: try row.instant(),
            expiresAt: try row.instantOrNil(),
            usedAt: try row.instantOrNil()
        )
    }
}
