package import Ledger

/// A transaction of the demo household, before anything has an id.
package struct DemoEntry: Sendable, Equatable {
    package var date: LocalDate
    package var state: TransactionState
    package var payee: String?
    package var note: String?
    package var tags: [String] = []
    package var bankText: String?
    /// They sum to zero per currency.
    package var legs: [Leg]

    /// One posting to be.
    package struct Leg: Sendable, Equatable {
        package let place: DemoPlace
        package let amount: Money
        package var memo: String?
    }

    /// The account whose opening balance this is.
    var openedAccount: DemoAccount? {
        guard legs.contains(where: { $0.place == .opening }) else { return nil }
        for leg in legs { if case .account(let account) = leg.place { return account } }
        return nil
    }

    /// The category that it is about, where there is exactly one.
    var category: DemoCategory? {
        var found: [DemoCategory] = []
        for leg in legs { if case .category(let category) = leg.place { found.append(category) } }
        return found.count == 1 ? found[0] : nil
    }
}

/// What a demo transaction is booked on.
package enum DemoPlace: Hashable, Sendable {
    case account(DemoAccount)
    case category(DemoCategory)
    case opening
    case exchange
}

/// The accounts of the demo household.
package enum DemoAccount: Int, CaseIterable, Sendable {
    case checking, savings, card, cash, foreign, investment, property, mortgage

    var name: String {
        switch self {
        case .checking: "Current account"
        case .savings: "Savings"
        case .card: "Credit card"
        case .cash: "Cash"
        case .foreign: "Freelance account"
        case .investment: "Index fund"
        case .property: "Flat in Linden Street"
        case .mortgage: "Mortgage"
        }
    }

    var kind: AccountKind {
        switch self {
        case .checking, .foreign: .checking
        case .savings: .savings
        case .card: .creditCard
        case .cash: .cash
        case .investment: .investment
        case .property: .property
        case .mortgage: .mortgage
        }
    }
}

/// The categories of the demo household, by the names of the starter set.
package enum DemoCategory: String, CaseIterable, Sendable {
    case salary = "Salary"
    case interest = "Interest and dividends"
    case benefits = "Benefits and pension"
    case otherIncome = "Other income"
    case rent = "Rent"
    case mortgageInterest = "Mortgage interest"
    case electricity = "Electricity and gas"
    case water = "Water and waste"
    case internet = "Internet and phone"
    case furniture = "Furniture"
    case repairs = "Repairs"
    case groceries = "Groceries"
    case restaurants = "Restaurants"
    case lunches = "Work lunches"
    case publicTransport = "Public transport"
    case fuel = "Fuel"
    case carUpkeep = "Car upkeep"
    case parking = "Parking"
    case taxi = "Taxi"
    case doctor = "Doctor and dentist"
    case pharmacy = "Pharmacy"
    case sport = "Sport"
    case goingOut = "Going out"
    case hobbies = "Hobbies"
    case books = "Books and media"
    case subscriptions = "Subscriptions"
    case travel = "Travel"
    case clothes = "Clothes"
    case electronics = "Electronics"
    case household = "Household goods"
    case personalCare = "Personal care"
    case childcare = "Childcare"
    case toys = "Toys"
    case insurance = "Insurance"
    case taxes = "Taxes"
    case bankFees = "Bank fees"
    case gifts = "Gifts and donations"
    case pets = "Pets"

    var isIncome: Bool {
        switch self {
        case .salary, .interest, .benefits, .otherIncome: true
        default: false
        }
    }

    /// The category above it in the starter set.
    var parent: String? {
        switch self {
        case .rent, .mortgageInterest, .electricity, .water, .internet, .furniture, .repairs:
            "Housing"
        case .groceries, .restaurants, .lunches: "Food"
        case .publicTransport, .fuel, .carUpkeep, .parking, .taxi: "Transport"
        case .doctor, .pharmacy, .sport: "Health"
        case .goingOut, .hobbies, .books, .subscriptions, .travel: "Leisure"
        case .clothes, .electronics, .household, .personalCare: "Shopping"
        case .childcare, .toys: "Children"
        case .bankFees: "Fees"
        default: nil
        }
    }
}
