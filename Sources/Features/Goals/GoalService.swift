import Ledger
import Storage

/// What people do with goals. One method is one use case.
///
/// Goals are changed as they are, with what lies on hidden accounts; what is answered is what the member sees.
struct GoalService: Sendable {
    func create(_ input: GoalInput, in write: HouseholdWrite) throws -> GoalView {
        let store = Self.books(write)
        let others = try store.all()
        try Self.mustHaveRoom(others)
        let currency = input.currency ?? write.member.currency
        let isFund = input.kind == .emergencyFund
        guard !isFund || currency == write.member.currency else {
            throw APIError.invalid(
                "currency",
                "not_for_kind",
                "what a month costs is told in the household's currency"
            )
        }
        var record = GoalRecord(
            id: write.ids.next(),
            name: input.name,
            kind: input.kind,
            state: .active,
            currency: currency,
            startDate: write.today,
            monthsOfSpending: isFund ? 3 : nil,
            averageMonths: isFund ? 6 : nil,
            position: (others.map(\.position).max() ?? 0) + 1,
            version: 1,
            createdAt: write.now,
            updatedAt: write.now
        )
        try decide(input.decisions, on: &record, in: write)
        try store.insert(record)
        write.record(
            AuditNote("create", "goal", record.id.value, after: GoalRecord.trail.bytes(record))
        )
        return try view(record.id, write)
    }

    func update(
        _ id: GoalID,
        _ patch: GoalPatch,
        expecting version: Int64?,
        in write: HouseholdWrite
    ) throws -> GoalView {
        let before = try live(id, expecting: version, write)
        var record = before
        record.name = patch.name ?? record.name
        try decide(patch.decisions, on: &record, in: write)
        try save(record, instead: before, "update", in: write)
        try settle(id, isNew: true, in: write)
        return try view(id, write)
    }

    /// Deletes a goal. What was meant for it is free as long as it is deleted.
    func delete(_ id: GoalID, expecting version: Int64?, in write: HouseholdWrite) throws {
        let before = try live(id, expecting: version, write)
        try mustSeeAll(of: before, write)
        var record = before
        record.deletedAt = write.now
        try Self.books(write).update(record, at: write.now)
        write.record(
            AuditNote("delete", "goal", id.value, before: GoalRecord.trail.bytes(before))
        )
    }

    /// - Throws: 409 `goal.overcommitted` where what was meant for it is meant for something else by now.
    func restore(
        _ id: GoalID,
        allowingOvercommitted isAllowed: Bool,
        in write: HouseholdWrite
    ) throws -> GoalView {
        let store = Self.books(write)
        var record = try store.load(id)
        guard let deleted = record.deletedAt else { return try view(id, write) }
        guard deleted.adding(seconds: TransactionService.restorableSeconds) >= write.now else {
            throw APIError.notFound("goal")
        }
        try mustSeeAll(of: record, write)
        try Self.mustHaveRoom(try store.all())
        for share in try store.shares(of: id) where share.amount > 0 {
            try mustBeFree(share.amount, on: share.account, isAllowed, write)
        }
        record.deletedAt = nil
        try beginAgain(&record.automatic, write)
        try store.update(record, at: write.now)
        let after = try store.load(id)
        write.record(
            AuditNote("restore", "goal", id.value, after: GoalRecord.trail.bytes(after))
        )
        return try view(id, write)
    }

    func pause(_ id: GoalID, in write: HouseholdWrite) throws -> GoalView {
        let before = try live(id, expecting: nil, write)
        guard before.state != .finished else { throw Self.finished }
        guard before.state == .active else { return try view(id, write) }
        var record = before
        record.state = .paused
        try save(record, instead: before, "pause", in: write)
        return try view(id, write)
    }

    /// Goes on with what was paused, or opens again what was finished. What would have come meanwhile does not.
    func resume(_ id: GoalID, in write: HouseholdWrite) throws -> GoalView {
        let before = try live(id, expecting: nil, write)
        guard before.state != .active else { return try view(id, write) }
        var record = before
        record.state = .active
        record.finishedAt = nil
        try beginAgain(&record.automatic, write)
        try save(record, instead: before, "resume", in: write)
        return try view(id, write)
    }

    /// Ends a goal, or this time of one that comes again.
    func finish(_ id: GoalID, _ input: GoalFinishInput, in write: HouseholdWrite) throws -> GoalView
    {
        let before = try live(id, expecting: nil, write)
        guard before.state != .finished else { throw Self.finished }
        guard input.again == nil || before.kind == .sinkingFund else {
            throw APIError.invalid("again", "not_for_kind", "only a sinking fund comes again")
        }
        try mustSeeAll(of: before, write)
        var record = before
        if before.kind == .sinkingFund, input.again ?? true {
            record.beginAgain(today: write.today)
        } else {
            record.state = .finished
            record.finishedAt = write.now
        }
        let released = input.earmarks == .release ? try release(before, in: write) : []
        try save(record, instead: before, "finish", released, in: write)
        return try view(id, write)
    }

    func reorder(_ ids: [GoalID], in write: HouseholdWrite) throws -> [GoalView] {
        let store = Self.books(write)
        let before = try store.all().map(\.id)
        guard ids.count == before.count, Set(ids) == Set(before) else {
            throw APIError.invalid("ids", "not_all", "must name each goal once")
        }
        if ids != before {
            for (index, id) in ids.enumerated() { try store.setPosition(Int64(index + 1), of: id) }
            write.record(
                AuditNote(
                    "reorder",
                    "goal",
                    nil,
                    before: JSONWriter.list(of: before),
                    after: JSONWriter.list(of: ids)
                )
            )
        }
        return try reader(write).list(FieldReader.read(from: []))
    }

    // MARK: Steps

    /// Writes down a goal that was changed.
    func save(
        _ record: GoalRecord,
        instead before: GoalRecord,
        _ action: String,
        _ changes: [AuditNote.Change] = [],
        in write: HouseholdWrite
    ) throws {
        let store = Self.books(write)
        try store.update(record, at: write.now)
        let after = try store.load(record.id)
        write.record(
            AuditNote(
                action,
                "goal",
                record.id.value,
                before: GoalRecord.trail.bytes(before),
                after: GoalRecord.trail.bytes(after),
                changes: changes
            )
        )
    }

    /// Sees whether the target is there, after anything that may have brought it nearer.
    ///
    /// - Parameter isNew: whether it may be another target than before.
    func settle(_ id: GoalID, isNew: Bool = false, in write: HouseholdWrite) throws {
        let view = try GoalReader(
            transaction: write.transaction,
            member: write.member,
            today: write.today
        ).view(id)
        guard view.record.state != .finished else { return }
        if view.figures.isReached, view.record.reachedAt == nil {
            try reach(view, in: write)
        } else if isNew, !view.figures.isReached, view.record.reachedAt != nil {
            try Self.books(write).setReached(nil, id)
        }
    }

    /// The target is there, for the first time this time. Who sees all that is meant for it is told, in the write that
    /// brought it there.
    private func reach(_ view: GoalView, in write: HouseholdWrite) throws {
        let store = Self.books(write)
        try store.setReached(write.now, view.record.id)
        let accounts = Set(try store.allShares(of: view.record.id).keys)
        try Notices(write).tell(.goalReached(view, accounts))
    }

    func decide(
        _ decisions: GoalDecisions,
        on record: inout GoalRecord,
        in write: HouseholdWrite
    ) throws {
        try decisions.apply(to: &record, today: write.today)
        switch decisions.automatic {
        case .absent: return
        case .clear:
            try mustSeeAutomatic(of: record, write)
            record.automatic = nil
        case .value(let input):
            try mustSeeAutomatic(of: record, write)
            record.automatic = try automatic(input, for: record, in: write)
        }
    }

    private func automatic(
        _ input: GoalAutomaticInput,
        for record: GoalRecord,
        in write: HouseholdWrite
    ) throws -> GoalRecord.Automatic {
        _ = try place(input.account, for: record, field: "automatic.account_id", in: write)
        let rule: GoalRecord.Automatic.Rule
        switch (input.name, input.amount, input.day.flatMap(MonthlyDay.init), input.category) {
        case (.fixed, let amount?, let day?, _):
            rule = .fixed(
                try amount.money(in: record.currency, field: "automatic.amount"),
                day
            )
        case (.budget, _, _, let category?):
            try check(category, for: record, in: write)
            rule = .budget(category)
        default: throw APIError.invalid("automatic", "incomplete", "lacks what the rule needs")
        }
        return GoalRecord.Automatic(
            rule: rule,
            account: input.account,
            through: try lastDay(before: rule, write)
        )
    }

    private func check(
        _ category: AccountID,
        for record: GoalRecord,
        in write: HouseholdWrite
    ) throws {
        let field = "automatic.category_id"
        guard record.currency == write.member.currency else {
            throw APIError.invalid(
                field,
                "other_currency",
                "budgets are in the household's currency, and this goal is not"
            )
        }
        let budget = try BudgetService().store(write).find(category, record.currency)
        guard let budget, budget.deletedAt == nil else {
            throw APIError.invalid(field, "not_budgeted", "there is no such category with a budget")
        }
    }

    /// The account as one that can be saved on.
    ///
    /// - Throws: 422
    func place(
        _ id: AccountID,
        for record: GoalRecord,
        field: String,
        in write: HouseholdWrite
    ) throws -> GoalStore.Account {
        let seen = GoalStore(transaction: write.seen, household: write.household)
        guard let account = try seen.account(id) else {
            throw APIError.invalid(field, "not_found", "there is no such account")
        }
        guard account.isAsset else {
            throw APIError.invalid(field, "not_an_asset", "nothing is saved on what is owed")
        }
        guard account.currency == record.currency else {
            throw APIError.invalid(
                field,
                "other_currency",
                "the account is in \(account.currency.code), the goal in \(record.currency.code)"
            )
        }
        return account
    }

    /// The last day that a rule does not see to when it begins today: yesterday, or the day before this period began.
    private func lastDay(
        before rule: GoalRecord.Automatic.Rule,
        _ write: HouseholdWrite
    ) throws -> LocalDate {
        guard case .budget = rule else { return write.today.adding(days: -1) }
        let calendar = try BudgetService().store(write).settings()
            .calendar(weekStart: write.member.weekStart)
        return calendar.period(containing: write.today).span.first.adding(days: -1)
    }

    /// What would have come while a goal rested does not come later.
    private func beginAgain(
        _ automatic: inout GoalRecord.Automatic?,
        _ write: HouseholdWrite
    ) throws {
        guard let known = automatic else { return }
        automatic?.through = max(known.through, try lastDay(before: known.rule, write))
    }
}
