import Interchange
package import Ledger
package import Storage

/// Whom money went to or came from, and the category each was last given.
package struct PayeeStore {
    package let transaction: any SQLTransaction
    package let household: HouseholdID

    package struct Payee: Sendable {
        package let id: PayeeID
        package let expenseCategory: AccountID?
        package let incomeCategory: AccountID?
    }

    package init(transaction: any SQLTransaction, household: HouseholdID) {
        self.transaction = transaction
        self.household = household
    }

    /// What a name is found by: names without any letter or digit stand for themselves.
    package static func key(of name: String) -> String {
        let folded = PayeeName.folded(name)
        return folded.isEmpty ? name : folded
    }

    package func find(folded: String) throws -> Payee? {
        try transaction.first(
            """
            SELECT id, expense_category_id, income_category_id FROM payee
            WHERE household_id = \(household) AND folded = \(folded)
            """
        ) {
            Payee(
                id: try $0.identifier(),
                expenseCategory: try $0.identifierOrNil(),
                incomeCategory: try $0.identifierOrNil()
            )
        }
    }

    package func all() throws -> [String: Payee] {
        var payees: [String: Payee] = [:]
        try transaction.forEach(
            """
            SELECT folded, id, expense_category_id, income_category_id FROM payee
            WHERE household_id = \(household)
            """
        ) { row in
            payees[try row.text()] = Payee(
                id: try row.identifier(),
                expenseCategory: try row.identifierOrNil(),
                incomeCategory: try row.identifierOrNil()
            )
        }
        return payees
    }

    package func insert(_ rows: [(id: PayeeID, name: String, folded: String)]) throws {
        try transaction.insert(
            into: "payee (household_id, id, name, folded)",
            rows: rows.map {
                [household.sqlValue, $0.id.sqlValue, .text($0.name), .text($0.folded)]
            }
        )
    }

    /// Remembers the category for the next transaction of this payee.
    package func remember(
        _ category: AccountID,
        _ accountClass: AccountClass,
        for id: PayeeID
    ) throws {
        let column: SQLText = accountClass == .income ? "income_category_id" : "expense_category_id"
        try transaction.execute(
            """
            UPDATE payee SET \(column) = \(category)
            WHERE household_id = \(household) AND id = \(id)
            """
        )
    }
}
