import Insight
import Ledger
import Storage

/// Finds out which transactions paid what was expected, as part of the change that brought either of them.
///
/// It looks at the whole ledger, whoever makes the change: what is paid is paid. Links that it makes by itself are not in the
/// trail: they follow from the change that is, and are there again when it is made again.
struct BillMatcher {
    let write: HouseholdWrite
    let book: BillBook
    let ledger: PaymentStore

    /// How far back what was paid is looked for.
    static let pastDays = 400

    init(_ write: HouseholdWrite) {
        self.write = write
        book = BillBook(
            transaction: write.transaction,
            household: write.household,
            today: write.today
        )
        ledger = PaymentStore(transaction: write.transaction, household: write.household)
    }

    // MARK: When

    /// Looks for what paid bills that are new or changed.
    func match(_ bills: [BillRecord]) throws {
        let ahead = BillRecord.Limits.days.upperBound
        guard
            let span = DateSpan(
                write.today.adding(days: -Self.pastDays),
                write.today.adding(days: ahead)
            )
        else { return }
        _ = try match(book.occurrences(in: span, of: bills, told: false), isImport: false)
    }

    /// Looks at what transactions that came or changed may have paid.
    ///
    /// - Parameter isImport: whether they are a bank's own rows, which take the place of what was booked for them.
    /// - Returns: what was taken away by that.
    func follow(_ moves: LedgerMoves, isImport: Bool = false) throws -> [AuditNote.Change] {
        let (returned, freed) = try releaseChanged(moves)
        let replaced = try matchMoved(moves, isImport: isImport)
        try matchFreed(freed)
        return returned + replaced
    }

    private func matchMoved(
        _ moves: LedgerMoves,
        isImport: Bool
    ) throws -> [AuditNote.Change] {
        guard let days = moves.days else { return [] }
        let oldest = write.today.adding(days: -Self.pastDays)
        let bills = try book.bills.all()
        // The windows that hold one of these days.
        guard days.last >= oldest, let after = bills.map(\.daysAfter).max(),
            let before = bills.map(\.daysBefore).max(),
            let span = DateSpan(
                max(days.first, oldest).adding(days: -after),
                days.last.adding(days: before)
            ), span.dayCount <= OccurrenceListQuery.longestDays
        else { return [] }
        if let ids = moves.ids { try ledger.forgetProposals(of: ids) }
        var occurrences = try book.occurrences(in: span, of: bills, told: false).filter {
            $0.window.lowerBound <= days.last && $0.window.upperBound >= days.first
        }
        if let ids = moves.ids, !occurrences.isEmpty {
            // Most of what is bought is no bill: then nothing more is read.
            let moved = try ledger.payments(among: ids)
            let expected = try expected(occurrences, among: moved)
            let concerned = Set(
                expected.filter { one in
                    !BillMatching.candidates(
                        for: one.payment,
                        among: moved.map(\.payment),
                        limit: 1
                    )
                    .isEmpty
                }.map(\.payment.key.bill)
            )
            occurrences = occurrences.filter { concerned.contains($0.bill.id) }
        }
        return try match(
            occurrences + neighbours(of: occurrences, in: span),
            isImport: isImport
        )
    }

    /// The other times of the same bills for which a payment that lies in one of these windows may be meant.
    func neighbours(
        of occurrences: [BillOccurrence],
        in span: DateSpan
    ) throws -> [BillOccurrence] {
        var bills: [BillID: BillRecord] = [:]
        for one in occurrences where one.bill.rule != nil { bills[one.bill.id] = one.bill }
        let reach = bills.values.map { $0.daysBefore + $0.daysAfter }.max() ?? 0
        guard reach > 0,
            let wide = DateSpan(span.first.adding(days: -reach), span.last.adding(days: reach))
        else { return [] }
        let known = Set(occurrences.map(\.key))
        let byName = bills.values.sorted { $0.id < $1.id }
        return try book.occurrences(in: wide, of: byName, told: false)
            .filter { !known.contains($0.key) }
    }

    // MARK: How

    /// What is expected, and whether it may be linked without asking.
    private struct Expected {
        let payment: ExpectedPayment
        let occurrence: BillOccurrence
        let isCertain: Bool
    }

    func match(
        _ occurrences: [BillOccurrence],
        isImport: Bool
    ) throws -> [AuditNote.Change] {
        let wanted = occurrences.filter(Self.isWanted)
        guard !wanted.isEmpty else { return [] }
        let found = try ledger.payments(for: wanted)
        let expected = try expected(wanted, among: found)
        let byKey = Dictionary(uniqueKeysWithValues: expected.map { ($0.payment.key, $0) })
        let payments = found.map(\.payment)
        var linked: Set<TransactionID> = []
        var settled: Set<OccurrenceKey> = []
        var changes: [AuditNote.Change] = []
        let matches = BillMatching.matches(of: expected.map(\.payment), among: payments)
        for match in matches where match.isCertain {
            guard let one = byKey[match.key], one.isCertain, let id = match.payments.first else {
                continue
            }
            let isPosted = one.occurrence.state == .posted
            guard !isPosted || isImport else { continue }
            changes += try link(id, to: one.occurrence, band: one.payment.band, isImport: isImport)
            linked.insert(id)
            settled.insert(match.key)
        }
        try propose(
            expected.filter { !settled.contains($0.payment.key) },
            among: payments.filter { !linked.contains($0.id) },
            matches
        )
        return changes
    }

    /// Proposes a payment for the time of a bill with which it goes best, and for the one that it may pay where others
    /// go before: a neighbouring time is not to wait for it.
    private func propose(
        _ open: [Expected],
        among free: [Payment],
        _ matches: [BillMatch]
    ) throws {
        let asked = open.filter { $0.occurrence.bill.asks(for: $0.occurrence.due) }
        let paired = Dictionary(matches.map { ($0.key, Set($0.payments)) }) { first, _ in first }
        var best: [BillID: [TransactionID: Int]] = [:]
        let proposals = asked.map { one in
            let found = BillMatching.candidates(for: one.payment, among: free)
            for candidate in found {
                best[one.payment.key.bill, default: [:]][candidate.payment, default: 0] =
                    max(
                        best[one.payment.key.bill]?[candidate.payment] ?? 0,
                        candidate.score
                    )
            }
            return (key: one.payment.key, found)
        }
        for (key, found) in proposals {
            let own = found.filter { candidate in
                paired[key]?.contains(candidate.payment) == true
                    || candidate.score >= best[key.bill]?[candidate.payment] ?? 0
            }
            try book.store.propose(own.map { ($0.payment, $0.score) }, for: key)
        }
    }

    /// What waits for a payment, and what was booked for which the bank's own row may come.
    private static func isWanted(_ one: BillOccurrence) -> Bool {
        guard one.bill.deletedAt == nil, !one.bill.isStranded,
            one.bill.pausedOn.map({ one.due < $0 }) ?? true
        else { return false }
        return one.state.isOpen || one.isReplaceable
    }

    private func expected(
        _ occurrences: [BillOccurrence],
        among found: [PaymentStore.Found]
    ) throws -> [Expected] {
        guard let first = occurrences.map(\.nominal).min(),
            let last = occurrences.map(\.nominal).max()
        else { return [] }
        let rejected = try book.store.rejected(OccurrenceStore.Scope(first: first, last: last))
        let transfers = Set(found.filter(\.isTransfer).map(\.payment.id))
        let notOfBank = Set(found.filter { !$0.isOfBank }.map(\.payment.id))
        return try occurrences.compactMap { one in
            let (band, isCertain) = try band(of: one, found)
            guard let band else { return nil }
            var except = rejected[one.key] ?? []
            if one.bill.direction != .transfer { except.formUnion(transfers) }
            if one.state == .posted { except.formUnion(notOfBank) }
            return Expected(
                payment: ExpectedPayment(
                    key: one.key,
                    account: one.bill.account,
                    due: one.due,
                    band: band,
                    payee: one.bill.matchedPayee,
                    daysBefore: one.bill.daysBefore,
                    daysAfter: one.bill.daysAfter,
                    allowsParts: one.bill.allowsParts,
                    rejected: except
                ),
                occurrence: one,
                isCertain: isCertain
            )
        }
    }

    /// What is still expected, and whether it is known well enough to link without asking.
    ///
    /// A bill that learns and has nothing to learn from yet expects what its payee was paid, once that was twice.
    private func band(
        of one: BillOccurrence,
        _ found: [PaymentStore.Found]
    ) throws -> (AmountBand?, isCertain: Bool) {
        if let band = one.band {
            guard one.state == .partial, let paid = one.paid else { return (band, true) }
            return (try band.subtracting(paid), true)
        }
        let payee = one.bill.matchedPayee
        guard !payee.isEmpty else { return (nil, false) }
        let isIncome = one.bill.direction == .income
        let amounts = found.filter {
            $0.payment.payee == payee && $0.payment.amount.currency == one.bill.currency
                && $0.payment.amount.isNegative != isIncome
        }.sorted { $0.payment.date < $1.payment.date }.map(\.payment.amount)
        return (try one.bill.band(after: amounts), amounts.count > 1)
    }

    // MARK: Links

    private func link(
        _ id: TransactionID,
        to one: BillOccurrence,
        band: AmountBand,
        isImport: Bool
    ) throws -> [AuditNote.Change] {
        let (replaced, changes) = try takeAway(one)
        try book.store.link(
            id,
            to: one.key,
            .init(kind: .matched, isAutomatic: true, replaces: replaced, band: one.band ?? band),
            at: write.now
        )
        if isImport { try ledger.categorise(id, as: one.bill, in: write) }
        return changes
    }
}

extension BillOccurrence {
    /// Whether it was booked, so that the bank's own row may still come, and nothing says yet that it has.
    var isReplaceable: Bool {
        guard state == .posted, payments.count == 1, let booked = payments.first else {
            return false
        }
        return booked.state < .reconciled && !booked.isPaired && booked.source != .import
            && booked.source != .sync
    }
}

extension BillRecord {
    /// What payments are compared by: the payee, or where a transfer goes.
    var matchedPayee: String {
        if direction == .transfer, let toAccount { return Self.payee(ofTransferTo: toAccount) }
        return payee.map(PayeeStore.key) ?? ""
    }

    static func payee(ofTransferTo account: AccountID) -> String { "to \(account)" }
}

extension AmountBand {
    /// What is left of it once a part was paid; nil when nothing is.
    fileprivate func subtracting(_ paid: Money) throws -> AmountBand? {
        let rest = AmountBand(
            low: try low.subtracting(paid),
            typical: try typical.subtracting(paid),
            high: try high.subtracting(paid)
        )
        guard let rest, !rest.typical.isZero, rest.typical.isNegative == typical.isNegative else {
            return nil
        }
        return rest
    }
}
