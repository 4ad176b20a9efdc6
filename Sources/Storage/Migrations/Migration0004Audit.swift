extension Migration {
    /// The trail of every change, and the first answers of retried requests.
    static let audit = Migration(4, "audit") { dialect in
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        var statements = [
            """
            CREATE TABLE audit_entry (
                household_id \(id) NOT NULL REFERENCES household (id),
                sequence \(integer) NOT NULL,
                at \(integer) NOT NULL,
                actor \(text) NOT NULL,
                actor_id \(id),
                action \(text) NOT NULL,
                entity \(text) NOT NULL,
                entity_id \(id),
                request_id \(text) NOT NULL,
                change_count \(integer) NOT NULL,
                payload_hash \(dialect.bytes) NOT NULL,
                hash \(dialect.bytes) NOT NULL,
                payload \(dialect.bytes),
                PRIMARY KEY (household_id, sequence)
            ) \(dialect.clustered)
            """,
            "CREATE INDEX audit_entry_entity ON audit_entry (household_id, entity_id, sequence)",
            // The rows of a bulk change, under the one digest of their entry.
            """
            CREATE TABLE audit_change (
                household_id \(id) NOT NULL,
                sequence \(integer) NOT NULL,
                position \(integer) NOT NULL,
                entity_id \(id) NOT NULL,
                payload \(dialect.bytes),
                PRIMARY KEY (household_id, sequence, position),
                FOREIGN KEY (household_id, sequence) REFERENCES audit_entry (household_id, sequence)
            ) \(dialect.clustered)
            """,
            """
            CREATE TABLE idempotency_key (
                household_id \(id) NOT NULL REFERENCES household (id),
                person_id \(id) NOT NULL,
                key \(text) NOT NULL,
                request_hash \(dialect.bytes) NOT NULL,
                status \(integer) NOT NULL,
                etag \(text),
                body \(dialect.bytes) NOT NULL,
                created_at \(integer) NOT NULL,
                PRIMARY KEY (household_id, person_id, key)
            ) \(dialect.clustered)
            """,
            "CREATE INDEX idempotency_key_age ON idempotency_key (household_id, created_at)",
        ]
        if dialect == .postgres {
            statements.append(
                """
                CREATE FUNCTION martlet_refuse_audit() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'audit.append_only';
                END $$
                """
            )
        }
        statements += dialect.appendOnlyTriggers(
            table: "audit_entry",
            columns: """
                household_id, sequence, at, actor, actor_id, action, entity, entity_id, request_id,
                change_count, payload_hash, hash
                """
        )
        statements += dialect.appendOnlyTriggers(
            table: "audit_change",
            columns: "household_id, sequence, position, entity_id"
        )
        return statements
    }
}
