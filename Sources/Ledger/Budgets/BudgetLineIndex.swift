/// The lines of a budget, numbered as they come up, so that a sum finds its line by one look-up.
struct BudgetLineIndex {
    private(set) var lines: [AccountID] = []
    /// Nil for a category that is none of these lines.
    private var numbers: [AccountID: Int?] = [:]
    private let tree: BudgetTree
    private let isIncluded: (AccountID) -> Bool

    /// Budgets are lines whether anything moves in them or not.
    init(_ tree: BudgetTree, where isIncluded: @escaping (AccountID) -> Bool = { _ in true }) {
        self.tree = tree
        self.isIncluded = isIncluded
        for budget in tree.lines.keys.sorted() where isIncluded(budget) { add(budget) }
    }

    private mutating func add(_ line: AccountID) {
        numbers[line] = lines.count
        lines.append(line)
    }

    /// The number of the line that covers a category; a line that is new is the last.
    mutating func number(covering category: AccountID) -> Int? {
        if let known = numbers[category] { return known }
        guard isIncluded(category) else {
            numbers[category] = .some(nil)
            return nil
        }
        let line = tree.line(covering: category)
        if numbers[line] == nil { add(line) }
        let number = numbers[line] ?? nil
        numbers[category] = number
        return number
    }

    /// The number of a budget; nil for a category that has none.
    func number(ofBudget budget: AccountID) -> Int? {
        tree.lines[budget] == nil ? nil : numbers[budget] ?? nil
    }
}
