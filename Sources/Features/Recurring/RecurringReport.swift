import Crypto
import Insight
import Ledger
import Storage

/// A series that was found, and what the household knows of it.
struct FoundSeries: Sendable {
    let series: RecurringSeries
    let payeeName: String
    let accountName: String
    let category: AccountID?
    /// By their days.
    let paid: [(id: TransactionID, date: LocalDate, amount: Money)]
    var choice: RecurringChoice?
    /// The bill that it is already.
    var bill: BillID?

    var mark: SeriesMark { SeriesMark(series) }
    var key: RecurringKey { RecurringKey(mark) }
    var isDismissed: Bool { choice?.name == .dismissed }
    var frequency: PaymentFrequency { PaymentFrequency(series.period) }
}

/// The word by which a client names a series: it says nothing of what it stands for.
struct RecurringKey: Sendable, CustomStringConvertible {
    private let digest: String
    private let size: UInt64

    init(_ mark: SeriesMark) {
        digest = Self.digest(mark)
        size = mark.amount.tenThousandths.magnitude
    }

    /// Nil for what is no such word.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 32, let size = UInt64(parts[1]) else {
            return nil
        }
        digest = String(parts[0])
        self.size = size
    }

    var description: String { "\(digest)-\(size)" }

    /// The series that is meant: of those of one payee the nearest by amount, as long as it can be the same at another
    /// price.
    func find(in found: [FoundSeries]) -> FoundSeries? {
        let alike = found.filter { one in
            let other = one.mark.amount.tenThousandths.magnitude
            let sizes = [UInt128(size), UInt128(other)]
            return Self.digest(one.mark) == digest && sizes.max()! * 10 <= sizes.min()! * 16
        }
        return alike.min { distance($0) < distance($1) }
    }

    private func distance(_ one: FoundSeries) -> UInt64 {
        let other = one.mark.amount.tenThousandths.magnitude
        return max(size, other) - min(size, other)
    }

    private static func digest(_ mark: SeriesMark) -> String {
        let sign = mark.amount.isNegative ? "out" : "in"
        let text = "\(mark.account)/\(mark.amount.currency.code)/\(sign)/\(mark.payee)"
        return SHA256.hash(data: Array(text.utf8)).prefix(16)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// Finds what comes again and again in the payments that a member sees.
struct RecurringReport {
    let transaction: any SQLTransaction
    let member: Member
    let today: LocalDate
    /// What the household has as bills already.
    let bills: [BillHistory]

    init(transaction: any SQLTransaction, member: Member, today: LocalDate) throws {
        self.transaction = transaction
        self.member = member
        self.today = today
        bills = try BillHistory.load(transaction, member.household, today: today)
    }

    /// The most series that are told, the surest first.
    static let seriesLimit = 500

    func find() throws -> [FoundSeries] {
        let store = RecurringStore(transaction: transaction, household: member.household)
        return try find(among: store.payments(until: today))
    }

    /// - Parameter paid: of each payee that is in it all payments.
    func find(among paid: [RecurringStore.Paid]) throws -> [FoundSeries] {
        let store = RecurringStore(transaction: transaction, household: member.household)
        let series = RecurrenceFinding.series(in: paid.map(\.payment), today: today)
            .prefix(Self.seriesLimit)
        guard !series.isEmpty else { return [] }
        let wanted = Set(series.flatMap(\.payments))
        var byID: [TransactionID: RecurringStore.Paid] = [:]
        for one in paid where wanted.contains(one.payment.id) { byID[one.payment.id] = one }
        let names = try accountNames()
        var found = series.compactMap { series -> FoundSeries? in
            guard let account = names[series.account] else { return nil }
            return Self.found(series, account, series.payments.compactMap { byID[$0] })
        }
        try settle(&found, store.choices())
        return found
    }

    /// The surest series of each bill.
    static func seriesByBill(_ found: [FoundSeries]) -> [BillID: RecurringSeries] {
        let known = found.compactMap { one in one.bill.map { ($0, one.series) } }
        return Dictionary(known) { first, _ in first }
    }

    private static func found(
        _ series: RecurringSeries,
        _ accountName: String,
        _ paid: [RecurringStore.Paid]
    ) -> FoundSeries {
        var counts: [AccountID: Int] = [:]
        for one in paid { if let category = one.category { counts[category, default: 0] += 1 } }
        return FoundSeries(
            series: series,
            payeeName: paid.last?.payeeName ?? series.payee,
            accountName: accountName,
            category: counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key,
            paid: paid.map { ($0.payment.id, $0.payment.date, $0.payment.amount) }
        )
    }

    /// Says of each what was chosen, and which bill it is: the one that it became, that its payments are linked to, or
    /// that is like it.
    private func settle(_ found: inout [FoundSeries], _ choices: [RecurringChoice]) throws {
        let live = Set(bills.map(\.bill.id))
        let choices = choices.filter { $0.bill.map(live.contains) ?? true }
        let places = SeriesMark.places(of: choices.map(\.mark), in: found.map(\.mark))
        for (choice, place) in zip(choices, places) {
            guard let place else { continue }
            found[place].choice = choice
            found[place].bill = choice.bill
        }
        let linked = try linkedPayments()
        for index in found.indices where found[index].bill == nil {
            let one = found[index]
            let bill = one.paid.reversed().lazy.compactMap { linked[$0.id] }.first
            found[index].bill =
                bill.flatMap { live.contains($0) ? $0 : nil }
                ?? bills.first { $0.isLikely(one.mark) }?.bill.id
        }
    }

    /// Which bill a payment was for.
    private func linkedPayments() throws -> [TransactionID: BillID] {
        guard !bills.isEmpty else { return [:] }
        let since = today.month.adding(months: -RecurringStore.months - 3).firstDay
        let payments = try OccurrenceStore(transaction: transaction, household: member.household)
            .payments(OccurrenceStore.Scope(first: since, last: .latest))
        return Dictionary(payments.map { ($0.transaction, $0.key.bill) }) { first, _ in first }
    }

    /// Of accounts that are there.
    private func accountNames() throws -> [AccountID: String] {
        let accounts = try AccountStore(transaction: transaction, household: member.household)
            .all(includingDeleted: false)
        return Dictionary(uniqueKeysWithValues: accounts.map { ($0.id, $0.name) })
    }
}
