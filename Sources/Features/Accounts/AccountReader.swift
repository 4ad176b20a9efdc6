package import Ledger
package import Storage

/// Reads accounts with what the ledger knows of them.
package struct AccountReader {
    let transaction: any SQLTransaction
    let member: Member
    let today: LocalDate

    package init(transaction: any SQLTransaction, member: Member, today: LocalDate) {
        self.transaction = transaction
        self.member = member
        self.today = today
    }

    private var store: AccountStore {
        AccountStore(transaction: transaction, household: member.household)
    }

    package func list(includingDeleted: Bool, includingClosed: Bool = true) throws -> [AccountView]
    {
        let records = try store.all(includingDeleted: includingDeleted)
            .filter { includingClosed || $0.closedAt == nil }
        return try views(records)
    }

    /// - Throws: 404
    package func view(_ id: AccountID) throws -> AccountView {
        guard let record = try store.find(id), let view = try views([record]).first else {
            throw APIError.notFound("account")
        }
        return view
    }

    private func views(_ records: [AccountRecord]) throws -> [AccountView] {
        let isForeign = records.contains { $0.currency != member.currency }
        let rates =
            try isForeign
            ? RateStore(transaction: transaction, household: member.household)
                .rates(to: member.currency) : nil
        let openings = try openings(of: records)
        return try records.map { record in
            let activity = try store.activity(of: record.id)
            let opening = record.openingTransaction.flatMap { openings[$0] }
            return AccountView(
                record: record,
                balanceInHouseholdCurrency: record.currency == member.currency
                    ? record.balance : try rates?.convert(record.balance, on: today),
                householdCurrency: member.currency,
                openingBalance: opening?.amount ?? .zero(record.currency),
                openingDate: opening?.date,
                transactionCount: activity.count,
                lastTransactionDate: activity.last
            )
        }
    }

    private func openings(
        of records: [AccountRecord]
    ) throws -> [TransactionID: (amount: Money, date: LocalDate)] {
        let ids = records.compactMap(\.openingTransaction)
        guard !ids.isEmpty else { return [:] }
        let rows = try transaction.rows(
            """
            SELECT id, date, currency, signed_amount FROM ledger_transaction
            WHERE household_id = \(member.household) AND id IN \(list: ids) AND deleted_at IS NULL
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            let date = try row.date()
            let currency = try row.currency()
            return (id, (amount: Money(tenThousandths: try row.amount(), currency), date: date))
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// - Throws: 404
    func history(of id: AccountID, in span: DateSpan) throws -> BalanceHistory {
        guard let record = try store.find(id), record.deletedAt == nil else {
            throw APIError.notFound("account")
        }
        let balances = BalanceStore(transaction: transaction, household: member.household)
        var balance = try balances.balances(of: [id], before: span.first)[id] ?? 0
        let changes = try balances.changes(of: [id], in: span)
        var byDay: [LocalDate: Int64] = [:]
        for change in changes { byDay[change.date] = change.amount }
        let points = (0..<span.dayCount).map { offset in
            let date = span.first.adding(days: offset)
            balance &+= byDay[date] ?? 0
            return BalanceHistory.Point(
                date: date,
                balance: Money(tenThousandths: balance, record.currency)
            )
        }
        return BalanceHistory(account: id, currency: record.currency, points: points)
    }
}
