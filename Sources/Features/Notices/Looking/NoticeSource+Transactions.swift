import Insight
import Ledger
import Storage

extension NoticeSource {
    /// Payments that are new here and large, or far from what is usual. What lies long back, as in a first import, surprises
    /// nobody.
    static let transactions = NoticeSource { view in
        let payments = try NewPayment.all(view)
        guard !payments.isEmpty else { return [] }
        let rates = try RateStore(transaction: view.transaction, household: view.household)
            .rates(to: view.member.currency)
        let judged = try payments.map { payment in
            try JudgedPayment(payment, view, worth: rates.convert(payment.amount, on: payment.date))
        }
        return try view.each { reader in
            let large = reader.preferences.largeAmount(
                of: view.household,
                in: view.member.currency
            )
            return try judged.compactMap { try $0.news(large) }
        }
    }
}

/// A payment that was entered since the last look.
private struct NewPayment {
    let id: TransactionID
    let date: LocalDate
    let type: String
    let account: AccountID
    let amount: Money
    let category: AccountID?
    let payeeID: PayeeID?
    let payee: String?

    /// How long back it may lie.
    ///
    /// - Units: days
    private static let daysBack = 7
    private static let limit = 200

    static func all(_ view: NoticeView) throws -> [NewPayment] {
        try view.transaction.rows(
            """
            SELECT t.id, t.date, t.type, t.account_id, t.signed_amount, t.currency, t.category_id,
                t.payee_id, t.payee
            FROM ledger_transaction t
            WHERE t.household_id = \(view.household) AND t.id >= \(view.firstID)
                AND t.date >= \(view.today.adding(days: -daysBack))
                AND t.date <= \(view.today.adding(days: 1)) AND t.deleted_at IS NULL
                AND t.type IN ('expense', 'income') AND t.source <> 'demo'
                AND t.state <> \(TransactionState.expected.rawValue)
            ORDER BY t.id DESC LIMIT \(limit)
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            let date = try row.date()
            let type = try row.text()
            let account: AccountID = try row.identifier()
            let signed = try row.amount()
            let currency = try row.currency()
            return NewPayment(
                id: id,
                date: date,
                type: type,
                account: account,
                amount: Money(
                    tenThousandths: Int64(clamping: signed.magnitude),
                    currency
                ),
                category: try row.identifierOrNil(),
                payeeID: try row.identifierOrNil(),
                payee: try row.textOrNil()
            )
        }
    }
}

/// A payment, and what stands out of it.
private struct JudgedPayment {
    let payment: NewPayment
    /// In the household's currency; nil where no rate is known.
    let worth: Money?
    let accountName: String
    let accounts: Set<AccountID>
    /// What was paid before: to the same payee, or where that is too little on the same category.
    let history: [Int64]

    private static let payeeHistory = 6
    private static let categoryHistory = 20
    private static let historyLimit = 200
    /// - Units: days
    private static let historyDays = 400
    /// What is unusual is told from this part of what is large.
    private static let largePart: Int64 = 20

    init(_ payment: NewPayment, _ view: NoticeView, worth: Money?) throws {
        self.payment = payment
        self.worth = worth
        let names = try view.accounts(of: payment.id)
        accounts = Set(names.keys)
        accountName = names[payment.account] ?? ""
        let payee = try Self.payeeHistory(payment, view)
        history =
            payee.count >= Self.payeeHistory
            ? payee : try Self.categoryHistory(payment, view)
    }

    private static func payeeHistory(
        _ payment: NewPayment,
        _ view: NoticeView
    ) throws -> [Int64] {
        guard let payee = payment.payeeID else { return [] }
        return try view.transaction.rows(
            """
            SELECT t.magnitude FROM ledger_transaction t
            WHERE t.household_id = \(view.household) AND t.payee_id = \(payee)
                AND t.date >= \(payment.date.adding(days: -historyDays))
                AND t.date <= \(payment.date) AND t.type = \(payment.type)
                AND t.currency = \(payment.amount.currency) AND t.deleted_at IS NULL
                AND t.id <> \(payment.id)
            ORDER BY t.date DESC, t.id DESC LIMIT \(historyLimit)
            """
        ) { try $0.amount() }
    }

    private static func categoryHistory(
        _ payment: NewPayment,
        _ view: NoticeView
    ) throws -> [Int64] {
        guard let category = payment.category else { return [] }
        let amounts = try view.transaction.rows(
            """
            SELECT p.amount FROM posting p
            WHERE p.household_id = \(view.household) AND p.account_id = \(category)
                AND p.date >= \(payment.date.adding(days: -historyDays))
                AND p.date <= \(payment.date) AND p.currency = \(payment.amount.currency)
                AND p.transaction_id <> \(payment.id)
            ORDER BY p.date DESC, p.transaction_id DESC LIMIT \(historyLimit)
            """
        ) { Int64(clamping: try $0.amount().magnitude) }
        // A category holds payments of many kinds: one more of them stands out less easily.
        return amounts.count >= categoryHistory ? amounts : []
    }

    /// What one who calls an amount large is to be told.
    func news(_ large: Money) throws -> News? {
        guard let worth else { return nil }
        if worth.tenThousandths >= large.tenThousandths {
            return news(
                .largeTransaction,
                limit: worth.currency == payment.amount.currency ? large : nil
            )
        }
        let least = large.tenThousandths / Self.largePart
        guard worth.tenThousandths >= least else { return nil }
        let judge = UnusualAmount(leastHistory: Self.payeeHistory, leastDistance: least)
        guard let usual = judge.usual(history, for: payment.amount.tenThousandths) else {
            return nil
        }
        return news(
            .unusualTransaction,
            limit: Money(tenThousandths: usual, payment.amount.currency)
        )
    }

    private func news(_ kind: NoticeKind, limit: Money?) -> News {
        var details = NoticeDetails()
        details.transaction = payment.id
        details.account = payment.account
        details.category = payment.category
        details.name = accountName
        details.payee = payment.payee
        details.amount = payment.amount
        details.limit = limit
        details.date = payment.date
        let day = payment.date
        return News(
            kind: kind,
            // Of a payment is told once, as large or as unusual.
            cause: .init(.largeTransaction, payment.id),
            link: "/transactions?account_id=\(payment.account)&from=\(day)&to=\(day)",
            details: details,
            accounts: accounts
        )
    }
}
