import Ledger
import Storage

/// A transaction as it lies in its row, with its postings.
struct ExaminedTransaction {
    let id: TransactionID
    let date: LocalDate
    let state: TransactionState
    let payee: PayeeID?
    let isSealed: Bool
    let isDeleted: Bool
    var postings: [ExaminedPosting] = []

    private let type: String
    private let account: AccountID
    private let toAccount: AccountID?
    private let category: AccountID?
    private let signedAmount: Int64
    private let magnitude: Int64
    private let currency: String
    private let toAmount: Int64?
    private let toCurrency: String?
    private let isSplit: Bool
    /// Whether it is one side of a transfer whose other side is a transaction of its own.
    private let isLinked: Bool

    struct ExaminedPosting {
        let position: Int
        let date: LocalDate
        let posting: Posting
    }

    /// The posting's columns come first, so that the transaction's are read once.
    static func query(of household: HouseholdID) -> SQLText {
        """
        SELECT t.id, p.position, p.account_id, p.date, p.amount, p.currency, t.date, t.state,
            t.payee_id, t.sealed, t.deleted_at IS NOT NULL, t.type, t.account_id, t.to_account_id,
            t.category_id, t.signed_amount, t.magnitude, t.currency, t.to_amount, t.to_currency,
            t.is_split, t.linked_id IS NOT NULL
        FROM ledger_transaction t LEFT JOIN posting p
            ON p.household_id = t.household_id AND p.transaction_id = t.id
        WHERE t.household_id = \(household) ORDER BY t.id, p.position
        """
    }

    /// Nil where the transaction has none.
    static func posting(_ row: inout SQLRow) throws -> ExaminedPosting? {
        let position = try row.integerOrNil()
        let account: AccountID? = try row.identifierOrNil()
        let date = try row.dateOrNil()
        let amount = try row.amountOrNil()
        let currency = try row.currencyOrNil()
        guard let position, let account, let date, let amount, let currency else { return nil }
        let money = Money(tenThousandths: amount, currency)
        return ExaminedPosting(
            position: Int(position),
            date: date,
            posting: Posting(account, money)
        )
    }

    init(_ id: TransactionID, _ row: inout SQLRow) throws {
        self.id = id
        date = try row.date()
        guard let state = TransactionState(rawValue: try row.int()) else {
            throw StorageError.unexpectedValue(column: 7)
        }
        self.state = state
        payee = try row.identifierOrNil()
        isSealed = try row.boolean()
        isDeleted = try row.boolean()
        type = try row.text()
        account = try row.identifier()
        toAccount = try row.identifierOrNil()
        category = try row.identifierOrNil()
        signedAmount = try row.amount()
        magnitude = try row.amount()
        currency = try row.text()
        toAmount = try row.amountOrNil()
        toCurrency = try row.textOrNil()
        isSplit = try row.boolean()
        isLinked = try row.boolean()
    }

    /// The columns that lists read instead of the postings.
    func compareSummary(with summary: TransactionSummary, _ findings: Findings) {
        func compare<Value: Equatable>(_ column: String, _ expected: Value, _ found: Value) {
            findings.compare(
                "ledger_transaction",
                id.description,
                column,
                expected: expected,
                found: found
            )
        }
        let signed = summary.signedAmount
        compare("type", summary.type.rawValue, type)
        compare("account_id", summary.account, account)
        compare("category_id", summary.category, category)
        compare("signed_amount", signed.tenThousandths, signedAmount)
        let size = signed.tenThousandths == .min ? .max : abs(signed.tenThousandths)
        compare("magnitude", size, magnitude)
        compare("currency", signed.currency.code, currency)
        compare("is_split", !summary.splits.isEmpty, isSplit)
        // What a linked transfer says of its other side is compared with that side.
        guard !isLinked else { return }
        compare("to_account_id", summary.toAccount, toAccount)
        compare("to_amount", summary.toAmount?.tenThousandths, toAmount)
        compare("to_currency", summary.toAmount?.currency.code, toCurrency)
    }
}
