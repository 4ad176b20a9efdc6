package import Ledger

/// A believable five years of a household, from a seed: the same seed, day and number give the same entries.
///
/// What is bought is drawn by chance; the rest of life (`DemoCalendar`) falls on its days. Balances are followed,
/// so that the card is paid in full, cash is drawn before it runs out and what is left is saved.
package struct DemoPlan: Sendable, Sequence, IteratorProtocol {
    /// The seed of every demo household.
    package static let seed: UInt64 = 0x4D61_7274_6C65_74

    /// How many purchases a day the salary pays for; a household that buys more earns more.
    private static let usualPurchases: Int64 = 3
    /// What a purchase costs on average.
    private static let usualCents: Int64 = 3_600

    package let currency: Currency
    package let foreignCurrency: Currency
    let today: LocalDate
    let firstDay: LocalDate
    let calendar: DemoCalendar
    /// What the household earns a month beyond the usual, because it buys more than usual.
    let extraCents: Int64

    var random: DemoRandom
    /// - Units: cents of the account's currency, by account.
    var balances = [Int64](repeating: 0, count: DemoAccount.allCases.count)
    /// What is to be brought back, and when.
    var returns: [Return] = []

    struct Return: Sendable {
        let date: LocalDate
        let entry: DemoEntry
    }

    private var date: LocalDate
    private var waiting: [DemoEntry] = []
    private var left: Int
    private var skippedOccasions: Int
    private let purchases: (total: Int, weight: Int)
    private var weightSoFar = 0

    /// - Parameters:
    ///   - transactions: how many entries there are, opening balances among them.
    ///   - currency: the household's own.
    package init(
        seed: UInt64 = DemoPlan.seed,
        today: LocalDate,
        transactions: Int,
        currency: Currency
    ) {
        self.today = today
        self.currency = currency
        foreignCurrency = Currency(code: currency.code == "USD" ? "EUR" : "USD") ?? currency
        random = DemoRandom(seed: seed)
        calendar = DemoCalendar(today: today)
        left = transactions
        let span = Self.span(today, transactions, calendar)
        firstDay = span.first
        date = firstDay
        let isBought = calendar.purchaseDay < firstDay
        let openings = isBought ? 8 : 6
        let rest = Swift.max(transactions - openings, 0)
        skippedOccasions = Swift.max(span.occasions - rest, 0)
        let bought = Swift.max(rest - span.occasions, 0)
        var weight = 0
        let days = firstDay.days(until: today) + 1
        for offset in 0..<days { weight += DemoCalendar.weight(of: firstDay.adding(days: offset)) }
        purchases = (bought, weight)
        let unusual = Int64(bought) - Self.usualPurchases * Int64(days)
        extraCents = Swift.max(unusual, 0) * Self.usualCents * 30 / Int64(days)
        open()
    }

    /// The longest span, at most five years, whose occasions leave room for purchases.
    private static func span(
        _ today: LocalDate,
        _ transactions: Int,
        _ calendar: DemoCalendar
    ) -> (first: LocalDate, occasions: Int) {
        var months = DemoCalendar.months
        while true {
            let first = today.month.adding(months: 1 - months).firstDay
            let occasions = calendar.count(from: first, to: today)
            if occasions * 3 <= transactions * 2 || months == 1 { return (first, occasions) }
            months -= 1
        }
    }

    package mutating func next() -> DemoEntry? {
        guard left > 0 else { return nil }
        while waiting.isEmpty {
            guard date <= today else { return nil }
            live(through: date)
            date = date.adding(days: 1)
        }
        left -= 1
        return waiting.removeLast()
    }

    /// Everything of one day, the last first.
    private mutating func live(through date: LocalDate) {
        var entries: [DemoEntry] = []
        for occasion in calendar.occasions(on: date) {
            let entry = entry(for: occasion, on: date)
            if skippedOccasions > 0 {
                skippedOccasions -= 1
            } else {
                entries.append(entry)
            }
        }
        let before = purchases.total * weightSoFar / purchases.weight
        weightSoFar += DemoCalendar.weight(of: date)
        let after = purchases.total * weightSoFar / purchases.weight
        for _ in before..<after { entries.append(purchase(on: date)) }
        waiting = entries.reversed()
    }

    private mutating func open() {
        var entries: [DemoEntry] = []
        for account in DemoAccount.allCases {
            let cents = openingCents(of: account)
            guard cents != 0 else { continue }
            entries.append(
                DemoEntry(
                    date: firstDay,
                    state: .reconciled,
                    legs: [leg(account, cents), leg(.opening, -cents, in: account)]
                )
            )
        }
        waiting = entries.reversed()
    }

    private func openingCents(of account: DemoAccount) -> Int64 {
        let isBought = calendar.purchaseDay < firstDay
        return switch account {
        case .checking: 912_318 + extraCents * 2
        case .savings: isBought ? 1_840_000 : 8_950_000
        case .card: -38_417
        case .cash: 12_500
        case .foreign: 184_000
        case .investment: 920_000
        case .property: isBought ? DemoHome.price : 0
        case .mortgage:
            isBought ? -DemoHome.debt(before: firstDay, boughtOn: calendar.purchaseDay) : 0
        }
    }
}
