import Ledger
import Storage

/// What the household saves for, and how it pays off what it owes.
extension HouseholdArchive {
    var goals: ArchiveTable<GoalRecord> {
        let shape = GoalRecord.trail
        return ArchiveTable("goals", shape) { [self] in
            try await read { [member] transaction in
                try GoalStore(transaction: transaction, household: member.household)
                    .all(includingDeleted: true)
            }
        }
    }

    var goalContributions: ArchiveTable<GoalContribution> {
        ArchiveTable("goal_contributions", GoalContribution.shape) { [self] cursor in
            let page = try await read { [member] transaction in
                try GoalStore(transaction: transaction, household: member.household)
                    .page(after: cursor, limit: Self.pageSize)
            }
            return ArchivePage(page, limit: Self.pageSize) { $0.id.description }
        }
    }

    var debts: ArchiveTable<DebtView> {
        ArchiveTable("debts", DebtView.trail) { [self] in
            try await read { [member] transaction in
                try DebtStore(transaction: transaction, household: member.household)
                    .accounts().map(DebtReader.view)
            }
        }
    }

    /// One row: how debts are paid off.
    var debtSettings: ArchiveTable<DebtSettings> {
        ArchiveTable("debt_settings", DebtSettings.shape) { [self] in
            try await read { [member] transaction in
                [
                    try DebtStore(transaction: transaction, household: member.household)
                        .settings(member.currency)
                ]
            }
        }
    }
}
