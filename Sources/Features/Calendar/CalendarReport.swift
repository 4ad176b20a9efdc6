import Ledger
import Storage

/// Makes a month from rollups of days and from the occurrences of bills: what lies in the register is not read, so
/// that it costs the same however much that is.
struct CalendarReport {
    let transaction: any SQLTransaction
    let member: Member
    let today: LocalDate
    let month: Month

    /// How far ahead one may look.
    static let monthsAhead = 36

    private var shown: DateSpan { DateSpan(month) }
    private var currency: Currency { member.currency }

    private var forecast: AccountForecast {
        AccountForecast(transaction: transaction, member: member, today: today, shown: shown)
    }

    func make() throws -> CalendarMonth {
        let rates = try RateStore(transaction: transaction, household: member.household)
            .rates(to: currency)
        var converter = Converter(rates: rates)
        var days = (0..<shown.dayCount).map { index in
            let date = shown.first.adding(days: index)
            return CalendarMonth.Day(date, currency, isExpected: date >= today)
        }
        try addBooked(to: &days, &converter)
        let entries = try forecast.entries()
        try add(entries, to: &days, &converter)
        let accounts = try forecast.accounts(entries)
        let start = try addBalances(of: accounts, entries, to: &days, &converter)
        return CalendarMonth(
            month: month,
            today: today,
            currency: currency,
            unconverted: converter.missing,
            days: days,
            accounts: accounts,
            start: start
        )
    }

    // MARK: What was booked

    private func addBooked(
        to days: inout [CalendarMonth.Day],
        _ converter: inout Converter
    ) throws {
        let store = CalendarStore(transaction: transaction, household: member.household)
        for sum in try store.daySums(in: shown) {
            guard let net = try converter.convert(sum.net, on: sum.date) else { continue }
            let index = shown.first.days(until: sum.date)
            if sum.isIncome {
                days[index].moneyIn = try days[index].moneyIn.subtracting(net)
            } else {
                days[index].moneyOut = try days[index].moneyOut.subtracting(net)
            }
        }
    }

    // MARK: Sums of what is expected

    /// A transfer between accounts is neither income nor spending.
    private func add(
        _ entries: [CalendarMonth.Entry],
        to days: inout [CalendarMonth.Day],
        _ converter: inout Converter
    ) throws {
        for entry in entries {
            if shown.contains(entry.occurrence.due) {
                days[shown.first.days(until: entry.occurrence.due)].entries.append(entry)
            }
            guard let date = entry.countedOn, shown.contains(date), let amount = entry.amount,
                entry.occurrence.bill.direction != .transfer,
                let value = try converter.convert(amount, on: date)
            else { continue }
            let index = shown.first.days(until: date)
            if value.isNegative {
                days[index].expectedOut = try days[index].expectedOut.adding(value)
            } else {
                days[index].expectedIn = try days[index].expectedIn.adding(value)
            }
        }
    }

    // MARK: Balances

    /// Sums the accounts of everyday money in the household's currency, each day at its rate, with what is expected on no
    /// account in particular.
    ///
    /// - Returns: what there was before the first day.
    private func addBalances(
        of accounts: [CalendarMonth.Account],
        _ entries: [CalendarMonth.Entry],
        to days: inout [CalendarMonth.Day],
        _ converter: inout Converter
    ) throws -> Money {
        var anywhere: [LocalDate: [Money]] = [:]
        for entry in entries where entry.occurrence.bill.account == nil {
            guard let date = entry.countedOn, let amount = entry.amount else { continue }
            anywhere[date, default: []].append(amount)
        }
        var floating: [Currency: Money] = [:]
        func float(_ amounts: [Money]) throws {
            for amount in amounts {
                let known = floating[amount.currency] ?? .zero(amount.currency)
                floating[amount.currency] = try known.adding(amount)
            }
        }
        for (date, amounts) in anywhere where date < shown.first { try float(amounts) }
        let counted = accounts.filter(\.isInTotal)
        let before = shown.first.adding(days: -1)
        let start = try sum(counted.map(\.start) + floating.values, on: before, &converter)
        for index in days.indices {
            try float(anywhere[days[index].date] ?? [])
            days[index].balance = try sum(
                counted.map { $0.balances[index] } + floating.values,
                on: days[index].date,
                &converter
            )
        }
        return start
    }

    private func sum(
        _ amounts: [Money],
        on date: LocalDate,
        _ converter: inout Converter
    ) throws -> Money {
        var sum = Money.zero(currency)
        for amount in amounts {
            guard let value = try converter.convert(amount, on: date) else { continue }
            sum = try sum.adding(value)
        }
        return sum
    }
}
