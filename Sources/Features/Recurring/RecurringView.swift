import Insight
import Ledger

/// A series as it is answered.
struct RecurringView: Sendable {
    let found: FoundSeries
    let yearly: Money
    let priceChanges: [PriceView]

    /// How many of its payments are shown, the youngest.
    private static let paymentLimit = 6

    enum Direction: String, CaseIterable, Sendable { case expense, income }

    /// - Throws: `MoneyError.overflow`
    init(_ found: FoundSeries) throws {
        self.found = found
        yearly = try found.frequency.yearly(found.series.band.typical)
        priceChanges = try found.series.priceChanges.map { try PriceView($0, found.frequency) }
    }

    private var series: RecurringSeries { found.series }
    private var amount: Money { series.band.typical }

    static let shape = Shape<RecurringView>("Recurring") { shape in
        shape.text("key") { $0.found.key.description }
        shape.text("payee", \.found.payeeName)
        shape.id("account_id", \.series.account)
        shape.text("account_name", \.found.accountName)
        shape.idOrNil("category_id", \.found.category)
        shape.currency("currency", \.amount.currency)
        shape.choice("direction") { $0.amount.isNegative ? Direction.expense : .income }
        shape.choice("period", \.series.period)
        shape.text("rule") { $0.series.schedule.rule?.description ?? "" }
        shape.text("words", \.series.schedule.words)
        shape.amount("amount", \.amount)
        shape.amount("amount_low", \.series.band.low)
        shape.amount("amount_high", \.series.band.high)
        shape.amount("yearly_amount", \.yearly)
        shape.integer("confidence") { Int64(($0.series.confidence * 100).rounded()) }
        shape.integer("count") { Int64($0.series.payments.count) }
        shape.date("first_date", \.series.first)
        shape.date("last_date", \.series.last)
        shape.dateOrNil("next_date", \.series.next)
        shape.boolean("has_ended", \.series.hasEnded)
        shape.dates("missed_dates", \.series.missed)
        shape.list("price_changes", PriceView.shape, \.priceChanges)
        shape.list("payments", paymentShape) { $0.payments }
        shape.boolean("is_dismissed", \.found.isDismissed)
        shape.idOrNil("bill_id", \.found.bill)
    }

    private struct Paid: Sendable {
        let id: TransactionID
        let date: LocalDate
        let amount: Money
    }

    private var payments: [Paid] {
        found.paid.suffix(Self.paymentLimit).reversed()
            .map { Paid(id: $0.id, date: $0.date, amount: $0.amount) }
    }

    private static let paymentShape = Shape<Paid>("RecurringPayment") { shape in
        shape.id("transaction_id", \.id)
        shape.date("date", \.date)
        shape.amount("amount", \.amount)
    }
}

/// A change of a price as it is answered.
struct PriceView: Sendable {
    let change: PriceChange
    /// What a year costs more (negative) or less than before.
    let yearly: Money

    /// - Throws: `MoneyError.overflow`
    init(_ change: PriceChange, _ frequency: PaymentFrequency) throws {
        self.change = change
        yearly = try change.yearly(frequency)
    }

    static let shape = Shape<PriceView>("PriceChange") { shape in
        shape.date("date", \.change.date)
        shape.amount("before", \.change.before)
        shape.amount("after", \.change.after)
        shape.amount("yearly_change", \.yearly)
        shape.boolean("is_worse", \.change.isWorse)
    }
}

extension Shape {
    mutating func dates(_ name: String, _ get: @escaping @Sendable (Value) -> [LocalDate]) {
        member(name, .list(.text(format: "date"))) { value, writer in
            writer.array { writer in for date in get(value) { writer.date(date) } }
        }
    }
}
