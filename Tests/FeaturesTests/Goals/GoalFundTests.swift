import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// Emergency funds, and all goals together.
@Suite struct GoalFundTests {
    @Test(arguments: Engine.present)
    func `an emergency fund is months of what is spent, as it is now`(engine: Engine) async throws {
        try await GoalBench.with(engine, on: "2026-03-15") { bench in
            let id = try await bench.goal(
                "Fund",
                [("average_months", .number("4"))],
                kind: "emergency_fund"
            )
            let empty = try await bench.read(id)
            try await bench.spend("100.00", on: "2025-10-31")
            try await bench.spend("90.00", on: "2026-01-05")
            try await bench.spend("30.00", on: "2026-02-28")
            try await bench.spend("500.00", on: "2026-03-01")
            let two = try await bench.read(id)
            try await bench.spend("120.00", on: "2025-11-01")
            let four = try await bench.read(id)
            _ = try await bench.caller.call(
                .patch,
                "goals/\(id)",
                ["months_of_spending": .number("6"), "average_months": .number("1")]
            )
            let one = try await bench.read(id)
            try await bench.contribute("200.00", to: id)

            #expect(empty[text: "target"] == "0.00" && empty["is_reached"] == false)
            #expect(empty["progress"] == .null)
            #expect(two[text: "average_spending"] == "60.00" && two[text: "target"] == "180.00")
            #expect(two["target_amount"] == .null)
            #expect(four[text: "average_spending"] == "60.00")
            #expect(one[text: "average_spending"] == "30.00" && one[text: "target"] == "180.00")
            #expect(try await bench.read(id)["reached_at"] != .null)
        }
    }

    @Test(arguments: Engine.present)
    func `a rate that is not known is told`(engine: Engine) async throws {
        try await GoalBench.with(engine) { bench in
            let dollars = try await GoalBench.makeAccount(
                "Dollars",
                "300.00",
                currency: "USD",
                by: bench.caller
            )
            try await bench.spend("20.00", on: "2026-02-10", from: dollars)
            try await bench.spend("40.00", on: "2026-02-10")
            let fund = try await bench.goal("Fund", [], kind: "emergency_fund")
            let trip = try await bench.goal(
                "Trip",
                [("currency", "USD"), ("target_amount", "100.00")]
            )
            try await bench.contribute("10.00", to: trip, from: dollars)
            try await bench.contribute("50.00", to: fund)

            let read = try await bench.read(fund)
            let summary = try await bench.caller.get("goals/summary").data

            #expect(read[text: "average_spending"] == "40.00")
            #expect(read["missing_rates"] == ["USD"])
            #expect(summary["missing_rates"] == ["USD"])
            #expect(summary[text: "saved"] == "50.00" && summary[text: "target"] == "120.00")
            #expect(summary["active"] == .number("2") && summary["finished"] == .number("0"))
            let account = try await bench.account(dollars)
            #expect(account[text: "balance"] == "280.00" && account[text: "free"] == "270.00")
        }
    }

    @Test(arguments: Engine.present)
    func `money that is spent leaves earmarks without cover, and that is told`(
        engine: Engine
    ) async throws {
        try await GoalBench.with(engine) { bench in
            let goal = try await bench.goal()
            try await bench.contribute("500.00", to: goal)
            try await bench.spend("120.00", from: bench.savings)

            let account = try await bench.account(bench.savings)
            let place = try await bench.read(goal)["accounts"]?[0] ?? .null
            let less = try await bench.contribute("-10.00", to: goal)

            #expect(account["is_overcommitted"] == true && account[text: "over_by"] == "120.00")
            #expect(place["is_overcommitted"] == true)
            #expect(less.status == 201)
        }
    }

    @Test(arguments: Engine.present)
    func `goals that cannot be counted together are said to be too large`(
        engine: Engine
    ) async throws {
        try await GoalBench.with(engine) { bench in
            let most: JSONValue = "99999999999999.99"
            var goals: [String] = []
            for number in 1...10 {
                goals.append(try await bench.goal("Goal \(number)", [("target_amount", most)]))
            }
            let summary = try await bench.caller.get("goals/summary")
            let list = try await bench.caller.get("goals")
            var answers: [Answer] = []
            for goal in goals {
                let allowed: [(String, JSONValue)] = [("allow_overcommitted", true)]
                answers.append(
                    try await bench.contribute("99999999999999.99", to: goal, allowed)
                )
            }

            #expect(summary.status == 409 && summary.code == "goal.too_large", "\(summary)")
            #expect(list.status == 200)
            #expect(answers.dropLast().allSatisfy { $0.status == 201 })
            #expect(answers[9].status == 409 && answers[9].code == "goal.too_large")
            try await bench.expectWholeBooks()
        }
    }

    // MARK: The day of what comes again

    private func finish(_ goal: String, _ bench: GoalBench) async throws -> String? {
        let body: JSONValue = ["earmarks": "release"]
        let answer = try await bench.caller.call(.post, "goals/\(goal)/finish", body)
        return answer.data[text: "target_date"]
    }

    private func sinking(
        _ bench: GoalBench,
        _ day: String,
        every months: String
    ) async throws -> String {
        try await bench.goal(
            "Tax",
            [
                ("target_amount", "60.00"), ("target_date", .string(day)),
                ("repeat_months", .number(months)),
            ],
            kind: "sinking_fund"
        )
    }

    @Test(arguments: Engine.present)
    func `a short month does not take the end of the others`(engine: Engine) async throws {
        try await GoalBench.with(engine, on: "2027-01-15") { first in
            let goal = try await sinking(first, "2027-01-31", every: "1")
            var days: [String?] = []
            for today in ["2027-02-01", "2027-03-01", "2027-04-01"] {
                days.append(try await finish(goal, try await first.on(today)))
            }
            // Taken back and done again, it is the same.
            let bench = try await first.on("2027-05-01")
            let may = try await finish(goal, bench)
            let entry = try await bench.caller.get("audit-logs?limit=1").data[0].id
            let undone = try await bench.caller.call(.post, "audit-logs/\(entry)/undo")
            let april = try await bench.read(goal)[text: "target_date"]
            let again = try await finish(goal, bench)
            // Another day is another day.
            let body: JSONValue = ["target_date": "2027-06-28"]
            _ = try await bench.caller.call(.patch, "goals/\(goal)", body)
            let july = try await finish(goal, try await bench.on("2027-06-29"))

            #expect(days == ["2027-02-28", "2027-03-31", "2027-04-30"])
            #expect(undone.status < 300 && april == "2027-04-30", "\(undone)")
            #expect(may == "2027-05-31" && again == may && july == "2027-07-28")
        }
    }

    @Test(arguments: Engine.present)
    func `the leap day comes back`(engine: Engine) async throws {
        try await GoalBench.with(engine, on: "2028-01-15") { first in
            let goal = try await sinking(first, "2028-02-29", every: "12")
            var days: [String?] = []
            for year in 2028...2031 {
                days.append(try await finish(goal, try await first.on("\(year)-03-01")))
            }
            #expect(days == ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"])
        }
    }
}
