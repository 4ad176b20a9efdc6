extension Migration {
    /// What people agreed to, the pages that say what to, and households that were erased.
    static let ownData = Migration(9, "own_data") { dialect in
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            """
            CREATE TABLE consent (
                person_id \(id) NOT NULL REFERENCES person (id),
                kind \(text) NOT NULL,
                version \(integer) NOT NULL CHECK (version > 0),
                accepted_at \(integer) NOT NULL,
                PRIMARY KEY (person_id, kind, version)
            ) \(dialect.clustered)
            """,
            // A page without a row is the one that comes with the program.
            """
            CREATE TABLE page (
                kind \(text) NOT NULL PRIMARY KEY,
                title \(text) NOT NULL,
                text \(text) NOT NULL,
                version \(integer) NOT NULL CHECK (version > 0),
                updated_at \(integer) NOT NULL
            ) \(dialect.clustered)
            """,
            // Of an erased household the bare trail is left; what else there was goes piece by piece.
            "ALTER TABLE household ADD COLUMN erased_at \(integer)",
            "ALTER TABLE household ADD COLUMN emptied_at \(integer)",
            """
            CREATE INDEX household_erased ON household (erased_at)
                WHERE erased_at IS NOT NULL AND emptied_at IS NULL
            """,
        ]
    }
}
