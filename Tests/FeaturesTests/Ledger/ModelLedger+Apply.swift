import Ledger

@testable import Features

extension ModelLedger {
    /// Does the same to the model.
    ///
    /// - Parameter made: the id that the database gave.
    /// - Returns: the code of the refusal; nil when it is done.
    mutating func apply(_ operation: ModelOperation, made: TransactionID?) -> String? {
        let code = attempt(operation, made: made)
        if code == nil { version += 1 }
        return code
    }

    private mutating func attempt(_ operation: ModelOperation, made: TransactionID?) -> String? {
        switch operation {
        case .add(let entry): add(entry, made)
        case .transfer(let from, let to, let amount, let arriving, let head):
            insert(transfer(from, to, amount, arriving), head, form: nil, made)
        case .split(let from, let parts, let head): split(from, parts, head, made)
        case .free(let postings, let head):
            insert(postings.map { Posting($0.account, eur($0.amount)) }, head, form: nil, made)
        case .edit(let id, let edit, let expected): self.edit(id, edit, expected)
        case .delete(let id): change([id], wasDeleted: false) { $0.isDeleted = true }
        case .restore(let id): restore(id)
        case .bulkState(let ids, let state): change(ids, wasDeleted: false) { $0.state = state }
        case .bulkDelete(let ids): change(ids, wasDeleted: false) { $0.isDeleted = true }
        case .setMinimum(let id, let minimum): setMinimum(id, minimum)
        case .setOpening(let id, let amount): setOpening(id, amount, made)
        case .dropCategory(let id, let target): dropCategory(id, target)
        }
    }

    private func eur(_ amount: Int64) -> Money { Money(tenThousandths: amount, LedgerFixture.eur) }

    // MARK: New ones

    private mutating func add(_ entry: ModelOperation.Entry, _ made: TransactionID?) -> String? {
        guard categories.contains(entry.category) else { return "validation.failed" }
        let form = Form(
            isIncome: entry.isIncome,
            account: entry.account,
            category: entry.category,
            amount: entry.amount
        )
        return insert(postings(form), entry.head, form: form, made)
    }

    private func postings(_ form: Form) -> [Posting] {
        let currency = accounts[form.account]!.currency
        let sign: Int64 = form.isIncome ? -1 : 1
        return [
            Posting(form.account, Money(tenThousandths: -sign * form.amount, currency)),
            Posting(form.category, Money(tenThousandths: sign * form.amount, currency)),
        ]
    }

    private func transfer(
        _ from: AccountID,
        _ to: AccountID,
        _ amount: Int64,
        _ arriving: Int64?
    ) -> [Posting] {
        let (one, other) = (accounts[from]!.currency, accounts[to]!.currency)
        let out = Posting(from, Money(tenThousandths: -amount, one))
        guard one != other, let arriving else {
            return [out, Posting(to, Money(tenThousandths: amount, one))]
        }
        return [
            out, Posting(exchange, Money(tenThousandths: amount, one)),
            Posting(exchange, Money(tenThousandths: -arriving, other)),
            Posting(to, Money(tenThousandths: arriving, other)),
        ]
    }

    private mutating func split(
        _ from: AccountID,
        _ parts: [(category: AccountID, amount: Int64)],
        _ head: ModelOperation.Head,
        _ made: TransactionID?
    ) -> String? {
        guard parts.allSatisfy({ categories.contains($0.category) }) else {
            return "validation.failed"
        }
        let whole = parts.reduce(0) { $0 + $1.amount }
        let currency = accounts[from]!.currency
        return insert(
            [Posting(from, Money(tenThousandths: -whole, currency))]
                + parts.map { Posting($0.category, Money(tenThousandths: $0.amount, currency)) },
            head,
            form: nil,
            made
        )
    }

    private mutating func insert(
        _ postings: [Posting],
        _ head: ModelOperation.Head,
        form: Form?,
        _ made: TransactionID?
    ) -> String? {
        let new = Transaction(
            date: head.date,
            state: head.state,
            payee: head.payee,
            tags: Set(head.tags),
            postings: postings,
            form: form
        )
        guard postings.allSatisfy({ isKnown($0.account) }) else { return "validation.failed" }
        if let code = overdraft(from: [], to: [new]) { return code }
        if let made { transactions[made] = new }
        return nil
    }

    private func isKnown(_ id: AccountID) -> Bool {
        accounts[id] != nil || categories.contains(id) || id == exchange || id == openingNode
    }

    // MARK: Changes

    private mutating func change(
        _ ids: [TransactionID],
        wasDeleted: Bool,
        _ body: (inout Transaction) -> Void
    ) -> String? {
        let old = Set(ids).sorted().compactMap { transactions[$0] }
        guard old.count == Set(ids).count, old.allSatisfy({ $0.isDeleted == wasDeleted }) else {
            return "transaction.not_found"
        }
        let kept = transactions
        // One after the other, as the use case does: each step has to hold.
        for id in Set(ids).sorted() {
            guard let before = transactions[id] else { continue }
            var after = before
            body(&after)
            if let code = overdraft(from: [before], to: [after]) {
                transactions = kept
                return code
            }
            after.version += 1
            transactions[id] = after
        }
        return nil
    }

    private mutating func restore(_ id: TransactionID) -> String? {
        guard let old = transactions[id] else { return "transaction.not_found" }
        // Restoring what is not deleted answers it and changes nothing.
        guard old.isDeleted else { return "nothing" }
        guard old.postings.allSatisfy({ isKnown($0.account) }) else {
            return "transaction.account_deleted"
        }
        return change([id], wasDeleted: true) { $0.isDeleted = false }
    }

    private mutating func edit(
        _ id: TransactionID,
        _ edit: ModelOperation.Edit,
        _ expected: Int64?
    ) -> String? {
        guard let old = transactions[id], !old.isDeleted else { return "transaction.not_found" }
        guard expected == nil || expected == old.version else { return "conflict.stale" }
        var form = old.form
        switch edit {
        case .amount(let amount): form?.amount = amount
        case .category(let category): form?.category = category
        case .account(let account): form?.account = account
        default: break
        }
        if let form, form != old.form {
            guard categories.contains(form.category) else { return "validation.failed" }
        }
        let postings =
            form == old.form ? old.postings : form.map { self.postings($0) } ?? old.postings
        return change([id], wasDeleted: false) { transaction in
            transaction.form = form
            transaction.postings = postings
            switch edit {
            case .date(let date): transaction.date = date
            case .state(let state): transaction.state = state
            case .payee(let payee): transaction.payee = payee
            case .tags(let tags): transaction.tags = Set(tags)
            default: break
            }
        }
    }

    private mutating func setMinimum(_ id: AccountID, _ minimum: Int64?) -> String? {
        accounts[id]?.minimum = minimum
        return nil
    }

    private mutating func setOpening(
        _ id: AccountID,
        _ amount: Int64,
        _ made: TransactionID?
    ) -> String? {
        guard let account = accounts[id] else { return "account.not_found" }
        let money = Money(tenThousandths: amount, account.currency)
        let postings = [
            Posting(id, money),
            Posting(openingNode, Money(tenThousandths: -amount, account.currency)),
        ]
        if let opening = account.opening, transactions[opening]?.isDeleted == false {
            if amount == 0 {
                let code = change([opening], wasDeleted: false) { $0.isDeleted = true }
                if code == nil { accounts[id]?.opening = nil }
                return code
            }
            return change([opening], wasDeleted: false) { $0.postings = postings }
        }
        guard amount != 0 else {
            accounts[id]?.opening = nil
            return nil
        }
        let head = ModelOperation.Head(
            date: LedgerFixture.today,
            state: .cleared,
            payee: nil,
            tags: []
        )
        if let code = insert(postings, head, form: nil, made) { return code }
        accounts[id]?.opening = made
        return nil
    }

    private mutating func dropCategory(_ id: AccountID, _ target: AccountID) -> String? {
        guard categories.contains(id) else { return "category.not_found" }
        guard categories.contains(target), target != id else { return "validation.failed" }
        for (key, transaction) in transactions
        where transaction.postings.contains(where: { $0.account == id }) {
            var moved = transaction
            moved.postings = transaction.postings.map {
                $0.account == id ? Posting(target, $0.amount, memo: $0.memo) : $0
            }
            if moved.form?.category == id { moved.form?.category = target }
            moved.version += 1
            transactions[key] = moved
        }
        categories.remove(id)
        return nil
    }
}
