import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// Earmarks that come by themselves, while the clock jumps.
@Suite struct GoalEarmarkingTests {
    private static func fixed(_ amount: String, day: Int, on account: String) -> JSONValue {
        [
            "rule": "fixed", "account_id": .string(account), "amount": .string(amount),
            "day": .number(String(day)),
        ]
    }

    private func dates(_ bench: GoalBench, _ goal: String) async throws -> [String] {
        try await bench.history(goal).compactMap { $0[text: "date"] }.reversed()
    }

    @Test(arguments: Engine.present)
    func `a fixed amount comes once a month, on the last day of a short one`(
        engine: Engine
    ) async throws {
        try await GoalBench.with(engine, on: "2028-01-15") { first in
            let goal = try await first.goal(
                "Roof",
                [("automatic", Self.fixed("10.00", day: 31, on: first.savings))],
                kind: "saving"
            )
            let none = try await first.earmark()
            var bench = try await first.on("2028-01-31")
            let january = try await bench.earmark()
            let twice = try await bench.earmark()
            bench = try await bench.on("2028-02-28")
            let early = try await bench.earmark()
            bench = try await bench.on("2028-02-29")
            let leap = try await bench.earmark()
            bench = try await bench.on("2028-06-29")
            let missed = try await bench.earmark()

            #expect([none, twice, early].map(\.contributions) == [0, 0, 0])
            #expect([january, leap, missed].map(\.contributions) == [1, 1, 3])
            #expect(
                try await dates(bench, goal) == [
                    "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30", "2028-05-31",
                ]
            )
            let history = try await bench.history(goal)
            #expect(history.allSatisfy { $0[text: "source"] == "automatic" })
            #expect(history.allSatisfy { $0["person_id"] == .null })
            #expect(try await bench.read(goal)[text: "saved"] == "50.00")
            #expect(try await bench.read(goal)["automatic"]?["through"] == "2028-05-31")
            let entry = try await bench.caller.get("audit-logs?limit=1").data[0]
            #expect(entry[text: "entity"] == "goal_contribution")
            try await bench.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `what is not free is not earmarked, nor what the target does not need`(
        engine: Engine
    ) async throws {
        try await GoalBench.with(engine, on: "2026-03-14") { first in
            let poor = try await first.goal(
                "Poor",
                [("automatic", Self.fixed("300.00", day: 14, on: first.savings))],
                kind: "saving"
            )
            let near = try await first.goal(
                "Near",
                [
                    ("target_amount", "120.00"),
                    ("automatic", Self.fixed("100.00", day: 14, on: first.checking)),
                ]
            )
            let bench = try await first.on("2026-06-01")

            let report = try await bench.earmark()

            let amounts = try await bench.history(poor).map { $0[text: "amount"] }
            #expect(amounts == ["0.00", "200.00", "300.00"])
            let planned = try await bench.history(poor).map { $0[text: "planned_amount"] }
            #expect(planned == ["300.00", "300.00", "300.00"])
            #expect(
                try await bench.history(near).map { $0[text: "amount"] } == ["20.00", "100.00"]
            )
            #expect(report.contributions == 5)
            #expect(try await bench.read(near)["reached_at"] != .null)
            #expect(try await bench.account(bench.savings)["is_overcommitted"] == false)
        }
    }

    @Test(arguments: Engine.present)
    func `a paused goal gets nothing, also later`(engine: Engine) async throws {
        try await GoalBench.with(engine, on: "2026-01-10") { first in
            let goal = try await first.goal(
                "Roof",
                [("automatic", Self.fixed("10.00", day: 1, on: first.savings))],
                kind: "saving"
            )
            var bench = try await first.on("2026-02-02")
            _ = try await bench.earmark()
            _ = try await bench.caller.call(.post, "goals/\(goal)/pause")
            bench = try await bench.on("2026-05-02")
            let paused = try await bench.earmark()
            _ = try await bench.caller.call(.post, "goals/\(goal)/resume")
            let resumed = try await bench.earmark()
            bench = try await bench.on("2026-06-01")
            let later = try await bench.earmark()

            #expect([paused, resumed, later].map(\.contributions) == [0, 0, 1])
            #expect(try await dates(bench, goal) == ["2026-02-01", "2026-06-01"])
        }
    }

    @Test(arguments: Engine.present)
    func `one that was deleted does not come again`(engine: Engine) async throws {
        try await GoalBench.with(engine, on: "2026-01-10") { first in
            let rule = Self.fixed("10.00", day: 10, on: first.savings)
            let goal = try await first.goal("Roof", [("automatic", rule)], kind: "saving")
            _ = try await first.earmark()
            let made = try await first.history(goal)[0].id
            let deleted = try await first.caller.call(
                .delete,
                "goals/\(goal)/contributions/\(made)"
            )
            // The rule begins anew, today.
            _ = try await first.caller.call(.patch, "goals/\(goal)", ["automatic": rule])

            let again = try await first.earmark()
            let bench = try await first.on("2026-02-10")
            let next = try await bench.earmark()

            #expect(deleted.status == 204)
            #expect(again.contributions == 0 && next.contributions == 1)
            #expect(try await dates(bench, goal) == ["2026-02-10"])
        }
    }

    /// A server that rested for years makes up for it in pieces.
    @Test(arguments: Engine.present)
    func `what was missed for long is made up for, none twice`(engine: Engine) async throws {
        try await GoalBench.with(engine, on: "2026-01-10") { first in
            let goal = try await first.goal(
                "Roof",
                [("automatic", Self.fixed("1.00", day: 29, on: first.savings))],
                kind: "saving"
            )
            let bench = try await first.on("2028-12-31")
            var counts: [Int] = []
            for _ in 0..<3 { counts.append(try await bench.earmark().contributions) }

            #expect(counts == [24, 12, 0])
            #expect(try await bench.read(goal)[text: "saved"] == "36.00")
            #expect(try await dates(bench, goal).contains("2027-02-28"))
            #expect(try await dates(bench, goal).contains("2028-02-29"))
        }
    }

    @Test(arguments: Engine.present)
    func `what a category was assigned is earmarked once its period is over`(
        engine: Engine
    ) async throws {
        try await GoalBench.with(engine, on: "2026-03-20") { first in
            let category = try await first.caller.call(
                .post,
                "categories",
                ["name": "Holidays", "kind": "expense"]
            ).data.id
            _ = try await first.caller.call(.post, "budgets", ["category_id": .string(category)])
            for (month, amount) in [
                ("02", "7.00"), ("03", "50.00"), ("05", "60.00"), ("06", "9.00"),
            ] {
                let put = try await first.caller.call(
                    .put,
                    "budgets/2026-\(month)/\(category)",
                    ["amount": .string(amount)]
                )
                #expect(put.status == 200, "\(put)")
            }
            let goal = try await first.goal(
                "Holidays",
                [
                    (
                        "automatic",
                        [
                            "rule": "budget", "account_id": .string(first.savings),
                            "category_id": .string(category),
                        ]
                    )
                ],
                kind: "saving"
            )
            let running = try await first.earmark()
            var bench = try await first.on("2026-04-01")
            let march = try await bench.earmark()
            let twice = try await bench.earmark()
            bench = try await bench.on("2026-06-05")
            let may = try await bench.earmark()
            let settings = try await bench.caller.call(
                .patch,
                "budgets/settings",
                ["month_start": .number("25")]
            )
            let moved = try await bench.earmark()
            bench = try await bench.on("2026-06-26")
            let june = try await bench.earmark()

            #expect([running, twice, moved].map(\.contributions) == [0, 0, 0])
            #expect([march, may].map(\.contributions) == [1, 1])
            #expect(settings.status == 200)
            #expect(june.contributions == 1)
            let history = try await bench.history(goal)
            #expect(history.map { $0[text: "amount"] } == ["9.00", "60.00", "50.00"])
            #expect(
                history.map { $0[text: "date"] } == ["2026-06-24", "2026-05-31", "2026-03-31"]
            )
            #expect(try await bench.read(goal)[text: "saved"] == "119.00")
        }
    }

    /// Of 500.00, the 10th and the 20th of each month want 200.00 each.
    @Test(arguments: Engine.present)
    func `what was missed of several goals comes day by day`(engine: Engine) async throws {
        try await GoalBench.with(engine, on: "2026-03-15") { first in
            func rule(_ day: Int) -> [(String, JSONValue)] {
                [("automatic", Self.fixed("200.00", day: day, on: first.savings))]
            }
            let late = try await first.goal("Late", rule(20), kind: "saving")
            let early = try await first.goal("Early", rule(10), kind: "saving")
            let bench = try await first.on("2026-05-25")

            _ = try await bench.earmark()

            let lates = try await bench.history(late).map { $0[text: "amount"] }
            let earlies = try await bench.history(early).map { $0[text: "amount"] }
            #expect(lates == ["0.00", "100.00", "200.00"])
            #expect(earlies == ["0.00", "200.00"])
        }
    }

    @Test(arguments: Engine.present, [2, 90])
    func `what a bill brings on a day is there for the goal of that day`(
        engine: Engine,
        days: Int
    ) async throws {
        try await GoalBench.with(engine, on: "2026-03-15") { first in
            let pot = try await GoalBench.makeAccount("Pot", "0.00", by: first.caller)
            let rule = Self.fixed("50.00", day: 16, on: pot)
            let goal = try await first.goal("Roof", [("automatic", rule)], kind: "saving")
            let bill: JSONValue = [
                "name": "To the pot", "direction": "transfer", "amount": "100.00",
                "account_id": .string(first.checking), "to_account_id": .string(pot),
                "start_on": "2026-03-16", "repeat": "FREQ=MONTHLY", "auto_post": true,
                "days_after": .number("0"),
            ]
            let made = try await first.caller.call(.post, "bills", bill)
            #expect(made.status == 201, "\(made)")
            first.server.clock.advance(seconds: Int64(days) * 86_400)

            let report = try await first.earmark()

            let bench = try await first.signedInAgain()
            let amounts = try await bench.history(goal).map { $0[text: "amount"] }
            #expect(amounts == Array(repeating: "50.00", count: days > 30 ? 3 : 1))
            #expect(report.contributions == amounts.count)
            #expect(try await bench.account(pot)["is_overcommitted"] == false)
        }
    }
}
