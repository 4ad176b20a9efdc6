/// A transaction as people see it in a list: from where, to where or what for, how much.
package struct TransactionSummary: Hashable, Sendable {
    package let type: TransactionType
    /// The account whose register shows it first.
    package let account: AccountID
    package let toAccount: AccountID?
    /// Nil when it has none or several.
    package let category: AccountID?
    /// What changes in `account`, with its sign.
    package let signedAmount: Money
    /// What arrives in `toAccount`.
    package let toAmount: Money?
    /// The postings on categories, when there is more than one or they are part of a transfer.
    package let splits: [Posting]

    /// Tells the simple view from the postings.
    ///
    /// - Parameter node: what is known of each posting's node.
    package init(_ balanced: BalancedPostings, node: (AccountID) -> LedgerNode?) {
        var real: [Posting] = []
        var categories: [Posting] = []
        var systems: Set<SystemNode> = []
        for posting in balanced.postings {
            guard let known = node(posting.account) else { continue }
            if known.accountClass.isReal { real.append(posting) }
            if known.accountClass.isCategory { categories.append(posting) }
            if let system = known.system, known.accountClass == .equity { systems.insert(system) }
        }
        let first = real.first ?? balanced.postings[0]
        let out = real.first { $0.amount.isNegative }
        let into = real.first { !$0.amount.isNegative }
        if real.count == 2, let out, let into, systems.isSubset(of: [.exchange]) {
            self.init(.transfer, out, into: into, category: nil, splits: categories)
        } else if real.count == 1, !categories.isEmpty, systems.isSubset(of: [.exchange]) {
            self.init(
                first.amount.isNegative ? .expense : .income,
                first,
                into: nil,
                category: categories.count == 1 ? categories[0].account : nil,
                splits: categories.count == 1 ? [] : categories
            )
        } else if real.count == 1, categories.isEmpty, systems == [.opening] {
            self.init(.opening, first, into: nil, category: nil, splits: [])
        } else if real.count == 1, categories.isEmpty, systems == [.transit] {
            self.init(.transfer, first, into: nil, category: nil, splits: [])
        } else {
            self.init(.adjustment, first, into: nil, category: nil, splits: categories)
        }
    }

    /// One side of a transfer that two banks booked, with the account of the other side.
    package func paired(with other: AccountID) -> TransactionSummary {
        TransactionSummary(
            type: type,
            account: account,
            toAccount: other,
            category: category,
            signedAmount: signedAmount,
            toAmount: signedAmount.isNegative ? try? signedAmount.negated() : signedAmount,
            splits: splits
        )
    }

    private init(
        type: TransactionType,
        account: AccountID,
        toAccount: AccountID?,
        category: AccountID?,
        signedAmount: Money,
        toAmount: Money?,
        splits: [Posting]
    ) {
        self.type = type
        self.account = account
        self.toAccount = toAccount
        self.category = category
        self.signedAmount = signedAmount
        self.toAmount = toAmount
        self.splits = splits
    }

    private init(
        _ type: TransactionType,
        _ posting: Posting,
        into: Posting?,
        category: AccountID?,
        splits: [Posting]
    ) {
        self.type = type
        account = posting.account
        signedAmount = posting.amount
        toAccount = into?.account
        toAmount = into?.amount
        self.category = category
        self.splits = splits
    }
}
