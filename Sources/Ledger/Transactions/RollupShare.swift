/// What one transaction adds to the sums of one node, seen from one real account.
///
/// - Invariant: the shares of a node add up to its postings.
package struct RollupShare: Hashable, Sendable {
    package let node: AccountID
    /// The real account on the other side; the node itself where there is none.
    package let counter: AccountID
    package var net: Money

    /// Divides postings among the real accounts on their other side (ADR 0006).
    ///
    /// A posting on a category belongs to the real accounts of the transaction in proportion to what each
    /// moved, those of the posting's currency first. A posting on a real account belongs to the other real
    /// accounts in the same way, or to itself.
    ///
    /// - Throws: `overflow`.
    package static func shares(
        of postings: [Posting],
        isReal: (AccountID) -> Bool
    ) throws(MoneyError) -> [RollupShare] {
        let real = postings.filter { isReal($0.account) && !$0.amount.isZero }
        var shares: [RollupShare] = []
        for posting in postings {
            let counters = real.filter { $0.account != posting.account }
            let sameCurrency = counters.filter { $0.amount.currency == posting.amount.currency }
            let opposite = sameCurrency.filter { $0.amount.isNegative != posting.amount.isNegative }
            let sides = [opposite, sameCurrency, counters].first { !$0.isEmpty } ?? []
            guard !sides.isEmpty else {
                try add(posting.amount, of: posting.account, counter: posting.account, to: &shares)
                continue
            }
            var weights: [Int64] = []
            for side in sides { weights.append(try side.amount.magnitude().tenThousandths) }
            let parts = try posting.amount.allocated(by: weights)
            for (side, part) in zip(sides, parts) where !part.isZero || sides.count == 1 {
                try add(part, of: posting.account, counter: side.account, to: &shares)
            }
        }
        return shares
    }

    private static func add(
        _ amount: Money,
        of node: AccountID,
        counter: AccountID,
        to shares: inout [RollupShare]
    ) throws(MoneyError) {
        let index = shares.firstIndex {
            $0.node == node && $0.counter == counter && $0.net.currency == amount.currency
        }
        if let index {
            shares[index].net = try shares[index].net.adding(amount)
        } else {
            shares.append(RollupShare(node: node, counter: counter, net: amount))
        }
    }
}
