import Ledger

/// A kind of purchase: who sells it, what it costs, how often it happens.
struct DemoShop: Sendable {
    let category: DemoCategory
    let payees: [String]
    /// - Units: hundredths of the currency's unit, before prices rose.
    let cents: ClosedRange<Int64>
    /// How often, against the others.
    let weight: Int64
    /// How many purchases in a thousand are paid in cash.
    var cashInThousand: Int64 = 0
    /// How many purchases in a thousand are brought back.
    var returnsInThousand: Int64 = 0
    var notes: [String] = []
    var tags: [String] = []

    static let all: [DemoShop] = food + around + home + fun

    private static let food = [
        DemoShop(
            category: .groceries,
            payees: [
                "Greenleaf Market", "Corner Grocers", "Fresh & Co", "Harvest Supermarket",
                "Sunday Farmers", "Basket Discount",
            ],
            cents: 850...9_400,
            weight: 330,
            cashInThousand: 80
        ),
        DemoShop(
            category: .lunches,
            payees: ["Canteen North", "Soup Kitchen Deli", "Noodle Bar Kyo", "Salad Works"],
            cents: 690...1_480,
            weight: 110
        ),
        DemoShop(
            category: .restaurants,
            payees: [
                "Trattoria Da Nino", "Café Lumière", "Bistro Zwölf", "Pizzeria Vesuvio",
                "The Old Mill", "Sushi Hana",
            ],
            cents: 1_450...8_900,
            weight: 90,
            notes: ["Dinner with Sam and Robin", "Anniversary", "Lunch with the parents"]
        ),
        DemoShop(
            category: .groceries,
            payees: ["Bakery Krumme", "Morning Bakery"],
            cents: 210...1_190,
            weight: 90,
            cashInThousand: 600
        ),
    ]

    private static let around = [
        DemoShop(
            category: .fuel,
            payees: ["Ringway Fuel", "Harbour Service Station"],
            cents: 3_900...8_400,
            weight: 40
        ),
        DemoShop(
            category: .publicTransport,
            payees: ["City Transit", "Regional Rail"],
            cents: 280...2_900,
            weight: 40
        ),
        DemoShop(
            category: .parking,
            payees: ["Central Parking", "Street Parking App"],
            cents: 150...1_600,
            weight: 24,
            cashInThousand: 200
        ),
        DemoShop(
            category: .taxi,
            payees: ["Night Taxi"],
            cents: 1_100...3_900,
            weight: 8,
            tags: ["late"]
        ),
        DemoShop(
            category: .carUpkeep,
            payees: ["Garage Petersen", "Bright Car Wash"],
            cents: 1_200...21_000,
            weight: 6,
            notes: ["Winter tyres", "Inspection"]
        ),
        DemoShop(
            category: .pharmacy,
            payees: ["Linden Pharmacy", "Station Pharmacy"],
            cents: 420...4_200,
            weight: 32
        ),
        DemoShop(
            category: .doctor,
            payees: ["Dr. Okafor", "Dental Practice Weiß"],
            cents: 1_000...14_000,
            weight: 8,
            tags: ["insurance claim"]
        ),
    ]

    private static let home = [
        DemoShop(
            category: .household,
            payees: ["Home & Hearth", "Hardware Hansen"],
            cents: 590...7_900,
            weight: 42,
            returnsInThousand: 60
        ),
        DemoShop(
            category: .clothes,
            payees: ["Thread & Needle", "Nordic Outfitters", "Little Feet Shoes"],
            cents: 1_490...15_900,
            weight: 38,
            returnsInThousand: 180
        ),
        DemoShop(
            category: .electronics,
            payees: ["Circuit House", "Pixel Store"],
            cents: 1_990...39_900,
            weight: 9,
            returnsInThousand: 100,
            tags: ["warranty"]
        ),
        DemoShop(
            category: .furniture,
            payees: ["Oak & Pine"],
            cents: 3_900...48_000,
            weight: 4,
            returnsInThousand: 60
        ),
        DemoShop(
            category: .personalCare,
            payees: ["Drugstore Plus", "Barber Malik"],
            cents: 390...4_800,
            weight: 40,
            cashInThousand: 150
        ),
        DemoShop(
            category: .toys,
            payees: ["Toy Chest", "Paper Plane"],
            cents: 690...5_900,
            weight: 16,
            returnsInThousand: 50
        ),
        DemoShop(
            category: .pets,
            payees: ["Paws and Claws", "Vet Dr. Lindqvist"],
            cents: 690...9_800,
            weight: 20
        ),
    ]

    private static let fun = [
        DemoShop(
            category: .books,
            payees: ["Page One Books", "Kiosk Central"],
            cents: 320...3_900,
            weight: 26,
            cashInThousand: 250
        ),
        DemoShop(
            category: .goingOut,
            payees: ["Kino Astor", "Jazz Cellar", "City Theatre"],
            cents: 900...7_800,
            weight: 26,
            cashInThousand: 250
        ),
        DemoShop(
            category: .hobbies,
            payees: ["Climbing Hall", "Garden Centre Rosa", "Strings & Keys"],
            cents: 900...8_900,
            weight: 18
        ),
        DemoShop(
            category: .gifts,
            payees: ["Flowers on the Square", "Wrap & Ribbon", "Doctors Without Borders"],
            cents: 1_000...7_500,
            weight: 14,
            notes: ["Birthday of Robin", "For grandma"]
        ),
    ]
}
