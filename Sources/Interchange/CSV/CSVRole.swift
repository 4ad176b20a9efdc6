/// What a column holds.
package enum CSVRole: String, CaseIterable, Hashable, Codable, Sendable {
    /// The day on which it was booked.
    case date
    /// The day from which it bears interest; read when there is no other.
    case valueDate = "value_date"
    /// One column for both ways, with its sign, or with a direction beside it.
    case amount
    /// Money out.
    case debit
    /// Money in.
    case credit
    /// Words that say which way the amount went.
    case direction
    /// A charge that lowers the amount.
    case fee
    case currency
    /// The other party.
    case payee
    /// The other party when money came in, beside another column for when it went out.
    case payer
    /// What it was for; several are joined.
    case text
    case bankID = "bank_id"
    /// The account's balance after it.
    case balance
    case category
    /// Words of the bank on whether it happened; what was declined is not booked.
    case status
    /// The account that the row belongs to, in files of several.
    case account
    case ignore

    /// Whether only one column can have it.
    var isSingle: Bool {
        switch self {
        case .text, .payee, .ignore: false
        default: true
        }
    }
}
