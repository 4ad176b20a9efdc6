import Ledger
import Storage

/// Every check of one household, on one snapshot.
struct HouseholdExamination {
    private let transaction: any SQLTransaction
    private let household: HouseholdID
    private let keys: HouseholdKeys
    private let findings: Findings
    private let files: TrailFiles?

    init(
        _ transaction: any SQLTransaction,
        _ household: HouseholdID,
        _ keys: HouseholdKeys,
        _ findings: Findings,
        _ files: TrailFiles?
    ) {
        self.transaction = transaction
        self.household = household
        self.keys = keys
        self.findings = findings
        self.files = files
    }

    private struct Row {
        let version: Int64
        let transactionCount: Int64
        let trail: AuditExamination.Head
        let isErased: Bool
        let isEmptied: Bool
    }

    /// - Returns: how many live transactions there are.
    func run() throws -> Int64 {
        try demandWholeJoins()
        guard let row = try load() else {
            findings.add("household", household, "went away while it was looked at")
            return 0
        }
        guard !row.isErased else { return try runErased(row) }
        let nodes = try attempt("account", or: [:]) {
            try NodeExamination(transaction, household, findings).run()
        }
        let totals = try attempt("ledger_transaction", or: .init()) {
            try LedgerExamination(transaction, household, findings, nodes).run()
        }
        findings.compare(
            "household",
            household.description,
            "transaction_count",
            expected: totals.live,
            found: row.transactionCount
        )
        try attempt("account", or: ()) {
            compareBalances(nodes, totals.effects)
        }
        try attempt("rollup", or: ()) {
            try RollupExamination(transaction, household, findings).run(expecting: totals.effects)
        }
        let purged = try examineTrail(row)
        try attempt("ledger_transaction", or: ()) {
            try LinkExamination(transaction, household, findings).run(purgedBefore: purged)
        }
        try examinePlans(row)
        return totals.live
    }

    private func examinePlans(_ row: Row) throws {
        try attempt("task", or: ()) { try TaskExamination(transaction, household, findings).run() }
        try attempt("goal", or: ()) { try GoalExamination(transaction, household, findings).run() }
        try attempt("budget", or: ()) {
            try BudgetExamination(transaction, household, findings).run()
        }
        try attempt("bill", or: ()) { try BillExamination(transaction, household, findings).run() }
        try attempt("notice", or: ()) {
            try NoticeExamination(transaction, household, keys, row.trail.sealedKey, findings)
                .run(row.version)
        }
    }

    /// - Returns: what the archive says was purged; nil where it cannot be told.
    private func examineTrail(_ row: Row) throws -> Set<UniqueID>? {
        findings.compare(
            "household",
            household.description,
            "version",
            expected: row.trail.sequence,
            found: row.version
        )
        return try attempt("audit_entry", or: nil) {
            try AuditExamination(transaction, household, keys, findings, files).run(row.trail)
        }
    }

    /// Of an erased household the bare trail is left. As long as it is being emptied, nothing is looked at.
    private func runErased(_ row: Row) throws -> Int64 {
        guard row.isEmptied else { return 0 }
        for table in HouseholdErasureStore.tables + ["ledger_transaction", "posting"] {
            let found = try transaction.first(
                "SELECT 1 FROM \(table) WHERE household_id = \(household) LIMIT 1"
            ) { try $0.int() }
            guard found != nil else { continue }
            findings.add(table.text, "*", "the household is erased, and it has rows here")
        }
        _ = try examineTrail(row)
        return 0
    }

    /// Everything is read, so rows are never looked up one by one: PostgreSQL would, as long as it has no statistics of
    /// tables that were filled a moment ago, and take the square of the time.
    private func demandWholeJoins() throws {
        guard transaction.dialect == .postgres else { return }
        _ = try transaction.executeCounting("SELECT set_config('enable_nestloop', 'off', true)")
    }

    private func load() throws -> Row? {
        try transaction.first(
            """
            SELECT version, transaction_count, audit_sequence, audit_head, sealed_key,
                audit_archived, audit_archived_head, erased_at IS NOT NULL,
                emptied_at IS NOT NULL
            FROM household WHERE id = \(household)
            """
        ) { row in
            Row(
                version: try row.integer(),
                transactionCount: try row.integer(),
                trail: .init(
                    sequence: try row.integer(),
                    hash: try row.bytes(),
                    sealedKey: try row.bytes(),
                    archived: (try row.integer(), try row.bytesOrNil() ?? AuditChain.origin)
                ),
                isErased: try row.boolean(),
                isEmptied: try row.boolean()
            )
        }
    }

    /// A check that cannot be finished is a finding, not a reason to skip those after it.
    private func attempt<Value>(
        _ table: String,
        or rest: Value,
        _ body: () throws -> Value
    ) throws
        -> Value
    {
        do {
            return try body()
        } catch StorageError.unavailable(let reason) {
            throw StorageError.unavailable(reason)
        } catch {
            findings.add(table, "*", "cannot be read: \(error)")
            return rest
        }
    }

    private func compareBalances(
        _ nodes: [AccountID: NodeExamination.Node],
        _ effects: LedgerEffects
    ) {
        for (id, node) in nodes.sorted(by: { $0.key < $1.key }) {
            findings.compare(
                "account",
                id.description,
                "balance",
                expected: Findings.amount(effects.balances[id] ?? 0),
                found: Findings.amount(node.balance)
            )
        }
    }
}
