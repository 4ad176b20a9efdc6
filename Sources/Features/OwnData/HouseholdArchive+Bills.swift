import Ledger
import Storage

/// What is to be paid and received, and what became of it.
extension HouseholdArchive {
    var bills: ArchiveTable<BillView> {
        ArchiveTable("bills", BillView.shape) { [self] cursor in
            let rows = try await read { [environment, member] transaction in
                let book = BillBook(
                    transaction: transaction,
                    household: member.household,
                    today: environment.clock.today(in: member.timeZone)
                )
                let page = try book.bills.page(after: BillID(after: cursor), limit: Self.pageSize)
                return try book.views(of: page)
            }
            return ArchivePage(rows, limit: Self.pageSize) { $0.record.id.description }
        }
    }

    struct KeptOccurrence: Sendable {
        let bill: BillID
        let nominal: LocalDate
        let due: LocalDate?
        let amount: Money?
        let isSkipped: Bool
        let postedAt: Instant?
    }

    /// Those that deviate from their bill.
    var billOccurrences: ArchiveTable<KeptOccurrence> {
        let shape = Shape<KeptOccurrence>("ArchivedOccurrence") { shape in
            shape.id("bill_id", \.bill)
            shape.date("nominal_on", \.nominal)
            shape.dateOrNil("due_on", \.due)
            shape.amountOrNil("amount", \.amount)
            shape.boolean("is_skipped", \.isSkipped)
            shape.instantOrNil("posted_at", \.postedAt)
        }
        return ArchiveTable("bill_occurrences", shape) { [self] cursor in
            let last = cursor?.split(separator: " ").map(String.init) ?? []
            let day = last.dropFirst().first.flatMap { LocalDate($0) } ?? .earliest
            let rows = try await read { [member] transaction in
                try transaction.rows(
                    """
                    SELECT o.bill_id, o.nominal_on, o.due_on, o.amount, b.currency, o.is_skipped,
                        o.posted_at
                    FROM bill_occurrence o
                    JOIN bill b ON b.household_id = o.household_id AND b.id = o.bill_id
                    WHERE o.household_id = \(member.household)
                        AND (o.bill_id, o.nominal_on) > (\(BillID(after: last.first)), \(day))
                    ORDER BY o.bill_id, o.nominal_on LIMIT \(Self.pageSize)
                    """
                ) { row in
                    let (bill, nominal): (BillID, LocalDate) = (
                        try row.identifier(), try row.date()
                    )
                    let (due, amount) = (try row.dateOrNil(), try row.amountOrNil())
                    let currency = try row.currency()
                    return KeptOccurrence(
                        bill: bill,
                        nominal: nominal,
                        due: due,
                        amount: amount.map { Money(tenThousandths: $0, currency) },
                        isSkipped: try row.boolean(),
                        postedAt: try row.instantOrNil()
                    )
                }
            }
            return ArchivePage(rows, limit: Self.pageSize) { "\($0.bill) \($0.nominal)" }
        }
    }

    struct KeptPayment: Sendable {
        let transaction: TransactionID
        let bill: BillID
        let nominal: LocalDate
        let kind: String
        let isAutomatic: Bool
    }

    var billPayments: ArchiveTable<KeptPayment> {
        let shape = Shape<KeptPayment>("ArchivedBillPayment") { shape in
            shape.id("transaction_id", \.transaction)
            shape.id("bill_id", \.bill)
            shape.date("nominal_on", \.nominal)
            shape.text("kind", \.kind)
            shape.boolean("is_automatic", \.isAutomatic)
        }
        return ArchiveTable("bill_payments", shape) { [self] cursor in
            let rows = try await read { [member] transaction in
                try transaction.rows(
                    """
                    SELECT transaction_id, bill_id, nominal_on, kind, is_automatic FROM bill_payment
                    WHERE household_id = \(member.household)
                        AND transaction_id > \(TransactionID(after: cursor))
                    ORDER BY transaction_id LIMIT \(Self.pageSize)
                    """
                ) { row in
                    KeptPayment(
                        transaction: try row.identifier(),
                        bill: try row.identifier(),
                        nominal: try row.date(),
                        kind: try row.text(),
                        isAutomatic: try row.boolean()
                    )
                }
            }
            return ArchivePage(rows, limit: Self.pageSize) { $0.transaction.description }
        }
    }
}
