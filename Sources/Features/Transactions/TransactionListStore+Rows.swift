import Ledger
import Storage

extension TransactionListStore {
    /// What `view` reads, in its order.
    ///
    /// - Parameter t: the name of the rows of `ledger_transaction`; `a`, `b` and `c` are what `joins` adds.
    static func columns(of t: SQLText) -> SQLText {
        """
        \(t).id, \(t).type, \(t).date, \(t).state, \(t).account_id, a.name, \(t).to_account_id, b.name,
        \(t).category_id, c.name, \(t).currency, \(t).signed_amount, \(t).magnitude, \(t).to_currency,
        \(t).to_amount, \(t).payee, \(t).note, \(t).is_split, \(t).has_tags, \(t).source, \(t).bank_text,
        \(t).import_id, \(t).linked_id, \(t).deleted_at, \(t).version, \(t).created_at, \(t).updated_at
        """
    }

    /// The names of a row's accounts and category.
    static func joins(to t: SQLText) -> SQLText {
        """
        LEFT JOIN account a ON a.household_id = \(t).household_id AND a.id = \(t).account_id
        LEFT JOIN account b ON b.household_id = \(t).household_id AND b.id = \(t).to_account_id
        LEFT JOIN account c ON c.household_id = \(t).household_id AND c.id = \(t).category_id
        """
    }

    static func view(_ row: inout SQLRow) throws -> TransactionView {
        let id: TransactionID = try row.identifier()
        let type = TransactionType(rawValue: try row.text()) ?? .adjustment
        let date = try row.date()
        let state = TransactionState(rawValue: try row.int()) ?? .posted
        let account: AccountID = try row.identifier()
        let accountName = try row.text()
        let toAccount: AccountID? = try row.identifierOrNil()
        let toAccountName = try row.textOrNil()
        let category: AccountID? = try row.identifierOrNil()
        let categoryName = try row.textOrNil()
        let currency = try row.currency()
        let signed = Money(tenThousandths: try row.amount(), currency)
        let amount = Money(tenThousandths: try row.amount(), currency)
        let toCurrency = try row.currencyOrNil()
        let toAmount = try row.amountOrNil().flatMap { amount in
            toCurrency.map { Money(tenThousandths: amount, $0) }
        }
        let (payee, note) = (try row.textOrNil(), try row.textOrNil())
        let (isSplit, hasTags) = (try row.boolean(), try row.boolean())
        return TransactionView(
            id: id,
            type: type,
            date: date,
            state: state,
            account: account,
            accountName: accountName,
            toAccount: toAccount,
            toAccountName: toAccountName,
            category: category,
            categoryName: categoryName,
            signedAmount: signed,
            amount: amount,
            toAmount: toAmount,
            payee: payee,
            note: note,
            tags: [],
            splits: [],
            source: TransactionSource(rawValue: try row.text()) ?? .manual,
            bankText: try row.textOrNil(),
            importID: try row.identifierOrNil(),
            linkedID: try row.identifierOrNil(),
            deletedAt: try row.instantOrNil(),
            version: try row.integer(),
            createdAt: try row.instant(),
            updatedAt: try row.instant(),
            postings: [],
            isSplit: isSplit,
            hasTags: hasTags
        )
    }

    /// Adds the splits and tags of the few rows that have any, and what changed in the account that is looked at.
    func fill(_ views: [TransactionView], for account: AccountID?) throws -> [TransactionView] {
        let split = views.filter(\.isSplit).map(\.id)
        let tagged = views.filter(\.hasTags).map(\.id)
        // Free postings may lie in the account several times.
        let elsewhere = views.filter { view in
            account != nil && (view.account != account || view.type == .adjustment)
        }.map(\.id)
        guard !split.isEmpty || !tagged.isEmpty || !elsewhere.isEmpty else { return views }
        let splits = try splits(of: split)
        let tags = try tags(of: tagged)
        let changes = try account.map { try self.changes(of: elsewhere, in: $0) } ?? [:]
        return views.map { view in
            var view = view
            view.splits = splits[view.id] ?? []
            view.tags = tags[view.id] ?? []
            if let change = changes[view.id] { view.signedAmount = change }
            return view
        }
    }

    private func splits(
        of ids: [TransactionID]
    ) throws -> [TransactionID: [TransactionView.SplitView]] {
        var splits: [TransactionID: [TransactionView.SplitView]] = [:]
        guard !ids.isEmpty else { return splits }
        try transaction.forEach(
            """
            SELECT p.transaction_id, t.type, p.account_id, a.name, p.amount, p.currency, p.memo
            FROM posting p
            JOIN account a ON a.household_id = p.household_id AND a.id = p.account_id
            JOIN ledger_transaction t ON t.household_id = p.household_id AND t.id = p.transaction_id
            WHERE p.household_id = \(household) AND p.transaction_id IN \(list: ids)
                AND a.class IN ('income', 'expense')
            ORDER BY p.transaction_id, p.position
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            // As it was entered: the parts of an income are positive too.
            let sign: Int64 = try row.text() == "income" ? -1 : 1
            let category: AccountID = try row.identifier()
            let name = try row.text()
            let amount = try row.amount()
            let money = Money(tenThousandths: amount &* sign, try row.currency())
            splits[id, default: []].append(
                .init(
                    category: category,
                    categoryName: name,
                    amount: money,
                    memo: try row.textOrNil()
                )
            )
        }
        return splits
    }

    private func tags(of ids: [TransactionID]) throws -> [TransactionID: [String]] {
        var tags: [TransactionID: [String]] = [:]
        guard !ids.isEmpty else { return tags }
        try transaction.forEach(
            """
            SELECT transaction_id, tag FROM transaction_tag
            WHERE household_id = \(household) AND transaction_id IN \(list: ids)
            ORDER BY transaction_id, tag
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            tags[id, default: []].append(try row.text())
        }
        return tags
    }

    private func changes(
        of ids: [TransactionID],
        in account: AccountID
    ) throws -> [TransactionID: Money] {
        var changes: [TransactionID: Money] = [:]
        guard !ids.isEmpty else { return changes }
        try transaction.forEach(
            """
            SELECT transaction_id, currency, SUM(amount) FROM posting
            WHERE household_id = \(household) AND account_id = \(account)
                AND transaction_id IN \(list: ids)
            GROUP BY transaction_id, currency
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            let currency = try row.currency()
            changes[id] = Money(tenThousandths: try row.amount(), currency)
        }
        return changes
    }
}
