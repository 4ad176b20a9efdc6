package import Ledger
import Storage

/// A change of many transactions at once, all or nothing.
package struct TransactionBulkInput: RequestFields {
    package let action: Action
    package let ids: [TransactionID]?
    package let filter: TransactionFilter?
    package let patch: TransactionBulkPatch?

    package enum Action: String, CaseIterable, Sendable {
        case patch, delete, restore
    }

    package static let limit = 1_000

    package init(_ fields: inout FieldReader) {
        action = fields.required("action", .choice())
        ids = fields.optional("ids", .list(.id(), 1...Self.limit))
        filter = fields.optional("filter", .object())
        patch = fields.optional("patch", .object())
        if (ids == nil) == (filter == nil) {
            fields.fault("ids", "ids_or_filter", "send either ids or a filter")
        }
        if (action == .patch) != (patch != nil) {
            fields.fault("patch", "only_for_patch", "belongs to the action patch, and only to it")
        }
    }
}

/// What can be changed of many at once.
package struct TransactionBulkPatch: RequestFields {
    package let category: AccountID?
    package let payee: Patch<String>
    package let note: Patch<String>
    package let tags: [String]?
    package let addTags: [String]?
    package let date: LocalDate?
    package let state: TransactionState?

    package init(_ fields: inout FieldReader) {
        category = fields.ifPresent("category_id", .id())
        payee = fields.patch("payee", .text(1...TransactionLimits.payee))
        note = fields.patch("note", .lines(0...TransactionLimits.note))
        tags = fields.ifPresent(
            "tags",
            .list(.text(1...TransactionLimits.tag), 0...TransactionLimits.tags)
        )
        addTags = fields.ifPresent(
            "add_tags",
            .list(.text(1...TransactionLimits.tag), 1...TransactionLimits.tags)
        )
        date = fields.ifPresent("date", .date)
        state = fields.ifPresent("state", .transactionState)
    }
}

/// How many rows a bulk change touched.
package struct BulkResult: Sendable {
    let affected: Int

    static let shape = Shape<BulkResult>("BulkResult") { shape in
        shape.integer("affected") { Int64($0.affected) }
    }
}

extension TransactionService {
    /// - Throws: 404 when one of the ids is not there, 422 when a filter picks more than the limit. Nothing is
    ///   written then.
    func change(_ input: TransactionBulkInput, in write: HouseholdWrite) throws -> BulkResult {
        let records = try records(input, in: write)
        var changes: [AuditNote.Change] = []
        for record in records {
            let before = try detail(record.id, write)
            switch input.action {
            case .patch:
                try input.patch.map { try revise(record, with: $0.patch(of: record), in: write) }
            case .delete:
                try Self.mustNotBeLinked(record)
                _ = try LedgerBook(write).remove(record)
            case .restore:
                let book = LedgerBook(write)
                try Self.mustBeRestorable(record, at: write.now)
                try Self.mustHaveLiveNodes(record, book)
                _ = try book.restore(record)
            }
            let after = try detail(record.id, write)
            changes.append(
                .init(
                    entity: record.id.value,
                    before: TransactionView.detail.bytes(before),
                    after: TransactionView.detail.bytes(after)
                )
            )
        }
        guard !changes.isEmpty else { return BulkResult(affected: 0) }
        write.record(
            AuditNote("bulk_\(input.action.rawValue)", "transaction", nil, changes: changes)
        )
        return BulkResult(affected: changes.count)
    }

    private func records(
        _ input: TransactionBulkInput,
        in write: HouseholdWrite
    ) throws -> [TransactionRecord] {
        let isRestore = input.action == .restore
        var ids = Set(input.ids ?? [])
        if let filter = input.filter {
            let list = TransactionListStore(transaction: write.seen, household: write.household)
            let found = try list.ids(filter, limit: TransactionBulkInput.limit + 1)
            guard found.count <= TransactionBulkInput.limit else {
                throw APIError.invalid(
                    "filter",
                    "too_many",
                    "it picks more than \(TransactionBulkInput.limit) transactions"
                )
            }
            ids = try write.fullySeen(found)
        } else {
            try write.mustSeeAll(of: ids)
        }
        guard !ids.isEmpty else { return [] }
        let store = TransactionStore(transaction: write.transaction, household: write.household)
        let records = try store.records("t.id IN \(list: ids.sorted())")
            .filter { ($0.deletedAt != nil) == isRestore }
        if input.ids != nil, records.count != ids.count { throw APIError.notFound("transaction") }
        return records
    }
}

extension TransactionBulkPatch {
    fileprivate func patch(of record: TransactionRecord) -> TransactionPatch {
        TransactionPatch(
            category: category.map(Patch.value) ?? .absent,
            payee: payee,
            note: note,
            tags: addTags.map { (tags ?? record.content.tags) + $0 } ?? tags,
            date: date,
            state: state
        )
    }
}

extension TransactionPatch {
    fileprivate init(
        category: Patch<AccountID>,
        payee: Patch<String>,
        note: Patch<String>,
        tags: [String]?,
        date: LocalDate?,
        state: TransactionState?
    ) {
        self.category = category
        self.payee = payee
        self.note = note
        self.tags = tags
        self.date = date
        self.state = state
        (type, account, toAccount, amount, toAmount) = (nil, nil, nil, nil, .absent)
        (splits, postings) = (nil, nil)
    }
}
