import Ledger

/// How debts are paid off, beside what paying the minimums alone would come to.
struct DebtForecast: Sendable {
    let strategy: DebtSettings.Strategy
    let extra: Money
    let from: Month
    let owed: Money
    let monthlyPayment: Money
    let plan: DebtPlan
    let minimumsOnly: DebtPlan
    let saved: (interest: Money, months: Int)?
    let debts: [Line]
    let months: [Total]
    let withoutTerms: [AccountID]
    let missingRates: Set<Currency>

    /// How many months are told of a plan that never ends.
    static let endlessRows = 120

    struct Line: Sendable {
        let view: DebtView
        let debt: Debt
        let isCovered: Bool
        let interest: Money
        let freeMonth: Month?
        let minimumsFreeMonth: Month?
        let rows: [DebtPlan.Row]
    }

    /// All debts together in a month.
    struct Total: Sendable {
        let month: Month
        var interest: Money
        var payment: Money
        var principal: Money
        var balance: Money
        var minimumsBalance: Money?
    }

    init(
        _ debts: [(DebtView, Debt)],
        strategy: DebtSettings.Strategy,
        order: DebtOrder,
        extra: Money,
        from month: Month,
        withoutTerms: [AccountID],
        missingRates: Set<Currency>
    ) throws {
        let all = debts.map(\.1)
        let plan = try DebtPlan(all, order: order, extra: extra, from: month)
        let minimums = try DebtPlan(minimumsOf: all, in: extra.currency, from: month)
        self.strategy = strategy
        self.extra = extra
        self.withoutTerms = withoutTerms
        self.missingRates = missingRates
        self.plan = plan
        from = month
        minimumsOnly = minimums
        owed = try all.map(\.owed).sum(in: extra.currency)
        monthlyPayment = try all.map { try $0.firstPayment() }.sum(in: extra.currency).adding(extra)
        saved = try plan.saved(against: minimums)
        let limit = plan.isFree ? DebtPlan.monthLimit : Self.endlessRows
        self.debts = try debts.indices.map { index in
            let (view, debt) = debts[index]
            let rows = plan.courses[index].rows
            return Line(
                view: view,
                debt: debt,
                isCovered: !plan.uncovered.contains(debt.account),
                interest: try rows.map(\.interest).sum(in: extra.currency),
                freeMonth: rows.freeMonth,
                minimumsFreeMonth: minimums.courses[index].rows.freeMonth,
                rows: Array(rows.prefix(limit))
            )
        }
        months = try Self.totals(plan, minimums, limit, extra.currency)
    }

    private static func totals(
        _ plan: DebtPlan,
        _ minimums: DebtPlan,
        _ limit: Int,
        _ currency: Currency
    ) throws -> [Total] {
        let zero = Money.zero(currency)
        var totals: [Total] = []
        for (index, month) in plan.months.prefix(limit).enumerated() {
            var total = Total(
                month: month,
                interest: zero,
                payment: zero,
                principal: zero,
                balance: zero,
                minimumsBalance: nil
            )
            for row in plan.courses.compactMap({ $0.rows.at(index) }) {
                total.interest = try total.interest.adding(row.interest)
                total.payment = try total.payment.adding(row.payment)
                total.principal = try total.principal.adding(row.principal)
                total.balance = try total.balance.adding(row.balance)
            }
            // Past where the minimums were followed nobody knows, unless they are done.
            if minimums.isFree || index < minimums.monthCount {
                let balances = minimums.courses.compactMap { $0.rows.at(index)?.balance }
                total.minimumsBalance = try balances.sum(in: currency)
            }
            totals.append(total)
        }
        return totals
    }
}

extension DebtPlan {
    /// Every month that something is paid in.
    fileprivate var months: [Month] {
        courses.map(\.rows).max { $0.count < $1.count }?.map(\.month) ?? []
    }
}

extension [DebtPlan.Row] {
    /// The month after which nothing is owed.
    fileprivate var freeMonth: Month? {
        last.flatMap { $0.balance.isZero ? $0.month : nil }
    }

    fileprivate func at(_ index: Int) -> DebtPlan.Row? {
        indices.contains(index) ? self[index] : nil
    }
}

extension Debt {
    fileprivate func firstPayment() throws -> Money {
        try minimum.amount(of: owed.adding(monthlyInterest(on: owed)))
    }
}

// MARK: As it is answered

extension DebtForecast {
    static let shape = Shape<DebtForecast>("DebtPlan") { shape in
        shape.currency("currency", \.extra.currency)
        shape.choice("strategy", \.strategy)
        shape.amount("extra_amount", \.extra)
        shape.text("from", \.from.description)
        shape.amount("owed", \.owed)
        shape.amount("monthly_payment", \.monthlyPayment)
        shape.object("plan", courseShape, \.plan)
        shape.object("minimums_only", courseShape, \.minimumsOnly)
        shape.amountOrNil("interest_saved") { $0.saved?.interest }
        shape.integerOrNil("months_saved") { $0.saved.map { Int64($0.months) } }
        shape.list("debts", lineShape, \.debts)
        shape.list("months", totalShape, \.months)
        shape.texts("without_terms") { $0.withoutTerms.map(\.description) }
        shape.texts("missing_rates", \.missingRates.codes)
    }

    private enum EndName: String, CaseIterable, Sendable {
        case free, never
        case tooLong = "too_long"
        case nothingOwed = "nothing_owed"

        init(_ end: DebtPlan.End) {
            switch end {
            case .free(nil): self = .nothingOwed
            case .free: self = .free
            case .never: self = .never
            case .tooLong: self = .tooLong
            }
        }
    }

    private static let courseShape = Shape<DebtPlan>("DebtCourse") { shape in
        shape.choice("end") { EndName($0.end) }
        shape.textOrNil("month") { plan in
            if case .free(let month) = plan.end { month?.description } else { nil }
        }
        shape.integer("months") { Int64($0.monthCount) }
        shape.amount("interest", \.interest)
        shape.texts("stuck") { plan in
            switch plan.end {
            case .free: []
            case .never(let ids), .tooLong(let ids): ids.map(\.description)
            }
        }
    }

    private static let lineShape = Shape<Line>("DebtPlanLine") { shape in
        shape.id("account_id", \.view.account)
        shape.text("name", \.view.name)
        shape.amount("owed", \.debt.owed)
        shape.text("yearly_rate") { DebtPercent.text($0.debt.yearlyRateMillionths) }
        shape.boolean("is_covered", \.isCovered)
        shape.amount("interest", \.interest)
        shape.textOrNil("free_month") { $0.freeMonth?.description }
        shape.textOrNil("minimums_free_month") { $0.minimumsFreeMonth?.description }
        shape.list("rows", rowShape, \.rows)
    }

    private static let rowShape = Shape<DebtPlan.Row>("DebtPlanRow") { shape in
        shape.text("month", \.month.description)
        shape.amount("interest", \.interest)
        shape.amount("payment", \.payment)
        shape.amount("principal", \.principal)
        shape.amount("balance", \.balance)
    }

    private static let totalShape = Shape<Total>("DebtPlanMonth") { shape in
        shape.text("month", \.month.description)
        shape.amount("interest", \.interest)
        shape.amount("payment", \.payment)
        shape.amount("principal", \.principal)
        shape.amount("balance", \.balance)
        shape.amountOrNil("minimums_balance", \.minimumsBalance)
    }
}
