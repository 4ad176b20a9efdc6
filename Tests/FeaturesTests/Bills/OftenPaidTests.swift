import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// Bills whose windows overlap, since they come every week or every day.
@Suite struct OftenPaidTests {
    private static func days(_ count: Int, every period: Int, to last: String) throws -> [String] {
        let last = try #require(LocalDate(last))
        return (0..<count).reversed().map { last.adding(days: -$0 * period).description }
    }

    @Test(arguments: Engine.present)
    func `a found series of every week is paid by its payments`(engine: Engine) async throws {
        try await BillBench.with(engine) { bench in
            let days = try Self.days(20, every: 7, to: "2026-03-13")
            for day in days { try await bench.pay("10", on: day, [("payee", "Gym")]) }
            let found = try await bench.caller.get("recurring").data[0]
            let key = try #require(found["key"]?.text)
            let accepted = try await bench.caller.call(.post, "recurring/\(key)/accept", [:])
            let states = try await bench.states("&from=2025-10-01&to=2026-03-20")

            #expect(accepted.status == 201, "\(accepted)")
            #expect(accepted.data["days_before"] == 3 && accepted.data["days_after"] == 6)
            #expect(states == days.map { "\($0) matched" } + ["2026-03-20 expected"])
        }
    }

    @Test(arguments: Engine.present, [1, 7])
    func `payments on the days of a bill pay their own times`(
        engine: Engine,
        period: Int
    ) async throws {
        try await BillBench.with(engine) { bench in
            let days = try Self.days(4, every: period, to: "2026-03-13")
            let rule = period == 1 ? "FREQ=DAILY" : "FREQ=WEEKLY"
            try await bench.add([
                ("start_on", .string(days[0])), ("repeat", .string(rule)), ("amount", "10"),
                ("end_on", "2026-03-13"),
            ])
            let rows = days.map { "\($0),Homes Ltd,-10.00" }
            _ = try await bench.old.bench.take(
                (["Date,Payee,Amount"] + rows).joined(separator: "\n")
            )

            #expect(
                try await bench.states("&from=2026-02-01&to=2026-04-01")
                    == days.map { "\($0) matched" }
            )
        }
    }

    @Test(arguments: Engine.present)
    func `the youngest of two open times is paid, and the other stays open`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            try await bench.add([("start_on", "2026-03-06"), ("repeat", "FREQ=WEEKLY")])
            try await bench.pay(on: "2026-03-13")

            #expect(
                try await bench.states("&from=2026-03-01&to=2026-03-20") == [
                    "2026-03-06 overdue", "2026-03-13 matched", "2026-03-20 expected",
                ]
            )
        }
    }

    /// A payment that may be the one of a time is asked about there, and not again a week later.
    @Test(arguments: Engine.present)
    func `a doubtful payment does not keep the next time from being booked`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            let bill = try await bench.add([
                ("start_on", "2026-03-20"), ("repeat", "FREQ=WEEKLY"), ("auto_post", true),
                ("days_before", 10), ("days_after", 10),
            ])
            try await bench.pay("990", on: "2026-03-19")
            let first = try await bench.occurrence(bill)
            let second = try await bench.occurrence(bill, "2026-03-27")
            let later = try await bench.after(days: 12)
            let report = try await later.runDue()

            #expect(first["candidates"]?.elements.count == 1)
            #expect(second["candidates"]?.elements == [])
            #expect(report == DueBills.Report(posted: 1))
            #expect(try await later.occurrence(bill, "2026-03-27")[text: "state"] == "posted")
        }
    }
}
