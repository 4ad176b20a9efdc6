import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// What becomes of budgets that are deleted for good, and of households that have some.
@Suite struct BudgetKeepingTests {
    /// Two categories with a budget and a number each.
    private func makeBudgets(_ caller: Caller) async throws -> [String] {
        var ids: [String] = []
        for name in ["Bees", "Birds"] {
            let made = try await caller.call(
                .post,
                "categories",
                ["name": .string(name), "kind": "expense"]
            )
            let id = try #require(made.data["id"]?.text, "\(made)")
            let budget = try await caller.call(.post, "budgets", ["category_id": .string(id)])
            #expect(budget.status == 201, "\(budget)")
            let put = try await caller.call(.put, "budgets/2026-03/\(id)", ["amount": "12"])
            #expect(put.status == 200, "\(put)")
            ids.append(id)
        }
        return ids
    }

    @Test(arguments: Engine.present)
    func `a deleted budget goes after 30 days, with its numbers`(engine: Engine) async throws {
        try await PurgeBench.with(engine) { old in
            let ids = try await makeBudgets(old.caller)
            try await old.delete("budgets/categories/\(ids[0])")
            old.server.clock.advance(seconds: 30 * PurgeBench.day)
            let early = try await old.purge()
            old.server.clock.advance(seconds: 1)

            let report = try await old.purge()

            #expect(early.budgets == 0 && report.budgets == 1)
            #expect(try await old.count("budget") == 1)
            #expect(try await old.count("budget_amount") == 1)
            let back = try await old.signedInAgain()
            let gone = try await back.caller.call(.post, "budgets/categories/\(ids[0])/restore")
            #expect(gone.status == 404)
            #expect(try await back.caller.get("budgets").data.elements.count == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `a category that goes for good takes its budget along`(engine: Engine) async throws {
        try await PurgeBench.with(engine) { old in
            let ids = try await makeBudgets(old.caller)
            try await old.delete("categories/\(ids[1])")
            let month = try await old.caller.get("budgets/2026-03")
            #expect(!month.text.contains("Birds"))
            #expect(try await old.caller.get("budgets").data.elements.count == 1)
            let rule: JSONValue = ["rule": "fixed", "amount": "20"]
            let fill = try await old.caller.call(.post, "budgets/2026-03/fill", ["rule": rule])
            #expect(fill.status == 200 && fill.data["rows"]?.elements.count == 1, "\(fill)")
            old.server.clock.advance(seconds: 30 * PurgeBench.day + 1)

            _ = try await old.purge()

            #expect(try await old.count("budget") == 1)
            #expect(try await old.count("budget_amount") == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `the archive has the budget`(engine: Engine) async throws {
        try await OwnDataBench.with(engine) { own in
            _ = try await makeBudgets(own.caller)
            _ = try await own.caller.call(.post, "budgets/2026-03/lock")

            let answer = try await own.caller.get("me/export")

            for name in ["budgets", "budget_settings", "budget_amounts", "budget_periods"] {
                let path = Array("household-1/\(name).json".utf8)
                #expect(answer.bytes.firstRange(of: path) != nil, "\(name)")
            }
        }
    }
}
