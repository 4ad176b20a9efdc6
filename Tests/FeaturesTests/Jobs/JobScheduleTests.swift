import Ledger
import Storage
import Testing

@testable import Features

@Suite struct JobScheduleTests {
    private static func instant(_ day: Int64, _ hour: Int64, _ minute: Int64 = 0) -> Instant {
        Instant(microseconds: (day * 86_400 + hour * 3_600 + minute * 60) * 1_000_000)
    }

    @Test(arguments: [
        (instant(10, 1), instant(10, 2, 15)), (instant(10, 2, 15), instant(11, 2, 15)),
        (instant(10, 23, 59), instant(11, 2, 15)), (instant(-1, 3), instant(0, 2, 15)),
        (instant(-1, 1), instant(-1, 2, 15)),
    ])
    func `a day's work comes around at its hour`(now: Instant, next: Instant) {
        let schedule = JobSchedule("a", about: "a", .daily(hour: 2, minute: 15))

        #expect(schedule.next(after: now) == next)
    }

    @Test func `work of every so many seconds keeps step`() {
        let schedule = JobSchedule("a", about: "a", .every(900))

        #expect(schedule.next(after: Self.instant(5, 0)) == Self.instant(5, 0, 15))
        #expect(schedule.next(after: Self.instant(5, 0, 14)) == Self.instant(5, 0, 15))
    }

    private func waiting(_ server: TestServer) async throws -> Int {
        try await server.environment.database.read(.shared) {
            try $0.first("SELECT COUNT(*) FROM job WHERE state = 'waiting'") { try $0.int() } ?? 0
        }
    }

    @Test(arguments: Engine.present)
    func `each turn is taken once by any number of nodes, and missed ones once in all`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let schedule = JobSchedule("scripted", about: "a", .daily(hour: 2, minute: 15))
            let nodes = (0..<4).map { _ in JobSchedules(server.environment, [schedule]) }
            let worker = JobWorker(server.environment, ScriptedJob())
            func look() async throws {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for node in nodes { group.addTask { try await node.putDue() } }
                    try await group.waitForAll()
                }
            }

            try await look()
            #expect(try await waiting(server) == 0, "a start is not slowed down")
            server.clock.advance(seconds: JobSchedules.firstPause)
            try await look()
            #expect(try await waiting(server) == 1)
            #expect(try await worker.run() == 1)
            try await look()
            #expect(try await waiting(server) == 0)
            // Months later, over a leap day and a change of the clocks.
            server.clock.advance(seconds: 200 * 86_400)
            try await look()
            try await look()
            #expect(try await waiting(server) == 1)
            server.clock.advance(seconds: 86_400)
            try await look()
            #expect(try await waiting(server) == 1, "the last one still waits")
        }
    }
}
