import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// What the server books by itself.
@Suite struct DueBillTests {
    @Test(arguments: Engine.present)
    func `each month is booked once, on its day, however often and late it is looked at`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            try await bench.add([("start_on", "2026-01-31"), ("auto_post", true)])
            let none = try await bench.runDue()
            bench.server.clock.advance(seconds: 16 * 86_400)
            let march = try await bench.runDue()
            let again = try await bench.runDue()
            // The server stands still for three months.
            bench.server.clock.advance(seconds: 91 * 86_400)
            let three = try await bench.runDue()
            let back = try await bench.after(days: 0)

            #expect(none == DueBills.Report())
            #expect(march == DueBills.Report(posted: 1))
            #expect(again == DueBills.Report())
            #expect(three == DueBills.Report(posted: 3))
            let days = try await back.transactions().compactMap { $0["date"]?.text }
            #expect(days.sorted() == ["2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"])
            let entry = try await back.caller.get("audit-logs?limit=1").data[0]
            #expect(entry[text: "action"] == "post")
            try await bench.old.expectWholeBooks()
        }
    }

    /// Two nodes at once, and each again.
    @Test(arguments: Engine.present)
    func `two nodes book each occurrence once`(engine: Engine) async throws {
        try await BillBench.with(engine) { bench in
            for number in 0..<5 {
                try await bench.add([
                    ("name", .string("Bill \(number)")), ("start_on", "2026-03-15"),
                    ("repeat", "FREQ=DAILY"), ("auto_post", true),
                ])
            }
            bench.server.clock.advance(seconds: 3 * 86_400)
            let posted = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 { group.addTask { try await bench.runDue().posted } }
                return try await group.reduce(0, +)
            }

            #expect(posted == 20)
            let back = try await bench.after(days: 0)
            #expect(try await back.transactions().count == 20)
            #expect(try await bench.old.count("bill_payment") == 20)
        }
    }

    private struct Killed: Error {}

    @Test(arguments: Engine.present)
    func `what is killed before its end is booked once, the next time`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            try await bench.add([("start_on", "2026-03-15"), ("auto_post", true)])
            let environment = bench.server.environment
            let writers = try await environment.database.read(.shared) {
                try SharedPurgeStore(transaction: $0).writers()
            }
            let writer = try #require(writers.first)
            let today = environment.clock.today(in: writer.timeZone)
            let keys = try await environment.database.read(.household(writer.household)) {
                try BillBook(transaction: $0, household: writer.household, today: today)
                    .dueToPost(1).map(\.key)
            }
            let key = try #require(keys.first)
            await #expect(throws: Killed.self) {
                try await environment.write(as: writer, requestID: "test") { write in
                    #expect(try DueBills.post(key, in: write))
                    throw Killed()
                }
            }
            let none = try await bench.transactions()

            let report = try await bench.runDue()

            #expect(none == [])
            #expect(report == DueBills.Report(posted: 1))
            #expect(try await bench.transactions().count == 1)
            #expect(try await bench.runDue() == DueBills.Report())
        }
    }

    @Test(arguments: Engine.present)
    func `what somebody deleted, skipped, paused or paid is not booked`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            func add(_ name: String) async throws -> JSONValue {
                try await bench.add([
                    ("name", .string(name)), ("payee", .string(name)), ("start_on", "2026-03-15"),
                    ("auto_post", true),
                ])
            }
            let deleted = try await add("Deleted")
            _ = try await bench.runDue()
            let id = try await bench.occurrence(deleted, "2026-03-15")["payments"]?[0]
            try await bench.old.delete("transactions/\(id?[text: "transaction_id"] ?? "-")")
            let skipped = try await add("Skipped")
            try await bench.act("skip", skipped, "2026-03-15")
            let paused = try await add("Paused")
            try await bench.caller.call(.post, "bills/\(paused.id)/pause")
            _ = try await add("Paid")
            try await bench.pay(on: "2026-03-14", [("payee", "Paid")])
            let asked = try await add("Asked")
            try await bench.pay("930", on: "2026-03-14", [("payee", "Asked")])

            let report = try await bench.runDue()

            #expect(report == DueBills.Report())
            #expect(try await bench.transactions().count == 2)
            let one = try await bench.occurrence(asked, "2026-03-15")
            #expect(one["candidates"]?.elements.count == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `an account that may not hold less refuses its own bill and no other`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            let poor = try await ImportBench.add("Poor", "savings", by: bench.caller)
            let limit = try await bench.caller.call(
                .patch,
                "accounts/\(poor)",
                ["minimum_balance": "0"]
            )
            #expect(limit.status == 200)
            let bill = try await bench.add([
                ("name", "A"), ("account_id", .string(poor)), ("start_on", "2026-03-15"),
                ("auto_post", true),
            ])
            try await bench.add([("start_on", "2026-03-15"), ("auto_post", true)])

            let report = try await bench.runDue()

            #expect(report == DueBills.Report(posted: 1, failed: 1))
            #expect(try await bench.occurrence(bill, "2026-03-15")[text: "state"] == "due")
            try await bench.old.expectWholeBooks()
        }
    }

    /// In Vienna the day begins at 23:00 UTC, and at 22:00 from 29 March on.
    @Test(arguments: Engine.present)
    func `a day begins where the household is, also when the clocks change`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            try await bench.server.environment.database.write(.shared) {
                try $0.execute("UPDATE person SET time_zone = 'Europe/Vienna'")
            }
            for day in ["2026-03-29", "2026-03-30"] {
                try await bench.add([
                    ("name", .string(day)), ("payee", .string(day)), ("start_on", .string(day)),
                    ("repeat", nil), ("auto_post", true),
                ])
            }
            // From noon of the 15th to 22:59 of the 28th.
            bench.server.clock.advance(seconds: 13 * 86_400 + 39_540)
            var reports = [try await bench.runDue().posted]
            bench.server.clock.advance(seconds: 60)
            reports.append(try await bench.runDue().posted)
            bench.server.clock.advance(seconds: 82_740)
            reports.append(try await bench.runDue().posted)
            bench.server.clock.advance(seconds: 60)
            reports.append(try await bench.runDue().posted)

            #expect(reports == [0, 1, 0, 1])
        }
    }
}
