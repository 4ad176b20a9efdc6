extension Migration {
    /// Files from banks, what was decided about their rows, and what has been seen before.
    static let imports = Migration(5, "imports") { dialect in
        batches(dialect) + memory(dialect) + rowSecurity(dialect)
    }

    private static func batches(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            """
            CREATE TABLE import_batch (
                household_id \(id) NOT NULL REFERENCES household (id),
                id \(id) NOT NULL \(dialect.uuidCheck("id")),
                file_name \(text) NOT NULL,
                state \(text) NOT NULL CHECK (state IN (
                    'reading', 'preview', 'committing', 'committed', 'undone', 'failed')),
                -- What the person decided and what was understood, as JSON.
                decisions \(dialect.bytes) NOT NULL,
                report \(dialect.bytes) NOT NULL,
                error \(text),
                version \(integer) NOT NULL DEFAULT 1,
                created_by \(id),
                created_at \(integer) NOT NULL,
                committed_at \(integer),
                undone_at \(integer),
                PRIMARY KEY (household_id, id)
            ) \(dialect.clustered)
            """,
            """
            CREATE TABLE import_file (
                household_id \(id) NOT NULL,
                batch_id \(id) NOT NULL,
                bytes \(dialect.bytes) NOT NULL,
                PRIMARY KEY (household_id, batch_id),
                FOREIGN KEY (household_id, batch_id) REFERENCES import_batch (household_id, id)
            ) \(dialect.strict)
            """,
        ]
    }

    private static func memory(_ dialect: SQLDialect) -> [String] {
        let (id, text) = (dialect.uuid, dialect.text)
        return [
            // It outlives a deleted transaction, so that a deleted row does not come back unasked.
            """
            CREATE TABLE import_fingerprint (
                household_id \(id) NOT NULL REFERENCES household (id),
                account_id \(id) NOT NULL,
                fingerprint \(dialect.bytes) NOT NULL,
                is_bank_id \(dialect.boolean) NOT NULL,
                transaction_id \(id) NOT NULL,
                PRIMARY KEY (household_id, account_id, fingerprint),
                FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id)
            ) \(dialect.clustered)
            """,
            """
            CREATE INDEX import_fingerprint_transaction
                ON import_fingerprint (household_id, transaction_id)
            """,
            """
            CREATE TABLE import_mapping (
                household_id \(id) NOT NULL REFERENCES household (id),
                account_id \(id) NOT NULL,
                layout \(text) NOT NULL,
                mapping \(dialect.bytes) NOT NULL,
                PRIMARY KEY (household_id, account_id, layout),
                FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id)
            ) \(dialect.clustered)
            """,
            """
            CREATE TABLE transfer_link (
                household_id \(id) NOT NULL REFERENCES household (id),
                out_id \(id) NOT NULL,
                in_id \(id) NOT NULL,
                state \(text) NOT NULL CHECK (state IN ('linked', 'rejected')),
                out_category_id \(id),
                in_category_id \(id),
                PRIMARY KEY (household_id, out_id, in_id),
                FOREIGN KEY (household_id, out_id) REFERENCES ledger_transaction (household_id, id),
                FOREIGN KEY (household_id, in_id) REFERENCES ledger_transaction (household_id, id)
            ) \(dialect.clustered)
            """,
        ]
    }

    /// The second lock: each tenant table shows one household's rows only, to its owner too.
    private static func rowSecurity(_ dialect: SQLDialect) -> [String] {
        guard dialect == .postgres else { return [] }
        return TenantTables.first.flatMap { PostgresRowSecurity.statements(table: $0).map(\.text) }
    }
}
