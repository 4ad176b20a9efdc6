extension Migration {
    /// Sums kept beside the postings, so that reports cost the same whatever lies under them.
    static let rollups = Migration(3, "rollups") { dialect in
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        let sums = """
            posted_net \(dialect.amount) NOT NULL,
                posted_count \(integer) NOT NULL,
                pending_net \(dialect.amount) NOT NULL,
                pending_count \(integer) NOT NULL
            """
        return [
            // grain 0 is a day and 1 a month, whose period is its first day.
            """
            CREATE TABLE rollup (
                household_id \(id) NOT NULL REFERENCES household (id),
                grain \(integer) NOT NULL CHECK (grain IN (0, 1)),
                period \(dialect.date) NOT NULL,
                node_id \(id) NOT NULL,
                counter_id \(id) NOT NULL,
                currency \(text) NOT NULL,
                \(sums),
                PRIMARY KEY (household_id, grain, period, node_id, counter_id, currency),
                FOREIGN KEY (household_id, node_id) REFERENCES account (household_id, id),
                FOREIGN KEY (household_id, counter_id) REFERENCES account (household_id, id)
            ) \(dialect.clustered)
            """,
            "CREATE INDEX rollup_node ON rollup (household_id, node_id, grain, period)",
            """
            CREATE TABLE payee_rollup (
                household_id \(id) NOT NULL REFERENCES household (id),
                month \(dialect.date) NOT NULL,
                payee_id \(id) NOT NULL,
                account_id \(id) NOT NULL,
                currency \(text) NOT NULL,
                \(sums),
                PRIMARY KEY (household_id, month, payee_id, account_id, currency),
                FOREIGN KEY (household_id, payee_id) REFERENCES payee (household_id, id),
                FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id)
            ) \(dialect.clustered)
            """,
            // What one unit of `currency` bought of `target`: the two sides of the exchange it was read from.
            """
            CREATE TABLE exchange_rate (
                household_id \(id) NOT NULL REFERENCES household (id),
                currency \(text) NOT NULL,
                target \(text) NOT NULL,
                date \(dialect.date) NOT NULL,
                amount \(dialect.amount) NOT NULL CHECK (amount > 0),
                target_amount \(dialect.amount) NOT NULL CHECK (target_amount > 0),
                PRIMARY KEY (household_id, currency, target, date)
            ) \(dialect.clustered)
            """,
        ]
    }
}
