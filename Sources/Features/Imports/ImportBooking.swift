import Interchange
import Ledger
import Storage

/// Turns the new rows of a preview into transactions, all at once.
struct ImportBooking {
    let write: HouseholdWrite
    let batch: ImportBatchID
    let decisions: ImportDecisions

    /// What was booked.
    struct Booked {
        var ids: Set<TransactionID> = []
        var first = LocalDate.latest
        var last = LocalDate.earliest
    }

    /// - Parameter progress: told how many transactions are written.
    func book(_ preview: ImportPreview, progress: (Int) -> Void) throws -> Booked {
        let known = try NodeStore(transaction: write.transaction, household: write.household).all()
        let payees = try payees(of: preview)
        var posting = BulkPosting(write, known: known)
        var prints = PrintCollector()
        var booked = Booked()
        var rest = preview.rows[...]
        while !rest.isEmpty {
            // A piece at a time, since a row takes more memory here than in the file.
            let piece = rest.prefix(BulkPosting.pieceSize)
            rest = rest.dropFirst(piece.count)
            var rows: [TransactionStore.NewRow] = []
            for row in piece where row.state == .new {
                guard let new = try newRow(row, preview, known, payees) else { continue }
                rows.append(new)
                prints.add(row, new.id)
                booked.ids.insert(new.id)
                booked.first = min(booked.first, new.content.date)
                booked.last = max(booked.last, new.content.date)
            }
            try posting.post(rows)
            progress(posting.count)
        }
        try posting.finish()
        try FingerprintStore(transaction: write.transaction, household: write.household)
            .insert(prints.rows)
        try remember(preview, payees, known)
        return booked
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

/// The fingerprints of booked rows, each once an account.
private struct PrintCollector {
    private(set) var rows: [FingerprintStore.Row] = []
    private var taken: Set<AccountPrint> = []

    private struct AccountPrint: Hashable {
        let account: AccountID
        let print: Fingerprint
    }

    mutating func add(_ row: ImportPreview.Row, _ transaction: TransactionID) {
        guard let account = row.account, let prints = row.fingerprints else { return }
        for (print, isBankID) in [(prints.content, false)]
            + (prints.bankID.map { [($0, true)] } ?? [])
        where taken.insert(AccountPrint(account: account, print: print)).inserted {
            rows.append(
                .init(
                    account: account,
                    fingerprint: print,
                    isBankID: isBankID,
                    transaction: transaction
                )
            )
        }
    }
}
