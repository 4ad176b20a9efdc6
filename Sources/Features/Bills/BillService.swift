import HTTPTypes
import Ledger
import Storage

/// What people do with bills. One method is one use case.
package struct BillService: Sendable {
    /// How many live ones a household may have.
    static let countLimit = 1_000

    package init() {}

    package func create(_ input: BillInput, in write: HouseholdWrite) throws -> BillView {
        let book = BillBook(write)
        guard try book.bills.countAll() < Self.countLimit else { throw Self.tooMany }
        let blank = BillRecord(
            id: write.ids.next(),
            name: input.name,
            direction: input.direction,
            currency: write.member.currency,
            amount: .fixed(.zero(write.member.currency)),
            start: input.start,
            monthEnd: .lastDay,
            workingDays: .none,
            holidays: .weekends,
            daysBefore: BillRecord.Limits.usualBefore,
            daysAfter: BillRecord.Limits.usualAfter,
            allowsParts: false,
            askedFrom: write.today,
            version: 1,
            createdAt: write.now,
            updatedAt: write.now
        )
        var draft = BillDraft(blank, isNew: true, in: write)
        try draft.apply(input.patch)
        try book.bills.insert(draft.record)
        try BillMatcher(write).match([draft.record])
        let view = try book.load(blank.id)
        write.record(
            AuditNote("create", "bill", blank.id.value, after: BillView.trail.bytes(view))
        )
        return view
    }

    func update(
        _ id: BillID,
        _ patch: BillPatch,
        expecting version: Int64?,
        in write: HouseholdWrite
    ) throws -> BillView {
        let book = BillBook(write)
        let before = try live(id, expecting: version, book)
        var draft = BillDraft(before.record, isNew: false, in: write)
        try draft.apply(patch)
        return try save(draft.record, over: before, "update", in: write)
    }

    func delete(_ id: BillID, expecting version: Int64?, in write: HouseholdWrite) throws {
        let book = BillBook(write)
        let before = try live(id, expecting: version, book)
        var record = before.record
        record.deletedAt = write.now
        try book.bills.update(record, at: write.now)
        try BillMatcher(write).free(paymentsOf: id)
        write.record(
            AuditNote("delete", "bill", id.value, before: BillView.trail.bytes(before))
        )
    }

    func restore(_ id: BillID, in write: HouseholdWrite) throws -> BillView {
        let book = BillBook(write)
        let before = try book.load(id)
        guard let deleted = before.record.deletedAt else { return before }
        guard deleted.adding(seconds: TransactionService.restorableSeconds) >= write.now else {
            throw APIError.notFound("bill")
        }
        guard try book.bills.countAll() < Self.countLimit else { throw Self.tooMany }
        var record = before.record
        record.deletedAt = nil
        try book.bills.update(record, at: write.now)
        try BillMatcher(write).regain(record)
        try BillMatcher(write).match([record])
        let after = try book.load(id)
        write.record(AuditNote("restore", "bill", id.value, after: BillView.trail.bytes(after)))
        return after
    }

    func pause(_ id: BillID, in write: HouseholdWrite) throws -> BillView {
        let before = try live(id, expecting: nil, BillBook(write))
        guard before.record.pausedOn == nil else { return before }
        var record = before.record
        record.pausedOn = write.today
        return try save(record, over: before, "pause", in: write)
    }

    /// What fell due meanwhile is not asked for.
    func resume(_ id: BillID, in write: HouseholdWrite) throws -> BillView {
        let before = try live(id, expecting: nil, BillBook(write))
        guard before.record.pausedOn != nil else { return before }
        var record = before.record
        record.pausedOn = nil
        record.askedFrom = max(record.askedFrom, write.today)
        record.postsFrom = record.postsFrom.map { max($0, write.today) }
        return try save(record, over: before, "resume", in: write)
    }

    // MARK: Steps

    /// Writes a changed bill, and looks again at what may have paid it.
    func save(
        _ record: BillRecord,
        over before: BillView,
        _ action: String,
        in write: HouseholdWrite
    ) throws -> BillView {
        let book = BillBook(write)
        if record.direction != before.record.direction {
            let links = OccurrenceStore(transaction: write.transaction, household: write.household)
            guard try links.payments(of: record.id).isEmpty else {
                throw APIError.invalid(
                    "direction",
                    "has_payments",
                    "money went the other way already: make another bill"
                )
            }
        }
        try book.bills.update(record, at: write.now)
        try BillMatcher(write).match([record])
        let after = try book.load(record.id)
        write.record(
            AuditNote(
                action,
                "bill",
                record.id.value,
                before: BillView.trail.bytes(before),
                after: BillView.trail.bytes(after)
            )
        )
        return after
    }

    /// - Throws: 404, 412
    func live(_ id: BillID, expecting version: Int64?, _ book: BillBook) throws -> BillView {
        let view = try book.load(id)
        guard view.record.deletedAt == nil else { throw APIError.notFound("bill") }
        guard version == nil || version == view.record.version else { throw APIError.stale }
        return view
    }

    private static let tooMany = APIError.conflict(
        "bill.too_many",
        "At most \(countLimit) bills are possible. Delete some that have ended."
    )
}
