import Insight
import Interchange
import Ledger
import Storage

/// What bills that come again were paid, and when they were not.
struct BillHistory: Sendable {
    let view: BillView
    /// By their days, in the currency of the bill, with the sign of the money.
    let paid: [(date: LocalDate, amount: Money)]
    let missed: [LocalDate]
    /// What is expected next, with its sign; nil where nothing is known.
    let amount: Money?
    /// Whether it costs about the same each time.
    let isSteady: Bool
    let frequency: PaymentFrequency

    var bill: BillRecord { view.record }

    /// How many bills are looked at together, so that their occurrences stay within what is answered at once.
    private static let batch = 50
    /// How far back.
    private static let days = 730

    /// Live bills with a rule.
    static func load(
        _ transaction: any SQLTransaction,
        _ household: HouseholdID,
        today: LocalDate
    ) throws -> [BillHistory] {
        let book = BillBook(transaction: transaction, household: household, today: today)
        let bills = try book.bills.all().filter { $0.rule != nil }
        guard let span = DateSpan(today.adding(days: -days), today) else { return [] }
        var histories: [BillHistory] = []
        for start in stride(from: 0, to: bills.count, by: batch) {
            let some = Array(bills[start..<min(start + batch, bills.count)])
            let occurrences = Dictionary(
                grouping: try book.occurrences(in: span, of: some),
                by: \.bill.id
            )
            for view in try book.views(of: some) {
                let own = occurrences[view.record.id] ?? []
                histories.append(try BillHistory(view, own, today: today))
            }
        }
        return histories
    }

    private init(_ view: BillView, _ occurrences: [BillOccurrence], today: LocalDate) throws {
        let bill = view.record
        self.view = view
        var paid: [(date: LocalDate, amount: Money)] = []
        for one in occurrences where one.state == .matched || one.state == .posted {
            guard let amount = one.paid, amount.currency == bill.currency, let date = one.paidOn
            else { continue }
            paid.append((date, amount))
        }
        self.paid = paid.sorted { $0.date < $1.date }
        missed = occurrences.filter { $0.state == .missed }.map(\.due)
        amount = try view.expected.map { try bill.signed($0) }
        frequency = PaymentFrequency(bill.schedule, from: today)
        isSteady = Self.isSteady(bill)
    }

    /// A fixed amount is, and a range whose ends lie within two fifths of what is usual.
    private static func isSteady(_ bill: BillRecord) -> Bool {
        switch bill.amount {
        case .fixed: return true
        case .learned(_, _, let percent): return percent <= 20
        case .range(let low, let usual, let high):
            let width = Int128(high.tenThousandths) - Int128(low.tenThousandths)
            return width * 5 <= Int128(usual.tenThousandths) * 2
        }
    }

    /// Those of the series that was found of it, which goes back to before there was a bill; else of what is linked to it.
    func priceChanges(_ series: RecurringSeries?) -> [PriceChange] {
        guard isSteady else { return [] }
        return series?.priceChanges ?? PriceChange.changes(in: paid)
    }

    /// Whether payments that were found are those of this bill, as far as one can tell without a link.
    func isLikely(_ mark: SeriesMark) -> Bool {
        guard bill.direction != .transfer, bill.currency == mark.amount.currency,
            (bill.direction == .income) != mark.amount.isNegative,
            bill.account.map({ $0 == mark.account }) ?? true,
            let payee = bill.payee, BillMatching.areAlike(PayeeName.folded(payee), mark.payee)
        else { return false }
        guard let amount else { return true }
        return SeriesMark(account: mark.account, payee: mark.payee, amount: amount).mayBe(mark)
    }
}
