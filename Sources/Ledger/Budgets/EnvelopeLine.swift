/// The state of one envelope while periods pass.
struct EnvelopeLine {
    let id: AccountID
    let rollover: BudgetRollover
    /// The money that came over; below zero where cash overspending stays.
    private var kept: WideAmount = 0
    /// By card: what was bought with it and without money, and is still owed.
    var owed: [Int: WideAmount] = [:]
    var missingRates: Set<Currency> = []

    var assigned: WideAmount = 0
    private(set) var carried: WideAmount = 0
    private(set) var activity: WideAmount = 0
    private(set) var refundedToDebt: WideAmount = 0
    private(set) var available: WideAmount = 0
    private(set) var overspentOnCredit: WideAmount = 0
    private var onCards: [Int: WideAmount] = [:]

    init(id: AccountID, rollover: BudgetRollover) {
        self.id = id
        self.rollover = rollover
    }

    mutating func begin() {
        if !rollover.keepsSurplus { missingRates = [] }
        // Where overspending stays, what was bought on credit is below zero like the rest of it.
        carried = kept - (rollover.keepsOverspending ? owed.values.reduce(0, +) : 0)
        assigned = 0
        activity = 0
        refundedToDebt = 0
        onCards = [:]
    }

    mutating func book(_ amount: WideAmount, card: Int?) {
        activity += amount
        if let card { onCards[card, default: 0] += amount }
    }

    /// Finds what is available, and moves what was spent with cards to where the cards are paid from.
    ///
    /// Cash is paid first: it is gone. Cards that cannot all be provided for are provided for in proportion.
    mutating func spend(
        cards: inout [EnvelopeCard],
        _ currency: Currency
    ) throws(MoneyError) {
        let used = Set(onCards.keys).union(owed.keys).sorted()
        var spent: [WideAmount] = []
        var refundedToDebt: WideAmount = 0
        for card in used {
            let change = onCards[card] ?? 0
            let debt = owed[card] ?? 0
            let undone = min(max(change, 0), debt)
            refundedToDebt += undone
            cards[card].reserved -= max(change, 0) - undone
            owed[card] = debt - undone
            spent.append(max(-change, 0))
        }
        if rollover.keepsOverspending {
            for (place, card) in used.enumerated() {
                spent[place] += owed[card] ?? 0
                owed[card] = 0
            }
        } else {
            self.refundedToDebt = refundedToDebt
        }
        available = carried + assigned + activity - self.refundedToDebt
        let total = spent.reduce(0, +)
        overspentOnCredit = min(max(-available, 0), total)
        let provided = try Money.shares(of: total - overspentOnCredit, among: spent, currency)
        for (place, card) in used.enumerated() {
            cards[card].reserved += provided[place]
            let debt = (owed[card] ?? 0) + spent[place] - provided[place]
            owed[card] = debt == 0 ? nil : debt
        }
    }

    /// Keeps what the rollover keeps; what is left over (below zero: what is missing) is the answer.
    mutating func end() -> WideAmount {
        let money = available + overspentOnCredit
        let keeps = money > 0 ? rollover.keepsSurplus : rollover.keepsOverspending
        kept = keeps ? money : 0
        return money - kept
    }
}

extension EnvelopeRun {
    func envelopeCells() throws(MoneyError) -> [AccountID: EnvelopeCell] {
        var cells: [AccountID: EnvelopeCell] = [:]
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
