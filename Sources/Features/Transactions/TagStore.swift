import Ledger
import Storage

/// A tag and how many live transactions carry it.
package struct TagCount: Sendable {
    let name: String
    let count: Int64

    static let shape = Shape<TagCount>("Tag") { shape in
        shape.text("name", \.name)
        shape.integer("count", \.count)
    }
}

/// The tags of a household.
struct TagStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    func counts() throws -> [TagCount] {
        try transaction.rows(
            """
            SELECT g.tag, COUNT(*) FROM transaction_tag g
            JOIN ledger_transaction t ON t.household_id = g.household_id AND t.id = g.transaction_id
            WHERE g.household_id = \(household) AND t.deleted_at IS NULL
            GROUP BY g.tag ORDER BY g.tag LIMIT 1000
            """
        ) { TagCount(name: try $0.text(), count: try $0.integer()) }
    }
}
