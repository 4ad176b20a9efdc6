/// One step from one shape of the database to the next, for both engines.
///
/// Released steps are never edited: a change is a new step.
package struct Migration: Sendable {
    package let number: Int
    package let name: String
    package let statements: @Sendable (SQLDialect) -> [String]

    package init(
        _ number: Int,
        _ name: String,
        _ statements: @escaping @Sendable (SQLDialect) -> [String]
    ) {
        self.number = number
        self.name = name
        self.statements = statements
    }

    /// Every step there is, in order.
    package static let all: [Migration] = [
        .people, .ledger, .rollups, .audit, .imports, .purge, .signIn, .secondFactors, .ownData,
        .sharing, .trail, .touched, .jobs, .budgets, .tasks,
        .bills, .goals, .calendar, .notices, .goalDays,
    ]
}

/// The tables whose rows belong to one household. Row-level security binds each of them.
package enum TenantTables {
    package static let all =
        first + ["audit_touch"] + budgets + tasks + bills + goals + recurring

    private static let budgets = ["budget", "budget_amount", "budget_period", "budget_settings"]
    private static let tasks = ["task", "task_tag"]
    private static let bills = ["bill", "bill_occurrence", "bill_payment", "bill_candidate"]
    private static let goals = ["goal", "goal_contribution", "debt_terms", "debt_settings"]
    private static let recurring = ["recurring_choice"]

    /// Those that were there when the fifth step bound them; a later step binds its own.
    static let first = [
        "account", "payee", "ledger_transaction", "posting", "transaction_tag", "rollup",
        "payee_rollup", "exchange_rate", "audit_entry", "audit_change", "idempotency_key",
        "import_batch", "import_file", "import_fingerprint", "import_mapping", "transfer_link",
    ]
}
