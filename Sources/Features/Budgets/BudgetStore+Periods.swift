import Ledger
import Storage

/// What was assigned to a category or a card for some days.
struct StoredAmount: Sendable {
    let account: AccountID
    let span: DateSpan
    let amount: Money
}

/// What else is stored of some days.
struct StoredPeriod: Sendable {
    let span: DateSpan
    let held: Money?
    let lockedAt: Instant?
}

extension DateSpan {
    /// The day that says in which period of a calendar these days count, should it be another calendar than theirs.
    var middle: LocalDate { first.adding(days: dayCount / 2) }
}

extension BudgetStore {
    /// All there is, since what is available now depends on every period before.
    func amounts(_ currency: Currency) throws -> [StoredAmount] {
        try amounts(.empty, currency)
    }

    private func amounts(_ condition: SQLText, _ currency: Currency) throws -> [StoredAmount] {
        try transaction.rows(
            """
            SELECT account_id, first_day, last_day, assigned FROM budget_amount
            WHERE household_id = \(household) \(condition)
            """
        ) { row in
            let account: AccountID = try row.identifier()
            let span = try Self.span(&row)
            let amount = Money(tenThousandths: try row.amount(), currency)
            return StoredAmount(account: account, span: span, amount: amount)
        }
    }

    func periods(_ currency: Currency) throws -> [StoredPeriod] {
        try transaction.rows(
            """
            SELECT first_day, last_day, held, locked_at FROM budget_period
            WHERE household_id = \(household)
            """
        ) { row in
            let span = try Self.span(&row)
            let held = try row.amountOrNil().map { Money(tenThousandths: $0, currency) }
            return StoredPeriod(span: span, held: held, lockedAt: try row.instantOrNil())
        }
    }

    private static func span(_ row: inout SQLRow) throws -> DateSpan {
        let (first, last) = (try row.date(), try row.date())
        return DateSpan(first, max(first, last)) ?? DateSpan(first.month)
    }

    /// Sets what a period is assigned. What was planned there by another calendar is part of it, and goes.
    func assign(_ amount: Money, to account: AccountID, in period: BudgetPeriod) throws {
        let known = try amounts("AND account_id = \(account)", amount.currency)
        for old in known where period.span.contains(old.span.middle) {
            try transaction.execute(
                """
                DELETE FROM budget_amount
                WHERE household_id = \(household) AND account_id = \(account)
                    AND first_day = \(old.span.first) AND last_day = \(old.span.last)
                """
            )
        }
        guard !amount.isZero else { return }
        try transaction.execute(
            """
            INSERT INTO budget_amount (household_id, account_id, first_day, last_day, assigned)
            VALUES (\(household), \(account), \(period.span.first), \(period.span.last), \(amount))
            """
        )
    }

    /// Sets what is held in a period.
    func hold(_ amount: Money, in period: BudgetPeriod) throws {
        for old in try periods(amount.currency) where period.span.contains(old.span.middle) {
            try save(StoredPeriod(span: old.span, held: nil, lockedAt: old.lockedAt))
        }
        let same = try periods(amount.currency).first { $0.span == period.span }
        let held = amount.isZero ? nil : amount
        try save(StoredPeriod(span: period.span, held: held, lockedAt: same?.lockedAt))
    }

    /// Locks a period, or opens whatever is locked of it.
    func setLocked(_ moment: Instant?, _ period: BudgetPeriod, _ currency: Currency) throws {
        let known = try periods(currency)
        if let moment {
            let held = known.first { $0.span == period.span }?.held
            try save(StoredPeriod(span: period.span, held: held, lockedAt: moment))
        } else {
            for old in known where old.lockedAt != nil && old.span.meets(period.span) {
                try save(StoredPeriod(span: old.span, held: old.held, lockedAt: nil))
            }
        }
    }

    private func save(_ period: StoredPeriod) throws {
        try transaction.execute(
            """
            DELETE FROM budget_period
            WHERE household_id = \(household) AND first_day = \(period.span.first)
                AND last_day = \(period.span.last)
            """
        )
        guard period.held != nil || period.lockedAt != nil else { return }
        try transaction.execute(
            """
            INSERT INTO budget_period (household_id, first_day, last_day, held, locked_at)
            VALUES (\(household), \(period.span.first), \(period.span.last), \(period.held),
                \(period.lockedAt))
            """
        )
    }
}

extension DateSpan {
    /// Whether they have a day in common.
    func meets(_ other: DateSpan) -> Bool { first <= other.last && other.first <= last }
}
