import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// What becomes of goals and debts that are deleted for good, and of what they name.
@Suite struct GoalKeepingTests {
    private func count(_ bench: GoalBench, _ table: SQLText) async throws -> Int64 {
        let purge = PurgeBench(
            server: bench.server,
            bench: ImportBench(caller: bench.caller, account: bench.checking)
        )
        return try await purge.count(table)
    }

    private func purge(_ bench: GoalBench) async throws -> PurgeReport {
        try await Purge(bench.server.environment).run()
    }

    @Test(arguments: Engine.present)
    func `what is deleted goes after thirty days, with its history`(engine: Engine) async throws {
        try await GoalBench.with(engine) { old in
            let roof = try await old.goal("Roof")
            let bike = try await old.goal("Bike")
            let loan = try await GoalBench.makeAccount(
                "Loan",
                "-100.00",
                kind: "loan",
                by: old.caller
            )
            try await old.contribute("10.00", to: roof)
            let part = try await old.contribute("20.00", to: bike)
            try await old.contribute("30.00", to: bike)
            let put = try await old.caller.call(
                .put,
                "debts/\(loan)",
                ["yearly_rate": "1", "minimum_kind": "fixed", "minimum_amount": "1"]
            )
            #expect(put.status == 200)
            for path in [
                "goals/\(roof)", "goals/\(bike)/contributions/\(part.data.id)", "debts/\(loan)",
            ] {
                #expect(try await old.caller.call(.delete, path).status == 204)
            }
            old.server.clock.advance(seconds: 30 * PurgeBench.day)
            let early = try await purge(old)
            old.server.clock.advance(seconds: 1)

            let late = try await purge(old)

            let bench = try await old.signedInAgain()
            #expect([early.goals, early.contributions, early.debts] == [0, 0, 0])
            #expect([late.goals, late.contributions, late.debts] == [1, 1, 1])
            #expect(try await count(bench, "goal") == 1)
            #expect(try await count(bench, "goal_contribution") == 1)
            #expect(try await count(bench, "debt_terms") == 0)
            #expect(try await bench.caller.call(.post, "goals/\(roof)/restore").status == 404)
            #expect(try await bench.caller.call(.post, "debts/\(loan)/restore").status == 404)
            try await bench.expectWholeBooks()
        }
    }

    /// Its row keeps the month, as long as there is a goal that could ask again.
    @Test(arguments: Engine.present)
    func `a deleted one that came by itself stays, and does not come again`(
        engine: Engine
    ) async throws {
        try await GoalBench.with(engine, on: "2026-03-15") { old in
            let goal = try await old.goal(
                "Roof",
                [
                    (
                        "automatic",
                        [
                            "rule": "fixed", "account_id": .string(old.savings),
                            "amount": "10.00", "day": .number("15"),
                        ]
                    )
                ],
                kind: "saving"
            )
            _ = try await old.earmark()
            let made = try await old.history(goal)[0].id
            _ = try await old.caller.call(.delete, "goals/\(goal)/contributions/\(made)")
            let bench = try await old.on("2026-05-01")

            let report = try await purge(bench)

            #expect(report.contributions == 0)
            #expect(try await bench.earmark().contributions == 1)
            #expect(try await bench.history(goal).map { $0[text: "date"] } == ["2026-04-15"])
        }
    }

    @Test(arguments: Engine.present)
    func `an account that is deleted takes its earmarks along, and brings them back`(
        engine: Engine
    ) async throws {
        try await GoalBench.with(engine) { old in
            let rule: JSONValue = [
                "rule": "fixed", "account_id": .string(old.savings), "amount": "1.00",
                "day": .number("1"),
            ]
            let goal = try await old.goal("Roof", [("automatic", rule)], kind: "saving")
            try await old.contribute("10.00", to: goal)
            try await old.contribute("5.00", to: goal, from: old.checking)
            func saved(_ bench: GoalBench) async throws -> String? {
                try await bench.read(goal)[text: "saved"]
            }
            _ = try await old.caller.call(.delete, "accounts/\(old.savings)")
            let without = try await saved(old)
            _ = try await old.caller.call(.post, "accounts/\(old.savings)/restore")
            let with = try await saved(old)
            _ = try await old.caller.call(.delete, "accounts/\(old.savings)")
            old.server.clock.advance(seconds: 30 * PurgeBench.day + 1)

            let report = try await purge(old)

            let bench = try await old.signedInAgain()
            #expect(without == "5.00" && with == "15.00")
            #expect(report.nodes == 1 && report.failures == 0)
            #expect(try await saved(bench) == "5.00")
            #expect(try await bench.read(goal)["automatic"] == .null)
            try await bench.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `the doctor finds earmarks that cannot be`(engine: Engine) async throws {
        try await GoalBench.with(engine) { bench in
            let goal = try await bench.goal()
            try await bench.contribute("10.00", to: goal)
            let text = try await bench.caller.get("auth/me").data["household"]?["id"]?.text
            let household = try #require(HouseholdID(text ?? ""))
            let database = bench.server.environment.database
            try await database.write(.household(household)) {
                try $0.execute(
                    """
                    UPDATE goal_contribution SET amount = \(SQLValue.amount(-100_000))
                    WHERE household_id = \(household)
                    """
                )
                try $0.execute(
                    "UPDATE goal SET currency = 'USD' WHERE household_id = \(household)"
                )
            }

            let report = try await Doctor(database, keys: bench.server.environment.keys)
                .examine(at: bench.server.clock.now)

            #expect(
                report.findings.map(\.problem) == [
                    "less than nothing is earmarked", "the account is wrong",
                ]
            )
            #expect(report.findings.map(\.found) == ["-10.00", "EUR"])
        }
    }

    @Test(arguments: Engine.present)
    func `the archive has goals and debts`(engine: Engine) async throws {
        try await OwnDataBench.with(engine) { own in
            let account = try await GoalBench.makeAccount("Pot", "9.00", by: own.caller)
            let goal = try await own.caller.call(
                .post,
                "goals",
                ["name": "Roof", "kind": "saving"]
            ).data.id
            let made = try await own.caller.call(
                .post,
                "goals/\(goal)/contributions",
                ["account_id": .string(account), "amount": "1.00"]
            )
            #expect(made.status == 201)

            let answer = try await own.caller.get("me/export")

            for name in ["goals", "goal_contributions", "debts", "debt_settings"] {
                let path = Array("household-1/\(name).json".utf8)
                #expect(answer.bytes.firstRange(of: path) != nil, "\(name)")
            }
        }
    }
}
