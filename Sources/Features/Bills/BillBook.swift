import Insight
package import Ledger
package import Storage

/// Bills with their occurrences, as far as a transaction lets one see. Occurrences are computed from the schedules; what is
/// kept of them is added.
package struct BillBook {
    let transaction: any SQLTransaction
    let household: HouseholdID
    package let today: LocalDate

    /// How many occurrences may lie in the days that are asked for.
    static let limit = 20_000

    /// How far back payments are looked at for what a bill expects.
    private static let historyDays = 800

    package init(transaction: any SQLTransaction, household: HouseholdID, today: LocalDate) {
        self.transaction = transaction
        self.household = household
        self.today = today
    }

    init(_ write: HouseholdWrite) {
        self.init(transaction: write.seen, household: write.household, today: write.today)
    }

    package var bills: BillStore { BillStore(transaction: transaction, household: household) }

    var store: OccurrenceStore {
        OccurrenceStore(transaction: transaction, household: household)
    }

    // MARK: Occurrences

    /// What is due in some days, by due day: what is settled, and what is asked for.
    ///
    /// - Parameter bills: all live ones where nil.
    package func occurrences(
        in span: DateSpan,
        of bills: [BillRecord]? = nil
    ) throws -> [BillOccurrence] {
        try occurrences(in: span, of: bills, told: true)
    }

    /// - Parameter told: false for those too that nobody is asked for.
    /// - Throws: 422 for more than the limit.
    func occurrences(
        in span: DateSpan,
        of bills: [BillRecord]? = nil,
        told: Bool,
        limit: Int = .max
    ) throws -> [BillOccurrence] {
        let bills = try bills ?? self.bills.all()
        guard !bills.isEmpty else { return [] }
        let reach = BillRecord.Limits.moved + 14
        let scope = OccurrenceStore.Scope(
            first: span.first.adding(days: -reach),
            last: span.last.adding(days: reach),
            bill: bills.count == 1 ? bills[0].id : nil
        )
        let kept = try kept(scope, learned: bills.contains { $0.amount.kind == .learned })
        var found: [BillOccurrence] = []
        for bill in bills {
            for time in times(of: bill, scope, kept) {
                let one = try occurrence(bill, time, kept)
                if span.contains(one.due), !told || isTold(one) { found.append(one) }
            }
            guard found.count <= limit else {
                throw APIError.invalid(
                    "to",
                    "too_many",
                    "more than \(limit): ask for fewer days"
                )
            }
        }
        return found.sorted(by: Self.comesBefore)
    }

    package static func comesBefore(_ left: BillOccurrence, _ right: BillOccurrence) -> Bool {
        (left.due, left.bill.id, left.nominal) < (right.due, right.bill.id, right.nominal)
    }

    /// - Throws: 404 where the bill has no such occurrence.
    func occurrence(of bill: BillRecord, _ nominal: LocalDate) throws -> BillOccurrence {
        let scope = OccurrenceStore.Scope(first: nominal, last: nominal, bill: bill.id)
        let kept = try kept(scope, learned: bill.amount.kind == .learned)
        let time = times(of: bill, scope, kept).first { $0.nominal == nominal }
        guard let time else { throw APIError.notFound("occurrence") }
        return try occurrence(bill, time, kept)
    }

    /// What is kept of some occurrences.
    private struct Kept {
        var deviations: [OccurrenceKey: BillOccurrence.Deviation]
        var payments: [OccurrenceKey: [BillPayment]]
        /// Of all accounts.
        var everyPayment: [OccurrenceKey: [BillPayment]]
        /// The nominal days that were paid.
        var paidDays: [BillID: Set<LocalDate>]
        var candidates: [OccurrenceKey: [BillCandidate]]
        /// Of bills that learn, by their nominal days.
        var history: [BillID: [BillPayment]]
    }

    private func kept(_ scope: OccurrenceStore.Scope, learned: Bool) throws -> Kept {
        let whole = OccurrenceStore(transaction: transaction.entire, household: household)
        let payments = try store.payments(scope)
        let every = transaction is SeenTransaction ? try whole.payments(scope) : payments
        let back = OccurrenceStore.Scope(
            first: scope.first.adding(days: -Self.historyDays),
            last: scope.last,
            bill: scope.bill
        )
        return Kept(
            deviations: try store.deviations(scope),
            payments: Dictionary(grouping: payments, by: \.key),
            everyPayment: Dictionary(grouping: every, by: \.key),
            paidDays: Dictionary(grouping: every.map(\.key), by: \.bill)
                .mapValues { Set($0.map(\.nominal)) },
            candidates: Dictionary(grouping: try store.candidates(scope), by: \.key),
            history: Dictionary(
                grouping: learned ? try store.history(back) : [],
                by: \.key.bill
            )
        )
    }

    /// Those of the schedule, and those that were settled by a schedule of before.
    private func times(
        of bill: BillRecord,
        _ scope: OccurrenceStore.Scope,
        _ kept: Kept
    ) -> [Occurrence] {
        var found: [Occurrence] = []
        for time in bill.schedule.walk(from: scope.first) {
            if time.nominal > scope.last || bill.end.map({ time.nominal > $0 }) ?? false { break }
            found.append(time)
        }
        let known = Set(found.map(\.nominal))
        for nominal in (kept.paidDays[bill.id] ?? []).sorted() where !known.contains(nominal) {
            let date = bill.workingDays.adjusted(nominal, in: bill.holidays)
            found.append(Occurrence(nominal: nominal, date: date))
        }
        return found
    }

    /// What lies behind the day from which on it is asked for is told only where it is settled.
    private func isTold(_ one: BillOccurrence) -> Bool {
        switch one.state {
        case .matched, .posted, .partial: true
        case .skipped, .expected, .due, .overdue, .missed: one.bill.asks(for: one.due)
        }
    }

    private func occurrence(
        _ bill: BillRecord,
        _ time: Occurrence,
        _ kept: Kept
    ) throws -> BillOccurrence {
        let key = OccurrenceKey(bill: bill.id, nominal: time.nominal)
        let deviation = kept.deviations[key]
        let payments = kept.payments[key] ?? []
        let every = kept.everyPayment[key] ?? []
        let due = deviation?.due ?? time.date
        let band = try band(of: bill, key, deviation, payments, kept)
        return BillOccurrence(
            bill: bill,
            nominal: time.nominal,
            due: due,
            state: state(bill, due, deviation, every, band),
            band: band,
            deviation: deviation,
            payments: payments,
            isPaidUnseen: every.count > payments.count,
            candidates: kept.candidates[key] ?? []
        )
    }

    /// Its own, what was expected when it was paid, or what the bill expects by what was paid before.
    private func band(
        of bill: BillRecord,
        _ key: OccurrenceKey,
        _ deviation: BillOccurrence.Deviation?,
        _ payments: [BillPayment],
        _ kept: Kept
    ) throws -> AmountBand? {
        if let own = deviation?.amount {
            return AmountBand(try bill.signed(Money(tenThousandths: own, bill.currency)))
        }
        if let band = payments.lazy.compactMap(\.band).first { return band }
        return try bill.band(after: Self.sums(kept.history[bill.id] ?? [], of: bill, before: key))
    }

    /// What each occurrence was paid, the youngest last.
    private static func sums(
        _ payments: [BillPayment],
        of bill: BillRecord,
        before key: OccurrenceKey
    ) throws -> [Money] {
        let past = payments.filter {
            $0.key.nominal < key.nominal && $0.amount.currency == bill.currency
        }
        return try Dictionary(grouping: past, by: \.key.nominal).sorted { $0.key < $1.key }
            .map { try $0.value.map(\.amount).sum(in: bill.currency) }
    }

    private func state(
        _ bill: BillRecord,
        _ due: LocalDate,
        _ deviation: BillOccurrence.Deviation?,
        _ payments: [BillPayment],
        _ band: AmountBand?
    ) -> BillOccurrence.State {
        if !payments.isEmpty {
            if bill.allowsParts, let least = band?.least,
                let paid = try? payments.map(\.amount).sum(in: least.currency),
                paid.tenThousandths.magnitude < least.tenThousandths.magnitude
            {
                return .partial
            }
            return payments.contains { $0.kind == .matched } ? .matched : .posted
        }
        if deviation?.isSkipped == true { return .skipped }
        if due > today { return .expected }
        if due == today { return .due }
        return due.adding(days: bill.daysAfter) >= today ? .overdue : .missed
    }

    // MARK: Bills

    /// Bills as they are answered.
    func views(of records: [BillRecord]) throws -> [BillView] {
        let named = Set(
            records.flatMap { [$0.account, $0.toAccount, $0.category] }.compactMap(\.self)
        )
        let nodes = try NodeStore(transaction: transaction, household: household).find(named)
        let learned = records.contains { $0.amount.kind == .learned }
        let scope = OccurrenceStore.Scope(
            first: today.adding(days: -Self.historyDays),
            last: .latest,
            bill: records.count == 1 ? records[0].id : nil
        )
        let history = Dictionary(
            grouping: learned ? try store.history(scope) : [],
            by: \.key.bill
        )
        let settled = try settled(scope)
        return try records.map { record in
            let end = OccurrenceKey(bill: record.id, nominal: .latest)
            let sums = try Self.sums(history[record.id] ?? [], of: record, before: end)
            let isPaused = record.pausedOn != nil || record.deletedAt != nil || record.isStranded
            return BillView(
                record: record,
                accountName: record.account.flatMap { nodes[$0]?.name },
                toAccountName: record.toAccount.flatMap { nodes[$0]?.name },
                categoryName: record.category.flatMap { nodes[$0]?.name },
                expected: try record.band(after: sums)?.typical.magnitude(),
                next: isPaused ? nil : next(of: record, except: settled[record.id] ?? []),
                state: try state(of: record, settled[record.id] ?? [])
            )
        }
    }

    /// What may be asked for now of each.
    func states(of records: [BillRecord]) throws -> [BillID: BillRecord.State] {
        let settled = try settled(OccurrenceStore.Scope(first: .earliest, last: .latest))
        let states = try records.map { ($0.id, try state(of: $0, settled[$0.id] ?? [])) }
        return Dictionary(uniqueKeysWithValues: states)
    }

    /// What is settled before its day does not come any more; what was paid in part does.
    private func state(
        of record: BillRecord,
        _ settled: Set<LocalDate>
    ) throws -> BillRecord.State {
        let state = record.state(on: today)
        guard state == .active, !settled.isEmpty, next(of: record, except: settled) == nil else {
            return state
        }
        guard record.allowsParts else { return .ended }
        let times = settled.compactMap { record.occurrence($0)?.nominal }
        let isOpen = try times.contains { try occurrence(of: record, $0).state == .partial }
        return isOpen ? .active : .ended
    }

    /// The nominal days that are paid or skipped.
    private func settled(_ scope: OccurrenceStore.Scope) throws -> [BillID: Set<LocalDate>] {
        let near = OccurrenceStore.Scope(
            first: today.adding(days: -BillRecord.Limits.moved),
            last: .latest,
            bill: scope.bill
        )
        let whole = OccurrenceStore(transaction: transaction.entire, household: household)
        let skipped = try store.deviations(near).filter(\.value.isSkipped).keys
        let keys = try whole.payments(near).map(\.key) + skipped
        return Dictionary(grouping: keys, by: \.bill).mapValues { Set($0.map(\.nominal)) }
    }

    /// The first occurrence from today on that somebody waits for.
    private func next(of record: BillRecord, except settled: Set<LocalDate>) -> Occurrence? {
        var day = today.adding(days: -1)
        // No more are settled than that, so one more is not.
        for _ in 0...settled.count {
            guard let one = record.next(after: day) else { return nil }
            if !settled.contains(one.nominal) { return one }
            day = one.date
        }
        return nil
    }

    func view(of record: BillRecord) throws -> BillView {
        guard let view = try views(of: [record]).first else { throw APIError.notFound("bill") }
        return view
    }

    /// - Throws: 404
    func load(_ id: BillID) throws -> BillView { try view(of: bills.load(id)) }
}
