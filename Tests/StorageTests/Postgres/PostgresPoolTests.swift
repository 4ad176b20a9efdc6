import Ledger
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isPresent, Comment(rawValue: PostgresServer.absence)))
struct PostgresPoolTests {
    /// In the lane of the one that works, in a lane of its own, and in none.
    @Test(arguments: [SQLScope.shared, .household(number: 1), .household(number: 2)])
    func `who finds no connection in time is told so`(scope: SQLScope) async throws {
        let limits: (inout PostgresConfiguration) -> Void = {
            $0.poolSize = 1
            $0.acquireTimeoutMilliseconds = 100
        }
        try await PostgresServer.withEngine(limits) { database in
            let (isHeld, release) = (Signal(), Signal())
            async let holder: Void = database.write(.household(number: 1)) { _ in
                isHeld.fire()
                release.wait()
            }
            await isHeld.fired()

            let expected = StorageError.unavailable("no connection was free in time")
            await #expect(throws: expected) { try await database.write(scope) { _ in } }
            await #expect(throws: expected) { try await database.read(scope) { _ in } }

            release.fire()
            try await holder
            #expect(database.gauge("pool_waiting") == 0)
            try await database.ping()
        }
    }

    @Test func `past the limit of those who wait work is refused at once`() async throws {
        let limits: (inout PostgresConfiguration) -> Void = {
            $0.poolSize = 1
            $0.waitingLimit = 2
        }
        try await PostgresServer.withEngine(limits) { database in
            let (isHeld, release) = (Signal(), Signal())
            async let holder: Void = database.read(.shared) { _ in
                isHeld.fire()
                release.wait()
            }
            await isHeld.fired()
            async let first: Void = database.write(.household(number: 1)) { _ in }
            async let second: Void = database.write(.household(number: 1)) { _ in }
            await database.untilWaiting(2)

            await #expect(throws: StorageError.unavailable("2 wait already")) {
                try await database.ping()
            }

            release.fire()
            _ = try await (holder, first, second)
        }
    }

    @Test func `a statement that takes too long is stopped`() async throws {
        let limits: (inout PostgresConfiguration) -> Void = {
            $0.poolSize = 1
            $0.statementTimeoutMilliseconds = 50
        }
        try await PostgresServer.withEngine(limits) { database in
            await #expect(
                throws: StorageError.unavailable("canceling statement due to statement timeout")
            ) {
                try await database.read(.shared) { try $0.execute("SELECT pg_sleep(10)") }
            }
            try await database.ping()
            #expect(database.gauge("connections_total") == 1)
        }
    }

    @Test func `closing lets the work under way end and refuses more`() async throws {
        try await PostgresServer.withEngine { database in
            try await database.execute("CREATE TABLE t (n bigint)")
            let (isRunning, release) = (Signal(), Signal())
            async let last: Void = database.write(.shared) { transaction in
                isRunning.fire()
                release.wait()
                try transaction.execute("INSERT INTO t (n) VALUES (1)")
            }
            await isRunning.fired()
            async let closed: Void = database.close()
            await eventually { (try? await database.ping()) == nil }

            await #expect(throws: StorageError.unavailable("the pool is closed")) {
                try await database.ping()
            }

            release.fire()
            try await last
            try await closed
            #expect(database.gauge("pool_idle") == 0)
            let other = PostgresDatabase(database.configuration)
            try await other.expect("SELECT count(*) FROM t", is: 1)
            try await other.close()
        }
    }

    @Test func `no more connections than the pool's size`() async throws {
        try await PostgresServer.withEngine({ $0.poolSize = 3 }) { database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<100 {
                    group.addTask { try await database.expect("SELECT 1", is: 1) }
                }
                try await group.waitForAll()
            }

            #expect((1...3).contains(database.gauge("connections_total")))
        }
    }

    @Test func `connections that nobody needs are given back`() async throws {
        try await PostgresServer.withEngine({ $0.idleTimeoutSeconds = 0 }) { database in
            for round in 1...3 {
                try await database.ping()
                await eventually { database.connectionCount == 0 }
                #expect(database.gauge("connections_total") == Int64(round))
            }
        }
    }

    @Test func `a server that is not there is unavailable within the time-out`() async throws {
        var configuration = try PostgresConfiguration(
            url: "postgres://somebody:secret@/nothing?host=/nonexistent"
        )
        configuration.acquireTimeoutMilliseconds = 200
        let database = PostgresDatabase(configuration)

        let error = await #expect(throws: StorageError.self) { try await database.ping() }

        guard case .unavailable(let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!reason.contains("secret"))
        try await database.close()
    }

    @Test func `a server that stays away is not waited for by everybody`() async throws {
        var configuration = try PostgresConfiguration(url: "postgres:///x?host=/nonexistent")
        configuration.acquireTimeoutMilliseconds = 1_000
        let database = PostgresDatabase(configuration)
        await #expect(throws: StorageError.self) { try await database.read(.shared) { _ in } }

        let start = ContinuousClock.now
        for _ in 0..<50 {
            await #expect(throws: StorageError.self) { try await database.write(.shared) { _ in } }
        }

        #expect(ContinuousClock.now - start < .seconds(25), "fifty would have waited for fifty")
        try await database.close()
    }

    @Test func `a database that does not exist is not waited for`() async throws {
        try await PostgresServer.withEngine { database in
            let other = PostgresDatabase(database.configuration.database("martlet_never_made"))
            let start = ContinuousClock.now

            await #expect(throws: StorageError.self) { try await other.ping() }

            #expect(ContinuousClock.now - start < .seconds(5))
            try await other.close()
        }
    }
}
