import Ledger
import Storage

// MARK: Tasks

extension Tamper {
    static let plans = tasks + budgets + bills + notices

    private static let tasks: [Tamper] = [
        Tamper("what a task is ordered by", shows: "task", "UPDATE task SET folded_title = 'x'"),
        Tamper("what a task is found by", shows: "task", "UPDATE task SET words = 'x'"),
        Tamper("a task's tag", shows: "task", "UPDATE task_tag SET tag = 'other'"),
        Tamper(
            "a task's rule",
            shows: "task",
            "UPDATE task SET repeat_rule = 'FREQ=NEVER' WHERE repeat_rule IS NOT NULL"
        ),
    ]
}

// MARK: Budgets

extension Tamper {
    private static let savings: SQLText = "(SELECT id FROM account WHERE name = 'Savings')"
    private static let opening: SQLText = "(SELECT id FROM account WHERE system = 'opening')"

    private static let budgets: [Tamper] = [
        Tamper(
            "a budget of an account",
            shows: "budget",
            """
            UPDATE budget SET category_id = \(savings)
            WHERE category_id = (SELECT b.category_id FROM budget b ORDER BY b.category_id LIMIT 1)
            """
        ),
        Tamper(
            "a rule by which nothing is filled",
            shows: "budget",
            "UPDATE budget SET fill_rule = 'luck'"
        ),
        Tamper(
            "a rule that lacks its amount",
            shows: "budget",
            "UPDATE budget SET fill_rule = 'weekly', fill_amount = NULL, fill_weekday = 'monday'"
        ),
        Tamper(
            "a rule for no day of the week",
            shows: "budget",
            "UPDATE budget SET fill_rule = 'weekly', fill_amount = 5, fill_weekday = 'payday'"
        ),
        Tamper("money for the opening balances", shows: "budget_amount") { transaction, household in
            let day = LocalDate("2026-11-01")!
            try transaction.execute(
                """
                INSERT INTO budget_amount (household_id, account_id, first_day, last_day, assigned)
                VALUES (\(household), \(opening), \(day), \(day), 5)
                """
            )
        },
        Tamper("less than nothing held", shows: "budget_period") { transaction, household in
            let day = LocalDate("2026-11-01")!
            try transaction.execute(
                """
                INSERT INTO budget_period (household_id, first_day, last_day, held)
                VALUES (\(household), \(day), \(day), -5)
                """
            )
        },
        Tamper("holidays of nowhere", shows: "budget_settings") { transaction, household in
            try transaction.execute(
                """
                INSERT INTO budget_settings (household_id, look, length, holidays, version, updated_at)
                VALUES (\(household), 'envelope', 'month', 'nowhere', 1, 0)
                """
            )
        },
        Tamper("what counts on nothing", shows: "account") { transaction, household in
            try transaction.execute(
                "UPDATE account SET budget_category_id = \(household) WHERE id = \(savings)"
            )
        },
    ]
}

// MARK: Bills

extension Tamper {
    private static func update(_ change: SQLText) -> SQLText {
        "UPDATE bill SET \(change) WHERE name = 'Internet'"
    }

    private static let bills: [Tamper] = [
        Tamper("what a bill is ordered by", shows: "bill", update("folded_name = 'x'")),
        Tamper("a bill's rule", shows: "bill", update("repeat_rule = 'FREQ=NEVER'")),
        Tamper("a bill's month end", shows: "bill", update("month_end = 'never'")),
        Tamper("a bill's working days", shows: "bill", update("working_days = 'never'")),
        Tamper("a bill's holidays", shows: "bill", update("holidays = 'nowhere'")),
        Tamper("a bill in another currency", shows: "bill", update("currency = 'GBP'")),
        Tamper("a bill of a category", shows: "bill", update("account_id = category_id")),
        Tamper("a bill for an account", shows: "bill", update("category_id = \(savings)")),
        Tamper(
            "a transfer with a category",
            shows: "bill",
            update("direction = 'transfer', to_account_id = \(savings)")
        ),
        Tamper("a bill with a sign", shows: "bill", update("amount = -amount")),
        Tamper("a bill that ends first", shows: "bill", update("end_on = start_on - 1")),
        Tamper(
            "a bill to where it comes from",
            shows: "bill",
            "UPDATE bill SET to_account_id = account_id WHERE direction = 'transfer'"
        ),
        Tamper("an occurrence far away", shows: "bill_occurrence") { transaction, household in
            let (nominal, due) = (LocalDate("2026-12-06")!, LocalDate("2027-12-06")!)
            try transaction.execute(
                """
                INSERT INTO bill_occurrence (household_id, bill_id, nominal_on, due_on, is_skipped)
                VALUES (\(household), (SELECT id FROM bill WHERE name = 'Internet'), \(nominal),
                    \(due), \(false))
                """
            )
        },
        Tamper("an occurrence with a sign", shows: "bill_occurrence") { transaction, household in
            let nominal = LocalDate("2026-12-06")!
            try transaction.execute(
                """
                INSERT INTO bill_occurrence (household_id, bill_id, nominal_on, amount, is_skipped)
                VALUES (\(household), (SELECT id FROM bill WHERE name = 'Internet'), \(nominal),
                    -5, \(false))
                """
            )
        },
        Tamper("what was expected of a payment", shows: "bill_payment") { transaction, household in
            try pay(.amount(7), .amount(5), transaction, household)
        },
        Tamper("a part of what was expected", shows: "bill_payment") { transaction, household in
            try pay(.amount(5), .null(.amount), transaction, household)
        },
    ]

    private static func pay(
        _ low: SQLValue,
        _ usual: SQLValue,
        _ transaction: any SQLTransaction,
        _ household: HouseholdID
    ) throws {
        try transaction.execute(
            """
            INSERT INTO bill_payment (household_id, transaction_id, bill_id, nominal_on, kind,
                is_automatic, amount_low, amount_usual, amount_high, created_at)
            SELECT t.household_id, t.id, (SELECT id FROM bill WHERE name = 'Internet'), t.date,
                'matched', \(false), \(low), \(usual), \(SQLValue.amount(9)), 0
            FROM ledger_transaction t WHERE t.household_id = \(household) AND NOT EXISTS (
                SELECT 1 FROM bill_payment p WHERE p.transaction_id = t.id)
            ORDER BY t.id LIMIT 1
            """
        )
    }
}

// MARK: Notices

extension Tamper {
    private static let notices: [Tamper] = [
        Tamper("what a notice says", shows: "notice") { transaction, household in
            try tell("\(household):x", [1, 2, 3], transaction, household)
        },
        Tamper("the cause of a notice", shows: "notice") { transaction, household in
            try tell("x", nil, transaction, household)
        },
        Tamper("what was looked at", shows: "notice_look") { transaction, household in
            try transaction.execute(
                """
                INSERT INTO notice_look (household_id, version, looked_at)
                VALUES (\(household), 1000000, 0)
                """
            )
        },
    ]

    private static func tell(
        _ cause: String,
        _ payload: [UInt8]?,
        _ transaction: any SQLTransaction,
        _ household: HouseholdID
    ) throws {
        try transaction.execute(
            """
            INSERT INTO notice (person_id, id, household_id, kind, cause, lasts, told_at, in_app, mail,
                payload)
            SELECT person_id, household_id, household_id, 'bill_due', \(cause), \(false), 0, \(true),
                'off', \(payload)
            FROM member WHERE household_id = \(household)
            """
        )
    }
}
