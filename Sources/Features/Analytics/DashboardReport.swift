import Ledger
import Storage

/// Makes a dashboard from the rollups.
struct DashboardReport {
    let transaction: any SQLTransaction
    let member: Member
    let kind: ReportPeriod.Kind
    let period: ReportPeriod
    let includesPending: Bool

    /// How many payees are named.
    static let payeeLimit = 10

    func make() throws -> Dashboard {
        let store = ReportStore(transaction: transaction, household: member.household)
        let rates = try RateStore(transaction: transaction, household: member.household)
            .rates(to: member.currency)
        var converter = Converter(rates: rates)
        let sums = try converter.convert(
            store.categorySums(in: period.span, includingPending: includesPending),
            on: period.span.last
        )
        let before = try converter.convert(
            store.categorySums(in: period.previous, includingPending: includesPending),
            on: period.previous.last
        )
        let payees = try payees(store, &converter)
        let categories = try CategoryStore(transaction: transaction, household: member.household)
            .all(includingDeleted: true)
        let tree = try CategoryTotals(
            tree: CategoryTree(categories),
            sums: sums,
            previous: before,
            currency: member.currency
        )
        return Dashboard(
            period: kind,
            span: period.span,
            currency: member.currency,
            totals: try totals(sums),
            previous: try totals(before),
            previousSpan: period.previous,
            spending: try tree.nodes(isIncome: false),
            income: try tree.nodes(isIncome: true),
            months: try months(sums),
            payees: payees,
            unconverted: converter.missing,
            transactionCount: sums.reduce(0) { $0 + $1.count }
        )
    }

    private func totals(_ sums: some Sequence<Converter.Sum>) throws -> Dashboard.Totals {
        var income = Money.zero(member.currency)
        var expenses = Money.zero(member.currency)
        for sum in sums {
            if sum.isIncome {
                income = try income.subtracting(sum.net)
            } else {
                expenses = try expenses.adding(sum.net)
            }
        }
        return .init(income: income, expenses: expenses, savings: try income.subtracting(expenses))
    }

    private func months(_ sums: [Converter.Sum]) throws -> [Dashboard.MonthTotals] {
        let byMonth = Dictionary(grouping: sums, by: \.month)
        return try period.span.months.map { month in
            Dashboard.MonthTotals(month: month, totals: try totals(byMonth[month] ?? []))
        }
    }

    private func payees(
        _ store: ReportStore,
        _ converter: inout Converter
    ) throws -> [Dashboard.PayeeTotal] {
        var totals: [PayeeID: Dashboard.PayeeTotal] = [:]
        for sum in try store.payeeSums(in: period.span, includingPending: includesPending) {
            let money = Money(tenThousandths: sum.net, sum.currency)
            guard let net = try converter.convert(money, on: period.span.last) else { continue }
            let known = totals[sum.payee]
            totals[sum.payee] = Dashboard.PayeeTotal(
                payee: sum.payee,
                name: sum.name,
                amount: try known?.amount.adding(net) ?? net,
                count: (known?.count ?? 0) + sum.count
            )
        }
        let spent = totals.values.filter { $0.amount.tenThousandths > 0 }
        let sorted = spent.sorted {
            ($1.amount.tenThousandths, $0.name) < ($0.amount.tenThousandths, $1.name)
        }
        return Array(sorted.prefix(Self.payeeLimit))
    }
}

/// Turns sums into the household's currency, and notes the currencies that it could not.
struct Converter {
    private let rates: RateTable
    private(set) var missing: [Currency] = []

    init(rates: RateTable) {
        self.rates = rates
    }

    struct Sum {
        let node: AccountID
        let isIncome: Bool
        let month: Month
        let net: Money
        let count: Int64
    }

    mutating func convert(_ money: Money, on day: LocalDate) throws -> Money? {
        if let converted = try rates.convert(money, on: day) { return converted }
        if !missing.contains(money.currency) {
            missing = (missing + [money.currency]).sorted { $0.code < $1.code }
        }
        return nil
    }

    mutating func convert(_ sums: [ReportStore.CategorySum], on day: LocalDate) throws -> [Sum] {
        var converted: [Sum] = []
        for sum in sums {
            let money = Money(tenThousandths: sum.net, sum.currency)
            guard let net = try convert(money, on: day) else { continue }
            converted.append(
                Sum(
                    node: sum.node,
                    isIncome: sum.isIncome,
                    month: sum.month,
                    net: net,
                    count: sum.count
                )
            )
        }
        return converted
    }
}

/// Sums of categories, each with what lies below it.
struct CategoryTotals {
    let tree: CategoryTree
    let currency: Currency
    private let own: [AccountID: (net: Money, count: Int64)]
    private let before: [AccountID: Money]

    /// - Throws: when a sum overflows.
    init(
        tree: CategoryTree,
        sums: [Converter.Sum],
        previous: [Converter.Sum],
        currency: Currency
    ) throws {
        self.tree = tree
        self.currency = currency
        var own: [AccountID: (net: Money, count: Int64)] = [:]
        for sum in sums {
            let known = own[sum.node] ?? (.zero(currency), 0)
            own[sum.node] = (try known.net.adding(sum.net), known.count + sum.count)
        }
        var before: [AccountID: Money] = [:]
        for sum in previous {
            let known = before[sum.node] ?? .zero(currency)
            before[sum.node] = try known.adding(sum.net)
        }
        self.own = own
        self.before = before
    }

    /// The roots that have anything below them, the largest first.
    func nodes(isIncome: Bool) throws -> [Dashboard.Node] {
        let roots = tree.roots.filter { $0.isIncome == isIncome }
        let nodes = try roots.compactMap { try node($0) }
        var whole = Money.zero(currency)
        for node in nodes where !node.amount.isNegative { whole = try whole.adding(node.amount) }
        return Self.sorted(nodes.map { $0.shared(of: whole.tenThousandths) })
    }

    private func node(_ record: CategoryRecord) throws -> Dashboard.Node? {
        let children = try tree.children(of: record.id).compactMap { try node($0) }
        let mine = own[record.id]
        let earlier = before[record.id]
        guard mine != nil || earlier != nil || !children.isEmpty else { return nil }
        let ownAmount = try signed(mine?.net ?? .zero(currency), record)
        var amount = ownAmount
        var previous = try signed(earlier ?? .zero(currency), record)
        var count = mine?.count ?? 0
        for child in children {
            amount = try amount.adding(child.amount)
            previous = try previous.adding(child.previousAmount)
            count += child.count
        }
        return Dashboard.Node(
            category: record.id,
            name: record.name,
            parent: record.parent,
            amount: amount,
            ownAmount: ownAmount,
            previousAmount: previous,
            share: nil,
            count: count,
            children: Self.sorted(children)
        )
    }

    /// People read income as positive.
    private func signed(_ net: Money, _ record: CategoryRecord) throws -> Money {
        record.isIncome ? try net.negated() : net
    }

    private static func sorted(_ nodes: [Dashboard.Node]) -> [Dashboard.Node] {
        nodes.sorted { ($1.amount.tenThousandths, $0.name) < ($0.amount.tenThousandths, $1.name) }
    }
}

extension Dashboard.Node {
    /// With its part of the whole, and its children's.
    fileprivate func shared(of whole: Int64) -> Dashboard.Node {
        Dashboard.Node(
            category: category,
            name: name,
            parent: parent,
            amount: amount,
            ownAmount: ownAmount,
            previousAmount: previousAmount,
            share: Percent.text(amount.tenThousandths, of: whole),
            count: count,
            children: children.map { $0.shared(of: whole) }
        )
    }
}
