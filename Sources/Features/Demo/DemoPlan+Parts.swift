import Ledger

extension DemoPlan {
    // MARK: Amounts

    /// - Parameter cents: hundredths; whole units of a currency without decimals.
    func money(_ cents: Int64, _ currency: Currency) -> Money {
        let unit = Swift.max(currency.tenThousandthsPerMinorUnit, 100)
        return Money(tenThousandths: cents * unit, currency)
    }

    func currency(of account: DemoAccount) -> Currency {
        account == .foreign ? foreignCurrency : currency
    }

    /// What prices have risen to since the first day: a quarter of a per cent a month.
    func inflated(_ cents: Int64, on date: LocalDate) -> Int64 {
        cents * (1_000 + risen(on: date)) / 1_000
    }

    private func risen(on date: LocalDate) -> Int64 {
        let start = today.month.adding(months: 1 - DemoCalendar.months)
        return Int64(start.months(until: date.month)) * 5 / 2
    }

    /// A price that rises by a step every so many months, as subscriptions do.
    func stepped(_ cents: Int64, by step: Int64, everyMonths: Int, on date: LocalDate) -> Int64 {
        let start = today.month.adding(months: 1 - DemoCalendar.months)
        return cents + step * Int64(start.months(until: date.month) / everyMonths)
    }

    // MARK: What comes each month

    static let employer = "Halden Engineering"
    static let internetProvider = "Fibrelink"

    func raise(on date: LocalDate) -> Int64 {
        stepped(0, by: 11_500, everyMonths: 12, on: date)
    }

    func salaryCents(on date: LocalDate) -> Int64 { 385_000 + raise(on: date) + extraCents }

    func internetCents(on date: LocalDate) -> Int64 {
        stepped(3_995, by: 500, everyMonths: 24, on: date)
    }

    func balance(_ account: DemoAccount) -> Int64 { balances[account.rawValue] }

    // MARK: Legs

    mutating func leg(_ account: DemoAccount, _ cents: Int64) -> DemoEntry.Leg {
        balances[account.rawValue] += cents
        return .init(place: .account(account), amount: money(cents, currency(of: account)))
    }

    func leg(_ category: DemoCategory, _ cents: Int64, memo: String? = nil) -> DemoEntry.Leg {
        .init(place: .category(category), amount: money(cents, currency), memo: memo)
    }

    func leg(_ place: DemoPlace, _ cents: Int64, in account: DemoAccount) -> DemoEntry.Leg {
        .init(place: place, amount: money(cents, currency(of: account)))
    }

    // MARK: Entries

    /// How sure the bank is of something of that day.
    func state(on date: LocalDate) -> TransactionState {
        switch date.days(until: today) {
        case ..<45: .posted
        case ..<400: .cleared
        default: .reconciled
        }
    }

    mutating func spend(
        _ cents: Int64,
        on date: LocalDate,
        at payee: String,
        for category: DemoCategory,
        from account: DemoAccount = .checking
    ) -> DemoEntry {
        DemoEntry(
            date: date,
            state: state(on: date),
            payee: payee,
            bankText: bankText(payee, account),
            legs: [leg(account, -cents), leg(category, cents)]
        )
    }

    mutating func earn(
        _ cents: Int64,
        on date: LocalDate,
        from payee: String,
        for category: DemoCategory,
        to account: DemoAccount = .checking
    ) -> DemoEntry {
        let counter = DemoEntry.Leg(
            place: .category(category),
            amount: money(-cents, currency(of: account))
        )
        return DemoEntry(
            date: date,
            state: state(on: date),
            payee: payee,
            legs: [leg(account, cents), counter]
        )
    }

    mutating func move(
        _ cents: Int64,
        on date: LocalDate,
        from: DemoAccount,
        to: DemoAccount,
        payee: String
    ) -> DemoEntry {
        DemoEntry(
            date: date,
            state: state(on: date),
            payee: payee,
            legs: [leg(from, -cents), leg(to, cents)]
        )
    }

    /// What the bank would write.
    private func bankText(_ payee: String, _ account: DemoAccount) -> String? {
        switch account {
        case .card: "CARD 4711 \(payee.uppercased())"
        case .checking: "DEBIT \(payee.uppercased())"
        default: nil
        }
    }
}
