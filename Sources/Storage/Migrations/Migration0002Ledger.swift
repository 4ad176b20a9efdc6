extension Migration {
    /// The ledger: nodes of five classes, payees, transactions and their postings.
    static let ledger = Migration(2, "ledger") { dialect in
        dialect.amountDomain + nodes(dialect) + transactions(dialect) + postings(dialect)
            + dialect.ledgerTriggers
            + dialect.searchTables
    }

    private static func nodes(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            """
            CREATE TABLE account (
                household_id \(id) NOT NULL REFERENCES household (id),
                id \(id) NOT NULL \(dialect.uuidCheck("id")),
                class \(text) NOT NULL
                    CHECK (class IN ('asset', 'liability', 'income', 'expense', 'equity')),
                kind \(text),
                system \(text),
                name \(text) NOT NULL,
                currency \(text),
                parent_id \(id),
                position \(integer) NOT NULL,
                minimum_balance \(dialect.amount),
                balance \(dialect.amount) NOT NULL DEFAULT 0,
                opening_transaction_id \(id),
                closed_at \(dialect.date),
                deleted_at \(integer),
                version \(integer) NOT NULL DEFAULT 1,
                created_at \(integer) NOT NULL,
                updated_at \(integer) NOT NULL,
                PRIMARY KEY (household_id, id),
                FOREIGN KEY (household_id, parent_id) REFERENCES account (household_id, id),
                CHECK ((class IN ('asset', 'liability')) = (currency IS NOT NULL)),
                CHECK ((class IN ('asset', 'liability')) = (kind IS NOT NULL))
            ) \(dialect.clustered)
            """,
            "CREATE UNIQUE INDEX account_system ON account (household_id, system)",
            "CREATE INDEX account_parent ON account (household_id, parent_id)",
            """
            CREATE TABLE payee (
                household_id \(id) NOT NULL REFERENCES household (id),
                id \(id) NOT NULL \(dialect.uuidCheck("id")),
                name \(text) NOT NULL,
                folded \(text) NOT NULL,
                expense_category_id \(id),
                income_category_id \(id),
                PRIMARY KEY (household_id, id),
                UNIQUE (household_id, folded),
                FOREIGN KEY (household_id, expense_category_id) REFERENCES account (household_id, id),
                FOREIGN KEY (household_id, income_category_id) REFERENCES account (household_id, id)
            ) \(dialect.clustered)
            """,
        ]
    }

    private static func transactions(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            """
            CREATE TABLE ledger_transaction (
                household_id \(id) NOT NULL REFERENCES household (id),
                id \(id) NOT NULL \(dialect.uuidCheck("id")),
                date \(dialect.date) NOT NULL,
                type \(text) NOT NULL
                    CHECK (type IN ('expense', 'income', 'transfer', 'opening', 'adjustment')),
                state \(integer) NOT NULL CHECK (state BETWEEN 0 AND 4),
                account_id \(id) NOT NULL,
                to_account_id \(id),
                category_id \(id),
                signed_amount \(dialect.amount) NOT NULL,
                magnitude \(dialect.amount) NOT NULL,
                currency \(text) NOT NULL,
                to_amount \(dialect.amount),
                to_currency \(text),
                is_split \(dialect.boolean) NOT NULL,
                has_tags \(dialect.boolean) NOT NULL,
                payee_id \(id),
                payee \(text),
                note \(text),
                bank_text \(text),
                source \(text) NOT NULL,
                import_id \(id),
                linked_id \(id),
                sealed \(dialect.boolean) NOT NULL,
                deleted_at \(integer),
                version \(integer) NOT NULL DEFAULT 1,
                created_at \(integer) NOT NULL,
                updated_at \(integer) NOT NULL,
                PRIMARY KEY (household_id, id),
                FOREIGN KEY (household_id, payee_id) REFERENCES payee (household_id, id)
            ) \(dialect.strict)
            """,
            "CREATE INDEX ledger_transaction_date ON ledger_transaction (household_id, date, id)",
            """
            CREATE INDEX ledger_transaction_import ON ledger_transaction (household_id, import_id, id)
                WHERE import_id IS NOT NULL
            """,
            """
            CREATE INDEX ledger_transaction_payee ON ledger_transaction (household_id, payee_id, date)
                WHERE payee_id IS NOT NULL
            """,
            """
            CREATE TABLE transaction_tag (
                household_id \(id) NOT NULL,
                tag \(text) NOT NULL,
                transaction_id \(id) NOT NULL,
                PRIMARY KEY (household_id, tag, transaction_id),
                FOREIGN KEY (household_id, transaction_id)
                    REFERENCES ledger_transaction (household_id, id)
            ) \(dialect.clustered)
            """,
            "CREATE INDEX transaction_tag_transaction ON transaction_tag (household_id, transaction_id)",
        ]
    }

    private static func postings(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE posting (
                household_id \(dialect.uuid) NOT NULL,
                transaction_id \(dialect.uuid) NOT NULL,
                position \(dialect.integer) NOT NULL,
                account_id \(dialect.uuid) NOT NULL,
                date \(dialect.date) NOT NULL,
                amount \(dialect.amount) NOT NULL,
                currency \(dialect.text) NOT NULL,
                memo \(dialect.text),
                PRIMARY KEY (household_id, transaction_id, position),
                FOREIGN KEY (household_id, transaction_id)
                    REFERENCES ledger_transaction (household_id, id),
                FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id)
            ) \(dialect.clustered)
            """,
            """
            CREATE INDEX posting_account
                ON posting (household_id, account_id, date, transaction_id)
            """,
        ]
    }
}
