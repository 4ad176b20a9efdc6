import Ledger
import Storage

/// A calendar that other programs read at a secret address, as its maker sees the household.
struct CalendarFeed: Sendable {
    enum Part: String, CaseIterable, Sendable { case bills, tasks }

    /// How many somebody may have of a household.
    static let limit = 20
    static let name = 1...64

    let id: CalendarFeedID
    let name: String
    let parts: [Part]
    /// The first characters of the secret, by which its maker knows it again.
    let hint: String
    let createdAt: Instant
    let usedAt: Instant?

    static let shape = Shape<CalendarFeed>("CalendarFeed") { declare(&$0) { $0 } }

    /// One that was just made, with the address that is never told again.
    struct Made: Sendable {
        let feed: CalendarFeed
        let address: String

        static let shape = Shape<Made>("NewCalendarFeed") { shape in
            CalendarFeed.declare(&shape) { $0.feed }
            shape.text("address", \.address)
        }
    }

    private static func declare<Value>(
        _ shape: inout Shape<Value>,
        _ get: @escaping @Sendable (Value) -> CalendarFeed
    ) {
        shape.id("id") { get($0).id }
        shape.text("name") { get($0).name }
        shape.choices("includes") { get($0).parts }
        shape.text("hint") { get($0).hint }
        shape.instant("created_at") { get($0).createdAt }
        shape.instantOrNil("used_at") { get($0).usedAt }
    }
}

/// A new feed.
struct CalendarFeedInput: RequestFields {
    let name: String
    let parts: [CalendarFeed.Part]

    init(_ fields: inout FieldReader) {
        name = fields.required("name", .text(CalendarFeed.name))
        parts = fields.required("includes", .list(.choice(), 1...CalendarFeed.Part.allCases.count))
        if Set(parts).count < parts.count {
            fields.fault("includes", "duplicate", "each part once")
        }
    }
}

/// The feeds of people. Of an address only a digest is kept: 256 bits need no slow one.
struct CalendarFeedStore {
    let transaction: any SQLTransaction

    /// How often a use is written down.
    ///
    /// - Units: seconds
    static let noteSeconds: Int64 = 3_600

    init(_ transaction: any SQLTransaction) {
        self.transaction = transaction
    }

    func list(of person: PersonID, in household: HouseholdID) throws -> [CalendarFeed] {
        try transaction.rows(
            """
            SELECT \(Self.columns) FROM calendar_feed
            WHERE person_id = \(person) AND household_id = \(household) ORDER BY created_at, id
            """,
            Self.read
        )
    }

    /// The membership's row is locked, so that of two at once the second counts the first.
    ///
    /// - Throws: 404 for who is no member any more, 409 `feed.too_many`
    func insert(
        _ feed: CalendarFeed,
        hash: [UInt8],
        of person: PersonID,
        in household: HouseholdID
    ) throws {
        let isMember = try transaction.executeCounting(
            """
            UPDATE member SET role = role
            WHERE household_id = \(household) AND person_id = \(person)
            """
        )
        guard isMember == 1 else { throw APIError.notFound("household") }
        guard try list(of: person, in: household).count < CalendarFeed.limit else {
            throw APIError.conflict(
                "feed.too_many",
                "You have \(CalendarFeed.limit) feeds of this household: remove one first."
            )
        }
        try transaction.execute(
            """
            INSERT INTO calendar_feed (id, household_id, person_id, hash, name, hint, has_bills,
                has_tasks, created_at)
            VALUES (\(feed.id), \(household), \(person), \(hash), \(feed.name), \(feed.hint),
                \(feed.parts.contains(.bills)), \(feed.parts.contains(.tasks)), \(feed.createdAt))
            """
        )
    }

    func remove(
        _ id: CalendarFeedID,
        of person: PersonID,
        in household: HouseholdID
    ) throws -> Bool {
        try transaction.executeCounting(
            """
            DELETE FROM calendar_feed
            WHERE id = \(id) AND person_id = \(person) AND household_id = \(household)
            """
        ) == 1
    }

    func removeAll(of person: PersonID) throws {
        try transaction.execute("DELETE FROM calendar_feed WHERE person_id = \(person)")
    }

    /// Whose it is, and what of.
    struct Owned: Sendable {
        let feed: CalendarFeed
        let person: PersonID
        let household: HouseholdID
    }

    func find(hash: [UInt8]) throws -> Owned? {
        try transaction.first(
            """
            SELECT \(Self.columns), person_id, household_id FROM calendar_feed WHERE hash = \(hash)
            """
        ) { row in
            Owned(
                feed: try Self.read(&row),
                person: try row.identifier(),
                household: try row.identifier()
            )
        }
    }

    /// Notes a use, at most once an hour.
    func noteUse(of id: CalendarFeedID, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE calendar_feed SET used_at = \(now)
            WHERE id = \(id)
                AND (used_at IS NULL OR used_at <= \(now.adding(seconds: -Self.noteSeconds)))
            """
        )
    }

    private static let columns: SQLText =
        "id, name, has_bills, has_tasks, hint, created_at, used_at"

    private static func read(_ row: inout SQLRow) throws -> CalendarFeed {
        let id: CalendarFeedID = try row.identifier()
        let name = try row.text()
        let parts: [CalendarFeed.Part?] = [
            try row.boolean() ? .bills : nil, try row.boolean() ? .tasks : nil,
        ]
        return CalendarFeed(
            id: id,
            name: name,
            parts: parts.compactMap(\.self),
            hint: try row.text(),
            createdAt: try row.instant(),
            usedAt: try row.instantOrNil()
        )
    }
}
