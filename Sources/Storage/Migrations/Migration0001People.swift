extension Migration {
    /// People, the households they share, and their sessions. None of these belongs to one household.
    static let people = Migration(1, "people") { dialect in
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            """
            CREATE TABLE person (
                id \(id) NOT NULL \(dialect.uuidCheck("id")) PRIMARY KEY,
                email \(text) NOT NULL,
                email_folded \(text) NOT NULL UNIQUE,
                name \(text) NOT NULL,
                password_hash \(text) NOT NULL,
                time_zone \(text) NOT NULL,
                locale \(text) NOT NULL,
                epoch \(integer) NOT NULL DEFAULT 0,
                created_at \(integer) NOT NULL,
                disabled_at \(integer)
            ) \(dialect.strict)
            """,
            """
            CREATE TABLE household (
                id \(id) NOT NULL \(dialect.uuidCheck("id")) PRIMARY KEY,
                name \(text) NOT NULL,
                currency \(text) NOT NULL CHECK (length(currency) = 3),
                week_start \(text) NOT NULL,
                version \(integer) NOT NULL DEFAULT 0,
                transaction_count \(integer) NOT NULL DEFAULT 0 CHECK (transaction_count >= 0),
                audit_sequence \(integer) NOT NULL DEFAULT 0,
                audit_head \(dialect.bytes) NOT NULL,
                sealed_key \(dialect.bytes) NOT NULL,
                created_at \(integer) NOT NULL
            ) \(dialect.strict)
            """,
            """
            CREATE TABLE member (
                household_id \(id) NOT NULL REFERENCES household (id),
                person_id \(id) NOT NULL REFERENCES person (id),
                role \(text) NOT NULL CHECK (role IN ('owner', 'editor', 'viewer')),
                is_default \(dialect.boolean) NOT NULL,
                joined_at \(integer) NOT NULL,
                PRIMARY KEY (household_id, person_id)
            ) \(dialect.clustered)
            """,
            "CREATE INDEX member_person ON member (person_id, joined_at)",
            """
            CREATE TABLE session (
                id \(id) NOT NULL \(dialect.uuidCheck("id")) PRIMARY KEY,
                person_id \(id) NOT NULL REFERENCES person (id),
                device \(text) NOT NULL,
                address \(text) NOT NULL,
                created_at \(integer) NOT NULL,
                used_at \(integer) NOT NULL,
                expires_at \(integer) NOT NULL,
                ended_at \(integer)
            ) \(dialect.strict)
            """,
            "CREATE INDEX session_person ON session (person_id, used_at)",
            """
            CREATE TABLE refresh_token (
                hash \(dialect.bytes) NOT NULL PRIMARY KEY,
                session_id \(id) NOT NULL REFERENCES session (id),
                issued_at \(integer) NOT NULL,
                expires_at \(integer) NOT NULL,
                used_at \(integer),
                sealed_successor \(dialect.bytes)
            ) \(dialect.clustered)
            """,
            "CREATE INDEX refresh_token_session ON refresh_token (session_id)",
        ]
    }
}
