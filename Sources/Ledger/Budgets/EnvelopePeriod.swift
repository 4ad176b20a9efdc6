/// One envelope in one period.
///
/// - Invariant: `available` is `carried + assigned + activity − refundedToDebt`.
package struct EnvelopeCell: Hashable, BudgetCell {
    /// What came over from the period before; below zero where overspending stays.
    package var carried: Money
    package var assigned: Money
    /// Below zero for spending, above for more refunds than spending.
    package var activity: Money
    /// The part of refunds that only lowers a debt: what had been bought with a card and without money.
    package var refundedToDebt: Money
    /// Below zero when overspent.
    package var available: Money
    /// The part of what is overspent that became debt of a card, and is not taken from anywhere.
    ///
    /// - Range: from zero to what is overspent.
    package var overspentOnCredit: Money
    /// Currencies whose rate was missing: the figures leave their amounts out.
    package var missingRates: Set<Currency>

    /// The part of what is overspent that left a cash account.
    package var overspentInCash: Money {
        let overspent = min(available.tenThousandths, 0)
        let cash = overspent + overspentOnCredit.tenThousandths
        return Money(tenThousandths: max(-cash, 0), available.currency)
    }

    package func adding(_ other: EnvelopeCell) throws(MoneyError) -> EnvelopeCell {
        EnvelopeCell(
            carried: try carried.adding(other.carried),
            assigned: try assigned.adding(other.assigned),
            activity: try activity.adding(other.activity),
            refundedToDebt: try refundedToDebt.adding(other.refundedToDebt),
            available: try available.adding(other.available),
            overspentOnCredit: try overspentOnCredit.adding(other.overspentOnCredit),
            missingRates: missingRates.union(other.missingRates)
        )
    }
}

/// The payment envelope of one card in one period.
///
/// - Invariant: `available` is `carried + assigned + reserved − paid`.
package struct CardCell: Hashable, Sendable {
    package var carried: Money
    package var assigned: Money
    /// What purchases brought from their envelopes, less what refunds took back, and what followed a debt from or
    /// to another card.
    package var reserved: Money
    /// What cash accounts paid to the card; below zero for cash drawn on it.
    package var paid: Money
    /// What is there for the next payment.
    package var available: Money
    /// What is owed on the card at the end; below zero when the card holds money.
    package var owed: Money
    /// What is owed and no money is kept for.
    package var unreserved: Money
    package var missingRates: Set<Currency>
}

/// The envelopes of one period.
///
/// - Invariant: `ready + held`, what is available in every envelope and on every card, and every
///   `overspentOnCredit` together are `cash`.
/// - Invariant: `ready + held + assigned` is `readyBefore + heldBefore + income + returned − overspent`.
package struct EnvelopePeriod: Hashable, Sendable {
    /// What was ready to assign, and held, at the end of the period before.
    package let readyBefore: Money
    package let heldBefore: Money
    /// What budgets that do not keep their surplus gave back when the period before ended.
    package let returned: Money
    /// What was overspent in cash in the period before, and is taken from this one.
    package let overspent: Money
    /// What came in to be assigned, less what left without a category.
    package let income: Money
    /// Everything assigned in this period, to envelopes and cards.
    package let assigned: Money
    package let held: Money
    /// What is ready to assign. Below zero when more is assigned than there is.
    package let ready: Money
    /// What the cash accounts hold at the end, by the flows.
    package let cash: Money
    /// What the figures above leave out.
    package let missingRates: Set<Currency>
    /// Every category that is a line of its own: those with a budget, and those that no budget covers and that
    /// something was spent in.
    package let envelopes: [AccountID: EnvelopeCell]
    package let cards: [AccountID: CardCell]
}
