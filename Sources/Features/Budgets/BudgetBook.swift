import Ledger
import Storage

/// Everything that the budget of a household is computed from, up to one period.
struct BudgetBook {
    let settings: BudgetSettings
    let calendar: BudgetCalendar
    let currency: Currency
    let today: LocalDate
    let nodes: [BudgetNode]
    let budgets: [BudgetRecord]
    /// From the first that anything is planned for; the last is the one that is asked for.
    let periods: [BudgetPeriod]
    let history: BudgetHistory
    let isLocked: Bool

    var period: BudgetPeriod { periods[periods.count - 1] }
    private var last: Int { periods.count - 1 }

    var plan: BudgetPlan { history.periods[last].plan }
    /// What the period before was assigned.
    var planBefore: BudgetPlan { last > 0 ? history.periods[last - 1].plan : BudgetPlan() }

    func envelopes() throws -> EnvelopePeriod {
        guard let period = try history.envelopes(from: last).last else {
            preconditionFailure("A book has a period.")
        }
        return period
    }

    func limits() throws -> [AccountID: TrackingCell] {
        try history.tracking(from: last).last ?? [:]
    }

    /// The budgets of spending from which more is gone than there was.
    func overspent() throws -> Set<AccountID> {
        let income = Set(nodes.filter { $0.accountClass == .income }.map(\.id))
        let spending = Set(budgets.map(\.category)).subtracting(income)
        let left =
            settings.look == .envelope
            ? try envelopes().envelopes.mapValues(\.available) : try limits().mapValues(\.remaining)
        return spending.filter { left[$0]?.isNegative ?? false }
    }
}

/// Reads a household's budget as a member sees it.
struct BudgetReader {
    let transaction: any SQLTransaction
    let member: Member
    let today: LocalDate

    /// How far from today a period may lie. A balance needs every period before it, so there is an end.
    static let daysBack = 366 * 20
    static let daysAhead = 366 * 5

    var store: BudgetStore {
        BudgetStore(transaction: transaction, household: member.household)
    }

    private var flows: BudgetFlowStore {
        BudgetFlowStore(transaction: transaction, household: member.household)
    }

    /// - Parameters:
    ///   - text: the name of a period, or any day of it.
    ///   - field: what a request calls it.
    /// - Throws: 422
    func period(_ text: String, field: String = "month") throws -> BudgetPeriod {
        let calendar = try store.settings().calendar(weekStart: member.weekStart)
        let named = calendar.period(named: text)
        guard let found = named ?? LocalDate(text).map(calendar.period(containing:)) else {
            throw APIError.invalid(
                field,
                "not_a_period",
                "a period such as \(calendar.period(containing: today).name), or a day of it"
            )
        }
        let distance = today.days(until: found.span.middle)
        guard distance >= -Self.daysBack, distance <= Self.daysAhead else {
            throw APIError.invalid(field, "out_of_range", "20 years back to 5 years ahead")
        }
        return found
    }

    /// - Parameters: as for `period`.
    func book(_ name: String, field: String = "month") throws -> BudgetBook {
        let settings = try store.settings()
        let calendar = settings.calendar(weekStart: member.weekStart)
        let asked = try period(name, field: field)
        let plans = try BudgetPlans(store, calendar, member.currency)
        let periods = Self.periods(
            from: min(plans.first ?? asked, asked),
            through: asked,
            calendar
        )
        let nodes = try store.nodes()
        let budgets = try store.budgets(member.currency)
        let tree = BudgetTree(
            categories: nodes.compactMap(\.category),
            lines: budgets.map(\.line)
        )
        let rates = try rates()
        var history = BudgetHistory(currency: member.currency, tree: tree)
        try open(&history, before: periods[0].span.first, nodes, rates)
        history.periods = try zip(periods, flows(of: periods, nodes, rates)).map { period, flows in
            .init(plan: plans[period], flows: flows)
        }
        return BudgetBook(
            settings: settings,
            calendar: calendar,
            currency: member.currency,
            today: today,
            nodes: nodes,
            budgets: budgets,
            periods: periods,
            history: history,
            isLocked: plans.isLocked(asked)
        )
    }

    /// What moved in each line in the periods before one, the newest last; fewer where there is no more history.
    func spent(_ count: Int, before book: BudgetBook) throws -> [[AccountID: TrackingCell]] {
        var periods: [BudgetPeriod] = []
        let earliest = try flows.firstMonth() ?? book.period.span.first
        var next = book.calendar.previous(before: book.period)
        while let period = next, periods.count < count, period.span.last >= earliest {
            periods.insert(period, at: 0)
            next = book.calendar.previous(before: period)
        }
        guard !periods.isEmpty else { return [] }
        var history = BudgetHistory(currency: book.currency, tree: book.history.tree)
        history.periods = try flows(of: periods, book.nodes, rates()).map { .init(flows: $0) }
        return try history.tracking()
    }

    private static func periods(
        from first: BudgetPeriod,
        through last: BudgetPeriod,
        _ calendar: BudgetCalendar
    ) -> [BudgetPeriod] {
        var periods = [first]
        while let newest = periods.last, newest < last, let next = calendar.next(after: newest) {
            periods.append(next)
        }
        return periods
    }

    // MARK: Money

    private func rates() throws -> RateTable {
        try RateStore(transaction: transaction, household: member.household)
            .rates(to: member.currency)
    }

    /// What cash accounts held and cards owed before the first day.
    private func open(
        _ history: inout BudgetHistory,
        before day: LocalDate,
        _ nodes: [BudgetNode],
        _ rates: RateTable
    ) throws {
        let roles = Dictionary(uniqueKeysWithValues: nodes.map { ($0.id, $0.role) })
        let held = nodes.filter { [.cash, .transit, .card].contains($0.role) }.map(\.id)
        for node in nodes where node.role == .card && !node.isDeleted {
            history.cards[node.id] = .zero(member.currency)
        }
        for (node, amount) in try flows.balances(of: held, before: day) where !amount.isZero {
            guard let known = try rates.convert(amount, on: day) else {
                history.openingCash.missingRates.insert(amount.currency)
                continue
            }
            if roles[node] == .card {
                history.cards[node] = try (history.cards[node] ?? .zero(member.currency))
                    .subtracting(known)
            } else {
                history.openingCash.known = try history.openingCash.known.adding(known)
            }
        }
    }

    /// What moved in each of some periods that follow each other.
    private func flows(
        of periods: [BudgetPeriod],
        _ nodes: [BudgetNode],
        _ rates: RateTable
    ) throws -> [BudgetFlows] {
        let grains = BudgetGrains(periods)
        var sums = BudgetSums(periods, home: member.currency)
        try addMonths(to: &sums, grains)
        let days = grains.days.keys.sorted()
        let add: (BudgetFlowStore.Row) throws -> Void = { row in
            guard row.currency == member.currency, let move = grains.days[row.period] else {
                return
            }
            if let source = move.from { sums.add(row, to: source, sign: -1) }
            if let target = move.to { sums.add(row, to: target) }
        }
        if let first = days.first, let span = days.last.flatMap({ DateSpan(first, $0) }) {
            // Where most days are wanted, one stretch is read instead of each day.
            if days.count * 2 > span.dayCount {
                try flows.days(in: span, add)
            } else {
                try flows.days(days, add)
            }
        }
        let roles = Dictionary(uniqueKeysWithValues: nodes.map { ($0.id, $0.role) })
        return try (0..<periods.count).map { number in
            try BudgetFlows(
                rollups: sums.rollups(number, rates),
                roles: roles,
                currency: member.currency
            )
        }
    }

    /// The months of the household's currency. Money of another one is counted at the rate of its day, so that the days are
    /// read of the nodes that have any, from the first month on in which one has.
    private func addMonths(to sums: inout BudgetSums, _ grains: BudgetGrains) throws {
        guard let whole = sums.span, let months = DateSpan(whole.first.month.firstDay, whole.last)
        else { return }
        var foreign: Set<AccountID> = []
        var first = whole.last
        try flows.months(from: months.first, through: months.last) { row in
            if row.currency != member.currency {
                foreign.insert(row.node)
                first = min(first, row.period)
            } else if let number = grains.months[row.period] {
                sums.add(row, to: number)
            }
        }
        guard let days = DateSpan(max(first, whole.first), whole.last) else { return }
        try flows.foreignDays(of: foreign.sorted(), in: days, home: member.currency) {
            sums.addForeign($0)
        }
    }
}

/// Sums of pairs of nodes, by period.
private struct BudgetSums {
    private struct Pair: Hashable {
        let node: AccountID
        let counter: AccountID
    }

    /// What is to be converted is kept apart by day, which has one rate.
    private struct ForeignPair: Hashable {
        let pair: Pair
        let currency: Currency
        let day: LocalDate

        var place: (LocalDate, String) { (day, currency.code) }
    }

    /// They follow each other.
    private let spans: [DateSpan]
    private let home: Currency
    private var own: [[Pair: Int128]]
    private var foreign: [[ForeignPair: Int128]]

    init(_ periods: [BudgetPeriod], home: Currency) {
        spans = periods.map(\.span)
        self.home = home
        own = Array(repeating: [:], count: periods.count)
        foreign = Array(repeating: [:], count: periods.count)
    }

    /// From the first day of the first period to the last of the last.
    var span: DateSpan? {
        guard let first = spans.first?.first, let last = spans.last?.last else { return nil }
        return DateSpan(first, last)
    }

    mutating func add(_ row: BudgetFlowStore.Row, to number: Int, sign: Int128 = 1) {
        let pair = Pair(node: row.node, counter: row.counter)
        own[number][pair, default: 0] += Int128(row.net) * sign
    }

    /// Money of another currency, of one day.
    mutating func addForeign(_ row: BudgetFlowStore.Row) {
        guard let number = period(of: row.period) else { return }
        let pair = Pair(node: row.node, counter: row.counter)
        let key = ForeignPair(pair: pair, currency: row.currency, day: row.period)
        foreign[number][key, default: 0] += Int128(row.net)
    }

    /// The number of the period that a day lies in.
    private func period(of day: LocalDate) -> Int? {
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].last < day { low = middle + 1 } else { high = middle }
        }
        return low < spans.count && spans[low].contains(day) ? low : nil
    }

    func rollups(_ number: Int, _ rates: RateTable) throws -> [BudgetRollup] {
        var rollups: [BudgetRollup] = []
        for (pair, net) in own[number] where net != 0 {
            let amount = BudgetAmount(try money(net, home))
            rollups.append(BudgetRollup(node: pair.node, counter: pair.counter, net: amount))
        }
        // In one order, so that a cent that cannot be divided falls to the same line every time.
        let days = foreign[number].sorted { $0.key.place < $1.key.place }
        for (key, net) in days where net != 0 {
            let known = try rates.convert(money(net, key.currency), on: key.day)
            let amount = BudgetAmount(
                known ?? .zero(home),
                missingRates: known == nil ? [key.currency] : []
            )
            rollups.append(
                BudgetRollup(node: key.pair.node, counter: key.pair.counter, net: amount)
            )
        }
        return rollups.sorted { ($0.node, $0.counter) < ($1.node, $1.counter) }
    }

    private func money(_ net: Int128, _ currency: Currency) throws -> Money {
        guard let value = Int64(exactly: net) else { throw MoneyError.overflow }
        return Money(tenThousandths: value, currency)
    }
}

/// What is planned, by the periods of one calendar.
struct BudgetPlans {
    private var plans: [Int: BudgetPlan] = [:]
    private var locked: [DateSpan] = []
    /// The first that anything is planned for.
    private(set) var first: BudgetPeriod?

    init(_ store: BudgetStore, _ calendar: BudgetCalendar, _ currency: Currency) throws {
        for stored in try store.amounts(currency) {
            let period = note(stored.span, calendar)
            let known = plans[period.ordinal]?.assigned[stored.account] ?? .zero(currency)
            plans[period.ordinal, default: BudgetPlan()].assigned[stored.account] =
                try known.adding(stored.amount)
        }
        for stored in try store.periods(currency) {
            if stored.lockedAt != nil { locked.append(stored.span) }
            guard let held = stored.held else { continue }
            let period = note(stored.span, calendar)
            let known = plans[period.ordinal]?.held ?? .zero(currency)
            plans[period.ordinal, default: BudgetPlan()].held = try known.adding(held)
        }
    }

    private mutating func note(_ span: DateSpan, _ calendar: BudgetCalendar) -> BudgetPeriod {
        let period = calendar.period(containing: span.middle)
        first = min(first ?? period, period)
        return period
    }

    subscript(period: BudgetPeriod) -> BudgetPlan { plans[period.ordinal] ?? BudgetPlan() }

    /// The newest that has a locked day.
    func lastLocked(_ calendar: BudgetCalendar) -> BudgetPeriod? {
        locked.map(\.last).max().map(calendar.period(containing:))
    }

    /// A day that is locked stays so whatever the periods are now.
    func isLocked(_ period: BudgetPeriod) -> Bool { locked.contains { $0.meets(period.span) } }
}
