package import Ledger
package import Storage

extension TransactionStore {
    /// - Throws: 404
    package func load(_ id: TransactionID) throws -> TransactionRecord {
        guard let record = try records("t.id = \(id)").first else {
            throw APIError.notFound("transaction")
        }
        return record
    }

    /// The transactions that a condition on `t` picks, in the order of their ids.
    package func records(_ condition: SQLText) throws -> [TransactionRecord] {
        let postings = try postings(condition)
        let tags = try tags(condition)
        return try transaction.rows(
            """
            SELECT t.id, t.date, t.state, t.payee, t.note, t.bank_text, t.source, t.import_id,
                t.linked_id, t.to_account_id, t.payee_id, t.version, t.deleted_at, t.created_at
            FROM ledger_transaction t
            WHERE t.household_id = \(household) AND \(condition) ORDER BY t.id
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            var content = TransactionContent(
                date: try row.date(),
                state: TransactionState(rawValue: try row.int()) ?? .posted,
                payee: try row.textOrNil(),
                note: try row.textOrNil(),
                tags: tags[id] ?? [],
                postings: try BalancedPostings(postings[id] ?? []),
                bankText: try row.textOrNil(),
                source: TransactionSource(rawValue: try row.text()) ?? .manual,
                importID: try row.identifierOrNil()
            )
            let linked: TransactionID? = try row.identifierOrNil()
            if let other: AccountID = try row.identifierOrNil(), let linked {
                content.link = .init(transaction: linked, account: other)
            }
            return TransactionRecord(
                id: id,
                content: content,
                payeeID: try row.identifierOrNil(),
                version: try row.integer(),
                deletedAt: try row.instantOrNil(),
                createdAt: try row.instant()
            )
        }
    }

    private func postings(_ condition: SQLText) throws -> [TransactionID: [Posting]] {
        var postings: [TransactionID: [Posting]] = [:]
        try transaction.forEach(
            """
            SELECT p.transaction_id, p.account_id, p.amount, p.currency, p.memo
            FROM ledger_transaction t JOIN posting p
                ON p.household_id = t.household_id AND p.transaction_id = t.id
            WHERE t.household_id = \(household) AND \(condition)
            ORDER BY p.transaction_id, p.position
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            let account: AccountID = try row.identifier()
            let amount = try row.amount()
            let money = Money(tenThousandths: amount, try row.currency())
            postings[id, default: []].append(Posting(account, money, memo: try row.textOrNil()))
        }
        return postings
    }

    private func tags(_ condition: SQLText) throws -> [TransactionID: [String]] {
        var tags: [TransactionID: [String]] = [:]
        try transaction.forEach(
            """
            SELECT g.transaction_id, g.tag
            FROM ledger_transaction t JOIN transaction_tag g
                ON g.household_id = t.household_id AND g.transaction_id = t.id
            WHERE t.household_id = \(household) AND \(condition)
            ORDER BY g.transaction_id, g.tag
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            tags[id, default: []].append(try row.text())
        }
        return tags
    }
}
