package import Insight
package import Ledger
import Storage

/// One time of a bill: when it is expected, how much, and what became of it.
package struct BillOccurrence: Sendable {
    package let bill: BillRecord
    /// What it is known by.
    package let nominal: LocalDate
    /// When it is expected.
    package let due: LocalDate
    package let state: State
    /// Between which amounts it is as expected, with their signs; nil where nothing is known.
    package let band: AmountBand?
    let deviation: Deviation?
    /// What paid it, as far as the reader sees it.
    package let payments: [BillPayment]
    /// Whether something paid it that the reader does not see.
    let isPaidUnseen: Bool
    let candidates: [BillCandidate]

    package enum State: String, CaseIterable, Sendable {
        /// To come.
        case expected
        /// Today.
        case due
        /// The day is over, its window is not.
        case overdue
        /// The window is over.
        case missed
        /// A part was paid.
        case partial
        case matched
        /// Booked by hand or by the server; the bank's own row has not come.
        case posted
        case skipped

        /// Whether somebody still waits for it.
        package var isOpen: Bool {
            switch self {
            case .expected, .due, .overdue, .missed, .partial: true
            case .matched, .posted, .skipped: false
            }
        }
    }

    /// What one occurrence has of its own.
    struct Deviation: Sendable, Equatable {
        var due: LocalDate?
        /// Without a sign.
        ///
        /// - Units: ten-thousandths of the bill's currency.
        var amount: Int64?
        var isSkipped = false
        /// When the server booked it. It does so once, whatever became of the booking.
        var postedAt: Instant?

        var isNothing: Bool { self == Deviation() }
    }

    package var key: OccurrenceKey { OccurrenceKey(bill: bill.id, nominal: nominal) }

    /// The days on which a payment for it may be booked.
    package var window: ClosedRange<LocalDate> {
        due.adding(days: -bill.daysBefore)...due.adding(days: bill.daysAfter)
    }

    /// Whether the server will book it.
    var postsItself: Bool {
        guard let from = bill.postsFrom, state.isOpen, payments.isEmpty, !isPaidUnseen,
            band != nil, bill.pausedOn == nil
        else { return false }
        return due >= from && deviation?.postedAt == nil
    }

    // MARK: What was paid

    /// With its sign. Nil while nothing was, and where the reader does not see all of it.
    package var paid: Money? {
        guard let first = payments.first, !isPaidUnseen else { return nil }
        return try? payments.map(\.amount).sum(in: first.amount.currency)
    }

    /// What lacks, with its sign.
    package var open: Money? {
        guard let paid else { return nil }
        guard state == .partial, let least = band?.least else { return .zero(paid.currency) }
        return try? least.subtracting(paid)
    }

    /// By how much more than usual was paid, where that is not as expected; less is negative.
    package var changedBy: Money? {
        guard let paid, let band, state != .partial, !band.contains(paid),
            paid.currency == band.currency
        else { return nil }
        guard let size = try? paid.magnitude(), let usual = try? band.typical.magnitude() else {
            return nil
        }
        return try? size.subtracting(usual)
    }

    package var paidOn: LocalDate? { isPaidUnseen ? nil : payments.map(\.date).max() }

    package static let shape = Shape<BillOccurrence>("BillOccurrence") { shape in
        shape.id("bill_id", \.bill.id)
        shape.text("bill_name", \.bill.name)
        shape.choice("direction", \.bill.direction)
        shape.date("nominal_on", \.nominal)
        shape.date("due_on", \.due)
        shape.date("window_from", \.window.lowerBound)
        shape.date("window_to", \.window.upperBound)
        shape.choice("state", \.state)
        shape.textOrNil("payee", \.bill.payee)
        shape.idOrNil("account_id", \.bill.account)
        shape.idOrNil("to_account_id", \.bill.toAccount)
        shape.idOrNil("category_id", \.bill.category)
        shape.currency("currency") { $0.band?.currency ?? $0.bill.currency }
        shape.amountOrNil("amount") { try? $0.band?.typical.magnitude() }
        shape.amountOrNil("amount_low") { try? $0.band?.least.magnitude() }
        shape.amountOrNil("amount_high") { try? $0.band?.most.magnitude() }
        shape.boolean("is_changed") { $0.deviation?.due != nil || $0.deviation?.amount != nil }
        shape.boolean("posts_itself", \.postsItself)
        shape.amountOrNil("paid") { try? $0.paid?.magnitude() }
        shape.amountOrNil("open") { try? $0.open?.magnitude() }
        shape.amountOrNil("changed_by", \.changedBy)
        shape.dateOrNil("paid_on", \.paidOn)
        shape.integerOrNil("days_late") { one in
            one.paidOn.map { Int64(one.due.days(until: $0)) }
        }
        shape.list("payments", BillPayment.shape, \.payments)
        shape.list("candidates", BillCandidate.shape, \.candidates)
    }
}

extension AmountBand {
    /// The end that is nearer to nothing.
    var least: Money { typical.isNegative ? high : low }
    /// The end that is farther from it.
    var most: Money { typical.isNegative ? low : high }
}

/// A transaction that pays an occurrence.
package struct BillPayment: Sendable {
    package let transaction: TransactionID
    let key: OccurrenceKey
    package let kind: Kind
    let isAutomatic: Bool
    /// The booking of ours that it took the place of.
    let replaces: TransactionID?
    /// What was expected when it was linked.
    let band: AmountBand?
    package let date: LocalDate
    /// With its sign.
    package let amount: Money
    let payee: String?
    let account: AccountID
    let state: TransactionState
    let source: TransactionSource
    /// Whether it is one side of a linked transfer.
    let isPaired: Bool

    package enum Kind: String, CaseIterable, Sendable {
        case matched
        /// Booked because it was expected.
        case posted
    }

    static let shape = Shape<BillPayment>("BillPayment") { shape in
        shape.id("transaction_id", \.transaction)
        shape.date("date", \.date)
        shape.amountOrNil("amount") { try? $0.amount.magnitude() }
        shape.textOrNil("payee", \.payee)
        shape.id("account_id", \.account)
        shape.choice("kind", \.kind)
        shape.boolean("is_automatic", \.isAutomatic)
    }
}

/// A transaction that may pay an occurrence, and nobody is sure.
struct BillCandidate: Sendable {
    let transaction: TransactionID
    let key: OccurrenceKey
    let score: Int
    let date: LocalDate
    let amount: Money
    let payee: String?
    let account: AccountID

    static let shape = Shape<BillCandidate>("BillCandidate") { shape in
        shape.id("transaction_id", \.transaction)
        shape.date("date", \.date)
        shape.amountOrNil("amount") { try? $0.amount.magnitude() }
        shape.textOrNil("payee", \.payee)
        shape.id("account_id", \.account)
        shape.integer("score") { Int64($0.score) }
    }
}
