/// A stored number that is to become another.
package struct PlanChange: Hashable, Sendable {
    /// A category with a budget, or a card.
    package let envelope: AccountID
    package let before: Money
    package let after: Money

    package init(envelope: AccountID, before: Money, after: Money) {
        self.envelope = envelope
        self.before = before
        self.after = after
    }
}

extension BudgetPlan {
    package mutating func apply(_ changes: [PlanChange]) {
        for change in changes { assigned[change.envelope] = change.after }
    }
}

/// Where money of a budget can lie.
package enum EnvelopePlace: Hashable, Sendable {
    case ready
    /// The envelope of a category, or the payment envelope of a card.
    case envelope(AccountID)
}

/// Why money cannot be moved.
package enum BudgetError: Error, Hashable {
    case notPositive(Money)
    case notEnough(available: Money)
    case samePlace
    case notOverspent(AccountID)
    case unknownEnvelope(AccountID)
    case money(MoneyError)
}

extension EnvelopePeriod {
    /// Moves money between two envelopes, or to or from what is ready to assign.
    ///
    /// - Throws: `notPositive`, `samePlace`, `notEnough` when the source has less, `unknownEnvelope`, `money`.
    package func moving(
        _ amount: Money,
        from source: EnvelopePlace,
        to target: EnvelopePlace
    ) throws(BudgetError) -> [PlanChange] {
        guard amount.tenThousandths > 0 else { throw .notPositive(amount) }
        guard source != target else { throw .samePlace }
        let available = try contents(of: source).available
        guard available.tenThousandths >= amount.tenThousandths else {
            throw .notEnough(available: available)
        }
        let taken = Money(tenThousandths: -amount.tenThousandths, amount.currency)
        return try change(of: source, by: taken) + change(of: target, by: amount)
    }

    /// Covers what an envelope is overspent by, as far as the source reaches.
    ///
    /// - Throws: `notOverspent`, and what `moving` throws.
    package func covering(
        _ envelope: AccountID,
        from source: EnvelopePlace
    ) throws(BudgetError) -> [PlanChange] {
        let missing = try contents(of: .envelope(envelope)).available
        guard missing.isNegative else { throw .notOverspent(envelope) }
        let available = try contents(of: source).available
        guard available.tenThousandths > 0 else { throw .notEnough(available: available) }
        let amount = min(missing.tenThousandths.magnitude, available.tenThousandths.magnitude)
        return try moving(
            Money(tenThousandths: Int64(clamping: amount), missing.currency),
            from: source,
            to: .envelope(envelope)
        )
    }

    /// The amount to hold for the next period instead of what is held now.
    ///
    /// - Throws: `notPositive` below zero, `notEnough` when less is ready to assign, `money`.
    package func holding(_ amount: Money) throws(BudgetError) -> Money {
        guard !amount.isNegative else { throw .notPositive(amount) }
        let most = held.wide + max(ready.wide, 0)
        guard amount.wide <= most else {
            throw .notEnough(available: Money(tenThousandths: Int64(clamping: most), held.currency))
        }
        return amount
    }

    private func contents(
        of place: EnvelopePlace
    ) throws(BudgetError) -> (assigned: Money, available: Money) {
        switch place {
        case .ready: return (assigned, ready)
        case .envelope(let id):
            if let cell = envelopes[id] { return (cell.assigned, cell.available) }
            if let card = cards[id] { return (card.assigned, card.available) }
            throw .unknownEnvelope(id)
        }
    }

    private func change(
        of place: EnvelopePlace,
        by amount: Money
    ) throws(BudgetError) -> [PlanChange] {
        guard case .envelope(let id) = place else { return [] }
        let before = try contents(of: place).assigned
        do {
            return [PlanChange(envelope: id, before: before, after: try before.adding(amount))]
        } catch {
            throw .money(error)
        }
    }
}
