import Dispatch
import Synchronization

/// Does costly work on a few threads of its own, and refuses what would have to wait too long, so
/// that a storm of it cannot starve everything else.
final class BoundedPool: Sendable {
    private let queue: DispatchQueue
    private let threads: Int
    private let waitingLimit: Int

    private struct State {
        var running = 0
        var waiting: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())

    init(_ label: String, threads: Int, waiting: Int) {
        queue = DispatchQueue(label: label, attributes: .concurrent)
        self.threads = threads
        waitingLimit = waiting
    }

    /// - Throws: 503 when too much waits already; what the work throws.
    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value
    {
        try await withCheckedThrowingContinuation { continuation in
            let isAccepted = submit { continuation.resume(with: Result { try work() }) }
            if !isAccepted {
                continuation.resume(
                    throwing: APIError.unavailable("\(queue.label): the queue is full")
                )
            }
        }
    }

    private func submit(_ job: @escaping @Sendable () -> Void) -> Bool {
        let starts: Bool? = state.withLock { state in
            if state.running < threads {
                state.running += 1
                return true
            }
            guard state.waiting.count < waitingLimit else { return nil }
            state.waiting.append(job)
            return false
        }
        if starts == true { start(job) }
        return starts != nil
    }

    private func start(_ job: @escaping @Sendable () -> Void) {
        queue.async { [self] in
            job()
            let next: (@Sendable () -> Void)? = state.withLock { state in
                if state.waiting.isEmpty {
                    state.running -= 1
                    return nil
                }
                return state.waiting.removeFirst()
            }
            if let next { start(next) }
        }
    }
}
