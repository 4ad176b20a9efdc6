import Ledger
import Storage

extension SeenTransaction {
    /// What payees got of masked transactions on some days, as far as seen accounts paid it.
    ///
    /// Months have sums of it; of days the postings are added up, and of these transactions the member sees no categories.
    func maskedPayeeSums(
        in span: DateSpan,
        includingPending: Bool
    ) throws -> [ReportStore.PayeeSum] {
        let (household, hidden) = (tables.household, Set(tables.hidden))
        let least = includingPending ? TransactionState.pending : .posted
        let masked = try rows(
            """
            SELECT t.id FROM ledger_transaction t
            WHERE t.household_id = \(household) AND t.is_masked AND t.deleted_at IS NULL
                AND t.date >= \(span.first) AND t.date <= \(span.last) AND t.state >= \(least.rawValue)
            """
        ) { try $0.identifier() as TransactionID }
        guard !masked.isEmpty else { return [] }
        let payees = try rows("SELECT id, name FROM payee WHERE household_id = \(household)") {
            (try $0.identifier() as PayeeID, try $0.text())
        }
        let names = Dictionary(uniqueKeysWithValues: payees)
        let known = try NodeStore(transaction: whole, household: household).all()
        let records = try TransactionStore(transaction: whole, household: household)
            .records("t.id IN \(list: masked)")
        return try records.flatMap { record -> [ReportStore.PayeeSum] in
            guard let payee = record.payeeID, let name = names[payee] else { return [] }
            let shares = try RollupShare.shares(of: record.content.postings.postings) {
                known[$0]?.ledger.accountClass.isReal ?? false
            }
            .filter { share in
                known[share.node]?.ledger.accountClass.isCategory == true
                    && !hidden.contains(share.counter)
            }
            return shares.enumerated().map { index, share in
                ReportStore.PayeeSum(
                    payee: payee,
                    name: name,
                    currency: share.net.currency,
                    net: share.net.tenThousandths,
                    count: index == 0 ? 1 : 0
                )
            }
        }
    }
}
