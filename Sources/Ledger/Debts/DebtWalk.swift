/// The months of a plan, one after another.
struct DebtWalk {
    private let debts: [Debt]
    /// Nil: each debt gets its own minimum alone.
    private let order: DebtOrder?
    private let firstMonth: Month
    /// What is paid each month, as long as something is owed.
    private let budget: Money
    private let uncovered: [AccountID]
    private var balances: [Money]
    private var courses: [DebtPlan.Course]
    private var interest: Money

    init(
        _ debts: [Debt],
        order: DebtOrder?,
        extra: Money,
        month: Month
    ) throws(MoneyError) {
        self.debts = debts
        self.order = order
        firstMonth = month
        balances = debts.map(\.owed)
        courses = debts.map { DebtPlan.Course(account: $0.account) }
        interest = .zero(extra.currency)
        var budget = extra
        var uncovered: [AccountID] = []
        for debt in debts {
            let first = try debt.monthlyInterest(on: debt.owed)
            let minimum = try debt.minimum.amount(of: debt.owed.adding(first))
            budget = try budget.adding(minimum)
            if !first.isZero, minimum.atMost(first) == minimum { uncovered.append(debt.account) }
        }
        self.budget = budget
        self.uncovered = uncovered
    }

    /// - Throws: `overflow`, `differentCurrencies` of the first month; a debt that grows past the range later never
    ///   ends.
    mutating func plan() throws(MoneyError) -> DebtPlan {
        let last = Month(of: .latest)
        let limit = min(DebtPlan.monthLimit, firstMonth.months(until: last) + 1)
        for index in 0..<limit where hasOpen {
            let month = firstMonth.adding(months: index)
            let stuck: [AccountID]
            do { stuck = try pay(in: month) } catch {
                guard index > 0 else { throw error }
                stuck = open
            }
            if !stuck.isEmpty { return result(.never(stuck)) }
        }
        guard !hasOpen else { return result(.tooLong(open)) }
        return result(.free(courses.compactMap(\.rows.last?.month).max()))
    }

    private var hasOpen: Bool { balances.contains { !$0.isZero } }

    private var open: [AccountID] {
        zip(debts, balances).filter { !$0.1.isZero }.map(\.0.account)
    }

    private func result(_ end: DebtPlan.End) -> DebtPlan {
        DebtPlan(courses: courses, end: end, interest: interest, uncovered: uncovered)
    }

    /// Pays one month, and says which debts will never be paid.
    private mutating func pay(in month: Month) throws(MoneyError) -> [AccountID] {
        let before = balances
        var charged = before.map { Money.zero($0.currency) }
        var owed = before
        var payments = charged
        var left = budget
        for index in debts.indices where !before[index].isZero {
            charged[index] = try debts[index].monthlyInterest(on: before[index])
            owed[index] = try before[index].adding(charged[index])
            payments[index] = try debts[index].minimum.amount(of: owed[index])
            left = try left.subtracting(payments[index])
        }
        if let order {
            for index in ranked(order) where left.tenThousandths > 0 {
                let more = try owed[index].subtracting(payments[index]).atMost(left)
                payments[index] = try payments[index].adding(more)
                left = try left.subtracting(more)
            }
        }
        for index in debts.indices where !before[index].isZero {
            try book(index, month, charged[index], payments[index])
        }
        let rising = debts.indices.filter { index in
            !before[index].isZero && before[index].atMost(balances[index]) == before[index]
        }
        // In a plan a debt may rise while another is paid first; where none falls, the next month is no better.
        let isStuck = order == nil || rising.count == before.count { !$0.isZero }
        return isStuck ? rising.map { debts[$0].account } : []
    }

    private mutating func book(
        _ index: Int,
        _ month: Month,
        _ charged: Money,
        _ payment: Money
    ) throws(MoneyError) {
        let principal = try payment.subtracting(charged)
        balances[index] = try balances[index].subtracting(principal)
        interest = try interest.adding(charged)
        courses[index].rows.append(
            DebtPlan.Row(
                month: month,
                interest: charged,
                payment: payment,
                principal: principal,
                balance: balances[index]
            )
        )
    }

    /// Open debts, the first to be paid first; equal ones in the order in which they were given.
    private func ranked(_ order: DebtOrder) -> [Int] {
        let open = debts.indices.filter { !balances[$0].isZero }
        let rate = { (index: Int) in -self.debts[index].yearlyRateMillionths }
        let size = { (index: Int) in self.balances[index].tenThousandths }
        switch order {
        case .avalanche:
            return open.sorted { (rate($0), size($0), $0) < (rate($1), size($1), $1) }
        case .snowball:
            return open.sorted { (size($0), rate($0), $0) < (size($1), rate($1), $1) }
        case .own(let accounts):
            let place = { (index: Int) in
                accounts.firstIndex(of: self.debts[index].account) ?? accounts.count
            }
            return open.sorted { (place($0), rate($0), $0) < (place($1), rate($1), $1) }
        }
    }
}
