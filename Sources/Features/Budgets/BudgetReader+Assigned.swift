import Ledger
import Storage

extension BudgetReader {
    /// What a category was assigned in each period that is over, the oldest first.
    ///
    /// - Parameters:
    ///   - day: periods most of which lie after it are told. Where periods begin on other days since, none is told twice.
    ///   - limit: how many are told at most.
    func assigned(
        to category: AccountID,
        after day: LocalDate,
        limit: Int
    ) throws -> [(period: BudgetPeriod, amount: Money)] {
        let store = BudgetStore(transaction: transaction, household: member.household)
        let calendar = try store.settings().calendar(weekStart: member.weekStart)
        var periods: [BudgetPeriod] = []
        var next: BudgetPeriod? = calendar.period(containing: day)
        while let period = next, period.span.last < today, periods.count < limit {
            if period.span.middle > day { periods.append(period) }
            next = calendar.next(after: period)
        }
        guard !periods.isEmpty else { return [] }
        let plans = try BudgetPlans(store, calendar, member.currency)
        let budget = try store.find(category, member.currency)
        let isBudgeted = budget.map { $0.deletedAt == nil } ?? false
        return periods.map { period in
            let amount = isBudgeted ? plans[period].assigned[category] : nil
            return (period, amount ?? .zero(member.currency))
        }
    }
}
