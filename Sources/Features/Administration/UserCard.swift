import Ledger
import Storage

/// Someone as those see them who look after the people of this server: nothing of their money.
struct UserCard: Sendable {
    let id: PersonID
    let email: String
    let name: String
    let systemRole: SystemRole
    let createdAt: Instant
    let lastSeenAt: Instant?
    let disabledAt: Instant?
    let deletedAt: Instant?
    let isEmailVerified: Bool
    let sessions: Int64
    let households: Int64
    var hasSecondFactor = false

    static let shape = Shape<UserCard>("UserCard") { shape in
        shape.id("id", \.id)
        shape.text("email", \.email)
        shape.text("name", \.name)
        shape.choice("system_role", \.systemRole)
        shape.instant("created_at", \.createdAt)
        shape.instantOrNil("last_seen_at", \.lastSeenAt)
        shape.instantOrNil("disabled_at", \.disabledAt)
        shape.instantOrNil("deleted_at", \.deletedAt)
        shape.boolean("email_verified", \.isEmailVerified)
        shape.boolean("has_second_factor", \.hasSecondFactor)
        shape.integer("sessions", \.sessions)
        shape.integer("households", \.households)
    }
}

/// Which people are asked for.
struct UserQuery: RequestFields {
    let words: String?
    let status: Status?
    let role: SystemRole?
    let page: Int
    let perPage: Int

    enum Status: String, CaseIterable {
        case active, disabled, deleted
    }

    init(_ fields: inout FieldReader) {
        words = fields.optional("q", .text(0...200)).flatMap { $0.isEmpty ? nil : $0 }
        status = fields.optional("status", .choice())
        role = fields.optional("role", .choice())
        page = fields.optional("page", .integer(1...1_000_000)) ?? 1
        perPage = fields.optional("per_page", .integer(1...200)) ?? 50
    }

    var condition: SQLText {
        var conditions: [SQLText] = ["1 = 1"]
        if let words {
            // What people type is text, not a pattern.
            let plain = words.lowercased().replacing("\\", with: "\\\\")
                .replacing("%", with: "\\%").replacing("_", with: "\\_")
            let pattern = "%\(plain)%"
            conditions.append(
                """
                (p.email_folded LIKE \(pattern) ESCAPE '\\' OR LOWER(p.name) LIKE \(pattern) ESCAPE '\\')
                """
            )
        }
        switch status {
        case .active: conditions.append("p.disabled_at IS NULL AND p.deleted_at IS NULL")
        case .disabled: conditions.append("p.disabled_at IS NOT NULL AND p.deleted_at IS NULL")
        case .deleted: conditions.append("p.deleted_at IS NOT NULL")
        case nil: break
        }
        if let role { conditions.append("p.system_role = \(role.rawValue)") }
        return conditions.joined(by: " AND ")
    }
}

/// The people of this server, for those who look after them.
struct UserStore {
    let transaction: any SQLTransaction
    let now: Instant

    /// The newest first.
    func cards(_ query: UserQuery) throws -> [UserCard] {
        try cards(
            query.condition,
            "LIMIT \(query.perPage) OFFSET \((query.page - 1) * query.perPage)"
        )
    }

    func count(_ query: UserQuery) throws -> Int {
        try transaction.first("SELECT COUNT(*) FROM person p WHERE \(query.condition)") {
            try $0.int()
        } ?? 0
    }

    /// - Throws: 404
    func card(_ id: PersonID) throws -> UserCard {
        guard let card = try cards("p.id = \(id)", .empty).first else {
            throw APIError.notFound("user")
        }
        return card
    }

    private func cards(_ condition: SQLText, _ page: SQLText) throws -> [UserCard] {
        let cards = try transaction.rows(
            """
            SELECT p.id, p.email, p.name, p.system_role, p.created_at,
                (SELECT MAX(s.used_at) FROM session s WHERE s.person_id = p.id),
                p.disabled_at, p.deleted_at, p.email_verified_at IS NOT NULL,
                (SELECT COUNT(*) FROM session s WHERE s.person_id = p.id
                    AND s.ended_at IS NULL AND s.expires_at > \(now)),
                (SELECT COUNT(*) FROM member m WHERE m.person_id = p.id)
            FROM person p WHERE \(condition) ORDER BY p.created_at DESC, p.id DESC \(page)
            """
        ) { row in
            UserCard(
                id: try row.identifier(),
                email: try row.text(),
                name: try row.text(),
                systemRole: SystemRole(rawValue: try row.text()) ?? .user,
                createdAt: try row.instant(),
                lastSeenAt: try row.instantOrNil(),
                disabledAt: try row.instantOrNil(),
                deletedAt: try row.instantOrNil(),
                isEmailVerified: try row.boolean(),
                sessions: try row.integer(),
                households: try row.integer()
            )
        }
        let factors = SecondFactorStore(transaction)
        return try cards.map { card in
            var card = card
            card.hasSecondFactor = try !factors.methods(of: card.id).isEmpty
            return card
        }
    }

    /// One change of a person at a time, so that two administrators who shut each other out at once do not both succeed.
    func takeTurn(_ environment: ServerEnvironment) throws {
        try SecurityTrail(transaction, environment).open(.server)
        try transaction.execute(
            "SELECT 1 FROM trail WHERE id = \(TrailOwner.server.id) \(transaction.dialect.forUpdate)"
        )
    }

    /// Changes a person, unless they are the last administrator and would no longer be one.
    ///
    /// - Parameter change: what follows `SET`.
    /// - Returns: false for the last administrator.
    func update(_ id: PersonID, _ change: SQLText, mayBeLast: Bool) throws -> Bool {
        let guarding: SQLText =
            mayBeLast
            ? .empty
            : """
            AND (system_role <> 'admin' OR disabled_at IS NOT NULL OR deleted_at IS NOT NULL
                OR EXISTS (SELECT 1 FROM person AS other
                    WHERE other.id <> \(id) AND other.system_role = 'admin'
                        AND other.disabled_at IS NULL AND other.deleted_at IS NULL
                        AND other.erase_at IS NULL))
            """
        return try transaction.executeCounting(
            "UPDATE person SET \(change), epoch = epoch + 1 WHERE id = \(id) \(guarding)"
        ) == 1
    }
}
