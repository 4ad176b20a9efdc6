import Ledger
import Storage

/// Removes for good what was deleted more than 30 days ago, once it can no longer be restored (ADR 0015).
///
/// Each household in turn, in small writes that take the household's lock like any other. What a write removes,
/// and nothing but it, stands in one entry of the trail.
package struct Purge: Sendable {
    /// How many rows share a write: others wait for it.
    static let batch = 256

    /// How many writes a household gets in one run; the rest is for the next.
    static let writeLimit = 400

    private let environment: ServerEnvironment

    package init(_ environment: ServerEnvironment) {
        self.environment = environment
    }

    /// The moment before which what was deleted is removed: the first at which nothing can be restored.
    static func cutoff(at now: Instant) -> Instant {
        now.adding(seconds: -TransactionService.restorableSeconds)
    }

    /// Works through every household. One that fails is logged and left for the next run.
    ///
    /// - Throws: when the task was cancelled, or the households cannot be listed.
    package func run() async throws -> PurgeReport {
        var report = PurgeReport()
        report.sessions = try await removeSessions()
        report.jobs = try await removeJobs()
        report.tokens = try await removeTokens()
        report.notices = try await removeNotices()
        report.failures = try await environment.forEachHousehold(
            orLog: "the purge of a household failed"
        ) { writer in
            report += try await run(as: writer)
        }
        return report
    }

    private func run(as writer: Member) async throws -> PurgeReport {
        var report = PurgeReport()
        let household = writer.household
        let now = environment.clock.now()
        let cutoff = Self.cutoff(at: now)
        let keyCutoff = now.adding(seconds: -IdempotencyStore.keptSeconds)
        let due = try await environment.database.read(.household(household)) {
            try PurgeStore(transaction: $0, household: household)
                .due(before: cutoff, keysBefore: keyCutoff)
        }
        if due.hasKeys {
            report.keys = try await environment.database.write(.household(household)) {
                try PurgeStore(transaction: $0, household: household).removeKeys(before: keyCutoff)
            }
        }
        if due.hasTransactions {
            report.transactions = try await repeated(as: writer, "transaction") { store in
                let ids = try store.transactions(deletedBefore: cutoff, limit: Self.batch)
                if !ids.isEmpty { try store.remove(ids) }
                return ids.map(\.value)
            }
        }
        if due.hasBills {
            report.bills = try await repeated(as: writer, "bill") { store in
                let ids = try store.bills(deletedBefore: cutoff, limit: Self.batch)
                if !ids.isEmpty { try store.remove(ids) }
                return ids.map(\.value)
            }
        }
        if due.hasNodes || due.hasTransactions || due.hasBills {
            report.nodes = try await repeated(as: writer, "account") { store in
                let ids = try store.nodes(deletedBefore: cutoff, limit: Self.batch)
                if !ids.isEmpty { try store.remove(ids) }
                return ids.map(\.value)
            }
        }
        if due.hasBudgets {
            report.budgets = try await repeated(as: writer, "budget") { store in
                let ids = try store.budgets(deletedBefore: cutoff, limit: Self.batch)
                if !ids.isEmpty { try store.removeBudgets(of: ids) }
                return ids.map(\.value)
            }
        }
        if due.hasTasks {
            report.tasks = try await repeated(as: writer, "task") { store in
                let ids = try store.tasks(deletedBefore: cutoff, limit: Self.batch)
                if !ids.isEmpty { try store.remove(ids) }
                return ids.map(\.value)
            }
        }
        try await removeGoals(as: writer, due, before: cutoff, &report)
        if due.hasFiles {
            report.files = try await repeated(as: writer, "import") { store in
                let ids = try store.files(undoneBefore: cutoff, limit: Self.batch)
                if !ids.isEmpty { try store.removeFiles(of: ids) }
                return ids.map(\.value)
            }
        }
        return report
    }

    private func removeGoals(
        as writer: Member,
        _ due: PurgeStore.Due,
        before cutoff: Instant,
        _ report: inout PurgeReport
    ) async throws {
        if due.hasGoals {
            report.goals = try await repeated(as: writer, "goal") { store in
                let ids = try store.goals(deletedBefore: cutoff, limit: Self.batch)
                if !ids.isEmpty { try store.removeGoals(ids) }
                return ids.map(\.value)
            }
        }
        if due.hasContributions {
            report.contributions = try await repeated(as: writer, "goal_contribution") { store in
                let ids = try store.contributions(deletedBefore: cutoff, limit: Self.batch)
                if !ids.isEmpty { try store.removeContributions(ids) }
                return ids.map(\.value)
            }
        }
        if due.hasDebts {
            report.debts = try await repeated(as: writer, "debt") { store in
                let ids = try store.debts(deletedBefore: cutoff, limit: Self.batch)
                if !ids.isEmpty { try store.removeDebts(of: ids) }
                return ids.map(\.value)
            }
        }
    }

    /// Writes until there is nothing left to remove.
    ///
    /// - Returns: how many rows were removed.
    private func repeated(
        as member: Member,
        _ entity: String,
        _ remove: @escaping @Sendable (PurgeStore) throws -> [UniqueID]
    ) async throws -> Int {
        var removed = 0
        for _ in 0..<Self.writeLimit {
            try Task.checkCancellation()
            let count = try await environment.write(as: member, requestID: "purge") { write in
                let ids = try remove(
                    PurgeStore(transaction: write.transaction, household: write.household)
                )
                guard !ids.isEmpty else { return 0 }
                write.record(
                    AuditNote(
                        "purge",
                        entity,
                        nil,
                        changes: ids.map { .init(entity: $0, before: nil, after: nil) },
                        actor: "job",
                        isUnattended: true
                    )
                )
                return ids.count
            }
            guard count > 0 else { break }
            removed += count
        }
        return removed
    }

    private func removeSessions() async throws -> Int {
        try await removeShared { transaction, cutoff in
            try SharedPurgeStore(transaction: transaction)
                .removeSessions(before: cutoff, limit: Self.batch)
        }
    }

    private func removeJobs() async throws -> Int {
        try await removeShared { transaction, cutoff in
            try JobStore(transaction: transaction).remove(before: cutoff, limit: Self.batch)
        }
    }

    /// Tokens that work once are of no use a day after they ran out.
    private func removeTokens() async throws -> Int {
        let cutoff = environment.clock.now().adding(seconds: -86_400)
        return try await removeShared { transaction, _ in
            try OneTimeTokenStore(transaction).removeOld(before: cutoff, limit: Self.batch)
        }
    }

    /// What a notice said is forgotten first, and that it was told once its cause cannot come again.
    private func removeNotices() async throws -> Int {
        let now = environment.clock.now()
        let forgotten = try await removeShared { transaction, _ in
            try NoticeStore(transaction: transaction).forgetOld(
                before: now.adding(seconds: -NoticeStore.keptSeconds),
                limit: Self.batch
            )
        }
        _ = try await removeShared { transaction, _ in
            try NoticeStore(transaction: transaction).removeOld(
                before: now.adding(seconds: -NoticeStore.knownSeconds),
                limit: Self.batch
            )
        }
        return forgotten
    }

    /// Writes until there is nothing left to remove of what belongs to no household.
    private func removeShared(
        _ remove: @escaping @Sendable (any SQLTransaction, Instant) throws -> Int
    ) async throws -> Int {
        let cutoff = Self.cutoff(at: environment.clock.now())
        var removed = 0
        for _ in 0..<Self.writeLimit {
            try Task.checkCancellation()
            let count = try await environment.database.write(.shared) { try remove($0, cutoff) }
            guard count > 0 else { break }
            removed += count
        }
        return removed
    }
}

/// What a purge removed.
package struct PurgeReport: Sendable, Equatable {
    package var transactions = 0
    /// Accounts and categories.
    package var nodes = 0
    package var budgets = 0
    package var tasks = 0
    package var bills = 0
    package var goals = 0
    /// Earmarks that were deleted, of goals that are still there.
    package var contributions = 0
    package var debts = 0
    package var files = 0
    package var keys = 0
    package var sessions = 0
    /// Letters that were sent and other work that was done, or given up.
    package var jobs = 0
    /// Links, challenges and half sign-ins that ran out.
    package var tokens = 0
    package var notices = 0
    /// Households that could not be worked on.
    package var failures = 0

    package init() {}

    package var isEmpty: Bool { self == PurgeReport() }

    static func += (sum: inout PurgeReport, part: PurgeReport) {
        sum.transactions += part.transactions
        sum.nodes += part.nodes
        sum.budgets += part.budgets
        sum.tasks += part.tasks
        sum.bills += part.bills
        sum.goals += part.goals
        sum.contributions += part.contributions
        sum.debts += part.debts
        sum.files += part.files
        sum.keys += part.keys
        sum.sessions += part.sessions
        sum.jobs += part.jobs
        sum.tokens += part.tokens
        sum.notices += part.notices
        sum.failures += part.failures
    }
}
