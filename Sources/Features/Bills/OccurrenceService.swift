import Insight
import Ledger
import Storage

/// What people do with one occurrence of a bill. One method is one use case.
struct OccurrenceService: Sendable {
    /// The occurrence that is meant, and how it was.
    struct Target {
        let book: BillBook
        let bill: BillRecord
        let before: BillOccurrence

        var key: OccurrenceKey { before.key }
    }

    func change(
        _ target: Target,
        _ patch: OccurrencePatch,
        in write: HouseholdWrite
    ) throws -> BillOccurrence {
        try Self.mustBeOpen(target.before)
        var deviation = target.before.deviation ?? .init()
        deviation.due = patch.due.applied(to: deviation.due)
        if let due = deviation.due, case .value = patch.due {
            guard abs(target.before.nominal.days(until: due)) <= BillRecord.Limits.moved else {
                throw APIError.invalid(
                    "due_on",
                    "too_far",
                    "within \(BillRecord.Limits.moved) days of \(target.before.nominal)"
                )
            }
        }
        switch patch.amount {
        case .absent: break
        case .clear: deviation.amount = nil
        case .value(let entered):
            let amount = try entered.money(in: target.bill.currency, field: "amount")
            guard target.bill.canBeSummed(amount) else { throw APIError.tooMuchAYear("amount") }
            deviation.amount = amount.tenThousandths
        }
        try target.book.store.save(deviation, of: target.key)
        try BillMatcher(write).match([target.bill])
        return try finish(target, "change", in: write)
    }

    func setSkipped(
        _ isSkipped: Bool,
        _ target: Target,
        in write: HouseholdWrite
    ) throws -> BillOccurrence {
        var deviation = target.before.deviation ?? .init()
        guard deviation.isSkipped != isSkipped else { return target.before }
        if isSkipped { try Self.mustBeOpen(target.before) }
        deviation.isSkipped = isSkipped
        try target.book.store.save(deviation, of: target.key)
        if isSkipped {
            try target.book.store.propose([], for: target.key)
        } else {
            try BillMatcher(write).match([target.bill])
        }
        return try finish(target, isSkipped ? "skip" : "unskip", in: write)
    }

    // MARK: Payments

    /// Says that a transaction pays it. What was booked for it makes room.
    func match(
        _ id: TransactionID,
        _ target: Target,
        in write: HouseholdWrite
    ) throws -> BillOccurrence {
        if target.before.payments.contains(where: { $0.transaction == id }) { return target.before }
        try link(id, target, in: write)
        return try finish(target, "match", about: id, in: write)
    }

    func link(
        _ id: TransactionID,
        _ target: Target,
        isAutomatic: Bool = false,
        in write: HouseholdWrite
    ) throws {
        let occurrence = target.before
        try mustPay(id, target.bill, in: write)
        if let other = try OccurrenceStore(
            transaction: write.transaction,
            household: write.household
        ).payment(by: id), other.key != target.key {
            throw APIError.conflict("occurrence.taken", "It pays for something else already.")
        }
        switch occurrence.state {
        case .skipped: throw Self.skipped
        case .posted where occurrence.isReplaceable && !occurrence.isPaidUnseen: break
        case .matched, .posted: throw Self.paid
        case .expected, .due, .overdue, .missed, .partial: break
        }
        let (replaced, _) = try BillMatcher(write).takeAway(occurrence)
        try target.book.store.setRejected(id, for: target.key, false)
        try target.book.store.link(
            id,
            to: target.key,
            .init(
                kind: .matched,
                isAutomatic: isAutomatic,
                replaces: replaced,
                band: occurrence.band
            ),
            at: write.now
        )
    }

    /// - Throws: 422 where there is no such transaction, or it goes the other way.
    private func mustPay(
        _ id: TransactionID,
        _ bill: BillRecord,
        in write: HouseholdWrite
    ) throws {
        let store = TransactionStore(transaction: write.transaction, household: write.household)
        let missing = APIError.invalid(
            "transaction_id",
            "not_found",
            "there is no such transaction"
        )
        guard try write.fullySeen([id]).contains(id),
            let record = try store.records("t.id = \(id)").first, record.deletedAt == nil,
            record.content.state.countsInBalance
        else { throw missing }
        let nodes = try LedgerBook(write).nodes
            .find(Set(record.content.postings.postings.map(\.account)))
        let summary = TransactionSummary(record.content.postings) { nodes[$0]?.ledger }
        guard summary.signedAmount.currency == bill.currency else {
            throw APIError.conflict(
                "occurrence.other_currency",
                "It is in \(summary.signedAmount.currency.code), and the bill is in \(bill.currency.code)."
            )
        }
        guard [.expense, .income, .transfer].contains(summary.type),
            summary.signedAmount.isNegative == (bill.direction != .income),
            !summary.signedAmount.isZero
        else {
            throw APIError.invalid(
                "transaction_id",
                "wrong_direction",
                "it moves money the other way"
            )
        }
    }

    /// Says that a transaction does not pay it. It is not proposed again.
    func unmatch(
        _ id: TransactionID,
        _ target: Target,
        in write: HouseholdWrite
    ) throws -> BillOccurrence {
        guard let payment = target.before.payments.first(where: { $0.transaction == id }) else {
            throw APIError.invalid("transaction_id", "not_found", "it does not pay this")
        }
        guard payment.kind == .matched else {
            throw APIError.conflict(
                "occurrence.posted",
                "It was booked for this. Delete the transaction instead."
            )
        }
        _ = try BillMatcher(write).release(payment)
        try target.book.store.setRejected(id, for: target.key, true)
        try BillMatcher(write).match([target.bill])
        return try finish(target, "unmatch", about: id, in: write)
    }

    /// Says that a candidate is none.
    func reject(
        _ id: TransactionID,
        _ target: Target,
        in write: HouseholdWrite
    ) throws -> BillOccurrence {
        guard target.before.candidates.contains(where: { $0.transaction == id }) else {
            throw APIError.invalid("transaction_id", "not_found", "it is not proposed for this")
        }
        try target.book.store.setRejected(id, for: target.key, true)
        return try finish(target, "reject", about: id, in: write)
    }

    // MARK: Steps

    /// - Throws: 404 for a bill that is not there, or has no such occurrence.
    func target(_ id: BillID, _ nominal: LocalDate, in write: HouseholdWrite) throws -> Target {
        let book = BillBook(write)
        let bill = try book.bills.load(id)
        guard bill.deletedAt == nil else { throw APIError.notFound("bill") }
        return Target(book: book, bill: bill, before: try book.occurrence(of: bill, nominal))
    }

    /// Notes what was done, and answers what came of it.
    func finish(
        _ target: Target,
        _ action: String,
        about transaction: TransactionID? = nil,
        by actor: Actor = .person,
        in write: HouseholdWrite
    ) throws -> BillOccurrence {
        let after = try target.book.occurrence(of: target.bill, target.before.nominal)
        let version = try transaction.map { id in
            try TransactionStore(transaction: write.transaction, household: write.household)
                .load(id).version
        }
        write.record(
            AuditNote(
                action,
                "bill",
                target.bill.id.value,
                before: OccurrenceTrace(target.before, transaction, nil).bytes,
                after: OccurrenceTrace(after, transaction, version).bytes,
                actor: actor.rawValue,
                isUnattended: actor == .job
            )
        )
        return after
    }

    enum Actor: String {
        case person, job
    }

    static func mustBeOpen(_ one: BillOccurrence) throws {
        switch one.state {
        case .matched, .posted: throw paid
        case .partial, .skipped, .expected, .due, .overdue, .missed: break
        }
    }

    static let paid = APIError.conflict("occurrence.paid", "It is paid already.")
    static let skipped = APIError.conflict("occurrence.skipped", "It is skipped. Unskip it first.")
}

/// What the trail keeps of an occurrence.
struct OccurrenceTrace: Sendable {
    let one: BillOccurrence
    /// What the change was about, and how often that had been changed by then.
    let transaction: TransactionID?
    let version: Int64?

    init(_ one: BillOccurrence, _ transaction: TransactionID?, _ version: Int64?) {
        (self.one, self.transaction, self.version) = (one, transaction, version)
    }

    var bytes: [UInt8] { Self.shape.bytes(self) }

    private static let shape = Shape<OccurrenceTrace>("TracedOccurrence") { shape in
        shape.text("name", \.one.bill.name)
        shape.date("nominal_on", \.one.nominal)
        shape.choice("state", \.one.state)
        shape.idOrNil("account_id", \.one.bill.account)
        shape.idOrNil("to_account_id", \.one.bill.toAccount)
        shape.dateOrNil("due_on", \.one.deviation?.due)
        shape.integerOrNil("amount_units", \.one.deviation?.amount)
        shape.boolean("is_skipped") { $0.one.deviation?.isSkipped ?? false }
        shape.list("payments", BillPayment.shape, \.one.payments)
        shape.idOrNil("transaction_id", \.transaction)
        shape.integerOrNil("transaction_version", \.version)
    }
}
