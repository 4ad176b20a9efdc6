import Foundation

/// One thread and its connection. Everything here runs on that thread.
final class PostgresWorker {
    let pool: PostgresPool
    private let limits: PostgresLimits
    private(set) var connection: PostgresConnection?

    private init(_ pool: PostgresPool) {
        self.pool = pool
        limits = PostgresLimits(pool.configuration)
    }

    static func start(for pool: PostgresPool) {
        let thread = Thread { PostgresWorker(pool).run() }
        thread.name = "postgres"
        thread.start()
    }

    private func run() {
        while let work = pool.next() {
            switch work {
            case .job(let job): perform(job)
            case .group(let jobs, _) where jobs.count == 1: perform(jobs[0])
            case .group(let jobs, _): commit(jobs)
            }
            tidy()
            pool.finish(work)
        }
    }

    /// Between transactions, when nobody waits for the answer.
    private func tidy() {
        do {
            try connection?.releaseAbandonedStatements()
        } catch {
            connection?.giveUp()
        }
        if connection?.isBroken == true { connection = nil }
    }

    // MARK: One job

    /// Why a job is run again.
    enum Reason {
        /// It met another writer.
        case conflict
        /// The connection was lost before anything could have been committed.
        case lostConnection
        /// The server no longer knew a statement.
        case staleStatement

        /// How often it may be run in all before the caller is told.
        var tries: Int { self == .conflict ? 3 : 2 }
    }

    private enum Outcome {
        case done
        case again(Reason, any Error)
        case failed(any Error)
    }

    /// Runs a job until it is done, or has failed as often as it may for one reason.
    func perform(_ job: PostgresJob) {
        var tries: [Reason: Int] = [:]
        while true {
            switch attempt(job) {
            case .done:
                return
            case .failed(let error):
                job.fail(error)
                return
            case .again(let reason, let error):
                tries[reason, default: 0] += 1
                let count = tries[reason] ?? 0
                guard count < reason.tries else {
                    job.fail(StorageError.unavailable("tried \(count) times: \(error)"))
                    return
                }
                if reason == .conflict { pause(milliseconds: 5 << count) }
                pool.count { $0.retries += 1 }
            }
        }
    }

    private func attempt(_ job: PostgresJob) -> Outcome {
        let connection: PostgresConnection
        do {
            connection = try connected(by: job.deadline)
        } catch {
            return .failed(error)
        }
        let transaction = PostgresTransaction(connection, job.transactionKind, limits)
        do {
            let finish = try job.run(transaction)
            // A closure may have swallowed it.
            if let failure = transaction.failure { throw failure }
            if case .write = job.kind {
                try transaction.commit()
                pool.count { $0.commits += 1 }
                pool.count { $0.writes += 1 }
                finish()
            } else {
                try transaction.settle()
                let isEnding = try transaction.sendEnd()
                finish()
                if isEnding { settleQuietly(connection) }
            }
            return .done
        } catch {
            return judge(error, job, transaction, connection)
        }
    }

    private func settleQuietly(_ connection: PostgresConnection) {
        do { try connection.collect() } catch { connection.giveUp() }
    }

    private func judge(
        _ error: any Error,
        _ job: PostgresJob,
        _ transaction: PostgresTransaction,
        _ connection: PostgresConnection
    ) -> Outcome {
        if connection.isBroken {
            pool.count { $0.lostConnections += 1 }
            if transaction.isCommitUnanswered { return .failed(Self.unanswered(error)) }
            if case .alone = job.kind { return .failed(error) }
            return .again(.lostConnection, error)
        }
        let failure = transaction.failure
        transaction.rollback()
        if forgetStale(connection) { return .again(.staleStatement, error) }
        if let failure, failure.isConflict { return .again(.conflict, failure) }
        return .failed(error)
    }

    /// A commit whose answer was lost may have happened or not: it is neither a success nor run
    /// again.
    static func unanswered(_ error: any Error) -> StorageError {
        .unavailable("nobody knows whether the commit happened, its answer was lost: \(error)")
    }

    /// Whether the server had lost sight of a statement; all are prepared anew then.
    func forgetStale(_ connection: PostgresConnection) -> Bool {
        guard connection.hasStaleStatement else { return false }
        do {
            try connection.forgetStatements()
        } catch {
            connection.giveUp()
        }
        return true
    }

    func makeTransaction(
        _ connection: PostgresConnection,
        _ kind: PostgresTransaction.Kind
    ) -> PostgresTransaction {
        PostgresTransaction(connection, kind, limits)
    }

    // MARK: Connection

    private static let firstPauseMilliseconds = 20
    private static let longestPauseMilliseconds = 1_000

    /// The connection, made again if need be, with a growing pause between tries. Once the server
    /// has been gone for that long, whoever comes gets one try only, so that callers are told at
    /// once.
    func connected(by deadline: ContinuousClock.Instant) throws(StorageError) -> PostgresConnection
    {
        if let connection, connection.isUsable { return connection }
        connection = nil
        var milliseconds = Self.firstPauseMilliseconds
        while true {
            do {
                let made = try PostgresConnection(pool.configuration)
                connection = made
                pool.noteServer(isGone: false)
                return made
            } catch {
                let isLate = ContinuousClock.now + .milliseconds(milliseconds) > deadline
                let isHopeless = pool.isServerGone || pool.isClosing || error.isRefusalToConnect
                if isLate { pool.noteServer(isGone: true) }
                if isLate || isHopeless { throw error }
            }
            pause(milliseconds: milliseconds)
            milliseconds = min(milliseconds * 2, Self.longestPauseMilliseconds)
        }
    }

    /// Half of it to all of it, so that those who met do not meet again.
    private func pause(milliseconds: Int) {
        Thread.sleep(forTimeInterval: Double.random(in: 0.5...1) * Double(milliseconds) / 1_000)
    }
}

extension StorageError {
    /// Whether trying to connect again is useless: the server said who may not come in.
    var isRefusalToConnect: Bool {
        guard case .unavailable(let message) = self else { return false }
        return ["authentication failed", "does not exist", "no pg_hba.conf entry"].contains {
            message.contains($0)
        }
    }
}

extension PostgresPool {
    func count(_ change: (inout PostgresCounts) -> Void) {
        withState { change(&$0.counts) }
    }

    var isServerGone: Bool { withState(\.isServerGone) }

    func noteServer(isGone: Bool) {
        withState { state in
            state.isServerGone = isGone
            if !isGone { state.counts.connections += 1 }
        }
    }
}
