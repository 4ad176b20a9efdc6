/// What moved in one period, as sums; never a single transaction.
///
/// Money between two accounts of the budget is not in it, but for what went to cards. What an account outside
/// the budget paid or received from elsewhere is not in it either.
package struct BudgetFlows: Sendable {
    /// What one account of the budget gave or got for one purpose.
    package struct Entry: Hashable, Sendable {
        /// Nil for what has no category: to or from an account outside the budget, an opening balance, a correction,
        /// the difference of an exchange.
        package let category: AccountID?
        package let account: AccountID
        /// Below zero when money left the account.
        package let amount: BudgetAmount

        package init(category: AccountID?, account: AccountID, amount: BudgetAmount) {
            self.category = category
            self.account = account
            self.amount = amount
        }
    }

    package var entries: [Entry]

    /// What each card got from cash accounts; below zero for cash drawn on the card.
    package var payments: [AccountID: Money]

    /// What each card got from other cards; below zero for a card that paid for another.
    package var betweenCards: [AccountID: Money]

    /// By how much a card's balance changed without anybody paying: what was owed when it was added.
    package var restated: [AccountID: Money]

    package init(
        entries: [Entry] = [],
        payments: [AccountID: Money] = [:],
        betweenCards: [AccountID: Money] = [:],
        restated: [AccountID: Money] = [:]
    ) {
        self.entries = entries
        self.payments = payments
        self.betweenCards = betweenCards
        self.restated = restated
    }
}

/// Everything that a budget is computed from: its tree, where it began, and a plan and flows a period.
package struct BudgetHistory: Sendable {
    package struct Period: Sendable {
        package var plan: BudgetPlan
        package var flows: BudgetFlows

        package init(plan: BudgetPlan = BudgetPlan(), flows: BudgetFlows = BudgetFlows()) {
            self.plan = plan
            self.flows = flows
        }
    }

    package let currency: Currency
    package var tree: BudgetTree

    /// What the cash accounts of the budget held before the first period.
    package var openingCash: BudgetAmount

    /// The cards of the budget, and what was owed on each before the first period (below zero: credit on it).
    package var cards: [AccountID: Money]

    /// One after the other, without a gap.
    package var periods: [Period]

    package init(
        currency: Currency,
        tree: BudgetTree,
        openingCash: BudgetAmount? = nil,
        cards: [AccountID: Money] = [:],
        periods: [Period] = []
    ) {
        self.currency = currency
        self.tree = tree
        self.openingCash = openingCash ?? BudgetAmount(.zero(currency))
        self.cards = cards
        self.periods = periods
    }
}
