package import Ledger

/// What accounts hold at the end of each day: what was booked, and from today on what is expected as well.
///
/// - Invariant: the last balance is what was held before the first day, plus everything that moved on the days.
package struct BalanceForecast: Sendable {
    package struct Account: Sendable {
        package let id: AccountID
        /// Before the first day.
        package let start: Money
        /// Below it the account is short; nil where nothing is too little.
        package let floor: Money?

        package init(id: AccountID, start: Money, floor: Money?) {
            self.id = id
            self.start = start
            self.floor = floor
        }
    }

    /// Something that moves the balance of an account.
    package struct Change: Sendable {
        package let account: AccountID
        package let date: LocalDate
        /// - Units: ten-thousandths of the account's currency.
        package let amount: Int64

        package init(account: AccountID, date: LocalDate, amount: Int64) {
            self.account = account
            self.date = date
            self.amount = amount
        }
    }

    package struct Line: Sendable {
        package let account: AccountID
        /// Before the first day that is shown.
        package let start: Money
        /// One a day.
        package let balances: [Money]
        /// The least at the end of a day, and the first day that ends so.
        package let lowest: Money
        package let lowestOn: LocalDate
        /// The first day, from today on, that ends below the floor.
        package let shortOn: LocalDate?
    }

    package let lines: [Line]

    /// - Parameters:
    ///   - span: the days from before which the accounts' balances are known.
    ///   - shown: those that are told of, at the end of `span`.
    ///   - changes: those outside of `span`, and of other accounts, are passed over.
    /// - Throws: `overflow`
    package init(
        of accounts: [Account],
        _ changes: [Change],
        in span: DateSpan,
        showing shown: DateSpan,
        today: LocalDate
    ) throws(MoneyError) {
        var moves: [AccountID: [Change]] = [:]
        for change in changes where span.contains(change.date) {
            moves[change.account, default: []].append(change)
        }
        var lines: [Line] = []
        for account in accounts {
            lines.append(
                try Self.line(account, moves[account.id] ?? [], span, showing: shown, today: today)
            )
        }
        self.lines = lines
    }

    private static func line(
        _ account: Account,
        _ changes: [Change],
        _ span: DateSpan,
        showing shown: DateSpan,
        today: LocalDate
    ) throws(MoneyError) -> Line {
        let currency = account.start.currency
        var sums = [Money](repeating: .zero(currency), count: span.dayCount)
        for change in changes {
            let day = span.first.days(until: change.date)
            sums[day] = try sums[day].adding(Money(tenThousandths: change.amount, currency))
        }
        var balance = account.start
        var (start, balances) = (account.start, [Money]())
        var (lowest, short): ((Money, LocalDate)?, LocalDate?)
        for (index, sum) in sums.enumerated() {
            let day = span.first.adding(days: index)
            if day == shown.first { start = balance }
            balance = try balance.adding(sum)
            guard shown.contains(day) else { continue }
            balances.append(balance)
            if lowest.map({ balance.tenThousandths < $0.0.tenThousandths }) ?? true {
                lowest = (balance, day)
            }
            if short == nil, day >= today, let floor = account.floor,
                balance.tenThousandths < floor.tenThousandths
            {
                short = day
            }
        }
        return Line(
            account: account.id,
            start: start,
            balances: balances,
            lowest: lowest?.0 ?? balance,
            lowestOn: lowest?.1 ?? shown.first,
            shortOn: short
        )
    }
}
