import Ledger

/// Where a household's money came from and went, in one period.
package struct Dashboard: Sendable {
    let period: ReportPeriod.Kind
    let span: DateSpan
    let currency: Currency
    let totals: Totals
    let previous: Totals
    let previousSpan: DateSpan
    let spending: [Node]
    let income: [Node]
    let months: [MonthTotals]
    let payees: [PayeeTotal]
    /// Currencies whose rate is not known: their sums are left out and said to be.
    let unconverted: [Currency]
    /// How often a category was booked on.
    let transactionCount: Int64

    package struct Totals: Sendable {
        let income: Money
        let expenses: Money
        let savings: Money
    }

    package struct Node: Sendable {
        let category: AccountID
        let name: String
        let parent: AccountID?
        let amount: Money
        let ownAmount: Money
        let previousAmount: Money
        let share: String?
        let count: Int64
        let children: [Node]
    }

    package struct MonthTotals: Sendable {
        let month: Month
        let totals: Totals
    }

    package struct PayeeTotal: Sendable {
        let payee: PayeeID
        let name: String
        let amount: Money
        let count: Int64
    }

    /// Savings as a part of income, in percent; nil without income.
    var savingsRate: String? {
        totals.income.tenThousandths > 0
            ? Percent.text(totals.savings.tenThousandths, of: totals.income.tenThousandths) : nil
    }
}

/// Parts of a whole in percent, with one decimal, half to even.
enum Percent {
    static func text(_ part: Int64, of whole: Int64) -> String? {
        guard whole > 0 else { return nil }
        let tenths = Money.halfEven(Int128(part) * 1_000, over: Int128(whole))
        let magnitude = tenths.magnitude
        return "\(tenths < 0 ? "-" : "")\(magnitude / 10).\(magnitude % 10)"
    }
}

extension Dashboard {
    package static let shape = Shape<Dashboard>("Dashboard") { shape in
        shape.choice("period", \.period)
        shape.date("from", \.span.first)
        shape.date("to", \.span.last)
        shape.currency("currency", \.currency)
        shape.amount("income", \.totals.income)
        shape.amount("expenses", \.totals.expenses)
        shape.amount("savings", \.totals.savings)
        shape.textOrNil("savings_rate", \.savingsRate)
        shape.texts("unconverted") { $0.unconverted.map(\.code) }
        shape.object("previous", previousShape) { $0 }
        shape.list("spending_by_category", nodeShape, \.spending)
        shape.list("income_by_category", nodeShape, \.income)
        shape.list("by_month", monthShape, \.months)
        shape.list("top_payees", payeeShape, \.payees)
        shape.integer("transaction_count", \.transactionCount)
    }

    private static let previousShape = Shape<Dashboard>("PreviousPeriod") { shape in
        shape.date("from", \.previousSpan.first)
        shape.date("to", \.previousSpan.last)
        shape.amount("income", \.previous.income)
        shape.amount("expenses", \.previous.expenses)
        shape.amount("savings", \.previous.savings)
    }

    private static let nodeShape: Shape<Node> = Shape<Node>("CategoryTotal") { shape in
        shape.id("category_id", \.category)
        shape.text("name", \.name)
        shape.idOrNil("parent_id", \.parent)
        shape.amount("amount", \.amount)
        shape.amount("own_amount", \.ownAmount)
        shape.amount("previous_amount", \.previousAmount)
        shape.textOrNil("share", \.share)
        shape.integer("count", \.count)
        shape.children("children", \.children) { child, writer in
            nodeShape.write(child, to: &writer)
        }
    }

    private static let monthShape = Shape<MonthTotals>("MonthTotals") { shape in
        shape.text("month", \.month.description)
        shape.amount("income", \.totals.income)
        shape.amount("expenses", \.totals.expenses)
        shape.amount("savings", \.totals.savings)
    }

    private static let payeeShape = Shape<PayeeTotal>("PayeeTotal") { shape in
        shape.id("payee_id", \.payee)
        shape.text("payee", \.name)
        shape.amount("amount", \.amount)
        shape.integer("count", \.count)
    }
}
