import Ledger
import Storage

extension NoticeSource {
    /// Budgets of today's period that are nearly or wholly used up.
    static let budgets = NoticeSource { view in
        guard try hasBudget(view) else { return [] }
        let reader = BudgetReader(
            transaction: view.transaction,
            member: view.member,
            today: view.today
        )
        let book = try reader.book(view.today.description)
        let period = book.period
        let budgets = try BudgetProgress.list(book).filter { !$0.isIncome }
        let places = BudgetPlaces(view: view, book: book)
        return try view.each { person in
            try budgets.compactMap { budget in
                guard let passed = try passed(budget, person.preferences) else { return nil }
                var news = try news(budget, passed, period, places)
                if passed.kind == .budgetWarning {
                    let percent = person.preferences.spentPercent
                    news.unless = cause(.budgetSpent, budget, period, percent)
                }
                return news
            }
        }
    }

    private static func hasBudget(_ view: NoticeView) throws -> Bool {
        try view.transaction.first(
            """
            SELECT 1 FROM budget WHERE household_id = \(view.household) AND deleted_at IS NULL LIMIT 1
            """
        ) { try $0.int() } != nil
    }

    /// The highest threshold that a budget has passed: nobody is told of both at once.
    private static func passed(
        _ budget: BudgetProgress,
        _ preferences: NoticePreferences
    ) throws -> (kind: NoticeKind, percent: Int)? {
        let cell = budget.limit.cell
        let limit = try cell.carried.adding(cell.limit)
        guard limit.tenThousandths > 0 else { return nil }
        func hasPassed(_ percent: Int) -> Bool {
            Int128(cell.spent.tenThousandths) * 100
                >= Int128(limit.tenThousandths) * Int128(percent)
        }
        if hasPassed(preferences.spentPercent) { return (.budgetSpent, preferences.spentPercent) }
        if hasPassed(preferences.warningPercent) {
            return (.budgetWarning, preferences.warningPercent)
        }
        return nil
    }

    private static func cause(
        _ kind: NoticeKind,
        _ budget: BudgetProgress,
        _ period: BudgetPeriod,
        _ percent: Int
    ) -> News.Cause {
        News.Cause(kind, budget.category, period.span.first, percent)
    }

    private static func news(
        _ budget: BudgetProgress,
        _ passed: (kind: NoticeKind, percent: Int),
        _ period: BudgetPeriod,
        _ places: BudgetPlaces
    ) throws -> News {
        let cell = budget.limit.cell
        var details = NoticeDetails()
        details.category = budget.category
        details.name = budget.name
        details.amount = cell.spent
        details.limit = try cell.carried.adding(cell.limit)
        details.percent = passed.percent
        details.period = period.name
        return News(
            kind: passed.kind,
            cause: cause(passed.kind, budget, period, passed.percent),
            link: "/budget?period=\(period.name)",
            details: details,
            accounts: try places.accounts(of: budget.category)
        )
    }
}

/// Through which accounts the money of budgets went.
private struct BudgetPlaces {
    let view: NoticeView
    let book: BudgetBook

    /// What counts on a category or one below it in the period.
    func accounts(of category: AccountID) throws -> Set<AccountID> {
        var nodes: Set<AccountID> = [category]
        var size = 0
        while nodes.count != size {
            size = nodes.count
            for node in book.nodes where node.parent.map(nodes.contains) ?? false {
                nodes.insert(node.id)
            }
        }
        // Money that goes to an account outside the budget counts on a category too.
        let outside = book.nodes.filter { $0.spendingCategory.map(nodes.contains) ?? false }
        let asked = nodes.union(outside.map(\.id)).sorted()
        let real = Set(book.nodes.filter { !$0.accountClass.isCategory }.map(\.id))
        let span = book.period.span
        let counters: [AccountID] = try view.transaction.rows(
            """
            SELECT DISTINCT counter_id FROM rollup
            WHERE household_id = \(view.household) AND node_id IN \(list: asked) AND grain = 0
                AND period >= \(span.first) AND period <= \(span.last)
            """
        ) { try $0.identifier() }
        return Set(counters + outside.map(\.id)).intersection(real)
    }
}
