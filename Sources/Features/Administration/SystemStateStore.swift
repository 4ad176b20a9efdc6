import Storage

extension SystemState {
    /// Counts what is there now.
    init(of transaction: any SQLTransaction, _ facts: SystemFacts, at now: Instant) throws {
        func count(_ query: SQLText) throws -> Int64 {
            try transaction.first("SELECT COUNT(*) FROM \(query)") { try $0.integer() } ?? 0
        }
        let isActive: SQLText = "disabled_at IS NULL AND deleted_at IS NULL"
        self.init(
            facts: facts,
            engine: transaction.dialect,
            uptimeSeconds: (now.microseconds - facts.startedAt.microseconds) / 1_000_000,
            people: try count("person"),
            activePeople: try count("person WHERE \(isActive)"),
            administrators: try count("person WHERE system_role = 'admin' AND \(isActive)"),
            // What was erased keeps its row, without a key.
            households: try count("household WHERE length(sealed_key) > 0"),
            sessions: try count("session WHERE ended_at IS NULL AND expires_at > \(now)"),
            mailWaiting: try count(
                "job WHERE kind = \(MailJob.kind) AND state IN ('waiting', 'running')"
            ),
            mailFailed: try count("job WHERE kind = \(MailJob.kind) AND state = 'dead'"),
            jobsWaiting: try count("job WHERE state IN ('waiting', 'running')"),
            jobsDead: try count("job WHERE state = 'dead'")
        )
    }
}
