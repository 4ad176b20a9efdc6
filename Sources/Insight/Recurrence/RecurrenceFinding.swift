package import Ledger

/// Finds payments that come again and again in a history.
package enum RecurrenceFinding {
    /// The series, the surest first.
    ///
    /// - Parameters:
    ///   - payments: in any order; amounts of zero are passed over.
    ///   - today: until when payments could have come.
    ///   - calendar: on which days banks are closed.
    /// - Complexity: linear in the payments but for sorting them.
    package static func series(
        in payments: [Payment],
        today: LocalDate,
        calendar: HolidayCalendar = .weekends
    ) -> [RecurringSeries] {
        // By their days, so that each group is too; equal days by id, so that the order of the input does not count.
        let payments = payments.sorted { ($0.date, $0.id) < ($1.date, $1.id) }
        var groups: [GroupKey: [PastAmount]] = [:]
        for (place, payment) in payments.enumerated() where !payment.amount.isZero {
            let past = PastAmount(
                place: place,
                date: payment.date,
                tenThousandths: payment.amount.tenThousandths
            )
            groups[GroupKey(payment), default: []].append(past)
        }
        let holidays = holidays(of: payments, calendar)
        var found: [RecurringSeries] = []
        for (key, group) in groups where group.count >= 2 && !key.payee.isEmpty {
            for fit in AmountStreams(group).found {
                let shape = SeriesShape(
                    fit,
                    key.currency,
                    today: today,
                    calendar: calendar,
                    holidays: holidays
                )
                found.append(
                    shape.series(key.account, key.payee) { payments[$0].id }
                )
            }
        }
        return found.sorted {
            ($1.confidence, $0.payee, $0.first, $0.payments[0])
                < ($0.confidence, $1.payee, $1.first, $1.payments[0])
        }
    }

    /// Those of the years of a sorted history, computed once: each series asks for hundreds of days.
    private static func holidays(
        of payments: [Payment],
        _ calendar: HolidayCalendar
    ) -> Set<LocalDate> {
        guard let first = payments.first?.date, let last = payments.last?.date else { return [] }
        let years = first.year - 1...last.year + 1
        return Set(years.flatMap { calendar.holidays(of: $0).map(\.date) })
    }

    private struct GroupKey: Hashable {
        let account: AccountID
        let payee: String
        let currency: Currency
        let isNegative: Bool

        init(_ payment: Payment) {
            account = payment.account
            payee = payment.payee
            currency = payment.amount.currency
            isNegative = payment.amount.isNegative
        }
    }
}
