extension Migration {
    /// The day of the month that what comes again is due on: a short month's last day does not tell it.
    static let goalDays = Migration(20, "goal_days") { dialect in
        [
            """
            ALTER TABLE goal
                ADD COLUMN target_day \(dialect.integer) CHECK (target_day BETWEEN 1 AND 31)
            """
        ]
    }
}
