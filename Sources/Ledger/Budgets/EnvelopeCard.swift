/// The state of one card's payment envelope while periods pass.
struct EnvelopeCard {
    let id: AccountID
    /// Below zero when the card holds money.
    var owed: WideAmount
    var missingRates: Set<Currency> = []

    var assigned: WideAmount = 0
    var reserved: WideAmount = 0
    var paid: WideAmount = 0
    /// What came in on the card without an envelope, such as cash back.
    var income: WideAmount = 0
    private(set) var carried: WideAmount = 0
    private var kept: WideAmount = 0

    init(id: AccountID, owed: WideAmount) {
        self.id = id
        self.owed = owed
    }

    var available: WideAmount { carried + assigned + reserved - paid }
    var unreserved: WideAmount { owed - available }

    mutating func begin() {
        carried = kept
        assigned = 0
        reserved = 0
        paid = 0
        income = 0
    }

    /// Frees the money that income on the card makes needless; income that only lowers a debt frees none.
    mutating func takeIncome() -> WideAmount {
        // What left the card for no category is provided for at once, out of what is ready to assign.
        guard income > 0 else {
            reserved -= income
            return income
        }
        // The card's `owed` has the income in it already; the debt is what it was before.
        let debt = max(unreserved + income, 0)
        let free = min(income, max(available, 0))
        let freed = income - min(income - free, debt)
        reserved -= freed
        return freed
    }

    /// Keeps what is put aside, and an overdraft that the card itself holds; any other is the answer.
    ///
    /// The card holds money after a refund of what had been paid, or a payment of more than was owed.
    mutating func end() -> WideAmount {
        let rest = available
        kept = max(rest, min(owed, 0))
        let taken = kept - rest
        // Read by `unreserved` when lines are told which of their debts are left.
        reserved += taken
        return taken
    }
}

extension EnvelopeRun {
    /// Income, what other cards paid, what cash accounts paid. The answer is what is ready to assign by it.
    mutating func settleCards(_ flows: BudgetFlows) throws(MoneyError) -> WideAmount {
        var income: WideAmount = 0
        for index in cards.indices { income += cards[index].takeIncome() }
        try moveDebts(cards.map { flows.betweenCards[$0.id]?.wide ?? 0 })
        for index in cards.indices {
            let id = cards[index].id
            let paid = flows.payments[id]?.wide ?? 0
            cards[index].paid = paid
            cards[index].owed -= paid + (flows.restated[id]?.wide ?? 0)
            cash -= paid
        }
        return income
    }

    /// A card that another card paid owes less: the money for it follows the debt, as far as there is any.
    private mutating func moveDebts(_ received: [WideAmount]) throws(MoneyError) {
        var released: WideAmount = 0
        let owing = received.map { max(-$0, 0) }
        let canMove = owing.contains { $0 > 0 }
        for (index, amount) in received.enumerated() {
            cards[index].owed -= amount
            guard canMove, amount > 0 else { continue }
            let moved = min(amount, max(cards[index].available, 0))
            cards[index].reserved -= moved
            released += moved
        }
        let total = owing.reduce(0, +)
        // What was received in another currency may come to more than what was paid; the rest goes to the first.
        let followed = try Money.shares(of: min(released, total), among: owing, currency)
        for (index, amount) in followed.enumerated() { cards[index].reserved += amount }
        if released > total, let first = owing.firstIndex(where: { $0 > 0 }) {
            cards[first].reserved += released - total
        }
    }

    func cardCells() throws(MoneyError) -> [AccountID: CardCell] {
        var cells: [AccountID: CardCell] = [:]
        for card in cards {
            cells[card.id] = CardCell(
                carried: try money(card.carried),
                assigned: try money(card.assigned),
                reserved: try money(card.reserved),
                paid: try money(card.paid),
                available: try money(card.available),
                owed: try money(card.owed),
                unreserved: try money(max(card.owed - max(card.available, 0), 0)),
                missingRates: card.missingRates
            )
        }
        return cells
    }
}
