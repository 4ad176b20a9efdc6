/// One line of a transaction: so much into or out of one node of the ledger.
///
/// - Units: positive is into the node. An expense puts money into its category, an income takes it out.
package struct Posting: Hashable, Sendable {
    package let account: AccountID
    package let amount: Money
    package let memo: String?

    package init(_ account: AccountID, _ amount: Money, memo: String? = nil) {
        self.account = account
        self.amount = amount
        self.memo = memo
    }
}

/// A set of postings that balances.
///
/// - Invariant: at least two postings, and those of each currency sum to zero.
package struct BalancedPostings: Hashable, Sendable {
    package let postings: [Posting]

    /// - Throws: `tooFewPostings`, `tooManyPostings`, `unbalanced(by:)`, or `money` when a sum overflows.
    package init(_ postings: [Posting]) throws(TransactionError) {
        guard postings.count >= 2 else { throw .tooFewPostings }
        guard postings.count <= Self.limit else { throw .tooManyPostings(limit: Self.limit) }
        var sums: [Currency: Money] = [:]
        for posting in postings {
            let currency = posting.amount.currency
            do {
                let sum = sums[currency, default: .zero(currency)]
                sums[currency] = try sum.adding(posting.amount)
            } catch { throw .money(error) }
        }
        for (_, sum) in sums.sorted(by: { $0.key.code < $1.key.code }) where !sum.isZero {
            throw .unbalanced(by: sum)
        }
        self.postings = postings
    }

    /// The most postings that one transaction may have.
    package static let limit = 500
}

/// What makes a set of postings no transaction.
package enum TransactionError: Error, Hashable {
    case tooFewPostings
    case tooManyPostings(limit: Int)
    case unbalanced(by: Money)
    case money(MoneyError)
}
