import Ledger
import Storage

/// What people were told, as it is stored.
struct NoticeStore {
    let transaction: any SQLTransaction

    struct NewRow {
        let person: PersonID
        let id: NoticeID
        let household: HouseholdID?
        let news: News
        let choice: NoticeChoice
        let at: Instant
        let payload: [UInt8]
    }

    /// What a notice's content is sealed for.
    static func place(_ id: NoticeID, of person: PersonID) -> String { "notice/\(person)/\(id)" }

    // MARK: Telling

    /// - Returns: false when they were told already.
    func insert(_ row: NewRow) throws -> Bool {
        let news = row.news
        let mail = news.kind.hasOwnLetter ? .off : row.choice.mail
        let count = try transaction.executeCounting(
            """
            INSERT INTO notice (person_id, id, household_id, kind, cause, lasts, told_at, in_app, mail,
                payload)
            VALUES (\(row.person), \(row.id), \(row.household), \(news.kind.rawValue),
                \(news.cause.stored(of: row.household)), \(news.lasts), \(row.at),
                \(row.choice.isInApp), \(mail.rawValue), \(row.payload))
            ON CONFLICT DO NOTHING
            """
        )
        guard count == 1 else { return false }
        try transaction.insert(
            into: "notice_account (person_id, notice_id, account_id)",
            rows: news.accounts.sorted().map {
                [row.person.sqlValue, row.id.sqlValue, $0.sqlValue]
            }
        )
        return true
    }

    /// Those of some causes that people were told of and that have not ended.
    func told(_ causes: Set<String>, in household: HouseholdID) throws -> Set<ToldCause> {
        var told: Set<ToldCause> = []
        var rest = causes.sorted()[...]
        while !rest.isEmpty {
            let piece = rest.prefix(256)
            rest = rest.dropFirst(piece.count)
            try transaction.forEach(
                """
                SELECT person_id, cause FROM notice
                WHERE household_id = \(household) AND cause IN \(list: piece) AND ended_at IS NULL
                """
            ) { row in
                let person: PersonID = try row.identifier()
                told.insert(ToldCause(person: person, cause: try row.text()))
            }
        }
        return told
    }

    /// States of a household that people were told of and that have not ended.
    func lasting(in household: HouseholdID) throws -> Set<ToldCause> {
        let states = try NoticeKind.allCases.filter(\.lasts).flatMap { kind in
            // By their causes, which an index has: most notices of a household are no states.
            let causes = News.Cause.stored(kind, of: household)
            return try transaction.rows(
                """
                SELECT person_id, cause FROM notice
                WHERE household_id = \(household) AND cause >= \(causes.lowerBound)
                    AND cause < \(causes.upperBound) AND lasts AND ended_at IS NULL
                """
            ) { ToldCause(person: try $0.identifier(), cause: try $0.text()) }
        }
        return Set(states)
    }

    /// Notes that a state has ended: when it comes again, it is told again.
    func end(_ told: ToldCause, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE notice SET ended_at = \(now)
            WHERE person_id = \(told.person) AND cause = \(told.cause) AND ended_at IS NULL
            """
        )
    }

    struct ToldCause: Hashable, Sendable {
        let person: PersonID
        let cause: String
    }

    // MARK: Changing

    /// - Returns: whether anything changed.
    func setRead(_ moment: Instant?, _ id: NoticeID, of person: PersonID) throws -> Bool {
        let state: SQLText = moment == nil ? "read_at IS NOT NULL" : "read_at IS NULL"
        return try transaction.executeCounting(
            """
            UPDATE notice SET read_at = \(moment)
            WHERE person_id = \(person) AND id = \(id) AND \(state)
            """
        ) == 1
    }

    func setAllRead(
        at now: Instant,
        upTo last: NoticeID?,
        in household: HouseholdID?,
        of person: PersonID
    ) throws {
        var condition: SQLText = "person_id = \(person) AND read_at IS NULL AND payload IS NOT NULL"
        if let last { condition.append(" AND id <= \(last)") }
        if let household { condition.append(" AND household_id = \(household)") }
        try transaction.execute("UPDATE notice SET read_at = \(now) WHERE \(condition)")
    }

    /// Forgets what a notice said. Its cause stays known.
    func forget(_ id: NoticeID, of person: PersonID) throws {
        try transaction.execute(
            """
            UPDATE notice SET payload = \([UInt8]?.none) WHERE person_id = \(person) AND id = \(id)
            """
        )
    }

    /// Tells who looks at the change on another node that there was one.
    func noteChange(of person: PersonID) throws {
        try transaction.execute(
            """
            INSERT INTO notice_reader (person_id, changes) VALUES (\(person), 1)
            ON CONFLICT (person_id) DO UPDATE SET changes = notice_reader.changes + 1
            """
        )
    }

    // MARK: Growing old

    /// How long a notice is kept.
    static let keptSeconds: Int64 = 90 * 86_400
    /// How long it is known that it was told: longer than the longest period of a budget.
    static let knownSeconds: Int64 = 400 * 86_400

    /// Forgets what was told before `moment`.
    ///
    /// - Returns: how many.
    func forgetOld(before moment: Instant, limit: Int) throws -> Int {
        try transaction.executeCounting(
            """
            UPDATE notice SET payload = \([UInt8]?.none) WHERE (person_id, id) IN (
                SELECT person_id, id FROM notice
                WHERE told_at < \(moment) AND payload IS NOT NULL ORDER BY told_at LIMIT \(limit))
            """
        )
    }

    /// Removes what was told before `moment`, so long ago that no cause comes again.
    ///
    /// - Returns: how many.
    func removeOld(before moment: Instant, limit: Int) throws -> Int {
        try transaction.executeCounting(
            """
            DELETE FROM notice WHERE (person_id, id) IN (
                SELECT person_id, id FROM notice
                WHERE told_at < \(moment) AND NOT (lasts AND ended_at IS NULL)
                ORDER BY told_at LIMIT \(limit))
            """
        )
    }
}

/// How far households were looked at.
struct NoticeLookStore {
    let transaction: any SQLTransaction

    struct Look: Sendable {
        let version: Int64
        let at: Instant
    }

    func find(_ household: HouseholdID) throws -> Look? {
        try transaction.first(
            "SELECT version, looked_at FROM notice_look WHERE household_id = \(household)"
        ) { Look(version: try $0.integer(), at: try $0.instant()) }
    }

    func save(_ look: Look, of household: HouseholdID) throws {
        try transaction.execute(
            """
            INSERT INTO notice_look (household_id, version, looked_at)
            VALUES (\(household), \(look.version), \(look.at))
            ON CONFLICT (household_id) DO UPDATE SET version = excluded.version,
                looked_at = excluded.looked_at
            """
        )
    }
}
