extension Migration {
    /// What comes again and again, or once: bills, salaries, standing orders (ADR 0027).
    static let bills = Migration(16, "bills") { dialect in
        let tables = bill(dialect) + occurrences(dialect)
        guard dialect == .postgres else { return tables }
        let bound = ["bill", "bill_occurrence", "bill_payment", "bill_candidate"]
        return tables + bound.flatMap { PostgresRowSecurity.statements(table: $0).map(\.text) }
    }

    private static func bill(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            // Amounts without a sign: the direction has it.
            """
            CREATE TABLE bill (
                household_id \(id) NOT NULL REFERENCES household (id),
                id \(id) NOT NULL \(dialect.uuidCheck("id")),
                name \(text) NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
                folded_name \(text) NOT NULL,
                direction \(text) NOT NULL CHECK (direction IN ('expense', 'income', 'transfer')),
                payee \(text),
                account_id \(id),
                to_account_id \(id),
                category_id \(id),
                currency \(text) NOT NULL,
                amount_kind \(text) NOT NULL CHECK (amount_kind IN ('fixed', 'range', 'learned')),
                amount \(dialect.amount),
                amount_low \(dialect.amount),
                amount_high \(dialect.amount),
                learn_from \(integer),
                tolerance_percent \(integer),
                start_on \(dialect.date) NOT NULL,
                end_on \(dialect.date),
                repeat_rule \(text),
                month_end \(text) NOT NULL,
                working_days \(text) NOT NULL,
                holidays \(text) NOT NULL,
                days_before \(integer) NOT NULL CHECK (days_before BETWEEN 0 AND 60),
                days_after \(integer) NOT NULL CHECK (days_after BETWEEN 0 AND 60),
                allows_parts \(dialect.boolean) NOT NULL,
                remind_days \(integer),
                note \(text),
                paused_on \(dialect.date),
                asked_from \(dialect.date) NOT NULL,
                posts_from \(dialect.date),
                version \(integer) NOT NULL DEFAULT 1,
                created_at \(integer) NOT NULL,
                updated_at \(integer) NOT NULL,
                deleted_at \(integer),
                PRIMARY KEY (household_id, id),
                FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id),
                FOREIGN KEY (household_id, to_account_id) REFERENCES account (household_id, id),
                FOREIGN KEY (household_id, category_id) REFERENCES account (household_id, id),
                CHECK (amount_kind <> 'fixed' OR amount IS NOT NULL),
                CHECK (amount_kind <> 'range' OR amount IS NOT NULL AND amount_low <= amount
                    AND amount <= amount_high),
                CHECK (amount_kind <> 'learned' OR learn_from IS NOT NULL
                    AND tolerance_percent IS NOT NULL),
                CHECK ((direction = 'transfer') = (to_account_id IS NOT NULL)),
                CHECK (account_id IS NOT NULL OR to_account_id IS NULL AND posts_from IS NULL)
            ) \(dialect.strict)
            """,
            "CREATE INDEX bill_live ON bill (household_id, folded_name, id) WHERE deleted_at IS NULL",
            "CREATE INDEX bill_deleted ON bill (household_id, deleted_at) WHERE deleted_at IS NOT NULL",
        ]
    }

    /// Occurrences are computed. What is kept of them is in what they deviate from the bill, and what paid them.
    private static func occurrences(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        let key = """
            household_id \(id) NOT NULL,
            bill_id \(id) NOT NULL,
            nominal_on \(dialect.date) NOT NULL
            """
        let bill = """
            FOREIGN KEY (household_id, bill_id) REFERENCES bill (household_id, id) ON DELETE CASCADE
            """
        let transaction = """
            FOREIGN KEY (household_id, transaction_id)
                REFERENCES ledger_transaction (household_id, id) ON DELETE CASCADE
            """
        return [
            // Once it was booked by itself it never is again, whatever became of the booking.
            """
            CREATE TABLE bill_occurrence (
                \(key),
                due_on \(dialect.date),
                amount \(dialect.amount),
                is_skipped \(dialect.boolean) NOT NULL,
                posted_at \(integer),
                \(bill),
                PRIMARY KEY (household_id, bill_id, nominal_on)
            ) \(dialect.clustered)
            """,
            "CREATE INDEX bill_occurrence_day ON bill_occurrence (household_id, nominal_on)",
            // A transaction pays one occurrence, and an occurrence is booked once. The amounts are what was expected.
            """
            CREATE TABLE bill_payment (
                \(key),
                transaction_id \(id) NOT NULL,
                kind \(text) NOT NULL CHECK (kind IN ('matched', 'posted')),
                is_automatic \(dialect.boolean) NOT NULL,
                replaces_id \(id),
                amount_low \(dialect.amount),
                amount_usual \(dialect.amount),
                amount_high \(dialect.amount),
                created_at \(integer) NOT NULL,
                \(bill),
                \(transaction),
                PRIMARY KEY (household_id, transaction_id)
            ) \(dialect.clustered)
            """,
            "CREATE INDEX bill_payment_day ON bill_payment (household_id, nominal_on)",
            "CREATE INDEX bill_payment_bill ON bill_payment (household_id, bill_id, nominal_on)",
            """
            CREATE UNIQUE INDEX bill_payment_once ON bill_payment (household_id, bill_id, nominal_on)
                WHERE kind = 'posted'
            """,
            """
            CREATE TABLE bill_candidate (
                \(key),
                transaction_id \(id) NOT NULL,
                score \(integer) NOT NULL,
                is_rejected \(dialect.boolean) NOT NULL,
                \(bill),
                \(transaction),
                PRIMARY KEY (household_id, bill_id, nominal_on, transaction_id)
            ) \(dialect.clustered)
            """,
            "CREATE INDEX bill_candidate_day ON bill_candidate (household_id, nominal_on)",
            "CREATE INDEX bill_candidate_transaction ON bill_candidate (household_id, transaction_id)",
        ]
    }
}
