extension Migration {
    /// What there is to do: people's own, and what the server asks of them.
    static let tasks = Migration(15, "tasks") { dialect in
        table(dialect) + tags(dialect) + [reconciled] + rowSecurity(dialect)
    }

    /// What a task is about is told by a kind and an id without a foreign key: kinds are added with the features that they
    /// belong to, and what is gone for good leaves its task behind.
    private static func table(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            // `folded_title` and `words` are made from what people wrote, for order and for search.
            """
            CREATE TABLE task (
                household_id \(id) NOT NULL REFERENCES household (id),
                id \(id) NOT NULL \(dialect.uuidCheck("id")),
                title \(text) NOT NULL CHECK (length(title) BETWEEN 3 AND 255),
                description \(text),
                status \(text) NOT NULL CHECK (status IN ('todo', 'in_progress', 'done')),
                priority \(integer) NOT NULL CHECK (priority BETWEEN 0 AND 3),
                due_on \(dialect.date),
                repeat_rule \(text),
                repeat_from \(dialect.date),
                assignee_id \(id) REFERENCES person (id),
                link_kind \(text),
                link_id \(id),
                cause \(text),
                cause_ended_at \(integer),
                next_id \(id),
                position \(integer) NOT NULL,
                folded_title \(text) NOT NULL,
                words \(text) NOT NULL,
                version \(integer) NOT NULL DEFAULT 1,
                created_at \(integer) NOT NULL,
                updated_at \(integer) NOT NULL,
                done_at \(integer),
                deleted_at \(integer),
                PRIMARY KEY (household_id, id),
                CHECK ((link_kind IS NULL) = (link_id IS NULL)),
                CHECK ((status = 'done') = (done_at IS NOT NULL)),
                CHECK (repeat_rule IS NULL OR due_on IS NOT NULL AND repeat_from IS NOT NULL)
            ) \(dialect.strict)
            """,
            "CREATE INDEX task_position ON task (household_id, position)",
            "CREATE INDEX task_due ON task (household_id, due_on) WHERE done_at IS NULL",
            "CREATE INDEX task_link ON task (household_id, link_id) WHERE link_id IS NOT NULL",
            "CREATE INDEX task_deleted ON task (household_id, deleted_at) WHERE deleted_at IS NOT NULL",
            "CREATE INDEX task_assignee ON task (assignee_id) WHERE assignee_id IS NOT NULL",
            // Also where somebody ticked or deleted it: it is not asked for again as long as the cause lasts.
            """
            CREATE UNIQUE INDEX task_cause ON task (household_id, cause)
                WHERE cause IS NOT NULL AND cause_ended_at IS NULL
            """,
        ]
    }

    private static func tags(_ dialect: SQLDialect) -> [String] {
        let (id, text) = (dialect.uuid, dialect.text)
        return [
            """
            CREATE TABLE task_tag (
                household_id \(id) NOT NULL,
                task_id \(id) NOT NULL,
                tag \(text) NOT NULL,
                PRIMARY KEY (household_id, task_id, tag),
                FOREIGN KEY (household_id, task_id) REFERENCES task (household_id, id)
                    ON DELETE CASCADE
            ) \(dialect.clustered)
            """,
            "CREATE INDEX task_tag_name ON task_tag (household_id, tag)",
        ]
    }

    /// When an account was agreed with a statement last.
    private static let reconciled = """
        CREATE INDEX ledger_transaction_reconciled
            ON ledger_transaction (household_id, account_id, date) WHERE state = 4
        """

    private static func rowSecurity(_ dialect: SQLDialect) -> [String] {
        guard dialect == .postgres else { return [] }
        return ["task", "task_tag"].flatMap {
            PostgresRowSecurity.statements(table: $0).map(\.text)
        }
    }
}
