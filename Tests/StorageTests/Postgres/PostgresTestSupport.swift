import Dispatch
import Ledger
import Storage
import Synchronization
import TestSupport
import Testing

extension SQLScope {
    /// A household's scope, of which only the number matters.
    static func household(number: UInt64) -> SQLScope { .household(.numbered(number)) }
}

extension Identifier {
    static func numbered(_ number: UInt64) -> Identifier {
        Identifier(UniqueID(milliseconds: 1_700_000_000_000, sequence: 0, random: number))
    }
}

extension PostgresDatabase {
    func gauge(_ name: String) -> Int64 {
        gauges.first { $0.name == name }?.value ?? -1
    }

    /// How many are open, from one look at the figures.
    var connectionCount: Int64 {
        gauges.filter { ["pool_idle", "pool_in_use"].contains($0.name) }.map(\.value).reduce(0, +)
    }

    /// Gives way to others until so much work waits for a connection.
    func untilWaiting(_ count: Int64) async {
        await eventually { gauge("pool_waiting") == count }
    }

    /// One integer from one statement.
    func integer(_ sql: SQLText, in scope: SQLScope = .shared) async throws -> Int64? {
        try await read(scope) { try $0.first(sql) { try $0.integer() } }
    }

    func expect(
        _ sql: SQLText,
        is expected: Int64?,
        in scope: SQLScope = .shared,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await integer(sql, in: scope)
        #expect(found == expected, sourceLocation: sourceLocation)
    }

    func execute(_ statements: SQLText..., in scope: SQLScope = .shared) async throws {
        try await write(scope) { transaction in
            for statement in statements { try transaction.execute(statement) }
        }
    }
}

/// Counts from any thread.
final class Tally: Sendable {
    private let value = Mutex(0)

    /// - Returns: the count with this one.
    @discardableResult
    func add() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }

    var count: Int { value.withLock(\.self) }
}

/// Something that one side waits for, on a thread of its own or in a task.
final class Signal: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let hasFired = Mutex(false)

    func fire() {
        hasFired.withLock { $0 = true }
        semaphore.signal()
    }

    /// Blocks the thread; for closures inside a transaction, ten seconds at most.
    func wait() {
        _ = semaphore.wait(timeout: .now() + 10)
    }

    func fired() async {
        await eventually { hasFired.withLock(\.self) }
    }
}
