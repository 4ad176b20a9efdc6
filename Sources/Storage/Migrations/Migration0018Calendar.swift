extension Migration {
    /// What was said of payments that were found to come again, and addresses at which calendars are read.
    static let calendar = Migration(18, "calendar") { dialect in
        let tables =
            [choices(dialect), feeds(dialect)] + [
                "CREATE INDEX calendar_feed_person ON calendar_feed (person_id, created_at)"
            ]
        guard dialect == .postgres else { return tables }
        return tables + PostgresRowSecurity.statements(table: "recurring_choice").map(\.text)
    }

    /// A series is found anew each time, so a choice is kept by what stays of one. The amount tells two of one payee apart.
    private static func choices(_ dialect: SQLDialect) -> String {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return """
            CREATE TABLE recurring_choice (
                household_id \(id) NOT NULL,
                id \(id) NOT NULL \(dialect.uuidCheck("id")),
                account_id \(id) NOT NULL,
                payee \(text) NOT NULL,
                currency \(text) NOT NULL,
                amount \(dialect.amount) NOT NULL,
                choice \(text) NOT NULL CHECK (choice IN ('dismissed', 'accepted')),
                bill_id \(id),
                created_at \(integer) NOT NULL,
                PRIMARY KEY (household_id, id),
                FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id),
                CHECK ((choice = 'accepted') = (bill_id IS NOT NULL))
            ) \(dialect.clustered)
            """
    }

    /// It is looked for by its secret before any household is known, and ends with the membership.
    private static func feeds(_ dialect: SQLDialect) -> String {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return """
            CREATE TABLE calendar_feed (
                id \(id) NOT NULL \(dialect.uuidCheck("id")) PRIMARY KEY,
                household_id \(id) NOT NULL,
                person_id \(id) NOT NULL,
                hash \(dialect.bytes) NOT NULL UNIQUE,
                name \(text) NOT NULL,
                hint \(text) NOT NULL,
                has_bills \(dialect.boolean) NOT NULL,
                has_tasks \(dialect.boolean) NOT NULL,
                created_at \(integer) NOT NULL,
                used_at \(integer),
                FOREIGN KEY (household_id, person_id) REFERENCES member (household_id, person_id)
                    ON DELETE CASCADE
            ) \(dialect.strict)
            """
    }
}
