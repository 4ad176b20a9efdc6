package import Ledger

/// Finds the payments of bills: each payment pays at most one occurrence, and the sum of all scores is the
/// highest that there is.
///
/// First payments of the expected amount, then parts for bills that allow them, then payments of another amount by
/// a known payee. The order of the input does not matter.
package enum BillMatching {
    /// Below it a pair is not proposed.
    static let leastScore = 50
    /// From it on, with a known payee and no second candidate, nobody needs to be asked.
    static let certainScore = 70
    /// The most payments that are looked at for one occurrence, the best first.
    static let candidateLimit = 32

    /// - Complexity: linear in the payments of the windows, but for sorting and where windows overlap.
    package static func matches(
        of expected: [ExpectedPayment],
        among payments: [Payment]
    ) -> [BillMatch] {
        var search = BillSearch(expected, payments)
        search.matchWhole()
        search.matchParts()
        search.matchChanged()
        return search.found.sorted { $0.key < $1.key }
    }

    /// The payments that somebody should look at, the best first: of the expected amount, of another, or a part.
    ///
    /// - Complexity: linear in the payments.
    package static func candidates(
        for expected: ExpectedPayment,
        among payments: [Payment],
        limit: Int = 5
    ) -> [BillCandidateScore] {
        let found = payments.compactMap { payment -> BillCandidateScore? in
            guard expected.window.contains(payment.date) else { return nil }
            let score =
                score(expected, payment) ?? changedScore(expected, payment)
                ?? partScore(expected, payment)
            return score.map { BillCandidateScore(payment: payment.id, score: $0) }
        }
        let sorted = found.sorted { ($1.score, $0.payment) < ($0.score, $1.payment) }
        return Array(sorted.prefix(limit))
    }

    /// What nobody paid in time: the window is over, and nothing or only a part came.
    package static func missed(
        of expected: [ExpectedPayment],
        matches: [BillMatch],
        on today: LocalDate
    ) -> [OccurrenceKey] {
        let paid = Set(
            matches.filter { match in
                if case .part = match.amount { return false }
                return true
            }.map(\.key)
        )
        return expected.filter { $0.window.upperBound < today && !paid.contains($0.key) }
            .map(\.key).sorted()
    }

    // MARK: Scores

    /// - Parameter payment: of the window.
    /// - Returns: nil where the payment cannot be meant.
    static func score(_ expected: ExpectedPayment, _ payment: Payment) -> Int? {
        guard fits(expected, payment), expected.band.contains(payment.amount) else { return nil }
        let likeness = likeness(expected.payee, payment.payee)
        // By an unknown name only the exact amount can tell.
        guard likeness > 0 || expected.band.isExact else { return nil }
        let isUsual = payment.amount == expected.band.typical
        let score = dayScore(expected, payment) + (isUsual ? 30 : 24) + likeness
        return score >= leastScore ? score : nil
    }

    /// A payee that is known pays another amount, at most twice or half as much: the price has changed.
    static func changedScore(_ expected: ExpectedPayment, _ payment: Payment) -> Int? {
        let usual = expected.band.typical.tenThousandths.magnitude
        let paid = payment.amount.tenThousandths.magnitude
        guard !expected.payee.isEmpty, fits(expected, payment),
            !expected.band.contains(payment.amount), paid / 2 <= usual, usual / 2 <= paid
        else { return nil }
        let likeness = likeness(expected.payee, payment.payee)
        let score = dayScore(expected, payment) + 10 + likeness
        return likeness > 0 && score >= leastScore ? score : nil
    }

    /// A known payee was paid less.
    static func partScore(_ expected: ExpectedPayment, _ payment: Payment) -> Int? {
        let usual = expected.band.typical.tenThousandths.magnitude
        guard expected.allowsParts, fits(expected, payment),
            payment.amount.tenThousandths.magnitude < usual,
            likeness(expected.payee, payment.payee) > 10
        else { return nil }
        return leastScore
    }

    /// Account, currency and direction; the search looks at the days of the window alone.
    static func fits(_ expected: ExpectedPayment, _ payment: Payment) -> Bool {
        (expected.account == nil || expected.account == payment.account)
            && payment.amount.currency == expected.band.currency
            && payment.amount.isNegative == expected.band.typical.isNegative
            && !payment.amount.isZero && !expected.rejected.contains(payment.id)
    }

    /// - Range: 0...40
    static func dayScore(_ expected: ExpectedPayment, _ payment: Payment) -> Int {
        max(40 - abs(expected.due.days(until: payment.date)) * 3, 0)
    }

    /// How alike two payees are: the same, one within the other, a word in common.
    ///
    /// - Range: 0...30
    static func likeness(_ wanted: String, _ found: String) -> Int {
        if wanted.isEmpty { return 10 }
        if wanted == found { return 30 }
        let left = Set(wanted.split(separator: " "))
        let right = Set(found.split(separator: " "))
        let common = left.intersection(right)
        guard common.contains(where: { $0.utf8.count >= 3 }) else { return 0 }
        return common.count == min(left.count, right.count) ? 24 : 14
    }
}
