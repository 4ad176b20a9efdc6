/// How much a budget asks for when a period is filled.
package enum FillRule: Hashable, Sendable {
    /// So much every period.
    case fixed(Money)
    /// So much for every such day of the week in the period.
    case weekly(Money, on: Weekday)
    /// So much by a day: what is still missing, in even parts over the periods that are left. Nothing after it.
    case byDate(Money, by: LocalDate)
    /// A share of what came in, in 1/10 000.
    case shareOfIncome(basisPoints: Int)
    /// What was spent in each of the last periods, on average.
    case average(periods: Int)
    /// What was spent in the middle one of the last periods (of two middle ones, their mean).
    case median(periods: Int)
    /// What the period before was assigned.
    case copyLast
    /// As much as makes what was carried over come to so much.
    case refill(upTo: Money)
}

/// A budget that is to be filled, and what its rule looks at.
package struct FillRequest: Hashable, Sendable {
    package let envelope: AccountID
    package let rule: FillRule
    /// Lower numbers are filled first.
    package let priority: Int
    /// What is assigned now.
    package let before: Money
    /// What came over from the period before.
    package let carried: Money
    /// What the period before was assigned.
    package let lastAssigned: Money
    /// What was spent in the periods before this one, the newest last.
    package let spent: [Money]

    package init(
        envelope: AccountID,
        rule: FillRule,
        priority: Int = 1,
        before: Money,
        carried: Money,
        lastAssigned: Money,
        spent: [Money] = []
    ) {
        self.envelope = envelope
        self.rule = rule
        self.priority = priority
        self.before = before
        self.carried = carried
        self.lastAssigned = lastAssigned
        self.spent = spent
    }
}

/// Why a rule asks for what it asks, for people to read in a preview.
package enum FillReason: Hashable, Sendable {
    case fixed
    case weekly(times: Int)
    /// What is missing, and over how many periods, this one counted.
    case byDate(missing: Money, periods: Int)
    case shareOfIncome(of: Money)
    /// Over how many periods there are; there may be fewer than the rule would look at.
    case average(periods: Int)
    case median(periods: Int)
    case copyLast
    case refill(missing: Money)
}

extension FillRequest {
    /// What the budget should have assigned in the period, never below zero, and why.
    ///
    /// - Throws: `overflow`, `differentCurrencies`.
    func wish(
        income: Money,
        in period: BudgetPeriod,
        of calendar: BudgetCalendar
    ) throws(MoneyError) -> (amount: Money, reason: FillReason) {
        switch rule {
        case .fixed(let amount): return (amount.orZero, .fixed)
        case .weekly(let amount, let day):
            let times = period.count(of: day)
            return (try amount.orZero.scaled(by: Int64(times), over: 1), .weekly(times: times))
        case .byDate(let target, let day):
            let periods = calendar.periods(from: period, through: day)
            let missing = try target.subtracting(carried).orZero
            return (missing.firstPart(of: periods), .byDate(missing: missing, periods: periods))
        case .shareOfIncome(let basisPoints):
            let share = try income.orZero.scaled(by: Int64(max(basisPoints, 0)), over: 10_000)
            return (share, .shareOfIncome(of: income))
        case .average(let periods):
            let past = spent.suffix(max(periods, 1))
            guard !past.isEmpty else { return (.zero(before.currency), .average(periods: 0)) }
            let sum = try past.sum(in: before.currency)
            let mean = try sum.scaled(by: 1, over: Int64(past.count))
            return (mean.orZero, .average(periods: past.count))
        case .median(let periods):
            let past = spent.suffix(max(periods, 1))
            return (try median(of: Array(past)).orZero, .median(periods: past.count))
        case .copyLast: return (lastAssigned.orZero, .copyLast)
        case .refill(let target):
            let missing = try target.subtracting(carried).orZero
            return (missing, .refill(missing: missing))
        }
    }

    private func median(of amounts: [Money]) throws(MoneyError) -> Money {
        guard !amounts.isEmpty else { return .zero(before.currency) }
        let sorted = amounts.sorted { $0.tenThousandths < $1.tenThousandths }
        let upper = sorted[sorted.count / 2]
        guard sorted.count.isMultiple(of: 2) else { return upper }
        return try sorted[sorted.count / 2 - 1].adding(upper).scaled(by: 1, over: 2)
    }
}

extension Money {
    /// The amount, or zero for one below zero.
    package var orZero: Money { isNegative ? .zero(currency) : self }

    /// The first of so many even parts, rounded up to the minor unit: later ones are the smaller, and nothing is left.
    package func firstPart(of count: Int) -> Money {
        guard count > 0 else { return .zero(currency) }
        let unit = WideAmount(currency.tenThousandthsPerMinorUnit)
        let divisor = WideAmount(count) * unit
        let units = (wide + divisor - 1) / divisor
        return Money(tenThousandths: Int64(clamping: min(units * unit, wide)), currency)
    }
}
