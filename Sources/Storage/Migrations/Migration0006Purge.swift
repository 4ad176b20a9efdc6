extension Migration {
    /// What was deleted is found without reading what was not.
    static let purge = Migration(6, "purge") { _ in
        [
            """
            CREATE INDEX ledger_transaction_deleted ON ledger_transaction (household_id, deleted_at)
                WHERE deleted_at IS NOT NULL
            """
        ]
    }
}
