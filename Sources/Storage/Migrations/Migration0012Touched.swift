extension Migration {
    /// What somebody did not see when they left, and which accounts the rows of a bulk change speak of.
    static let touched = Migration(12, "touched") { dialect in
        hiddenFormerly(dialect) + touches(dialect)
    }

    /// Membership takes what was hidden from a member along, so it is kept beside it until they come back.
    private static func hiddenFormerly(_ dialect: SQLDialect) -> [String] {
        let id = dialect.uuid
        return [
            """
            CREATE TABLE account_hidden_formerly (
                household_id \(id) NOT NULL,
                account_id \(id) NOT NULL,
                person_id \(id) NOT NULL REFERENCES person (id),
                PRIMARY KEY (household_id, account_id, person_id),
                FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id)
                    ON DELETE CASCADE
            ) \(dialect.clustered)
            """,
            """
            CREATE INDEX account_hidden_formerly_person
                ON account_hidden_formerly (household_id, person_id)
            """,
        ]
    }

    /// The rows themselves are sealed: who may not see an account is told of an entry without opening each.
    private static func touches(_ dialect: SQLDialect) -> [String] {
        let (id, integer) = (dialect.uuid, dialect.integer)
        let table = [
            """
            CREATE TABLE audit_touch (
                household_id \(id) NOT NULL,
                sequence \(integer) NOT NULL,
                accounts \(dialect.bytes) NOT NULL,
                row_count \(integer) NOT NULL CHECK (row_count >= 0),
                PRIMARY KEY (household_id, sequence, accounts),
                FOREIGN KEY (household_id, sequence) REFERENCES audit_entry (household_id, sequence)
                    ON DELETE CASCADE
            ) \(dialect.clustered)
            """,
            """
            CREATE INDEX audit_entry_bulk ON audit_entry (household_id, sequence)
                WHERE change_count > 0
            """,
        ]
        guard dialect == .postgres else { return table }
        return table + PostgresRowSecurity.statements(table: "audit_touch").map(\.text)
    }
}
