package import Ledger
package import Storage

/// Transactions, their postings and tags.
package struct TransactionStore {
    package let transaction: any SQLTransaction
    package let household: HouseholdID

    package init(transaction: any SQLTransaction, household: HouseholdID) {
        self.transaction = transaction
        self.household = household
    }

    // MARK: Writing

    /// A row of `ledger_transaction`, not sealed yet.
    package struct NewRow: Sendable {
        package let id: TransactionID
        package let content: TransactionContent
        package let summary: TransactionSummary
        package let payeeID: PayeeID?

        package init(
            id: TransactionID,
            content: TransactionContent,
            summary: TransactionSummary,
            payeeID: PayeeID?
        ) {
            self.id = id
            self.content = content
            self.summary = summary
            self.payeeID = payeeID
        }
    }

    package func insert(_ rows: [NewRow], at now: Instant) throws {
        try transaction.insert(
            into: """
                ledger_transaction (household_id, id, date, type, state, account_id, to_account_id,
                    category_id, signed_amount, magnitude, currency, to_amount, to_currency, is_split,
                    has_tags, payee_id, payee, note, bank_text, source, import_id, linked_id, sealed,
                    created_at, updated_at)
                """,
            rows: rows.map { values(of: $0, at: now) }
        )
        try insertPostings(rows.map { ($0.id, $0.content) })
        try insertTags(rows.map { ($0.id, $0.content.tags) })
    }

    private func values(of row: NewRow, at now: Instant) -> [SQLValue] {
        let (content, summary) = (row.content, row.summary)
        return [
            household.sqlValue, row.id.sqlValue, content.date.sqlValue,
            .text(summary.type.rawValue),
            content.state.rawValue.sqlValue, summary.account.sqlValue,
            Self.optional(summary.toAccount), Self.optional(summary.category),
            summary.signedAmount.sqlValue, .amount(Self.magnitude(summary.signedAmount)),
            summary.signedAmount.currency.sqlValue, Self.optional(summary.toAmount),
            Self.optional(summary.toAmount?.currency), (!summary.splits.isEmpty).sqlValue,
            (!content.tags.isEmpty).sqlValue, Self.optional(row.payeeID),
            Self.optional(content.payee), Self.optional(content.note),
            Self.optional(content.bankText), .text(content.source.rawValue),
            Self.optional(content.importID), Self.optional(content.link?.transaction),
            false.sqlValue,
            now.sqlValue, now.sqlValue,
        ]
    }

    /// Amounts come from balanced postings, whose opposites were representable; the one that has none is
    /// held to the largest.
    static func magnitude(_ money: Money) -> Int64 {
        money.tenThousandths == .min ? .max : abs(money.tenThousandths)
    }

    private static func optional<Value: SQLBindable>(_ value: Value?) -> SQLValue {
        value?.sqlValue ?? .null(Value.sqlType)
    }

    private func insertPostings(_ contents: [(TransactionID, TransactionContent)]) throws {
        try transaction.insert(
            into: """
                posting (household_id, transaction_id, position, account_id, date, amount, currency, memo)
                """,
            rows: contents.flatMap { id, content in
                content.postings.postings.enumerated().map { position, posting in
                    [
                        household.sqlValue, id.sqlValue, position.sqlValue,
                        posting.account.sqlValue, content.date.sqlValue, posting.amount.sqlValue,
                        posting.amount.currency.sqlValue, Self.optional(posting.memo),
                    ]
                }
            }
        )
    }

    private func insertTags(_ tags: [(TransactionID, [String])]) throws {
        try transaction.insert(
            into: "transaction_tag (household_id, tag, transaction_id)",
            rows: tags.flatMap { id, tags in
                tags.map { [household.sqlValue, .text($0), id.sqlValue] }
            }
        )
    }

    /// Closes a transaction's postings; the engine refuses sums that are not zero.
    package func seal(_ id: TransactionID) throws {
        try transaction.execute(
            """
            UPDATE ledger_transaction SET sealed = \(true)
            WHERE household_id = \(household) AND id = \(id)
            """
        )
    }

    /// Closes the postings of every open transaction between two ids.
    package func seal(from first: TransactionID, through last: TransactionID) throws {
        try transaction.execute(
            """
            UPDATE ledger_transaction SET sealed = \(true)
            WHERE household_id = \(household) AND id BETWEEN \(first) AND \(last)
                AND sealed = \(false)
            """
        )
    }

    /// Writes a changed transaction over its old self.
    package func replace(
        _ old: TransactionRecord,
        with row: NewRow,
        at now: Instant
    ) throws {
        let (content, summary) = (row.content, row.summary)
        let movesPostings =
            old.content.postings != content.postings || old.content.date != content.date
        if movesPostings {
            try transaction.execute(
                """
                UPDATE ledger_transaction SET sealed = \(false)
                WHERE household_id = \(household) AND id = \(old.id)
                """
            )
            try deletePostings(of: old.id)
            try insertPostings([(old.id, content)])
        }
        try transaction.execute(
            """
            UPDATE ledger_transaction SET date = \(content.date), type = \(summary.type.rawValue),
                state = \(content.state.rawValue), account_id = \(summary.account),
                to_account_id = \(summary.toAccount), category_id = \(summary.category),
                signed_amount = \(summary.signedAmount),
                magnitude = \(SQLValue.amount(Self.magnitude(summary.signedAmount))),
                currency = \(summary.signedAmount.currency), to_amount = \(summary.toAmount),
                to_currency = \(summary.toAmount?.currency), is_split = \(!summary.splits.isEmpty),
                has_tags = \(!content.tags.isEmpty), payee_id = \(row.payeeID),
                payee = \(content.payee), note = \(content.note), linked_id = \(content.link?.transaction),
                sealed = \(true), version = version + 1, updated_at = \(now)
            WHERE household_id = \(household) AND id = \(old.id)
            """
        )
        if old.content.tags != content.tags {
            try transaction.execute(
                """
                DELETE FROM transaction_tag
                WHERE household_id = \(household) AND transaction_id = \(old.id)
                """
            )
            try insertTags([(old.id, content.tags)])
        }
    }

    private func deletePostings(of id: TransactionID) throws {
        try transaction.execute(
            "DELETE FROM posting WHERE household_id = \(household) AND transaction_id = \(id)"
        )
    }

    /// Marks as deleted, or as live again with nil.
    package func setDeleted(_ id: TransactionID, at moment: Instant?, now: Instant) throws {
        try transaction.execute(
            """
            UPDATE ledger_transaction SET deleted_at = \(moment), version = version + 1,
                updated_at = \(now)
            WHERE household_id = \(household) AND id = \(id)
            """
        )
    }

    func deleteAll(importedBy batch: ImportBatchID, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE ledger_transaction SET deleted_at = \(now), version = version + 1,
                updated_at = \(now)
            WHERE household_id = \(household) AND import_id = \(batch) AND deleted_at IS NULL
            """
        )
    }
}
