import Ledger

/// A small household with cash, cards, and accounts outside the budget, whose transactions become rollups as in the
/// database and then a budget.
struct BudgetWorld {
    static let cash = [id(1), id(2)]
    static let cards = [id(3), id(4), id(5)]
    static let transit = id(6)
    static let loan = id(7)
    static let broker = id(8)
    static let opening = id(9)
    static let salary = id(10)
    /// Two trees: 20 over 21 and 22, 22 over 23; 24 over 25; the others are roots.
    static let spending = (20...27).map { id($0) }
    static let homeLoan = id(27)
    static let months = 6

    static let roles: [AccountID: BudgetRole] = {
        var roles: [AccountID: BudgetRole] = [
            transit: .transit, loan: .offBudget(category: homeLoan),
            broker: .offBudget(category: nil),
            opening: .opening, salary: .category,
        ]
        for account in cash { roles[account] = .cash }
        for card in cards { roles[card] = .card }
        for category in spending { roles[category] = .category }
        return roles
    }()

    private static func id(_ number: Int) -> AccountID {
        AccountID(UniqueID(high: 7, low: UInt64(number)))
    }

    /// The transactions of each month.
    var ledger: [[[Posting]]]
    var plans: [BudgetPlan]
    var categories: [BudgetTree.Category]
    var lines: [BudgetLine]

    func history() throws -> BudgetHistory {
        let zero = Money.zero(.eur)
        return BudgetHistory(
            currency: .eur,
            tree: BudgetTree(categories: categories, lines: lines),
            cards: Dictionary(uniqueKeysWithValues: Self.cards.map { ($0, zero) }),
            periods: try zip(plans, ledger).map { plan, transactions in
                BudgetHistory.Period(
                    plan: plan,
                    flows: try BudgetFlows(
                        rollups: Self.rollups(transactions),
                        roles: Self.roles,
                        currency: .eur
                    )
                )
            }
        )
    }

    private static func rollups(_ transactions: [[Posting]]) throws -> [BudgetRollup] {
        struct Key: Hashable {
            let node: AccountID
            let counter: AccountID
        }
        var sums: [Key: Money] = [:]
        let real = Set(cash + cards + [loan, broker])
        for postings in transactions {
            for share in try RollupShare.shares(of: postings, isReal: real.contains) {
                let key = Key(node: share.node, counter: share.counter)
                sums[key] = try (sums[key] ?? .zero(.eur)).adding(share.net)
            }
        }
        return sums.map {
            BudgetRollup(node: $0.key.node, counter: $0.key.counter, net: BudgetAmount($0.value))
        }
    }

    /// What the accounts hold at the end of a month, by their postings.
    func balance(of accounts: [AccountID], after month: Int) throws -> Money {
        try ledger[...month].joined().joined().filter { accounts.contains($0.account) }
            .map(\.amount).sum(in: .eur)
    }

    /// Deletes a category and moves what was spent on it to another, as the register does.
    mutating func delete(_ category: AccountID, movingTo other: AccountID) {
        let parent = categories.first { $0.id == category }?.parent
        categories.removeAll { $0.id == category }
        categories = categories.map {
            BudgetTree.Category(
                id: $0.id,
                parent: $0.parent == category ? parent : $0.parent,
                isIncome: $0.isIncome
            )
        }
        ledger = ledger.map { month in
            month.map { postings in
                postings.map {
                    Posting($0.account == category ? other : $0.account, $0.amount)
                }
            }
        }
    }
}
