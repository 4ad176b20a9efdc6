package import Ledger

/// One transaction that may be one side of a transfer between two accounts of the household.
package struct TransferSide: Hashable, Sendable {
    package let id: TransactionID
    package let account: AccountID
    package let date: LocalDate
    /// Negative is money out.
    package let amount: Money
    /// Payee and bank text, folded to small letters without accents.
    package let text: String
    /// Whether nobody has said what it was for.
    package let isUncategorised: Bool

    package init(
        id: TransactionID,
        account: AccountID,
        date: LocalDate,
        amount: Money,
        text: String,
        isUncategorised: Bool
    ) {
        self.id = id
        self.account = account
        self.date = date
        self.amount = amount
        self.text = text
        self.isUncategorised = isUncategorised
    }
}

/// Two transactions that look like the two sides of one transfer.
package struct TransferPair: Hashable, Sendable {
    package let out: TransferSide
    package let into: TransferSide
    /// - Range: 0...100
    package let score: Int
    /// Whether neither side has another candidate, and nobody has categorised either.
    package let isCertain: Bool
    package let daysApart: Int
}

/// Finds the two sides of one's own transfers, which two banks booked with other words and on other days.
package enum TransferMatching {
    /// How far apart the two bookings may be.
    package static let windowDays = 4

    /// The most candidates of one side that are looked at; equal amounts on few days are rare, and where there
    /// are more, nothing is certain.
    static let candidateLimit = 32

    /// Words that banks and people use for transfers between own accounts.
    static let words: Set<String> = [
        "transfer", "xfer", "uberweisung", "umbuchung", "ubertrag", "dauerauftrag", "virement",
        "transferencia",
        "traspaso", "bonifico", "giroconto", "overboeking", "overschrijving", "przelew",
        "overforing",
        "overforsel", "savings", "sparen", "eigen", "own", "internal", "payment", "autopay",
    ]

    /// A pair that a person has refused.
    package struct Refusal: Hashable, Sendable {
        package let out: TransactionID
        package let into: TransactionID

        package init(out: TransactionID, into: TransactionID) {
            self.out = out
            self.into = into
        }
    }

    /// The pairs, best first.
    ///
    /// - Parameter names: what the accounts are called, folded; a side that names the other's account scores higher.
    /// - Complexity: linear in the sides but for sorting, since each looks at a few candidates of its own amount.
    package static func pairs(
        _ sides: [TransferSide],
        refused: Set<Refusal>,
        names: [AccountID: String]
    ) -> [TransferPair] {
        let groups = Dictionary(grouping: sides) {
            AmountKey(magnitude: $0.amount.tenThousandths.magnitude, currency: $0.amount.currency)
        }
        var pairs: [TransferPair] = []
        for group in groups.values {
            let (candidates, isWhole) = candidates(in: group, refused)
            var counts: [TransactionID: Int] = [:]
            for (out, into) in candidates {
                counts[out.id, default: 0] += 1
                counts[into.id, default: 0] += 1
            }
            for (out, into) in candidates {
                let isOnly = isWhole && counts[out.id] == 1 && counts[into.id] == 1
                pairs.append(pair(out, into, isOnly: isOnly, names))
            }
        }
        return pairs.sorted {
            ($1.score, $0.out.id, $0.into.id) < ($0.score, $1.out.id, $1.into.id)
        }
    }

    private struct AmountKey: Hashable {
        let magnitude: UInt64
        let currency: Currency
    }

    /// The candidates, and whether none was left out by the limit.
    private static func candidates(
        in group: [TransferSide],
        _ refused: Set<Refusal>
    ) -> (found: [(TransferSide, TransferSide)], isWhole: Bool) {
        let outs = group.filter(\.amount.isNegative)
        let intos = group.filter { !$0.amount.isNegative && !$0.amount.isZero }
            .sorted { $0.date < $1.date }
        guard !outs.isEmpty, !intos.isEmpty else { return ([], true) }
        var found: [(TransferSide, TransferSide)] = []
        var isWhole = true
        for out in outs {
            let earliest = out.date.adding(days: -windowDays)
            var index = firstIndex(from: earliest, in: intos)
            var looked = 0
            while index < intos.count, intos[index].date <= out.date.adding(days: windowDays),
                looked < candidateLimit
            {
                let into = intos[index]
                index += 1
                looked += 1
                guard into.account != out.account, out.isUncategorised || into.isUncategorised,
                    !refused.contains(Refusal(out: out.id, into: into.id))
                else { continue }
                found.append((out, into))
            }
            if index < intos.count, intos[index].date <= out.date.adding(days: windowDays) {
                isWhole = false
            }
        }
        return (found, isWhole)
    }

    /// The first of the sorted sides that is not before a day.
    private static func firstIndex(from day: LocalDate, in sides: [TransferSide]) -> Int {
        var (low, high) = (0, sides.count)
        while low < high {
            let middle = (low + high) / 2
            if sides[middle].date < day { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func pair(
        _ out: TransferSide,
        _ into: TransferSide,
        isOnly: Bool,
        _ names: [AccountID: String]
    ) -> TransferPair {
        let days = abs(out.date.days(until: into.date))
        var score = 40 - days * 5
        if isOnly { score += 25 }
        if isTransferWord(out.text) || isTransferWord(into.text) { score += 15 }
        if mentions(out.text, names[into.account]) || mentions(into.text, names[out.account]) {
            score += 15
        }
        if out.isUncategorised, into.isUncategorised { score += 5 }
        return TransferPair(
            out: out,
            into: into,
            score: min(max(score, 0), 100),
            isCertain: isOnly && out.isUncategorised && into.isUncategorised,
            daysApart: days
        )
    }

    private static func isTransferWord(_ text: String) -> Bool {
        text.split(separator: " ").contains { words.contains(String($0)) }
    }

    private static func mentions(_ text: String, _ name: String?) -> Bool {
        guard let name, name.count >= 3 else { return false }
        return " \(text) ".contains(" \(name) ")
    }
}
