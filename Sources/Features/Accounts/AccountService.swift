import Ledger
import Storage

/// What people do with accounts. One method is one use case.
package struct AccountService: Sendable {
    /// How many a household may have.
    static let countLimit = 1_000

    /// An account with more transactions than this is closed, or its transactions deleted first.
    static let deletableTransactions = 10_000

    package init() {}

    package func create(_ input: AccountInput, in write: HouseholdWrite) throws -> AccountView {
        let store = store(write)
        let others = try store.all(includingDeleted: false)
        guard try ledger(write).all(includingDeleted: false).count < Self.countLimit else {
            throw APIError.conflict(
                "account.too_many",
                "At most \(Self.countLimit) accounts are possible."
            )
        }
        try Self.checkName(input.name, except: nil, others)
        let minimum = try input.minimumBalance?.money(in: input.currency, field: "minimum_balance")
        let opening = try input.openingBalance?.money(in: input.currency, field: "opening_balance")
        let id: AccountID = write.ids.next()
        try store.insert(
            AccountRecord(
                id: id,
                name: input.name,
                kind: input.kind,
                currency: input.currency,
                balance: .zero(input.currency),
                minimumBalance: minimum,
                openingTransaction: nil,
                position: (others.map(\.position).max() ?? 0) + 1,
                closedAt: nil,
                budgetChoice: input.isBudgeted,
                deletedAt: nil,
                version: 1,
                createdAt: write.now,
                updatedAt: write.now
            ),
            by: write.member.person
        )
        if let opening, !opening.isZero {
            let transaction = try postOpening(
                opening,
                on: input.openingDate ?? write.today,
                of: id,
                in: write
            )
            try store.setOpening(transaction, of: id)
        }
        let view = try view(id, in: write)
        write.record(AuditNote("create", "account", id.value, after: AccountView.shape.bytes(view)))
        if input.visibility != .all {
            try AccountVisibilityService().show(id, to: input.visibility, in: write)
        }
        return view
    }

    func update(
        _ id: AccountID,
        _ patch: AccountPatch,
        expecting version: Int64?,
        in write: HouseholdWrite
    ) throws -> AccountView {
        let store = store(write)
        var record = try live(id, expecting: version, store)
        let before = try view(id, in: write)
        if let name = patch.name {
            try Self.checkName(name, except: id, try store.all(includingDeleted: false))
            record.name = name
        }
        if let kind = patch.kind { record.kind = kind }
        switch patch.minimumBalance {
        case .absent: break
        case .clear: record.minimumBalance = nil
        case .value(let amount):
            record.minimumBalance = try amount.money(in: record.currency, field: "minimum_balance")
        }
        record.closedAt = patch.closedAt.applied(to: record.closedAt)
        record.budgetChoice = patch.isBudgeted ?? record.budgetChoice
        if case .value(let category) = patch.budgetCategory {
            try Self.checkCategory(category, in: write)
        }
        record.budgetCategory = patch.budgetCategory.applied(to: record.budgetCategory)
        record.openingTransaction = try reviseOpening(of: record, patch, in: write)
        try store.update(record, at: write.now)
        let after = try view(id, in: write)
        write.record(
            AuditNote(
                "update",
                "account",
                id.value,
                before: AccountView.shape.bytes(before),
                after: AccountView.shape.bytes(after)
            )
        )
        return after
    }

    /// Deletes an account with its transactions.
    ///
    /// - Throws: 409 `account.has_transfers` when another account would change by it, 409
    ///   `account.too_many_transactions`.
    func delete(_ id: AccountID, expecting version: Int64?, in write: HouseholdWrite) throws {
        let store = store(write)
        _ = try live(id, expecting: version, store)
        let before = try view(id, in: write)
        guard before.transactionCount <= Self.deletableTransactions else {
            throw APIError.conflict(
                "account.too_many_transactions",
                "It has \(before.transactionCount) transactions. Close it, or delete them first."
            )
        }
        let records = try ledger(write).transactions(of: id)
        let book = LedgerBook(write)
        let nodes = try book.nodes.all()
        for record in records {
            let others = record.content.postings.postings.contains { posting in
                posting.account != id && nodes[posting.account]?.ledger.accountClass.isReal ?? false
            }
            if others || record.content.link != nil {
                throw APIError.conflict(
                    "account.has_transfers",
                    "Other accounts would change: delete or unlink its transfers first, or close it."
                )
            }
        }
        var changes: [AuditNote.Change] = []
        for record in records {
            _ = try book.remove(record)
            changes.append(.init(entity: record.id.value, before: nil, after: nil))
        }
        try store.setDeleted(id, at: write.now, now: write.now)
        write.record(
            AuditNote(
                "delete",
                "account",
                id.value,
                before: AccountView.shape.bytes(before),
                changes: changes
            )
        )
    }

    /// Brings back an account and the transactions that were deleted with it.
    func restore(_ id: AccountID, in write: HouseholdWrite) throws -> AccountView {
        let store = store(write)
        guard let record = try store.find(id) else { throw APIError.notFound("account") }
        guard let deleted = record.deletedAt else { return try view(id, in: write) }
        guard deleted.adding(seconds: TransactionService.restorableSeconds) >= write.now else {
            throw APIError.notFound("account")
        }
        try Self.checkName(record.name, except: id, try store.all(includingDeleted: false))
        try store.setDeleted(id, at: nil, now: write.now)
        let book = LedgerBook(write)
        // The last first, through the same balances as when they were deleted.
        for transaction in try ledger(write).transactions(of: id, deletedAt: deleted).reversed() {
            _ = try book.restore(transaction)
        }
        let after = try view(id, in: write)
        write.record(
            AuditNote("restore", "account", id.value, after: AccountView.shape.bytes(after))
        )
        return after
    }

    func reorder(_ ids: [AccountID], in write: HouseholdWrite) throws -> [AccountView] {
        let store = store(write)
        let live = try store.all(includingDeleted: false).map(\.id)
        guard ids.count == live.count, Set(ids) == Set(live) else {
            throw APIError.invalid("ids", "not_all", "must name each account once")
        }
        if ids != live {
            // An account that is not seen keeps its place between the others.
            var rest = ids[...]
            let all = try ledger(write).all(includingDeleted: false).map(\.id)
            for (position, id) in all.enumerated() {
                let here = write.member.sees.sees(id) ? rest.removeFirst() : id
                try store.setPosition(Int64(position + 1), of: here)
            }
            let before = JSONWriter.ids(live)
            write.record(
                AuditNote("reorder", "account", nil, before: before, after: JSONWriter.ids(ids))
            )
        }
        return try AccountReader(
            transaction: write.seen,
            member: write.member,
            today: write.today
        )
        .list(includingDeleted: false)
    }

    // MARK: Opening balances

    private func postOpening(
        _ amount: Money,
        on date: LocalDate,
        of id: AccountID,
        in write: HouseholdWrite
    ) throws -> TransactionID {
        let book = LedgerBook(write)
        let opening = try book.nodes.load(.opening)
        var known = try book.nodes.find([id])
        known[opening.id] = opening
        let content = TransactionContent(
            date: date,
            state: .cleared,
            postings: try BalancedPostings([
                Posting(id, amount), Posting(opening.id, try amount.negated()),
            ]),
            source: .system
        )
        return try book.post(content, known: known).id
    }

    private func reviseOpening(
        of record: AccountRecord,
        _ patch: AccountPatch,
        in write: HouseholdWrite
    ) throws -> TransactionID? {
        guard patch.openingBalance != nil || patch.openingDate != nil else {
            return record.openingTransaction
        }
        let amount = try patch.openingBalance?.money(in: record.currency, field: "opening_balance")
        let transactions = TransactionStore(
            transaction: write.transaction,
            household: write.household
        )
        let opening = try record.openingTransaction.map { try transactions.load($0) }
        // It may have been deleted by itself, like any transaction.
        guard let old = opening, old.deletedAt == nil else {
            guard let amount, !amount.isZero else { return nil }
            return try postOpening(
                amount,
                on: patch.openingDate ?? write.today,
                of: record.id,
                in: write
            )
        }
        let book = LedgerBook(write)
        if let amount, amount.isZero {
            _ = try book.remove(old)
            return nil
        }
        var content = old.content
        if let date = patch.openingDate { content.date = date }
        if let amount {
            content.postings = try BalancedPostings(
                content.postings.postings.map { posting in
                    Posting(
                        posting.account,
                        posting.account == record.id ? amount : try amount.negated()
                    )
                }
            )
        }
        let known = try book.nodes.find(Set(content.postings.postings.map(\.account)))
        return try book.revise(old, to: content, known: known).id
    }

    // MARK: Parts

    /// The accounts that the member sees.
    private func store(_ write: HouseholdWrite) -> AccountStore {
        AccountStore(transaction: write.seen, household: write.household)
    }

    /// All of the household's.
    private func ledger(_ write: HouseholdWrite) -> AccountStore {
        AccountStore(transaction: write.transaction, household: write.household)
    }

    private func view(_ id: AccountID, in write: HouseholdWrite) throws -> AccountView {
        try AccountReader(transaction: write.seen, member: write.member, today: write.today)
            .view(id)
    }

    private func live(
        _ id: AccountID,
        expecting version: Int64?,
        _ store: AccountStore
    ) throws -> AccountRecord {
        guard let record = try store.find(id), record.deletedAt == nil else {
            throw APIError.notFound("account")
        }
        guard version == nil || version == record.version else { throw APIError.stale }
        return record
    }

    private static func checkCategory(_ id: AccountID, in write: HouseholdWrite) throws {
        let nodes = NodeStore(transaction: write.transaction, household: write.household)
        let node = try nodes.find([id])[id]
        guard let node, node.ledger.accountClass == .expense, !node.isDeleted else {
            throw APIError.invalid("budget_category_id", "not_found", "there is no such category")
        }
    }

    private static func checkName(
        _ name: String,
        except id: AccountID?,
        _ others: [AccountRecord]
    ) throws {
        if others.contains(where: { $0.id != id && $0.name.lowercased() == name.lowercased() }) {
            throw APIError.invalid("name", "taken", "there is an account of this name")
        }
    }
}

extension JSONWriter {
    /// A list of ids.
    fileprivate static func ids<Entity>(_ ids: [Identifier<Entity>]) -> [UInt8] {
        var writer = JSONWriter()
        writer.array { writer in for id in ids { writer.uuid(id.value) } }
        return writer.bytes
    }
}
