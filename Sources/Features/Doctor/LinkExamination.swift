import Interchange
import Ledger
import Storage

/// What points to transactions without a foreign key: search, fingerprints, tags, other transactions.
struct LinkExamination {
    private let transaction: any SQLTransaction
    private let household: HouseholdID
    private let findings: Findings

    init(_ transaction: any SQLTransaction, _ household: HouseholdID, _ findings: Findings) {
        self.transaction = transaction
        self.household = household
        self.findings = findings
    }

    /// - Parameter purged: what purges removed of which the trail's archive tells; nil when it cannot be asked.
    func run(purgedBefore purged: Set<UniqueID>?) throws {
        try examineSearch()
        if let purged { try examineFingerprints(except: purged) }
        try examineTags()
        try examineLinks()
        try examineOpenings()
    }

    private var indexed: SQLText {
        switch transaction.dialect {
        // Without words the question is for the household's own token.
        case .sqlite: transaction.dialect.searchMatches([], in: household)
        case .postgres:
            "SELECT transaction_id FROM transaction_search WHERE household_id = \(household)"
        }
    }

    private func examineSearch() throws {
        try transaction.scan(
            """
            SELECT t.id, t.payee, t.note, t.bank_text FROM ledger_transaction t JOIN (
                SELECT id FROM ledger_transaction
                WHERE household_id = \(household) AND deleted_at IS NULL
                EXCEPT \(indexed)
            ) missing ON missing.id = t.id
            WHERE t.household_id = \(household)
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            let parts = [try row.textOrNil(), try row.textOrNil(), try row.textOrNil()]
            // What has no words is not indexed.
            guard !PayeeName.folded(parts.compactMap(\.self).joined(separator: " ")).isEmpty else {
                return
            }
            findings.add("transaction_search", id, "search does not know this transaction")
        }
        try transaction.scan(
            """
            \(indexed) EXCEPT SELECT id FROM ledger_transaction WHERE household_id = \(household)
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            findings.add("transaction_search", id, "search knows it, and it is not there")
        }
    }

    /// A row that was purged is known by its fingerprint still; the trail says that it was.
    private func examineFingerprints(except purged: Set<UniqueID>) throws {
        try transaction.scan(
            """
            SELECT f.account_id, f.transaction_id FROM import_fingerprint f
            LEFT JOIN ledger_transaction t
                ON t.household_id = f.household_id AND t.id = f.transaction_id
            WHERE f.household_id = \(household) AND t.id IS NULL AND f.transaction_id NOT IN (
                SELECT c.entity_id FROM audit_entry e JOIN audit_change c
                    ON c.household_id = e.household_id AND c.sequence = e.sequence
                WHERE e.household_id = \(household) AND e.action = 'purge'
                    AND e.entity = 'transaction')
            """
        ) { row in
            let account: AccountID = try row.identifier()
            let id: TransactionID = try row.identifier()
            guard !purged.contains(id.value) else { return }
            findings.add(
                "import_fingerprint",
                "account \(account)",
                "points to transaction \(id), which is not there"
            )
        }
    }

    private func examineTags() throws {
        try transaction.scan(
            """
            SELECT t.id, t.has_tags FROM ledger_transaction t
            WHERE t.household_id = \(household) AND t.has_tags <> EXISTS (
                SELECT 1 FROM transaction_tag g
                WHERE g.household_id = \(household) AND g.transaction_id = t.id)
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            let hasTags = try row.boolean()
            findings.compare(
                "ledger_transaction",
                id.description,
                "has_tags",
                expected: !hasTags,
                found: hasTags
            )
        }
    }

    /// Each side of a linked transfer names the other, and the account that it is on.
    private func examineLinks() throws {
        try transaction.scan(
            """
            SELECT t.id, t.linked_id FROM ledger_transaction t LEFT JOIN ledger_transaction o
                ON o.household_id = t.household_id AND o.id = t.linked_id
            WHERE t.household_id = \(household) AND t.linked_id IS NOT NULL
                AND (o.id IS NULL OR o.linked_id IS NULL OR o.linked_id <> t.id
                    OR t.to_account_id IS NULL OR t.to_account_id <> o.account_id
                    OR t.to_amount IS NULL OR t.to_amount <> t.magnitude)
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            let other: TransactionID = try row.identifier()
            findings.add("ledger_transaction", id, "its other side \(other) does not agree")
        }
    }

    private func examineOpenings() throws {
        try transaction.forEach(
            """
            SELECT a.id, a.opening_transaction_id FROM account a LEFT JOIN ledger_transaction t
                ON t.household_id = a.household_id AND t.id = a.opening_transaction_id
            WHERE a.household_id = \(household) AND a.opening_transaction_id IS NOT NULL
                AND t.id IS NULL
            """
        ) { row in
            let id: AccountID = try row.identifier()
            let opening: TransactionID = try row.identifier()
            findings.add("account", id, "its opening balance \(opening) is not there")
        }
    }
}
