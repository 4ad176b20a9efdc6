/// Writes of one household that share a commit, each in its own savepoint.
extension PostgresWorker {
    private enum GroupOutcome {
        case committed(PostgresGroup)
        /// Nothing of it is in the database.
        case failed
        case unanswered(any Error)
    }

    /// Nobody is told anything before the commit that covers it: even a refusal may rest on what
    /// another write of the group did, which is only true once that is committed.
    func commit(_ jobs: [PostgresJob]) {
        switch attempt(jobs) {
        case .committed(let group):
            pool.countGroup(writes: group.done.count)
            for (_, finish) in group.done { finish() }
            for (job, error) in group.refused { job.fail(error) }
            for job in group.again { perform(job) }
        case .failed:
            pool.count { $0.retries += 1 }
            for job in jobs { perform(job) }
        case .unanswered(let error):
            for job in jobs { job.fail(Self.unanswered(error)) }
        }
    }

    private func attempt(_ jobs: [PostgresJob]) -> GroupOutcome {
        let connection: PostgresConnection
        do {
            connection = try connected(by: jobs.map(\.deadline).min() ?? .now)
        } catch {
            return .failed
        }
        let transaction = makeTransaction(connection, jobs[0].transactionKind)
        var group = PostgresGroup()
        do {
            for (index, job) in jobs.enumerated() {
                try run(job, isLast: index == jobs.count - 1, transaction, &group)
            }
            try finish(&group, transaction)
            _ = forgetStale(connection)
            return .committed(group)
        } catch {
            if connection.isBroken {
                pool.count { $0.lostConnections += 1 }
                return transaction.isCommitUnanswered ? .unanswered(error) : .failed
            }
            transaction.rollback()
            _ = forgetStale(connection)
            return .failed
        }
    }

    /// - Throws: when the transaction as a whole is lost.
    private func run(
        _ job: PostgresJob,
        isLast: Bool,
        _ transaction: PostgresTransaction,
        _ group: inout PostgresGroup
    ) throws {
        try transaction.openSavepoint()
        do {
            let finish = try job.run(transaction)
            if let failure = transaction.failure { throw failure }
            // The last one's answers come with the commit's.
            if !isLast {
                try transaction.settle()
                try transaction.releaseSavepoint()
            }
            group.done.append((job, finish))
        } catch {
            let failure = transaction.failure
            try transaction.rollBackToSavepoint()
            group.add(job, error, failure, isStale: connection?.hasStaleStatement == true)
        }
    }

    /// Commits. What fails along with it, but left the transaction standing, can only be of the
    /// last job.
    private func finish(
        _ group: inout PostgresGroup,
        _ transaction: PostgresTransaction
    ) throws {
        guard !group.done.isEmpty else {
            transaction.rollback()
            return
        }
        do {
            try transaction.commit()
        } catch {
            guard transaction.isFailed, let (last, _) = group.done.popLast() else { throw error }
            try transaction.rollBackToSavepoint()
            group.add(last, error, error, isStale: connection?.hasStaleStatement == true)
            try finish(&group, transaction)
        }
    }
}

/// What became of the writes that share a commit.
struct PostgresGroup {
    var done: [(PostgresJob, @Sendable () -> Void)] = []
    var refused: [(PostgresJob, any Error)] = []
    /// They met another writer, or the server had lost sight of a statement.
    var again: [PostgresJob] = []

    mutating func add(
        _ job: PostgresJob,
        _ error: any Error,
        _ failure: StorageError?,
        isStale: Bool
    ) {
        if isStale || failure?.isConflict == true {
            again.append(job)
        } else {
            refused.append((job, error))
        }
    }
}

extension PostgresPool {
    fileprivate func countGroup(writes: Int) {
        guard writes > 0 else { return }
        withState { state in
            state.counts.commits += 1
            state.counts.writes += Int64(writes)
            if writes > 1 { state.counts.groups += 1 }
        }
    }
}
