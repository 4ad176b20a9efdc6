import Ledger
import Storage
import Testing

@testable import Features

/// Everything that the database keeps of a household, compared with a model's.
struct LedgerComparison {
    let home: TestHome
    let model: ModelLedger
    let seed: UInt64

    private var household: HouseholdID { home.household }

    func run() async throws {
        try await compareTransactions()
        try await compareBalances()
        try await compareRollups()
        try await comparePayees()
        try await compareCounters()
        try await compareTrialBalance()
        try await compareSearch()
        try await AuditTrail.verify(home, entries: model.version)
    }

    private func compareTransactions() async throws {
        let household = household
        let stored = try await home.read { transaction in
            let known = try NodeStore(transaction: transaction, household: household).all()
            let records = try TransactionStore(transaction: transaction, household: household)
                .records("1 = 1")
            let summaries = records.map { record in
                TransactionSummary(record.content.postings) { known[$0]?.ledger }
            }
            return Array(zip(records, summaries))
        }
        #expect(stored.count == model.transactions.count, "seed \(seed)")
        for (record, summary) in stored {
            var expected = model.transactions[record.id]
            expected?.form = nil
            let found = ModelLedger.Transaction(
                date: record.content.date,
                state: record.content.state,
                payee: record.content.payee,
                tags: Set(record.content.tags),
                postings: record.content.postings.postings,
                isDeleted: record.deletedAt != nil,
                version: record.version
            )
            #expect(found == expected, "seed \(seed)")
            try await compareSummary(record.id, summary)
        }
    }

    /// The columns that a list shows, against the postings.
    private func compareSummary(_ id: TransactionID, _ summary: TransactionSummary) async throws {
        let household = household
        let view = try await home.read {
            try TransactionListStore(transaction: $0, household: household).views([id]).first
        }
        #expect(view?.type == summary.type, "seed \(seed)")
        #expect(view?.account == summary.account, "seed \(seed)")
        #expect(view?.toAccount == summary.toAccount, "seed \(seed)")
        #expect(view?.category == summary.category, "seed \(seed)")
        #expect(view?.signedAmount == summary.signedAmount, "seed \(seed)")
        #expect(
            view?.amount.tenThousandths == abs(summary.signedAmount.tenThousandths),
            "seed \(seed)"
        )
        #expect(view?.toAmount == summary.toAmount, "seed \(seed)")
        #expect(view?.isSplit == !summary.splits.isEmpty, "seed \(seed)")
    }

    private func compareBalances() async throws {
        let (member, today) = (home.member, LedgerFixture.today)
        let views = try await home.read {
            try AccountReader(transaction: $0, member: member, today: today).list(
                includingDeleted: true
            )
        }
        #expect(views.count == model.accounts.count)
        for view in views {
            let id = view.record.id
            let live = model.transactions.values.filter { transaction in
                !transaction.isDeleted && transaction.postings.contains { $0.account == id }
            }
            #expect(view.record.balance.tenThousandths == model.balance(of: id), "seed \(seed)")
            #expect(view.record.minimumBalance?.tenThousandths == model.accounts[id]?.minimum)
            #expect(view.lastTransactionDate == live.map(\.date).max(), "seed \(seed)")
        }
    }

    private func compareRollups() async throws {
        let household = household
        let rows = try await home.read { transaction in
            try transaction.rows(
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
                return (key, try Self.sum(&row))
            }
        }
        let stored = Dictionary(uniqueKeysWithValues: rows).filter { !$0.value.isZero }
        let expected = try model.rollups()
        #expect(stored.count == expected.count, "seed \(seed)")
        for (key, sum) in expected { #expect(stored[key] == sum, "seed \(seed): \(key)") }
    }

    private func comparePayees() async throws {
        let household = household
        let rows = try await home.read { transaction in
            try transaction.rows(
                """
                SELECT r.month, p.name, r.account_id, r.currency, r.posted_net, r.posted_count,
                    r.pending_net, r.pending_count
                FROM payee_rollup r
                JOIN payee p ON p.household_id = r.household_id AND p.id = r.payee_id
                WHERE r.household_id = \(household)
                """
            ) { row in
                let key = ModelLedger.PayeeKey(
                    month: try row.date(),
                    payee: try row.text(),
                    account: try row.identifier(),
                    currency: try row.currency()
                )
                return (key, try Self.sum(&row))
            }
        }
        let stored = Dictionary(uniqueKeysWithValues: rows).filter { !$0.value.isZero }
        let expected = try model.payeeRollups()
        #expect(stored.count == expected.count, "seed \(seed)")
        for (key, sum) in expected { #expect(stored[key] == sum, "seed \(seed): \(key)") }
    }

    private static func sum(_ row: inout SQLRow) throws -> LedgerEffects.RollupSum {
        LedgerEffects.RollupSum(
            postedNet: try row.amount(),
            postedCount: try row.integer(),
            pendingNet: try row.amount(),
            pendingCount: try row.integer()
        )
    }

    private func compareCounters() async throws {
        let household = household
        let stored = try await home.read { transaction in
            try transaction.first(
                """
                SELECT version, transaction_count, audit_sequence FROM household
                WHERE id = \(household)
                """
            ) { [try $0.integer(), try $0.integer(), try $0.integer()] }
        }
        let live = model.transactions.values.filter { !$0.isDeleted }.count
        #expect(stored == [model.version, Int64(live), model.version], "seed \(seed)")
        let cached = try await home.fixture.database.version(of: household)
        #expect(cached == model.version)
    }

    private func compareTrialBalance() async throws {
        let sums = try await home.read { transaction in
            try transaction.rows("SELECT SUM(amount) FROM posting GROUP BY currency") {
                try $0.amount()
            }
        }
        #expect(sums.allSatisfy { $0 == 0 }, "seed \(seed)")
        let open = try await home.number(
            """
            SELECT COUNT(*) FROM ledger_transaction
            WHERE household_id = \(household) AND sealed = \(false)
            """
        )
        #expect(open == 0)
        let strays = try await home.number(
            """
            SELECT COUNT(*) FROM posting p JOIN ledger_transaction t
                ON t.household_id = p.household_id AND t.id = p.transaction_id
            WHERE p.household_id = \(household) AND p.date <> t.date
            """
        )
        #expect(strays == 0, "Postings repeat their transaction's date.")
    }

    private func compareSearch() async throws {
        let household = household
        for (question, payee) in [("backerei", "Bäckerei"), ("CAFÉ noi", "Café Noir")] {
            let filter: TransactionFilter = try fields(#"{"q": "\#(question)"}"#)
            let found = try await home.read {
                try TransactionListStore(transaction: $0, household: household).ids(
                    filter,
                    limit: 100_000
                )
            }
            let expected = model.transactions.filter {
                !$0.value.isDeleted && $0.value.payee == payee
            }
            #expect(Set(found) == Set(expected.keys), "seed \(seed)")
            #expect(found.count == expected.count)
        }
    }
}
