import Ledger
import Storage

/// What people decide about their budgets, whatever the period. One method is one use case.
struct BudgetService: Sendable {
    func create(_ input: BudgetInput, in write: HouseholdWrite) throws -> BudgetRecord {
        try Self.mustSeeBudget(write)
        let store = store(write)
        let currency = write.member.currency
        guard let node = try store.nodes().first(where: { $0.id == input.category }),
            node.category != nil
        else {
            throw APIError.invalid("category_id", "not_found", "there is no such category")
        }
        let known = try store.find(node.id, currency)
        if let known, known.deletedAt == nil {
            throw APIError.invalid("category_id", "taken", "it has a budget already")
        }
        var record = try known ?? fresh(node, store, write)
        record.deletedAt = nil
        try input.patch.apply(to: &record, currency)
        if known == nil {
            try store.insert(record)
        } else {
            try keepingLocked(write) { try store.update(record, at: write.now) }
        }
        let after = try load(node.id, write)
        write.record(
            AuditNote("create", "budget", node.id.value, after: BudgetRecord.shape.bytes(after))
        )
        return after
    }

    /// A budget that nothing was said of: what is left of it stays.
    func fresh(
        _ node: BudgetNode,
        _ store: BudgetStore,
        _ write: HouseholdWrite
    ) throws -> BudgetRecord {
        let others = try store.budgets(write.member.currency)
        return BudgetRecord(
            category: node.id,
            name: node.name,
            rollover: node.accountClass == .income ? .none : .surplus,
            kind: .flexible,
            group: nil,
            position: (others.map(\.position).max() ?? 0) + 1,
            fill: nil,
            priority: 1,
            deletedAt: nil,
            version: 1,
            createdAt: write.now,
            updatedAt: write.now
        )
    }

    func update(
        _ id: AccountID,
        _ patch: BudgetPatch,
        expecting version: Int64?,
        in write: HouseholdWrite
    ) throws -> BudgetRecord {
        try Self.mustSeeBudget(write)
        let before = try live(id, expecting: version, write)
        var record = before
        try patch.apply(to: &record, write.member.currency)
        if record.line == before.line {
            try store(write).update(record, at: write.now)
        } else {
            try keepingLocked(write) { try store(write).update(record, at: write.now) }
        }
        let after = try load(id, write)
        note("update", before: before, after: after, write)
        return after
    }

    /// Deletes a budget. Its numbers are kept but not counted.
    func delete(_ id: AccountID, expecting version: Int64?, in write: HouseholdWrite) throws {
        try Self.mustSeeBudget(write)
        let before = try live(id, expecting: version, write)
        var record = before
        record.deletedAt = write.now
        try keepingLocked(write) { try store(write).update(record, at: write.now) }
        note("delete", before: before, after: nil, write)
    }

    func restore(_ id: AccountID, in write: HouseholdWrite) throws -> BudgetRecord {
        try Self.mustSeeBudget(write)
        var record = try load(id, write)
        guard let deleted = record.deletedAt else { return record }
        guard deleted.adding(seconds: TransactionService.restorableSeconds) >= write.now else {
            throw APIError.notFound("budget")
        }
        record.deletedAt = nil
        try keepingLocked(write) { try store(write).update(record, at: write.now) }
        let after = try load(id, write)
        note("restore", before: nil, after: after, write)
        return after
    }

    func update(
        _ patch: BudgetSettingsPatch,
        expecting version: Int64?,
        in write: HouseholdWrite
    ) throws -> BudgetSettings {
        try Self.mustSeeBudget(write)
        let store = store(write)
        let before = try store.settings()
        guard version == nil || version == before.version else { throw APIError.stale }
        var settings = patch.applied(to: before)
        guard settings != before else { return before }
        settings.version += 1
        try store.save(settings, at: write.now)
        let after = try store.settings()
        write.record(
            AuditNote(
                "update",
                "budget_settings",
                nil,
                before: BudgetSettings.shape.bytes(before),
                after: BudgetSettings.shape.bytes(after)
            )
        )
        return after
    }

    // MARK: Parts

    /// Changes what a budget is, where no locked period shows other numbers for it.
    ///
    /// - Throws: 409 `budget.locked`
    private func keepingLocked(_ write: HouseholdWrite, _ change: () throws -> Void) throws {
        let reader = BudgetPlanning.reader(write)
        let before = try reader.lockedPeriods()
        try change()
        guard !before.isEmpty else { return }
        for (old, new) in zip(before, try reader.lockedPeriods()) where old != new {
            throw APIError.conflict(
                "budget.locked",
                "\(old.name) is locked, and its numbers would become others. Unlock it first."
            )
        }
    }

    /// A plan is for all of the money, so whoever does not see all of it does not make it.
    ///
    /// - Throws: 409 `budget.private`
    static func mustSeeBudget(_ write: HouseholdWrite) throws {
        if let refusal = try refusal(of: write.member, write.transaction) { throw refusal }
    }

    /// What stands in the way of a member's plan, whatever their role; nil when nothing does.
    ///
    /// - Parameter entire: the ledger without anything left out.
    static func refusal(of member: Member, _ entire: any SQLTransaction) throws -> APIError? {
        guard case .without(let hidden) = member.sees else { return nil }
        let nodes = try BudgetStore(transaction: entire, household: member.household).nodes()
        let isPartial = nodes.contains {
            hidden.contains($0.id) && $0.isBudgeted && !$0.isDeleted
        }
        guard isPartial else { return nil }
        return .conflict(
            "budget.private",
            "The budget has accounts that you do not see, so you cannot change it."
        )
    }

    func store(_ write: HouseholdWrite) -> BudgetStore {
        BudgetStore(transaction: write.seen, household: write.household)
    }

    func load(_ id: AccountID, _ write: HouseholdWrite) throws -> BudgetRecord {
        guard let record = try store(write).find(id, write.member.currency) else {
            throw APIError.notFound("budget")
        }
        return record
    }

    private func live(
        _ id: AccountID,
        expecting version: Int64?,
        _ write: HouseholdWrite
    ) throws -> BudgetRecord {
        let record = try load(id, write)
        guard record.deletedAt == nil else { throw APIError.notFound("budget") }
        guard version == nil || version == record.version else { throw APIError.stale }
        return record
    }

    private func note(
        _ action: String,
        before: BudgetRecord?,
        after: BudgetRecord?,
        _ write: HouseholdWrite
    ) {
        write.record(
            AuditNote(
                action,
                "budget",
                (after ?? before)?.category.value,
                before: before.map(BudgetRecord.shape.bytes),
                after: after.map(BudgetRecord.shape.bytes)
            )
        )
    }
}
