extension Migration {
    /// What a household plans: one number a category and period, and how it looks at them (ADR 0023).
    static let budgets = Migration(14, "budgets") { dialect in
        let tables = accounts(dialect) + budgets(dialect) + periods(dialect)
        guard dialect == .postgres else { return tables }
        let bound = ["budget", "budget_amount", "budget_period", "budget_settings"]
        return tables + bound.flatMap { PostgresRowSecurity.statements(table: $0).map(\.text) }
    }

    /// Null is as the account's kind has it. What goes to an account outside the budget may count on a category.
    private static func accounts(_ dialect: SQLDialect) -> [String] {
        [
            "ALTER TABLE account ADD COLUMN is_budgeted \(dialect.boolean)",
            "ALTER TABLE account ADD COLUMN budget_category_id \(dialect.uuid)",
        ]
    }

    private static func budgets(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            """
            CREATE TABLE budget_settings (
                household_id \(id) NOT NULL PRIMARY KEY REFERENCES household (id),
                look \(text) NOT NULL CHECK (look IN ('tracking', 'envelope', 'flex')),
                length \(text) NOT NULL CHECK (length IN ('week', 'month', 'quarter', 'year')),
                month_start \(integer) CHECK (month_start BETWEEN 1 AND 28),
                holidays \(text) NOT NULL,
                version \(integer) NOT NULL,
                updated_at \(integer) NOT NULL
            ) \(dialect.clustered)
            """,
            """
            CREATE TABLE budget (
                household_id \(id) NOT NULL,
                category_id \(id) NOT NULL,
                rollover \(text) NOT NULL
                    CHECK (rollover IN ('none', 'surplus', 'surplus_and_overspending')),
                kind \(text) NOT NULL CHECK (kind IN ('fixed', 'non_monthly', 'flexible')),
                group_name \(text),
                position \(integer) NOT NULL,
                fill_rule \(text),
                fill_amount \(dialect.amount),
                fill_weekday \(text),
                fill_date \(dialect.date),
                fill_number \(integer),
                fill_priority \(integer) NOT NULL,
                deleted_at \(integer),
                version \(integer) NOT NULL DEFAULT 1,
                created_at \(integer) NOT NULL,
                updated_at \(integer) NOT NULL,
                PRIMARY KEY (household_id, category_id),
                FOREIGN KEY (household_id, category_id) REFERENCES account (household_id, id)
            ) \(dialect.clustered)
            """,
        ]
    }

    /// The days of the period are kept, so that what was planned by month has its place among quarters too, and
    /// is there again when the household goes back to months.
    private static func periods(_ dialect: SQLDialect) -> [String] {
        let id = dialect.uuid
        return [
            """
            CREATE TABLE budget_amount (
                household_id \(id) NOT NULL,
                account_id \(id) NOT NULL,
                first_day \(dialect.date) NOT NULL,
                last_day \(dialect.date) NOT NULL,
                assigned \(dialect.amount) NOT NULL,
                PRIMARY KEY (household_id, account_id, first_day, last_day),
                FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id),
                CHECK (first_day <= last_day)
            ) \(dialect.clustered)
            """,
            """
            CREATE TABLE budget_period (
                household_id \(id) NOT NULL REFERENCES household (id),
                first_day \(dialect.date) NOT NULL,
                last_day \(dialect.date) NOT NULL,
                held \(dialect.amount),
                locked_at \(dialect.integer),
                PRIMARY KEY (household_id, first_day, last_day),
                CHECK (first_day <= last_day)
            ) \(dialect.clustered)
            """,
        ]
    }
}
