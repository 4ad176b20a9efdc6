import Insight
import Ledger
import Storage

/// Letting go of what was linked, and what comes back by that.
extension BillMatcher {
    /// Takes away what was booked for an occurrence, so that the bank's own row stands for it.
    func takeAway(
        _ one: BillOccurrence
    ) throws -> (id: TransactionID?, changes: [AuditNote.Change]) {
        guard let booked = one.payments.first(where: { $0.kind == .posted }) else {
            return (nil, [])
        }
        return (booked.transaction, [try setThere(booked.transaction, false)])
    }

    /// Lets go of the payments that an import brought: what they replaced comes back.
    func release(importedBy batch: ImportBatchID) throws -> [AuditNote.Change] {
        try book.store.payments(importedBy: batch).compactMap { try release($0) }
    }

    /// Parts a transaction from what it paid. What it had replaced comes back, where it still can.
    func release(_ payment: BillPayment) throws -> AuditNote.Change? {
        try book.store.unlink(payment.transaction)
        guard let replaced = payment.replaces, try canComeBack(replaced) else { return nil }
        return try setThere(replaced, true)
    }

    private func canComeBack(_ id: TransactionID) throws -> Bool {
        let store = TransactionStore(transaction: write.transaction, household: write.household)
        guard let record = try store.records("t.id = \(id)").first, record.deletedAt != nil else {
            return false
        }
        let nodes = try LedgerBook(write).nodes
            .find(Set(record.content.postings.postings.map(\.account)))
        return !nodes.values.contains(where: \.isDeleted)
    }

    private func setThere(_ id: TransactionID, _ isThere: Bool) throws -> AuditNote.Change {
        let store = TransactionStore(transaction: write.transaction, household: write.household)
        let views = TransactionListStore(transaction: write.transaction, household: write.household)
        let record = try store.load(id)
        let before = try views.detail(id)
        let ledger = LedgerBook(write)
        if isThere {
            _ = try ledger.restore(record)
        } else {
            try TransactionService.mustNotBeLinked(record)
            _ = try ledger.remove(record)
        }
        return AuditNote.Change(
            entity: id.value,
            before: TransactionView.detail.bytes(before),
            after: TransactionView.detail.bytes(try views.detail(id))
        )
    }

    // MARK: What changed

    private var links: OccurrenceStore {
        OccurrenceStore(transaction: write.transaction, household: write.household)
    }

    /// Parts changed transactions from what they cannot have paid as they are now: those that go the other way or are in
    /// another currency; those that were linked without asking also where that would be asked today.
    func releaseChanged(
        _ moves: LedgerMoves
    ) throws -> (changes: [AuditNote.Change], freed: [BillPayment]) {
        guard !moves.changed.isEmpty else { return ([], []) }
        var (changes, freed): ([AuditNote.Change], [BillPayment]) = ([], [])
        let ids = moves.changed.keys.sorted()
        for start in stride(from: 0, to: ids.count, by: LedgerMoves.limit) {
            let some = Array(ids[start..<min(start + LedgerMoves.limit, ids.count)])
            let payments = try links.payments(by: some)
            guard !payments.isEmpty else { continue }
            let found = try ledger.payments(of: payments.map(\.transaction))
            for payment in payments {
                let change = moves.changed[payment.transaction] ?? []
                guard try !stillPays(payment, found[payment.transaction], change) else { continue }
                if let returned = try release(payment) { changes.append(returned) }
                freed.append(payment)
            }
        }
        return (changes, freed)
    }

    /// - Parameter change: only what changed is judged: of the rest somebody may have decided otherwise since.
    private func stillPays(
        _ payment: BillPayment,
        _ found: PaymentStore.Found?,
        _ change: LedgerMoves.Change
    ) throws -> Bool {
        guard let found, let bill = try book.bills.find(payment.key.bill) else { return false }
        guard !change.contains(.money) || bill.canBePaid(by: found.payment.amount) else {
            return false
        }
        guard payment.isAutomatic, payment.kind == .matched else { return true }
        if change.contains(.money) {
            guard bill.account == nil || bill.account == found.payment.account,
                !found.isTransfer || bill.direction == .transfer,
                payment.expects(found.payment.amount, inParts: bill.allowsParts)
            else { return false }
        }
        let isPayeeChanged = change.contains(found.isTransfer ? .money : .payee)
        if isPayeeChanged, !BillMatching.isKnown(found.payment.payee, by: bill.matchedPayee) {
            return false
        }
        guard change.contains(.date) else { return true }
        return try book.occurrence(of: bill, payment.key.nominal).window
            .contains(found.payment.date)
    }

    /// Looks for what else may have paid what is open again.
    func matchFreed(_ payments: [BillPayment]) throws {
        for bill in Set(payments.map(\.key.bill)).sorted() {
            guard let record = try book.bills.find(bill) else { continue }
            let open = try payments.filter { $0.key.bill == bill }.map {
                try book.occurrence(of: record, $0.key.nominal)
            }
            guard let first = open.map(\.window.lowerBound).min(),
                let last = open.map(\.window.upperBound).max(), let span = DateSpan(first, last)
            else { continue }
            let unique = Dictionary(open.map { ($0.key, $0) }) { first, _ in first }
            let times = unique.values.sorted(by: BillBook.comesBefore)
            _ = try match(times + neighbours(of: times, in: span), isImport: false)
        }
    }

    /// Says that what a bill paid is free: it is deleted.
    func free(paymentsOf bill: BillID) throws {
        for payment in try links.payments(of: bill) {
            write.moved(payment.transaction, on: payment.date)
        }
    }

    /// A bill that comes back pays with what it had, as far as that still can.
    func regain(_ bill: BillRecord) throws {
        let payments = try links.payments(of: bill.id)
        for payment in payments where !bill.canBePaid(by: payment.amount) {
            try links.unlink(payment.transaction)
        }
    }
}

extension BillRecord {
    /// Whether money moves its way.
    fileprivate func canBePaid(by amount: Money) -> Bool {
        amount.currency == currency && !amount.isZero
            && amount.isNegative == (direction != .income)
    }
}

extension BillPayment {
    /// Whether an amount is as it was expected.
    fileprivate func expects(_ amount: Money, inParts: Bool) -> Bool {
        guard let band else { return true }
        if band.contains(amount) { return true }
        let most = band.most.tenThousandths.magnitude
        return inParts && amount.tenThousandths.magnitude <= most
    }
}
