import Ledger

extension BudgetWorld {
    static func random(using generator: inout SeededGenerator) -> BudgetWorld {
        let parents = [21: 20, 22: 20, 23: 22, 25: 24]
        var categories = spending.enumerated().map { index, id in
            let parent = parents[index + 20].map { spending[$0 - 20] }
            return BudgetTree.Category(id: id, parent: parent)
        }
        categories.append(BudgetTree.Category(id: salary, isIncome: true))
        let lines = (spending + [salary]).filter { _ in Int.random(in: 0..<4, using: &generator) > 0
        }
        .map { category in
            BudgetLine(
                category: category,
                rollover: BudgetRollover.allCases.randomElement(using: &generator) ?? .none,
                kind: BudgetKind.allCases.randomElement(using: &generator) ?? .fixed
            )
        }
        var world = BudgetWorld(
            ledger: Array(repeating: [], count: months),
            plans: Array(repeating: BudgetPlan(), count: months),
            categories: categories,
            lines: lines
        )
        if Bool.random(using: &generator) {
            world.book(.eur(2_000_00), from: opening, to: cash[0], 0)
        }
        for month in 0..<months {
            for _ in 0..<Int.random(in: 0...9, using: &generator) {
                world.happen(in: month, using: &generator)
            }
            for envelope in spending + cards + [salary]
            where Int.random(in: 0..<3, using: &generator) == 0 {
                world.plans[month].assigned[envelope] = amount(using: &generator)
            }
            if Int.random(in: 0..<3, using: &generator) == 0 {
                world.plans[month].held = amount(using: &generator)
            }
        }
        return world
    }

    /// Some euros, mostly few; sometimes the four decimals that a bank may write.
    private static func amount(using generator: inout SeededGenerator) -> Money {
        let cents = Int64.random(in: 1...20_000, using: &generator)
        let odd = Int.random(in: 0..<12, using: &generator) == 0
        return Money(
            tenThousandths: cents * 100
                + (odd ? Int64.random(in: 0..<100, using: &generator) : 0),
            .eur
        )
    }

    /// Books something at random, so that everything that the engine tells apart comes up.
    mutating func happen(in month: Int, using generator: inout SeededGenerator) {
        func pick(_ accounts: [AccountID]) -> AccountID {
            accounts[Int.random(in: 0..<accounts.count, using: &generator)]
        }
        let amount = Self.amount(using: &generator)
        let category = pick(Self.spending)
        let paying = pick(Self.cash + Self.cards)
        let later = min(month + Int.random(in: 0...1, using: &generator), Self.months - 1)
        switch Int.random(in: 0..<22, using: &generator) {
        case 0...5: book(amount, from: paying, to: category, month)
        case 6...8: book(amount, from: category, to: paying, month)
        case 9...10: book(amount, from: Self.salary, to: pick(Self.cash), month)
        case 11: book(amount, from: Self.salary, to: pick(Self.cards), month)
        case 12...13: book(amount, from: pick(Self.cash), to: pick(Self.cards), month)
        case 14: book(amount, from: pick(Self.cards), to: pick(Self.cash), month)
        case 15: book(amount, from: pick(Self.cards), to: pick(Self.cards), month)
        case 16: book(amount, from: paying, to: pick([Self.loan, Self.broker]), month)
        case 17: book(amount, from: pick([Self.loan, Self.broker]), to: paying, month)
        case 18: book(amount, from: Self.opening, to: paying, month)
        case 19: book(amount, from: pick([Self.loan, Self.broker]), to: category, month)
        case 20:
            book(amount, from: paying, to: Self.transit, month)
            book(
                amount,
                from: Self.transit,
                to: pick(Self.cash + Self.cards + [Self.broker]),
                later
            )
        default: split(amount, between: paying, and: pick(Self.cash + Self.cards), month, category)
        }
    }

    private mutating func book(
        _ amount: Money,
        from source: AccountID,
        to target: AccountID,
        _ month: Int
    ) {
        guard source != target, let minus = try? amount.negated() else { return }
        ledger[month].append([
            Posting(source, minus), Posting(target, amount),
        ])
    }

    /// One purchase that two accounts pay together, on two categories.
    private mutating func split(
        _ amount: Money,
        between one: AccountID,
        and other: AccountID,
        _ month: Int,
        _ category: AccountID
    ) {
        guard one != other, let halves = try? amount.allocated(by: [2, 3]),
            let parts = try? amount.allocated(by: [5, 1]), let first = try? halves[0].negated(),
            let second = try? halves[1].negated()
        else { return }
        ledger[month].append([
            Posting(one, first), Posting(other, second),
            Posting(category, parts[0]),
            Posting(Self.spending[0], parts[1]),
        ])
    }
}
