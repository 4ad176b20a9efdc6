import Interchange
import Ledger
import Storage

/// Bills that cannot be read, or that mean something that is not there. What pays what, and that it pays once, the schema
/// holds; a payment of what was skipped is none of its business, since what was paid counts first.
struct BillExamination {
    private let transaction: any SQLTransaction
    private let household: HouseholdID
    private let findings: Findings

    init(_ transaction: any SQLTransaction, _ household: HouseholdID, _ findings: Findings) {
        self.transaction = transaction
        self.household = household
        self.findings = findings
    }

    func run() throws {
        try examineWords()
        try examineNodes()
        try examineAmounts()
        try examineOccurrences()
        try examinePayments()
    }

    private func examineWords() throws {
        try transaction.scan(
            """
            SELECT id, name, folded_name, repeat_rule, month_end, working_days, holidays
            FROM bill WHERE household_id = \(household) ORDER BY id
            """
        ) { row in
            let id: BillID = try row.identifier()
            let name = try row.text()
            findings.compare(
                "bill",
                id.description,
                "folded_name",
                expected: PayeeName.folded(name),
                found: try row.text()
            )
            if let rule = try row.textOrNil(), (try? RecurrenceRule(rule)) == nil {
                findings.add("bill", id, "repeat_rule is no rule", found: rule)
            }
            let (monthEnd, days, holidays) = (try row.text(), try row.text(), try row.text())
            for (column, text, isKnown) in [
                ("month_end", monthEnd, MonthEnd(rawValue: monthEnd) != nil),
                ("working_days", days, WorkingDayPolicy(rawValue: days) != nil),
                ("holidays", holidays, HolidayCalendar(rawValue: holidays) != nil),
            ] where !isKnown {
                findings.add("bill", id, "\(column) is not known", found: text)
            }
        }
    }

    private func examineNodes() throws {
        try transaction.scan(
            """
            SELECT b.id, b.direction, b.currency, a.class, a.currency, o.class, o.currency, c.class
            FROM bill b
            LEFT JOIN account a ON a.household_id = b.household_id AND a.id = b.account_id
            LEFT JOIN account o ON o.household_id = b.household_id AND o.id = b.to_account_id
            LEFT JOIN account c ON c.household_id = b.household_id AND c.id = b.category_id
            WHERE b.household_id = \(household)
            """
        ) { row in
            let id: BillID = try row.identifier()
            let (direction, currency) = (try row.text(), try row.text())
            for column in ["account_id", "to_account_id"] {
                let (kind, kept) = (try row.textOrNil(), try row.textOrNil())
                guard let kind else { continue }
                if AccountClass(rawValue: kind)?.isReal != true {
                    findings.add("bill", id, "\(column) is no account", found: kind)
                } else if let kept {
                    findings.compare("bill", "\(id)", "currency", expected: kept, found: currency)
                }
            }
            guard let category = try row.textOrNil() else { return }
            if AccountClass(rawValue: category)?.isCategory != true {
                findings.add("bill", id, "category_id is no category", found: category)
            } else if direction == BillRecord.Direction.transfer.rawValue {
                findings.add("bill", id, "it is a transfer, and has a category")
            }
        }
    }

    private func examineAmounts() throws {
        let zero = SQLValue.amount(0)
        try transaction.scan(
            """
            SELECT id FROM bill WHERE household_id = \(household)
                AND (amount < \(zero) OR amount_low < \(zero) OR amount_high < \(zero))
            """
        ) { row in
            let id: BillID = try row.identifier()
            findings.add("bill", id, "an amount has a sign")
        }
        try transaction.scan(
            """
            SELECT id FROM bill WHERE household_id = \(household)
                AND (end_on < start_on OR to_account_id = account_id)
            """
        ) { row in
            let id: BillID = try row.identifier()
            findings.add("bill", id, "it ends before it begins, or where it comes from")
        }
    }

    /// What is kept of an occurrence where it deviates from its bill.
    private func examineOccurrences() throws {
        try transaction.scan(
            """
            SELECT bill_id, nominal_on, due_on, amount FROM bill_occurrence
            WHERE household_id = \(household) AND (due_on IS NOT NULL OR amount IS NOT NULL)
            """
        ) { row in
            let bill: BillID = try row.identifier()
            let (nominal, due) = (try row.date(), try row.dateOrNil())
            let name = "bill \(bill) \(nominal)"
            if let due, abs(nominal.days(until: due)) > BillRecord.Limits.moved {
                findings.add("bill_occurrence", name, "due_on is too far", found: "\(due)")
            }
            if let amount = try row.amountOrNil(), amount < 0 {
                findings.add("bill_occurrence", name, "its amount has a sign")
            }
        }
    }

    /// What was expected when a payment was linked.
    private func examinePayments() throws {
        try transaction.scan(
            """
            SELECT transaction_id FROM bill_payment WHERE household_id = \(household)
                AND ((amount_low IS NULL) <> (amount_usual IS NULL)
                    OR (amount_high IS NULL) <> (amount_usual IS NULL)
                    OR amount_low > amount_usual OR amount_usual > amount_high)
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            findings.add("bill_payment", "transaction \(id)", "its amounts are not in order")
        }
    }
}
