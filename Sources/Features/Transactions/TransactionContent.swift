package import Ledger
package import Storage

/// Everything about a transaction that a person or an import decides.
package struct TransactionContent: Sendable {
    package var date: LocalDate
    package var state: TransactionState
    package var payee: String?
    package var note: String?
    package var tags: [String]
    package var postings: BalancedPostings
    package var bankText: String?
    package var source: TransactionSource
    package var importID: ImportBatchID?
    /// The other side of a transfer that two banks booked.
    package var link: Link?

    /// Another transaction and the account that it is on.
    package struct Link: Sendable, Equatable {
        package let transaction: TransactionID
        package let account: AccountID

        package init(transaction: TransactionID, account: AccountID) {
            self.transaction = transaction
            self.account = account
        }
    }

    package init(
        date: LocalDate,
        state: TransactionState,
        payee: String? = nil,
        note: String? = nil,
        tags: [String] = [],
        postings: BalancedPostings,
        bankText: String? = nil,
        source: TransactionSource,
        importID: ImportBatchID? = nil,
        link: Link? = nil
    ) {
        self.date = date
        self.state = state
        self.payee = payee
        self.note = note
        self.tags = tags
        self.postings = postings
        self.bankText = bankText
        self.source = source
        self.importID = importID
        self.link = link
    }

    /// What full-text search looks at.
    package var searchText: String {
        [payee, note, bankText].compactMap(\.self).joined(separator: " ")
    }
}

/// A transaction as it is stored.
package struct TransactionRecord: Sendable {
    package let id: TransactionID
    package var content: TransactionContent
    package let payeeID: PayeeID?
    package let version: Int64
    package let deletedAt: Instant?
    package let createdAt: Instant

    package var booking: Booking {
        Booking(
            date: content.date,
            state: content.state,
            payee: payeeID,
            isDeleted: deletedAt != nil,
            postings: content.postings.postings
        )
    }
}
