extension Migration {
    /// What a person may prove besides a password, the other doors they have, and the tokens that
    /// they gave to programs.
    static let secondFactors = Migration(8, "second_factors") { dialect in
        codes(dialect) + doors(dialect)
    }

    private static func codes(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            // The secret is sealed with the person's key; a step that was used is never good again.
            """
            CREATE TABLE time_code (
                person_id \(id) NOT NULL PRIMARY KEY REFERENCES person (id),
                sealed_secret \(dialect.bytes) NOT NULL,
                created_at \(integer) NOT NULL,
                confirmed_at \(integer),
                last_step \(integer) NOT NULL DEFAULT 0
            ) \(dialect.clustered)
            """,
            """
            CREATE TABLE backup_code (
                person_id \(id) NOT NULL REFERENCES person (id),
                position \(integer) NOT NULL,
                hash \(text) NOT NULL,
                used_at \(integer),
                PRIMARY KEY (person_id, position)
            ) \(dialect.clustered)
            """,
            // Wrong codes since the last right one, whatever attempt they were made in.
            """
            CREATE TABLE code_failure (
                person_id \(id) NOT NULL PRIMARY KEY REFERENCES person (id),
                failures \(integer) NOT NULL,
                locked_until \(integer) NOT NULL
            ) \(dialect.clustered)
            """,
        ]
    }

    private static func doors(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            """
            CREATE TABLE passkey (
                id \(id) NOT NULL \(dialect.uuidCheck("id")) PRIMARY KEY,
                person_id \(id) NOT NULL REFERENCES person (id),
                credential_id \(dialect.bytes) NOT NULL UNIQUE,
                public_key \(dialect.bytes) NOT NULL,
                sign_count \(integer) NOT NULL,
                verifies_user \(dialect.boolean) NOT NULL,
                is_backup_eligible \(dialect.boolean) NOT NULL,
                is_backed_up \(dialect.boolean) NOT NULL,
                name \(text) NOT NULL,
                created_at \(integer) NOT NULL,
                used_at \(integer)
            ) \(dialect.strict)
            """,
            "CREATE INDEX passkey_person ON passkey (person_id, created_at)",
            """
            CREATE TABLE provider_identity (
                id \(id) NOT NULL \(dialect.uuidCheck("id")) PRIMARY KEY,
                person_id \(id) NOT NULL REFERENCES person (id),
                provider \(text) NOT NULL,
                issuer \(text) NOT NULL,
                subject \(text) NOT NULL,
                name \(text) NOT NULL,
                email \(text),
                created_at \(integer) NOT NULL,
                used_at \(integer),
                UNIQUE (issuer, subject)
            ) \(dialect.strict)
            """,
            "CREATE INDEX provider_identity_person ON provider_identity (person_id, created_at)",
            """
            CREATE TABLE personal_token (
                id \(id) NOT NULL \(dialect.uuidCheck("id")) PRIMARY KEY,
                person_id \(id) NOT NULL REFERENCES person (id),
                hash \(dialect.bytes) NOT NULL UNIQUE,
                name \(text) NOT NULL,
                hint \(text) NOT NULL,
                scopes \(text) NOT NULL,
                created_at \(integer) NOT NULL,
                expires_at \(integer),
                used_at \(integer)
            ) \(dialect.strict)
            """,
            "CREATE INDEX personal_token_person ON personal_token (person_id, created_at)",
        ]
    }
}
