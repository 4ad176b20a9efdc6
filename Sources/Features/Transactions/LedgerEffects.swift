package import Ledger

/// What transactions do to the sums that are kept beside the postings.
///
/// Effects add up in memory, so that an import of 100 000 rows writes each sum once, and a change writes only the
/// difference between before and after.
package struct LedgerEffects: Sendable {
    package private(set) var balances: [AccountID: Int64] = [:]
    package private(set) var rollups: [RollupKey: RollupSum] = [:]
    package private(set) var payees: [PayeeKey: RollupSum] = [:]

    package struct RollupKey: Hashable, Sendable {
        package let isMonth: Bool
        /// A day, or the first day of a month.
        package let period: LocalDate
        package let node: AccountID
        package let counter: AccountID
        package let currency: Currency
    }

    package struct PayeeKey: Hashable, Sendable {
        package let month: LocalDate
        package let payee: PayeeID
        package let account: AccountID
        package let currency: Currency
    }

    package struct RollupSum: Hashable, Sendable {
        package var postedNet: Int64 = 0
        package var postedCount: Int64 = 0
        package var pendingNet: Int64 = 0
        package var pendingCount: Int64 = 0

        package var isZero: Bool { self == RollupSum() }
    }

    package init() {}

    package var isEmpty: Bool {
        balances.values.allSatisfy { $0 == 0 } && rollups.values.allSatisfy(\.isZero)
            && payees.values.allSatisfy(\.isZero)
    }

    /// Adds a transaction, or takes it back with `sign: -1`. An expected or deleted one has no effect.
    ///
    /// - Throws: `overflow`.
    package mutating func add(
        _ booking: Booking,
        nodes: (AccountID) -> LedgerNode?,
        sign: Int64 = 1
    ) throws(MoneyError) {
        guard booking.state.countsInBalance, !booking.isDeleted else { return }
        func isReal(_ id: AccountID) -> Bool { nodes(id)?.accountClass.isReal ?? false }
        for posting in booking.postings where isReal(posting.account) {
            try Self.add(
                posting.amount.tenThousandths,
                times: sign,
                to: &balances[posting.account, default: 0]
            )
        }
        let isBooked = booking.state.isBooked
        let shares = try RollupShare.shares(of: booking.postings, isReal: isReal)
        var counted: Set<AccountID> = []
        for share in shares {
            let count: Int64 = counted.insert(share.node).inserted ? sign : 0
            for isMonth in [false, true] {
                let key = RollupKey(
                    isMonth: isMonth,
                    period: isMonth ? booking.date.month.firstDay : booking.date,
                    node: share.node,
                    counter: share.counter,
                    currency: share.net.currency
                )
                try Self.add(share.net, count, sign, isBooked, to: &rollups[key, default: .init()])
            }
        }
        try addPayee(of: booking, shares, nodes, sign)
    }

    private mutating func addPayee(
        of booking: Booking,
        _ shares: [RollupShare],
        _ nodes: (AccountID) -> LedgerNode?,
        _ sign: Int64
    ) throws(MoneyError) {
        guard let payee = booking.payee else { return }
        var counted: Set<AccountID> = []
        for share in shares where nodes(share.node)?.accountClass.isCategory ?? false {
            let key = PayeeKey(
                month: booking.date.month.firstDay,
                payee: payee,
                account: share.counter,
                currency: share.net.currency
            )
            let count: Int64 = counted.insert(share.counter).inserted ? sign : 0
            try Self.add(
                share.net,
                count,
                sign,
                booking.state.isBooked,
                to: &payees[key, default: .init()]
            )
        }
    }

    private static func add(
        _ net: Money,
        _ count: Int64,
        _ sign: Int64,
        _ isBooked: Bool,
        to sum: inout RollupSum
    ) throws(MoneyError) {
        if isBooked {
            try add(net.tenThousandths, times: sign, to: &sum.postedNet)
            sum.postedCount += count
        } else {
            try add(net.tenThousandths, times: sign, to: &sum.pendingNet)
            sum.pendingCount += count
        }
    }

    private static func add(
        _ amount: Int64,
        times sign: Int64,
        to sum: inout Int64
    ) throws(MoneyError) {
        let (signed, overflow) = amount.multipliedReportingOverflow(by: sign)
        let (total, overflowed) = sum.addingReportingOverflow(signed)
        guard !overflow, !overflowed else { throw .overflow }
        sum = total
    }
}

/// What the sums must know of a transaction.
package struct Booking: Sendable {
    package let date: LocalDate
    package let state: TransactionState
    package let payee: PayeeID?
    package let isDeleted: Bool
    package let postings: [Posting]

    package init(
        date: LocalDate,
        state: TransactionState,
        payee: PayeeID?,
        isDeleted: Bool,
        postings: [Posting]
    ) {
        self.date = date
        self.state = state
        self.payee = payee
        self.isDeleted = isDeleted
        self.postings = postings
    }
}
