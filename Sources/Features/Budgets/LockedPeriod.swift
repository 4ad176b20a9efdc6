import Ledger
import Storage

/// The numbers of a locked period, all views together. A line in which nothing is and nothing moved is none of them.
struct LockedPeriod: Equatable {
    let name: String
    private let sums: [Money]
    private let envelopes: [AccountID: EnvelopeCell]
    private let cards: [AccountID: CardCell]
    private let limits: [AccountID: TrackingCell]
    private let kinds: [TrackingCell]

    init(
        _ name: String,
        _ period: EnvelopePeriod,
        _ limits: [AccountID: TrackingCell],
        in tree: BudgetTree,
        _ currency: Currency
    ) throws {
        let flex = try FlexPeriod(limits, in: tree, currency)
        self.name = name
        sums = [
            period.readyBefore, period.heldBefore, period.returned, period.overspent, period.income,
            period.assigned, period.held, period.ready,
        ]
        envelopes = period.envelopes.filter { !$0.value.isEmpty }
        cards = period.cards
        self.limits = limits.filter { !$0.value.isEmpty }
        kinds = [flex.income, flex.fixed, flex.nonMonthly, flex.flexible]
    }
}

extension BudgetReader {
    /// The oldest first.
    func lockedPeriods() throws -> [LockedPeriod] {
        let calendar = try store.settings().calendar(weekStart: member.weekStart)
        let plans = try BudgetPlans(store, calendar, member.currency)
        guard let last = plans.lastLocked(calendar) else { return [] }
        let book = try book(last.name)
        let envelopes = try book.history.envelopes()
        let limits = try book.history.tracking()
        return try book.periods.indices.filter { plans.isLocked(book.periods[$0]) }.map { number in
            try LockedPeriod(
                book.periods[number].name,
                envelopes[number],
                limits[number],
                in: book.history.tree,
                book.currency
            )
        }
    }
}

extension EnvelopeCell {
    fileprivate var isEmpty: Bool {
        [carried, assigned, activity, refundedToDebt, available].allSatisfy(\.isZero)
            && missingRates.isEmpty
    }
}

extension TrackingCell {
    fileprivate var isEmpty: Bool {
        [carried, limit, spent, remaining].allSatisfy(\.isZero) && missingRates.isEmpty
    }
}
