package import Ledger

/// Which time of which bill: the nominal day stays, wherever the occurrence is moved.
package struct OccurrenceKey: Hashable, Comparable, Sendable {
    package let bill: BillID
    package let nominal: LocalDate

    package init(bill: BillID, nominal: LocalDate) {
        self.bill = bill
        self.nominal = nominal
    }

    package static func < (left: OccurrenceKey, right: OccurrenceKey) -> Bool {
        (left.nominal, left.bill) < (right.nominal, right.bill)
    }
}

/// What a bill makes one expect.
package struct ExpectedPayment: Hashable, Sendable {
    package let key: OccurrenceKey
    /// Nil: any account.
    package let account: AccountID?
    package let due: LocalDate
    package let band: AmountBand
    /// Folded as a payment's payee; empty: anybody.
    package let payee: String
    package let daysBefore: Int
    package let daysAfter: Int
    /// Whether several payments may pay it together.
    package let allowsParts: Bool
    /// Payments of which it is known that they are not meant.
    package let rejected: Set<TransactionID>

    package init(
        key: OccurrenceKey,
        account: AccountID?,
        due: LocalDate,
        band: AmountBand,
        payee: String,
        daysBefore: Int = 5,
        daysAfter: Int = 10,
        allowsParts: Bool = false,
        rejected: Set<TransactionID> = []
    ) {
        self.key = key
        self.account = account
        self.due = due
        self.band = band
        self.payee = payee
        self.daysBefore = daysBefore
        self.daysAfter = daysAfter
        self.allowsParts = allowsParts
        self.rejected = rejected
    }

    /// The days on which a payment for it may be booked.
    package var window: ClosedRange<LocalDate> {
        due.adding(days: -max(daysBefore, 0))...due.adding(days: max(daysAfter, 0))
    }
}

/// An occurrence, and what was paid for it.
package struct BillMatch: Hashable, Sendable {
    package enum Amount: Hashable, Sendable {
        case asExpected
        /// So much of the smallest expected amount is still open, with the sign of the bill.
        case part(open: Money)
        /// Payee and day fit, the amount does not: by how much it is away from the usual one.
        case changed(by: Money)
    }

    package let key: OccurrenceKey
    /// One, or the parts by their days.
    package let payments: [TransactionID]
    package let paid: Money
    package let amount: Amount
    /// Days from the due day to the (last) payment; negative is early.
    package let daysLate: Int
    /// - Range: 0...100
    package let score: Int
    /// Whether it may be linked without asking.
    package let isCertain: Bool
}

/// How well a payment may pay an occurrence.
package struct BillCandidateScore: Hashable, Sendable {
    package let payment: TransactionID
    /// - Range: 0...100
    package let score: Int
}
