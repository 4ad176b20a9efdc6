import Insight
import Interchange
import Ledger
import Storage

/// Links between the two sides of a transfer, and the candidates for one.
struct TransferStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    /// How many transactions are looked at for suggestions, the newest first.
    static let sideLimit = 20_000

    /// One-sided transactions that could be part of a transfer.
    func sides(in span: DateSpan?) throws -> [TransferSide] {
        var condition: SQLText = .empty
        if let span {
            condition = " AND t.date >= \(span.first) AND t.date <= \(span.last)"
        }
        return try transaction.rows(
            """
            SELECT t.id, t.account_id, t.date, t.currency, t.signed_amount, t.payee, t.bank_text, c.system
            FROM ledger_transaction t
            JOIN account c ON c.household_id = t.household_id AND c.id = t.category_id
            WHERE t.household_id = \(household) AND t.deleted_at IS NULL AND t.linked_id IS NULL
                AND t.type IN ('expense', 'income') AND t.state >= \(TransactionState.posted.rawValue)
                \(condition)
            ORDER BY t.date DESC, t.id DESC LIMIT \(Self.sideLimit)
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            let account: AccountID = try row.identifier()
            let date = try row.date()
            let currency = try row.currency()
            let amount = Money(tenThousandths: try row.amount(), currency)
            let text = [try row.textOrNil(), try row.textOrNil()].compactMap(\.self)
            return TransferSide(
                id: id,
                account: account,
                date: date,
                amount: amount,
                text: PayeeName.folded(text.joined(separator: " ")),
                isUncategorised: try row.textOrNil() != nil
            )
        }
    }

    func refusals() throws -> Set<TransferMatching.Refusal> {
        let rows = try transaction.rows(
            """
            SELECT out_id, in_id FROM transfer_link
            WHERE household_id = \(household) AND state = 'rejected'
            """
        ) {
            TransferMatching.Refusal(out: try $0.identifier(), into: try $0.identifier())
        }
        return Set(rows)
    }

    /// What the accounts are called, folded.
    func accountNames() throws -> [AccountID: String] {
        let rows = try transaction.rows(
            """
            SELECT id, name FROM account
            WHERE household_id = \(household) AND class IN ('asset', 'liability')
            """
        ) { (try $0.identifier() as AccountID, PayeeName.folded(try $0.text())) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    struct Link {
        let out: TransactionID
        let into: TransactionID
        let outCategory: AccountID
        let inCategory: AccountID
    }

    func save(_ link: Link) throws {
        try transaction.execute(
            """
            INSERT INTO transfer_link
                (household_id, out_id, in_id, state, out_category_id, in_category_id)
            VALUES (\(household), \(link.out), \(link.into), 'linked', \(link.outCategory),
                \(link.inCategory))
            ON CONFLICT (household_id, out_id, in_id) DO UPDATE SET state = 'linked',
                out_category_id = excluded.out_category_id, in_category_id = excluded.in_category_id
            """
        )
    }

    func reject(out: TransactionID, into: TransactionID) throws {
        try transaction.execute(
            """
            INSERT INTO transfer_link (household_id, out_id, in_id, state)
            VALUES (\(household), \(out), \(into), 'rejected')
            ON CONFLICT (household_id, out_id, in_id) DO UPDATE SET state = 'rejected'
            """
        )
    }

    /// Takes back a refusal.
    ///
    /// - Returns: whether there was one.
    func unreject(out: TransactionID, into: TransactionID) throws -> Bool {
        try transaction.executeCounting(
            """
            DELETE FROM transfer_link
            WHERE household_id = \(household) AND out_id = \(out) AND in_id = \(into)
                AND state = 'rejected'
            """
        ) == 1
    }

    func link(of id: TransactionID) throws -> Link? {
        try links("AND (out_id = \(id) OR in_id = \(id))").first
    }

    /// The links that have a side in an import.
    func links(importedBy batch: ImportBatchID) throws -> [Link] {
        let ids: SQLText = """
            SELECT id FROM ledger_transaction
            WHERE household_id = \(household) AND import_id = \(batch) AND linked_id IS NOT NULL
            """
        return try links("AND (out_id IN (\(ids)) OR in_id IN (\(ids)))")
    }

    private func links(_ condition: SQLText) throws -> [Link] {
        try transaction.rows(
            """
            SELECT out_id, in_id, out_category_id, in_category_id FROM transfer_link
            WHERE household_id = \(household) AND state = 'linked' \(condition) ORDER BY out_id
            """
        ) {
            Link(
                out: try $0.identifier(),
                into: try $0.identifier(),
                outCategory: try $0.identifier(),
                inCategory: try $0.identifier()
            )
        }
    }

    /// An undone link was nobody's refusal.
    func forget(_ link: Link) throws {
        try transaction.execute(
            """
            DELETE FROM transfer_link
            WHERE household_id = \(household) AND out_id = \(link.out) AND in_id = \(link.into)
            """
        )
    }
}
