@testable import Features
import Ledger
import Storage

/// Makes of a household one that never had some accounts: the model of what a member without them sees.
struct SeenLedgerModel {
    let home: TestHome
    let hidden: Set<AccountID>

    static func transactions(of home: TestHome) async throws -> [TransactionID] {
        let household = home.household
        return try await home.read { transaction in
            try transaction.rows(
                "SELECT id FROM ledger_transaction WHERE household_id = \(household) ORDER BY id"
            ) { try $0.identifier() }
        }
    }

    func remove() async throws {
        let hidden = hidden
        try await home.write { write in
            let store = TransactionStore(transaction: write.transaction, household: write.household)
            let book = LedgerBook(write)
            let known = try book.nodes.all()
            for record in try store.records("1 = 1") {
                let accounts = Set(record.content.postings.postings.map(\.account))
                guard !accounts.isDisjoint(with: hidden) else { continue }
                let isSeen = accounts.subtracting(hidden).contains {
                    known[$0]?.ledger.accountClass.isReal ?? false
                }
                if isSeen {
                    try mask(record, book, known)
                } else {
                    _ = try book.remove(record)
                    try PurgeStore(transaction: write.transaction, household: write.household)
                        .remove([record.id])
                }
            }
            write.record(AuditNote("remove", "test", nil))
        }
        try await home.write { write in
            try forgetPayees(write)
            try learnRates(write)
            try removeAccounts(write)
            write.record(AuditNote("remove", "test", nil))
        }
    }

    /// What the seen accounts moved, their share of the categories, and the rest somewhere else.
    private func mask(
        _ record: TransactionRecord,
        _ book: LedgerBook,
        _ known: [AccountID: Node]
    ) throws {
        let isReal = { (id: AccountID) in known[id]?.ledger.accountClass.isReal ?? false }
        let old = record.content.postings.postings
        let transit = try book.nodes.load(.transit)
        var postings = old.filter { isReal($0.account) && !hidden.contains($0.account) }
        for share in try RollupShare.shares(of: old, isReal: isReal)
        where !hidden.contains(share.counter)
            && known[share.node]?.ledger.accountClass.isCategory == true && !share.net.isZero
        {
            postings.append(Posting(share.node, share.net))
        }
        for (currency, group) in Dictionary(grouping: postings, by: \.amount.currency) {
            let sum = try group.map(\.amount).sum(in: currency)
            if !sum.isZero { postings.append(Posting(transit.id, try sum.negated())) }
        }
        var content = record.content
        content.postings = try BalancedPostings(postings)
        (content.note, content.tags) = (nil, [])
        // Only what is shared out among categories has a payee whose sums hold a share of it.
        if !postings.contains(where: { !isReal($0.account) && $0.account != transit.id }) {
            content.payee = nil
        }
        _ = try book.revise(record, to: content, known: known)
    }

    private func forgetPayees(_ write: HouseholdWrite) throws {
        let household = write.household
        let used: SQLText = """
            EXISTS (SELECT 1 FROM ledger_transaction t
                WHERE t.household_id = payee.household_id AND t.payee_id = payee.id
            """
        for column in ["expense_category_id", "income_category_id"] {
            let column = SQLText(stringLiteral: column)
            try write.transaction.execute(
                """
                UPDATE payee SET \(column) = NULL WHERE household_id = \(household)
                    AND NOT \(used) AND t.category_id = payee.\(column))
                """
            )
        }
        try write.transaction.execute(
            """
            DELETE FROM payee_rollup WHERE household_id = \(household) AND posted_count = 0
                AND pending_count = 0 AND posted_net = \(SQLValue.amount(0))
                AND pending_net = \(SQLValue.amount(0))
            """
        )
        try write.transaction.execute(
            """
            DELETE FROM payee WHERE household_id = \(household) AND NOT \(used))
                AND NOT EXISTS (SELECT 1 FROM payee_rollup r
                    WHERE r.household_id = payee.household_id AND r.payee_id = payee.id)
            """
        )
    }

    private func learnRates(_ write: HouseholdWrite) throws {
        try write.transaction.execute(
            "DELETE FROM exchange_rate WHERE household_id = \(write.household)"
        )
        let rates = LearnedRates(transaction: write.transaction, household: write.household)
        for record in try TransactionStore(
            transaction: write.transaction,
            household: write.household
        ).records("t.to_currency <> t.currency") {
            try rates.remember(record.content)
        }
    }

    private func removeAccounts(_ write: HouseholdWrite) throws {
        try write.transaction.execute(
            """
            DELETE FROM account_visibility WHERE household_id = \(write.household)
            """
        )
        try PurgeStore(transaction: write.transaction, household: write.household)
            .remove(hidden.sorted())
    }

    // MARK: Comparing

    /// What does not depend on when and how often something was written.
    private static let volatile: Set<String> = [
        "version", "updated_at", "timestamp", "request_id", "next_cursor",
    ]
    private static let counts: Set<String> = ["count", "transaction_count"]

    static func comparable(_ value: JSONValue, withCounts: Bool) -> String {
        switch value {
        case .object(let members):
            let told = members.filter {
                !volatile.contains($0.name) && (withCounts || !counts.contains($0.name))
            }
            // The model's other side of a masked transfer lies in transit.
            if told.contains(where: { $0.value.text == "Transfers in transit" }) { return "" }
            return "{"
                + told.map { "\($0.name): \(comparable($0.value, withCounts: withCounts))" }
                .joined(separator: ", ") + "}"
        case .array(let elements):
            return "["
                + elements.map { comparable($0, withCounts: withCounts) }
                .filter { !$0.isEmpty }.joined(separator: ", ") + "]"
        default: return "\(value)"
        }
    }
}
