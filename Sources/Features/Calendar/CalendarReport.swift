import Insight
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
    /// The longest that an occurrence stays open behind its day.
    private static let openDays = BillRecord.Limits.days.upperBound

    private var shown: DateSpan { DateSpan(month) }
    private var currency: Currency { member.currency }

    /// The days from what is known to the end of the month: the future begins with what is held today.
    private var walked: DateSpan {
        DateSpan(min(shown.first, max(today, .earliest)), shown.last) ?? shown
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
        let entries = try entries()
        try add(entries, to: &days, &converter)
        let accounts = try accounts(entries)
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

    // MARK: What is expected

    /// What is due in the month, and what counts between today and its end.
    private func entries() throws -> [CalendarMonth.Entry] {
        let reach = min(walked.first, today.adding(days: -Self.openDays))
        let first = shown.last < today ? shown.first : reach
        guard let span = DateSpan(min(first, shown.first), shown.last) else { return [] }
        let book = BillBook(
            transaction: transaction,
            household: member.household,
            today: today
        )
        return try book.occurrences(in: span).compactMap { occurrence in
            let countedOn = Self.day(of: occurrence, today: today)
            guard shown.contains(occurrence.due) || countedOn != nil else { return nil }
            return CalendarMonth.Entry(
                occurrence: occurrence,
                amount: Self.amount(of: occurrence, isCounted: countedOn != nil),
                countedOn: countedOn
            )
        }
    }

    /// On its day; what is late but may still come, today.
    static func day(of occurrence: BillOccurrence, today: LocalDate) -> LocalDate? {
        let day = max(occurrence.due, today)
        switch occurrence.state {
        case .expected, .due, .overdue: return occurrence.band == nil ? nil : day
        case .partial:
            guard let open = occurrence.open, !open.isZero else { return nil }
            return occurrence.window.upperBound >= today ? day : nil
        case .missed, .matched, .posted, .skipped: return nil
        }
    }

    private static func amount(of occurrence: BillOccurrence, isCounted: Bool) -> Money? {
        if occurrence.state == .partial, isCounted { return occurrence.open }
        return occurrence.paid ?? occurrence.band?.typical
    }

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

    private func accounts(_ entries: [CalendarMonth.Entry]) throws -> [CalendarMonth.Account] {
        let records = try AccountStore(transaction: transaction, household: member.household)
            .all(includingDeleted: false)
            .filter { $0.closedAt == nil || $0.closedAt! >= shown.first }
        let store = BalanceStore(transaction: transaction, household: member.household)
        let ids = records.map(\.id)
        let starts = try store.balances(of: ids, before: walked.first)
        let booked = try store.changes(of: ids, in: walked).map {
            BalanceForecast.Change(account: $0.account, date: $0.date, amount: $0.amount)
        }
        let forecast = try BalanceForecast(
            of: records.map { record in
                BalanceForecast.Account(
                    id: record.id,
                    start: Money(tenThousandths: starts[record.id] ?? 0, record.currency),
                    floor: Self.floor(of: record)
                )
            },
            booked + Self.changes(entries),
            in: walked,
            showing: shown,
            today: today
        )
        return zip(records, forecast.lines).map { record, line in
            CalendarMonth.Account(
                record: record,
                isInTotal: record.isBudgeted,
                floor: Self.floor(of: record),
                start: line.start,
                balances: line.balances,
                lowest: line.lowest,
                lowestOn: line.lowestOn,
                shortOn: line.shortOn
            )
        }
    }

    /// Money that is spent from cannot be less than nothing unless its owner said so; debts, houses and cars can.
    private static func floor(of record: AccountRecord) -> Money? {
        if let minimum = record.minimumBalance { return minimum }
        switch record.kind {
        case .checking, .savings, .cash: return .zero(record.currency)
        default: return nil
        }
    }

    /// What an occurrence does to its accounts; a transfer goes to another, in the same currency.
    private static func changes(_ entries: [CalendarMonth.Entry]) -> [BalanceForecast.Change] {
        entries.flatMap { entry -> [BalanceForecast.Change] in
            let bill = entry.occurrence.bill
            guard let date = entry.countedOn, let amount = entry.amount?.tenThousandths,
                let account = bill.account
            else { return [] }
            let change = BalanceForecast.Change(account: account, date: date, amount: amount)
            guard let other = bill.toAccount else { return [change] }
            return [
                change, BalanceForecast.Change(account: other, date: date, amount: -amount),
            ]
        }
    }

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
