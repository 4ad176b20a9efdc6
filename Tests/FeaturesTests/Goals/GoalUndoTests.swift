import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

@Suite struct GoalUndoTests {
    /// What people decided and what is earmarked; versions and times move on.
    private func picture(_ caller: Caller) async throws -> [[JSONValue?]] {
        let fields = [
            "id", "name", "state", "note", "target_amount", "target_date", "start_date",
            "repeat_months", "months_of_spending", "average_months", "saved", "accounts",
        ]
        let rule = ["rule", "account_id", "amount", "day", "category_id"]
        let goals = try await caller.get("goals").data.elements.map { goal in
            fields.map { goal[$0] } + rule.map { goal["automatic"]?[$0] }
        }
        let debts = try await caller.get("debts").data.elements.map { debt in
            [
                debt["account_id"], debt["terms"]?["yearly_rate"], debt["terms"]?["minimum_kind"],
                debt["terms"]?["minimum_amount"], debt["terms"]?["minimum_share"],
            ]
        }
        let settings = try await caller.get("debts/settings").data
        return goals + debts + [
            [settings["strategy"], settings["extra_amount"], settings["order"]]
        ]
    }

    private typealias Change = (HTTPRequest.Method, String, JSONValue?)

    private static func changes(
        _ goal: String,
        _ fund: String,
        _ gone: String,
        _ part: String,
        on account: String
    ) -> [Change] {
        func money(_ amount: String) -> JSONValue {
            ["account_id": .string(account), "amount": .string(amount)]
        }
        return [
            (
                .patch, "goals/\(goal)",
                ["name": "Roofs", "target_amount": "700.00", "target_date": "2027-01-31"]
            ),
            (
                .patch, "goals/\(goal)",
                [
                    "automatic": [
                        "rule": "fixed", "account_id": .string(account), "amount": "5.00",
                        "day": .number("31"),
                    ]
                ]
            ),
            (.post, "goals/\(goal)/contributions", money("20.00")),
            (.post, "goals/\(goal)/contributions", money("-20.00")),
            (.delete, "goals/\(goal)/contributions/\(part)", nil),
            (.post, "goals/\(goal)/pause", nil),
            (.post, "goals/\(goal)/finish", ["earmarks": "release"]),
            (.post, "goals/\(goal)/finish", ["earmarks": "keep"]),
            (.post, "goals/\(fund)/finish", ["earmarks": "release"]),
            (.post, "goals", ["name": "Third", "kind": "emergency_fund"]),
            (.delete, "goals/\(goal)", nil),
            (.post, "goals/\(gone)/restore", nil),
            (.put, "goals/order", ["ids": [.string(fund), .string(goal)]]),
        ]
    }

    private static func changes(ofCard card: String, _ loan: String) -> [Change] {
        return [
            (
                .put, "debts/\(card)",
                [
                    "yearly_rate": "19.9", "minimum_kind": "share", "minimum_amount": "10.00",
                    "minimum_share": "2.5",
                ]
            ),
            (
                .put, "debts/\(loan)",
                ["yearly_rate": "6", "minimum_kind": "fixed", "minimum_amount": "60.00"]
            ),
            (.delete, "debts/\(loan)", nil),
            (.patch, "debts/settings", ["strategy": "snowball", "extra_amount": "25.00"]),
        ]
    }

    @Test(arguments: Engine.present)
    func `every change can be taken back`(engine: Engine) async throws {
        try await UndoBench.with(engine) { undo in
            let ann = undo.caller
            let account = try await GoalBench.makeAccount("Savings", "500.00", by: ann)
            let loan = try await GoalBench.makeAccount("Loan", "-900.00", kind: "loan", by: ann)
            let card = try await GoalBench.makeAccount(
                "Card",
                "-90.00",
                kind: "credit_card",
                by: ann
            )
            let goal = try await undo.make(
                .post,
                "goals",
                ["name": "Roof", "kind": "purchase", "target_amount": "600.00"]
            )
            let fund = try await undo.make(
                .post,
                "goals",
                [
                    "name": "Tax", "kind": "sinking_fund", "target_amount": "60.00",
                    "target_date": "2026-12-31", "repeat_months": .number("12"),
                ]
            )
            let gone = try await undo.make(.post, "goals", ["name": "Gone", "kind": "saving"])
            try await undo.make(.delete, "goals/\(gone)")
            func money(_ amount: String) -> JSONValue {
                ["account_id": .string(account), "amount": .string(amount)]
            }
            let part = try await undo.make(.post, "goals/\(goal)/contributions", money("100.00"))
            try await undo.make(.post, "goals/\(fund)/contributions", money("60.00"))
            let terms: JSONValue = [
                "yearly_rate": "5", "minimum_kind": "fixed", "minimum_amount": "50.00",
            ]
            try await undo.make(.put, "debts/\(loan)", terms)
            let changes =
                Self.changes(goal, fund, gone, part, on: account)
                + Self.changes(ofCard: card, loan)
            let before = try await picture(ann)

            for (method, path, body) in changes {
                try await undo.make(method, path, body)
                let changed = try await picture(ann)
                undo.server.clock.advance(seconds: 1)
                let answer = try await undo.undo(try await undo.lastEntry())
                #expect(answer.status == 200, "\(method) \(path): \(answer)")
                #expect(changed != before, "\(method) \(path)")
                #expect(try await picture(ann) == before, "\(method) \(path)")
            }
        }
    }

    @Test(arguments: Engine.present)
    func `what was earmarked for something else since is not given back`(
        engine: Engine
    ) async throws {
        try await UndoBench.with(engine) { undo in
            let ann = undo.caller
            let account = try await GoalBench.makeAccount("Savings", "500.00", by: ann)
            let goal: JSONValue = ["name": "Roof", "kind": "saving"]
            let roof = try await undo.make(.post, "goals", goal)
            let bike = try await undo.make(.post, "goals", goal)
            let made = try await undo.lastEntry()
            let body: JSONValue = ["account_id": .string(account), "amount": "400.00"]
            try await undo.make(.post, "goals/\(roof)/contributions", body)
            try await undo.make(.post, "goals/\(roof)/finish", ["earmarks": "release"])
            let finished = try await undo.lastEntry()
            try await undo.make(.post, "goals/\(bike)/contributions", body)

            let answers = [try await undo.undo(finished), try await undo.undo(made)]

            #expect(answers.map(\.code) == ["audit.cannot_undo", "audit.cannot_undo"])
            #expect(try await ann.get("goals/\(roof)").data[text: "saved"] == "0.00")
        }
    }

    @Test(arguments: Engine.present)
    func `what came by itself is taken back whole, and does not come again`(
        engine: Engine
    ) async throws {
        try await GoalBench.with(engine) { bench in
            let goal = try await bench.goal(
                "Roof",
                [
                    (
                        "automatic",
                        [
                            "rule": "fixed", "account_id": .string(bench.savings),
                            "amount": "10.00", "day": .number("15"),
                        ]
                    )
                ],
                kind: "saving"
            )
            let first = try await bench.earmark()
            let entry = try await bench.caller.get("audit-logs?limit=1").data[0]
            let answer = try await bench.caller.call(.post, "audit-logs/\(entry.id)/undo")

            let again = try await bench.earmark()

            #expect(first.contributions == 1 && again.contributions == 0)
            #expect(answer.status == 200, "\(answer)")
            #expect(try await bench.read(goal)[text: "saved"] == "0.00")
            try await bench.expectWholeBooks()
        }
    }
}
