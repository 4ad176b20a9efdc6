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
        // What a bill brings on a day is there before goals ask for it.
        _ = try await DueBills(environment).run(as: writer)
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
            var round = try GoalRound(due, in: write)
            try round.run()
            guard !round.changes.isEmpty else { return 0 }
            write.record(
                AuditNote(
                    "automatic",
                    "goal_contribution",
                    nil,
                    changes: round.changes,
                    actor: "job",
                    isUnattended: true
                )
            )
            return round.changes.count
        }
    }
}

/// What is due of all goals of a household, day by day: of what is free, the goal whose day came first gets its part first.
private struct GoalRound {
    private let due: [GoalDue.Goal]
    private let write: HouseholdWrite
    /// What each goal still needs; none for those without a target.
    private var remaining: [GoalID: Money] = [:]
    private var free: [AccountID: Money] = [:]
    private(set) var changes: [AuditNote.Change] = []

    private var store: GoalStore { GoalService.books(write) }

    init(_ due: [GoalDue.Goal], in write: HouseholdWrite) throws {
        self.due = due
        self.write = write
        let reader = GoalReader(
            transaction: write.transaction,
            member: write.member,
            today: write.today
        )
        for one in due {
            remaining[one.record.id] = try reader.view(one.record.id).figures.remaining
            free[one.account.id] = try store.earmarks(on: one.account).free()
        }
    }

    mutating func run() throws {
        let done = try due.map { try store.periods(of: $0.record.id) }
        // Those of one day in people's order.
        let parts = due.indices.flatMap { index in
            due[index].parts.filter { !done[index].contains($0.period) }.map { (index, $0) }
        }
        for (index, part) in parts.sorted(by: { ($0.1.date, $0.0) < ($1.1.date, $1.0) }) {
            try earmark(part, of: due[index])
        }
        for one in due {
            try store.setThrough(one.through, one.record.id)
            if !one.parts.isEmpty { try GoalService().settle(one.record.id, in: write) }
        }
    }

    /// Never more than is free, and never more than the target needs.
    private mutating func earmark(_ part: GoalDue.Part, of due: GoalDue.Goal) throws {
        let goal = due.record
        let wanted = part.amount.atMost(remaining[goal.id] ?? part.amount)
        guard wanted.tenThousandths > 0 else { return }
        let amount = wanted.atMost(free[due.account.id]?.orZero ?? .zero(goal.currency))
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
        remaining[goal.id] = try remaining[goal.id]?.subtracting(amount)
        free[due.account.id] = try free[due.account.id]?.subtracting(amount)
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
