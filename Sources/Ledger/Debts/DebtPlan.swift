/// How several debts are paid off, month by month.
package struct DebtPlan: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        package let month: Month
        package let interest: Money
        package let payment: Money
        /// Payment without interest; negative where it does not cover the interest.
        package let principal: Money
        /// What is owed after the payment.
        package let balance: Money
    }

    package struct Course: Hashable, Sendable {
        package let account: AccountID
        package internal(set) var rows: [Row] = []
    }

    package enum End: Hashable, Sendable {
        /// The month of the last payment; nil when nothing was owed.
        case free(Month?)
        /// What is paid for these does not cover their interest, and nothing will change that.
        case never([AccountID])
        /// These are still owed after `monthLimit` months.
        case tooLong([AccountID])
    }

    /// 100 years.
    package static let monthLimit = 1_200

    /// A course for each debt, in the order in which they were given.
    package let courses: [Course]
    package let end: End
    /// All that is paid as interest; of a plan without an end what was paid until it was left.
    package let interest: Money
    /// Debts whose minimum does not cover the interest of their first month.
    package let uncovered: [AccountID]

    package var isFree: Bool {
        if case .free = end { return true }
        return false
    }

    /// How many months it takes, or was followed.
    package var monthCount: Int { courses.map(\.rows.count).max() ?? 0 }

    /// Every month what the minimums of the first month and `extra` add up to is paid until nothing is owed: what a
    /// paid debt frees goes to the next.
    ///
    /// - Throws: `negativeExtra`, `money` when currencies differ or the amounts of the first month overflow.
    package init(
        _ debts: [Debt],
        order: DebtOrder,
        extra: Money,
        from month: Month
    ) throws(DebtError) {
        guard !extra.isNegative else { throw .negativeExtra }
        do {
            var walk = try DebtWalk(debts, order: order, extra: extra, month: month)
            self = try walk.plan()
        } catch { throw .money(error) }
    }

    /// Every debt gets its own minimum and nothing more: what a plan is compared with.
    package init(
        minimumsOf debts: [Debt],
        in currency: Currency,
        from month: Month
    ) throws(DebtError) {
        do {
            var walk = try DebtWalk(debts, order: nil, extra: .zero(currency), month: month)
            self = try walk.plan()
        } catch { throw .money(error) }
    }

    init(courses: [Course], end: End, interest: Money, uncovered: [AccountID]) {
        self.courses = courses
        self.end = end
        self.interest = interest
        self.uncovered = uncovered
    }

    /// The interest and the months that this plan saves; nil where one of the two never ends.
    package func saved(
        against other: DebtPlan
    ) throws(MoneyError) -> (interest: Money, months: Int)? {
        guard isFree, other.isFree else { return nil }
        let interest = try other.interest.subtracting(interest)
        return (interest, other.monthCount - monthCount)
    }
}
