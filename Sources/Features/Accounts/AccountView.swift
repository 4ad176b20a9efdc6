import Ledger
import Storage

/// An account as it is answered.
package struct AccountView: Sendable {
    let record: AccountRecord
    let balanceInHouseholdCurrency: Money?
    let householdCurrency: Currency
    let openingBalance: Money
    let openingDate: LocalDate?
    let transactionCount: Int64
    let lastTransactionDate: LocalDate?

    package enum Class: String, CaseIterable, Sendable { case asset, liability }

    package static let shape = Shape<AccountView>("Account") { shape in
        shape.id("id", \.record.id)
        shape.text("name", \.record.name)
        shape.choice("kind", \.record.kind)
        shape.choice("class") {
            $0.record.kind.accountClass == .liability ? Class.liability : .asset
        }
        shape.currency("currency", \.record.currency)
        shape.amount("balance", \.record.balance)
        shape.amountOrNil("balance_in_household_currency", \.balanceInHouseholdCurrency)
        shape.currency("household_currency", \.householdCurrency)
        shape.amountOrNil("minimum_balance", \.record.minimumBalance)
        shape.amount("opening_balance", \.openingBalance)
        shape.dateOrNil("opening_date", \.openingDate)
        shape.integer("position", \.record.position)
        shape.boolean("is_budgeted", \.record.isBudgeted)
        shape.idOrNil("budget_category_id", \.record.budgetCategory)
        shape.dateOrNil("closed_at", \.record.closedAt)
        shape.instantOrNil("deleted_at", \.record.deletedAt)
        shape.integer("transaction_count", \.transactionCount)
        shape.dateOrNil("last_transaction_date", \.lastTransactionDate)
        shape.integer("version", \.record.version)
        shape.instant("created_at", \.record.createdAt)
        shape.instant("updated_at", \.record.updatedAt)
    }
}

/// What an account held at the end of each day of a span.
package struct BalanceHistory: Sendable {
    let account: AccountID
    let currency: Currency
    let points: [Point]

    package struct Point: Sendable {
        let date: LocalDate
        let balance: Money
    }

    static let shape = Shape<BalanceHistory>("BalanceHistory") { shape in
        shape.id("account_id", \.account)
        shape.currency("currency", \.currency)
        shape.list("points", pointShape, \.points)
    }

    private static let pointShape = Shape<Point>("BalancePoint") { shape in
        shape.date("date", \.date)
        shape.amount("balance", \.balance)
    }
}

extension AccountView: Versioned {
    var version: Int64 { record.version }
}
