import GRDB
import Ledger
import Synchronization

/// Waiting writes share one transaction and one sync, each in its own savepoint.
///
/// A disk gives so many syncs a second and no more; sharing them lets writes go on at the speed of the
/// statements. Nobody is told of success before the sync that covers it.
final class SQLiteWriteQueue: Sendable {
    /// Past it a writer is refused at once rather than made to wait for minutes.
    private let waitingLimit: Int

    /// The most writes that share a commit, so that the first of them does not wait for long.
    static let groupLimit = 64

    private struct State {
        var waiting: [Job] = []
        var isDraining = false
        var idle: [CheckedContinuation<Void, Never>] = []
        var commits: Int64 = 0
        var writes: Int64 = 0
        var lastFailure: StorageError?
    }

    /// A write that waits. `run` gives what to do once it is safe.
    struct Job: Sendable {
        let run: @Sendable (SQLiteTransaction) throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    private let pool: DatabasePool
    private let versions: VersionBoard
    private let onSyncFailure: @Sendable (StorageError) -> Void
    private let state = Mutex(State())

    init(
        pool: DatabasePool,
        versions: VersionBoard,
        waitingLimit: Int,
        onSyncFailure: @escaping @Sendable (StorageError) -> Void
    ) {
        self.waitingLimit = waitingLimit
        self.pool = pool
        self.versions = versions
        self.onSyncFailure = onSyncFailure
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job { transaction in
                try transaction.run(body) { continuation.resume(returning: $0) }
            } fail: {
                continuation.resume(throwing: $0)
            }
            enqueue(job)
        }
    }

    /// Waits until nothing waits.
    func drain() async throws {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.isDraining { state.idle.append(continuation) }
                return !state.isDraining
            }
            if isIdle { continuation.resume() }
        }
    }

    /// Why the last group could not be committed; nil once one could.
    var lastFailure: StorageError? { state.withLock(\.lastFailure) }

    var gauges: [StorageGauge] {
        state.withLock { state in
            [
                StorageGauge(
                    name: "writer_queue",
                    help: "Writes that wait.",
                    value: Int64(state.waiting.count)
                ),
                StorageGauge(
                    name: "commits_total",
                    help: "Transactions committed.",
                    value: state.commits
                ),
                StorageGauge(
                    name: "writes_total",
                    help: "Writes acknowledged.",
                    value: state.writes
                ),
            ]
        }
    }

    private func enqueue(_ job: Job) {
        enum Next { case refuse, wait, drain }
        let next: Next = state.withLock { state in
            guard state.waiting.count < waitingLimit else { return .refuse }
            state.waiting.append(job)
            guard !state.isDraining else { return .wait }
            state.isDraining = true
            return .drain
        }
        switch next {
        case .refuse: job.fail(StorageError.unavailable("\(waitingLimit) writes wait already"))
        case .wait: break
        case .drain: pool.asyncWriteWithoutTransaction { self.commitGroups(on: $0) }
        }
    }

    private func commitGroups(on database: Database) {
        while let group = takeGroup() { commit(group, on: database) }
    }

    private func takeGroup() -> [Job]? {
        let (group, idle): ([Job]?, [CheckedContinuation<Void, Never>]) = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                defer { state.idle = [] }
                return (nil, state.idle)
            }
            let group = Array(state.waiting.prefix(Self.groupLimit))
            state.waiting.removeFirst(group.count)
            return (group, [])
        }
        for waiter in idle { waiter.resume() }
        return group
    }

    /// Commits a group, or each of it alone when the group as a whole fails.
    private func commit(_ group: [Job], on database: Database) {
        do {
            try attempt(group, on: database)
        } catch let error where group.count > 1 && !error.isSyncFailure {
            for job in group { commit([job], on: database) }
        } catch {
            state.withLock { $0.lastFailure = error }
            if error.isSyncFailure { onSyncFailure(error) }
            for job in group { job.fail(error) }
        }
    }

    private func attempt(_ group: [Job], on database: Database) throws(StorageError) {
        let transaction = SQLiteTransaction(database)
        var done: [@Sendable () -> Void] = []
        var failed: [(job: Job, error: any Error)] = []
        do {
            try transaction.execute("BEGIN IMMEDIATE")
            for job in group {
                do {
                    done.append(
                        try group.count == 1
                            ? job.run(transaction)
                            : transaction.inSavepoint { try job.run(transaction) }
                    )
                } catch {
                    guard transaction.isOpen else { throw error }
                    failed.append((job, error))
                }
                guard transaction.isOpen else {
                    throw StorageError.unavailable("SQLite rolled the transaction back")
                }
            }
            try transaction.execute(done.isEmpty ? "ROLLBACK" : "COMMIT")
        } catch {
            // The transaction may be gone already; an error here says nothing that the first did not.
            if transaction.isOpen { try? transaction.execute("ROLLBACK") }
            throw error as? StorageError ?? .engine(code: "write", message: "\(error)")
        }
        acknowledge(done, transaction.notedVersions)
        for (job, error) in failed { job.fail(error) }
    }

    private func acknowledge(
        _ done: [@Sendable () -> Void],
        _ noted: [HouseholdID: Int64]
    ) {
        guard !done.isEmpty else { return }
        for (household, version) in noted { versions.raise(household, to: version) }
        state.withLock { state in
            state.commits += 1
            state.writes += Int64(done.count)
            state.lastFailure = nil
        }
        for resume in done { resume() }
    }
}

extension StorageError {
    fileprivate var isSyncFailure: Bool {
        if case .syncFailed = self { true } else { false }
    }
}
