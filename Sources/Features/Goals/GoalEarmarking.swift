import Ledger
import Storage

/// Earmarks what goals ask for by themselves: so much on a day of the month, or what their category was assigned in a
/// period of the budget, once that is over.
///
/// Each period is seen to once, whatever restarts and however often this runs: its first day is a key (ADR 0025).
package struct GoalEarmarking: Sendable {
    private let environment: ServerEnvironment

    /// How many periods of a goal are made up for in one run; the next goes on.
    static let catchUpLimit = 24

    package init(_ environment: ServerEnvironment) {
        self.environment = environment
    }

    package struct Report: Sendable, Equatable {
        package var contributions = 0
        /// Households that could not be worked on.
        package var failures = 0

        package var isEmpty: Bool { contributions == 0 && failures == 0 }
    }

    /// Works through every household. One that fails is logged and left for the next run.
    package func run() async throws -> Report {
        var report = Report()
        report.failures = try await environment.forEachHousehold(
            orLog: "what goals ask for could not be earmarked"
        ) { writer in
            report.contributions += try await run(as: writer)
        }
        return report
    }

    private func run(as writer: Member) async throws -> Int {
        let today = environment.clock.today(in: writer.timeZone)
        // Without the household's lock, since mostly nothing is due.
        let isDue = try await environment.database.read(.household(writer.household)) {
            try !GoalDue(transaction: $0, member: writer, today: today).all().isEmpty
        }
        guard isDue else { return 0 }
        return try await environment.write(as: writer, requestID: "goals") { write in
            let due = try GoalDue(
                transaction: write.transaction,
                member: write.member,
                today: write.today
            ).all()
            let changes = try due.flatMap { try Self.earmark($0, in: write) }
            guard !changes.isEmpty else { return 0 }
            write.record(
                AuditNote(
                    "automatic",
                    "goal_contribution",
                    nil,
                    changes: changes,
                    actor: "job",
                    isUnattended: true
                )
            )
            return changes.count
        }
    }

    /// Never more than is free, and never more than the target needs.
    private static func earmark(
        _ due: GoalDue.Goal,
        in write: HouseholdWrite
    ) throws -> [AuditNote.Change] {
        let (goal, store) = (due.record, GoalService.books(write))
        let reader = GoalReader(
            transaction: write.transaction,
            member: write.member,
            today: write.today
        )
        let done = try store.periods(of: goal.id)
        var remaining = try reader.view(goal.id).figures.remaining
        var free = try store.earmarks(on: due.account).free()
        var changes: [AuditNote.Change] = []
        for part in due.parts where !done.contains(part.period) {
            let wanted = part.amount.atMost(remaining ?? part.amount)
            guard wanted.tenThousandths > 0 else { continue }
            let amount = wanted.atMost(free.orZero)
            let made = GoalContribution(
                id: write.ids.next(),
                goal: goal.id,
                goalName: goal.name,
                account: due.account.id,
                accountName: due.account.name,
                amount: amount,
                date: part.date,
                source: .automatic,
                period: part.period,
                planned: part.amount,
                note: nil,
                person: nil,
                personName: nil,
                createdAt: write.now
            )
            try store.insert(made)
            changes.append(GoalService.change(after: made))
            remaining = try remaining?.subtracting(amount)
            free = try free.subtracting(amount)
        }
        try store.setThrough(due.through, goal.id)
        if !changes.isEmpty { try GoalService().settle(goal.id, in: write) }
        return changes
    }
}

/// What goals ask for by themselves up to today.
struct GoalDue {
    let transaction: any SQLTransaction
    let member: Member
    let today: LocalDate

    struct Goal: Sendable {
        let record: GoalRecord
        let account: GoalStore.Account
        /// The oldest first; none where nothing was assigned.
        let parts: [Part]
        /// What is seen to with them.
        let through: LocalDate
    }

    struct Part: Sendable {
        /// The first day of the period that it is for.
        let period: LocalDate
        let date: LocalDate
        let amount: Money
    }

    func all() throws -> [Goal] {
        let store = GoalStore(transaction: transaction, household: member.household)
        return try store.automatic().compactMap { record in
            guard let automatic = record.automatic, automatic.through < today,
                let account = try store.account(automatic.account), account.isAsset,
                !account.isClosed, account.currency == record.currency
            else { return nil }
            let (parts, through) = try parts(of: automatic)
            guard let through else { return nil }
            return Goal(record: record, account: account, parts: parts, through: through)
        }
    }

    /// - Returns: nil for the day where nothing is due.
    private func parts(
        of automatic: GoalRecord.Automatic
    ) throws -> (parts: [Part], through: LocalDate?) {
        let limit = GoalEarmarking.catchUpLimit
        switch automatic.rule {
        case .fixed(let amount, let day):
            let dates = day.dates(after: automatic.through, through: today, limit: limit)
            let parts = dates.map { Part(period: $0.month.firstDay, date: $0, amount: amount) }
            return (parts, dates.last)
        case .budget(let category):
            let assigned = try BudgetReader(transaction: transaction, member: member, today: today)
                .assigned(to: category, after: automatic.through, limit: limit)
            let parts = assigned.filter { $0.amount.tenThousandths > 0 }.map {
                Part(period: $0.period.span.first, date: $0.period.span.last, amount: $0.amount)
            }
            return (parts, assigned.last?.period.span.last)
        }
    }
}
