extension Migration {
    /// Signing in with care: what a person may do here, links that work once, guesses that are
    /// counted, the trail of each person, and mail that waits to be sent.
    static let signIn = Migration(7, "sign_in") { dialect in
        people(dialect) + tokens(dialect) + trail(dialect) + mail(dialect)
    }

    private static func people(_ dialect: SQLDialect) -> [String] {
        let (text, integer) = (dialect.text, dialect.integer)
        return [
            """
            ALTER TABLE person ADD COLUMN system_role \(text) NOT NULL DEFAULT 'user'
                CHECK (system_role IN ('user', 'support', 'auditor', 'admin'))
            """,
            "ALTER TABLE person ADD COLUMN email_verified_at \(integer)",
            "ALTER TABLE person ADD COLUMN deleted_at \(integer)",
            // From then on the person is erased.
            "ALTER TABLE person ADD COLUMN erase_at \(integer)",
            "CREATE INDEX person_erase ON person (erase_at) WHERE erase_at IS NOT NULL",
            "ALTER TABLE session ADD COLUMN first_address \(text) NOT NULL DEFAULT ''",
            // When whoever holds the session last proved who they are.
            "ALTER TABLE session ADD COLUMN proved_at \(integer) NOT NULL DEFAULT 0",
        ]
    }

    private static func tokens(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            """
            CREATE TABLE one_time_token (
                hash \(dialect.bytes) NOT NULL PRIMARY KEY,
                kind \(text) NOT NULL,
                person_id \(id) REFERENCES person (id),
                payload \(text) NOT NULL,
                created_at \(integer) NOT NULL,
                expires_at \(integer) NOT NULL,
                used_at \(integer),
                tries \(integer) NOT NULL DEFAULT 0
            ) \(dialect.clustered)
            """,
            "CREATE INDEX one_time_token_person ON one_time_token (person_id, kind)",
            "CREATE INDEX one_time_token_age ON one_time_token (expires_at)",
            // The account is kept as a hash of its address: an address that nobody has is counted too.
            """
            CREATE TABLE sign_in_failure (
                account_hash \(dialect.bytes) NOT NULL,
                lane \(text) NOT NULL,
                failures \(integer) NOT NULL,
                window_start \(integer) NOT NULL,
                locked_until \(integer) NOT NULL,
                told_at \(integer) NOT NULL DEFAULT 0,
                PRIMARY KEY (account_hash, lane)
            ) \(dialect.clustered)
            """,
            "CREATE INDEX sign_in_failure_age ON sign_in_failure (window_start)",
        ]
    }

    /// One trail a person, and one of the server for what concerns nobody that it knows.
    private static func trail(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        let tables = [
            """
            CREATE TABLE trail (
                id \(id) NOT NULL \(dialect.uuidCheck("id")) PRIMARY KEY,
                sequence \(integer) NOT NULL DEFAULT 0,
                head \(dialect.bytes) NOT NULL,
                sealed_key \(dialect.bytes)
            ) \(dialect.strict)
            """,
            """
            CREATE TABLE trail_entry (
                trail_id \(id) NOT NULL REFERENCES trail (id),
                sequence \(integer) NOT NULL,
                at \(integer) NOT NULL,
                actor \(text) NOT NULL,
                actor_id \(id),
                action \(text) NOT NULL,
                outcome \(text) NOT NULL CHECK (outcome IN ('success', 'failure', 'refused')),
                entity \(text) NOT NULL,
                entity_id \(id),
                request_id \(text) NOT NULL,
                payload_hash \(dialect.bytes) NOT NULL,
                hash \(dialect.bytes) NOT NULL,
                payload \(dialect.bytes),
                PRIMARY KEY (trail_id, sequence)
            ) \(dialect.clustered)
            """,
            "CREATE INDEX trail_entry_time ON trail_entry (at, trail_id, sequence)",
        ]
        return tables
            + dialect.appendOnlyTriggers(
                table: "trail_entry",
                columns: """
                    trail_id, sequence, at, actor, actor_id, action, outcome, entity, entity_id,
                    request_id, payload_hash, hash
                    """
            )
    }

    private static func mail(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            // The address and the letter are sealed: links in it open doors.
            """
            CREATE TABLE mail (
                id \(id) NOT NULL \(dialect.uuidCheck("id")) PRIMARY KEY,
                kind \(text) NOT NULL,
                payload \(dialect.bytes),
                created_at \(integer) NOT NULL,
                due_at \(integer) NOT NULL,
                attempts \(integer) NOT NULL DEFAULT 0,
                sent_at \(integer),
                failed_at \(integer),
                last_error \(text)
            ) \(dialect.strict)
            """,
            "CREATE INDEX mail_due ON mail (due_at) WHERE sent_at IS NULL AND failed_at IS NULL",
        ]
    }
}
