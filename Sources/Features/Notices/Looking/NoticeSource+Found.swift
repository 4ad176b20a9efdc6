import Insight
import Ledger
import Storage

extension NoticeSource {
    /// Payments that come again, are no bill, and cost more than before. Each price is told of once; what was dismissed is not.
    ///
    /// Only payees of whom something new is there are looked at: a search of the whole history after each change would cost
    /// too much.
    static let foundPrices = NoticeSource { view in
        let payees = try FoundPrices.newPayees(view)
        guard !payees.isEmpty else { return [] }
        let store = RecurringStore(transaction: view.transaction, household: view.household)
        let paid = try store.payments(of: payees, until: view.today)
        let series = RecurrenceFinding.series(in: paid.map(\.payment), today: view.today)
        guard series.contains(where: { !FoundPrices.rises($0, on: view.today).isEmpty }) else {
            return []
        }
        // Only now, since it asks for the history of every bill.
        let report = try RecurringReport(
            transaction: view.transaction,
            member: view.member,
            today: view.today
        )
        let open = try report.find(among: paid).filter { $0.bill == nil && !$0.isDismissed }
        let news = try open.flatMap { one in
            try FoundPrices.rises(one.series, on: view.today).map { rise in
                try FoundPrices.news(one, rise, view)
            }
        }
        return view.each { _ in Array(news.prefix(TaskCauseStore.limit)) }
    }
}

private enum FoundPrices {
    /// How long a price is news.
    ///
    /// - Units: days
    private static let days = 31
    private static let paymentLimit = 400

    /// Of what was spent since the last look.
    static func newPayees(_ view: NoticeView) throws -> [PayeeID] {
        let first = view.today.adding(days: -days)
        var questions: [SQLText] = [
            """
            AND t.id >= \(view.firstID) AND t.date >= \(first) AND t.date <= \(view.today)
            ORDER BY t.id DESC
            """
        ]
        // What was entered ahead counts from its day on.
        let before = view.readers.map { $0.clock.time(at: view.since).day }.min() ?? view.today
        if before < view.today {
            questions.append(
                """
                AND t.date > \(max(before, first)) AND t.date <= \(view.today)
                ORDER BY t.date DESC, t.id DESC
                """
            )
        }
        let found: [PayeeID] = try questions.flatMap { question in
            try view.transaction.rows(
                """
                SELECT t.payee_id FROM ledger_transaction t
                WHERE t.household_id = \(view.household) AND t.deleted_at IS NULL
                    AND t.type = 'expense' AND t.source <> 'demo'
                    AND t.state >= \(TransactionState.pending.rawValue)
                    AND t.payee_id IS NOT NULL \(question) LIMIT \(paymentLimit)
                """
            ) { try $0.identifier() }
        }
        return Set(found).sorted()
    }

    /// Less income is no price.
    static func rises(_ series: RecurringSeries, on today: LocalDate) -> [PriceChange] {
        series.priceChanges.filter { change in
            change.isWorse && change.after.isNegative && change.date.days(until: today) <= days
        }
    }

    static func news(_ found: FoundSeries, _ rise: PriceChange, _ view: NoticeView) throws -> News {
        let series = found.series
        // By the new price: the one of a payment that was taken back is not told of again.
        let mark = SeriesMark(account: series.account, payee: series.payee, amount: rise.after)
        let payment = found.paid.last { $0.date == rise.date && $0.amount == rise.after }
        var details = NoticeDetails()
        details.account = series.account
        details.transaction = payment?.id
        details.name = found.payeeName
        details.payee = found.payeeName
        details.amount = try rise.after.magnitude()
        details.limit = try rise.before.magnitude()
        details.date = rise.date
        let others = try payment.map { try view.accounts(of: $0.id) } ?? [:]
        return News(
            kind: .priceRise,
            cause: .init(.priceRise, RecurringKey(mark), rise.date),
            link: "/bills/found",
            details: details,
            accounts: Set(others.keys).union([series.account])
        )
    }
}
