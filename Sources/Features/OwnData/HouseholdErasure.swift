import Ledger
import Logging
import Storage

/// Empties households that were erased, a piece at a time: other households do not wait for it.
struct HouseholdErasure: Sendable {
    /// How many transactions go in one write.
    private static let batch = 512

    private let environment: ServerEnvironment

    init(_ environment: ServerEnvironment) {
        self.environment = environment
    }

    func run() async throws {
        let households: [HouseholdID] = try await environment.database.read(.shared) {
            try $0.rows(
                """
                SELECT id FROM household WHERE erased_at IS NOT NULL AND emptied_at IS NULL
                ORDER BY id
                """
            ) { try $0.identifier() }
        }
        for household in households {
            do {
                try await empty(household)
            } catch let error as CancellationError {
                throw error
            } catch {
                environment.logger.error(
                    "a household could not be emptied and is tried again: \(error)",
                    metadata: ["household": "\(household)"]
                )
            }
        }
    }

    private func empty(_ household: HouseholdID) async throws {
        while try await write(household, { try $0.removeTransactions(limit: Self.batch) }) {
            try Task.checkCancellation()
        }
        for table in HouseholdErasureStore.tables {
            try Task.checkCancellation()
            try await write(household) { try $0.remove(table) }
        }
        while try await write(household, { try $0.removePayloads(limit: Self.batch) }) {
            try Task.checkCancellation()
        }
        let now = environment.clock.now()
        try await write(household) { try $0.finish(at: now) }
        environment.logger.info("a household is erased", metadata: ["household": "\(household)"])
    }

    @discardableResult
    private func write<Value: Sendable>(
        _ household: HouseholdID,
        _ body: @escaping @Sendable (HouseholdErasureStore) throws -> Value
    ) async throws -> Value {
        try await environment.database.write(.household(household)) {
            try body(HouseholdErasureStore(transaction: $0, household: household))
        }
    }
}

/// What is taken from a household that was erased. Its trail stays, without what it tells of and without the key.
struct HouseholdErasureStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    /// Shuts a household for good: nobody belongs to it, and what it sealed can never be opened again.
    func close(at now: Instant) throws {
        for table: SQLText in ["household_grant", "member"] { try remove(table) }
        try transaction.execute(
            """
            UPDATE household SET name = '', sealed_key = \([UInt8]()), erased_at = \(now)
            WHERE id = \(household)
            """
        )
    }

    /// - Returns: false when there are none left.
    func removeTransactions(limit: Int) throws -> Bool {
        let ids: [TransactionID] = try transaction.rows(
            """
            SELECT id FROM ledger_transaction WHERE household_id = \(household)
            ORDER BY id LIMIT \(limit)
            """
        ) { try $0.identifier() }
        guard !ids.isEmpty else { return false }
        try PurgeStore(transaction: transaction, household: household).remove(ids)
        return true
    }

    /// What is left without transactions, in an order in which nothing points to what is gone. A test holds the list against
    /// every table that has a household.
    static let tables: [SQLText] = [
        "import_fingerprint", "import_mapping", "import_file", "import_batch", "payee_rollup",
        "rollup", "exchange_rate", "idempotency_key", "payee", "account_visibility_member",
        "account_visibility", "account_hidden_formerly", "budget_amount", "budget_period", "budget",
        "recurring_choice", "calendar_feed",
        "bill_candidate", "bill_payment", "bill_occurrence", "bill",
        "budget_settings", "goal_contribution", "goal", "debt_terms", "debt_settings", "account",
        "task_tag", "task", "invitation",
        "household_grant", "audit_touch",
        "notice", "notice_threshold", "notice_look",
    ]

    func remove(_ table: SQLText) throws {
        try transaction.execute("DELETE FROM \(table) WHERE household_id = \(household)")
    }

    /// - Returns: false when there are none left.
    func removePayloads(limit: Int) throws -> Bool {
        let entries = try transaction.executeCounting(
            """
            UPDATE audit_entry SET payload = \([UInt8]?.none)
            WHERE household_id = \(household) AND sequence IN (
                SELECT sequence FROM audit_entry
                WHERE household_id = \(household) AND payload IS NOT NULL
                ORDER BY sequence LIMIT \(limit))
            """
        )
        let changes = try transaction.executeCounting(
            """
            UPDATE audit_change SET payload = \([UInt8]?.none)
            WHERE household_id = \(household) AND sequence IN (
                SELECT sequence FROM audit_change
                WHERE household_id = \(household) AND payload IS NOT NULL
                ORDER BY sequence, position LIMIT \(limit))
            """
        )
        return entries + changes > 0
    }

    func finish(at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE household SET emptied_at = \(now), transaction_count = 0
            WHERE id = \(household)
            """
        )
    }
}
