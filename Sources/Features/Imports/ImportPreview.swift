import Interchange
import Ledger
import Storage

/// A file as it would be booked now.
package struct ImportPreview: Sendable {
    let file: StatementFile
    let rows: [Row]
    let accounts: [Int: AccountRecord]
    let report: ImportReport

    struct Row: Sendable {
        let draft: Draft
        var state: State
        var reason: Reason?
        let fingerprints: DraftFingerprints?
        let account: AccountID?
        let currency: Currency?
        let payee: String
        let foldedPayee: String
        let category: AccountID?
        /// The transaction that was there before.
        let twin: TransactionID?
    }

    enum State: String, CaseIterable, Sendable {
        case new, duplicate, problem, skipped
    }

    struct Reason: Sendable {
        let code: String
        let message: String
    }
}

/// Makes a preview from a read file, what a person decided, and what the household knows.
struct ImportPreviewer {
    let transaction: any SQLTransaction
    let household: HouseholdID
    let decisions: ImportDecisions

    private struct Knowledge {
        let accounts: [Int: AccountRecord]
        let seen: [AccountID: [Fingerprint: FingerprintStore.Seen]]
        let payees: [String: PayeeStore.Payee]
        let categories: [AccountID: CategoryRecord]
        let byName: [String: AccountID]
        let uncategorised: (expense: AccountID, income: AccountID)
    }

    func preview(_ file: StatementFile) throws -> ImportPreview {
        let known = try knowledge(of: file)
        var fingerprinter = Fingerprinter()
        var inFile: [Int: [Fingerprint: DraftRow]] = [:]
        var rows: [ImportPreview.Row] = []
        rows.reserveCapacity(file.drafts.count)
        for draft in file.drafts {
            let prints = draft.row.map { fingerprinter.next($0, statement: draft.statement) }
            rows.append(row(draft, prints, known, &inFile[draft.statement, default: [:]]))
        }
        let report = report(file, rows, known)
        return ImportPreview(file: file, rows: rows, accounts: known.accounts, report: report)
    }

    private func knowledge(of file: StatementFile) throws -> Knowledge {
        let store = AccountStore(transaction: transaction, household: household)
        let fingerprints = FingerprintStore(transaction: transaction, household: household)
        var accounts: [Int: AccountRecord] = [:]
        var seen: [AccountID: [Fingerprint: FingerprintStore.Seen]] = [:]
        for statement in file.statements {
            guard let id = decisions.account(of: statement.index), let record = try store.find(id),
                record.deletedAt == nil
            else { continue }
            accounts[statement.index] = record
            if seen[id] == nil { seen[id] = try fingerprints.seen(in: id) }
        }
        let categories = try CategoryStore(transaction: transaction, household: household)
            .all(includingDeleted: false)
        let nodes = NodeStore(transaction: transaction, household: household)
        return Knowledge(
            accounts: accounts,
            seen: seen,
            payees: try PayeeStore(transaction: transaction, household: household).all(),
            categories: Dictionary(uniqueKeysWithValues: categories.map { ($0.id, $0) }),
            byName: Dictionary(
                categories.map { (PayeeName.folded($0.name), $0.id) },
                uniquingKeysWith: { first, _ in first }
            ),
            uncategorised: (
                try nodes.load(.uncategorisedExpense).id, try nodes.load(.uncategorisedIncome).id
            )
        )
    }

    private func row(
        _ draft: Draft,
        _ prints: DraftFingerprints?,
        _ known: Knowledge,
        _ inFile: inout [Fingerprint: DraftRow]
    ) -> ImportPreview.Row {
        let choice = decisions.rows[draft.number]
        let account = known.accounts[draft.statement]
        let payee = choice?.payee ?? draft.row?.payee ?? ""
        let folded = PayeeName.folded(payee)
        var row = ImportPreview.Row(
            draft: draft,
            state: .new,
            reason: nil,
            fingerprints: prints,
            account: account?.id,
            currency: draft.row?.currency ?? account?.currency,
            payee: payee,
            foldedPayee: folded,
            category: draft.row.map { category(of: $0, folded, choice, known) },
            twin: prints.flatMap {
                twin(of: $0, in: known.seen[account?.id ?? .none])?.transaction
            }
        )
        (row.state, row.reason) = judge(draft, prints, account, known, &inFile)
        switch choice?.included {
        case false? where row.state != .problem: row.state = .skipped
        case true? where row.state == .duplicate: row.state = .new
        default: break
        }
        return row
    }

    private func judge(
        _ draft: Draft,
        _ prints: DraftFingerprints?,
        _ account: AccountRecord?,
        _ known: Knowledge,
        _ inFile: inout [Fingerprint: DraftRow]
    ) -> (ImportPreview.State, ImportPreview.Reason?) {
        if let problem = draft.problem {
            return (.problem, .init(code: problem.code.rawValue, message: problem.message))
        }
        guard let row = draft.row, let prints else { return (.problem, nil) }
        if row.amount == 0 {
            return (.problem, .init(code: "zero_amount", message: "It moves no money."))
        }
        if let currency = row.currency, let account, currency != account.currency {
            return (
                .problem,
                .init(
                    code: "wrong_currency",
                    message:
                        "It is in \(currency.code), and \(account.name) is kept in \(account.currency.code)."
                )
            )
        }
        if let twin = twin(of: prints, in: known.seen[account?.id ?? .none]) {
            return twin.isDeleted
                ? (
                    .duplicate,
                    .init(code: "deleted_before", message: "It was imported before and deleted.")
                )
                : (.duplicate, .init(code: "imported_before", message: "It was imported before."))
        }
        // Some banks repeat an id: only a row that says the same is the same.
        if let bankID = prints.bankID {
            if let first = inFile[bankID], first.date == row.date, first.amount == row.amount {
                return (
                    .duplicate, .init(code: "twice_in_file", message: "The file holds it twice.")
                )
            }
            inFile[bankID] = row
        }
        return (.new, nil)
    }

    /// The bank's id first, then what the row says.
    private func twin(
        of prints: DraftFingerprints,
        in seen: [Fingerprint: FingerprintStore.Seen]?
    ) -> FingerprintStore.Seen? {
        guard let seen else { return nil }
        if let bankID = prints.bankID {
            if let twin = seen[bankID] { return twin }
            // Two rows that only look alike have two ids.
            guard let alike = seen[prints.content], !alike.hasBankID else { return nil }
            return alike
        }
        return seen[prints.content]
    }

    /// What a person chose, what the payee was last given, what the file says, else uncategorised.
    private func category(
        of row: DraftRow,
        _ folded: String,
        _ choice: ImportDecisions.Row?,
        _ known: Knowledge
    ) -> AccountID {
        let isIncome = row.amount > 0
        let chosen = [choice?.category, decisions.categories[folded]].lazy
            .compactMap { $0.flatMap { AccountID($0) } }
            .first { known.categories[$0] != nil }
        if let chosen { return chosen }
        let payee = known.payees[folded]
        let remembered =
            isIncome ? payee?.incomeCategory ?? payee?.expenseCategory : payee?.expenseCategory
        if let remembered, known.categories[remembered] != nil { return remembered }
        if let name = row.category, let named = known.byName[PayeeName.folded(name)],
            known.categories[named]?.isIncome == isIncome
        {
            return named
        }
        return isIncome ? known.uncategorised.income : known.uncategorised.expense
    }
}

extension AccountID {
    /// An id that no account has.
    fileprivate static let none = AccountID(UniqueID(high: 0, low: 0))
}

// MARK: Figures

extension ImportPreviewer {
    private func report(
        _ file: StatementFile,
        _ rows: [ImportPreview.Row],
        _ known: Knowledge
    ) -> ImportReport {
        var report = ImportReport()
        report.format = file.format.rawValue
        report.encoding = file.encoding.rawValue
        report.mapping = file.mapping
        report.rows = rows.count
        var sums: [Int: Int64] = [:]
        var counts: [Int: Int] = [:]
        var totals = ImportReport.Totals(income: 0, expenses: 0, currency: "")
        var currencies: Set<Currency> = []
        for row in rows {
            counts[row.draft.statement, default: 0] += 1
            switch row.state {
            case .new: report.new += 1
            case .duplicate: report.duplicates += 1
            case .problem: report.problems += 1
            case .skipped: report.skipped += 1
            }
            guard let parsed = row.draft.row else { continue }
            let day = Int(parsed.date.daysSince1970)
            report.firstDay = min(report.firstDay ?? day, day)
            report.lastDay = max(report.lastDay ?? day, day)
            guard row.state == .new else { continue }
            if let currency = row.currency { currencies.insert(currency) }
            sums[row.draft.statement] = Self.clamped(sums[row.draft.statement] ?? 0, parsed.amount)
            if parsed.amount > 0 {
                totals.income = Self.clamped(totals.income, parsed.amount)
            } else {
                totals.expenses = Self.clamped(totals.expenses, 0 &- parsed.amount)
            }
        }
        if currencies.count == 1, let currency = currencies.first {
            totals.currency = currency.code
            report.totals = totals
        }
        report.questions = file.questions.map(ImportReport.Question.init)
        for statement in file.statements {
            let account = known.accounts[statement.index]
            if account == nil { report.questions.append(.account(of: statement)) }
            report.statements.append(
                statementReport(
                    statement,
                    account,
                    counts[statement.index] ?? 0,
                    sums[statement.index] ?? 0
                )
            )
        }
        return report
    }

    private func statementReport(
        _ statement: Statement,
        _ account: AccountRecord?,
        _ rows: Int,
        _ sum: Int64
    ) -> ImportReport.StatementReport {
        ImportReport.StatementReport(
            index: statement.index,
            bankAccount: statement.bankAccount,
            kind: statement.kind?.rawValue,
            currency: (statement.currency ?? account?.currency)?.code,
            rows: rows,
            account: account?.id.description,
            ledgerBalance: statement.ledgerBalance,
            ledgerBalanceDay: statement.ledgerBalanceDate.map { Int($0.daysSince1970) },
            ourBalanceAfter: account.map { Self.clamped($0.balance.tenThousandths, sum) }
        )
    }

    /// Figures for people stop at the largest amount; the booking itself refuses it.
    private static func clamped(_ left: Int64, _ right: Int64) -> Int64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? (right > 0 ? .max : -.max) : sum
    }
}
