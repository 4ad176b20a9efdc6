import Ledger
import Storage
import Synchronization
import Testing

@testable import Features

/// Work that a test says all of.
struct ScriptedJob: JobHandler {
    var policy = JobPolicy("scripted", lanes: 2, pauses: [10, 60], tries: 3)
    var act: @Sendable (RunningJob) async throws -> Void = { _ in }

    func run(_ job: RunningJob) async throws { try await act(job) }
}

@Suite struct JobTests {
    struct Refusal: Error {}

    private struct Row: Equatable {
        var state = "waiting"
        var attempts = 0
        var error: String?
    }

    private func rows(_ server: TestServer) async throws -> [Row] {
        try await server.environment.database.read(.shared) { transaction in
            try transaction.rows(
                "SELECT state, attempts, last_error FROM job WHERE kind = 'scripted' ORDER BY id"
            ) { Row(state: try $0.text(), attempts: try $0.int(), error: try $0.textOrNil()) }
        }
    }

    private func add(_ job: NewJob, _ server: TestServer) async throws -> Bool {
        let environment = server.environment
        return try await environment.database.write(.shared) {
            try JobQueue($0, environment).add(job)
        }
    }

    private static let plain = NewJob("scripted", about: "a test")

    @Test(arguments: Engine.present)
    func `work is done once and told of its payload`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let seen = Mutex<[[UInt8]]>([])
            let worker = JobWorker(
                server.environment,
                ScriptedJob { job in seen.withLock { $0.append(job.payload) } }
            )
            var job = Self.plain
            job.payload = [1, 2, 3]
            #expect(try await add(job, server))

            #expect(try await worker.run() == 1)
            #expect(try await worker.run() == 0)

            #expect(seen.withLock(\.self) == [[1, 2, 3]])
            #expect(try await rows(server) == [Row(state: "done", attempts: 1)])
            let payload = try await server.environment.database.read(.shared) {
                try $0.first("SELECT payload FROM job") { try $0.bytesOrNil() }
            }
            #expect(payload == .some(nil), "what was done is forgotten")
        }
    }

    @Test(arguments: Engine.present)
    func `work for a later moment waits for it`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let worker = JobWorker(server.environment, ScriptedJob())
            var job = Self.plain
            job.dueAt = server.clock.now.adding(seconds: 3_600)
            _ = try await add(job, server)

            #expect(try await worker.run() == 0)
            #expect(try await worker.secondsToNext() == 3_600)
            server.clock.advance(seconds: 3_600)
            #expect(try await worker.run() == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `of work with a name one waits or runs at a time`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let worker = JobWorker(server.environment, ScriptedJob())
            var job = Self.plain
            job.single = "only"

            #expect(try await add(job, server))
            #expect(try await !add(job, server))
            try await worker.run()
            #expect(try await add(job, server), "the first is done")
        }
    }

    @Test(arguments: Engine.present)
    func `what fails is tried again, ever later, and then given up`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let worker = JobWorker(server.environment, ScriptedJob { _ in throw Refusal() })
            _ = try await add(Self.plain, server)

            try await worker.run()
            #expect(try await rows(server) == [Row(attempts: 1, error: "Refusal()")])
            #expect(try await worker.secondsToNext() == 10)
            server.clock.advance(seconds: 10)
            try await worker.run()
            #expect(try await worker.secondsToNext() == 60)
            server.clock.advance(seconds: 60)
            try await worker.run()

            #expect(try await rows(server) == [Row(state: "dead", attempts: 3, error: "Refusal()")])
            #expect(try await worker.secondsToNext() == nil)
        }
    }

    @Test(arguments: Engine.present)
    func `what can never be done is given up at once and forgotten`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let worker = JobWorker(
                server.environment,
                ScriptedJob { _ in throw JobFailure.hopeless("never") }
            )
            var job = Self.plain
            job.payload = [1]
            _ = try await add(job, server)

            try await worker.run()

            #expect(try await rows(server) == [Row(state: "dead", attempts: 1, error: "never")])
            let payload = try await server.environment.database.read(.shared) {
                try $0.first("SELECT payload FROM job") { try $0.bytesOrNil() }
            }
            #expect(payload == .some(nil))
        }
    }

    @Test(arguments: Engine.present)
    func `an effect and the note of it are one`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let environment = server.environment
            try await environment.database.write(.shared) {
                try $0.execute(
                    "CREATE TABLE effect (n \(SQLText(stringLiteral: $0.dialect.integer)))"
                )
            }
            let worker = JobWorker(
                environment,
                ScriptedJob { job in
                    let now = environment.clock.now()
                    try await environment.database.write(.shared) { transaction in
                        try transaction.execute("INSERT INTO effect (n) VALUES (1)")
                        // Too late: while it worked, another got it.
                        if job.attempt == 1 {
                            try transaction.execute(
                                "UPDATE job SET attempts = 2 WHERE id = \(job.id)"
                            )
                        }
                        try job.finish(transaction, at: now)
                    }
                }
            )
            _ = try await add(Self.plain, server)

            try await worker.run()
            #expect(try await rows(server) == [Row(state: "running", attempts: 1)])
            server.clock.advance(seconds: JobPolicy.leaseSeconds)
            try await worker.run()

            #expect(try await rows(server) == [Row(state: "done", attempts: 2)])
            let effects = try await environment.database.read(.shared) {
                try $0.first("SELECT COUNT(*) FROM effect") { try $0.int() }
            }
            #expect(effects == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `any number of nodes do each piece once`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let done = Mutex<[JobID]>([])
            let workers = (0..<4).map { _ in
                JobWorker(
                    server.environment,
                    ScriptedJob { job in done.withLock { $0.append(job.id) } }
                )
            }
            for _ in 0..<60 { _ = try await add(Self.plain, server) }

            try await withThrowingTaskGroup(of: Int.self) { group in
                for worker in workers { group.addTask { try await worker.run() } }
                try await group.waitForAll()
            }

            #expect(done.withLock(\.count) == 60 && Set(done.withLock(\.self)).count == 60)
            #expect(try await rows(server).allSatisfy { $0 == Row(state: "done", attempts: 1) })
        }
    }

    @Test(arguments: Engine.present)
    func `work whose node died is done by another, and one that kills nodes is given up`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let environment = server.environment
            let worker = JobWorker(environment, ScriptedJob())
            _ = try await add(Self.plain, server)
            let die: @Sendable () async throws -> Void = {
                let now = environment.clock.now()
                _ = try await environment.database.write(.shared) {
                    let end = now.adding(seconds: JobPolicy.leaseSeconds)
                    return try JobStore(transaction: $0).take("scripted", at: now, until: end)
                }
            }

            for _ in 0..<3 {
                try await die()
                #expect(try await worker.run() == 0, "it is leased")
                server.clock.advance(seconds: JobPolicy.leaseSeconds)
            }
            #expect(try await worker.run() == 1)

            #expect(
                try await rows(server)
                    == [Row(state: "dead", attempts: 4, error: "its last run never ended")]
            )
        }
    }

    @Test(arguments: Engine.present)
    func `what a stopping node was at is given back and does not count`(engine: Engine) async throws
    {
        try await withServer(engine) { server in
            let began = AsyncStream.makeStream(of: Void.self)
            let worker = JobWorker(
                server.environment,
                ScriptedJob { _ in
                    began.continuation.yield()
                    try await Task.sleep(for: .seconds(60))
                }
            )
            _ = try await add(Self.plain, server)

            let running = Task { try await worker.run() }
            for await _ in began.stream { break }
            running.cancel()
            _ = try? await running.value

            #expect(try await rows(server) == [Row()])
        }
    }

    @Test(arguments: Engine.present)
    func `progress is told`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let environment = server.environment
            let worker = JobWorker(
                environment,
                ScriptedJob { try await $0.note(3, of: 7, in: environment) }
            )
            _ = try await add(Self.plain, server)

            try await worker.run()

            let progress = try await environment.database.read(.shared) {
                try $0.first("SELECT steps_done, steps FROM job") { [try $0.int(), try $0.int()] }
            }
            #expect(progress == [3, 7])
        }
    }
}
