/// The parts of the ledger's schema that each engine spells its own way.
extension SQLDialect {
    /// The type of money in PostgreSQL, whose own reaches a little further than ours.
    ///
    /// - Range: as `Money`, the ten-thousandths of an `Int64`.
    var amountDomain: [String] {
        guard self == .postgres else { return [] }
        return [
            """
            CREATE DOMAIN ledger_amount AS numeric(19,4) CONSTRAINT ledger_amount_range
                CHECK (VALUE BETWEEN -922337203685477.5808 AND 922337203685477.5807)
            """
        ]
    }

    /// Sealing refuses sums that are not zero, and a sealed transaction's postings refuse change.
    ///
    /// Triggers, because SQLite has no deferred constraints and both engines must hold the same rule.
    var ledgerTriggers: [String] {
        switch self {
        case .sqlite: Self.sqliteLedgerTriggers
        case .postgres: Self.postgresLedgerTriggers
        }
    }

    /// Whether a transaction's postings do not sum to zero in each currency; most have one currency.
    private static func isUnbalanced(_ row: String) -> String {
        """
        SELECT COUNT(*) < 2 OR CASE WHEN MIN(currency) = MAX(currency)
            THEN SUM(amount) <> 0
            ELSE EXISTS (
                SELECT 1 FROM posting
                WHERE household_id = \(row).household_id AND transaction_id = \(row).id
                GROUP BY currency HAVING SUM(amount) <> 0
            ) END
        FROM posting WHERE household_id = \(row).household_id AND transaction_id = \(row).id
        """
    }

    private static let sqliteLedgerTriggers =
        [
            """
            CREATE TRIGGER ledger_transaction_seal BEFORE UPDATE OF sealed ON ledger_transaction
            WHEN NEW.sealed = 1 AND OLD.sealed = 0
            BEGIN
                SELECT RAISE(ABORT, 'transaction.unbalanced') WHERE (\(isUnbalanced("NEW")));
            END
            """,
            """
            CREATE TRIGGER ledger_transaction_born_open BEFORE INSERT ON ledger_transaction
            WHEN NEW.sealed = 1
            BEGIN SELECT RAISE(ABORT, 'transaction.sealed'); END
            """,
        ]
        + [("insert", ["NEW"]), ("update", ["OLD", "NEW"]), ("delete", ["OLD"])].map { verb, rows in
            let isSealed = rows.map { row in
                """
                (
                    SELECT sealed FROM ledger_transaction
                    WHERE household_id = \(row).household_id AND id = \(row).transaction_id
                ) = 1
                """
            }
            return """
                CREATE TRIGGER posting_\(verb)_sealed BEFORE \(verb.uppercased()) ON posting
                WHEN \(isSealed.joined(separator: " OR "))
                BEGIN SELECT RAISE(ABORT, 'transaction.sealed'); END
                """
        }

    /// Once a statement, not once a row: an import seals 100 000 transactions in one.
    private static let postgresLedgerTriggers =
        [
            """
            CREATE FUNCTION martlet_seal_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (
                    SELECT 1 FROM changed
                    JOIN former ON former.household_id = changed.household_id
                        AND former.id = changed.id
                    WHERE changed.sealed AND NOT former.sealed AND (\(isUnbalanced("changed")))
                ) THEN
                    RAISE EXCEPTION 'transaction.unbalanced';
                END IF;
                RETURN NULL;
            END $$
            """,
            """
            CREATE TRIGGER ledger_transaction_seal AFTER UPDATE ON ledger_transaction
            REFERENCING OLD TABLE AS former NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION martlet_seal_transaction()
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
        ]
        + [("insert", ["NEW"]), ("update", ["OLD", "NEW"]), ("delete", ["OLD"])].flatMap {
            verb,
            sides in
            let tables = sides.map { "\($0) TABLE AS \($0.lowercased())_posting" }
            let rows = sides.map { side in
                "SELECT household_id, transaction_id FROM \(side.lowercased())_posting"
            }
            return [
                """
                CREATE FUNCTION martlet_posting_\(verb)() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF EXISTS (
                        SELECT 1 FROM (\(rows.joined(separator: " UNION ALL "))) AS touched
                        JOIN ledger_transaction t ON t.household_id = touched.household_id
                            AND t.id = touched.transaction_id
                        WHERE t.sealed
                    ) THEN
                        RAISE EXCEPTION 'transaction.sealed';
                    END IF;
                    RETURN NULL;
                END $$
                """,
                """
                CREATE TRIGGER posting_\(verb)_sealed AFTER \(verb.uppercased()) ON posting
                REFERENCING \(tables.joined(separator: " "))
                FOR EACH STATEMENT EXECUTE FUNCTION martlet_posting_\(verb)()
                """,
            ]
        }

    /// The full-text index, which lies outside row-level security: a match is joined to the protected table.
    var searchTables: [String] {
        switch self {
        case .sqlite:
            [
                // `words` begins with a token for the household and one for the transaction, so that a match
                // reads one household only and a row can be found again to be deleted. All but spaces and
                // punctuation, which folded words have none of, are parts of a word, the letters that SQLite's
                // tables are too old for included: a word that fell apart would be a phrase, which an index
                // without positions cannot answer.
                """
                CREATE VIRTUAL TABLE transaction_search USING fts5 (
                    words, transaction_id UNINDEXED,
                    detail = none,
                    tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* S* C*'"
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

    /// Refuses any change to rows that are written once, but that their payload may be erased.
    ///
    /// - Parameter columns: every column but `payload`.
    func appendOnlyTriggers(table: String, columns: String) -> [String] {
        let events = [
            ("delete", "DELETE", nil), ("update", "UPDATE OF \(columns)", nil),
            ("rewrite", "UPDATE OF payload", "NEW.payload IS NOT NULL"),
        ]
        switch self {
        case .sqlite:
            return events.map { name, event, condition in
                """
                CREATE TRIGGER \(table)_no_\(name) BEFORE \(event) ON \(table)
                \(condition.map { "WHEN \($0) " } ?? "")BEGIN
                    SELECT RAISE(ABORT, 'audit.append_only');
                END
                """
            }
        case .postgres:
            let rows = events.map { name, event, condition in
                """
                CREATE TRIGGER \(table)_no_\(name) BEFORE \(event) ON \(table)
                FOR EACH ROW \(condition.map { "WHEN (\($0)) " } ?? "")
                EXECUTE FUNCTION martlet_refuse_audit()
                """
            }
            let truncation = """
                CREATE TRIGGER \(table)_no_truncate BEFORE TRUNCATE ON \(table)
                FOR EACH STATEMENT EXECUTE FUNCTION martlet_refuse_audit()
                """
            return rows + [truncation]
        }
    }
}
