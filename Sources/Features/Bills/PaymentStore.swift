import Insight
import Ledger
import Storage

/// The transactions that may pay something, of the whole household.
struct PaymentStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    /// How many are looked at at once, the youngest first.
    static let limit = 5_000

    struct Found {
        let payment: Payment
        let isTransfer: Bool
        /// Whether it came from the bank.
        let isOfBank: Bool
    }

    /// Those of some transactions that pay nothing yet.
    func payments(among ids: [TransactionID]) throws -> [Found] {
        guard !ids.isEmpty else { return [] }
        return try payments("t.id IN \(list: ids)")
    }

    /// What may pay some occurrences, and pays nothing yet.
    func payments(for occurrences: [BillOccurrence]) throws -> [Found] {
        guard let first = occurrences.map(\.window.lowerBound).min(),
            let last = occurrences.map(\.window.upperBound).max()
        else { return [] }
        let currencies = Set(occurrences.map(\.bill.currency)).sorted { $0.code < $1.code }
        var condition: SQLText = """
            t.date BETWEEN \(first) AND \(last) AND t.currency IN \(list: currencies)
            """
        let accounts = occurrences.map(\.bill.account)
        if !accounts.contains(nil) {
            condition.append(
                " AND t.account_id IN \(list: Set(accounts.compactMap(\.self)).sorted())"
            )
        }
        if let (least, most) = Self.amounts(of: occurrences) {
            condition.append(
                " AND t.magnitude BETWEEN \(SQLValue.amount(least)) AND \(SQLValue.amount(most))"
            )
        }
        return try payments(condition)
    }

    /// Between which amounts payments lie, changed prices and parts among them; nil where one is not known.
    private static func amounts(of occurrences: [BillOccurrence]) -> (Int64, Int64)? {
        var (least, most) = (Int64.max, Int64(0))
        for one in occurrences {
            guard let band = one.band else { return nil }
            let ends = [band.low, band.high].map { Int64(clamping: $0.tenThousandths.magnitude) }
            least = min(least, one.bill.allowsParts ? 0 : (ends.min() ?? 0) / 2)
            most = max(
                most,
                (ends.max() ?? 0).addingReportingOverflow(ends.max() ?? 0).partialValue
            )
        }
        return most > 0 ? (least, most) : nil
    }

    /// Those of some transactions, whatever they pay.
    func payments(of ids: [TransactionID]) throws -> [TransactionID: Found] {
        let found = try payments("t.id IN \(list: ids)", isFree: false)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.payment.id, $0) })
    }

    /// A bill that was deleted holds no payments.
    private func payments(_ condition: SQLText, isFree: Bool = true) throws -> [Found] {
        let free: SQLText =
            isFree
            ? """
                AND NOT EXISTS (SELECT 1 FROM bill_payment p
                    JOIN bill b ON b.household_id = p.household_id AND b.id = p.bill_id
                    WHERE p.household_id = t.household_id AND p.transaction_id = t.id
                        AND b.deleted_at IS NULL)
            """ : .empty
        return try found("\(condition) \(free)")
    }

    private func found(_ condition: SQLText) throws -> [Found] {
        try transaction.rows(
            """
            SELECT t.id, t.type, t.account_id, t.to_account_id, t.date, t.signed_amount, t.currency,
                t.source, y.folded
            FROM ledger_transaction t
            LEFT JOIN payee y ON y.household_id = t.household_id AND y.id = t.payee_id
            WHERE t.household_id = \(household) AND \(condition) AND t.deleted_at IS NULL
                AND t.state >= \(TransactionState.pending.rawValue)
                AND t.type IN ('expense', 'income', 'transfer')
            ORDER BY t.date DESC, t.id DESC LIMIT \(Self.limit)
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            let isTransfer = try row.text() == TransactionType.transfer.rawValue
            let account: AccountID = try row.identifier()
            let target: AccountID? = try row.identifierOrNil()
            let date = try row.date()
            let amount = Money(tenThousandths: try row.amount(), try row.currency())
            let source = TransactionSource(rawValue: try row.text()) ?? .manual
            let payee = try row.textOrNil() ?? ""
            return Found(
                payment: Payment(
                    id: id,
                    account: account,
                    payee: isTransfer
                        ? target.map(BillRecord.payee(ofTransferTo:)) ?? "" : payee,
                    date: date,
                    amount: amount
                ),
                isTransfer: isTransfer,
                isOfBank: source == .import || source == .sync
            )
        }
    }

    /// What changed is proposed anew, or not at all.
    func forgetProposals(of ids: [TransactionID]) throws {
        guard !ids.isEmpty else { return }
        try transaction.execute(
            """
            DELETE FROM bill_candidate WHERE household_id = \(household)
                AND transaction_id IN \(list: ids) AND is_rejected = \(false)
            """
        )
    }

    /// Books a bank's row on the category of its bill, where nobody and nothing has said another.
    func categorise(_ id: TransactionID, as bill: BillRecord, in write: HouseholdWrite) throws {
        guard let category = bill.category else { return }
        let record = try TransactionStore(transaction: transaction, household: household).load(id)
        let book = LedgerBook(write)
        let named = Set(record.content.postings.postings.map(\.account) + [category])
        let nodes = try book.nodes.find(named)
        let uncategorised: [SystemNode] = [.uncategorisedExpense, .uncategorisedIncome]
        guard let target = nodes[category], !target.isDeleted, record.content.link == nil else {
            return
        }
        var content = record.content
        content.postings = try BalancedPostings(
            content.postings.postings.map { posting in
                let isOpen = nodes[posting.account]?.ledger.system.map(uncategorised.contains)
                return isOpen == true
                    ? Posting(category, posting.amount, memo: posting.memo) : posting
            }
        )
        guard content.postings != record.content.postings else { return }
        _ = try book.revise(record, to: content, known: nodes)
    }
}
