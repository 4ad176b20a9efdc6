import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

/// Random histories of earmarks, through the router, against sums that are kept by hand.
@Suite struct GoalPropertyTests {
    private struct Model {
        var balances: [String: Int64]
        /// By goal and account, and what each contribution was.
        var rows: [String: (goal: String, account: String, cents: Int64)] = [:]
        var deleted: Set<String> = []

        func held(_ goal: String, _ account: String) -> Int64 {
            rows.values.filter { $0.goal == goal && $0.account == account }.map(\.cents).reduce(
                0,
                +
            )
        }

        func earmarked(_ account: String) -> Int64 {
            rows.values.filter { $0.account == account && !deleted.contains($0.goal) }
                .map(\.cents).reduce(0, +)
        }

        func fits(_ cents: Int64, _ account: String) -> Bool {
            let after = earmarked(account) + cents
            return after <= 0 || after <= balances[account] ?? 0
        }
    }

    private static func text(_ cents: Int64) -> String {
        Decimal4.text(cents * 100, minorDigits: 2)
    }

    /// - Invariant: nothing that was not asked for is meant twice; every sum that is told is that of the history.
    @Test(arguments: Engine.present, [1, 2, 3] as [UInt64])
    func `no unit is ever earmarked twice`(engine: Engine, seed: UInt64) async throws {
        try await GoalBench.with(engine) { bench in
            var generator = SeededGenerator(seed: seed)
            let goals = [
                try await bench.goal("A", [], kind: "saving"),
                try await bench.goal("B", [], kind: "saving"),
                try await bench.goal("C", [], kind: "saving"),
            ]
            var model = Model(balances: [bench.checking: 100_000, bench.savings: 50_000])
            for _ in 0..<60 {
                try await Self.step(bench, goals, &model, &generator)
                try await Self.compare(bench, goals, model)
            }
            try await bench.expectWholeBooks()
        }
    }

    private static func step(
        _ bench: GoalBench,
        _ goals: [String],
        _ model: inout Model,
        _ generator: inout SeededGenerator
    ) async throws {
        let goal = goals.randomElement(using: &generator) ?? ""
        let account = Bool.random(using: &generator) ? bench.checking : bench.savings
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<5:
            let cents = Int64.random(in: -20_000...40_000, using: &generator)
            guard cents != 0 else { return }
            let answer = try await bench.contribute(text(cents), to: goal, from: account)
            let isThere = !model.deleted.contains(goal)
            let isGood =
                cents < 0 ? model.held(goal, account) + cents >= 0 : model.fits(cents, account)
            #expect((answer.status == 201) == (isThere && isGood), "\(cents) \(answer)")
            if answer.status == 201 { model.rows[answer.data.id] = (goal, account, cents) }
        case 5:
            guard
                let (id, row) = model.rows.sorted(by: { $0.key < $1.key })
                    .randomElement(using: &generator)
            else { return }
            let answer = try await bench.caller.call(
                .delete,
                "goals/\(row.goal)/contributions/\(id)"
            )
            let isGood =
                row.cents > 0
                ? model.held(row.goal, row.account) >= row.cents
                : model.fits(-row.cents, row.account)
            #expect((answer.status == 204) == (isGood && !model.deleted.contains(row.goal)))
            if answer.status == 204 { model.rows[id] = nil }
        case 6:
            let answer = try await bench.caller.call(.delete, "goals/\(goal)")
            if answer.status == 204 { model.deleted.insert(goal) }
        case 7:
            guard model.deleted.contains(goal) else { return }
            let fits = model.balances.keys.allSatisfy { account in
                let held = model.held(goal, account)
                return held <= 0 || model.fits(held, account)
            }
            let answer = try await bench.caller.call(.post, "goals/\(goal)/restore")
            #expect((answer.status == 200) == fits, "\(answer)")
            if answer.status == 200 { model.deleted.remove(goal) }
        case 8:
            let cents = Int64.random(in: 1...15_000, using: &generator)
            try await bench.spend(text(cents), from: account)
            model.balances[account, default: 0] -= cents
        default:
            guard !model.deleted.contains(goal) else { return }
            try await finish(bench, goal, &model)
        }
    }

    /// All of it is taken off, and the goal goes on.
    private static func finish(
        _ bench: GoalBench,
        _ goal: String,
        _ model: inout Model
    ) async throws {
        let body: JSONValue = ["earmarks": "release"]
        let answer = try await bench.caller.call(.post, "goals/\(goal)/finish", body)
        #expect(answer.status == 200 && answer.data[text: "saved"] == "0.00", "\(answer)")
        _ = try await bench.caller.call(.post, "goals/\(goal)/resume")
        for row in try await bench.history(goal) where model.rows[row.id] == nil {
            let amount = try Decimal4.parse(row[text: "amount"] ?? "") / 100
            model.rows[row.id] = (goal, row[text: "account_id"] ?? "", amount)
        }
    }

    private static func compare(_ bench: GoalBench, _ goals: [String], _ model: Model) async throws
    {
        let accounts = try await bench.caller.get("goals/summary").data["accounts"]?.elements ?? []
        #expect(accounts.count == 2)
        for told in accounts {
            let account = told[text: "account_id"] ?? ""
            let (balance, earmarked) = (model.balances[account] ?? 0, model.earmarked(account))
            #expect(told[text: "earmarked"] == text(earmarked))
            #expect(told[text: "balance"] == text(balance))
            #expect(told[text: "free"] == text(balance - earmarked))
            #expect(told["is_overcommitted"] == .boolean(earmarked > 0 && earmarked > balance))
        }
        let list = try await bench.caller.get("goals").data.elements
        #expect(list.count == goals.count - model.deleted.count)
        for goal in list {
            let saved = model.held(goal.id, bench.checking) + model.held(goal.id, bench.savings)
            #expect(goal[text: "saved"] == text(saved))
        }
    }
}
