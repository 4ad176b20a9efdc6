/// What filling a period would change. Nothing is stored until somebody says so.
///
/// A fill only adds: a budget that has more than its rule asks for keeps it, so filling twice is filling once.
package struct FillPreview: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        package let change: PlanChange
        /// What the rule asks for.
        package let asked: Money
        package let reason: FillReason
        /// What the budget falls short of it.
        package let short: Money
    }

    /// In the order of the requests.
    package let rows: [Row]
    /// What all rows add.
    package let given: Money
    /// What stays ready to assign; nil where that is not a limit.
    package let readyAfter: Money?
    package let short: Money

    package var changes: [PlanChange] {
        rows.map(\.change).filter { $0.before != $0.after }
    }

    /// Fills the budgets in groups of equal priority, the lowest number first. A group that what is left does not
    /// suffice for gets it in proportion to what each of it is missing, to the last cent.
    ///
    /// - Parameters:
    ///   - ready: what there is to give; nil for tracking and flex, which limit and do not give.
    ///   - income: what came in in the period.
    /// - Throws: `overflow`, `differentCurrencies`.
    package init(
        _ requests: [FillRequest],
        ready: Money?,
        income: Money,
        in period: BudgetPeriod,
        of calendar: BudgetCalendar
    ) throws(MoneyError) {
        let currency = income.currency
        var wishes: [(amount: Money, reason: FillReason)] = []
        for request in requests {
            wishes.append(try request.wish(income: income, in: period, of: calendar))
        }
        let needs = zip(requests, wishes).map { request, wish in
            max(wish.amount.wide - request.before.wide, 0)
        }
        let pool = ready.map { max($0.wide, 0) }
        let given = try Self.give(pool, to: requests.map(\.priority), needs, currency)
        var rows: [Row] = []
        for (index, request) in requests.enumerated() {
            let after = try Money(wide: request.before.wide + given[index], currency)
            rows.append(
                Row(
                    change: PlanChange(
                        envelope: request.envelope,
                        before: request.before,
                        after: after
                    ),
                    asked: wishes[index].amount,
                    reason: wishes[index].reason,
                    short: try Money(wide: needs[index] - given[index], currency)
                )
            )
        }
        let total = given.reduce(0, +)
        self.rows = rows
        self.given = try Money(wide: total, currency)
        short = try Money(wide: needs.reduce(0, +) - total, currency)
        readyAfter = try ready.map { ready throws(MoneyError) in
            try Money(wide: ready.wide - total, currency)
        }
    }

    private static func give(
        _ pool: WideAmount?,
        to priorities: [Int],
        _ needs: [WideAmount],
        _ currency: Currency
    ) throws(MoneyError) -> [WideAmount] {
        guard var left = pool else { return needs }
        var given = needs.map { _ in WideAmount(0) }
        for priority in Set(priorities).sorted() {
            let group = priorities.indices.filter { priorities[$0] == priority }
            let shares = try Money.shares(of: left, among: group.map { needs[$0] }, currency)
            for (index, share) in zip(group, shares) { given[index] = share }
            left -= shares.reduce(0, +)
        }
        return given
    }
}
