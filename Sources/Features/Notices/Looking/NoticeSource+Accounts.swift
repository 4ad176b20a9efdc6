import Ledger
import Storage

extension NoticeSource {
    /// Told as often as an account gets there.
    static let accountsBelowMinimum = NoticeSource { view in
        let news = try view.transaction.rows(
            """
            SELECT a.id, a.name, a.currency, a.balance, a.minimum_balance FROM account a
            WHERE a.household_id = \(view.household) AND a.class IN ('asset', 'liability')
                AND a.balance < a.minimum_balance AND a.deleted_at IS NULL
                AND a.closed_at IS NULL
            ORDER BY a.id LIMIT \(TaskCauseStore.limit)
            """
        ) { row in
            let id: AccountID = try row.identifier()
            var details = NoticeDetails()
            details.account = id
            details.name = try row.text()
            let currency = try row.currency()
            details.amount = Money(tenThousandths: try row.amount(), currency)
            details.limit = Money(tenThousandths: try row.amount(), currency)
            return News(
                kind: .lowBalanceAhead,
                cause: .init(.lowBalanceAhead, id),
                link: "/accounts/\(id)",
                details: details,
                accounts: [id]
            )
        }
        return view.each { _ in news }
    }

    /// How far ahead one is told that an account runs low.
    private static let daysAhead = 14

    /// Accounts that will hold too little, by what is booked ahead and by the bills that are expected. Told again when it was
    /// averted and comes again.
    static let accountsRunningLow = NoticeSource { view in
        guard let shown = DateSpan(view.today, view.today.adding(days: daysAhead)) else {
            return []
        }
        let forecast = AccountForecast(
            transaction: view.transaction,
            member: view.member,
            today: view.today,
            shown: shown
        )
        let short = try forecast.accounts(forecast.entries()).filter { $0.shortOn != nil }
        guard !short.isEmpty else { return [] }
        let store = BalanceStore(transaction: view.transaction, household: view.household)
        let ids = short.map(\.record.id)
        let held = try store.balances(of: ids, before: view.today.adding(days: 1))
        let all = try store.balances(of: ids, before: .latest)
        let news = short.compactMap { account -> News? in
            let id = account.record.id
            guard let floor = account.floor, let day = account.shortOn,
                (held[id] ?? 0) >= floor.tenThousandths
            else { return nil }
            // What stands in the books is told by itself.
            if let minimum = account.record.minimumBalance,
                (all[id] ?? 0) < minimum.tenThousandths
            {
                return nil
            }
            return .runningLow(account, below: floor, on: day, in: shown)
        }
        return view.each { _ in news }
    }
}

extension News {
    fileprivate static func runningLow(
        _ account: CalendarMonth.Account,
        below floor: Money,
        on day: LocalDate,
        in shown: DateSpan
    ) -> News {
        let id = account.record.id
        var details = NoticeDetails()
        details.account = id
        details.name = account.record.name
        details.amount = account.balances[shown.first.days(until: day)]
        details.limit = floor
        details.date = day
        return News(
            kind: .lowBalanceAhead,
            cause: .init(.lowBalanceAhead, id, "ahead"),
            link: "/accounts/\(id)",
            details: details,
            accounts: [id]
        )
    }
}
