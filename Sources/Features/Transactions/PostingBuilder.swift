package import Ledger

/// Makes balanced postings from the simple form of a transaction.
package struct PostingBuilder {
    /// Every node that the request names, and the system nodes.
    package let nodes: [AccountID: Node]
    package let systems: [SystemNode: AccountID]

    package init(nodes: [AccountID: Node], systems: [SystemNode: AccountID]) {
        self.nodes = nodes
        self.systems = systems
    }

    /// The simple form with its amounts in their currencies' minor units.
    package struct SimpleForm: Sendable {
        package var type: TransactionInput.SimpleType
        package var account: AccountID
        package var toAccount: AccountID?
        package var amount: EnteredAmount
        package var toAmount: EnteredAmount?
        package var category: AccountID?
        package var splits: [Split]

        package struct Split: Sendable {
            package let category: AccountID?
            package let amount: EnteredAmount
            package let memo: String?
        }
    }

    /// - Throws: 422 naming each field that does not fit.
    package func postings(_ form: SimpleForm) throws -> BalancedPostings {
        let account = try realAccount(form.account, "account_id")
        let currency = try currency(of: account)
        let amount = try form.amount.money(in: currency, field: "amount")
        if form.type == .transfer { return try transfer(form, from: account, amount) }
        let sign: Int64 = form.type == .expense ? 1 : -1
        let into = Money(tenThousandths: -sign * amount.tenThousandths, currency)
        let parts = try categoryPostings(form, amount, sign: sign)
        return try balanced([Posting(account.id, into)] + parts)
    }

    private func categoryPostings(
        _ form: SimpleForm,
        _ amount: Money,
        sign: Int64
    ) throws -> [Posting] {
        let fallback = form.type == .income ? SystemNode.uncategorisedIncome : .uncategorisedExpense
        guard !form.splits.isEmpty else {
            let node = try category(form.category, or: fallback, "category_id")
            return [
                Posting(node, Money(tenThousandths: sign * amount.tenThousandths, amount.currency))
            ]
        }
        var postings: [Posting] = []
        for (index, split) in form.splits.enumerated() {
            let field = "splits[\(index)]"
            let part = try split.amount.money(in: amount.currency, field: "\(field).amount")
            guard !part.isZero else {
                throw APIError.invalid("\(field).amount", "zero", "must not be zero")
            }
            let (signed, overflow) = part.tenThousandths.multipliedReportingOverflow(by: sign)
            guard !overflow else {
                throw APIError.invalid(
                    "\(field).amount",
                    "out_of_range",
                    "larger than an amount can be"
                )
            }
            let node = try category(split.category, or: fallback, "\(field).category_id")
            postings.append(
                Posting(node, Money(tenThousandths: signed, amount.currency), memo: split.memo)
            )
        }
        return postings
    }

    private func transfer(
        _ form: SimpleForm,
        from account: Node,
        _ amount: Money
    ) throws -> BalancedPostings {
        guard let to = form.toAccount else {
            throw APIError.invalid("to_account_id", "required", "is required")
        }
        let target = try realAccount(to, "to_account_id")
        guard target.id != account.id else {
            throw APIError.invalid("to_account_id", "same_account", "must be another account")
        }
        let currency = try currency(of: target)
        let out = Posting(account.id, try amount.negated())
        if currency == amount.currency {
            let arriving = try form.toAmount?.money(in: currency, field: "to_amount") ?? amount
            // What did not arrive, a fee or a loan's interest, is for the splits to explain.
            let parts = try categoryPostings(ofTransfer: form, amount)
            return try balanced([out, Posting(target.id, arriving)] + parts)
        }
        guard let entered = form.toAmount else {
            throw APIError.invalid(
                "to_amount",
                "required",
                "is required, since the accounts have different currencies"
            )
        }
        guard form.splits.isEmpty, form.category == nil else {
            throw APIError.invalid("splits", "not_with_exchange", "cannot stand beside an exchange")
        }
        let arriving = try entered.money(in: currency, field: "to_amount")
        guard let exchange = systems[.exchange] else {
            throw APIError.unavailable("the household has no exchange node")
        }
        return try balanced([
            out, Posting(exchange, amount), Posting(exchange, try arriving.negated()),
            Posting(target.id, arriving),
        ])
    }

    private func categoryPostings(ofTransfer form: SimpleForm, _ amount: Money) throws -> [Posting]
    {
        guard form.category == nil else {
            throw APIError.invalid("category_id", "not_for_transfer", "a transfer has no category")
        }
        return form.splits.isEmpty ? [] : try categoryPostings(form, amount, sign: 1)
    }

    // MARK: Free postings

    package func postings(_ inputs: [PostingInput]) throws -> BalancedPostings {
        var postings: [Posting] = []
        for (index, input) in inputs.enumerated() {
            let field = "postings[\(index)]"
            guard let node = nodes[input.account], !node.isDeleted else {
                throw APIError.invalid(
                    "\(field).account_id",
                    "not_found",
                    "there is no such account"
                )
            }
            guard let currency = input.currency ?? node.ledger.currency else {
                throw APIError.invalid(
                    "\(field).currency",
                    "required",
                    "is required for a category"
                )
            }
            if let own = node.ledger.currency, own != currency {
                throw APIError.invalid(
                    "\(field).currency",
                    "wrong_currency",
                    "\(node.name) is kept in \(own.code)"
                )
            }
            let money = try input.amount.money(in: currency, field: "\(field).amount")
            postings.append(Posting(node.id, money, memo: input.memo))
        }
        guard postings.contains(where: { nodes[$0.account]?.ledger.accountClass.isReal ?? false })
        else {
            throw APIError.invalid("postings", "no_account", "at least one must be on an account")
        }
        return try balanced(postings)
    }

    // MARK: Parts

    private func balanced(_ postings: [Posting]) throws -> BalancedPostings {
        do throws(TransactionError) {
            return try BalancedPostings(postings)
        } catch {
            throw APIError(error)
        }
    }

    private func realAccount(_ id: AccountID, _ field: String) throws -> Node {
        guard let node = nodes[id], node.ledger.accountClass.isReal, !node.isDeleted else {
            throw APIError.invalid(field, "not_found", "there is no such account")
        }
        return node
    }

    private func currency(of node: Node) throws -> Currency {
        guard let currency = node.ledger.currency else { throw APIError.notFound("account") }
        return currency
    }

    private func category(
        _ id: AccountID?,
        or fallback: SystemNode,
        _ field: String
    ) throws -> AccountID {
        guard let id = id ?? systems[fallback], let node = nodes[id],
            node.ledger.accountClass.isCategory, !node.isDeleted
        else { throw APIError.invalid(field, "not_found", "there is no such category") }
        return id
    }
}

extension APIError {
    init(_ error: TransactionError) {
        switch error {
        case .tooFewPostings: self = .invalid("postings", "too_few", "at least two are needed")
        case .tooManyPostings(let limit):
            self = .invalid("postings", "too_many", "at most \(limit) are possible")
        case .unbalanced(let sum):
            self = .invalid(
                "amount",
                "unbalanced",
                "the parts do not add up: \(sum.decimal) \(sum.currency.code) remain"
            )
        case .money: self = .invalid("amount", "out_of_range", "larger than an amount can be")
        }
    }
}
