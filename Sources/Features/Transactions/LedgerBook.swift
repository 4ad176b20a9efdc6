import Interchange
package import Ledger
import Storage

/// The one door through which transactions enter the ledger, change and leave it: whatever the way, their postings,
/// balances, rollups, payees and search text move together.
package struct LedgerBook {
    private let write: HouseholdWrite
    private let transactions: TransactionStore
    private let payees: PayeeStore
    private let effects: LedgerEffectStore
    private let rates: LearnedRates
    package let nodes: NodeStore

    package init(_ write: HouseholdWrite) {
        self.write = write
        transactions = TransactionStore(transaction: write.transaction, household: write.household)
        payees = PayeeStore(transaction: write.transaction, household: write.household)
        effects = LedgerEffectStore(transaction: write.transaction, household: write.household)
        rates = LearnedRates(transaction: write.transaction, household: write.household)
        nodes = NodeStore(transaction: write.transaction, household: write.household)
    }

    // MARK: One at a time

    /// - Parameter known: the nodes that the postings name.
    /// - Throws: 422 `account.insufficient_balance`.
    package func post(
        _ content: TransactionContent,
        known: [AccountID: Node]
    ) throws -> TransactionRecord {
        let id: TransactionID = write.ids.next()
        let row = try newRow(id, content, known)
        try transactions.insert([row], at: write.now)
        try transactions.seal(id)
        let record = TransactionRecord(
            id: id,
            content: content,
            payeeID: row.payeeID,
            version: 1,
            deletedAt: nil,
            createdAt: write.now
        )
        try apply(before: nil, after: record, known)
        try addToSearch(record)
        try rates.remember(content)
        write.countTransactions(1)
        write.moved(id, on: content.date)
        return record
    }

    /// Writes new content over a live transaction.
    package func revise(
        _ old: TransactionRecord,
        to content: TransactionContent,
        known: [AccountID: Node]
    ) throws -> TransactionRecord {
        let row = try newRow(old.id, content, known)
        try transactions.replace(old, with: row, at: write.now)
        let record = TransactionRecord(
            id: old.id,
            content: content,
            payeeID: row.payeeID,
            version: old.version + 1,
            deletedAt: old.deletedAt,
            createdAt: old.createdAt
        )
        try apply(before: old, after: record, known)
        if old.content.searchText != content.searchText {
            try write.transaction.dialect.removeFromSearch(
                old.id,
                of: write.household,
                write.transaction
            )
            try addToSearch(record)
        }
        try rates.remember(content)
        write.moved(old.id, on: content.date, try change(of: old.content, to: content, known))
        return record
    }

    /// What of it says whom it may have paid; categories do not.
    private func change(
        of old: TransactionContent,
        to new: TransactionContent,
        _ known: [AccountID: Node]
    ) throws -> LedgerMoves.Change {
        var change: LedgerMoves.Change = []
        if old.date != new.date { change.insert(.date) }
        if old.payee != new.payee { change.insert(.payee) }
        guard old.postings != new.postings else { return change }
        let unknown = old.postings.postings.map(\.account).filter { known[$0] == nil }
        var nodes = known
        if !unknown.isEmpty {
            nodes.merge(try self.nodes.find(Set(unknown))) { first, _ in first }
        }
        func moved(_ content: TransactionContent) -> [AccountID: [Money]] {
            let real = content.postings.postings.filter {
                nodes[$0.account]?.ledger.accountClass.isReal ?? true
            }
            return Dictionary(grouping: real, by: \.account).mapValues { $0.map(\.amount) }
        }
        if moved(old) != moved(new) { change.insert(.money) }
        return change
    }

    package func remove(_ old: TransactionRecord) throws -> TransactionRecord {
        try setDeleted(old, at: write.now)
    }

    package func restore(_ old: TransactionRecord) throws -> TransactionRecord {
        try setDeleted(old, at: nil)
    }

    private func setDeleted(
        _ old: TransactionRecord,
        at moment: Instant?
    ) throws -> TransactionRecord {
        guard (old.deletedAt == nil) != (moment == nil) else { return old }
        let known = try nodes.find(Set(old.content.postings.postings.map(\.account)))
        try transactions.setDeleted(old.id, at: moment, now: write.now)
        let record = TransactionRecord(
            id: old.id,
            content: old.content,
            payeeID: old.payeeID,
            version: old.version + 1,
            deletedAt: moment,
            createdAt: old.createdAt
        )
        try apply(before: old, after: record, known)
        write.countTransactions(moment == nil ? 1 : -1)
        if moment == nil { write.moved(old.id, on: old.content.date) }
        return record
    }

    // MARK: Many at once

    /// Takes back what an import posted, as one.
    ///
    /// - Returns: how many transactions that was.
    package func removeAll(importedBy batch: ImportBatchID) throws -> Int {
        let records = try transactions.records("t.import_id = \(batch) AND t.deleted_at IS NULL")
        let known = try nodes.all()
        var sums = LedgerEffects()
        do throws(MoneyError) {
            for record in records {
                try sums.add(record.booking, nodes: { known[$0]?.ledger }, sign: -1)
            }
        } catch {
            throw APIError(StorageError.amountOverflow)
        }
        try transactions.deleteAll(importedBy: batch, at: write.now)
        try effects.apply(sums, minimums: [:])
        write.countTransactions(-records.count)
        return records.count
    }

    // MARK: Parts

    private func newRow(
        _ id: TransactionID,
        _ content: TransactionContent,
        _ known: [AccountID: Node]
    ) throws -> TransactionStore.NewRow {
        var summary = TransactionSummary(content.postings) { known[$0]?.ledger }
        if let link = content.link { summary = summary.paired(with: link.account) }
        let payeeID = try content.payee.map { try payee($0, summary.category, known) }
        return .init(id: id, content: content, summary: summary, payeeID: payeeID)
    }

    /// Finds or adds the payee, and remembers what their money was for.
    private func payee(
        _ name: String,
        _ category: AccountID?,
        _ known: [AccountID: Node]
    ) throws -> PayeeID {
        let folded = PayeeStore.key(of: name)
        let found = try payees.find(folded: folded)
        let id = found?.id ?? write.ids.next()
        if found == nil { try payees.insert([(id, name, folded)]) }
        if let category, let node = known[category]?.ledger, node.system == nil {
            let last = node.accountClass == .income ? found?.incomeCategory : found?.expenseCategory
            if last != category { try payees.remember(category, node.accountClass, for: id) }
        }
        return id
    }

    private func apply(
        before: TransactionRecord?,
        after: TransactionRecord,
        _ known: [AccountID: Node]
    ) throws {
        var nodes = known
        let unknown = (before?.content.postings.postings ?? []).map(\.account)
            .filter { known[$0] == nil }
        if !unknown.isEmpty {
            nodes.merge(try self.nodes.find(Set(unknown))) { first, _ in first }
        }
        var sums = LedgerEffects()
        do throws(MoneyError) {
            if let before { try sums.add(before.booking, nodes: { nodes[$0]?.ledger }, sign: -1) }
            try sums.add(after.booking, nodes: { nodes[$0]?.ledger })
        } catch {
            throw APIError(StorageError.amountOverflow)
        }
        try effects.apply(sums, minimums: nodes)
    }

    private func addToSearch(_ record: TransactionRecord) throws {
        let words = PayeeName.folded(record.content.searchText)
        guard !words.isEmpty else { return }
        try write.transaction.dialect.addToSearch(
            [(record.id, words)],
            of: write.household,
            write.transaction
        )
    }
}
