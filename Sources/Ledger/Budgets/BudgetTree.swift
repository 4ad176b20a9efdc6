/// Which budget the spending of each category counts in.
///
/// A budget covers its category and everything below it, but for what a nearer budget covers. A category that no
/// budget covers has a line of its own, with nothing assigned. So every category is in one line.
package struct BudgetTree: Sendable {
    package struct Category: Hashable, Sendable {
        package let id: AccountID
        package let parent: AccountID?
        package let isIncome: Bool

        package init(id: AccountID, parent: AccountID? = nil, isIncome: Bool = false) {
            self.id = id
            self.parent = parent
            self.isIncome = isIncome
        }
    }

    /// The budgets of categories that are there.
    package let lines: [AccountID: BudgetLine]
    private let categories: [AccountID: Category]
    private let covers: [AccountID: AccountID]

    /// - Invariant: `categories` form a forest; a category whose parent is not among them is a root.
    /// - Complexity: linear in the categories.
    package init(categories: [Category], lines: [BudgetLine] = []) {
        let byID = Dictionary(categories.map { ($0.id, $0) }) { first, _ in first }
        let budgets = Dictionary(
            lines.filter { byID[$0.category] != nil }.map { ($0.category, $0) }
        ) { first, _ in first }
        self.categories = byID
        self.lines = budgets
        var covers: [AccountID: AccountID] = [:]
        for category in categories {
            Self.findCover(of: category, in: byID, budgets, into: &covers)
        }
        self.covers = covers
    }

    private static func findCover(
        of category: Category,
        in categories: [AccountID: Category],
        _ budgets: [AccountID: BudgetLine],
        into covers: inout [AccountID: AccountID]
    ) {
        // Up to the nearest budget or to a category that has been asked for; then the answer for all on the way.
        var uncovered: [AccountID] = []
        var next: Category? = category
        var cover: AccountID?
        while let current = next, uncovered.count <= categories.count {
            if budgets[current.id] != nil {
                covers[current.id] = current.id
                cover = current.id
                break
            }
            if let known = covers[current.id] {
                cover = known == current.id ? nil : known
                break
            }
            uncovered.append(current.id)
            next = current.parent.flatMap { categories[$0] }
        }
        for id in uncovered { covers[id] = cover ?? id }
    }

    /// The category whose line the spending of `category` counts in.
    package func line(covering category: AccountID) -> AccountID {
        covers[category] ?? category
    }

    package func isIncome(_ category: AccountID) -> Bool {
        categories[category]?.isIncome ?? false
    }

    package func rollover(of line: AccountID) -> BudgetRollover {
        lines[line]?.rollover ?? .none
    }

    package func kind(of line: AccountID) -> BudgetKind {
        lines[line]?.kind ?? .flexible
    }

    /// What each category's line and all lines below it come to together, each line once.
    ///
    /// - Complexity: linear in the lines, times the depth of the tree.
    /// - Throws: `overflow`.
    package func totals<Cell: BudgetCell>(
        of cells: [AccountID: Cell]
    ) throws(MoneyError) -> [AccountID: Cell] {
        var totals: [AccountID: Cell] = [:]
        for (line, cell) in cells {
            var next: AccountID? = line
            var steps = 0
            while let id = next, steps <= categories.count {
                if let total = totals[id] {
                    totals[id] = try total.adding(cell)
                } else {
                    totals[id] = cell
                }
                next = categories[id]?.parent.flatMap { categories[$0]?.id }
                steps += 1
            }
        }
        return totals
    }
}

/// Figures of a line that can be added up over lines.
package protocol BudgetCell: Sendable {
    /// - Throws: `overflow`, `differentCurrencies`.
    func adding(_ other: Self) throws(MoneyError) -> Self
}
