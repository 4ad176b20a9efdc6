import Ledger

/// How much of one budget is used.
struct BudgetProgress: Sendable {
    let category: AccountID
    let name: String
    let isIncome: Bool
    let limit: BudgetMonth.Limit

    /// Of every budget of a period, in the order of the categories.
    static func list(_ book: BudgetBook) throws -> [BudgetProgress] {
        let limits = try book.limits()
        let budgets = Set(book.budgets.map(\.category))
        return try book.nodes.compactMap { node in
            guard budgets.contains(node.id), let cell = limits[node.id] else { return nil }
            return BudgetProgress(
                category: node.id,
                name: node.name,
                isIncome: node.accountClass == .income,
                limit: try BudgetMonth.Limit(cell, book.period, book.today)
            )
        }
    }

    static let shape = Shape<BudgetProgress>("BudgetProgress") { shape in
        shape.id("category_id", \.category)
        shape.text("category", \.name)
        shape.boolean("is_income", \.isIncome)
        shape.amount("carried", \.limit.cell.carried)
        shape.amount("limit", \.limit.cell.limit)
        shape.amount("spent", \.limit.cell.spent)
        shape.amount("remaining", \.limit.cell.remaining)
        shape.textOrNil("progress") { $0.limit.cell.progressBasisPoints.map(BasisPoints.text) }
        shape.object("pace", BudgetMonth.paceShape, \.limit.pace)
        shape.texts("missing_rates", \.limit.cell.missingRates.codes)
    }
}

/// Which period of the budget a report is about.
struct BudgetProgressQuery: RequestFields {
    /// The name of a period or any day of it; today's when absent.
    let period: String?

    init(_ fields: inout FieldReader) {
        period = fields.optional("period", .text(1...20))
    }
}
