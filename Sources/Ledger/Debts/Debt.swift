/// A loan or a card that is paid off month by month.
///
/// - Invariant: nothing is negative, and all amounts are of one currency.
package struct Debt: Hashable, Sendable {
    package let account: AccountID
    /// What is owed, as a positive amount.
    package let owed: Money
    /// - Units: millionths of what is owed, a year: 4.99 % is 49 900.
    /// - Range: 0...`rateLimit`
    package let yearlyRateMillionths: Int64
    package let minimum: MinimumPayment

    /// 1 000 % a year.
    package static let rateLimit: Int64 = 10_000_000

    /// - Throws: `negative`, `rateOutOfRange`, `differentCurrencies`.
    package init(
        account: AccountID,
        owed: Money,
        yearlyRateMillionths: Int64,
        minimum: MinimumPayment
    ) throws(DebtError) {
        guard minimum.floor.currency == owed.currency else {
            throw .money(.differentCurrencies(owed.currency, minimum.floor.currency))
        }
        guard !owed.isNegative, !minimum.floor.isNegative else { throw .negative(account) }
        guard (0...Self.rateLimit).contains(yearlyRateMillionths), minimum.isShareInRange else {
            throw .rateOutOfRange(account)
        }
        self.account = account
        self.owed = owed
        self.yearlyRateMillionths = yearlyRateMillionths
        self.minimum = minimum
    }

    /// A twelfth of the yearly rate on what is owed, rounded once to the minor unit, half to even.
    package func monthlyInterest(on balance: Money) throws(MoneyError) -> Money {
        try balance.scaled(by: yearlyRateMillionths, over: 12_000_000)
    }
}

/// What the lender wants each month at least.
package enum MinimumPayment: Hashable, Sendable {
    case fixed(Money)
    /// A share of what is owed after interest, as cards ask for.
    ///
    /// - Units: `millionths` of it: 2 % is 20 000.
    case share(millionths: Int64, atLeast: Money)

    var floor: Money {
        switch self {
        case .fixed(let amount), .share(_, let amount): amount
        }
    }

    var isShareInRange: Bool {
        guard case .share(let millionths, _) = self else { return true }
        return (0...1_000_000).contains(millionths)
    }

    /// Never more than is owed.
    package func amount(of owed: Money) throws(MoneyError) -> Money {
        var wanted = floor
        if case .share(let millionths, _) = self {
            wanted = wanted.atLeast(try owed.scaled(by: millionths, over: 1_000_000))
        }
        return wanted.atMost(owed)
    }
}

/// Which debt gets what is left once all minimums are paid.
package enum DebtOrder: Hashable, Sendable {
    /// The dearest first: it saves most interest.
    case avalanche
    /// The smallest first: it soonest makes them fewer.
    case snowball
    /// As a person wishes; those that are not named come last, the dearest first.
    case own([AccountID])
}

package enum DebtError: Error, Hashable {
    case negative(AccountID)
    case rateOutOfRange(AccountID)
    case negativeExtra
    case money(MoneyError)
}

extension Money {
    /// Of two amounts of one currency the larger.
    package func atLeast(_ other: Money) -> Money {
        tenThousandths < other.tenThousandths ? other : self
    }

    /// Of two amounts of one currency the smaller.
    package func atMost(_ other: Money) -> Money {
        tenThousandths > other.tenThousandths ? other : self
    }
}
