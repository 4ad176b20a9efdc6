import Dispatch
import Ledger
import Storage
import TestSupport
import Testing

/// Blocks a writer's thread until its test lets go, however long that takes.
final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func wait() { semaphore.wait() }
    func fire() { semaphore.signal() }
}

extension SQLiteDatabase {
    func gauge(_ name: String) -> Int64 {
        gauges.first { $0.name == name }?.value ?? -1
    }

    func integer(_ sql: SQLText) async throws -> Int64? {
        try await read(.shared) { try $0.first(sql) { try $0.integer() } }
    }

    func untilQueued(_ count: Int) async {
        await eventually { gauge("writer_queue") >= Int64(count) }
    }

    /// A write that its test waits on.
    func holdWriter() async -> (release: Gate, held: Task<Void, any Error>) {
        let (isHeld, release) = (Signal(), Gate())
        let held = Task {
            try await self.write(.shared) { _ in
                isHeld.fire()
                release.wait()
            }
        }
        await isHeld.fired()
        return (release, held)
    }

    /// Queues writes behind one that holds the writer, so that they gather.
    ///
    /// - Parameter isOrdered: whether each waits for the one before it to be queued.
    func gather(
        _ count: Int,
        isOrdered: Bool = true,
        _ body: @escaping @Sendable (Int, any SQLTransaction) throws -> Void
    ) async throws -> [Result<Void, any Error>] {
        let (release, held) = await holdWriter()
        let results = await withTaskGroup(of: (Int, Result<Void, any Error>).self) { group in
            for number in 0..<count {
                group.addTask {
                    do {
                        try await self.write(.shared) { try body(number, $0) }
                        return (number, .success(()))
                    } catch {
                        return (number, .failure(error))
                    }
                }
                // One after the other, so that the order is known.
                if isOrdered { await untilQueued(number + 1) }
            }
            await untilQueued(count)
            release.fire()
            var results: [Int: Result<Void, any Error>] = [:]
            for await (number, result) in group { results[number] = result }
            return (0..<count).compactMap { results[$0] }
        }
        try await held.value
        return results
    }
}

extension Result where Failure == any Error {
    var storageError: StorageError? {
        if case .failure(let error) = self { error as? StorageError } else { nil }
    }

    var succeeded: Bool { if case .success = self { true } else { false } }
}
