/// Carries envelopes from one period to the next.
///
/// The only input are sums, so the cost is linear in periods times lines (and the few cards of each).
struct EnvelopeRun {
    let currency: Currency
    private let tree: BudgetTree
    var lines: [EnvelopeLine] = []
    var cards: [EnvelopeCard]
    private var index: BudgetLineIndex
    private let cardIndex: [AccountID: Int]
    var cash: WideAmount
    private var ready: WideAmount
    private var held: WideAmount = 0
    private var returned: WideAmount = 0
    private var overspent: WideAmount = 0
    private var missingRates: Set<Currency>

    init(_ history: BudgetHistory) {
        currency = history.currency
        let tree = history.tree
        self.tree = tree
        index = BudgetLineIndex(tree) { !tree.isIncome($0) }
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
    }

    /// Envelopes for lines that have come up since.
    private mutating func addLines() {
        for id in index.lines[lines.count...] {
            lines.append(EnvelopeLine(id: id, rollover: tree.rollover(of: id)))
        }
    }

    /// Goes through a period. The answer is what it looks like at its end, if that is wanted.
    mutating func run(
        _ period: BudgetHistory.Period,
        isWanted: Bool
    ) throws(MoneyError) -> EnvelopePeriod? {
        let before = Start(ready: ready, held: held, returned: returned, overspent: overspent)
        let assigned = begin(period.plan)
        let cashIncome = book(period.flows)
        for line in lines.indices { try lines[line].spend(cards: &cards, currency) }
        let income = try cashIncome + settleCards(period.flows)
        held = period.plan.held?.wide ?? 0
        ready += before.held + before.returned - before.overspent + income - assigned - held
        let result = isWanted ? try look(before, income: income, assigned: assigned) : nil
        try end()
        return result
    }

    private struct Start {
        let ready: WideAmount
        let held: WideAmount
        let returned: WideAmount
        let overspent: WideAmount
    }

    private func look(
        _ before: Start,
        income: WideAmount,
        assigned: WideAmount
    ) throws(MoneyError) -> EnvelopePeriod {
        EnvelopePeriod(
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
    }

    /// Opens the period and gives every envelope what it is assigned; what a deleted budget was assigned is not.
    private mutating func begin(_ plan: BudgetPlan) -> WideAmount {
        addLines()
        for index in lines.indices { lines[index].begin() }
        for index in cards.indices { cards[index].begin() }
        var total: WideAmount = 0
        for (id, amount) in plan.assigned {
            if let card = cardIndex[id] {
                cards[card].assigned = amount.wide
            } else if let line = index.number(ofBudget: id) {
                lines[line].assigned = amount.wide
            } else {
                continue
            }
            total += amount.wide
        }
        return total
    }

    /// Sorts the sums into lines and cards; what needs no envelope is the answer.
    private mutating func book(_ flows: BudgetFlows) -> WideAmount {
        var income: WideAmount = 0
        for entry in flows.entries {
            let amount = entry.amount.known.wide
            let card = cardIndex[entry.account]
            if let card {
                cards[card].owed -= amount
                if !entry.amount.missingRates.isEmpty {
                    cards[card].missingRates.formUnion(entry.amount.missingRates)
                }
            } else {
                cash += amount
            }
            guard let line = entry.category.flatMap({ index.number(covering: $0) }) else {
                if let card { cards[card].income += amount } else { income += amount }
                note(entry.amount.missingRates)
                continue
            }
            if line >= lines.count { addLines() }
            lines[line].book(amount, card: card)
            if !entry.amount.missingRates.isEmpty {
                lines[line].missingRates.formUnion(entry.amount.missingRates)
            }
        }
        return income
    }

    /// Closes the period: what does not stay in its envelope goes to or comes from the next period's ready.
    private mutating func end() throws(MoneyError) {
        returned = 0
        overspent = 0
        for card in cards.indices {
            overspent += cards[card].end()
            let owing = lines.indices.filter { lines[$0][owedOn: card] != 0 }
            guard !owing.isEmpty else { continue }
            // Debt that has been provided for since is no longer a line's.
            let left = try Money.shares(
                of: max(cards[card].unreserved, 0),
                among: owing.map { lines[$0][owedOn: card] },
                currency
            )
            for (line, debt) in zip(owing, left) { lines[line][owedOn: card] = debt }
        }
        for line in lines.indices {
            let rest = lines[line].end()
            if rest > 0 { returned += rest } else { overspent -= rest }
            // What an unknown amount would have given back or taken is unknown too.
            if !lines[line].rollover.keepsOverspending { note(lines[line].missingRates) }
        }
    }

    private mutating func note(_ missing: Set<Currency>) {
        if !missing.isEmpty { missingRates.formUnion(missing) }
    }

    func money(_ amount: WideAmount) throws(MoneyError) -> Money {
        try Money(wide: amount, currency)
    }
}
