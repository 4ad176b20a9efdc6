import Interchange
import Ledger
import Storage

/// Posts many transactions in pieces, those of an import for example: each sum is written once for all of them.
///
/// Minimum balances are not held: an import warns and never refuses.
struct BulkPosting {
    private let write: HouseholdWrite
    private let known: [AccountID: Node]
    private let transactions: TransactionStore
    private let rates: LearnedRates
    private var sums = LedgerEffects()
    private var first: TransactionID?
    private var last: TransactionID?
    private(set) var count = 0

    /// How many rows a piece should have, so that they need not all be in memory.
    static let pieceSize = 2_048

    /// - Parameter known: every node of the household.
    init(_ write: HouseholdWrite, known: [AccountID: Node]) {
        self.write = write
        self.known = known
        transactions = TransactionStore(transaction: write.transaction, household: write.household)
        rates = LearnedRates(transaction: write.transaction, household: write.household)
    }

    /// - Parameter rows: their ids rise, as `IDSource` makes them.
    mutating func post(_ rows: [TransactionStore.NewRow]) throws {
        try transactions.insert(rows, at: write.now)
        try addSums(of: rows)
        for row in rows {
            try rates.remember(row.content)
            write.moved(row.id, on: row.content.date)
        }
        try write.transaction.dialect.addToSearch(
            rows.map { ($0.id, PayeeName.folded($0.content.searchText)) },
            of: write.household,
            write.transaction
        )
        first = first ?? rows.first?.id
        last = rows.last?.id ?? last
        count += rows.count
    }

    /// Seals what was posted and writes the sums.
    func finish() throws {
        guard let first, let last else { return }
        try transactions.seal(from: first, through: last)
        try LedgerEffectStore(transaction: write.transaction, household: write.household)
            .apply(sums, minimums: [:])
        write.countTransactions(count)
    }

    private mutating func addSums(of rows: [TransactionStore.NewRow]) throws {
        let known = known
        do throws(MoneyError) {
            for row in rows {
                let booking = Booking(
                    date: row.content.date,
                    state: row.content.state,
                    payee: row.payeeID,
                    isDeleted: false,
                    postings: row.content.postings.postings
                )
                try sums.add(booking, nodes: { known[$0]?.ledger })
            }
        } catch {
            throw APIError(StorageError.amountOverflow)
        }
    }
}
