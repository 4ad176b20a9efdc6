import Ledger
import Storage

/// The table of work, as whoever does it sees it.
struct JobStore {
    let transaction: any SQLTransaction

    private static let isOpen: SQLText = "state IN ('waiting', 'running')"

    /// - Returns: false when the same work waits or runs already.
    func insert(_ job: NewJob, _ id: JobID, at now: Instant) throws -> Bool {
        let count = try transaction.executeCounting(
            """
            INSERT INTO job (id, kind, topic, single, household_id, payload, state, created_at, due_at)
            VALUES (\(id), \(job.kind), \(job.topic), \(job.single), \(job.household),
                \(job.payload ?? []), 'waiting', \(now), \(job.dueAt ?? now))
            ON CONFLICT DO NOTHING
            """
        )
        return count == 1
    }

    func hasDue(_ kind: String, at now: Instant) throws -> Bool {
        try transaction.first(
            "SELECT 1 FROM job WHERE kind = \(kind) AND due_at <= \(now) AND \(Self.isOpen) LIMIT 1"
        ) { try $0.int() } != nil
    }

    /// When the next work of a kind is to be done, or the lease of some ends.
    func nextDue(_ kind: String) throws -> Instant? {
        try transaction.first(
            "SELECT due_at FROM job WHERE kind = \(kind) AND \(Self.isOpen) ORDER BY due_at LIMIT 1"
        ) { try $0.instant() }
    }

    /// Takes the work that is due for longest, until a moment. Of many nodes, one gets it, and none waits for another.
    func take(_ kind: String, at now: Instant, until end: Instant) throws -> RunningJob? {
        let found = try transaction.first(
            """
            SELECT id, topic, household_id, payload, created_at, attempts FROM job
            WHERE kind = \(kind) AND due_at <= \(now) AND \(Self.isOpen)
            ORDER BY due_at, id LIMIT 1 \(transaction.dialect.forUpdateSkippingLocked)
            """
        ) { row in
            RunningJob(
                id: try row.identifier(),
                kind: kind,
                topic: try row.text(),
                household: try row.identifierOrNil(),
                payload: try row.bytesOrNil() ?? [],
                createdAt: try row.instant(),
                attempt: try row.int() + 1
            )
        }
        guard let found else { return nil }
        try transaction.execute(
            """
            UPDATE job SET state = 'running', due_at = \(end), attempts = \(found.attempt)
            WHERE id = \(found.id)
            """
        )
        return found
    }

    private func isMine(_ job: RunningJob) -> SQLText {
        "id = \(job.id) AND attempts = \(job.attempt) AND state = 'running'"
    }

    /// What was done is forgotten, but for the fact.
    ///
    /// - Returns: false when it is not this run's any more.
    func finish(_ job: RunningJob, at now: Instant) throws -> Bool {
        try transaction.executeCounting(
            """
            UPDATE job SET state = 'done', ended_at = \(now), payload = \([UInt8]?.none),
                last_error = \(String?.none)
            WHERE \(isMine(job))
            """
        ) == 1
    }

    /// - Parameters:
    ///   - done: how far it is; nil leaves that as it was.
    ///   - steps: of how many.
    func extend(
        _ job: RunningJob,
        until end: Instant,
        done: Int? = nil,
        of steps: Int? = nil
    ) throws -> Bool {
        try transaction.executeCounting(
            """
            UPDATE job SET due_at = \(end), steps_done = COALESCE(\(done), steps_done),
                steps = COALESCE(\(steps), steps)
            WHERE \(isMine(job))
            """
        ) == 1
    }

    /// Gives it back, as if this run had not been when it is not to count.
    func giveBack(_ job: RunningJob, dueAt: Instant, because reason: String?) throws {
        let attempts = reason == nil ? job.attempt - 1 : job.attempt
        try transaction.execute(
            """
            UPDATE job SET state = 'waiting', due_at = \(dueAt), attempts = \(attempts),
                last_error = \(reason)
            WHERE \(isMine(job))
            """
        )
    }

    func bury(_ job: RunningJob, at now: Instant, because failure: JobFailure) throws {
        let payload: SQLText
        switch failure {
        case .refused: payload = "payload"
        case .hopeless: payload = "\([UInt8]?.none)"
        }
        try transaction.execute(
            """
            UPDATE job SET state = 'dead', ended_at = \(now), payload = \(payload),
                last_error = \(failure.reason)
            WHERE \(isMine(job))
            """
        )
    }

    /// Removes what ended before a moment.
    ///
    /// - Returns: how many.
    func remove(before moment: Instant, limit: Int) throws -> Int {
        try transaction.executeCounting(
            """
            DELETE FROM job WHERE id IN (
                SELECT id FROM job WHERE ended_at < \(moment) ORDER BY ended_at LIMIT \(limit))
            """
        )
    }
}
