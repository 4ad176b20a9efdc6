import Ledger

/// A month day by day: what moved, what is expected, and what is left at the end of each day.
struct CalendarMonth: Sendable {
    let month: Month
    let today: LocalDate
    let currency: Currency
    /// Currencies that are left out of the sums for want of a rate.
    let unconverted: [Currency]
    let days: [Day]
    let accounts: [Account]
    let start: Money

    struct Day: Sendable {
        let date: LocalDate
        var moneyIn: Money
        /// Negative, as what goes out is.
        var moneyOut: Money
        var expectedIn: Money
        var expectedOut: Money
        var balance: Money
        let isExpected: Bool
        var entries: [Entry] = []

        init(_ date: LocalDate, _ currency: Currency, isExpected: Bool) {
            let zero = Money.zero(currency)
            self.date = date
            self.isExpected = isExpected
            (moneyIn, moneyOut, expectedIn, expectedOut, balance) = (zero, zero, zero, zero, zero)
        }
    }

    struct Account: Sendable {
        let record: AccountRecord
        let isInTotal: Bool
        let floor: Money?
        let start: Money
        let balances: [Money]
        let lowest: Money
        let lowestOn: LocalDate
        let shortOn: LocalDate?
    }

    /// An occurrence of a bill.
    struct Entry: Sendable {
        let occurrence: BillOccurrence
        /// With its sign: what is still expected, or what was paid.
        let amount: Money?
        /// The day in whose expected sums it stands; nil for what is settled, missed or unknown.
        let countedOn: LocalDate?
    }

    // MARK: The whole month

    private func sum(_ part: (Day) -> Money) throws -> Money {
        try days.map(part).sum(in: currency)
    }

    /// - Throws: `MoneyError.overflow`
    func totals() throws -> Totals {
        Totals(
            moneyIn: try sum(\.moneyIn),
            moneyOut: try sum(\.moneyOut),
            expectedIn: try sum(\.expectedIn),
            expectedOut: try sum(\.expectedOut)
        )
    }

    struct Totals: Sendable {
        let moneyIn: Money
        let moneyOut: Money
        let expectedIn: Money
        let expectedOut: Money
    }
}

// MARK: How it is answered

/// A month with its sums.
struct CalendarMonthView: Sendable {
    let month: CalendarMonth
    let totals: CalendarMonth.Totals

    static let shape = Shape<CalendarMonthView>("CalendarMonth") { shape in
        shape.text("month", \.month.month.description)
        shape.date("first_day", \.month.month.firstDay)
        shape.date("last_day", \.month.month.lastDay)
        shape.date("today", \.month.today)
        shape.currency("currency", \.month.currency)
        shape.texts("unconverted") { $0.month.unconverted.map(\.code) }
        shape.amount("money_in", \.totals.moneyIn)
        shape.amount("money_out", \.totals.moneyOut)
        shape.amount("expected_in", \.totals.expectedIn)
        shape.amount("expected_out", \.totals.expectedOut)
        shape.amount("balance_start", \.month.start)
        shape.amount("balance_end") { $0.month.days.last?.balance ?? $0.month.start }
        shape.dateOrNil("short_on") { $0.month.accounts.compactMap(\.shortOn).min() }
        shape.list("days", dayShape, \.month.days)
        shape.list("accounts", accountShape, \.month.accounts)
    }

    private static let dayShape = Shape<CalendarMonth.Day>("CalendarDay") { shape in
        shape.date("date", \.date)
        shape.amount("money_in", \.moneyIn)
        shape.amount("money_out", \.moneyOut)
        shape.amount("expected_in", \.expectedIn)
        shape.amount("expected_out", \.expectedOut)
        shape.amount("balance", \.balance)
        shape.boolean("is_expected", \.isExpected)
        shape.list("occurrences", entryShape, \.entries)
    }

    private static let accountShape = Shape<CalendarMonth.Account>("CalendarAccount") { shape in
        shape.id("account_id", \.record.id)
        shape.text("name", \.record.name)
        shape.currency("currency", \.record.currency)
        shape.boolean("in_total", \.isInTotal)
        shape.amountOrNil("minimum_balance", \.record.minimumBalance)
        shape.amountOrNil("floor", \.floor)
        shape.amount("balance_start", \.start)
        shape.amount("balance_end") { $0.balances.last ?? $0.start }
        shape.amount("lowest", \.lowest)
        shape.date("lowest_on", \.lowestOn)
        shape.dateOrNil("short_on", \.shortOn)
        shape.member("balances", .list(.amount(acceptsNumber: false))) { account, writer in
            writer.array { writer in
                for balance in account.balances {
                    writer.amount(balance.tenThousandths, balance.currency)
                }
            }
        }
    }

    private static let entryShape = Shape<CalendarMonth.Entry>("CalendarOccurrence") { shape in
        shape.id("bill_id", \.occurrence.bill.id)
        shape.text("name", \.occurrence.bill.name)
        shape.choice("direction", \.occurrence.bill.direction)
        shape.date("date", \.occurrence.due)
        shape.date("nominal_date", \.occurrence.nominal)
        shape.idOrNil("account_id", \.occurrence.bill.account)
        shape.idOrNil("to_account_id", \.occurrence.bill.toAccount)
        shape.idOrNil("category_id", \.occurrence.bill.category)
        shape.currency("currency") { $0.amount?.currency ?? $0.occurrence.bill.currency }
        shape.amountOrNil("amount", \.amount)
        shape.choice("state", \.occurrence.state)
        shape.boolean("is_counted") { $0.countedOn != nil }
        shape.dateOrNil("counted_on", \.countedOn)
    }
}
