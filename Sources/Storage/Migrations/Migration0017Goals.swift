extension Migration {
    /// What people save for, with whose money is meant for it, and how they pay off what they owe (ADR 0025).
    static let goals = Migration(17, "goals") { dialect in
        let tables = goals(dialect) + contributions(dialect) + debts(dialect)
        guard dialect == .postgres else { return tables }
        let bound = ["goal", "goal_contribution", "debt_terms", "debt_settings"]
        return tables + bound.flatMap { PostgresRowSecurity.statements(table: $0).map(\.text) }
    }

    private static func goals(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            """
            CREATE TABLE goal (
                household_id \(id) NOT NULL REFERENCES household (id),
                id \(id) NOT NULL \(dialect.uuidCheck("id")),
                name \(text) NOT NULL,
                kind \(text) NOT NULL
                    CHECK (kind IN ('purchase', 'emergency_fund', 'sinking_fund', 'saving')),
                state \(text) NOT NULL CHECK (state IN ('active', 'paused', 'finished')),
                currency \(text) NOT NULL,
                note \(text),
                target_amount \(dialect.amount),
                target_date \(dialect.date),
                start_date \(dialect.date) NOT NULL,
                repeat_months \(integer) CHECK (repeat_months > 0),
                months_of_spending \(integer) CHECK (months_of_spending > 0),
                average_months \(integer) CHECK (average_months > 0),
                automatic_rule \(text) CHECK (automatic_rule IN ('fixed', 'budget')),
                automatic_account_id \(id),
                automatic_amount \(dialect.amount),
                automatic_day \(integer) CHECK (automatic_day BETWEEN 1 AND 31),
                automatic_category_id \(id),
                automatic_through \(dialect.date),
                position \(integer) NOT NULL,
                reached_at \(integer),
                finished_at \(integer),
                deleted_at \(integer),
                version \(integer) NOT NULL DEFAULT 1,
                created_at \(integer) NOT NULL,
                updated_at \(integer) NOT NULL,
                PRIMARY KEY (household_id, id),
                FOREIGN KEY (household_id, automatic_account_id) REFERENCES account (household_id, id),
                FOREIGN KEY (household_id, automatic_category_id) REFERENCES account (household_id, id),
                CHECK ((automatic_rule IS NULL) = (automatic_account_id IS NULL)),
                CHECK ((automatic_rule IS NULL) = (automatic_through IS NULL)),
                CHECK ((state = 'finished') = (finished_at IS NOT NULL))
            ) \(dialect.strict)
            """,
            """
            CREATE INDEX goal_automatic_account ON goal (household_id, automatic_account_id)
                WHERE automatic_account_id IS NOT NULL
            """,
            """
            CREATE INDEX goal_automatic_category ON goal (household_id, automatic_category_id)
                WHERE automatic_category_id IS NOT NULL
            """,
        ]
    }

    /// An earmark that came by itself has the first day of its period, also once it is deleted: it is made once.
    private static func contributions(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            """
            CREATE TABLE goal_contribution (
                household_id \(id) NOT NULL,
                id \(id) NOT NULL \(dialect.uuidCheck("id")),
                goal_id \(id) NOT NULL,
                account_id \(id) NOT NULL,
                amount \(dialect.amount) NOT NULL,
                date \(dialect.date) NOT NULL,
                source \(text) NOT NULL CHECK (source IN ('manual', 'automatic', 'release')),
                period \(dialect.date),
                planned_amount \(dialect.amount),
                note \(text),
                person_id \(id) REFERENCES person (id),
                created_at \(integer) NOT NULL,
                deleted_at \(integer),
                PRIMARY KEY (household_id, id),
                FOREIGN KEY (household_id, goal_id) REFERENCES goal (household_id, id)
                    ON DELETE CASCADE,
                FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id),
                CHECK ((source = 'automatic') = (period IS NOT NULL)),
                CHECK ((source = 'automatic') = (planned_amount IS NOT NULL))
            ) \(dialect.strict)
            """,
            """
            CREATE UNIQUE INDEX goal_contribution_period
                ON goal_contribution (household_id, goal_id, period) WHERE period IS NOT NULL
            """,
            "CREATE INDEX goal_contribution_goal ON goal_contribution (household_id, goal_id, date, id)",
            "CREATE INDEX goal_contribution_account ON goal_contribution (household_id, account_id)",
            "CREATE INDEX goal_contribution_person ON goal_contribution (person_id) WHERE person_id IS NOT NULL",
        ]
    }

    private static func debts(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            // The rate is in millionths a year, the share in millionths of what is owed.
            """
            CREATE TABLE debt_terms (
                household_id \(id) NOT NULL,
                account_id \(id) NOT NULL,
                yearly_rate \(integer) NOT NULL CHECK (yearly_rate BETWEEN 0 AND 10000000),
                minimum_kind \(text) NOT NULL CHECK (minimum_kind IN ('fixed', 'share')),
                minimum_amount \(dialect.amount) NOT NULL,
                minimum_share \(integer) CHECK (minimum_share BETWEEN 1 AND 1000000),
                position \(integer) NOT NULL,
                deleted_at \(integer),
                version \(integer) NOT NULL DEFAULT 1,
                created_at \(integer) NOT NULL,
                updated_at \(integer) NOT NULL,
                PRIMARY KEY (household_id, account_id),
                FOREIGN KEY (household_id, account_id) REFERENCES account (household_id, id),
                CHECK ((minimum_kind = 'share') = (minimum_share IS NOT NULL))
            ) \(dialect.clustered)
            """,
            """
            CREATE TABLE debt_settings (
                household_id \(id) NOT NULL PRIMARY KEY REFERENCES household (id),
                strategy \(text) NOT NULL CHECK (strategy IN ('avalanche', 'snowball', 'own')),
                extra_amount \(dialect.amount) NOT NULL,
                version \(integer) NOT NULL,
                updated_at \(integer) NOT NULL
            ) \(dialect.clustered)
            """,
        ]
    }
}
