import Interchange
import Ledger
import Storage

/// What people do with transactions. One method is one use case.
package struct TransactionService: Sendable {
    package init() {}

    func create(_ input: TransactionInput, in write: HouseholdWrite) throws -> TransactionView {
        let book = LedgerBook(write)
        let builder = try builder(for: input.named, write)
        let postings: BalancedPostings
        if let free = input.postings {
            postings = try builder.postings(free)
        } else {
            postings = try builder.postings(try simpleForm(input))
        }
        let content = TransactionContent(
            date: input.date,
            state: input.state ?? .posted,
            payee: input.payee.flatMap(\.nonEmpty),
            note: input.note.flatMap(\.nonEmpty),
            tags: input.tags.map(Self.distinct) ?? [],
            postings: postings,
            source: .manual
        )
        let record = try book.post(content, known: builder.nodes)
        let view = TransactionView(record, at: write.now, nodes: builder.nodes)
        write.record(
            AuditNote(
                "create",
                "transaction",
                record.id.value,
                after: TransactionView.detail.bytes(view)
            )
        )
        return view
    }

    func update(
        _ id: TransactionID,
        _ patch: TransactionPatch,
        expecting version: Int64?,
        in write: HouseholdWrite
    ) throws -> TransactionView {
        let old = try load(id, expecting: version, write)
        let before = try detail(id, write)
        try revise(old, with: patch, in: write)
        let after = try detail(id, write)
        write.record(
            AuditNote(
                "update",
                "transaction",
                id.value,
                before: TransactionView.detail.bytes(before),
                after: TransactionView.detail.bytes(after)
            )
        )
        return after
    }

    func delete(_ id: TransactionID, expecting version: Int64?, in write: HouseholdWrite) throws {
        let old = try load(id, expecting: version, write)
        let before = try detail(id, write)
        try Self.mustNotBeLinked(old)
        _ = try LedgerBook(write).remove(old)
        write.record(
            AuditNote(
                "delete",
                "transaction",
                id.value,
                before: TransactionView.detail.bytes(before)
            )
        )
    }

    func restore(_ id: TransactionID, in write: HouseholdWrite) throws -> TransactionView {
        let store = TransactionStore(transaction: write.transaction, household: write.household)
        try write.mustSeeAll(of: [id])
        let old = try store.load(id)
        guard old.deletedAt != nil else { return try detail(id, write) }
        try Self.mustBeRestorable(old, at: write.now)
        let book = LedgerBook(write)
        try Self.mustHaveLiveNodes(old, book)
        _ = try book.restore(old)
        let after = try detail(id, write)
        write.record(
            AuditNote(
                "restore",
                "transaction",
                id.value,
                after: TransactionView.detail.bytes(after)
            )
        )
        return after
    }

    // MARK: Shared with bulk changes

    func revise(
        _ old: TransactionRecord,
        with patch: TransactionPatch,
        in write: HouseholdWrite
    ) throws {
        let book = LedgerBook(write)
        var content = old.content
        if let date = patch.date { content.date = date }
        if let state = patch.state { content.state = state }
        content.payee = patch.payee.applied(to: content.payee)
        content.note = patch.note.applied(to: content.note).flatMap(\.nonEmpty)
        if let tags = patch.tags { content.tags = Self.distinct(tags) }
        let named = patch.named + old.content.postings.postings.map(\.account)
        let builder = try builder(for: named, write)
        if let free = patch.postings {
            try Self.mustNotBeLinked(old)
            content.postings = try builder.postings(free)
        } else if patch.changesSimpleForm {
            try Self.mustNotBeLinked(old)
            content.postings = try builder.postings(try form(of: old, patched: patch, builder))
        }
        _ = try book.revise(old, to: content, known: builder.nodes)
    }

    func load(
        _ id: TransactionID,
        expecting version: Int64?,
        _ write: HouseholdWrite
    ) throws -> TransactionRecord {
        let store = TransactionStore(transaction: write.transaction, household: write.household)
        try write.mustSeeAll(of: [id])
        let old = try store.load(id)
        guard old.deletedAt == nil else { throw APIError.notFound("transaction") }
        guard version == nil || version == old.version else { throw APIError.stale }
        return old
    }

    func detail(_ id: TransactionID, _ write: HouseholdWrite) throws -> TransactionView {
        try TransactionListStore(transaction: write.seen, household: write.household).detail(id)
    }

    /// How long a deleted row can come back.
    static let restorableSeconds: Int64 = 30 * 86_400

    static func mustBeRestorable(_ old: TransactionRecord, at now: Instant) throws {
        guard let deleted = old.deletedAt, deleted.adding(seconds: restorableSeconds) >= now else {
            throw APIError.notFound("transaction")
        }
    }

    static func mustHaveLiveNodes(_ old: TransactionRecord, _ book: LedgerBook) throws {
        let nodes = try book.nodes.find(Set(old.content.postings.postings.map(\.account)))
        guard let dead = nodes.values.first(where: \.isDeleted) else { return }
        throw APIError.conflict(
            "transaction.account_deleted",
            "\(dead.name) is deleted. Restore it first."
        )
    }

    static func mustNotBeLinked(_ old: TransactionRecord) throws {
        guard old.content.link != nil else { return }
        throw APIError.conflict(
            "transaction.linked",
            "It is one side of a linked transfer. Unlink it first."
        )
    }

    // MARK: Forms

    private func builder(
        for named: [AccountID],
        _ write: HouseholdWrite
    ) throws -> PostingBuilder {
        let store = NodeStore(transaction: write.seen, household: write.household)
        let (nodes, systems) = try store.find(
            Set(named),
            and: [.uncategorisedExpense, .uncategorisedIncome, .exchange]
        )
        return PostingBuilder(nodes: nodes, systems: systems)
    }

    private func simpleForm(_ input: TransactionInput) throws -> PostingBuilder.SimpleForm {
        guard let type = input.type, let account = input.account, let amount = input.amount else {
            throw APIError.invalid("type", "required", "is required")
        }
        return .init(
            type: type,
            account: account,
            toAccount: input.toAccount,
            amount: amount,
            toAmount: input.toAmount,
            category: input.category,
            splits: (input.splits ?? []).map(\.split)
        )
    }

    /// The form that a transaction would be entered with, with what the patch changes.
    private func form(
        of old: TransactionRecord,
        patched patch: TransactionPatch,
        _ builder: PostingBuilder
    ) throws -> PostingBuilder.SimpleForm {
        let summary = TransactionSummary(old.content.postings) { builder.nodes[$0]?.ledger }
        guard let type = patch.type ?? TransactionInput.SimpleType(rawValue: summary.type.rawValue)
        else {
            throw APIError.conflict(
                "transaction.not_simple",
                "This transaction has free postings. Change it by sending postings."
            )
        }
        let sign = summary.type == .income ? -1 : 1
        let keptSplits = try summary.splits.map { posting in
            PostingBuilder.SimpleForm.Split(
                category: posting.account,
                amount: EnteredAmount(
                    kept: sign < 0 ? try posting.amount.negated() : posting.amount
                ),
                memo: posting.memo
            )
        }
        var category = patch.category.applied(to: summary.category)
        var splits = patch.splits.map { $0.map(\.split) } ?? keptSplits
        if case .value = patch.category { splits = [] }
        if patch.splits?.isEmpty == false || type == .transfer { category = nil }
        if patch.splits == nil, type == .transfer, summary.type != .transfer { splits = [] }
        let account = patch.account ?? summary.account
        // What was kept in one currency is judged again in another.
        let isSameCurrency =
            builder.nodes[account]?.ledger.currency == summary.signedAmount.currency
        let kept = try summary.signedAmount.magnitude()
        let keptAmount =
            isSameCurrency
            ? EnteredAmount(kept: kept) : EnteredAmount(tenThousandths: kept.tenThousandths)
        let keptToAmount = summary.toAmount.flatMap { arriving in
            // The same amount arrived as left: a changed amount moves both.
            arriving.currency == summary.signedAmount.currency
                && arriving.tenThousandths == -summary.signedAmount.tenThousandths
                ? nil : EnteredAmount(kept: arriving)
        }
        return .init(
            type: type,
            account: account,
            toAccount: patch.toAccount ?? (type == .transfer ? summary.toAccount : nil),
            amount: patch.amount ?? keptAmount,
            toAmount: type == .transfer ? patch.toAmount.applied(to: keptToAmount) : nil,
            category: category,
            splits: splits
        )
    }

    static func distinct(_ tags: [String]) -> [String] {
        Set(tags).sorted()
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}

extension SplitInput {
    fileprivate var split: PostingBuilder.SimpleForm.Split {
        .init(category: category, amount: amount, memo: memo)
    }
}

extension TransactionInput {
    /// Every node that the request names.
    fileprivate var named: [AccountID] {
        [account, toAccount, category].compactMap(\.self)
            + (splits ?? []).compactMap(\.category) + (postings ?? []).map(\.account)
    }
}

extension TransactionPatch {
    /// Every node that the request names.
    fileprivate var named: [AccountID] {
        var named = [account, toAccount].compactMap(\.self)
        if case .value(let category) = category { named.append(category) }
        return named + (splits ?? []).compactMap(\.category) + (postings ?? []).map(\.account)
    }
}
