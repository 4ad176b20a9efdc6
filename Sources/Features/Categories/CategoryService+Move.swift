import Ledger
import Storage

extension CategoryService {
    /// - Throws: 422 for a category that cannot take the transactions of others.
    func target(
        _ id: AccountID,
        except ids: [AccountID],
        in write: HouseholdWrite
    ) throws -> Node {
        let nodes = NodeStore(transaction: write.transaction, household: write.household)
        guard let node = try nodes.find([id])[id], node.ledger.accountClass.isCategory,
            !node.isDeleted, !ids.contains(id)
        else {
            throw APIError.invalid("move_to", "not_found", "there is no such category to move to")
        }
        return node
    }

    /// Gives every posting of some categories to another. Those that the member does not see need no target: they
    /// become uncategorised.
    ///
    /// - Throws: 409 `category.in_use` when transactions are seen in them and there is no target.
    func moveTransactions(
        of ids: [AccountID],
        to target: Node?,
        in write: HouseholdWrite
    ) throws -> [AuditNote.Change] {
        let store = TransactionStore(transaction: write.transaction, household: write.household)
        let book = LedgerBook(write)
        let records = try store.records(
            """
            t.id IN (SELECT transaction_id FROM posting
                WHERE household_id = \(write.household) AND account_id IN \(list: ids))
            """
        )
        guard !records.isEmpty else { return [] }
        let seen = try write.fullySeen(records.map(\.id)).count
        guard seen == 0 || target != nil else { throw Self.inUse(seen) }
        let target = try target ?? Self.uncategorised(for: ids, book)
        let moving = Set(ids)
        let list = TransactionListStore(
            transaction: write.transaction,
            household: write.household
        )
        var changes: [AuditNote.Change] = []
        for record in records {
            let before = try list.detail(record.id)
            var content = record.content
            content.postings = try BalancedPostings(
                content.postings.postings.map { posting in
                    moving.contains(posting.account)
                        ? Posting(target.id, posting.amount, memo: posting.memo) : posting
                }
            )
            let known = try book.nodes.find(Set(content.postings.postings.map(\.account)))
            _ = try book.revise(record, to: content, known: known)
            changes.append(
                .init(
                    entity: record.id.value,
                    before: TransactionView.detail.bytes(before),
                    after: TransactionView.detail.bytes(try list.detail(record.id))
                )
            )
        }
        return changes
    }

    private static func uncategorised(for ids: [AccountID], _ book: LedgerBook) throws -> Node {
        let isIncome = try book.nodes.find(ids).values.contains {
            $0.ledger.accountClass == .income
        }
        return try book.nodes.load(isIncome ? .uncategorisedIncome : .uncategorisedExpense)
    }

    private static func inUse(_ count: Int) -> APIError {
        var details = JSONWriter()
        details.object { writer in
            writer.name("transaction_count")
            writer.integer(Int64(count))
        }
        return .conflict(
            "category.in_use",
            "\(count) transactions lie in it. Say where they go with move_to.",
            details: details.bytes
        )
    }
}
