/// What a household has decided about the budget of one category, whatever the month.
///
/// The numbers of the months are in `BudgetPlan`.
package struct BudgetLine: Hashable, Sendable {
    package let category: AccountID
    package let rollover: BudgetRollover
    package let kind: BudgetKind

    package init(
        category: AccountID,
        rollover: BudgetRollover = .none,
        kind: BudgetKind = .flexible
    ) {
        self.category = category
        self.rollover = rollover
        self.kind = kind
    }
}

/// What becomes of a budget's rest when its period ends.
package enum BudgetRollover: String, CaseIterable, Sendable {
    /// Every period begins at zero. What is left is ready to assign again; what is overspent is taken from what is
    /// ready to assign in the next period.
    case none
    /// What is left stays; what is overspent is taken from what is ready to assign in the next period.
    case surplus
    /// Both stay: an overspent budget begins the next period below zero.
    case surplusAndOverspending = "surplus_and_overspending"

    var keepsSurplus: Bool { self != .none }
    var keepsOverspending: Bool { self == .surplusAndOverspending }
}

/// Where a category stands in a flex budget.
package enum BudgetKind: String, CaseIterable, Sendable {
    /// The same every period: rent, insurance.
    case fixed
    /// Not every period: holidays, taxes, repairs.
    case nonMonthly = "non_monthly"
    /// Everything else; it shares one number.
    case flexible
}

/// The stored numbers of one period. Every way of looking at a budget reads these and changes none.
package struct BudgetPlan: Hashable, Sendable {
    /// By category or card: the limit of a category, which is what its envelope is assigned, and what is put aside
    /// for the payment of a card beyond its own purchases.
    package var assigned: [AccountID: Money]

    /// What is kept back from this period's income for the next.
    package var held: Money?

    package init(assigned: [AccountID: Money] = [:], held: Money? = nil) {
        self.assigned = assigned
        self.held = held
    }
}
