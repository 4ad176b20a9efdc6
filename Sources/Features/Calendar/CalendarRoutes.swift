import HTTPTypes
import Ledger
import Storage

/// The calendar of the household, over HTTP.
package struct CalendarRoutes: Sendable {
    package init() {}

    package var endpoints: [Endpoint] {
        [
            .read(
                "calendar/{month}",
                "A month day by day: money in and out, what is expected, and what is left",
                answers: .ok(CalendarMonthView.shape),
                handle: month
            )
        ]
    }

    @Sendable private func month(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let (member, today) = (call.member, call.today)
        let month = try Self.month(call.word("month") ?? "", today: today)
        return try await call.cached("calendar/\(month)") { snapshot in
            let report = CalendarReport(
                transaction: snapshot.transaction,
                member: member,
                today: today,
                month: month
            )
            let made = try report.make()
            return DerivedAnswer(
                CalendarMonthView.shape,
                CalendarMonthView(month: made, totals: try made.totals())
            )
        }
    }

    /// - Throws: 422
    private static func month(_ text: String, today: LocalDate) throws(APIError) -> Month {
        guard text.utf8.count == 7, let first = LocalDate("\(text)-01") else {
            throw .invalid("month", "not_a_month", "a month such as 2027-01")
        }
        guard today.month.months(until: first.month) <= CalendarReport.monthsAhead else {
            throw .invalid(
                "month",
                "too_far",
                "at most \(CalendarReport.monthsAhead) months ahead"
            )
        }
        return first.month
    }
}
