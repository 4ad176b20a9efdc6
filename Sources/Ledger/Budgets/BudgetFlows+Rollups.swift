/// The sum of a node's postings in one period, seen from one real account: a row of the rollups, converted.
package struct BudgetRollup: Hashable, Sendable {
    package let node: AccountID
    /// The real account on the other side; the node itself where there is none.
    package let counter: AccountID
    package let net: BudgetAmount

    package init(node: AccountID, counter: AccountID, net: BudgetAmount) {
        self.node = node
        self.counter = counter
        self.net = net
    }
}

/// What a node is to a budget.
package enum BudgetRole: Hashable, Sendable {
    /// An account whose money is given jobs.
    case cash
    /// The node of transfers in transit: cash too, on its way between two accounts.
    case transit
    case card
    /// An account outside the budget. Money that goes there is spent, on a category or on none.
    case offBudget(category: AccountID?)
    case category
    case opening
    /// What exchanges pass through: the accounts on both sides tell everything.
    case exchange
}

extension BudgetFlows {
    /// Makes flows of the rollups of a period.
    ///
    /// What an account's own change leaves after its categories is what went between accounts of the budget, so a
    /// purchase that a card and a checking account paid together is no payment of the card. What is left of all
    /// cash (opening balances, differences of exchanges, what a category lacks for want of a rate) has no category.
    ///
    /// - Complexity: linear in the rows.
    /// - Throws: `overflow`.
    package init(
        rollups: [BudgetRollup],
        roles: [AccountID: BudgetRole],
        currency: Currency
    ) throws(MoneyError) {
        var sums = BudgetRollupSums()
        for row in rollups { try sums.add(row, roles) }
        self.init(entries: sums.entries)
        var rest = sums.cash
        for entry in entries where roles[entry.account] != .card { rest -= entry.amount.known.wide }
        for (card, change) in sums.cards {
            let between = sums.betweenCards(card)
            let restated = sums.restated[card] ?? 0
            let payment = change - between - restated - (sums.spentOnCards[card] ?? 0)
            rest += payment
            payments[card] = try Money(wide: payment, currency)
            betweenCards[card] = try Money(wide: between, currency)
            self.restated[card] = try Money(wide: restated, currency)
        }
        // Whichever account of cash it is booked on, it is ready to assign.
        let account = roles.filter { $0.value == .cash || $0.value == .transit }.keys.min()
        if let account, rest != 0 || !sums.missingRates.isEmpty {
            let amount = BudgetAmount(
                try Money(wide: rest, currency),
                missingRates: sums.missingRates
            )
            entries.append(Entry(category: nil, account: account, amount: amount))
        }
    }
}

private struct BudgetRollupSums {
    private struct Pair: Hashable {
        let card: AccountID
        let other: AccountID
    }

    var entries: [BudgetFlows.Entry] = []
    /// The change of all cash accounts and of what is in transit between them.
    var cash: WideAmount = 0
    var cards: [AccountID: WideAmount] = [:]
    var spentOnCards: [AccountID: WideAmount] = [:]
    var restated: [AccountID: WideAmount] = [:]
    var missingRates: Set<Currency> = []
    private var pairs: [Pair: WideAmount] = [:]

    mutating func add(
        _ row: BudgetRollup,
        _ roles: [AccountID: BudgetRole]
    ) throws(MoneyError) {
        let net = row.net.known.wide
        let counter = roles[row.counter]
        let isBudgeted = counter == .cash || counter == .card
        switch roles[row.node] {
        case .cash:
            cash += net
            missingRates.formUnion(row.net.missingRates)
        case .card:
            cards[row.node, default: 0] += net
            if !row.net.missingRates.isEmpty {
                // An entry of nothing says on the card, and where its money comes from, what is not known.
                enter(
                    BudgetAmount(.zero(row.net.known.currency), missingRates: row.net.missingRates),
                    nil,
                    row.node,
                    roles
                )
            }
            if counter == .card, row.counter != row.node {
                pairs[Pair(card: row.node, other: row.counter), default: 0] += net
            }
        case .transit:
            if isBudgeted {
                cash += net
            } else if case .offBudget(let category) = counter {
                cash += net
                enter(row.net, category, row.node, roles)
            }
        case .offBudget(let category) where isBudgeted:
            enter(try row.net.negated(), category, row.counter, roles)
        case .category where isBudgeted:
            enter(try row.net.negated(), row.node, row.counter, roles)
        case .opening where counter == .card:
            restated[row.counter, default: 0] -= net
        default: break
        }
    }

    private mutating func enter(
        _ amount: BudgetAmount,
        _ category: AccountID?,
        _ account: AccountID,
        _ roles: [AccountID: BudgetRole]
    ) {
        entries.append(BudgetFlows.Entry(category: category, account: account, amount: amount))
        // What a category lacks is part of what is left of the account that paid.
        missingRates.formUnion(amount.missingRates)
        if roles[account] == .card { spentOnCards[account, default: 0] += amount.known.wide }
    }

    /// What other cards paid to this one. A transfer has opposite signs on its two sides; a purchase that two cards
    /// paid together has the same.
    func betweenCards(_ card: AccountID) -> WideAmount {
        pairs.reduce(0) { sum, pair in
            guard pair.key.card == card else { return sum }
            let other = pairs[Pair(card: pair.key.other, other: card)] ?? 0
            guard pair.value.signum() * other.signum() < 0 else { return sum }
            return sum + pair.value.signum() * min(abs(pair.value), abs(other))
        }
    }
}

extension BudgetAmount {
    fileprivate func negated() throws(MoneyError) -> BudgetAmount {
        BudgetAmount(try known.negated(), missingRates: missingRates)
    }
}
