package import Ledger

/// A row of a statement that has not been booked.
package struct Draft: Hashable, Sendable {
    /// 1-based, in the order of the file.
    package let number: Int
    /// 1-based line of the file on which it begins.
    package let line: Int
    /// Index into `StatementFile.statements`.
    package let statement: Int
    /// Where it stands in the decoded text.
    let source: Range<Int>
    package let outcome: Outcome

    package enum Outcome: Hashable, Sendable {
        case row(DraftRow)
        case problem(DraftProblem)
    }

    package var row: DraftRow? {
        if case .row(let row) = outcome { row } else { nil }
    }

    package var problem: DraftProblem? {
        if case .problem(let problem) = outcome { problem } else { nil }
    }
}

/// What a readable row says.
package struct DraftRow: Hashable, Sendable {
    package let date: LocalDate
    /// - Units: ten-thousandths, as many decimals as the bank wrote; negative is money out.
    package let amount: Int64
    /// Nil when the row does not say it.
    package let currency: Currency?
    /// Cleaned for people.
    package let payee: String
    /// As the bank wrote it, white space collapsed.
    package let bankText: String
    /// The bank's own id of the transaction.
    package let bankID: String?
    /// The account's balance after it, in ten-thousandths.
    package let balance: Int64?
    /// The category as the file names it.
    package let category: String?

    package init(
        date: LocalDate,
        amount: Int64,
        currency: Currency? = nil,
        payee: String,
        bankText: String,
        bankID: String? = nil,
        balance: Int64? = nil,
        category: String? = nil
    ) {
        self.date = date
        self.amount = amount
        self.currency = currency
        self.payee = payee
        self.bankText = bankText
        self.bankID = bankID
        self.balance = balance
        self.category = category
    }
}

/// Why one row could not be read.
package struct DraftProblem: Hashable, Sendable {
    package let code: Code
    /// The column's header, or its number, or the element's name.
    package let column: String?
    /// The offending text, cut at `ReadingLimits.offendingBytes`.
    package let text: String

    package enum Code: String, CaseIterable, Sendable {
        case missingDate = "missing_date"
        case badDate = "bad_date"
        case missingAmount = "missing_amount"
        case badAmount = "bad_amount"
        case amountTooPrecise = "amount_too_precise"
        case amountTooLarge = "amount_too_large"
        case notBooked = "not_booked"
        /// The file ends inside it.
        case cutOff = "cut_off"
        case notATransaction = "not_a_transaction"
    }

    /// For people: names the column and the text.
    package var message: String {
        let place = column.map { " in “\($0)”" } ?? ""
        return switch code {
        case .missingDate: "There is no date\(place)."
        case .badDate: "“\(text)”\(place) is not a date."
        case .missingAmount: "There is no amount\(place)."
        case .badAmount: "“\(text)”\(place) is not an amount."
        case .amountTooPrecise: "“\(text)”\(place) has more than four decimals."
        case .amountTooLarge: "“\(text)”\(place) is too large."
        case .cutOff: "The file ends in the middle of this transaction."
        case .notBooked: "The bank says “\(text)”\(place): no money moved."
        case .notATransaction: "The row has neither a date nor an amount."
        }
    }
}
