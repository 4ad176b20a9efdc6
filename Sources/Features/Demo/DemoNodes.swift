import Interchange
import Ledger
import Storage

/// The demo household's accounts, categories and payees, once they have ids.
struct DemoNodes: Sendable {
    private var places: [DemoPlace: AccountID] = [:]
    private var known: [AccountID: Node] = [:]
    private var payees: [String: PayeeID] = [:]

    /// Adds the accounts, and those categories that the household lacks.
    ///
    /// - Throws: 409 `demo.not_empty`.
    init(preparing plan: DemoPlan, in write: HouseholdWrite) throws {
        try Self.demandEmpty(write)
        for account in DemoAccount.allCases {
            let input = AccountInput(
                name: account.name,
                kind: account.kind,
                currency: plan.currency(of: account)
            )
            places[.account(account)] = try AccountService().create(input, in: write).record.id
        }
        try findCategories(write)
        let book = LedgerBook(write)
        places[.opening] = try book.nodes.load(.opening).id
        places[.exchange] = try book.nodes.load(.exchange).id
        known = try book.nodes.all()
    }

    private static func demandEmpty(_ write: HouseholdWrite) throws {
        let count = try write.transaction.first(
            "SELECT transaction_count FROM household WHERE id = \(write.household)"
        ) { try $0.integer() }
        let accounts = AccountStore(transaction: write.transaction, household: write.household)
        guard count == 0, try accounts.all(includingDeleted: false).isEmpty else {
            throw APIError.conflict(
                "demo.not_empty",
                "There are accounts or transactions already: demo data would mix with them."
            )
        }
    }

    private mutating func findCategories(_ write: HouseholdWrite) throws {
        let store = CategoryStore(transaction: write.transaction, household: write.household)
        var records = try store.all(includingDeleted: false)
        func find(_ name: String, isIncome: Bool) -> AccountID? {
            records.first { $0.name == name && $0.isIncome == isIncome }?.id
        }
        func add(_ name: String, isIncome: Bool, under parent: AccountID?) throws -> AccountID {
            let record = CategoryRecord(
                id: write.ids.next(),
                name: name,
                isIncome: isIncome,
                parent: parent,
                system: nil,
                position: (records.map(\.position).max() ?? 0) + 1,
                deletedAt: nil,
                version: 1,
                createdAt: write.now,
                updatedAt: write.now
            )
            try store.insert(record)
            records.append(record)
            return record.id
        }
        for category in DemoCategory.allCases {
            let (name, isIncome) = (category.rawValue, category.isIncome)
            if let known = find(name, isIncome: isIncome) {
                places[.category(category)] = known
                continue
            }
            let parent = try category.parent.map { parent in
                try find(parent, isIncome: isIncome)
                    ?? add(parent, isIncome: isIncome, under: nil)
            }
            places[.category(category)] = try add(name, isIncome: isIncome, under: parent)
        }
    }

    // MARK: Posting

    mutating func post(_ entries: [DemoEntry], in write: HouseholdWrite) throws {
        try addPayees(of: entries, write)
        var openings: [(AccountID, TransactionID)] = []
        var posting = BulkPosting(write, known: known)
        var rest = entries[...]
        while !rest.isEmpty {
            let rows = try rest.prefix(BulkPosting.pieceSize).map { entry in
                let row = try row(entry, write.ids.next())
                if let opened = entry.openedAccount, let account = places[.account(opened)] {
                    openings.append((account, row.id))
                }
                return row
            }
            try posting.post(rows)
            rest = rest.dropFirst(rows.count)
        }
        try posting.finish()
        let accounts = AccountStore(transaction: write.transaction, household: write.household)
        for (account, opening) in openings { try accounts.setOpening(opening, of: account) }
    }

    private func row(_ entry: DemoEntry, _ id: TransactionID) throws -> TransactionStore.NewRow {
        let postings = try entry.legs.map { leg in
            Posting(try node(leg.place), leg.amount, memo: leg.memo)
        }
        let content = TransactionContent(
            date: entry.date,
            state: entry.state,
            payee: entry.payee,
            note: entry.note,
            tags: entry.tags,
            postings: try BalancedPostings(postings),
            bankText: entry.bankText,
            source: .demo
        )
        return .init(
            id: id,
            content: content,
            summary: TransactionSummary(content.postings) { known[$0]?.ledger },
            payeeID: entry.payee.flatMap { payees[$0] }
        )
    }

    func node(_ place: DemoPlace) throws -> AccountID {
        guard let id = places[place] else { throw APIError.notFound("account") }
        return id
    }

    /// Adds whom the household has not met yet, and remembers what they are for.
    private mutating func addPayees(of entries: [DemoEntry], _ write: HouseholdWrite) throws {
        let store = PayeeStore(transaction: write.transaction, household: write.household)
        let known = payees.isEmpty ? try store.all() : [:]
        for entry in entries {
            guard let name = entry.payee, payees[name] == nil else { continue }
            let folded = PayeeName.folded(name)
            let id = known[folded]?.id ?? write.ids.next()
            if known[folded] == nil { try store.insert([(id, name, folded)]) }
            payees[name] = id
            if let category = entry.category {
                try store.remember(
                    try node(.category(category)),
                    category.isIncome ? .income : .expense,
                    for: id
                )
            }
        }
    }
}
