extension Migration {
    /// Households of several people: who sees which account, who is invited, and one owner at any time.
    static let sharing = Migration(10, "sharing") { dialect in
        owners(dialect) + visibility(dialect) + invitations(dialect)
    }

    private static func owners(_ dialect: SQLDialect) -> [String] {
        [
            "CREATE UNIQUE INDEX member_owner ON member (household_id) WHERE role = 'owner'",
            // Whoever adds an account may hide it. Nobody is known of those that are older: the owner may.
            "ALTER TABLE account ADD COLUMN added_by \(dialect.uuid)",
        ]
    }

    /// Read for all of a person's households at once, so they lie outside row-level security like memberships.
    private static func visibility(_ dialect: SQLDialect) -> [String] {
        let (id, text) = (dialect.uuid, dialect.text)
        return [
            // An account without a row is seen by everyone.
            """
            CREATE TABLE account_visibility (
                household_id \(id) NOT NULL,
                account_id \(id) NOT NULL,
                mode \(text) NOT NULL CHECK (mode IN ('only', 'except')),
                PRIMARY KEY (household_id, account_id),
                FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id)
                    ON DELETE CASCADE
            ) \(dialect.clustered)
            """,
            """
            CREATE TABLE account_visibility_member (
                household_id \(id) NOT NULL,
                account_id \(id) NOT NULL,
                person_id \(id) NOT NULL,
                PRIMARY KEY (household_id, account_id, person_id),
                FOREIGN KEY (household_id, account_id)
                    REFERENCES account_visibility (household_id, account_id) ON DELETE CASCADE,
                FOREIGN KEY (household_id, person_id) REFERENCES member (household_id, person_id)
                    ON DELETE CASCADE
            ) \(dialect.clustered)
            """,
            """
            CREATE INDEX account_visibility_person
                ON account_visibility_member (household_id, person_id)
            """,
        ]
    }

    private static func invitations(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            // Found by the hash of its token before it is known which household it is of.
            """
            CREATE TABLE invitation (
                household_id \(id) NOT NULL REFERENCES household (id),
                id \(id) NOT NULL \(dialect.uuidCheck("id")),
                token_hash \(dialect.bytes) NOT NULL UNIQUE,
                email \(text),
                email_folded \(text),
                role \(text) NOT NULL CHECK (role IN ('editor', 'viewer')),
                invited_by \(id) NOT NULL REFERENCES person (id),
                created_at \(integer) NOT NULL,
                expires_at \(integer) NOT NULL,
                accepted_at \(integer),
                accepted_by \(id) REFERENCES person (id),
                withdrawn_at \(integer),
                PRIMARY KEY (household_id, id)
            ) \(dialect.clustered)
            """
        ]
    }
}
