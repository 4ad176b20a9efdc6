import Ledger
import Storage

/// What is planned for what no budget is made of, or by words that nobody understands. Moves are not kept, only what came of
/// them; what belongs to which category, and in which household, the schema holds.
struct BudgetExamination {
    private let transaction: any SQLTransaction
    private let household: HouseholdID
    private let findings: Findings

    init(_ transaction: any SQLTransaction, _ household: HouseholdID, _ findings: Findings) {
        self.transaction = transaction
        self.household = household
        self.findings = findings
    }

    func run() throws {
        try examineCategories()
        try examineRules()
        try examineAmounts()
        try examineHolidays()
        try examineCountedOn()
    }

    private func examineCategories() throws {
        try transaction.scan(
            """
            SELECT b.category_id, a.class FROM budget b
            JOIN account a ON a.household_id = b.household_id AND a.id = b.category_id
            WHERE b.household_id = \(household) AND a.class NOT IN ('income', 'expense')
            """
        ) { row in
            let id: AccountID = try row.identifier()
            findings.add("budget", id, "it is of no category", found: try row.text())
        }
    }

    private func examineRules() throws {
        try transaction.scan(
            """
            SELECT category_id, fill_rule, fill_amount IS NOT NULL, fill_weekday,
                fill_date IS NOT NULL, fill_number IS NOT NULL
            FROM budget WHERE household_id = \(household) AND fill_rule IS NOT NULL
            """
        ) { row in
            let id: AccountID = try row.identifier()
            let text = try row.text()
            let hasAmount = try row.boolean()
            let hasWeekday = try row.textOrNil().flatMap(Weekday.init(name:)) != nil
            let (hasDate, hasNumber) = (try row.boolean(), try row.boolean())
            let has = [
                "amount": hasAmount, "weekday": hasWeekday, "date": hasDate,
                "basis_points": hasNumber, "periods": hasNumber,
            ]
            let needs = StoredFill.Name(rawValue: text)?.needs
            if needs?.allSatisfy({ has[$0] == true }) != true {
                findings.add("budget", id, "its rule cannot be followed", found: text)
            }
        }
    }

    private func examineAmounts() throws {
        try transaction.scan(
            """
            SELECT p.account_id, a.class FROM budget_amount p
            JOIN account a ON a.household_id = p.household_id AND a.id = p.account_id
            WHERE p.household_id = \(household) AND a.class = 'equity'
            """
        ) { row in
            let id: AccountID = try row.identifier()
            let found = try row.text()
            findings.add(
                "budget_amount",
                "account \(id)",
                "it can be assigned nothing",
                found: found
            )
        }
        try transaction.scan(
            """
            SELECT first_day, held FROM budget_period
            WHERE household_id = \(household) AND held < \(SQLValue.amount(0))
            """
        ) { row in
            let first = try row.date()
            let held = Findings.amount(try row.amount())
            findings.add("budget_period", "from \(first)", "less than nothing is held", found: held)
        }
    }

    private func examineHolidays() throws {
        try transaction.scan(
            "SELECT holidays FROM budget_settings WHERE household_id = \(household)"
        ) { row in
            let holidays = try row.text()
            guard HolidayCalendar(rawValue: holidays) == nil else { return }
            findings.add("budget_settings", "*", "holidays is no calendar", found: holidays)
        }
    }

    /// The category that money counts on which leaves the budget has no foreign key.
    private func examineCountedOn() throws {
        try transaction.scan(
            """
            SELECT a.id, a.budget_category_id FROM account a
            LEFT JOIN account c ON c.household_id = a.household_id AND c.id = a.budget_category_id
            WHERE a.household_id = \(household) AND a.budget_category_id IS NOT NULL
                AND (c.id IS NULL OR c.class <> 'expense')
            """
        ) { row in
            let id: AccountID = try row.identifier()
            let category: AccountID = try row.identifier()
            findings.add("account", id, "budget_category_id is no category", found: "\(category)")
        }
    }
}
