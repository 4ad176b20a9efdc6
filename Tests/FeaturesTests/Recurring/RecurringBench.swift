@testable import Features
import HTTPTypes
import Ledger
import Testing

/// Histories of payments that come again. The servers of tests stand at 15 March 2026.
extension SharedHome {
    /// The same day of some months, the last of them February 2026.
    static func months(_ count: Int, day: Int = 12) -> [String] {
        let last = Month(year: 2026, month: 2)!
        return (0..<count).reversed().map { back in
            last.adding(months: -back).firstDay.adding(days: day - 1).description
        }
    }

    /// Books a payment on each day.
    func pay(
        _ payee: String,
        _ amounts: [String],
        on dates: [String],
        from account: AccountID,
        type: String = "expense"
    ) async throws {
        for (index, date) in dates.enumerated() {
            _ = try await spend(
                amounts[min(index, amounts.count - 1)],
                from: account,
                [("payee", .string(payee)), ("date", .string(date)), ("type", .string(type))]
            )
        }
    }

    /// Of Ann, unless `caller` says otherwise.
    func recurring(_ query: String = "", by caller: Caller? = nil) async throws -> [JSONValue] {
        let answer = try await (caller ?? ann).get("recurring\(query)")
        #expect(answer.status == 200, "\(answer)")
        return answer.data.elements
    }
}
