/// The state of one envelope while periods pass.
struct EnvelopeLine {
    /// What a card has to do with an envelope.
    private struct CardUse {
        let card: Int
        /// What the period's purchases and refunds come to; below zero for purchases.
        var change: WideAmount = 0
        /// What was bought with the card and without money, and is still owed.
        var owed: WideAmount = 0
    }

    let id: AccountID
    let rollover: BudgetRollover
    var missingRates: Set<Currency> = []
    var assigned: WideAmount = 0
    private(set) var carried: WideAmount = 0
    private(set) var activity: WideAmount = 0
    private(set) var refundedToDebt: WideAmount = 0
    private(set) var available: WideAmount = 0
    private(set) var overspentOnCredit: WideAmount = 0
    /// The money that came over; below zero where cash overspending stays.
    private var kept: WideAmount = 0
    /// In the order of the cards.
    private var uses: [CardUse] = []

    init(id: AccountID, rollover: BudgetRollover) {
        self.id = id
        self.rollover = rollover
    }

    mutating func begin() {
        if !rollover.keepsSurplus, !missingRates.isEmpty { missingRates = [] }
        carried = kept
        assigned = 0
        activity = 0
        refundedToDebt = 0
        guard !uses.isEmpty else { return }
        uses.removeAll { $0.owed == 0 }
        for index in uses.indices { uses[index].change = 0 }
        // Where overspending stays, what was bought on credit is below zero like the rest of it.
        if rollover.keepsOverspending { carried -= uses.reduce(0) { $0 + $1.owed } }
    }

    mutating func book(_ amount: WideAmount, card: Int?) {
        activity += amount
        guard let card else { return }
        let place = uses.firstIndex { $0.card >= card } ?? uses.endIndex
        if place == uses.endIndex || uses[place].card > card {
            uses.insert(CardUse(card: card), at: place)
        }
        uses[place].change += amount
    }

    /// Finds what is available, and moves what was spent with cards to where the cards are paid from.
    ///
    /// Cash is paid first: it is gone. Cards that cannot all be provided for are provided for in proportion.
    mutating func spend(
        cards: inout [EnvelopeCard],
        _ currency: Currency
    ) throws(MoneyError) {
        var spent: [WideAmount] = []
        for index in uses.indices {
            spent.append(use(index, &cards[uses[index].card]))
        }
        available = carried + assigned + activity - refundedToDebt
        let total = spent.reduce(0, +)
        overspentOnCredit = min(max(-available, 0), total)
        let provided = try Money.shares(of: total - overspentOnCredit, among: spent, currency)
        for index in uses.indices {
            cards[uses[index].card].reserved += provided[index]
            uses[index].owed += spent[index] - provided[index]
        }
    }

    /// Gives back what was refunded. The answer is what a card wants for what was bought with it.
    private mutating func use(_ index: Int, _ card: inout EnvelopeCard) -> WideAmount {
        let refunded = max(uses[index].change, 0)
        let undone = min(refunded, uses[index].owed)
        card.reserved -= refunded - undone
        uses[index].owed -= undone
        let spent = max(-uses[index].change, 0)
        guard rollover.keepsOverspending else {
            refundedToDebt += undone
            return spent
        }
        // The debt was carried over below zero, so it is provided for like what was bought now.
        defer { uses[index].owed = 0 }
        return spent + uses[index].owed
    }

    /// Keeps what the rollover keeps; what is left over (below zero: what is missing) is the answer.
    mutating func end() -> WideAmount {
        let money = available + overspentOnCredit
        let keeps = money > 0 ? rollover.keepsSurplus : rollover.keepsOverspending
        kept = keeps ? money : 0
        return money - kept
    }

    /// What was bought with a card and without money, and is still owed.
    subscript(owedOn card: Int) -> WideAmount {
        get { uses.first { $0.card == card }?.owed ?? 0 }
        set {
            guard let index = uses.firstIndex(where: { $0.card == card }) else { return }
            uses[index].owed = newValue
        }
    }
}

extension EnvelopeRun {
    func envelopeCells() throws(MoneyError) -> [AccountID: EnvelopeCell] {
        var cells: [AccountID: EnvelopeCell] = [:]
        cells.reserveCapacity(lines.count)
        for line in lines {
            cells[line.id] = EnvelopeCell(
                carried: try money(line.carried),
                assigned: try money(line.assigned),
                activity: try money(line.activity),
                refundedToDebt: try money(line.refundedToDebt),
                available: try money(line.available),
                overspentOnCredit: try money(line.overspentOnCredit),
                missingRates: line.missingRates
            )
        }
        return cells
    }
}
