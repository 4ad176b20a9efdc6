import Foundation
import Synchronization

/// Does costly work on a few threads of its own, and refuses what would have to wait too long, so
/// that a storm of it cannot starve everything else.
///
/// The threads are not Dispatch's: Swift's tasks run on those, and work that keeps them all busy
/// stops every request, the ones that would have been refused among them.
final class BoundedPool: Sendable {
    /// Does the work and gives what tells of it.
    private typealias Job = @Sendable () -> @Sendable () -> Void

    private let name: String
    private let threads: Int
    private let waitingLimit: Int

    private struct State {
        var running = 0
        var waiting: [Job] = []
    }

    private let state = Mutex(State())

    init(_ name: String, threads: Int, waiting: Int) {
        self.name = name
        self.threads = threads
        waitingLimit = waiting
    }

    /// - Throws: 503 when too much waits already; what the work throws.
    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value
    {
        try await withCheckedThrowingContinuation { continuation in
            let isAccepted = submit {
                let result = Result { try work() }
                return { continuation.resume(with: result) }
            }
            if !isAccepted {
                continuation.resume(throwing: APIError.unavailable("\(name): the queue is full"))
            }
        }
    }

    private func submit(_ job: @escaping Job) -> Bool {
        enum Next { case refuse, wait, start }
        let next: Next = state.withLock { state in
            if state.running < threads {
                state.running += 1
                return .start
            }
            guard state.waiting.count < waitingLimit else { return .refuse }
            state.waiting.append(job)
            return .wait
        }
        if next == .start { start(job) }
        return next != .refuse
    }

    /// Starts a thread that works until nothing waits.
    private func start(_ first: @escaping Job) {
        let thread = Thread { [self] in
            Thread.current.name = name
            var job: Job? = first
            while let work = job {
                let tell = work()
                // Its place is free before anyone hears that it is done.
                job = takeNext()
                tell()
            }
        }
        thread.start()
    }

    private func takeNext() -> Job? {
        state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.running -= 1
            return nil
        }
    }
}
