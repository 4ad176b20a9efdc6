import Ledger
import Storage

/// A node of the ledger as a budget sees it.
struct BudgetNode: Sendable {
    let id: AccountID
    let name: String
    let accountClass: AccountClass
    let system: SystemNode?
    let parent: AccountID?
    let position: Int64
    let isDeleted: Bool
    /// Of an account: whether its money is given jobs.
    let isBudgeted: Bool
    /// The category that money counts on which goes to an account outside the budget.
    let spendingCategory: AccountID?

    var role: BudgetRole {
        switch (system, accountClass) {
        case (.opening, _): .opening
        case (.exchange, _): .exchange
        case (.transit, _): .transit
        case (_, .asset): isBudgeted ? .cash : .offBudget(category: spendingCategory)
        case (_, .liability): isBudgeted ? .card : .offBudget(category: spendingCategory)
        default: .category
        }
    }

    var category: BudgetTree.Category? {
        guard accountClass.isCategory, !isDeleted else { return nil }
        return BudgetTree.Category(id: id, parent: parent, isIncome: accountClass == .income)
    }
}

extension AccountKind {
    /// Whether an account of this kind belongs to the budget as long as nobody says otherwise.
    var isBudgeted: Bool {
        switch self {
        case .checking, .savings, .cash, .creditCard: true
        case .loan, .mortgage, .investment, .property, .vehicle, .otherAsset, .otherLiability: false
        }
    }
}

extension BudgetStore {
    /// Every node, the order of people's lists kept.
    func nodes() throws -> [BudgetNode] {
        try transaction.rows(
            """
            SELECT id, name, class, kind, system, parent_id, position, deleted_at, is_budgeted,
                budget_category_id
            FROM account WHERE household_id = \(household) ORDER BY position, id
            """
        ) { row in
            let id: AccountID = try row.identifier()
            let name = try row.text()
            let accountClass = AccountClass(rawValue: try row.text()) ?? .equity
            let kind = try row.textOrNil().flatMap(AccountKind.init)
            return BudgetNode(
                id: id,
                name: name,
                accountClass: accountClass,
                system: try row.textOrNil().flatMap(SystemNode.init),
                parent: try row.identifierOrNil(),
                position: try row.integer(),
                isDeleted: try row.integerOrNil() != nil,
                isBudgeted: try row.booleanOrNil() ?? kind?.isBudgeted ?? false,
                spendingCategory: try row.identifierOrNil()
            )
        }
    }
}
