import Ledger

extension DemoPlan {
    private static let totalWeight = DemoShop.all.reduce(Int64(0)) { $0 + $1.weight }

    /// How many days the bank takes to book what was paid by card.
    private static let pendingDays = 3

    /// Something bought, brought back, or the cash for it.
    mutating func purchase(on date: LocalDate) -> DemoEntry {
        if let due = returns.first, due.date <= date {
            returns.removeFirst()
            return broughtBack(due.entry, on: date)
        }
        let shop = pickShop()
        let cents = price(in: shop, on: date)
        let payee = random.pick(shop.payees)
        let account = wayToPay(in: shop)
        if account == .cash, balance(.cash) < cents {
            let drawn = Swift.max(12_000, (cents / 5_000 + 1) * 5_000)
            return move(drawn, on: date, from: .checking, to: .cash, payee: "Cash machine")
        }
        var entry = spend(cents, on: date, at: payee, for: shop.category, from: account)
        if account != .cash, date.days(until: today) < Self.pendingDays { entry.state = .pending }
        if shop.category == .groceries, cents > 3_000, random.chance(inThousand: 120) {
            split(&entry, cents)
        }
        if !shop.notes.isEmpty, random.chance(inThousand: 150) {
            entry.note = random.pick(shop.notes)
        }
        if !shop.tags.isEmpty, random.chance(inThousand: 500) { entry.tags = shop.tags }
        if random.chance(inThousand: shop.returnsInThousand) {
            returns.append(
                Return(date: date.adding(days: Int(random.number(4...12))), entry: entry)
            )
        }
        return entry
    }

    private mutating func pickShop() -> DemoShop {
        var ticket = random.number(0...(Self.totalWeight - 1))
        for shop in DemoShop.all {
            if ticket < shop.weight { return shop }
            ticket -= shop.weight
        }
        return DemoShop.all[0]
    }

    private mutating func price(in shop: DemoShop, on date: LocalDate) -> Int64 {
        // The smaller of two draws, since most purchases are small.
        let drawn = Swift.min(random.number(shop.cents), random.number(shop.cents))
        let isFeast = date.monthOfYear == 12 && [.groceries, .gifts, .toys].contains(shop.category)
        return inflated(isFeast ? drawn * 3 / 2 : drawn, on: date)
    }

    private mutating func wayToPay(in shop: DemoShop) -> DemoAccount {
        if random.chance(inThousand: shop.cashInThousand) { return .cash }
        return random.chance(inThousand: 620) ? .card : .checking
    }

    /// Not everything from a supermarket is food.
    private mutating func split(_ entry: inout DemoEntry, _ cents: Int64) {
        let other = cents * random.number(15...45) / 100
        entry.legs[1] = leg(.groceries, cents - other, memo: "Food")
        entry.legs.append(leg(.household, other, memo: "Cleaning and paper"))
    }

    /// The money comes back to where it came from, and the category gets it back too.
    private mutating func broughtBack(_ bought: DemoEntry, on date: LocalDate) -> DemoEntry {
        var entry = bought
        entry.date = date
        entry.state = state(on: date)
        entry.note = "Brought back"
        entry.tags = []
        entry.bankText = bought.bankText.map { "REFUND \($0)" }
        entry.legs = bought.legs.map { leg in
            .init(
                place: leg.place,
                amount: Money(tenThousandths: -leg.amount.tenThousandths, leg.amount.currency)
            )
        }
        for leg in entry.legs {
            guard case .account(let account) = leg.place else { continue }
            let unit = Swift.max(leg.amount.currency.tenThousandthsPerMinorUnit, 100)
            balances[account.rawValue] += leg.amount.tenThousandths / unit
        }
        return entry
    }
}
