/// Row-level security: the second lock on a household's rows, below every query of ours.
package enum PostgresRowSecurity {
    /// The setting that says whose rows a transaction may see. It lives as long as the transaction.
    package static let setting = "martlet.household"

    /// What a migration runs for a table whose rows belong to a household (`household_id`).
    /// Forced, so that it binds the role that owns the table too.
    ///
    /// - Parameter table: a name of ours, never one that came from outside.
    package static func statements(table: String) -> [SQLText] {
        let policy = "household_id = nullif(current_setting('\(setting)', true), '')::uuid"
        let lines = [
            "ALTER TABLE \(table) ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE \(table) FORCE ROW LEVEL SECURITY",
            "CREATE POLICY own_household ON \(table) USING (\(policy)) WITH CHECK (\(policy))",
        ]
        return lines.map { SQLText(stringLiteral: $0) }
    }
}
