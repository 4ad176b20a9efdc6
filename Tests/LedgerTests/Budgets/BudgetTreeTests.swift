import Ledger
import Testing

struct BudgetTreeTests {
    private func id(_ number: Int) -> AccountID {
        AccountID(UniqueID(high: 7, low: UInt64(number)))
    }

    /// 1 over 2 over 3 over 4, and 5 alone.
    private func tree(budgets: [Int], order: [Int] = [4, 3, 2, 1, 5]) -> BudgetTree {
        BudgetTree(
            categories: order.map { number in
                BudgetTree.Category(
                    id: id(number),
                    parent: (2...4).contains(number) ? id(number - 1) : nil
                )
            },
            lines: budgets.map { BudgetLine(category: id($0)) }
        )
    }

    @Test(arguments: [
        ([], [1, 2, 3, 4, 5]), ([1], [1, 1, 1, 1, 5]), ([2], [1, 2, 2, 2, 5]),
        ([1, 3], [1, 1, 3, 3, 5]), ([4, 5], [1, 2, 3, 4, 5]), ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
        ([9], [1, 2, 3, 4, 5]),
    ])
    func `the nearest budget above covers a category, else it has its own line`(
        budgets: [Int],
        covering: [Int]
    ) {
        for order in [[4, 3, 2, 1, 5], [1, 2, 3, 4, 5], [3, 5, 1, 4, 2]] {
            let tree = tree(budgets: budgets, order: order)

            #expect((1...5).map { tree.line(covering: id($0)) } == covering.map { id($0) })
        }
    }

    @Test
    func `a category that is not there has its own line`() {
        #expect(tree(budgets: [1]).line(covering: id(9)) == id(9))
        #expect(!tree(budgets: [1]).isIncome(id(9)))
        #expect(tree(budgets: [9]).lines.isEmpty)
    }

    @Test
    func `a ring of categories does not hang`() {
        let tree = BudgetTree(categories: [
            .init(id: id(1), parent: id(2)), .init(id: id(2), parent: id(1)),
        ])

        #expect(tree.line(covering: id(1)) == id(1))
    }
}
