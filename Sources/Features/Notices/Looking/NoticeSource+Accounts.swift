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
                accounts: [id],
                lasts: true
            )
        }
        return view.each { _ in news }
    }
}
