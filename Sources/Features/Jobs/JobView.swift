import Ledger
import Storage

/// Work as it is shown to those who look after the server.
struct JobView: Sendable {
    enum State: String, CaseIterable, Sendable {
        case waiting, running, done, dead
    }

    let id: JobID
    let kind: String
    let topic: String
    let household: HouseholdID?
    let state: State
    let createdAt: Instant
    let dueAt: Instant
    let attempts: Int
    let stepsDone: Int
    let steps: Int
    let endedAt: Instant?
    let error: String?
    /// Whether what it was to do is still known.
    let isKnown: Bool

    static let shape = Shape<JobView>("Job") { shape in
        shape.id("id", \.id)
        shape.text("kind", \.kind)
        shape.text("topic", \.topic)
        shape.idOrNil("household_id", \.household)
        shape.choice("state", \.state)
        shape.instant("created_at", \.createdAt)
        shape.instantOrNil("due_at") { $0.endedAt == nil ? $0.dueAt : nil }
        shape.integer("attempts") { Int64($0.attempts) }
        shape.object("progress", progress) { $0 }
        shape.instantOrNil("ended_at", \.endedAt)
        shape.textOrNil("error", \.error)
    }

    private static let progress = Shape<JobView>("JobProgress") { shape in
        shape.integer("done") { Int64($0.stepsDone) }
        shape.integer("total") { Int64($0.steps) }
    }
}

/// Which work is asked for.
struct JobQuery: RequestFields {
    let state: JobView.State?
    let kind: String?
    let page: Int
    let perPage: Int

    init(_ fields: inout FieldReader) {
        state = fields.optional("state", .choice())
        kind = fields.optional("kind", .text(1...64))
        page = fields.optional("page", .integer(1...10_000)) ?? 1
        perPage = fields.optional("limit", .integer(1...200)) ?? 50
    }
}

/// The table of work, as those see it who look after the server.
struct JobList {
    let transaction: any SQLTransaction

    private func condition(_ query: JobQuery) -> SQLText {
        var conditions: [SQLText] = ["1 = 1"]
        if let state = query.state { conditions.append("state = \(state.rawValue)") }
        if let kind = query.kind { conditions.append("kind = \(kind)") }
        return conditions.joined(by: " AND ")
    }

    /// The newest first.
    func jobs(_ query: JobQuery) throws -> [JobView] {
        try rows(
            """
            \(condition(query)) ORDER BY id DESC
            LIMIT \(query.perPage) OFFSET \((query.page - 1) * query.perPage)
            """
        )
    }

    func count(_ query: JobQuery) throws -> Int {
        try transaction.first("SELECT COUNT(*) FROM job WHERE \(condition(query))") {
            try $0.int()
        } ?? 0
    }

    /// - Throws: 404
    func job(_ id: JobID) throws -> JobView {
        guard let job = try rows("id = \(id)").first else { throw APIError.notFound("job") }
        return job
    }

    private func rows(_ condition: SQLText) throws -> [JobView] {
        try transaction.rows(
            """
            SELECT id, kind, topic, household_id, state, created_at, due_at, attempts, steps_done, steps,
                ended_at, last_error, payload IS NOT NULL
            FROM job WHERE \(condition)
            """
        ) { row in
            JobView(
                id: try row.identifier(),
                kind: try row.text(),
                topic: try row.text(),
                household: try row.identifierOrNil(),
                state: JobView.State(rawValue: try row.text()) ?? .waiting,
                createdAt: try row.instant(),
                dueAt: try row.instant(),
                attempts: try row.int(),
                stepsDone: try row.int(),
                steps: try row.int(),
                endedAt: try row.instantOrNil(),
                error: try row.textOrNil(),
                isKnown: try row.boolean()
            )
        }
    }

    /// - Returns: false when it is not dead any more, or the same work waits already.
    func revive(_ id: JobID, at now: Instant) throws -> Bool {
        try transaction.executeCounting(
            """
            UPDATE job SET state = 'waiting', attempts = 0, due_at = \(now), ended_at = \(Instant?.none)
            WHERE id = \(id) AND state = 'dead' AND NOT EXISTS (
                SELECT 1 FROM job AS other WHERE other.kind = job.kind AND other.single = job.single
                    AND other.state IN ('waiting', 'running'))
            """
        ) == 1
    }

    /// - Returns: false when it is not dead.
    func dismiss(_ id: JobID) throws -> Bool {
        try transaction.executeCounting("DELETE FROM job WHERE id = \(id) AND state = 'dead'") == 1
    }
}
