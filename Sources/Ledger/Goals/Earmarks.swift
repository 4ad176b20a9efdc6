/// What an account holds, and how much of it is meant for goals. The money itself stays where it is.
package struct Earmarks: Hashable, Sendable {
    package let balance: Money
    /// Of all goals together.
    package let earmarked: Money

    /// - Throws: `differentCurrencies`
    package init(balance: Money, earmarked: Money) throws(MoneyError) {
        guard balance.currency == earmarked.currency else {
            throw .differentCurrencies(balance.currency, earmarked.currency)
        }
        self.balance = balance
        self.earmarked = earmarked
    }

    /// What is meant for no goal; below zero where more is meant than is there.
    package func free() throws(MoneyError) -> Money { try balance.subtracting(earmarked) }

    /// Whether some of the money would have to be there twice.
    package var isOvercommitted: Bool {
        earmarked.tenThousandths > 0 && earmarked.tenThousandths > balance.tenThousandths
    }

    /// How much of what is meant for goals is not there.
    package func overBy() throws(MoneyError) -> Money {
        isOvercommitted ? try earmarked.subtracting(balance.orZero) : .zero(balance.currency)
    }

    package func adding(_ amount: Money) throws(MoneyError) -> Earmarks {
        try Earmarks(balance: balance, earmarked: earmarked.adding(amount))
    }
}
