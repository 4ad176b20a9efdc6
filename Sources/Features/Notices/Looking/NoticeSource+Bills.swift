import Insight
import Ledger
import Storage

extension NoticeSource {
    /// Bills that are due, that nobody paid, and that cost more than before.
    static let bills = NoticeSource { view in
        let book = BillBook(
            transaction: view.transaction,
            household: view.household,
            today: view.today
        )
        let longest = BillRecord.Limits.days.upperBound
        guard
            let span = DateSpan(
                view.today.adding(days: -longest - BillNews.days),
                view.today.adding(days: longest)
            )
        else { return [] }
        let found = try book.occurrences(in: span)
        let waiting =
            found.compactMap { BillNews.due($0, on: view.today) }
            + found.compactMap { BillNews.missed($0, on: view.today) }
        let news =
            try Array(waiting.prefix(TaskCauseStore.limit))
            + BillNews.rises(found, book, on: view.today)
        return view.each { _ in news }
    }
}

/// What there is to tell of bills.
private enum BillNews {
    /// How long something is still news: longer ago, nobody waits to hear of it.
    static let days = 31
    /// How far back the price of before is looked for: a yearly bill's too.
    private static let priceDays = 400

    /// From as many days before as its bill says, as long as somebody waits for it.
    static func due(_ one: BillOccurrence, on today: LocalDate) -> News? {
        guard let days = one.bill.remindDays, today >= one.due.adding(days: -days) else {
            return nil
        }
        let amount: Money?
        switch one.state {
        case .expected, .due, .overdue: amount = one.band?.typical
        case .partial:
            // Of what was paid unseen nothing is told, so neither is what is left.
            guard let open = one.open, !open.isZero, today <= one.window.upperBound else {
                return nil
            }
            amount = open
        case .missed, .matched, .posted, .skipped: return nil
        }
        return news(.billDue, one, amount)
    }

    /// Where a payment may be the one, somebody is asked by a task first.
    static func missed(_ one: BillOccurrence, on today: LocalDate) -> News? {
        guard one.state == .missed, one.candidates.isEmpty,
            one.window.upperBound.days(until: today) <= days
        else { return nil }
        return news(.billMissed, one, one.band?.typical)
    }

    private static func news(
        _ kind: NoticeKind,
        _ one: BillOccurrence,
        _ amount: Money?
    ) -> News {
        var details = NoticeDetails()
        details.name = one.bill.name
        details.amount = try? amount?.magnitude()
        details.date = one.due
        return News(
            kind: kind,
            // One that is put to another day is due again.
            cause: .init(kind, one.bill.id, one.nominal, one.due),
            link: "/bills",
            details: details,
            accounts: accounts(of: one)
        )
    }

    // MARK: Prices

    /// What cost more than is usual, and more than the time before.
    static func rises(
        _ found: [BillOccurrence],
        _ book: BillBook,
        on today: LocalDate
    ) throws -> [News] {
        let risen = found.filter { one in
            guard one.bill.direction == .expense, let change = one.changedBy, let day = one.paidOn
            else { return false }
            return change.tenThousandths > 0 && day.days(until: today) <= days
        }
        return try risen.suffix(TaskCauseStore.limit).compactMap { one in
            guard let price = try one.paid?.magnitude(),
                let usual = try one.band?.typical.magnitude()
            else { return nil }
            let before = try priceBefore(one, book).flatMap { $0.isMore(than: usual) ? $0 : nil }
            guard price.isMore(than: before ?? usual) else { return nil }
            var details = NoticeDetails()
            details.name = one.bill.name
            details.payee = one.bill.payee
            details.transaction = one.payments.last?.transaction
            details.amount = price
            details.limit = before ?? usual
            details.date = one.paidOn
            return News(
                kind: .priceRise,
                cause: .init(.priceRise, one.bill.id, one.nominal),
                link: "/bills",
                details: details,
                accounts: accounts(of: one)
            )
        }
    }

    /// What was paid the time before, as far as it is seen.
    private static func priceBefore(_ one: BillOccurrence, _ book: BillBook) throws -> Money? {
        guard let span = DateSpan(one.due.adding(days: -priceDays), one.due) else { return nil }
        let earlier = try book.occurrences(in: span, of: [one.bill]).last {
            $0.nominal < one.nominal && $0.state != .partial && $0.paid != nil
        }
        return try earlier?.paid?.magnitude()
    }

    /// Those of the bill, and those from which it was paid.
    private static func accounts(of one: BillOccurrence) -> Set<AccountID> {
        let own = [one.bill.account, one.bill.toAccount].compactMap(\.self)
        return Set(own + one.payments.map(\.account))
    }
}

extension Money {
    /// False where they are not of one currency.
    fileprivate func isMore(than other: Money) -> Bool {
        currency == other.currency && tenThousandths > other.tenThousandths
    }
}
