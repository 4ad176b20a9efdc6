import Ledger
import Storage

/// What was deleted long enough ago, of one household.
struct PurgeStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    /// What there is to remove now.
    struct Due: Equatable {
        var hasTransactions: Bool
        var hasNodes: Bool
        var hasBudgets: Bool
        var hasTasks: Bool
        var hasBills: Bool
        var hasGoals: Bool
        var hasContributions: Bool
        var hasDebts: Bool
        var hasFiles: Bool
        var hasKeys: Bool
    }

    /// Takes no lock, so that a household with nothing to remove is not held up.
    func due(before moment: Instant, keysBefore keyMoment: Instant) throws -> Due {
        Due(
            hasTransactions: try !transactions(deletedBefore: moment, limit: 1).isEmpty,
            hasNodes: try !nodes(deletedBefore: moment, limit: 1).isEmpty,
            hasBudgets: try !budgets(deletedBefore: moment, limit: 1).isEmpty,
            hasTasks: try !tasks(deletedBefore: moment, limit: 1).isEmpty,
            hasBills: try !bills(deletedBefore: moment, limit: 1).isEmpty,
            hasGoals: try !goals(deletedBefore: moment, limit: 1).isEmpty,
            hasContributions: try !contributions(deletedBefore: moment, limit: 1).isEmpty,
            hasDebts: try !debts(deletedBefore: moment, limit: 1).isEmpty,
            hasFiles: try !files(undoneBefore: moment, limit: 1).isEmpty,
            hasKeys: try exists(
                """
                SELECT 1 FROM idempotency_key
                WHERE household_id = \(household) AND created_at < \(keyMoment) LIMIT 1
                """
            )
        )
    }

    private func exists(_ query: SQLText) throws -> Bool {
        try transaction.first(query) { try $0.integer() } != nil
    }

    // MARK: Transactions

    func transactions(deletedBefore moment: Instant, limit: Int) throws -> [TransactionID] {
        // One side of a linked transfer cannot be deleted; were it, the other would still need it.
        try transaction.rows(
            """
            SELECT id FROM ledger_transaction
            WHERE household_id = \(household) AND deleted_at < \(moment) AND linked_id IS NULL
            ORDER BY deleted_at LIMIT \(limit)
            """
        ) { try $0.identifier() }
    }

    func countTransactions(deletedBefore moment: Instant) throws -> Int64 {
        try transaction.first(
            """
            SELECT COUNT(*) FROM ledger_transaction
            WHERE household_id = \(household) AND deleted_at < \(moment)
            """
        ) { try $0.integer() } ?? 0
    }

    /// Removes deleted transactions with all that is theirs. They count in no sum, so none changes.
    ///
    /// Fingerprints stay: by them a row of a bank's file that somebody deleted is known again.
    func remove(_ ids: [TransactionID]) throws {
        for statement: SQLText in [
            // What is sealed refuses to lose its postings.
            """
            UPDATE ledger_transaction SET sealed = \(false)
            WHERE household_id = \(household) AND id IN \(list: ids)
            """,
            "DELETE FROM posting WHERE household_id = \(household) AND transaction_id IN \(list: ids)",
            """
            DELETE FROM transaction_tag
            WHERE household_id = \(household) AND transaction_id IN \(list: ids)
            """,
            """
            DELETE FROM transfer_link
            WHERE household_id = \(household)
                AND (out_id IN \(list: ids) OR in_id IN \(list: ids))
            """,
            """
            UPDATE account SET opening_transaction_id = \(TransactionID?.none)
            WHERE household_id = \(household) AND opening_transaction_id IN \(list: ids)
            """,
            "DELETE FROM ledger_transaction WHERE household_id = \(household) AND id IN \(list: ids)",
        ] {
            try transaction.execute(statement)
        }
        for id in ids {
            try transaction.dialect.removeFromSearch(id, of: household, transaction)
        }
    }

    // MARK: Nodes

    /// Accounts and categories that nothing needs any more. A tree goes leaf by leaf. An account that not everyone saw
    /// stays: what the trail tells of it is still not for everyone.
    func nodes(deletedBefore moment: Instant, limit: Int) throws -> [AccountID] {
        try transaction.rows(
            """
            SELECT a.id FROM account a
            WHERE a.household_id = \(household) AND a.deleted_at < \(moment) AND a.system IS NULL
                AND NOT EXISTS (SELECT 1 FROM posting p
                    WHERE p.household_id = a.household_id AND p.account_id = a.id)
                AND NOT EXISTS (SELECT 1 FROM account c
                    WHERE c.household_id = a.household_id AND c.parent_id = a.id)
                AND NOT EXISTS (SELECT 1 FROM transfer_link l
                    WHERE l.household_id = a.household_id
                        AND (l.out_category_id = a.id OR l.in_category_id = a.id))
                AND NOT EXISTS (SELECT 1 FROM bill b
                    WHERE b.household_id = a.household_id
                        AND (b.account_id = a.id OR b.to_account_id = a.id))
                AND NOT EXISTS (SELECT 1 FROM account_visibility v
                    WHERE v.household_id = a.household_id AND v.account_id = a.id)
            ORDER BY a.id LIMIT \(limit)
            """
        ) { try $0.identifier() }
    }

    /// Removes nodes without postings, with the zeros that are kept of them and what they remembered.
    func remove(_ ids: [AccountID]) throws {
        for statement: SQLText in [
            """
            DELETE FROM rollup
            WHERE household_id = \(household) AND (node_id IN \(list: ids) OR counter_id IN \(list: ids))
                AND posted_count = 0 AND pending_count = 0
            """,
            """
            DELETE FROM payee_rollup
            WHERE household_id = \(household) AND account_id IN \(list: ids)
                AND posted_count = 0 AND pending_count = 0
            """,
            """
            UPDATE payee SET expense_category_id = \(AccountID?.none)
            WHERE household_id = \(household) AND expense_category_id IN \(list: ids)
            """,
            """
            UPDATE payee SET income_category_id = \(AccountID?.none)
            WHERE household_id = \(household) AND income_category_id IN \(list: ids)
            """,
            "DELETE FROM import_mapping WHERE household_id = \(household) AND account_id IN \(list: ids)",
            """
            DELETE FROM import_fingerprint
            WHERE household_id = \(household) AND account_id IN \(list: ids)
            """,
            """
            UPDATE account SET budget_category_id = \(AccountID?.none)
            WHERE household_id = \(household) AND budget_category_id IN \(list: ids)
            """,
            "DELETE FROM recurring_choice WHERE household_id = \(household) AND account_id IN \(list: ids)",
            "DELETE FROM budget_amount WHERE household_id = \(household) AND account_id IN \(list: ids)",
            "DELETE FROM budget WHERE household_id = \(household) AND category_id IN \(list: ids)",
            """
            UPDATE bill SET category_id = \(AccountID?.none)
            WHERE household_id = \(household) AND category_id IN \(list: ids)
            """,
            "DELETE FROM goal_contribution WHERE household_id = \(household) AND account_id IN \(list: ids)",
            """
            UPDATE goal SET automatic_rule = \(String?.none), automatic_account_id = \(AccountID?.none),
                automatic_amount = \(Money?.none), automatic_day = \(Int64?.none),
                automatic_category_id = \(AccountID?.none), automatic_through = \(LocalDate?.none)
            WHERE household_id = \(household)
                AND (automatic_account_id IN \(list: ids) OR automatic_category_id IN \(list: ids))
            """,
            "DELETE FROM debt_terms WHERE household_id = \(household) AND account_id IN \(list: ids)",
            "DELETE FROM account WHERE household_id = \(household) AND id IN \(list: ids)",
        ] {
            try transaction.execute(statement)
        }
    }

    // MARK: Budgets

    func budgets(deletedBefore moment: Instant, limit: Int) throws -> [AccountID] {
        try transaction.rows(
            """
            SELECT category_id FROM budget
            WHERE household_id = \(household) AND deleted_at < \(moment)
            ORDER BY category_id LIMIT \(limit)
            """
        ) { try $0.identifier() }
    }

    /// Removes budgets with the numbers that were kept of them.
    func removeBudgets(of categories: [AccountID]) throws {
        for table: SQLText in ["budget_amount WHERE account_id", "budget WHERE category_id"] {
            try transaction.execute(
                "DELETE FROM \(table) IN \(list: categories) AND household_id = \(household)"
            )
        }
    }

    // MARK: Tasks

    func tasks(deletedBefore moment: Instant, limit: Int) throws -> [TaskID] {
        try transaction.rows(
            """
            SELECT id FROM task WHERE household_id = \(household) AND deleted_at < \(moment)
            ORDER BY deleted_at LIMIT \(limit)
            """
        ) { try $0.identifier() }
    }

    /// With their tags.
    func remove(_ ids: [TaskID]) throws {
        try transaction.execute(
            "DELETE FROM task WHERE household_id = \(household) AND id IN \(list: ids)"
        )
    }

    // MARK: Bills

    func bills(deletedBefore moment: Instant, limit: Int) throws -> [BillID] {
        try transaction.rows(
            """
            SELECT id FROM bill WHERE household_id = \(household) AND deleted_at < \(moment)
            ORDER BY deleted_at LIMIT \(limit)
            """
        ) { try $0.identifier() }
    }

    /// With all that is kept of their occurrences. What paid them stays.
    func remove(_ ids: [BillID]) throws {
        try transaction.execute(
            "DELETE FROM bill WHERE household_id = \(household) AND id IN \(list: ids)"
        )
    }

    // MARK: Files and keys

    /// Imports that were undone, whose file is still there.
    func files(undoneBefore moment: Instant, limit: Int) throws -> [ImportBatchID] {
        try transaction.rows(
            """
            SELECT b.id FROM import_batch b JOIN import_file f
                ON f.household_id = b.household_id AND f.batch_id = b.id
            WHERE b.household_id = \(household) AND b.state = 'undone' AND b.undone_at < \(moment)
            ORDER BY b.id LIMIT \(limit)
            """
        ) { try $0.identifier() }
    }

    func removeFiles(of batches: [ImportBatchID]) throws {
        try transaction.execute(
            "DELETE FROM import_file WHERE household_id = \(household) AND batch_id IN \(list: batches)"
        )
    }

    /// - Returns: how many there were.
    func removeKeys(before moment: Instant) throws -> Int {
        try transaction.executeCounting(
            "DELETE FROM idempotency_key WHERE household_id = \(household) AND created_at < \(moment)"
        )
    }
}

/// What belongs to no household.
struct SharedPurgeStore {
    let transaction: any SQLTransaction

    /// Of each household, or of one, one member who may write: whatever is changed is changed in somebody's right.
    func writers(of household: HouseholdID? = nil) throws -> [Member] {
        let isMeant: SQLText = household.map { "AND member.household_id = \($0)" } ?? .empty
        var writers: [Member] = []
        try transaction.forEach(
            """
            SELECT member.household_id, member.person_id, member.role, household.currency,
                household.week_start, person.time_zone
            FROM member JOIN household ON household.id = member.household_id
                JOIN person ON person.id = member.person_id
            WHERE member.role IN ('owner', 'editor') \(isMeant)
            ORDER BY member.household_id, member.joined_at, member.person_id
            """
        ) { row in
            let household: HouseholdID = try row.identifier()
            guard writers.last?.household != household else { return }
            writers.append(
                Member(
                    household: household,
                    person: try row.identifier(),
                    role: HouseholdRole(rawValue: try row.text()) ?? .viewer,
                    currency: try row.currency(),
                    weekStart: Weekday(name: try row.text()) ?? .monday,
                    timeZone: try row.text()
                )
            )
        }
        return writers
    }

    /// Removes sessions that ended or ran out before `moment`, and refresh tokens that did.
    ///
    /// - Returns: how many sessions.
    func removeSessions(before moment: Instant, limit: Int) throws -> Int {
        try transaction.execute(
            """
            DELETE FROM refresh_token WHERE hash IN (
                SELECT hash FROM refresh_token WHERE expires_at < \(moment) LIMIT \(limit))
            """
        )
        let ids: [SessionID] = try transaction.rows(
            """
            SELECT id FROM session WHERE expires_at < \(moment) OR ended_at < \(moment)
            ORDER BY id LIMIT \(limit)
            """
        ) { try $0.identifier() }
        guard !ids.isEmpty else { return 0 }
        try transaction.execute("DELETE FROM refresh_token WHERE session_id IN \(list: ids)")
        try transaction.execute("DELETE FROM session WHERE id IN \(list: ids)")
        return ids.count
    }
}
