import Ledger
import Storage

/// What the household plans.
extension HouseholdArchive {
    var budgets: ArchiveTable<BudgetRecord> {
        ArchiveTable("budgets", BudgetRecord.shape) { [self] in
            try await read { [member] transaction in
                try BudgetStore(transaction: transaction, household: member.household)
                    .budgets(member.currency, includingDeleted: true)
            }
        }
    }

    /// One row: how the budget is looked at.
    var budgetSettings: ArchiveTable<BudgetSettings> {
        ArchiveTable("budget_settings", BudgetSettings.shape) { [self] in
            try await read { [member] transaction in
                [try BudgetStore(transaction: transaction, household: member.household).settings()]
            }
        }
    }

    var budgetAmounts: ArchiveTable<StoredAmount> {
        let shape = Shape<StoredAmount>("ArchivedBudgetAmount") { shape in
            shape.id("envelope_id", \.account)
            shape.date("first_day", \.span.first)
            shape.date("last_day", \.span.last)
            shape.amount("assigned", \.amount)
            shape.currency("currency", \.amount.currency)
        }
        return ArchiveTable("budget_amounts", shape) { [self] in
            try await read { [member] transaction in
                try BudgetStore(transaction: transaction, household: member.household)
                    .amounts(member.currency)
            }
        }
    }

    var budgetPeriods: ArchiveTable<StoredPeriod> {
        let shape = Shape<StoredPeriod>("ArchivedBudgetPeriod") { shape in
            shape.date("first_day", \.span.first)
            shape.date("last_day", \.span.last)
            shape.amountOrNil("held", \.held)
            shape.instantOrNil("locked_at", \.lockedAt)
        }
        return ArchiveTable("budget_periods", shape) { [self] in
            try await read { [member] transaction in
                try BudgetStore(transaction: transaction, household: member.household)
                    .periods(member.currency)
            }
        }
    }
}
