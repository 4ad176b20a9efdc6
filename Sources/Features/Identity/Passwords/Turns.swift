import Synchronization

/// Lets those who want the same thing do it one after the other, in the order in which they came.
final class Turns: Sendable {
    private struct State {
        /// Who waits for what somebody has.
        var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]
    }

    private let state = Mutex(State())

    /// How many may wait for one thing.
    private let limit: Int

    init(waiting limit: Int = 32) {
        self.limit = limit
    }

    /// - Throws: 503 when too many wait already; what the work throws.
    func take<Value>(
        _ name: String,
        isolation: isolated (any Actor)? = #isolation,
        _ work: () async throws -> Value
    ) async throws -> Value {
        try await enter(name)
        defer { leave(name) }
        return try await work()
    }

    private func enter(_ name: String) async throws {
        enum Next { case go, wait, refuse }
        var next = Next.go
        await withCheckedContinuation { continuation in
            next = state.withLock { state in
                guard let others = state.waiting[name] else {
                    state.waiting[name] = []
                    return .go
                }
                guard others.count < limit else { return .refuse }
                state.waiting[name]?.append(continuation)
                return .wait
            }
            if next != .wait { continuation.resume() }
        }
        if next == .refuse { throw APIError.unavailable("too many wait for one turn") }
    }

    private func leave(_ name: String) {
        let after: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard var others = state.waiting[name], !others.isEmpty else {
                state.waiting[name] = nil
                return nil
            }
            let first = others.removeFirst()
            state.waiting[name] = others
            return first
        }
        after?.resume()
    }
}
