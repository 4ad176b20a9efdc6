import Insight
import Ledger

/// Which time of which bill a transaction pays.
package struct PaidBill: Sendable {
    let bill: BillID
    let name: String
    let nominal: LocalDate
    let kind: BillPayment.Kind

    static let shape = Shape<PaidBill>("PaidBill") { shape in
        shape.id("bill_id", \.bill)
        shape.text("bill_name", \.name)
        shape.date("nominal_on", \.nominal)
        shape.choice("kind", \.kind)
    }
}

extension OccurrenceStore {
    /// Nil for a transaction that pays nothing, or nothing that is still there and that the reader sees.
    func bill(paidBy id: TransactionID) throws -> PaidBill? {
        guard let payment = try payment(by: id) else { return nil }
        let bills = BillStore(transaction: transaction, household: household)
        guard let bill = try bills.find(payment.key.bill), bill.deletedAt == nil else { return nil }
        return PaidBill(
            bill: bill.id,
            name: bill.name,
            nominal: payment.key.nominal,
            kind: payment.kind
        )
    }
}
