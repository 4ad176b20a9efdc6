import Ledger
import Storage

/// What is meant for a goal, and what is no longer. No money moves by it.
extension GoalService {
    func contribute(
        to id: GoalID,
        _ input: GoalContributionInput,
        in write: HouseholdWrite
    ) throws -> GoalContribution {
        let store = Self.books(write)
        let goal = try live(id, expecting: nil, write)
        guard goal.state != .finished else { throw Self.finished }
        let account = try place(input.account, for: goal, field: "account_id", in: write)
        let amount = try input.amount.money(in: goal.currency, field: "amount")
        guard !amount.isZero else {
            throw APIError.invalid("amount", "zero", "must be more or less than zero")
        }
        let date = input.date ?? write.today
        guard date <= write.today else {
            throw APIError.invalid("date", "in_future", "must not be after today")
        }
        guard amount.isNegative || !account.isClosed else {
            throw APIError.invalid("account_id", "closed", "the account is closed")
        }
        guard try store.countContributions(of: id) < GoalRecord.Limits.contributions else {
            throw APIError.conflict("goal.too_many", "It has too many contributions.")
        }
        if amount.isNegative {
            try mustHold(amount, of: goal, on: account.id, write)
        } else {
            try mustBeFree(amount.tenThousandths, on: account.id, input.allowsOvercommitted, write)
        }
        let made = GoalContribution(
            id: write.ids.next(),
            goal: id,
            goalName: goal.name,
            account: account.id,
            accountName: account.name,
            amount: amount,
            date: date,
            source: .manual,
            period: nil,
            planned: nil,
            note: input.note.flatMap { $0.isEmpty ? nil : $0 },
            person: write.member.person,
            personName: nil,
            createdAt: write.now
        )
        try store.insert(made)
        try settle(id, in: write)
        note("create", after: made, write)
        return try store.contribution(made.id, of: id)
    }

    /// - Throws: 409 `goal.not_enough` where it was taken out since, `goal.overcommitted` where what was taken out is meant
    ///   for something else by now.
    func deleteContribution(
        _ id: GoalContributionID,
        of goal: GoalID,
        allowingOvercommitted isAllowed: Bool,
        in write: HouseholdWrite
    ) throws {
        let record = try live(goal, expecting: nil, write)
        let seen = GoalStore(transaction: write.seen, household: write.household)
        let contribution = try seen.contribution(id, of: goal)
        guard contribution.deletedAt == nil else { throw APIError.notFound("goal_contribution") }
        try mustAllow(try contribution.amount.negated(), contribution, of: record, isAllowed, write)
        try Self.books(write).setDeleted(write.now, id)
        try settle(goal, in: write)
        note("delete", before: contribution, write)
    }

    // MARK: Steps

    /// Takes off all that is meant for a goal.
    func release(_ goal: GoalRecord, in write: HouseholdWrite) throws -> [AuditNote.Change] {
        let store = Self.books(write)
        var changes: [AuditNote.Change] = []
        for (account, sum) in try store.allShares(of: goal.id).sorted(by: { $0.key < $1.key }) {
            let made = GoalContribution(
                id: write.ids.next(),
                goal: goal.id,
                goalName: goal.name,
                account: account,
                accountName: "",
                amount: try Money(tenThousandths: sum, goal.currency).negated(),
                date: write.today,
                source: .release,
                period: nil,
                planned: nil,
                note: nil,
                person: write.member.person,
                personName: nil,
                createdAt: write.now
            )
            try store.insert(made)
            changes.append(Self.change(after: made))
        }
        return changes
    }

    /// Whether what is meant for a goal may change by so much.
    func mustAllow(
        _ change: Money,
        _ contribution: GoalContribution,
        of goal: GoalRecord,
        _ isAllowed: Bool,
        _ write: HouseholdWrite
    ) throws {
        if change.isNegative {
            try mustHold(change, of: goal, on: contribution.account, write)
        } else {
            try mustBeFree(change.tenThousandths, on: contribution.account, isAllowed, write)
        }
    }

    /// - Throws: 409 `goal.not_enough` when less is meant for the goal than is to be taken out.
    private func mustHold(
        _ change: Money,
        of goal: GoalRecord,
        on account: AccountID,
        _ write: HouseholdWrite
    ) throws {
        let held = try Self.books(write).share(of: goal.id, on: account, goal.currency)
        guard try held.adding(change).isNegative else { return }
        var details = JSONWriter()
        details.object { writer in
            writer.name("currency"); writer.string(held.currency.code)
            writer.name("available"); writer.amount(held.tenThousandths, held.currency)
        }
        throw APIError.conflict(
            "goal.not_enough",
            "Only \(held) on this account is meant for “\(goal.name)”.",
            details: details.bytes
        )
    }

    /// - Throws: 409 `goal.overcommitted` when more would be meant for goals than the account holds and that is not
    ///   allowed, `goal.too_large` when it could not be counted.
    func mustBeFree(
        _ amount: Int64,
        on id: AccountID,
        _ isAllowed: Bool,
        _ write: HouseholdWrite
    ) throws {
        let store = Self.books(write)
        guard amount > 0, let account = try store.account(id) else { return }
        let money = Money(tenThousandths: amount, account.currency)
        let (after, free, over) = try APIError.counting(or: .goalsTooLarge) {
            let after = try store.earmarks(on: account).adding(money)
            return (after, try after.free(), try after.overBy())
        }
        guard after.isOvercommitted, !isAllowed else { return }
        var details = JSONWriter()
        details.object { writer in
            let currency = account.currency
            writer.name("account_id"); writer.uuid(account.id.value)
            writer.name("currency"); writer.string(currency.code)
            writer.name("balance"); writer.amount(after.balance.tenThousandths, currency)
            writer.name("earmarked"); writer.amount(after.earmarked.tenThousandths, currency)
            writer.name("free"); writer.amount(free.tenThousandths, currency)
            writer.name("over_by"); writer.amount(over.tenThousandths, currency)
        }
        throw APIError.conflict(
            "goal.overcommitted",
            "“\(account.name)” would be short by \(over): it holds \(after.balance).",
            details: details.bytes
        )
    }

    static func change(
        before: GoalContribution? = nil,
        after: GoalContribution? = nil
    ) -> AuditNote.Change {
        let id = after?.id ?? before?.id
        guard let id else { preconditionFailure("A change is about something.") }
        return AuditNote.Change(
            entity: id.value,
            before: before.map(GoalContribution.trail.bytes),
            after: after.map(GoalContribution.trail.bytes)
        )
    }

    func note(
        _ action: String,
        before: GoalContribution? = nil,
        after: GoalContribution? = nil,
        _ write: HouseholdWrite
    ) {
        write.record(
            AuditNote(
                action,
                "goal_contribution",
                (after ?? before)?.id.value,
                before: before.map(GoalContribution.trail.bytes),
                after: after.map(GoalContribution.trail.bytes)
            )
        )
    }
}
