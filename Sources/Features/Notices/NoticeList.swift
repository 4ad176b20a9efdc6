import Foundation
import Ledger
import Storage

/// What somebody was told, as they may see it now: nothing of a household that they left, nor of an account that was hidden
/// from them since.
struct NoticeList {
    let transaction: any SQLTransaction
    let environment: ServerEnvironment
    let person: Person

    init(
        _ person: PersonID,
        _ transaction: any SQLTransaction,
        _ environment: ServerEnvironment
    )
        throws
    {
        self.transaction = transaction
        self.environment = environment
        self.person = try PersonStore(transaction).loadPerson(person)
    }

    /// A condition on `n`.
    private var isSeen: SQLText {
        let forAdministrators = NoticeKind.allCases.filter(\.isForAdministrators).map(\.rawValue)
        let administers = person.systemRole == .admin
        return """
            n.person_id = \(person.id) AND n.payload IS NOT NULL
            AND (n.household_id IS NULL OR EXISTS (
                SELECT 1 FROM member m
                WHERE m.household_id = n.household_id AND m.person_id = n.person_id))
            AND NOT EXISTS (
                SELECT 1 FROM notice_account a
                JOIN account_visibility v ON v.household_id = n.household_id
                    AND v.account_id = a.account_id
                LEFT JOIN account_visibility_member w ON w.household_id = v.household_id
                    AND w.account_id = v.account_id AND w.person_id = n.person_id
                WHERE a.person_id = n.person_id AND a.notice_id = n.id
                    AND (v.mode = 'only' AND w.person_id IS NULL
                        OR v.mode = 'except' AND w.person_id IS NOT NULL))
            AND (\(administers) OR n.kind NOT IN \(list: forAdministrators))
            """
    }

    func page(_ query: NoticeQuery) throws -> (notices: [Notice], total: Int, next: String?) {
        var condition: SQLText = "n.in_app"
        if let isUnread = query.isUnread {
            condition.append(isUnread ? " AND n.read_at IS NULL" : " AND n.read_at IS NOT NULL")
        }
        if let kind = query.kind { condition.append(" AND n.kind = \(kind.rawValue)") }
        if let household = query.household {
            condition.append(" AND n.household_id = \(household)")
        }
        let total = try count(condition)
        if let cursor = query.cursor { condition.append(" AND n.id < \(cursor)") }
        var rows = try rows(condition, "ORDER BY n.id DESC LIMIT \(query.limit + 1)")
        let hasMore = rows.count > query.limit
        if hasMore { rows.removeLast() }
        return (rows, total, hasMore ? rows.last?.id.description : nil)
    }

    func unread() throws -> Int { try count("n.in_app AND n.read_at IS NULL") }

    /// - Throws: 404
    func load(_ id: NoticeID) throws -> Notice {
        guard let notice = try rows("n.in_app AND n.id = \(id)", .empty).first else {
            throw APIError.notFound("notice")
        }
        return notice
    }

    /// What is still to be put into a letter of one rhythm, the oldest first.
    func unmailed(
        _ mail: NoticeChoice.Mail,
        from first: Instant,
        before last: Instant
    ) throws -> [Notice] {
        try rows(
            """
            n.mail = \(mail.rawValue) AND n.mailed_at IS NULL AND n.told_at >= \(first)
                AND n.told_at < \(last)
            """,
            "ORDER BY n.id LIMIT 1000"
        )
    }

    /// All of them in the order of their ids.
    func page(after cursor: String?, limit: Int) throws -> [Notice] {
        try rows("n.id > \(NoticeID(after: cursor))", "ORDER BY n.id LIMIT \(limit)")
    }

    private func count(_ condition: SQLText) throws -> Int {
        try transaction.first(
            "SELECT COUNT(*) FROM notice n WHERE \(isSeen) AND \(condition)"
        ) { try $0.int() } ?? 0
    }

    private struct Row {
        let id: NoticeID
        let kind: NoticeKind?
        let household: (id: HouseholdID, name: String, key: [UInt8])?
        let at: Instant
        let readAt: Instant?
        let payload: [UInt8]
    }

    private func rows(_ condition: SQLText, _ rest: SQLText) throws -> [Notice] {
        let rows = try transaction.rows(
            """
            SELECT n.id, n.kind, n.told_at, n.read_at, n.payload, h.id, h.name, h.sealed_key
            FROM notice n LEFT JOIN household h ON h.id = n.household_id
            WHERE \(isSeen) AND \(condition) \(rest)
            """
        ) { row in
            let id: NoticeID = try row.identifier()
            let kind = NoticeKind(rawValue: try row.text())
            let (at, readAt) = (try row.instant(), try row.instantOrNil())
            let payload = try row.bytes()
            let household: HouseholdID? = try row.identifierOrNil()
            let (name, key) = (try row.textOrNil(), try row.bytesOrNil())
            return Row(
                id: id,
                kind: kind,
                household: household.map { ($0, name ?? "", key ?? []) },
                at: at,
                readAt: readAt,
                payload: payload
            )
        }
        let words = NoticeWords.of(person.locale)
        return try rows.compactMap { row in
            // A kind that this build does not know was told by a newer one.
            guard let kind = row.kind else { return nil }
            let content = try NoticeContent(sealed: open(row))
            return Notice(
                id: row.id,
                kind: kind,
                household: row.household?.id,
                householdName: row.household?.name,
                at: row.at,
                readAt: row.readAt,
                content: content,
                text: words.sentence(kind, content.details)
            )
        }
    }

    private func open(_ row: Row) throws -> [UInt8] {
        let place = NoticeStore.place(row.id, of: person.id)
        guard let household = row.household else {
            return try environment.personKeys.open(
                row.payload,
                for: .person(person.id),
                place: place,
                transaction
            )
        }
        return try environment.keys.open(
            row.payload,
            for: household.id,
            wrapped: household.key,
            place: place
        )
    }
}

/// Which notices are meant.
struct NoticeQuery: RequestFields {
    let isUnread: Bool?
    let kind: NoticeKind?
    let household: HouseholdID?
    let limit: Int
    /// The last one that was read.
    let cursor: NoticeID?

    init(_ fields: inout FieldReader) {
        isUnread = fields.optional("unread", .boolean)
        kind = fields.optional("kind", .choice())
        household = fields.optional("household_id", .id())
        limit = fields.optional("limit", .integer(1...200)) ?? 50
        cursor = fields.cursor(1...80) { NoticeID($0) }
    }
}
