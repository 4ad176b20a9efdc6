package import Ledger

/// One transaction of an account as searches in a history see it.
package struct Payment: Hashable, Sendable {
    package let id: TransactionID
    package let account: AccountID
    /// Folded to small letters without accents; empty where nobody is named.
    package let payee: String
    package let date: LocalDate
    /// Negative is money out.
    package let amount: Money

    package init(
        id: TransactionID,
        account: AccountID,
        payee: String,
        date: LocalDate,
        amount: Money
    ) {
        self.id = id
        self.account = account
        self.payee = payee
        self.date = date
        self.amount = amount
    }
}
