extension Migration {
    /// What people are told, once each, and how they want to be told (ADR 0029).
    static let notices = Migration(19, "notices") { dialect in
        told(dialect) + readers(dialect) + looks(dialect)
    }

    /// Read for all of a person's households at once, so they lie outside row-level security like memberships.
    private static func told(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            // What a notice says is sealed. Without it nobody is shown the notice any more; the row stays for a while, so
            // that nobody is told a second time.
            """
            CREATE TABLE notice (
                person_id \(id) NOT NULL REFERENCES person (id),
                id \(id) NOT NULL \(dialect.uuidCheck("id")),
                household_id \(id) REFERENCES household (id),
                kind \(text) NOT NULL,
                cause \(text) NOT NULL,
                lasts \(dialect.boolean) NOT NULL,
                ended_at \(integer),
                told_at \(integer) NOT NULL,
                in_app \(dialect.boolean) NOT NULL,
                mail \(text) NOT NULL CHECK (mail IN ('off', 'at_once', 'daily', 'weekly')),
                mailed_at \(integer),
                read_at \(integer),
                payload \(dialect.bytes),
                PRIMARY KEY (person_id, id)
            ) \(dialect.strict)
            """,
            "CREATE UNIQUE INDEX notice_cause ON notice (person_id, cause) WHERE ended_at IS NULL",
            """
            CREATE INDEX notice_unread ON notice (person_id, id)
                WHERE read_at IS NULL AND payload IS NOT NULL
            """,
            "CREATE INDEX notice_household ON notice (household_id, cause) WHERE household_id IS NOT NULL",
            """
            CREATE INDEX notice_mail ON notice (person_id, told_at)
                WHERE mail <> 'off' AND mailed_at IS NULL
            """,
            "CREATE INDEX notice_age ON notice (told_at)",
            // The accounts that it tells of: who does not see one of them does not see it.
            """
            CREATE TABLE notice_account (
                person_id \(id) NOT NULL,
                notice_id \(id) NOT NULL,
                account_id \(id) NOT NULL,
                PRIMARY KEY (person_id, notice_id, account_id),
                FOREIGN KEY (person_id, notice_id) REFERENCES notice (person_id, id)
                    ON DELETE CASCADE
            ) \(dialect.clustered)
            """,
        ]
    }

    private static func readers(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            // `changes` counts what changed of somebody's notices, so that other nodes see that something did. Times of
            // day are minutes since midnight.
            """
            CREATE TABLE notice_reader (
                person_id \(id) NOT NULL PRIMARY KEY REFERENCES person (id),
                changes \(integer) NOT NULL DEFAULT 0,
                version \(integer) NOT NULL DEFAULT 0,
                updated_at \(integer),
                quiet_from \(integer) CHECK (quiet_from BETWEEN 0 AND 1439),
                quiet_to \(integer) CHECK (quiet_to BETWEEN 0 AND 1439),
                digest_hour \(integer) NOT NULL DEFAULT 7 CHECK (digest_hour BETWEEN 0 AND 23),
                digest_weekday \(text) NOT NULL DEFAULT 'monday',
                warning_percent \(integer) NOT NULL DEFAULT 80,
                spent_percent \(integer) NOT NULL DEFAULT 100,
                CHECK ((quiet_from IS NULL) = (quiet_to IS NULL))
            ) \(dialect.clustered)
            """,
            """
            CREATE TABLE notice_choice (
                person_id \(id) NOT NULL REFERENCES person (id),
                kind \(text) NOT NULL,
                in_app \(dialect.boolean) NOT NULL,
                mail \(text) NOT NULL CHECK (mail IN ('off', 'at_once', 'daily', 'weekly')),
                PRIMARY KEY (person_id, kind)
            ) \(dialect.clustered)
            """,
            """
            CREATE TABLE notice_threshold (
                person_id \(id) NOT NULL REFERENCES person (id),
                household_id \(id) NOT NULL REFERENCES household (id),
                large_amount \(dialect.amount) NOT NULL,
                PRIMARY KEY (person_id, household_id)
            ) \(dialect.clustered)
            """,
        ]
    }

    /// How far each household was looked at for what is to be told.
    private static func looks(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE notice_look (
                household_id \(dialect.uuid) NOT NULL PRIMARY KEY REFERENCES household (id),
                version \(dialect.integer) NOT NULL,
                looked_at \(dialect.integer) NOT NULL
            ) \(dialect.clustered)
            """
        ]
    }
}
