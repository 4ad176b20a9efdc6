/// The budgets of one period, looked at as fixed, non-monthly, and one flexible number.
package struct FlexPeriod: Sendable {
    /// Expected and received.
    package let income: TrackingCell
    package let fixed: TrackingCell
    package let nonMonthly: TrackingCell
    /// Its limit is the flexible number.
    package let flexible: TrackingCell

    /// What of the expected income no budget takes; below zero when more is planned than is expected.
    package let unplanned: Money

    /// - Throws: `overflow`.
    package init(
        _ cells: [AccountID: TrackingCell],
        in tree: BudgetTree,
        _ currency: Currency
    ) throws(MoneyError) {
        var income = TrackingCell.zero(currency)
        var sums = Dictionary(uniqueKeysWithValues: BudgetKind.allCases.map { ($0, income) })
        for (line, cell) in cells {
            if tree.isIncome(line) {
                income = try income.adding(cell)
            } else {
                let kind = tree.kind(of: line)
                sums[kind] = try sums[kind]?.adding(cell)
            }
        }
        let zero = TrackingCell.zero(currency)
        self.income = income
        fixed = sums[.fixed] ?? zero
        nonMonthly = sums[.nonMonthly] ?? zero
        flexible = sums[.flexible] ?? zero
        unplanned = try income.limit.subtracting(fixed.limit).subtracting(nonMonthly.limit)
            .subtracting(flexible.limit)
    }

    /// A flexible budget among those that share the flexible number.
    package struct Share: Hashable, Sendable {
        package let category: AccountID
        package let before: Money
        /// What is usually spent, for a number that nothing has been planned of yet.
        package let usual: Money

        package init(category: AccountID, before: Money, usual: Money) {
            self.category = category
            self.before = before
            self.usual = usual
        }
    }

    /// The changes by which the flexible budgets come to `number`, down to the last cent: in proportion to what
    /// they have, else to what is usually spent, else in equal parts.
    ///
    /// - Parameter number: not below zero.
    /// - Throws: `overflow`.
    package static func dividing(
        _ number: Money,
        among shares: [Share]
    ) throws(MoneyError) -> [PlanChange] {
        guard !shares.isEmpty else { return [] }
        let weights = [shares.map(\.before), shares.map(\.usual)]
            .map { $0.map { max($0.tenThousandths, 0) } }
            .first { $0.contains { $0 > 0 } }
        let parts = try number.allocated(by: weights ?? shares.map { _ in 1 })
        return zip(shares, parts).map { share, part in
            PlanChange(envelope: share.category, before: share.before, after: part)
        }
    }
}
