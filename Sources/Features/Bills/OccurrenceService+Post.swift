import Ledger
import Storage

/// Booking what was expected. An occurrence is booked once: the link to its transaction is unique, and what was deleted since
/// comes back instead of a second one.
extension OccurrenceService {
    func post(
        _ target: Target,
        _ input: OccurrencePosting,
        by actor: Actor = .person,
        in write: HouseholdWrite
    ) throws -> BillOccurrence {
        let one = target.before
        try Self.mustBeOpen(one)
        guard one.state != .skipped else { throw Self.skipped }
        // What somebody else paid in part is not to be known here.
        guard !one.isPaidUnseen, !one.payments.contains(where: { $0.kind == .posted }) else {
            throw Self.paid
        }
        let content = try content(of: one, input, by: actor, in: write)
        let id = try book(content.content, nodes: content.nodes, target, in: write)
        try target.book.store.link(
            id,
            to: target.key,
            .init(kind: .posted, isAutomatic: actor == .job, band: one.band),
            at: write.now
        )
        var deviation = one.deviation ?? .init()
        deviation.postedAt = write.now
        try target.book.store.save(deviation, of: target.key)
        try target.book.store.propose([], for: target.key)
        return try finish(target, "post", about: id, by: actor, in: write)
    }

    private func content(
        of one: BillOccurrence,
        _ input: OccurrencePosting,
        by actor: Actor,
        in write: HouseholdWrite
    ) throws -> (content: TransactionContent, nodes: [AccountID: Node]) {
        let bill = one.bill
        guard let account = input.account ?? bill.account else {
            throw APIError.invalid("account_id", "required", "the bill names no account")
        }
        let named = [account, bill.toAccount, bill.category].compactMap(\.self)
        let (nodes, systems) = try NodeStore(transaction: write.seen, household: write.household)
            .find(
                Set(named),
                and: [.uncategorisedExpense, .uncategorisedIncome, .exchange]
            )
        if let currency = nodes[account]?.ledger.currency, currency != bill.currency {
            throw APIError.invalid(
                "account_id",
                "wrong_currency",
                "the bill is in \(bill.currency.code)"
            )
        }
        let usual = one.payments.isEmpty ? one.band?.typical : one.open
        guard
            let amount = try input.amount ?? usual.map({ EnteredAmount(kept: try $0.magnitude()) })
        else {
            throw APIError.invalid("amount", "required", "nobody knows yet how much it is")
        }
        let form = PostingBuilder.SimpleForm(
            type: TransactionInput.SimpleType(rawValue: bill.direction.rawValue) ?? .expense,
            account: account,
            toAccount: bill.toAccount,
            amount: amount,
            category: bill.category.flatMap { nodes[$0]?.isDeleted == false ? $0 : nil },
            splits: []
        )
        let content = TransactionContent(
            date: input.date ?? (actor == .job ? one.due : min(one.due, write.today)),
            state: input.state.flatMap { TransactionState(name: $0.rawValue) } ?? .posted,
            payee: bill.payee ?? bill.name,
            postings: try PostingBuilder(nodes: nodes, systems: systems).postings(form),
            source: actor == .job ? .system : .manual
        )
        return (content, nodes)
    }

    /// - Returns: the transaction: a new one, or the one that had been deleted.
    private func book(
        _ content: TransactionContent,
        nodes: [AccountID: Node],
        _ target: Target,
        in write: HouseholdWrite
    ) throws -> TransactionID {
        let ledger = LedgerBook(write)
        let store = TransactionStore(transaction: write.transaction, household: write.household)
        let links = OccurrenceStore(transaction: write.transaction, household: write.household)
        guard let old = try links.posted(target.key) else {
            return try ledger.post(content, known: nodes).id
        }
        let record = try store.load(old)
        guard record.deletedAt != nil else { throw Self.paid }
        var content = content
        content.tags = record.content.tags
        content.note = record.content.note
        let restored = try ledger.restore(record)
        return try ledger.revise(restored, to: content, known: nodes).id
    }
}
