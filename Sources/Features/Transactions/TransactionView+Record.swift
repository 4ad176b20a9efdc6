import Ledger
import Storage

extension TransactionView {
    /// A transaction that has just been written, as a question for it would answer.
    ///
    /// - Parameter nodes: every node that its postings name.
    init(_ record: TransactionRecord, at now: Instant, nodes: [AccountID: Node]) {
        let content = record.content
        let summary = TransactionSummary(content.postings) { nodes[$0]?.ledger }
        func name(_ id: AccountID) -> String { nodes[id]?.name ?? "" }
        // As it was entered: the parts of an income are positive too.
        let sign: Int64 = summary.type == .income ? -1 : 1
        self.init(
            id: record.id,
            type: summary.type,
            date: content.date,
            state: content.state,
            account: summary.account,
            accountName: name(summary.account),
            toAccount: summary.toAccount,
            toAccountName: summary.toAccount.map(name),
            category: summary.category,
            categoryName: summary.category.map(name),
            signedAmount: summary.signedAmount,
            amount: Money(
                tenThousandths: TransactionStore.magnitude(summary.signedAmount),
                summary.signedAmount.currency
            ),
            toAmount: summary.toAmount,
            payee: content.payee,
            note: content.note,
            tags: content.tags,
            splits: summary.splits.map { posting in
                SplitView(
                    category: posting.account,
                    categoryName: name(posting.account),
                    amount: Money(
                        tenThousandths: posting.amount.tenThousandths &* sign,
                        posting.amount.currency
                    ),
                    memo: posting.memo
                )
            },
            source: content.source,
            bankText: content.bankText,
            importID: content.importID,
            linkedID: content.link?.transaction,
            deletedAt: record.deletedAt,
            version: record.version,
            createdAt: record.createdAt,
            updatedAt: now,
            postings: content.postings.postings.map { posting in
                PostingView(
                    account: posting.account,
                    accountName: name(posting.account),
                    amount: posting.amount,
                    memo: posting.memo
                )
            },
            isSplit: !summary.splits.isEmpty,
            hasTags: !content.tags.isEmpty
        )
    }
}
