import Insight
import Testing

/// Which amounts stand out.
@Suite struct UnusualAmountTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let history: [Int64]
        let amount: Int64
        let usual: Int64?

        init(_ name: String, _ history: [Int64], _ amount: Int64, usual: Int64?) {
            testDescription = name
            self.history = history
            self.amount = amount
            self.usual = usual
        }
    }

    private static let groceries: [Int64] = [42, 38, 55, 47, 61, 40, 45, 52]
    private static let rent: [Int64] = Array(repeating: 900, count: 12)

    @Test(arguments: [
        Case("far more than ever", groceries, 310, usual: 45),
        Case("a big week", groceries, 85, usual: nil),
        Case("less than usual", groceries, 1, usual: nil),
        Case("the same as ever", rent, 900, usual: nil),
        Case("the rent went up by a tenth", rent, 990, usual: nil),
        Case("the rent twice", rent, 1_800, usual: 900),
        Case("less than twice the usual", rent, 1_799, usual: nil),
        Case("too little is known", Array(groceries.prefix(5)), 9_000, usual: nil),
        Case("nothing is known", [], 9_000, usual: nil),
        Case("an odd payment long ago hides none", groceries + [2_000], 400, usual: 47),
        Case(
            "many odd payments are usual",
            [10, 900, 15, 1_200, 12, 880, 1_000],
            1_100,
            usual: nil
        ),
        Case("a small sum is nothing to tell of", [2, 2, 3, 2, 3, 2], 9, usual: nil),
        Case("whatever the order", groceries.reversed(), 310, usual: 45),
        Case(
            "the largest there are",
            Array(repeating: .max, count: 6),
            .max,
            usual: nil
        ),
        Case("nothing was ever paid", Array(repeating: 0, count: 6), 50, usual: 0),
    ])
    func `an amount stands out or does not`(_ it: Case) {
        let judge = UnusualAmount(leastHistory: 6, leastDistance: 20)

        #expect(judge.usual(it.history, for: it.amount) == it.usual)
    }
}
