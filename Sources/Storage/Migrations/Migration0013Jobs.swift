extension Migration {
    /// Work that outlasts a restart. Letters were the first of it, and move in.
    static let jobs = Migration(13, "jobs") { dialect in
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            // Once the payload is gone, nobody knows what the work was.
            // `due_at` of one that runs is the end of its lease: then it is anyone's again.
            """
            CREATE TABLE job (
                id \(id) NOT NULL \(dialect.uuidCheck("id")) PRIMARY KEY,
                kind \(text) NOT NULL,
                topic \(text) NOT NULL,
                single \(text),
                household_id \(id) REFERENCES household (id),
                payload \(dialect.bytes),
                state \(text) NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'dead')),
                created_at \(integer) NOT NULL,
                due_at \(integer) NOT NULL,
                attempts \(integer) NOT NULL DEFAULT 0,
                steps_done \(integer) NOT NULL DEFAULT 0,
                steps \(integer) NOT NULL DEFAULT 0,
                ended_at \(integer),
                last_error \(text)
            ) \(dialect.strict)
            """,
            "CREATE INDEX job_due ON job (kind, due_at) WHERE state IN ('waiting', 'running')",
            """
            CREATE UNIQUE INDEX job_single ON job (kind, single)
                WHERE single IS NOT NULL AND state IN ('waiting', 'running')
            """,
            "CREATE INDEX job_ended ON job (ended_at) WHERE ended_at IS NOT NULL",
            """
            CREATE TABLE job_schedule (
                kind \(text) NOT NULL PRIMARY KEY,
                next_at \(integer) NOT NULL
            ) \(dialect.clustered)
            """,
            """
            INSERT INTO job (id, kind, topic, payload, state, created_at, due_at, attempts, ended_at, last_error)
            SELECT id, 'mail', kind, payload,
                CASE WHEN sent_at IS NOT NULL THEN 'done' WHEN failed_at IS NOT NULL THEN 'dead' ELSE 'waiting' END,
                created_at, due_at, attempts, COALESCE(sent_at, failed_at), last_error
            FROM mail
            """,
            "DROP TABLE mail",
        ]
    }
}
