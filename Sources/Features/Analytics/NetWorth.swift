import Ledger
import Storage

/// What a household owned and owed over time.
package struct NetWorth: Sendable {
    let currency: Currency
    let unconverted: [Currency]
    let points: [Point]

    package struct Point: Sendable {
        let date: LocalDate
        let assets: Money
        let liabilities: Money
        let netWorth: Money
    }

    package enum Interval: String, CaseIterable, Sendable { case day, week, month }

    package static let shape = Shape<NetWorth>("NetWorth") { shape in
        shape.currency("currency", \.currency)
        shape.texts("unconverted") { $0.unconverted.map(\.code) }
        shape.list("points", pointShape, \.points)
    }

    private static let pointShape = Shape<Point>("NetWorthPoint") { shape in
        shape.date("date", \.date)
        shape.amount("assets", \.assets)
        shape.amount("liabilities", \.liabilities)
        shape.amount("net_worth", \.netWorth)
    }
}

/// Makes the line of net worth from the rollups.
struct NetWorthReport {
    let transaction: any SQLTransaction
    let member: Member
    let span: DateSpan
    let interval: NetWorth.Interval

    func make() throws -> NetWorth {
        let accounts = try AccountStore(transaction: transaction, household: member.household)
            .all(includingDeleted: false)
        let store = BalanceStore(transaction: transaction, household: member.household)
        let ids = accounts.map(\.id)
        var balances = try store.balances(of: ids, before: span.first)
        let changes = try store.changes(of: ids, in: span)
        let rates = try RateStore(transaction: transaction, household: member.household)
            .rates(to: member.currency)
        var converter = Converter(rates: rates)
        var next = changes.startIndex
        let points = try dates.map { date in
            while next < changes.endIndex, changes[next].date <= date {
                let (sum, overflow) = (balances[changes[next].account] ?? 0)
                    .addingReportingOverflow(changes[next].amount)
                guard !overflow else { throw StorageError.amountOverflow }
                balances[changes[next].account] = sum
                next += 1
            }
            return try point(on: date, accounts, balances, &converter)
        }
        return NetWorth(currency: member.currency, unconverted: converter.missing, points: points)
    }

    /// The last day of each interval, and of the span.
    private var dates: [LocalDate] {
        switch interval {
        case .day: (0..<span.dayCount).map { span.first.adding(days: $0) }
        case .week:
            stride(from: (span.dayCount - 1) % 7, to: span.dayCount, by: 7)
                .map { span.first.adding(days: $0) }
        case .month: span.months.map { min($0.lastDay, span.last) }
        }
    }

    private func point(
        on date: LocalDate,
        _ accounts: [AccountRecord],
        _ balances: [AccountID: Int64],
        _ converter: inout Converter
    ) throws -> NetWorth.Point {
        var assets = Money.zero(member.currency)
        var liabilities = Money.zero(member.currency)
        for account in accounts {
            let balance = Money(tenThousandths: balances[account.id] ?? 0, account.currency)
            guard let value = try converter.convert(balance, on: date) else { continue }
            if account.kind.accountClass == .liability {
                liabilities = try liabilities.adding(value)
            } else {
                assets = try assets.adding(value)
            }
        }
        return .init(
            date: date,
            assets: assets,
            liabilities: liabilities,
            netWorth: try assets.adding(liabilities)
        )
    }
}
