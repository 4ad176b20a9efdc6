import Ledger

/// The categories that a new household begins with, for its people to change as they like.
struct StarterCategory {
    let accountClass: AccountClass
    let name: String
    let children: [String]

    private static func income(_ name: String) -> StarterCategory {
        StarterCategory(accountClass: .income, name: name, children: [])
    }

    private static func expense(_ name: String, _ children: String...) -> StarterCategory {
        StarterCategory(accountClass: .expense, name: name, children: children)
    }

    static let all: [StarterCategory] = [
        income("Salary"),
        income("Interest and dividends"),
        income("Benefits and pension"),
        income("Gifts received"),
        income("Other income"),
        expense(
            "Housing",
            "Rent",
            "Mortgage interest",
            "Electricity and gas",
            "Water and waste",
            "Internet and phone",
            "Furniture",
            "Repairs"
        ),
        expense("Food", "Groceries", "Restaurants", "Work lunches"),
        expense("Transport", "Public transport", "Fuel", "Car upkeep", "Parking", "Taxi"),
        expense("Health", "Doctor and dentist", "Pharmacy", "Sport"),
        expense("Leisure", "Going out", "Hobbies", "Books and media", "Subscriptions", "Travel"),
        expense("Shopping", "Clothes", "Electronics", "Household goods", "Personal care"),
        expense("Children", "Childcare", "School", "Toys"),
        expense("Insurance"),
        expense("Taxes"),
        expense("Fees", "Bank fees", "Interest paid"),
        expense("Gifts and donations"),
        expense("Pets"),
        expense("Other"),
    ]
}
