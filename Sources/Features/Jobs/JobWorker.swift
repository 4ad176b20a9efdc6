import Ledger
import Logging
import Storage

/// Does the work of one kind on this node.
package struct JobWorker: Sendable {
    private let environment: ServerEnvironment
    private let handler: any JobHandler

    package init(_ environment: ServerEnvironment, _ handler: any JobHandler) {
        self.environment = environment
        self.handler = handler
    }

    package var kind: String { handler.policy.kind }
    package var lanes: Int { handler.policy.lanes }

    /// Does what is due now, as much at a time as the kind allows.
    ///
    /// - Returns: how much was tried.
    @discardableResult
    package func run() async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<lanes { group.addTask { try await runLane() } }
            var tried = 0
            for try await count in group { tried += count }
            return tried
        }
    }

    /// Does what is due now, one after the other.
    ///
    /// - Returns: how much was tried.
    @discardableResult
    package func runLane() async throws -> Int {
        var tried = 0
        while !Task.isCancelled, let job = try await take() {
            await perform(job)
            tried += 1
        }
        return tried
    }

    /// How long nothing will be due; nil when nothing waits.
    package func secondsToNext() async throws -> Int64? {
        let next = try await environment.database.read(.shared) { [kind] in
            try JobStore(transaction: $0).nextDue(kind)
        }
        let now = environment.clock.now()
        return next.map { max(($0.microseconds - now.microseconds + 999_999) / 1_000_000, 0) }
    }

    private func take() async throws -> RunningJob? {
        let (kind, now) = (kind, environment.clock.now())
        let hasDue = try await environment.database.read(.shared) {
            try JobStore(transaction: $0).hasDue(kind, at: now)
        }
        guard hasDue else { return nil }
        return try await environment.database.write(.shared) {
            let end = now.adding(seconds: JobPolicy.leaseSeconds)
            return try JobStore(transaction: $0).take(kind, at: now, until: end)
        }
    }

    private func perform(_ job: RunningJob) async {
        let began = ContinuousClock.now
        let outcome = await attempt(job)
        environment.metrics.countJob(kind, outcome.name)
        var metadata: Logger.Metadata = [
            "job": "\(job.id)", "kind": "\(job.kind)", "topic": "\(job.topic)",
            "attempt": "\(job.attempt)", "took": "\(ContinuousClock.now - began)",
        ]
        if let household = job.household { metadata["household"] = "\(household)" }
        environment.logger.log(level: outcome.level, "\(outcome.sentence)", metadata: metadata)
    }

    private enum Outcome {
        case done, stopped, lost
        case again(in: Int64, String)
        case dead(String)
        /// Not even that could be written down: it is taken again once its lease has ended.
        case unwritten(any Error)

        var name: String {
            switch self {
            case .done: "done"
            case .stopped: "stopped"
            case .lost, .unwritten: "lost"
            case .again: "again"
            case .dead: "dead"
            }
        }

        var level: Logger.Level {
            switch self {
            case .done, .stopped: .debug
            case .again, .lost: .warning
            case .dead, .unwritten: .error
            }
        }

        var sentence: String {
            switch self {
            case .done: "a job is done"
            case .stopped: "a job was given back: this node stops"
            case .lost: "a job was lost to another node"
            case .again(let seconds, let reason):
                "a job failed and is tried again in \(seconds) s: \(reason)"
            case .dead(let reason): "a job was given up: \(reason)"
            case .unwritten(let error): "what came of a job could not be noted: \(error)"
            }
        }
    }

    private func attempt(_ job: RunningJob) async -> Outcome {
        do {
            do {
                if let tries = handler.policy.tries, job.attempt > tries {
                    throw JobFailure.refused("its last run never ended")
                }
                try await withLease(of: job) { try await handler.run(job) }
                try await note { _ = try $0.finish(job, at: $1) }
                return .done
            } catch let failure as JobFailure {
                try await note { try $0.bury(job, at: $1, because: failure) }
                return .dead(failure.reason)
            } catch is JobLost {
                return .lost
            } catch  where Task.isCancelled {
                try await note { try $0.giveBack(job, dueAt: $1, because: nil) }
                return .stopped
            } catch {
                return try await handle(error, of: job)
            }
        } catch {
            return .unwritten(error)
        }
    }

    private func handle(_ error: any Error, of job: RunningJob) async throws -> Outcome {
        let reason = String("\(error)".prefix(500))
        if let tries = handler.policy.tries, job.attempt >= tries {
            try await note { try $0.bury(job, at: $1, because: .refused(reason)) }
            return .dead(reason)
        }
        let pause = handler.policy.pauseSeconds(after: job.attempt)
        try await note {
            try $0.giveBack(job, dueAt: $1.adding(seconds: pause), because: reason)
        }
        return .again(in: pause, reason)
    }

    private func note(
        _ body: @escaping @Sendable (JobStore, Instant) throws -> Void
    ) async throws {
        let now = environment.clock.now()
        try await environment.database.write(.shared) { try body(JobStore(transaction: $0), now) }
    }

    // MARK: The lease

    /// Says now and then that this node lives, so that long work is not given to another.
    private func withLease(
        of job: RunningJob,
        _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask(operation: work)
            group.addTask { try await keep(job) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// - Throws: `JobLost` when another has it; `CancellationError` when the work has ended.
    private func keep(_ job: RunningJob) async throws {
        while true {
            try await Task.sleep(for: .seconds(JobPolicy.leaseSeconds / 3))
            let end = environment.clock.now().adding(seconds: JobPolicy.leaseSeconds)
            let isMine = try await environment.database.write(.shared) {
                try JobStore(transaction: $0).extend(job, until: end)
            }
            guard isMine else { throw JobLost() }
        }
    }
}
