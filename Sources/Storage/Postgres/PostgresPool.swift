import Dispatch
import Ledger
import Synchronization

/// Who waits and who works.
///
/// Work waits in one queue, oldest first. Writes of one household stand in it as one lane:
/// whoever takes the lane takes what has gathered there, up to the group's limit, for one commit.
/// Threads are started when work finds nobody free, and end when they have been idle for long.
final class PostgresPool: Sendable {
    fileprivate enum Entry {
        case job(PostgresJob)
        case lane(HouseholdID)
    }

    enum Work {
        case job(PostgresJob)
        case group([PostgresJob], of: HouseholdID)
    }

    struct State {
        fileprivate var queue: [Entry] = []
        fileprivate var lanes: [HouseholdID: [PostgresJob]] = [:]
        fileprivate var isSweeping = false
        fileprivate var closers: [CheckedContinuation<Void, Never>] = []
        var isClosing = false
        /// Trying to connect for as long as work may wait has failed.
        var isServerGone = false
        var waiting = 0
        var threads = 0
        var idleThreads = 0
        var counts = PostgresCounts()

        /// Nil for a lane whose writes have all been refused because they waited for too long.
        fileprivate mutating func takeFirst(_ groupLimit: Int) -> Work? {
            switch queue.removeFirst() {
            case .job(let job):
                waiting -= 1
                return .job(job)
            case .lane(let household):
                let lane = lanes[household] ?? []
                let group = Array(lane.prefix(groupLimit))
                lanes[household] = group.isEmpty ? nil : Array(lane.dropFirst(group.count))
                waiting -= group.count
                return group.isEmpty ? nil : .group(group, of: household)
            }
        }
    }

    let configuration: PostgresConfiguration
    private let state = Mutex(State())
    private let work = DispatchSemaphore(value: 0)

    init(_ configuration: PostgresConfiguration) {
        self.configuration = configuration
    }

    func withState<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
        state.withLock { body(&$0) }
    }

    var isClosing: Bool { state.withLock(\.isClosing) }

    // MARK: Coming

    func enqueue(_ job: PostgresJob) {
        enum Next { case refuse(String), wait, start }
        let next: Next = state.withLock { state in
            if state.isClosing { return .refuse("the pool is closed") }
            guard state.waiting < configuration.waitingLimit else {
                return .refuse("\(configuration.waitingLimit) wait already")
            }
            state.waiting += 1
            if let household = job.household {
                let isQueued = state.lanes[household] != nil
                state.lanes[household, default: []].append(job)
                if isQueued { return .wait }
                state.queue.append(.lane(household))
            } else {
                state.queue.append(.job(job))
            }
            guard state.queue.count > state.idleThreads,
                state.threads < max(configuration.poolSize, 1)
            else { return .wait }
            state.threads += 1
            state.idleThreads += 1
            return .start
        }
        switch next {
        case .refuse(let reason):
            job.fail(StorageError.unavailable(reason))
            return
        case .wait: break
        case .start: PostgresWorker.start(for: self)
        }
        work.signal()
        sweepLater()
    }

    // MARK: Taking

    /// Waits for work; nil when the thread shall end.
    func next() -> Work? {
        while true {
            let limit = DispatchTime.now() + .seconds(configuration.idleTimeoutSeconds)
            let isIdleForLong = work.wait(timeout: limit) == .timedOut
            let (taken, closers) = state.withLock { state in take(&state, isIdleForLong) }
            for closer in closers { closer.resume() }
            switch taken {
            case .work(let work): return work
            case .end: return nil
            case .wait: continue
            }
        }
    }

    private enum Taken {
        case work(Work)
        case end
        case wait
    }

    private func take(
        _ state: inout State,
        _ isIdleForLong: Bool
    ) -> (Taken, [CheckedContinuation<Void, Never>]) {
        while !state.queue.isEmpty {
            guard let work = state.takeFirst(configuration.groupLimit) else { continue }
            state.idleThreads -= 1
            return (.work(work), [])
        }
        guard isIdleForLong || state.isClosing else { return (.wait, []) }
        state.threads -= 1
        state.idleThreads -= 1
        guard state.threads == 0 else { return (.end, []) }
        defer { state.closers = [] }
        return (.end, state.closers)
    }

    /// The thread is free again; the lane it worked on goes on where it left off.
    func finish(_ work: Work) {
        let isQueuedAgain = state.withLock { state in
            state.idleThreads += 1
            guard case .group(_, let household) = work else { return false }
            guard state.lanes[household]?.isEmpty == false else {
                state.lanes[household] = nil
                return false
            }
            state.queue.append(.lane(household))
            return true
        }
        if isQueuedAgain { self.work.signal() }
    }

    // MARK: Leaving

    /// Refuses new work, lets what waits be done, and returns when the last connection is gone.
    func close() async {
        await withCheckedContinuation { continuation in
            let threads = state.withLock { state in
                state.isClosing = true
                if state.threads > 0 { state.closers.append(continuation) }
                return state.threads
            }
            if threads == 0 { continuation.resume() }
            for _ in 0..<threads { work.signal() }
        }
    }

    /// Refuses what has waited for too long, several times in every time-out, as long as anything
    /// waits.
    private func sweepLater() {
        let isFirst = state.withLock { state in
            defer { state.isSweeping = true }
            return !state.isSweeping
        }
        if isFirst { scheduleSweep() }
    }

    private func scheduleSweep() {
        let pause = min(max(configuration.acquireTimeoutMilliseconds / 8, 5), 250)
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(pause)) { [weak self] in
            self?.sweep()
        }
    }

    private func sweep() {
        let now = ContinuousClock.now
        let (late, goesOn) = state.withLock { state in
            var late: [PostgresJob] = []
            state.queue.removeAll { entry in
                guard case .job(let job) = entry, job.deadline < now else { return false }
                late.append(job)
                return true
            }
            for (household, jobs) in state.lanes where jobs.contains(where: { $0.deadline < now }) {
                late += jobs.filter { $0.deadline < now }
                state.lanes[household] = jobs.filter { $0.deadline >= now }
            }
            state.waiting -= late.count
            state.isSweeping = state.waiting > 0
            return (late, state.isSweeping)
        }
        if goesOn { scheduleSweep() }
        for job in late {
            job.fail(StorageError.unavailable("no connection was free in time"))
        }
    }
}

/// What has happened since the start.
struct PostgresCounts: Sendable {
    var commits: Int64 = 0
    var writes: Int64 = 0
    /// Commits that more than one write shared.
    var groups: Int64 = 0
    var retries: Int64 = 0
    var connections: Int64 = 0
    var lostConnections: Int64 = 0
}
