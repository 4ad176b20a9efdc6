/// The five classes of double-entry bookkeeping.
package enum AccountClass: String, CaseIterable, Sendable {
    case asset, liability, income, expense, equity

    /// Whether it holds money that a household has or owes: what people call an account.
    package var isReal: Bool { self == .asset || self == .liability }

    /// Whether it says what money was for: what people call a category.
    package var isCategory: Bool { self == .income || self == .expense }
}

/// What people call the accounts that hold their money.
package enum AccountKind: String, CaseIterable, Sendable {
    case checking
    case savings
    case cash
    case creditCard = "credit_card"
    case loan
    case mortgage
    case investment
    case property
    case vehicle
    case otherAsset = "other_asset"
    case otherLiability = "other_liability"

    package var accountClass: AccountClass {
        switch self {
        case .creditCard, .loan, .mortgage, .otherLiability: .liability
        default: .asset
        }
    }
}

/// The nodes that the ledger itself needs; every household has one of each.
package enum SystemNode: String, CaseIterable, Sendable {
    /// The other side of what an account held when it was added.
    case opening
    /// What an exchange of currencies passes through, in each of them.
    case exchange
    /// Money on its way between two accounts whose banks booked it on different days.
    case transit
    /// The category of spending that nobody has named yet.
    case uncategorisedExpense = "uncategorised_expense"
    /// The category of income that nobody has named yet.
    case uncategorisedIncome = "uncategorised_income"

    package var accountClass: AccountClass {
        switch self {
        case .opening, .exchange, .transit: .equity
        case .uncategorisedExpense: .expense
        case .uncategorisedIncome: .income
        }
    }

    package var name: String {
        switch self {
        case .opening: "Opening balances"
        case .exchange: "Currency exchange"
        case .transit: "Transfers in transit"
        case .uncategorisedExpense: "Uncategorised"
        case .uncategorisedIncome: "Uncategorised income"
        }
    }
}
