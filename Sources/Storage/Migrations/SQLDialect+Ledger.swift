/// The parts of the ledger's schema that each engine spells its own way.
extension SQLDialect {
    /// Sealing refuses sums that are not zero, and a sealed transaction's postings refuse change.
    ///
    /// Triggers, because SQLite has no deferred constraints and both engines must hold the same rule.
    var ledgerTriggers: [String] {
        switch self {
        case .sqlite: Self.sqliteLedgerTriggers
        case .postgres: Self.postgresLedgerTriggers
        }
    }

    private static let sqliteLedgerTriggers =
        [
            """
            CREATE TRIGGER ledger_transaction_seal BEFORE UPDATE OF sealed ON ledger_transaction
            WHEN NEW.sealed = 1 AND OLD.sealed = 0
            BEGIN
                SELECT RAISE(ABORT, 'transaction.unbalanced') WHERE EXISTS (
                    SELECT 1 FROM posting
                    WHERE household_id = NEW.household_id AND transaction_id = NEW.id
                    GROUP BY currency HAVING SUM(amount) <> 0
                ) OR (
                    SELECT COUNT(*) FROM posting
                    WHERE household_id = NEW.household_id AND transaction_id = NEW.id
                ) < 2;
            END
            """,
            """
            CREATE TRIGGER ledger_transaction_born_open BEFORE INSERT ON ledger_transaction
            WHEN NEW.sealed = 1
            BEGIN SELECT RAISE(ABORT, 'transaction.sealed'); END
            """,
        ]
        + [("insert", "NEW"), ("update", "OLD"), ("delete", "OLD")].map { verb, row in
            """
            CREATE TRIGGER posting_\(verb)_sealed BEFORE \(verb.uppercased()) ON posting
            WHEN (
                SELECT sealed FROM ledger_transaction
                WHERE household_id = \(row).household_id AND id = \(row).transaction_id
            ) = 1
            BEGIN SELECT RAISE(ABORT, 'transaction.sealed'); END
            """
        }

    private static let postgresLedgerTriggers = [
        """
        CREATE FUNCTION martlet_seal_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (
                SELECT 1 FROM posting
                WHERE household_id = NEW.household_id AND transaction_id = NEW.id
                GROUP BY currency HAVING SUM(amount) <> 0
            ) OR (
                SELECT COUNT(*) FROM posting
                WHERE household_id = NEW.household_id AND transaction_id = NEW.id
            ) < 2 THEN
                RAISE EXCEPTION 'transaction.unbalanced';
            END IF;
            RETURN NEW;
        END $$
        """,
        """
        CREATE TRIGGER ledger_transaction_seal BEFORE UPDATE OF sealed ON ledger_transaction
        FOR EACH ROW WHEN (NEW.sealed AND NOT OLD.sealed)
        EXECUTE FUNCTION martlet_seal_transaction()
        """,
        """
        CREATE FUNCTION martlet_refuse_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'transaction.sealed';
        END $$
        """,
        """
        CREATE TRIGGER ledger_transaction_born_open BEFORE INSERT ON ledger_transaction
        FOR EACH ROW WHEN (NEW.sealed) EXECUTE FUNCTION martlet_refuse_sealed()
        """,
        """
        CREATE FUNCTION martlet_refuse_sealed_posting() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE changed posting;
        BEGIN
            changed := CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
            IF (
                SELECT sealed FROM ledger_transaction
                WHERE household_id = changed.household_id AND id = changed.transaction_id
            ) THEN
                RAISE EXCEPTION 'transaction.sealed';
            END IF;
            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        END $$
        """,
        """
        CREATE TRIGGER posting_sealed BEFORE INSERT OR UPDATE OR DELETE ON posting
        FOR EACH ROW EXECUTE FUNCTION martlet_refuse_sealed_posting()
        """,
    ]

    /// The full-text index, which lies outside row-level security: a match is joined to the protected table.
    var searchTables: [String] {
        switch self {
        case .sqlite:
            [
                // `words` begins with a token for the household and one for the transaction, so that a match
                // reads one household only and a row can be found again to be deleted.
                """
                CREATE VIRTUAL TABLE transaction_search USING fts5 (
                    words, transaction_id UNINDEXED,
                    detail = none, tokenize = 'unicode61 remove_diacritics 2'
                )
                """
            ]
        case .postgres:
            [
                """
                CREATE TABLE transaction_search (
                    household_id uuid NOT NULL,
                    transaction_id uuid NOT NULL,
                    words tsvector NOT NULL,
                    PRIMARY KEY (household_id, transaction_id)
                )
                """,
                "CREATE INDEX transaction_search_words ON transaction_search USING gin (words)",
            ]
        }
    }

    /// Refuses any change to rows that are written once.
    func appendOnlyTriggers(table: String, except erasable: String) -> [String] {
        switch self {
        case .sqlite:
            return [
                """
                CREATE TRIGGER \(table)_no_delete BEFORE DELETE ON \(table)
                BEGIN SELECT RAISE(ABORT, 'audit.append_only'); END
                """,
                """
                CREATE TRIGGER \(table)_no_update BEFORE UPDATE ON \(table)
                WHEN NEW.\(erasable) IS NOT NULL
                BEGIN SELECT RAISE(ABORT, 'audit.append_only'); END
                """,
            ]
        case .postgres:
            return [
                """
                CREATE TRIGGER \(table)_no_delete BEFORE DELETE ON \(table)
                FOR EACH ROW EXECUTE FUNCTION martlet_refuse_audit()
                """,
                """
                CREATE TRIGGER \(table)_no_update BEFORE UPDATE ON \(table)
                FOR EACH ROW WHEN (NEW.\(erasable) IS NOT NULL)
                EXECUTE FUNCTION martlet_refuse_audit()
                """,
            ]
        }
    }
}
