package import Ledger

/// By what a series is known again when it is found anew: whose it is, and about how much.
package struct SeriesMark: Hashable, Sendable {
    package let account: AccountID
    /// Folded, as the payments have it.
    package let payee: String
    /// With its sign; it tells two series of one payee apart.
    package let amount: Money

    package init(account: AccountID, payee: String, amount: Money) {
        self.account = account
        self.payee = payee
        self.amount = amount
    }

    package init(_ series: RecurringSeries) {
        self.init(account: series.account, payee: series.payee, amount: series.band.typical)
    }

    /// Whether this may be another one at another time: prices go up and down by three fifths at most, as the
    /// search has it.
    package func mayBe(_ other: SeriesMark) -> Bool {
        guard account == other.account, payee == other.payee,
            amount.currency == other.amount.currency, amount.isNegative == other.amount.isNegative
        else { return false }
        let sizes = [amount, other.amount].map { UInt128($0.tenThousandths.magnitude) }
        return sizes.max()! * 10 <= sizes.min()! * 16
    }

    /// Which of some series each mark means: the nearest by amount, and no series is meant twice.
    ///
    /// - Returns: a place in `series` for each of `marks`; nil where there is none any more.
    package static func places(of marks: [SeriesMark], in series: [SeriesMark]) -> [Int?] {
        var places = [Int?](repeating: nil, count: marks.count)
        guard !marks.isEmpty else { return places }
        var byPayee: [String: [Int]] = [:]
        for (place, one) in series.enumerated() { byPayee[one.payee, default: []].append(place) }
        var pairs: [(distance: UInt64, mark: Int, place: Int)] = []
        for (index, mark) in marks.enumerated() {
            for place in byPayee[mark.payee] ?? [] where mark.mayBe(series[place]) {
                let (left, right) = (mark.amount, series[place].amount)
                let sizes = [left, right].map(\.tenThousandths.magnitude)
                pairs.append((sizes.max()! - sizes.min()!, index, place))
            }
        }
        var taken: Set<Int> = []
        for pair in pairs.sorted(by: {
            ($0.distance, $0.mark, $0.place) < ($1.distance, $1.mark, $1.place)
        })
        where places[pair.mark] == nil && taken.insert(pair.place).inserted {
            places[pair.mark] = pair.place
        }
        return places
    }
}
