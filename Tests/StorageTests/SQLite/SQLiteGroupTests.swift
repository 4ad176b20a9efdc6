import Foundation
import Ledger
import Storage
import TestSupport
import Testing

struct SQLiteGroupTests {
    struct Refusal: Error, Equatable {}

    private static func withTable(_ body: (SQLiteDatabase) async throws -> Void) async throws {
        try await TemporarySQLite.withDatabase { database in
            try await database.write(.shared) {
                try $0.execute("CREATE TABLE t (n INTEGER NOT NULL PRIMARY KEY, a INTEGER) STRICT")
            }
            try await body(database)
        }
    }

    @Test func `writes that wait share commits`() async throws {
        try await Self.withTable { database in
            let commits = database.gauge("commits_total")
            let writes = database.gauge("writes_total")

            let results = try await database.gather(130) { number, transaction in
                try transaction.execute("INSERT INTO t (n) VALUES (\(number))")
            }

            #expect(results.allSatisfy { $0.succeeded })
            #expect(database.gauge("writes_total") - writes == 131)
            #expect(database.gauge("commits_total") - commits == 4, "the holder, then 64, 64 and 2")
            #expect(database.gauge("writer_queue") == 0)
            let count = try await database.integer("SELECT COUNT(*) FROM t")
            #expect(count == 130)
        }
    }

    @Test(arguments: [0, 4, 9])
    func `one that fails does not hurt the others`(bad: Int) async throws {
        try await Self.withTable { database in
            let results = try await database.gather(10) { number, transaction in
                try transaction.execute("INSERT INTO t (n) VALUES (\(number))")
                if number == bad { try transaction.execute("INSERT INTO t (n) VALUES (\(number))") }
            }

            #expect(results.map(\.succeeded) == (0..<10).map { $0 != bad })
            #expect(results[bad].storageError == .uniqueViolation(constraint: "t.n"))
            let sum = try await database.integer("SELECT SUM(n) FROM t")
            #expect(sum == Int64(45 - bad))
        }
    }

    @Test func `one that throws by itself is undone alone`() async throws {
        try await Self.withTable { database in
            let results = try await database.gather(6) { number, transaction in
                try transaction.execute("INSERT INTO t (n) VALUES (\(number))")
                if number % 2 == 0 { throw Refusal() }
            }

            #expect(results.map(\.succeeded) == [false, true, false, true, false, true])
            let sum = try await database.integer("SELECT SUM(n) FROM t")
            #expect(sum == 9)
        }
    }

    @Test func `when all fail nothing is committed`() async throws {
        try await Self.withTable { database in
            let results = try await database.gather(4) { number, transaction in
                try transaction.execute("INSERT INTO t (n) VALUES (\(number))")
                throw Refusal()
            }

            #expect(results.allSatisfy { !$0.succeeded })
            let count = try await database.integer("SELECT COUNT(*) FROM t")
            #expect(count == 0)
        }
    }

    @Test func `a later write sees what an earlier one of its group did`() async throws {
        try await Self.withTable { database in
            let results = try await database.gather(20) { number, transaction in
                let count = try transaction.first("SELECT COUNT(*) FROM t") { try $0.integer() }
                guard count == Int64(number) else { throw Refusal() }
                try transaction.execute("INSERT INTO t (n) VALUES (\(number))")
            }

            #expect(results.allSatisfy { $0.succeeded })
        }
    }

    /// A statement that ends the whole transaction takes nobody along: each is tried alone.
    @Test func `one that ends the transaction under the others fails alone`() async throws {
        try await Self.withTable { database in
            try await database.write(.shared) { transaction in
                for number in 0..<2 {
                    try transaction.execute("INSERT INTO t (n) VALUES (\(1_000 + number))")
                }
            }

            let results = try await database.gather(6) { number, transaction in
                try transaction.execute("INSERT INTO t (n) VALUES (\(number))")
                if number == 3 {
                    try transaction.execute("INSERT OR ROLLBACK INTO t (n) VALUES (1000)")
                }
            }

            #expect(results.map(\.succeeded) == [true, true, true, false, true, true])
            #expect(results[3].storageError != nil)
            let count = try await database.integer("SELECT COUNT(*) FROM t WHERE n < 1000")
            #expect(count == 5)
        }
    }

    @Test func `past the bound a write is refused at once and the others go on`() async throws {
        try await TemporarySQLite.withFolder { folder in
            let path = folder.appending(path: "a.db").path
            let database = try SQLiteDatabase(path: path, waitingWrites: 5) { _ in }
            try await database.write(.shared) { try $0.execute("CREATE TABLE t (n INTEGER)") }
            let (release, held) = await database.holdWriter()
            let waiting = Task {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<5 {
                        group.addTask {
                            try await database.write(.shared) {
                                try $0.execute("INSERT INTO t (n) VALUES (\(number))")
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            await database.untilQueued(5)

            await #expect(throws: StorageError.unavailable("5 writes wait already")) {
                try await database.write(.shared) {
                    try $0.execute("INSERT INTO t (n) VALUES (9)")
                }
            }

            release.fire()
            try await held.value
            try await waiting.value
            let sum = try await database.integer("SELECT SUM(n) FROM t")
            #expect(sum == 10)
            try await database.close()
        }
    }

    @Test func `a version is told of only when its write is kept`() async throws {
        try await TestEngine.sqlite.withDatabase { database in
            guard let database = database as? SQLiteDatabase else { return }
            let kept = HouseholdID.numbered(1)
            let lost = HouseholdID.numbered(2)

            _ = try await database.gather(4) { number, transaction in
                transaction.noteVersion(Int64(number), of: kept)
                if number == 2 { transaction.noteVersion(9, of: lost) }
                if number >= 2 { throw Refusal() }
            }

            let known = try await database.version(of: kept)
            let unknown = try await database.version(of: lost)
            #expect(known == 1, "the second of the group, the failed ones took theirs back")
            #expect(unknown == nil)
        }
    }

    @Test func `what is asked for after the commit is done for those alone that are kept`()
        async throws
    {
        try await Self.withTable { database in
            let acts = Tally()

            let results = try await database.gather(9) { number, transaction in
                try transaction.execute("INSERT INTO t (n) VALUES (\(number))")
                transaction.afterCommit { acts.add() }
                if number % 3 == 0 { throw Refusal() }
            }

            #expect(results.filter(\.succeeded).count == 6)
            #expect(acts.count == 6)
        }
    }

    @Test func `a read keeps its snapshot while writes go on`() async throws {
        try await Self.withTable { database in
            let (isReading, isWritten) = (Signal(), Signal())
            let reading = Task {
                try await database.read(.shared) { transaction in
                    let count = {
                        try transaction.first("SELECT COUNT(*) FROM t") { try $0.integer() }
                    }
                    let before = try count()
                    isReading.fire()
                    isWritten.wait()
                    return [before, try count()]
                }
            }
            await isReading.fired()

            try await database.write(.shared) { try $0.execute("INSERT INTO t (n) VALUES (1)") }
            isWritten.fire()

            let seen = try await reading.value
            let now = try await database.integer("SELECT COUNT(*) FROM t")
            #expect(seen == [0, 0])
            #expect(now == 1)
        }
    }

    @Test func `a read cannot write`() async throws {
        try await Self.withTable { database in
            await #expect(throws: StorageError.self) {
                try await database.read(.shared) { try $0.execute("INSERT INTO t (n) VALUES (1)") }
            }
        }
    }

    @Test func `each commit is synced and the file is whole`() async throws {
        try await Self.withTable { database in
            let level = try await database.write(.shared) {
                try $0.first("PRAGMA synchronous") { try $0.integer() }
            }
            let keys = try await database.write(.shared) {
                try $0.first("PRAGMA foreign_keys") { try $0.integer() }
            }
            let mode = try await database.write(.shared) {
                try $0.first("PRAGMA journal_mode") { try $0.text() }
            }
            let problems = try await database.integrityProblems()

            #expect(level == 2)
            #expect(keys == 1)
            #expect(mode == "wal")
            #expect(problems == [])
        }
    }

    @Test func `what was acknowledged is there when the file is opened again`() async throws {
        try await TemporarySQLite.withFolder { folder in
            let path = folder.appending(path: "a.db").path
            let first = try SQLiteDatabase(path: path) { _ in }
            try await first.write(.shared) { transaction in
                try transaction.execute("CREATE TABLE t (n INTEGER)")
                try transaction.execute("INSERT INTO t (n) VALUES (7)")
            }
            try await first.close()

            let second = try SQLiteDatabase(path: path) { _ in }
            let number = try await second.integer("SELECT n FROM t")
            try await second.close()

            #expect(number == 7)
        }
    }

    @Test func `a backup is whole while writes go on`() async throws {
        try await TemporarySQLite.withFolder { folder in
            let database = try SQLiteDatabase(path: folder.appending(path: "a.db").path) { _ in }
            try await database.write(.shared) {
                try $0.execute("CREATE TABLE t (n INTEGER NOT NULL, twin INTEGER NOT NULL)")
            }
            let writing = Task {
                for number in 0..<200 {
                    try await database.write(.shared) { transaction in
                        try transaction.execute("INSERT INTO t (n, twin) VALUES (\(number), 0)")
                        try transaction.execute("UPDATE t SET twin = n WHERE n = \(number)")
                    }
                }
            }

            let copyPath = folder.appending(path: "copy.db").path
            try database.backup(to: copyPath)

            try await writing.value
            let copy = try SQLiteDatabase(path: copyPath) { _ in }
            let problems = try await copy.integrityProblems()
            let halves = try await copy.integer("SELECT COUNT(*) FROM t WHERE n <> twin")
            #expect(problems == [])
            #expect(halves == 0)
            try await copy.close()
            try await database.close()
        }
    }
}
