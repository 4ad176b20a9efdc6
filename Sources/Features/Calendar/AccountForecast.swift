import Insight
import Ledger
import Storage

/// What accounts will hold at the end of some days, by what is booked and by what bills are expected to move.
struct AccountForecast {
    let transaction: any SQLTransaction
    let member: Member
    let today: LocalDate
    let shown: DateSpan

    /// The longest that an occurrence stays open behind its day.
    private static let openDays = BillRecord.Limits.days.upperBound

    /// The days from what is known to the end of what is shown: the future begins with what is held today.
    private var walked: DateSpan {
        DateSpan(min(shown.first, max(today, .earliest)), shown.last) ?? shown
    }

    /// What is due on the days, and what counts between today and their end.
    func entries() throws -> [CalendarMonth.Entry] {
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

    func accounts(_ entries: [CalendarMonth.Entry]) throws -> [CalendarMonth.Account] {
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
}
