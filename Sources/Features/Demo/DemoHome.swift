import Ledger

/// The flat that the demo household buys, and what it owes for it.
///
/// - Units: cents.
enum DemoHome {
    static let price: Int64 = 28_500_000
    static let loan: Int64 = 23_000_000
    static let deposit: Int64 = price - loan
    static let fees: Int64 = 1_180_000

    /// What is paid each month.
    ///
    /// - Source: the annuity formula, loan · r / (1 − (1 + r)^−360) with r = 3.6 % / 12.
    static let payment: Int64 = 104_569

    /// The interest of one month on a debt, at 3.6 % a year.
    static func interest(on debt: Int64) -> Int64 {
        Int64(Money.halfEven(Int128(debt) * 3, over: 1_000))
    }

    /// What is still owed before the payments of a day, the first of which came the month after the purchase.
    static func debt(before day: LocalDate, boughtOn purchase: LocalDate) -> Int64 {
        var debt = loan
        for _ in 0..<Swift.max(purchase.month.months(until: day.month) - 1, 0) {
            debt -= payment - interest(on: debt)
        }
        return debt
    }
}
