package import Ledger
package import Storage

/// An account as it is stored.
package struct AccountRecord: Sendable {
    package let id: AccountID
    package var name: String
    package var kind: AccountKind
    package let currency: Currency
    package let balance: Money
    package var minimumBalance: Money?
    package var openingTransaction: TransactionID?
    package let position: Int64
    package var closedAt: LocalDate?
    /// Whether its money is given jobs; nil is as its kind has it.
    package var budgetChoice: Bool?
    /// What money counts on that goes to the account, while it is outside the budget.
    package var budgetCategory: AccountID?
    package let deletedAt: Instant?
    package let version: Int64
    package let createdAt: Instant
    package let updatedAt: Instant

    package var isBudgeted: Bool { budgetChoice ?? kind.isBudgeted }
}

/// The accounts that hold a household's money.
package struct AccountStore {
    package let transaction: any SQLTransaction
    package let household: HouseholdID

    package init(transaction: any SQLTransaction, household: HouseholdID) {
        self.transaction = transaction
        self.household = household
    }

    package func all(includingDeleted: Bool) throws -> [AccountRecord] {
        try records(includingDeleted ? .empty : "AND deleted_at IS NULL")
    }

    package func find(_ id: AccountID) throws -> AccountRecord? {
        try records("AND id = \(id)").first
    }

    private func records(_ condition: SQLText) throws -> [AccountRecord] {
        try transaction.rows(
            """
            SELECT id, name, kind, currency, balance, minimum_balance, opening_transaction_id, position,
                closed_at, is_budgeted, budget_category_id, deleted_at, version, created_at,
                updated_at
            FROM account
            WHERE household_id = \(household) AND class IN ('asset', 'liability') \(condition)
            ORDER BY position, id
            """
        ) { row in
            let id: AccountID = try row.identifier()
            let name = try row.text()
            let kind = AccountKind(rawValue: try row.text()) ?? .otherAsset
            let currency = try row.currency()
            let balance = Money(tenThousandths: try row.amount(), currency)
            let minimum = try row.amountOrNil().map { Money(tenThousandths: $0, currency) }
            return AccountRecord(
                id: id,
                name: name,
                kind: kind,
                currency: currency,
                balance: balance,
                minimumBalance: minimum,
                openingTransaction: try row.identifierOrNil(),
                position: try row.integer(),
                closedAt: try row.dateOrNil(),
                budgetChoice: try row.booleanOrNil(),
                budgetCategory: try row.identifierOrNil(),
                deletedAt: try row.instantOrNil(),
                version: try row.integer(),
                createdAt: try row.instant(),
                updatedAt: try row.instant()
            )
        }
    }

    func insert(_ record: AccountRecord, by person: PersonID) throws {
        try transaction.execute(
            """
            INSERT INTO account (household_id, id, class, kind, name, currency, position,
                minimum_balance, is_budgeted, added_by, created_at, updated_at)
            VALUES (\(household), \(record.id), \(record.kind.accountClass.rawValue),
                \(record.kind.rawValue), \(record.name), \(record.currency), \(record.position),
                \(record.minimumBalance), \(record.budgetChoice), \(person), \(record.createdAt), \(record.updatedAt))
            """
        )
    }

    func update(_ record: AccountRecord, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE account SET name = \(record.name), class = \(record.kind.accountClass.rawValue),
                kind = \(record.kind.rawValue), minimum_balance = \(record.minimumBalance),
                opening_transaction_id = \(record.openingTransaction),
                closed_at = \(record.closedAt), is_budgeted = \(record.budgetChoice),
                budget_category_id = \(record.budgetCategory), version = version + 1, updated_at = \(now)
            WHERE household_id = \(household) AND id = \(record.id)
            """
        )
    }

    func setOpening(_ transactionID: TransactionID?, of id: AccountID) throws {
        try transaction.execute(
            """
            UPDATE account SET opening_transaction_id = \(transactionID)
            WHERE household_id = \(household) AND id = \(id)
            """
        )
    }

    func setDeleted(_ id: AccountID, at moment: Instant?, now: Instant) throws {
        try transaction.execute(
            """
            UPDATE account SET deleted_at = \(moment), version = version + 1, updated_at = \(now)
            WHERE household_id = \(household) AND id = \(id)
            """
        )
    }

    func setPosition(_ position: Int64, of id: AccountID) throws {
        try transaction.execute(
            """
            UPDATE account SET position = \(position)
            WHERE household_id = \(household) AND id = \(id)
            """
        )
    }

    /// How many live transactions touch an account, and the date of the last.
    func activity(of id: AccountID) throws -> (count: Int64, last: LocalDate?) {
        let count = try transaction.first(
            """
            SELECT COALESCE(SUM(posted_count + pending_count), 0) FROM rollup
            WHERE household_id = \(household) AND node_id = \(id) AND grain = 1
            """
        ) { try $0.integer() }
        let last = try transaction.first(
            """
            SELECT p.date FROM posting p
            JOIN ledger_transaction t ON t.household_id = p.household_id AND t.id = p.transaction_id
            WHERE p.household_id = \(household) AND p.account_id = \(id) AND t.deleted_at IS NULL
            ORDER BY p.date DESC, p.transaction_id DESC LIMIT 1
            """
        ) { try $0.date() }
        return (count ?? 0, last)
    }

    /// The live transactions that touch an account.
    func transactions(of id: AccountID, deletedAt: Instant? = nil) throws -> [TransactionRecord] {
        let state: SQLText =
            deletedAt.map { "t.deleted_at = \($0)" } ?? "t.deleted_at IS NULL"
        return try TransactionStore(transaction: transaction, household: household).records(
            """
            \(state) AND t.id IN (SELECT transaction_id FROM posting
                WHERE household_id = \(household) AND account_id = \(id))
            """
        )
    }
}
