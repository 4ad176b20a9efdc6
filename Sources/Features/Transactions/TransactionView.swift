package import Ledger
package import Storage

/// A transaction as it is answered.
package struct TransactionView: Sendable {
    package let id: TransactionID
    package let type: TransactionType
    package let date: LocalDate
    package let state: TransactionState
    package let account: AccountID
    package let accountName: String
    package let toAccount: AccountID?
    package let toAccountName: String?
    package let category: AccountID?
    package let categoryName: String?
    package var signedAmount: Money
    package let amount: Money
    package let toAmount: Money?
    package let payee: String?
    package let note: String?
    package var tags: [String]
    package var splits: [SplitView]
    package let source: TransactionSource
    package let bankText: String?
    package let importID: ImportBatchID?
    package let linkedID: TransactionID?
    package let deletedAt: Instant?
    package let version: Int64
    package let createdAt: Instant
    package let updatedAt: Instant
    /// Only one transaction by itself shows them.
    package var postings: [PostingView]
    /// What it pays, where that was asked for.
    package var bill: PaidBill?
    let isSplit: Bool
    let hasTags: Bool

    package struct SplitView: Sendable {
        package let category: AccountID
        package let categoryName: String
        package let amount: Money
        package let memo: String?
    }

    package struct PostingView: Sendable {
        package let account: AccountID
        package let accountName: String
        package let amount: Money
        package let memo: String?
    }
}

extension TransactionView {
    /// A row of a list.
    package static let shape = Shape<TransactionView>("Transaction") { declare(&$0) }

    /// One by itself, with its postings.
    package static let detail = Shape<TransactionView>("TransactionDetail") { shape in
        declare(&shape)
        shape.list("postings", postingShape, \.postings)
    }

    /// One that is read by itself, with the bill that it pays. What pays which bill is found once all else of a change is
    /// done, so the answer to a change does not say it.
    package static let whole = Shape<TransactionView>("TransactionWithBill") { shape in
        declare(&shape)
        shape.list("postings", postingShape, \.postings)
        shape.objectOrNil("bill", PaidBill.shape, \.bill)
    }

    private static func declare(_ shape: inout Shape<TransactionView>) {
        shape.id("id", \.id)
        shape.choice("type", \.type)
        shape.date("date", \.date)
        shape.member("state", .choice(TransactionState.allCases.map(\.name))) {
            $1.string($0.state.name)
        }
        shape.id("account_id", \.account)
        shape.text("account_name", \.accountName)
        shape.idOrNil("to_account_id", \.toAccount)
        shape.textOrNil("to_account_name", \.toAccountName)
        shape.idOrNil("category_id", \.category)
        shape.textOrNil("category_name", \.categoryName)
        shape.amount("amount", \.amount)
        shape.currency("currency", \.amount.currency)
        shape.amount("signed_amount", \.signedAmount)
        shape.amountOrNil("to_amount", \.toAmount)
        shape.currencyOrNil("to_currency", \.toAmount?.currency)
        shape.textOrNil("payee", \.payee)
        shape.textOrNil("note", \.note)
        shape.texts("tags", \.tags)
        shape.list("splits", splitShape, \.splits)
        shape.choice("source", \.source)
        shape.textOrNil("bank_text", \.bankText)
        shape.idOrNil("import_id", \.importID)
        shape.idOrNil("linked_transaction_id", \.linkedID)
        shape.instantOrNil("deleted_at", \.deletedAt)
        shape.integer("version", \.version)
        shape.instant("created_at", \.createdAt)
        shape.instant("updated_at", \.updatedAt)
    }

    private static let splitShape = Shape<SplitView>("Split") { shape in
        shape.id("category_id", \.category)
        shape.text("category_name", \.categoryName)
        shape.amount("amount", \.amount)
        shape.textOrNil("memo", \.memo)
    }

    private static let postingShape = Shape<PostingView>("Posting") { shape in
        shape.id("account_id", \.account)
        shape.text("account_name", \.accountName)
        shape.amount("amount", \.amount)
        shape.currency("currency", \.amount.currency)
        shape.textOrNil("memo", \.memo)
    }
}

extension TransactionView: Versioned {}
