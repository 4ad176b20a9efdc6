import Interchange
import Ledger
import Storage

/// Turns the new rows of a preview into transactions, all at once.
struct ImportBooking {
    let write: HouseholdWrite
    let batch: ImportBatchID
    let decisions: ImportDecisions

    /// - Parameter progress: told how many rows of the file are done.
    /// - Returns: what was booked.
    func book(
        _ preview: ImportPreview,
        progress: (Int) -> Void
    ) throws -> [TransactionStore.NewRow] {
        let book = LedgerBook(write)
        let known = try book.nodes.all()
        let payees = try payees(of: preview)
        var rows: [TransactionStore.NewRow] = []
        var prints: [FingerprintStore.Row] = []
        var taken: Set<AccountPrint> = []
        for row in preview.rows where row.state == .new {
            guard let new = try newRow(row, preview, known, payees) else { continue }
            rows.append(new)
            for (print, isBankID) in Self.prints(of: row) {
                guard let account = row.account,
                    taken.insert(.init(account: account, print: print)).inserted
                else { continue }
                prints.append(
                    .init(
                        account: account,
                        fingerprint: print,
                        isBankID: isBankID,
                        transaction: new.id
                    )
                )
            }
        }
        try book.post(rows, known: known) { progress($0) }
        try FingerprintStore(transaction: write.transaction, household: write.household).insert(
            prints
        )
        try remember(preview, payees, known)
        return rows
    }

    private struct AccountPrint: Hashable {
        let account: AccountID
        let print: Fingerprint
    }

    private static func prints(of row: ImportPreview.Row) -> [(Fingerprint, Bool)] {
        guard let prints = row.fingerprints else { return [] }
        return [(prints.content, false)] + (prints.bankID.map { [($0, true)] } ?? [])
    }

    private func newRow(
        _ row: ImportPreview.Row,
        _ preview: ImportPreview,
        _ known: [AccountID: Node],
        _ payees: [String: PayeeID]
    ) throws -> TransactionStore.NewRow? {
        guard let parsed = row.draft.row, let account = preview.accounts[row.draft.statement],
            let category = row.category
        else { return nil }
        let money = Money(tenThousandths: parsed.amount, account.currency)
        let content = TransactionContent(
            date: parsed.date,
            state: .posted,
            payee: row.payee.isEmpty ? nil : row.payee,
            postings: try BalancedPostings([
                Posting(account.id, money), Posting(category, try money.negated()),
            ]),
            bankText: String(parsed.bankText.prefix(TransactionLimits.note)),
            source: .import,
            importID: batch
        )
        let summary = TransactionSummary(content.postings) { known[$0]?.ledger }
        return .init(
            id: write.ids.next(),
            content: content,
            summary: summary,
            payeeID: payees[row.foldedPayee]
        )
    }

    /// Finds or adds the payees of the new rows.
    private func payees(of preview: ImportPreview) throws -> [String: PayeeID] {
        let store = PayeeStore(transaction: write.transaction, household: write.household)
        var ids = try store.all().mapValues(\.id)
        var added: [(id: PayeeID, name: String, folded: String)] = []
        for row in preview.rows
        where row.state == .new && !row.payee.isEmpty && ids[row.foldedPayee] == nil {
            let id: PayeeID = write.ids.next()
            ids[row.foldedPayee] = id
            added.append((id, row.payee, row.foldedPayee))
        }
        try store.insert(added)
        return ids
    }

    /// What a person said a payee was for holds for the next file too.
    private func remember(
        _ preview: ImportPreview,
        _ payees: [String: PayeeID],
        _ known: [AccountID: Node]
    ) throws {
        var chosen: [String: AccountID] = decisions.categories.compactMapValues { AccountID($0) }
        for row in preview.rows where row.state == .new {
            guard
                let category = decisions.rows[row.draft.number]?.category.flatMap({ AccountID($0) })
            else { continue }
            chosen[row.foldedPayee] = category
        }
        let store = PayeeStore(transaction: write.transaction, household: write.household)
        for (folded, category) in chosen.sorted(by: { $0.key < $1.key }) {
            guard let payee = payees[folded], let node = known[category]?.ledger, node.system == nil
            else {
                continue
            }
            try store.remember(category, node.accountClass, for: payee)
        }
    }
}
