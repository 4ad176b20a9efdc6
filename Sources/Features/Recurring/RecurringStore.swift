import Insight
import Ledger
import Storage

/// What a household's history tells of payments that come again, and what was said of them.
struct RecurringStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    /// The most payments that are looked at: those of the payees with the fewest come first, since whoever is paid every
    /// day is paid for no subscription.
    static let paymentLimit = 60_000
    /// How much of the past is looked at.
    static let months = 24

    /// A payment, with what is answered of it.
    struct Paid: Sendable {
        let payment: Payment
        let payeeName: String
        let category: AccountID?
    }

    /// Income and spending of the months up to a day, in one statement: the counts of the rollups say whom to ask for.
    func payments(until today: LocalDate, limit: Int = paymentLimit) throws -> [Paid] {
        let since = today.month.adding(months: -Self.months).firstDay
        return try payments(
            """
            FROM (
                SELECT c.payee_id, c.account_id,
                    SUM(c.total) OVER (ORDER BY c.total, c.payee_id, c.account_id) AS upto
                FROM (
                    SELECT r.payee_id, r.account_id, SUM(r.posted_count + r.pending_count) AS total
                    FROM payee_rollup r
                    WHERE r.household_id = \(household) AND r.month >= \(since)
                        AND r.month <= \(today)
                    GROUP BY r.payee_id, r.account_id
                ) c
                WHERE c.total >= 2
            ) g
            JOIN payee p ON p.household_id = \(household) AND p.id = g.payee_id
            JOIN ledger_transaction t ON t.household_id = \(household) AND t.payee_id = g.payee_id
                AND t.account_id = g.account_id
            WHERE g.upto <= \(limit) AND t.payee_id IS NOT NULL
                AND t.date >= \(since) AND t.date <= \(today) AND \(Self.counts)
            """
        )
    }

    /// Those of some payees, the youngest where there are too many.
    func payments(of payees: [PayeeID], until today: LocalDate) throws -> [Paid] {
        let since = today.month.adding(months: -Self.months).firstDay
        return try payments(
            """
            FROM ledger_transaction t
            JOIN payee p ON p.household_id = t.household_id AND p.id = t.payee_id
            WHERE t.household_id = \(household) AND t.payee_id IN \(list: payees)
                AND t.payee_id IS NOT NULL AND t.date >= \(since) AND t.date <= \(today)
                AND \(Self.counts)
            ORDER BY t.date DESC, t.id DESC LIMIT \(Self.paymentLimit)
            """
        )
    }

    /// Whether a transaction `t` is income or spending.
    private static let counts: SQLText = """
        t.deleted_at IS NULL AND t.state >= \(TransactionState.pending.rawValue)
            AND t.type IN ('expense', 'income')
        """

    private func payments(_ rest: SQLText) throws -> [Paid] {
        try transaction.rows(
            """
            SELECT t.id, t.account_id, p.folded, p.name, t.date, t.currency, t.signed_amount,
                t.category_id
            \(rest)
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            let account: AccountID = try row.identifier()
            let folded = try row.text()
            let name = try row.text()
            let date = try row.date()
            let currency = try row.currency()
            let amount = Money(tenThousandths: try row.amount(), currency)
            return Paid(
                payment: Payment(
                    id: id,
                    account: account,
                    payee: folded,
                    date: date,
                    amount: amount
                ),
                payeeName: name,
                category: try row.identifierOrNil()
            )
        }
    }

    // MARK: Choices

    func choices() throws -> [RecurringChoice] {
        try transaction.rows(
            """
            SELECT id, account_id, payee, currency, amount, bill_id, created_at FROM recurring_choice
            WHERE household_id = \(household) ORDER BY id
            """
        ) { row in
            let id: RecurringChoiceID = try row.identifier()
            let account: AccountID = try row.identifier()
            let payee = try row.text()
            let currency = try row.currency()
            return RecurringChoice(
                id: id,
                mark: SeriesMark(
                    account: account,
                    payee: payee,
                    amount: Money(tenThousandths: try row.amount(), currency)
                ),
                bill: try row.identifierOrNil(),
                createdAt: try row.instant()
            )
        }
    }

    func insert(_ choice: RecurringChoice) throws {
        try transaction.execute(
            """
            INSERT INTO recurring_choice
                (household_id, id, account_id, payee, currency, amount, choice, bill_id, created_at)
            VALUES (\(household), \(choice.id), \(choice.mark.account), \(choice.mark.payee),
                \(choice.mark.amount.currency), \(choice.mark.amount), \(choice.name.rawValue),
                \(choice.bill), \(choice.createdAt))
            """
        )
    }

    /// - Returns: false when it is not there any more.
    func remove(_ id: RecurringChoiceID) throws -> Bool {
        try transaction.executeCounting(
            "DELETE FROM recurring_choice WHERE household_id = \(household) AND id = \(id)"
        ) == 1
    }
}

/// What was said of a series, for the whole household.
struct RecurringChoice: Sendable, Equatable {
    enum Name: String, CaseIterable, Sendable { case dismissed, accepted }

    /// How many a household may have.
    static let countLimit = 2_000

    let id: RecurringChoiceID
    let mark: SeriesMark
    /// What it became; nil for one that was dismissed.
    let bill: BillID?
    let createdAt: Instant

    var name: Name { bill == nil ? .dismissed : .accepted }

    /// As the trail and the export have it.
    static let shape = Shape<RecurringChoice>("ArchivedRecurringChoice") { shape in
        shape.id("id", \.id)
        shape.id("account_id", \.mark.account)
        shape.text("payee", \.mark.payee)
        shape.amount("amount", \.mark.amount)
        shape.currency("currency", \.mark.amount.currency)
        shape.choice("choice", \.name)
        shape.idOrNil("bill_id", \.bill)
        shape.instant("created_at", \.createdAt)
    }
}
