package import Ledger
package import Storage

/// A category as it is stored.
package struct CategoryRecord: Sendable {
    package let id: AccountID
    package let name: String
    package let isIncome: Bool
    package let parent: AccountID?
    package let system: SystemNode?
    package let position: Int64
    package let deletedAt: Instant?
    package let version: Int64
    package let createdAt: Instant
    package let updatedAt: Instant
}

/// The tree of categories.
package struct CategoryStore {
    package let transaction: any SQLTransaction
    package let household: HouseholdID

    package init(transaction: any SQLTransaction, household: HouseholdID) {
        self.transaction = transaction
        self.household = household
    }

    package func all(includingDeleted: Bool) throws -> [CategoryRecord] {
        try transaction.rows(
            """
            SELECT id, name, class, parent_id, system, position, deleted_at, version, created_at,
                updated_at
            FROM account WHERE household_id = \(household) AND class IN ('income', 'expense')
                \(includingDeleted ? .empty : "AND deleted_at IS NULL")
            ORDER BY position, id
            """
        ) {
            CategoryRecord(
                id: try $0.identifier(),
                name: try $0.text(),
                isIncome: try $0.text() == "income",
                parent: try $0.identifierOrNil(),
                system: try $0.textOrNil().flatMap(SystemNode.init),
                position: try $0.integer(),
                deletedAt: try $0.instantOrNil(),
                version: try $0.integer(),
                createdAt: try $0.instant(),
                updatedAt: try $0.instant()
            )
        }
    }

    /// A category and everything below it, deleted ones too, since history may lie in them.
    package func subtree(of root: AccountID) throws -> [AccountID] {
        let parents = try transaction.rows(
            """
            SELECT id, parent_id FROM account
            WHERE household_id = \(household) AND class IN ('income', 'expense') ORDER BY id
            """
        ) { (id: try $0.identifier() as AccountID, parent: try $0.identifierOrNil() as AccountID?) }
        var children: [AccountID: [AccountID]] = [:]
        for (id, parent) in parents { if let parent { children[parent, default: []].append(id) } }
        var found = [root]
        var next = 0
        while next < found.count {
            found += children[found[next]] ?? []
            next += 1
        }
        return found
    }

    /// How many booked or pending postings each category has.
    package func counts() throws -> [AccountID: Int64] {
        let rows = try transaction.rows(
            """
            SELECT node_id, SUM(posted_count + pending_count) FROM rollup
            WHERE household_id = \(household) AND grain = 1 GROUP BY node_id
            """
        ) { (try $0.identifier() as AccountID, try $0.integer()) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    func insert(_ record: CategoryRecord) throws {
        try transaction.execute(
            """
            INSERT INTO account (household_id, id, class, name, parent_id, position, created_at,
                updated_at)
            VALUES (\(household), \(record.id), \(record.isIncome ? "income" : "expense"),
                \(record.name), \(record.parent), \(record.position), \(record.createdAt),
                \(record.updatedAt))
            """
        )
    }

    func update(
        _ id: AccountID,
        name: String,
        parent: AccountID?,
        position: Int64,
        at now: Instant
    ) throws {
        try transaction.execute(
            """
            UPDATE account SET name = \(name), parent_id = \(parent), position = \(position),
                version = version + 1, updated_at = \(now)
            WHERE household_id = \(household) AND id = \(id)
            """
        )
    }

    func setDeleted(_ ids: [AccountID], at moment: Instant?, now: Instant) throws {
        try transaction.execute(
            """
            UPDATE account SET deleted_at = \(moment), version = version + 1, updated_at = \(now)
            WHERE household_id = \(household) AND id IN \(list: ids)
            """
        )
    }

    /// Payees no longer suggest categories that are gone, and unlinked transfers do not go back to them.
    func forget(_ ids: [AccountID], replacement node: LedgerNode?) throws {
        for accountClass in [AccountClass.expense, .income] {
            let column = SQLText(stringLiteral: "\(accountClass.rawValue)_category_id")
            // Another class, or a system category, suggests nothing.
            let fits = node?.accountClass == accountClass && node?.system == nil
            let replacement = fits ? node?.id : nil
            try transaction.execute(
                """
                UPDATE payee SET \(column) = \(replacement)
                WHERE household_id = \(household) AND \(column) IN \(list: ids)
                """
            )
        }
        guard let replacement = node?.id else { return }
        for column in ["out_category_id", "in_category_id"] {
            let column = SQLText(stringLiteral: column)
            try transaction.execute(
                """
                UPDATE transfer_link SET \(column) = \(replacement)
                WHERE household_id = \(household) AND \(column) IN \(list: ids)
                """
            )
        }
    }
}
