@testable import Features
import Foundation
import HTTPTypes
import Synchronization
import TestSupport
import Testing

/// Work that waits until a test lets it go on.
final class Gate: Sendable {
    private let isOpen = DispatchSemaphore(value: 0)
    private let arrived = Mutex(0)

    /// How many have come to it.
    var arrivals: Int { arrived.withLock(\.self) }

    func pass() {
        arrived.withLock { $0 += 1 }
        isOpen.wait()
        isOpen.signal()
    }

    func open() { isOpen.signal() }

    /// - Parameter count: how many must have come.
    func waitFor(_ count: Int) async {
        await eventually { arrivals >= count }
    }
}

/// What work looks at again and again, without ever waiting.
private final class Signal: Sendable {
    let arrivals = Atomic(0)
    let given = Atomic(false)

    var isGiven: Bool { given.load(ordering: .relaxed) }
}

@Suite struct BoundedPoolTests {
    @Test func `what comes past the bound is told to come back, and the rest is done`() async throws
    {
        let pool = BoundedPool("test", threads: 2, waiting: 32)
        let gate = Gate()

        let outcomes = await withTaskGroup(of: Result<Int, any Error>.self) { group in
            for number in 0..<100 {
                group.addTask {
                    do {
                        return .success(
                            try await pool.run {
                                gate.pass()
                                return number
                            }
                        )
                    } catch { return .failure(error) }
                }
            }
            // Nothing but a refusal can come back before the gate is opened.
            var outcomes: [Result<Int, any Error>] = []
            for await outcome in group {
                outcomes.append(outcome)
                if outcomes.count == 66 { gate.open() }
            }
            return outcomes
        }

        for case .failure(let error) in outcomes.prefix(66) {
            let refusal = try #require(error as? APIError)
            #expect(refusal.status.code == 503 && refusal.retryAfterSeconds != nil)
        }
        let done = outcomes.compactMap { try? $0.get() }
        #expect(Set(done).count == 34)
        #expect(outcomes.prefix(66).allSatisfy { (try? $0.get()) == nil })
    }

    @Test func `what is done makes room, and an error is passed on`() async throws {
        let pool = BoundedPool("test", threads: 1, waiting: 0)

        for number in 0..<20 { #expect(try await pool.run { number } == number) }

        await #expect(throws: CocoaError.self) {
            try await pool.run { throw CocoaError(.fileNoSuchFile) }
        }
        #expect(try await pool.run { 1 } == 1)
    }

    /// Hashing kept Dispatch's threads busy, on which every request runs: those that the pool would
    /// have refused waited before it instead.
    @Test func `a pool that keeps every core busy does not stop tasks`() async throws {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let pool = BoundedPool("test", threads: cores, waiting: 0)
        let signal = Signal()
        // Long: hundreds of other tests may want the same cores.
        let patience = ContinuousClock.now + .seconds(180)

        let seen = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<cores {
                group.addTask {
                    try await pool.run {
                        signal.arrivals.add(1, ordering: .relaxed)
                        // Busy, so that no thread is made in its place, and yet in nobody's way.
                        while !signal.isGiven, ContinuousClock.now < patience { sched_yield() }
                        return signal.isGiven
                    }
                }
            }
            await eventually { signal.arrivals.load(ordering: .relaxed) >= cores }
            signal.given.store(true, ordering: .relaxed)
            return try await group.reduce(into: []) { $0.append($1) }
        }

        #expect(seen == Array(repeating: true, count: cores))
    }
}
