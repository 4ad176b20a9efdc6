import Interchange
import Ledger
import Storage

/// Which payees are asked for.
package struct PayeeQuery: RequestFields {
    let text: String?
    let limit: Int

    package init(_ fields: inout FieldReader) {
        text = fields.optional("q", .text(0...200))
        limit = fields.optional("limit", .integer(1...500)) ?? 50
    }
}

/// A payee as it is answered.
package struct PayeeView: Sendable {
    let id: PayeeID
    let name: String
    let lastCategory: AccountID?
    let transactionCount: Int64

    static let shape = Shape<PayeeView>("Payee") { shape in
        shape.id("id", \.id)
        shape.text("name", \.name)
        shape.idOrNil("last_category_id", \.lastCategory)
        shape.integer("transaction_count", \.transactionCount)
    }
}

extension PayeeStore {
    /// The payees whose name begins with the text, by name.
    func list(_ query: PayeeQuery) throws -> [PayeeView] {
        let start = PayeeName.folded(query.text ?? "")
        // Bytes after every text that begins with `start`.
        let end = start + "\u{10FFFF}"
        return try transaction.rows(
            """
            SELECT p.id, p.name, COALESCE(p.expense_category_id, p.income_category_id),
                (SELECT COUNT(*) FROM ledger_transaction t
                 WHERE t.household_id = p.household_id AND t.payee_id = p.id AND t.deleted_at IS NULL)
            FROM payee p
            WHERE p.household_id = \(household) AND p.folded >= \(start) AND p.folded < \(end)
            ORDER BY p.folded LIMIT \(query.limit)
            """
        ) {
            PayeeView(
                id: try $0.identifier(),
                name: try $0.text(),
                lastCategory: try $0.identifierOrNil(),
                transactionCount: try $0.integer()
            )
        }
    }
}
