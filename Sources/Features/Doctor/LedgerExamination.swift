import Ledger
import Storage

/// Reads every transaction with its postings once, in order, and recomputes what is kept of them.
struct LedgerExamination {
    private let transaction: any SQLTransaction
    private let household: HouseholdID
    private let findings: Findings
    private let nodes: [AccountID: NodeExamination.Node]

    init(
        _ transaction: any SQLTransaction,
        _ household: HouseholdID,
        _ findings: Findings,
        _ nodes: [AccountID: NodeExamination.Node]
    ) {
        self.transaction = transaction
        self.household = household
        self.findings = findings
        self.nodes = nodes
    }

    /// What the postings add up to.
    struct Totals {
        var effects = LedgerEffects()
        var live: Int64 = 0
    }

    func run() throws -> Totals {
        var totals = Totals()
        var current: ExaminedTransaction?
        try transaction.scan(ExaminedTransaction.query(of: household)) { row in
            let id: TransactionID = try row.identifier()
            do {
                let posting = try ExaminedTransaction.posting(&row)
                if current?.id != id {
                    if let done = current { examine(done, &totals) }
                    current = nil
                    current = try ExaminedTransaction(id, &row)
                }
                if let posting { current?.postings.append(posting) }
            } catch {
                findings.add("ledger_transaction", id, "cannot be read: \(error)")
            }
        }
        if let current { examine(current, &totals) }
        try examineSums()
        return totals
    }

    private func node(_ id: AccountID) -> LedgerNode? { nodes[id]?.ledger }

    private func examine(_ one: ExaminedTransaction, _ totals: inout Totals) {
        if !one.isDeleted { totals.live += 1 }
        if !one.isSealed { findings.add("ledger_transaction", one.id, "is not sealed") }
        for (position, posting) in one.postings.enumerated() {
            examine(posting, position, of: one)
        }
        let postings = one.postings.map(\.posting)
        do throws(TransactionError) {
            let balanced = try BalancedPostings(postings)
            one.compareSummary(with: TransactionSummary(balanced, node: node), findings)
        } catch {
            describe(error, one.id, postings.count)
        }
        do throws(MoneyError) {
            let booking = Booking(
                date: one.date,
                state: one.state,
                payee: one.payee,
                isDeleted: one.isDeleted,
                postings: postings
            )
            try totals.effects.add(booking, nodes: node)
        } catch {
            findings.add("ledger_transaction", one.id, "makes a sum that no amount can hold")
        }
    }

    private func describe(_ error: TransactionError, _ id: TransactionID, _ count: Int) {
        switch error {
        case .tooFewPostings:
            findings.add(
                "ledger_transaction",
                id,
                "has too few postings",
                expected: "2",
                found: "\(count)"
            )
        case .tooManyPostings(let limit):
            findings.add(
                "ledger_transaction",
                id,
                "has too many postings",
                expected: "\(limit)",
                found: "\(count)"
            )
        case .unbalanced(let sum):
            findings.add(
                "ledger_transaction",
                id,
                "its postings do not balance",
                expected: "0",
                found: "\(sum.decimal) \(sum.currency.code)"
            )
        case .money:
            findings.add(
                "ledger_transaction",
                id,
                "its postings add up to more than an amount can hold"
            )
        }
    }

    private func examine(
        _ examined: ExaminedTransaction.ExaminedPosting,
        _ position: Int,
        of one: ExaminedTransaction
    ) {
        func row() -> String { "\(one.id)/\(position)" }
        if examined.position != position {
            findings.add(
                "posting",
                row(),
                "is out of place",
                expected: "\(position)",
                found: "\(examined.position)"
            )
        }
        findings.compare("posting", row(), "date", expected: one.date, found: examined.date)
        let posting = examined.posting
        guard let node = nodes[posting.account]?.ledger else {
            return findings.add("posting", row(), "its account \(posting.account) is not there")
        }
        if let own = node.currency, own != posting.amount.currency {
            findings.add(
                "posting",
                row(),
                "is not in its account's currency",
                expected: own.code,
                found: posting.amount.currency.code
            )
        }
    }

    /// Counts postings without a transaction too, which the join does not see.
    private func examineSums() throws {
        try transaction.forEach(
            """
            SELECT currency, SUM(amount) FROM posting WHERE household_id = \(household)
            GROUP BY currency ORDER BY currency
            """
        ) { row in
            let currency = try row.text()
            let sum = try row.amount()
            guard sum != 0 else { return }
            findings.add(
                "posting",
                "*",
                "all postings of the household in \(currency) do not add up",
                expected: "0",
                found: Findings.amount(sum)
            )
        }
    }
}
