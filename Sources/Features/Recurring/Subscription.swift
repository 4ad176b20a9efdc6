import Insight
import Ledger
import Storage

/// Something that is paid for again and again.
struct Subscription: Sendable {
    let source: Source
    let bill: BillID?
    let key: RecurringKey?
    let name: String
    let payee: String?
    let account: AccountID?
    let accountName: String?
    let category: AccountID?
    let amount: Money
    let monthly: Money
    let yearly: Money
    let words: String
    let period: RecurrencePeriod?
    let next: LocalDate?
    let last: LocalDate?
    let state: State
    let priceChanges: [PriceView]
    let missed: [LocalDate]

    enum Source: String, CaseIterable, Sendable { case bill, found }

    enum State: String, CaseIterable, Sendable {
        case active, paused
        /// Nothing was paid for some time, or nothing comes any more.
        case stopped

        fileprivate var rank: Int {
            switch self {
            case .active: 0
            case .paused: 1
            case .stopped: 2
            }
        }
    }

    enum Period: String, CaseIterable, Sendable {
        case weekly
        case twoWeekly = "two_weekly"
        case fourWeekly = "four_weekly"
        case monthly
        case twoMonthly = "two_monthly"
        case quarterly
        case halfYearly = "half_yearly"
        case yearly
        case other
    }

    /// Nil where it costs nothing that is known.
    ///
    /// - Throws: `MoneyError.overflow`
    init?(_ history: BillHistory, _ series: RecurringSeries?) throws {
        let bill = history.bill
        guard bill.direction == .expense, history.isSteady, let amount = history.amount,
            amount.isNegative, history.frequency.times > 0
        else { return nil }
        source = .bill
        self.bill = bill.id
        key = nil
        name = bill.name
        payee = bill.payee
        account = bill.account
        accountName = history.view.accountName
        category = bill.category
        self.amount = amount
        monthly = try history.frequency.monthly(amount)
        yearly = try history.frequency.yearly(amount)
        words = bill.schedule.words
        period = RecurrencePeriod(bill.schedule)
        next = history.view.next?.date
        last = [history.paid.last?.date, series?.last].compactMap(\.self).max()
        switch history.view.state {
        case .active: state = .active
        case .paused: state = .paused
        case .ended: state = .stopped
        }
        priceChanges = try history.priceChanges(series).map {
            try PriceView($0, history.frequency)
        }
        missed = history.missed
    }

    /// Nil for income, and for what costs something else each time.
    ///
    /// - Throws: `MoneyError.overflow`
    init?(_ found: FoundSeries) throws {
        let series = found.series
        guard series.band.typical.isNegative, series.isSteady else { return nil }
        source = .found
        bill = nil
        key = found.key
        name = found.payeeName
        payee = found.payeeName
        account = series.account
        accountName = found.accountName
        category = found.category
        amount = series.band.typical
        monthly = try found.frequency.monthly(amount)
        yearly = try found.frequency.yearly(amount)
        words = series.schedule.words
        period = series.period
        next = series.next
        last = series.last
        state = series.hasEnded ? .stopped : .active
        priceChanges = try series.priceChanges.map { try PriceView($0, found.frequency) }
        missed = series.missed
    }

    static func comesBefore(_ left: Subscription, _ right: Subscription) -> Bool {
        let (one, other) = (left.yearly.tenThousandths, right.yearly.tenThousandths)
        return (left.state.rank, one, left.name) < (right.state.rank, other, right.name)
    }

    static let shape = Shape<Subscription>("Subscription") { shape in
        shape.choice("source", \.source)
        shape.idOrNil("bill_id", \.bill)
        shape.textOrNil("key", \.key?.description)
        shape.text("name", \.name)
        shape.textOrNil("payee", \.payee)
        shape.idOrNil("account_id", \.account)
        shape.textOrNil("account_name", \.accountName)
        shape.idOrNil("category_id", \.category)
        shape.currency("currency", \.amount.currency)
        shape.amount("amount", \.amount)
        shape.amount("monthly", \.monthly)
        shape.amount("yearly", \.yearly)
        shape.text("words", \.words)
        shape.choice("period") { one in
            one.period.flatMap { Period(rawValue: $0.rawValue) } ?? .other
        }
        shape.dateOrNil("next_date", \.next)
        shape.dateOrNil("last_date", \.last)
        shape.choice("state", \.state)
        shape.list("price_changes", PriceView.shape, \.priceChanges)
        shape.dates("missed_dates", \.missed)
    }
}

/// All that is paid for again and again, and what it comes to.
struct Subscriptions: Sendable {
    let currency: Currency
    let list: [Subscription]
    /// Of those that go on, a sum a currency.
    let sums: [Sum]
    let total: (monthly: Money, yearly: Money)
    let unconverted: [Currency]

    struct Sum: Sendable {
        var monthly: Money
        var yearly: Money
        var count: Int64
    }

    /// - Throws: `MoneyError.overflow`
    init(
        _ list: [Subscription],
        in currency: Currency,
        at rates: RateTable,
        on today: LocalDate
    )
        throws
    {
        self.currency = currency
        self.list = list.sorted(by: Subscription.comesBefore)
        var sums: [Currency: Sum] = [:]
        for one in list where one.state == .active {
            let zero = Money.zero(one.amount.currency)
            var sum = sums[one.amount.currency] ?? Sum(monthly: zero, yearly: zero, count: 0)
            sum.monthly = try sum.monthly.adding(one.monthly)
            sum.yearly = try sum.yearly.adding(one.yearly)
            sum.count += 1
            sums[one.amount.currency] = sum
        }
        self.sums = sums.sorted { $0.key.code < $1.key.code }.map(\.value)
        var converter = Converter(rates: rates)
        var total = (monthly: Money.zero(currency), yearly: Money.zero(currency))
        for sum in self.sums {
            guard let monthly = try converter.convert(sum.monthly, on: today),
                let yearly = try converter.convert(sum.yearly, on: today)
            else { continue }
            total = (try total.monthly.adding(monthly), try total.yearly.adding(yearly))
        }
        self.total = total
        unconverted = converter.missing
    }

    static let shape = Shape<Subscriptions>("Subscriptions") { shape in
        shape.currency("currency", \.currency)
        shape.amount("monthly", \.total.monthly)
        shape.amount("yearly", \.total.yearly)
        shape.texts("unconverted") { $0.unconverted.map(\.code) }
        shape.list("sums", sumShape, \.sums)
        shape.list("subscriptions", Subscription.shape, \.list)
    }

    private static let sumShape = Shape<Sum>("SubscriptionSum") { shape in
        shape.currency("currency", \.monthly.currency)
        shape.amount("monthly", \.monthly)
        shape.amount("yearly", \.yearly)
        shape.integer("count", \.count)
    }
}
