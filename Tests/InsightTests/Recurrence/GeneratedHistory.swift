import Insight
import Ledger

/// Three years of a household: what comes again and again, and everything else.
struct GeneratedHistory {
    struct Truth {
        let payee: String
        let period: RecurrencePeriod
        var payments: Set<TransactionID> = []
    }

    private(set) var payments: [Payment] = []
    private(set) var truths: [Truth] = []
    private var generator: SeededGenerator
    private let first: LocalDate
    let today: LocalDate
    private let euro: Currency

    private static let account = AccountID(UniqueID(high: 1, low: 1))

    init?(seed: UInt64) {
        guard let first = LocalDate("2023-01-01"), let today = LocalDate("2025-12-31"),
            let euro = Currency(code: "EUR")
        else { return nil }
        generator = SeededGenerator(seed: seed)
        self.first = first
        self.today = today
        self.euro = euro
        addHousehold()
        addSubscriptions()
        addSeldom()
        addNoise()
        truths.removeAll { truth in
            truth.payments.count
                < (truth.period == .yearly ? 2 : truth.period < .fourWeekly ? 5 : 3)
        }
    }

    // MARK: What comes again

    private mutating func addHousehold() {
        add("landlord", .monthly, cents: -95_000, day: 1, yearlyRise: 0.03)
        add("employer", .monthly, cents: 310_000, day: 31, noise: 0.03, moved: -1)
        add("electricity", pick([.monthly, .twoMonthly]), cents: -8_200, yearlyRise: 0.12)
        add("phone", .monthly, cents: -3_400, noise: 0.06)
        add("water", pick([.quarterly, .twoMonthly]), cents: -7_100, noise: 0.12)
        add("allowance", .weekly, cents: -1_000)
        add("cleaning", .twoWeekly, cents: -6_000)
        add("gym", .fourWeekly, cents: -2_999)
        add("heating", .monthly, cents: -14_000, noise: 0.25)
        add("childcare", .monthly, cents: -22_000, drift: 3)
        // Two things of one payee.
        add("insurer", .monthly, cents: -3_520, day: 1, yearlyRise: 0.04)
        add("insurer", .monthly, cents: -8_150, day: 1, yearlyRise: 0.04)
    }

    private mutating func addSubscriptions() {
        for index in 0..<Int.random(in: 3...6, using: &generator) {
            let begins = first.adding(days: .random(in: 0...700, using: &generator))
            let ends = begins.adding(days: .random(in: 200...1_400, using: &generator))
            add(
                "stream \(index)",
                .monthly,
                cents: -Int64.random(in: 399...2_499, using: &generator),
                yearlyRise: pick([0, 0, 0.1, 0.25]),
                from: begins,
                through: ends
            )
        }
        // A membership among purchases.
        add("warehouse", .monthly, cents: -899)
        scatter("warehouse", everyDays: 9, cents: 500...12_000)
    }

    private mutating func addSeldom() {
        add("broadcasting", .quarterly, cents: -5_508)
        add("car tax", .halfYearly, cents: -11_800)
        add("domains", .yearly, cents: -1_799)
        add("car club", .yearly, cents: -9_400, yearlyRise: 0.04)
        add("travel insurance", .yearly, cents: -4_990, yearlyRise: 0.08)
    }

    private mutating func add(
        _ payee: String,
        _ period: RecurrencePeriod,
        cents: Int64,
        day: Int? = nil,
        noise: Double = 0,
        yearlyRise: Double = 0,
        moved: Int = 1,
        drift: Int = 0,
        from: LocalDate? = nil,
        through: LocalDate? = nil
    ) {
        var truth = Truth(payee: payee, period: period)
        let riseMonth = Int.random(in: 1...12, using: &generator)
        var price = Double(cents)
        var year = (from ?? first).year
        for due in dues(period, day: day ?? .random(in: 1...28, using: &generator)) {
            guard due >= from ?? first, due <= through ?? today else { continue }
            if due.year > year, due.monthOfYear >= riseMonth {
                price = (price * (1 + yearlyRise)).rounded()
                year = due.year
            }
            if chance(0.03) { continue }
            var date = due.adding(days: .random(in: -drift...drift, using: &generator))
            while date.weekday.isWeekend { date = date.adding(days: moved) }
            if chance(0.08) { date = date.adding(days: .random(in: 1...3, using: &generator)) }
            guard date <= today else { continue }
            let factor = noise == 0 ? 1 : 1 + .random(in: -noise...noise, using: &generator)
            truth.payments.insert(pay(payee, date, Int64((price * factor).rounded())))
        }
        truths.append(truth)
    }

    private mutating func dues(_ period: RecurrencePeriod, day: Int) -> [LocalDate] {
        let weeks: [RecurrencePeriod: Int] = [.weekly: 7, .twoWeekly: 14, .fourWeekly: 28]
        if let days = weeks[period] {
            // On a Wednesday or Thursday, which no weekend moves.
            let start = first.adding(days: .random(in: 0..<days / 7, using: &generator) * 7 + 3)
            return stride(from: 0, to: 1_096, by: days).map { start.adding(days: $0) }
        }
        let months = Int(12 / period.timesAYear)
        let phase = Int.random(in: 0..<months, using: &generator)
        return stride(from: phase, to: 36, by: months).map { index in
            let month = first.month.adding(months: index)
            return month.firstDay.adding(days: min(day, month.lastDay.day) - 1)
        }
    }

    // MARK: Everything else

    private mutating func addNoise() {
        for name in ["market", "discounter", "organic"] {
            scatter(name, everyDays: 4, cents: 800...9_500)
        }
        for index in 0..<12 { scatter("restaurant \(index)", everyDays: 60, cents: 1_200...7_000) }
        for index in 0..<25 { scatter("shop \(index)", everyDays: 150, cents: 500...20_000) }
        for index in 0..<40 { scatter("once \(index)", everyDays: 600, cents: 500...30_000) }
        scatter("fuel", everyDays: 11, cents: 4_000...8_000, spread: 3)
        scatter("barber", everyDays: 33, cents: 2_800...2_800, spread: 9)
        // Once a year beside the salary.
        for year in 2023...2025 where chance(0.8) {
            guard let date = LocalDate(year: year, month: 11, day: 28) else { continue }
            _ = pay("employer", date, .random(in: 150_000...310_000, using: &generator))
        }
        scatter("pharmacy", everyDays: 30, cents: 400...4_500)
        scatter("friend", everyDays: 40, cents: 500...6_000)
        scatter("refunds", everyDays: 50, cents: 500...6_000, sign: 1)
        fixed("cash", everyDays: 12, cents: [5_000, 10_000, 20_000])
        fixed("tram", everyDays: 3, cents: [320])
        fixed("canteen", everyDays: 2, cents: [280, 450])
        fixed("cinema", everyDays: 45, cents: [1_100, 2_200])
        for index in stride(from: 5, to: 1_096, by: 7) where chance(0.6) {
            // Most Saturdays, but never the same basket.
            _ = pay(
                "bakery",
                first.adding(days: index + 1),
                -.random(in: 400...1_500, using: &generator)
            )
        }
    }

    private mutating func scatter(
        _ payee: String,
        everyDays days: Int,
        cents: ClosedRange<Int64>,
        spread: Int? = nil,
        sign: Int64 = -1
    ) {
        var date = first.adding(days: .random(in: 0...days, using: &generator))
        while date <= today {
            _ = pay(payee, date, sign * .random(in: cents, using: &generator))
            let around = spread ?? days
            date = date.adding(
                days: max(days + .random(in: -around...around, using: &generator), 1)
            )
        }
    }

    private mutating func fixed(_ payee: String, everyDays days: Int, cents: [Int64]) {
        var date = first.adding(days: .random(in: 0...days, using: &generator))
        while date <= today {
            _ = pay(payee, date, -pick(cents))
            date = date.adding(days: max(days + .random(in: -days...days, using: &generator), 1))
        }
    }

    private mutating func pay(_ payee: String, _ date: LocalDate, _ cents: Int64) -> TransactionID {
        let id = TransactionID(UniqueID(high: 9, low: UInt64(payments.count)))
        payments.append(
            Payment(
                id: id,
                account: Self.account,
                payee: payee,
                date: date,
                amount: Money(tenThousandths: cents * 100, euro)
            )
        )
        return id
    }

    private mutating func chance(_ share: Double) -> Bool {
        .random(in: 0..<1, using: &generator) < share
    }

    private mutating func pick<Item>(_ items: [Item]) -> Item {
        items[.random(in: 0..<items.count, using: &generator)]
    }

    // MARK: Judgement

    /// Whether a found series is one that is there: nearly its payments, and its period.
    func truth(of series: RecurringSeries) -> Int? {
        truths.firstIndex { truth in
            let common = series.payments.count { truth.payments.contains($0) }
            return truth.period == series.period && common * 10 >= series.payments.count * 8
                && common * 10 >= truth.payments.count * 6
        }
    }
}
