import Ledger
import Storage

/// Compares the sums that reports read with those recomputed from the postings.
struct RollupExamination {
    private let transaction: any SQLTransaction
    private let household: HouseholdID
    private let findings: Findings

    init(_ transaction: any SQLTransaction, _ household: HouseholdID, _ findings: Findings) {
        self.transaction = transaction
        self.household = household
        self.findings = findings
    }

    func run(expecting effects: LedgerEffects) throws {
        try examineRollups(effects.rollups)
        try examinePayees(effects.payees)
    }

    private func examineRollups(
        _ expected: [LedgerEffects.RollupKey: LedgerEffects.RollupSum]
    ) throws {
        var missing = expected
        try transaction.scan(
            """
            SELECT grain, period, node_id, counter_id, currency, posted_net, posted_count,
                pending_net, pending_count
            FROM rollup WHERE household_id = \(household)
            """
        ) { row in
            let key = LedgerEffects.RollupKey(
                isMonth: try row.integer() == 1,
                period: try row.date(),
                node: try row.identifier(),
                counter: try row.identifier(),
                currency: try row.currency()
            )
            let sum = missing.removeValue(forKey: key) ?? .init()
            try compare("rollup", key.name, sum, &row)
        }
        for (key, sum) in missing where !sum.isZero {
            findings.add("rollup", key.name, "is missing", expected: sum.text)
        }
    }

    private func examinePayees(
        _ expected: [LedgerEffects.PayeeKey: LedgerEffects.RollupSum]
    ) throws {
        var missing = expected
        try transaction.scan(
            """
            SELECT month, payee_id, account_id, currency, posted_net, posted_count, pending_net,
                pending_count
            FROM payee_rollup WHERE household_id = \(household)
            """
        ) { row in
            let key = LedgerEffects.PayeeKey(
                month: try row.date(),
                payee: try row.identifier(),
                account: try row.identifier(),
                currency: try row.currency()
            )
            let sum = missing.removeValue(forKey: key) ?? .init()
            try compare("payee_rollup", key.name, sum, &row)
        }
        for (key, sum) in missing where !sum.isZero {
            findings.add("payee_rollup", key.name, "is missing", expected: sum.text)
        }
    }

    private func compare(
        _ table: String,
        _ name: @autoclosure () -> String,
        _ expected: LedgerEffects.RollupSum,
        _ row: inout SQLRow
    ) throws {
        var found = LedgerEffects.RollupSum()
        found.postedNet = try row.amount()
        found.postedCount = try row.integer()
        found.pendingNet = try row.amount()
        found.pendingCount = try row.integer()
        guard found != expected else { return }
        findings.add(
            table,
            name(),
            "is not the sum of its postings",
            expected: expected.text,
            found: found.text
        )
    }
}

extension LedgerEffects.RollupKey {
    fileprivate var name: String {
        "\(isMonth ? "month" : "day") \(period) node \(node) counter \(counter) \(currency.code)"
    }
}

extension LedgerEffects.PayeeKey {
    fileprivate var name: String {
        "month \(month) payee \(payee) account \(account) \(currency.code)"
    }
}

extension LedgerEffects.RollupSum {
    fileprivate var text: String {
        """
        posted \(Findings.amount(postedNet)) in \(postedCount), \
        pending \(Findings.amount(pendingNet)) in \(pendingCount)
        """
    }
}
