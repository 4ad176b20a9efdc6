import Ledger
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isPresent, Comment(rawValue: PostgresServer.absence)))
struct PostgresGroupTests {
    struct Refusal: Error, Equatable {}

    /// Queues writes of one household behind one that holds the only connection, so that they
    /// gather.
    private static func gather(
        _ count: Int,
        on database: PostgresDatabase,
        _ body: @escaping @Sendable (Int, any SQLTransaction) throws -> Void
    ) async -> [Result<Void, any Error>] {
        let (isHeld, release) = (Signal(), Signal())
        let holder = Task {
            try await database.read(.shared) { _ in
                isHeld.fire()
                release.wait()
            }
        }
        await isHeld.fired()
        return await withTaskGroup(of: (Int, Result<Void, any Error>).self) { group in
            for number in 0..<count {
                group.addTask {
                    do {
                        try await database.write(.household(number: 1)) { try body(number, $0) }
                        return (number, .success(()))
                    } catch {
                        return (number, .failure(error))
                    }
                }
                // One after the other, so that the order is known.
                await database.untilWaiting(Int64(number + 1))
            }
            release.fire()
            _ = await holder.result
            var results: [Int: Result<Void, any Error>] = [:]
            for await (number, result) in group { results[number] = result }
            return (0..<count).compactMap { results[$0] }
        }
    }

    private static func withTable(
        _ body: (PostgresDatabase) async throws -> Void
    ) async throws {
        try await PostgresServer.withEngine({ $0.poolSize = 1 }) { database in
            try await database.execute(
                "CREATE TABLE t (n bigint CONSTRAINT t_key PRIMARY KEY DEFERRABLE)"
            )
            try await body(database)
        }
    }

    @Test func `writes that wait share commits`() async throws {
        try await Self.withTable { database in
            let before = database.gauge("commits_total")

            let results = await Self.gather(70, on: database) { number, transaction in
                try transaction.execute("INSERT INTO t (n) VALUES (\(number))")
            }

            #expect(results.allSatisfy { $0.isSuccess })
            #expect(database.gauge("commits_total") - before == 3, "32, 32 and 6")
            #expect(database.gauge("groups_total") == 3)
            #expect(database.gauge("writes_total") - before == 70)
            try await database.expect("SELECT count(*) FROM t", is: 70)
        }
    }

    /// First, in the middle and last: the last one's statements travel with the commit.
    @Test(arguments: [0, 4, 9], [true, false])
    func `one that fails does not hurt the others`(bad: Int, isAwaited: Bool) async throws {
        try await Self.withTable { database in
            try await database.execute("INSERT INTO t (n) VALUES (1000)")

            let results = await Self.gather(10, on: database) { number, transaction in
                try transaction.execute("INSERT INTO t (n) VALUES (\(number))")
                guard number == bad else { return }
                if isAwaited {
                    _ = try transaction.executeCounting("SELECT 1 / (SELECT 0)")
                } else {
                    try transaction.execute("SELECT 1 / (SELECT 0)")
                }
            }

            for (number, result) in results.enumerated() {
                #expect(result.isSuccess == (number != bad))
            }
            #expect(
                results[bad].error as? StorageError
                    == .engine(code: "22012", message: "division by zero")
            )
            try await database.expect("SELECT count(*) FROM t", is: 10)
            try await database.expect("SELECT count(*) FROM t WHERE n = \(bad)", is: 0)
            #expect(database.gauge("retries_total") == 0)
        }
    }

    @Test func `one that throws by itself is undone alone`() async throws {
        try await Self.withTable { database in
            let results = await Self.gather(6, on: database) { number, transaction in
                try transaction.execute("INSERT INTO t (n) VALUES (\(number))")
                if number % 2 == 0 { throw Refusal() }
            }

            #expect(results.map(\.isSuccess) == [false, true, false, true, false, true])
            #expect(results[0].error is Refusal)
            try await database.expect("SELECT sum(n) FROM t", is: 9)
        }
    }

    @Test func `what is asked for after the commit is done for those alone that are kept`()
        async throws
    {
        try await Self.withTable { database in
            let acts = Tally()

            let results = await Self.gather(9, on: database) { number, transaction in
                transaction.afterCommit { acts.add() }
                try transaction.execute("INSERT INTO t (n) VALUES (\(number))")
                if number % 3 == 0 { throw Refusal() }
                // Fails with the commit, after the closure has returned.
                if number == 8 { try transaction.execute("INSERT INTO t (n) VALUES (1)") }
            }

            #expect(
                results.map(\.isSuccess) == [
                    false, true, true, false, true, true, false, true, false,
                ]
            )
            #expect(acts.count == 5)
        }
    }

    @Test func `when all fail nothing is committed`() async throws {
        try await Self.withTable { database in
            let before = database.gauge("commits_total")

            let results = await Self.gather(4, on: database) { number, transaction in
                try transaction.execute("INSERT INTO t (n) VALUES (\(number))")
                throw Refusal()
            }

            #expect(results.allSatisfy { $0.error is Refusal })
            #expect(database.gauge("commits_total") == before)
            try await database.expect("SELECT count(*) FROM t", is: 0)
        }
    }

    /// A commit that is refused (a constraint checked at its end) undoes all; each is then tried
    /// alone.
    @Test func `a refused commit acknowledges nobody and each is tried alone`() async throws {
        try await Self.withTable { database in
            try await database.execute("INSERT INTO t (n) VALUES (1000)")

            let results = await Self.gather(5, on: database) { number, transaction in
                try transaction.execute("SET CONSTRAINTS ALL DEFERRED")
                try transaction.execute("INSERT INTO t (n) VALUES (\(number == 2 ? 1000 : number))")
            }

            #expect(results.map(\.isSuccess) == [true, true, false, true, true])
            #expect(
                results[2].error as? StorageError == .uniqueViolation(constraint: "t_key")
            )
            try await database.expect("SELECT count(*) FROM t", is: 5)
        }
    }

    @Test func `a later write sees what an earlier one of its group did`() async throws {
        try await Self.withTable { database in
            let results = await Self.gather(20, on: database) { number, transaction in
                let count = try transaction.first("SELECT count(*) FROM t") { try $0.integer() }
                guard count == Int64(number) else { throw Refusal() }
                try transaction.execute("INSERT INTO t (n) VALUES (\(number))")
            }

            #expect(results.allSatisfy { $0.isSuccess })
        }
    }

    @Test func `a connection lost in the middle of a group loses nothing`() async throws {
        try await Self.withTable { database in
            let tries = Tally()

            let results = await Self.gather(8, on: database) { number, transaction in
                try transaction.execute("INSERT INTO t (n) VALUES (\(number))")
                if number == 5, tries.add() == 1 {
                    _ = try transaction.executeCounting(
                        "SELECT pg_terminate_backend(pg_backend_pid())"
                    )
                }
            }

            #expect(results.allSatisfy { $0.isSuccess })
            try await database.expect("SELECT count(*) FROM t", is: 8)
            #expect(database.gauge("connections_total") == 2)
        }
    }

    @Test func `writes of several households run side by side`() async throws {
        try await PostgresServer.withEngine { database in
            let signals = (0..<4).map { _ in Signal() }

            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<4 {
                    group.addTask {
                        try await database.write(.household(number: UInt64(number))) { _ in
                            // Each waits for the next one, so none ends unless all run.
                            signals[(number + 1) % 4].fire()
                            signals[number].wait()
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    /// Two nodes, one counter that is read and then written: without a turn some counts would be
    /// lost.
    @Test func `writers of one household on two nodes take turns`() async throws {
        try await PostgresServer.withEngine { one in
            try await one.execute("CREATE TABLE t (n bigint)", "INSERT INTO t (n) VALUES (0)")
            let two = PostgresDatabase(one.configuration)

            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        try await (number % 2 == 0 ? one : two).write(.household(number: 1)) {
                            transaction in
                            let count = try transaction.first("SELECT n FROM t") {
                                try $0.integer()
                            }
                            try transaction.execute("UPDATE t SET n = \((count ?? 0) + 1)")
                        }
                    }
                }
                try await group.waitForAll()
            }

            try await one.expect("SELECT n FROM t", is: 200)
            #expect(one.gauge("retries_total") + two.gauge("retries_total") == 0)
            try await two.close()
        }
    }
}

extension Result {
    var isSuccess: Bool { error == nil }

    var error: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
