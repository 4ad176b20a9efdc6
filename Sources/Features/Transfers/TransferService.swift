import HTTPTypes
import Insight
import Ledger
import Storage

/// Joins the two sides of a transfer that two banks booked, and parts them again.
///
/// Both transactions stay, each on its own day; what was their category becomes the node of transfers in transit, which
/// is empty again once both sides are there. So a transfer is neither income nor spending (ADR 0007).
struct TransferService: Sendable {
    struct Sides: Sendable {
        let out: TransactionView
        let into: TransactionView

        static let shape = Shape<Sides>("TransferSides") { shape in
            shape.object("out", TransactionView.shape, \.out)
            shape.object("in", TransactionView.shape, \.into)
        }
    }

    func link(_ out: TransactionID, _ into: TransactionID, in write: HouseholdWrite) throws -> Sides
    {
        let before = try sides(out, into, write)
        try join(try load(out, write), try load(into, write), in: write)
        let after = try sides(out, into, write)
        write.record(
            AuditNote(
                "link",
                "transfer",
                out.value,
                before: Sides.shape.bytes(before),
                after: Sides.shape.bytes(after)
            )
        )
        return after
    }

    func unlink(_ id: TransactionID, in write: HouseholdWrite) throws -> Sides {
        let store = store(write)
        guard let link = try store.link(of: id) else { throw APIError.notFound("transfer") }
        try Self.mustSee(link, of: id, write)
        let before = try sides(link.out, link.into, write)
        try part(link, in: write)
        // It would be linked again by itself otherwise.
        try store.reject(out: link.out, into: link.into)
        let after = try sides(link.out, link.into, write)
        write.record(
            AuditNote(
                "unlink",
                "transfer",
                id.value,
                before: Sides.shape.bytes(before),
                after: Sides.shape.bytes(after)
            )
        )
        return after
    }

    func reject(_ out: TransactionID, _ into: TransactionID, in write: HouseholdWrite) throws {
        let (first, second) = (try load(out, write), try load(into, write))
        guard first.content.link == nil, second.content.link == nil else {
            throw APIError.conflict("transfer.linked", "They are linked. Unlink them instead.")
        }
        try store(write).reject(out: out, into: into)
        write.record(
            AuditNote("reject", "transfer", out.value, after: JSONWriter.pair(out, into))
        )
    }

    /// Links every pair that is beyond doubt and has a side among some new transactions.
    ///
    /// - Returns: how many pairs that was.
    func linkCertain(among booked: ImportBooking.Booked, in write: HouseholdWrite) throws -> Int {
        guard !booked.ids.isEmpty,
            let span = DateSpan(
                booked.first.adding(days: -TransferMatching.windowDays),
                booked.last.adding(days: TransferMatching.windowDays)
            )
        else { return 0 }
        let new = booked.ids
        let store = TransferStore(transaction: write.seen, household: write.household)
        let pairs = TransferMatching.pairs(
            try store.sides(in: span),
            refused: try store.refusals(),
            names: try store.accountNames()
        )
        let certain = pairs.filter {
            $0.isCertain && (new.contains($0.out.id) || new.contains($0.into.id))
        }
        for pair in certain {
            try join(try load(pair.out.id, write), try load(pair.into.id, write), in: write)
        }
        return certain.count
    }

    /// Parts every pair that has a side in an import.
    func unlinkAll(importedBy batch: ImportBatchID, in write: HouseholdWrite) throws {
        let store = store(write)
        for link in try store.links(importedBy: batch) {
            try part(link, in: write)
            try store.forget(link)
        }
    }

    // MARK: Parts

    func join(
        _ out: TransactionRecord,
        _ into: TransactionRecord,
        in write: HouseholdWrite
    ) throws {
        let book = LedgerBook(write)
        let known = try book.nodes.all()
        let (left, right) = (try oneSided(out, known), try oneSided(into, known))
        guard left.amount.isNegative, !right.amount.isNegative,
            left.account != right.account, try left.amount.negated() == right.amount
        else {
            throw APIError(
                .unprocessableContent,
                "transfer.not_a_pair",
                "The two sides must move the same amount, out of one account and into another."
            )
        }
        let transit = try book.nodes.load(.transit)
        try book.relink(
            out,
            from: left.category,
            to: transit.id,
            .init(transaction: into.id, account: right.account),
            known
        )
        try book.relink(
            into,
            from: right.category,
            to: transit.id,
            .init(transaction: out.id, account: left.account),
            known
        )
        try store(write).save(
            .init(
                out: out.id,
                into: into.id,
                outCategory: left.category,
                inCategory: right.category
            )
        )
    }

    func part(_ link: TransferStore.Link, in write: HouseholdWrite) throws {
        let book = LedgerBook(write)
        let known = try book.nodes.all()
        let transit = try book.nodes.load(.transit).id
        for (id, former, fallback) in [
            (link.out, link.outCategory, SystemNode.uncategorisedExpense),
            (link.into, link.inCategory, SystemNode.uncategorisedIncome),
        ] {
            // The category may have been deleted meanwhile.
            let isLive = known[former].map { !$0.isDeleted } ?? false
            let category = isLive ? former : try book.nodes.load(fallback).id
            try book.relink(try load(id, write), from: transit, to: category, nil, known)
        }
    }

    /// - Throws: 404 for a side that is not seen, 409 when its other side is not.
    private static func mustSee(
        _ link: TransferStore.Link,
        of id: TransactionID,
        _ write: HouseholdWrite
    ) throws {
        guard try write.fullySeen([id]).contains(id) else { throw APIError.notFound("transfer") }
        guard try write.fullySeen([link.out, link.into]).count == 2 else {
            throw APIError.partlyHidden
        }
    }

    private struct OneSided {
        let account: AccountID
        let amount: Money
        let category: AccountID
    }

    private func oneSided(
        _ record: TransactionRecord,
        _ known: [AccountID: Node]
    ) throws -> OneSided {
        guard record.content.link == nil else {
            throw APIError.conflict("transfer.linked", "One of them is linked already.")
        }
        let postings = record.content.postings.postings
        let real = postings.filter { known[$0.account]?.ledger.accountClass.isReal ?? false }
        let categories = postings.filter {
            known[$0.account]?.ledger.accountClass.isCategory ?? false
        }
        guard postings.count == 2, real.count == 1, categories.count == 1 else {
            throw APIError.conflict(
                "transfer.not_one_sided",
                "Only a transaction with one account and one category can be linked."
            )
        }
        return OneSided(
            account: real[0].account,
            amount: real[0].amount,
            category: categories[0].account
        )
    }

    func store(_ write: HouseholdWrite) -> TransferStore {
        TransferStore(transaction: write.transaction, household: write.household)
    }

    func load(_ id: TransactionID, _ write: HouseholdWrite) throws -> TransactionRecord {
        try TransactionService().load(id, expecting: nil, write)
    }

    func sides(
        _ out: TransactionID,
        _ into: TransactionID,
        _ write: HouseholdWrite
    ) throws -> Sides {
        let service = TransactionService()
        return Sides(out: try service.detail(out, write), into: try service.detail(into, write))
    }
}

extension JSONWriter {
    /// Two transactions that are no transfer.
    static func pair(_ out: TransactionID, _ into: TransactionID) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("out_id"); writer.uuid(out.value)
            writer.name("in_id"); writer.uuid(into.value)
        }
        return writer.bytes
    }
}

extension LedgerBook {
    /// Moves a one-sided transaction's other posting to another node, and links or unlinks it.
    fileprivate func relink(
        _ record: TransactionRecord,
        from node: AccountID,
        to other: AccountID,
        _ link: TransactionContent.Link?,
        _ known: [AccountID: Node]
    ) throws {
        var content = record.content
        content.link = link
        content.postings = try BalancedPostings(
            content.postings.postings.map { posting in
                posting.account == node
                    ? Posting(other, posting.amount, memo: posting.memo) : posting
            }
        )
        _ = try revise(record, to: content, known: known)
    }
}
