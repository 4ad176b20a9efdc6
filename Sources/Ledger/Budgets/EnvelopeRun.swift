/// Carries envelopes from one period to the next.
///
/// The only input are sums, so the cost is linear in periods times lines (and the few cards of each).
struct EnvelopeRun {
    let currency: Currency
    let tree: BudgetTree
    var lines: [EnvelopeLine] = []
    var cards: [EnvelopeCard]
    private var lineIndex: [AccountID: Int] = [:]
    private let cardIndex: [AccountID: Int]
    var cash: WideAmount
    private var ready: WideAmount
    private var held: WideAmount = 0
    private var returned: WideAmount = 0
    private var overspent: WideAmount = 0
    private var missingRates: Set<Currency>

    init(_ history: BudgetHistory) {
        currency = history.currency
        tree = history.tree
        cash = history.openingCash.known.wide
        ready = cash
        missingRates = history.openingCash.missingRates
        // Sorted, so that a cent that cannot be divided falls to the same card every time.
        cards = history.cards.sorted { $0.key < $1.key }.map {
            EnvelopeCard(id: $0.key, owed: $0.value.wide)
        }
        cardIndex = Dictionary(
            uniqueKeysWithValues: cards.enumerated().map { ($0.element.id, $0.offset) }
        )
        for line in tree.lines.keys.sorted() where !tree.isIncome(line) { _ = index(of: line) }
    }

    private mutating func index(of line: AccountID) -> Int {
        if let known = lineIndex[line] { return known }
        lineIndex[line] = lines.count
        lines.append(EnvelopeLine(id: line, rollover: tree.rollover(of: line)))
        return lines.count - 1
    }

    mutating func run(_ period: BudgetHistory.Period) throws(MoneyError) -> EnvelopePeriod {
        let before = (ready: ready, held: held, returned: returned, overspent: overspent)
        let assigned = begin(period.plan)
        let cashIncome = try book(period.flows)
        for index in lines.indices { try lines[index].spend(cards: &cards, currency) }
        let cardIncome = try settleCards(period.flows)
        held = period.plan.held?.wide ?? 0
        let income = cashIncome + cardIncome
        ready += before.held + before.returned - before.overspent + income - assigned - held
        let result = EnvelopePeriod(
            readyBefore: try money(before.ready),
            heldBefore: try money(before.held),
            returned: try money(before.returned),
            overspent: try money(before.overspent),
            income: try money(income),
            assigned: try money(assigned),
            held: try money(held),
            ready: try money(ready),
            cash: try money(cash),
            missingRates: missingRates,
            envelopes: try envelopeCells(),
            cards: try cardCells()
        )
        try end()
        return result
    }

    /// Opens the period and gives every envelope what it is assigned; what a deleted budget was assigned is not.
    private mutating func begin(_ plan: BudgetPlan) -> WideAmount {
        for index in lines.indices { lines[index].begin() }
        for index in cards.indices { cards[index].begin() }
        var total: WideAmount = 0
        for (id, amount) in plan.assigned {
            if let card = cardIndex[id] {
                cards[card].assigned = amount.wide
            } else if let line = lineIndex[id], tree.lines[id] != nil {
                lines[line].assigned = amount.wide
            } else {
                continue
            }
            total += amount.wide
        }
        return total
    }

    /// Sorts the sums into lines and cards; what needs no envelope is the answer.
    private mutating func book(_ flows: BudgetFlows) throws(MoneyError) -> WideAmount {
        var income: WideAmount = 0
        for entry in flows.entries {
            let amount = entry.amount.known.wide
            let card = cardIndex[entry.account]
            if let card {
                cards[card].owed -= amount
                cards[card].missingRates.formUnion(entry.amount.missingRates)
            } else {
                cash += amount
            }
            guard let category = entry.category, !tree.isIncome(category) else {
                if let card { cards[card].income += amount } else { income += amount }
                missingRates.formUnion(entry.amount.missingRates)
                continue
            }
            let line = index(of: tree.line(covering: category))
            lines[line].book(amount, card: card)
            lines[line].missingRates.formUnion(entry.amount.missingRates)
        }
        return income
    }

    /// Closes the period: what does not stay in its envelope goes to or comes from the next period's ready.
    private mutating func end() throws(MoneyError) {
        returned = 0
        overspent = 0
        for index in cards.indices {
            overspent += cards[index].end()
            let owing = lines.indices.filter { lines[$0].owed[index] != nil }
            let debts = owing.map { lines[$0].owed[index] ?? 0 }
            // Debt that has been provided for since is no longer a line's.
            let left = try Money.shares(of: max(cards[index].unreserved, 0), among: debts, currency)
            for (line, debt) in zip(owing, left) {
                lines[line].owed[index] = debt == 0 ? nil : debt
            }
        }
        for index in lines.indices {
            let rest = lines[index].end()
            if rest > 0 { returned += rest } else { overspent -= rest }
            // What an unknown amount would have given back or taken is unknown too.
            if !lines[index].rollover.keepsOverspending {
                missingRates.formUnion(lines[index].missingRates)
            }
        }
    }

    func money(_ amount: WideAmount) throws(MoneyError) -> Money {
        try Money(wide: amount, currency)
    }
}
