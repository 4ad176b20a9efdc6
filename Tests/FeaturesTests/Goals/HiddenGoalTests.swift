import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// Goals and debts on accounts that Bob does not see.
@Suite struct HiddenGoalTests {
    private func goal(
        _ shared: SharedHome,
        _ more: [(String, JSONValue)] = []
    ) async throws -> String {
        let fields: [(String, JSONValue)] =
            [("name", "Ring"), ("kind", "saving"), ("target_amount", "90.00")] + more
        let answer = try await shared.ann.call(
            .post,
            "goals",
            .object(fields.map { JSONMember(name: $0.0, value: $0.1) })
        )
        #expect(answer.status == 201, "\(answer)")
        return answer.data.id
    }

    @discardableResult
    private func contribute(
        _ amount: String,
        _ goal: String,
        _ account: AccountID,
        by caller: Caller
    ) async throws -> Answer {
        try await caller.call(
            .post,
            "goals/\(goal)/contributions",
            [
                "account_id": .string(account.description), "amount": .string(amount),
                "allow_overcommitted": true,
            ]
        )
    }

    @Test(arguments: Engine.present)
    func `an earmark on a hidden account is not told`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let joint = try await shared.makeAccount("Joint")
            let own = try await shared.makeAccount("Presents")
            let ring = try await goal(
                shared,
                [
                    (
                        "automatic",
                        [
                            "rule": "fixed", "account_id": .string(own.description),
                            "amount": "33.33", "day": .number("1"),
                        ]
                    )
                ]
            )
            try await contribute("77.77", ring, own, by: shared.ann)
            let seen = try await contribute("22.23", ring, joint, by: shared.ann)
            try await shared.hide(own)

            let mine = try await shared.ann.get("goals/\(ring)").data
            let his = try await shared.bob.get("goals/\(ring)").data
            for path in [
                "goals", "goals/\(ring)", "goals/\(ring)/contributions", "goals/\(ring)/path",
                "goals/summary", "audit-logs?limit=100",
            ] {
                let answer = try await shared.bob.get(path)
                #expect(answer.status == 200)
                for word in ["77.77", "33.33", "\(own)", "Presents"] {
                    #expect(!answer.text.contains(word), "\(path) \(word)")
                }
            }
            let history = try await shared.bob.get("goals/\(ring)/contributions").data.elements

            #expect(mine[text: "saved"] == "100.00" && mine["reached_at"] != .null)
            #expect(his[text: "saved"] == "22.23" && his["reached_at"] == .null)
            #expect(his["automatic"] == .null)
            #expect(history.map(\.id) == [seen.data.id])
        }
    }

    @Test(arguments: Engine.present)
    func `who does not see all of a goal does not say what becomes of it, and spoils nothing`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let own = try await shared.makeAccount("Presents")
            let joint = try await shared.makeAccount("Joint")
            let rule: JSONValue = [
                "rule": "fixed", "account_id": .string(own.description), "amount": "5.00",
                "day": .number("1"),
            ]
            let ring = try await goal(shared, [("automatic", rule)])
            let made = try await contribute("10.00", ring, own, by: shared.ann)
            try await shared.hide(own)

            let bob = shared.bob
            let refused = [
                try await bob.call(.delete, "goals/\(ring)"),
                try await bob.call(.post, "goals/\(ring)/finish", ["earmarks": "release"]),
                try await bob.call(.patch, "goals/\(ring)", ["automatic": nil]),
            ]
            let named = [
                try await contribute("1.00", ring, own, by: bob),
                try await bob.call(.patch, "goals/\(ring)", ["automatic": rule]),
            ]
            let other = try await bob.call(
                .delete,
                "goals/\(ring)/contributions/\(made.data.id)"
            )
            let renamed = try await bob.call(.patch, "goals/\(ring)", ["name": "Sing"])
            let joined = try await contribute("1.00", ring, joint, by: bob)

            #expect(refused.map(\.code) == Array(repeating: "goal.private", count: 3))
            #expect(named[0].fields == ["account_id"])
            #expect(named[1].code == "goal.private")
            #expect(other.status == 404)
            #expect(renamed.status == 200 && joined.status == 201)
            let kept = try await shared.ann.get("goals/\(ring)").data
            #expect(kept["automatic"]?["amount"] == "5.00")
            #expect(kept[text: "saved"] == "11.00" && kept[text: "name"] == "Sing")
        }
    }

    @Test(arguments: Engine.present)
    func `a debt on a hidden account is not there`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let card = try await shared.makeAccount("Secret card")
            let loan = try await shared.makeAccount("Car loan")
            for id in [card, loan] {
                _ = try await shared.ann.call(.patch, "accounts/\(id)", ["kind": "loan"])
                _ = try await shared.spend("500", from: id)
                let put = try await shared.ann.call(
                    .put,
                    "debts/\(id)",
                    [
                        "yearly_rate": "7.77", "minimum_kind": "fixed",
                        "minimum_amount": .string(id == card ? "44.44" : "50"),
                    ]
                )
                #expect(put.status == 200, "\(put)")
            }
            try await shared.hide(card)

            for path in ["debts", "debts/plan", "debts/settings", "audit-logs?limit=100"] {
                let answer = try await shared.bob.get(path)
                #expect(answer.status == 200)
                #expect(
                    !answer.text.contains("\(card)") && !answer.text.contains("44.44"),
                    "\(path)"
                )
            }
            let bob = shared.bob
            let terms: JSONValue = [
                "yearly_rate": "1", "minimum_kind": "fixed", "minimum_amount": "1",
            ]
            let order = try await bob.call(
                .patch,
                "debts/settings",
                ["order": [.string(card.description)]]
            )
            let plan = try await bob.get("debts/plan").data

            #expect(try await bob.get("debts/\(card)").status == 404)
            #expect(try await bob.call(.put, "debts/\(card)", terms).status == 404)
            #expect(try await bob.call(.delete, "debts/\(card)").status == 404)
            #expect(order.fields == ["order"])
            #expect(plan[text: "owed"] == "500.00")
            #expect(plan["debts"]?.elements.count == 1)
            #expect(try await shared.ann.get("debts/plan").data[text: "owed"] == "1000.00")
        }
    }
}
