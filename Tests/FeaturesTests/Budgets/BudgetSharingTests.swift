import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// Budgets of several people, and the way back.
@Suite struct BudgetSharingTests {
    private func makeBudget(_ shared: SharedHome, _ name: String) async throws -> AccountID {
        let id = try await shared.makeCategory(name)
        let answer = try await shared.ann.call(
            .post,
            "budgets",
            ["category_id": .string(id.description)]
        )
        #expect(answer.status == 201, "\(answer)")
        return id
    }

    @Test(arguments: Engine.present)
    func `who does not see every account sees their part and changes nothing`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let joint = try await shared.makeAccount("Joint")
            let own = try await shared.makeAccount("Presents")
            let fun = try await makeBudget(shared, "Treats")
            _ = try await shared.spend("40", from: own, on: fun)
            _ = try await shared.spend("7", from: joint, on: fun)
            let put = HTTPRequest.Method.put
            let path = "budgets/2026-03/\(fun)"
            _ = try await shared.ann.call(put, path, ["amount": "60"])
            let before = try await shared.bob.get("budgets/2026-03")
            try await shared.hide(own)

            let hers = try await shared.ann.get("budgets/2026-03")
            let his = try await shared.bob.get("budgets/2026-03")
            let refused = [
                try await shared.bob.call(put, path, ["amount": "1"]),
                try await shared.bob.call(.patch, "budgets/settings", ["view": "flex"]),
                try await shared.bob.call(.delete, "budgets/categories/\(fun)"),
                try await shared.bob.call(.post, "budgets/2026-03/lock", nil),
            ]

            #expect(before.data["spending"]?["spent"] == "47.00")
            #expect(hers.data["spending"]?["spent"] == "47.00")
            #expect(his.data["spending"]?["spent"] == "7.00")
            #expect(his.data["totals"]?["cash"] == "-7.00")
            #expect(!his.text.contains("Presents") && !his.text.contains("40.00"))
            #expect(refused.map(\.code) == refused.map { _ in "budget.private" })
            #expect(before.data["can_plan"] == .boolean(true))
            #expect(before.data["plan_refusal"] == .null)
            #expect(hers.data["can_plan"] == .boolean(true))
            #expect(his.data["can_plan"] == .boolean(false))
            #expect(his.data["plan_refusal"] == "budget.private")
        }
    }

    @Test(arguments: Engine.present)
    func `a period says what its reader would be refused with`(engine: Engine) async throws {
        try await SharedHome.with(engine, role: .viewer) { shared in
            let fun = try await makeBudget(shared, "Treats")
            func script(_ scope: String) async throws -> Caller {
                let made = try await shared.ann.call(
                    .post,
                    "tokens",
                    ["name": "Script", "scopes": .array([.string(scope)]), "expires_at": .null]
                )
                let token = try #require(made.data["token"]?.text, "\(made)")
                return shared.server.nobody.with(token: token)
            }
            let path = "budgets/2026-03"
            // All ask for the same period, that is kept once it was made.
            for (caller, wanted) in [
                (shared.ann, nil), (shared.bob, "household.read_only"),
                (try await script("budgets:read"), "auth.token_scope"),
                (try await script("budgets:write"), nil),
            ] {
                let period = try await caller.get(path)
                let put = try await caller.call(.put, "\(path)/\(fun)", ["amount": "1"])

                #expect(period.data["can_plan"] == .boolean(wanted == nil), "\(period)")
                #expect(period.data["plan_refusal"]?.text == wanted)
                #expect(put.code == wanted, "\(put)")
            }
        }
    }

    @Test(arguments: Engine.present)
    func `an account outside the budget may be hidden`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let own = try await shared.makeAccount("Presents")
            let fun = try await makeBudget(shared, "Treats")
            let answer = try await shared.ann.call(
                .patch,
                "accounts/\(own)",
                ["is_budgeted": .boolean(false)]
            )
            #expect(answer.status == 200)
            try await shared.hide(own)

            let period = try await shared.bob.get("budgets/2026-03")
            let put = try await shared.bob.call(.put, "budgets/2026-03/\(fun)", ["amount": "1"])

            #expect(period.data["can_plan"] == .boolean(true))
            #expect(put.status == 200, "\(put)")
        }
    }

    @Test(arguments: Engine.present)
    func `what is put aside for a hidden card is not told`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let card = try await shared.makeAccount("Secret card")
            _ = try await shared.ann.call(
                .patch,
                "accounts/\(card)",
                ["kind": "credit_card"]
            )
            let put = try await shared.ann.call(.put, "budgets/2026-03/\(card)", ["amount": "77"])
            #expect(put.status == 200, "\(put)")
            try await shared.hide(card)

            for path in ["budgets/2026-03", "audit-logs", "budgets/2026-04"] {
                let answer = try await shared.bob.get(path)
                #expect(answer.status == 200)
                #expect(
                    !answer.text.contains("77.00") && !answer.text.contains("\(card)"),
                    "\(path)"
                )
            }
        }
    }

    @Test(arguments: Engine.present)
    func `each change is taken back, a fill whole`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            let caller = bench.caller
            func category(_ name: String) async throws -> String {
                try await bench.make(
                    .post,
                    "categories",
                    ["name": .string(name), "kind": "expense"]
                )
            }
            let food = try await category("Snacks")
            let fun = try await category("Treats")
            try await bench.spend("30", on: fun, ["date": "2026-02-10"])
            try await bench.make(.post, "budgets", ["category_id": .string(food)])
            let average: JSONValue = ["rule": "average", "periods": .number("3")]
            let fixed: JSONValue = ["rule": "fixed", "amount": "25"]
            let changes: [(HTTPRequest.Method, String, JSONValue?)] = [
                (.patch, "budgets/settings", ["view": "tracking", "month_start": .null]),
                (.patch, "budgets/settings", ["month_start": .number("1")]),
                (.patch, "budgets/categories/\(food)", ["fill": fixed, "group": "Daily"]),
                (.put, "budgets/2026-03/\(food)", ["amount": "25"]),
                (
                    .post, "budgets/2026-03/fill",
                    ["rule": average, "new_budgets": .boolean(true)]
                ),
                (.post, "budgets/2026-03/flexible", ["amount": "100"]),
                (.post, "budgets/2026-03/lock", nil), (.post, "budgets/2026-03/unlock", nil),
                (.delete, "budgets/categories/\(food)", nil),
                (.post, "budgets/categories/\(food)/restore", nil),
            ]
            var pictures: [String] = []
            var entries: [JSONValue] = []
            for (method, path, body) in changes {
                pictures.append(try await picture(caller))
                try await bench.make(method, path, body)
                entries.append(try await bench.lastEntry())
            }
            #expect(Set(pictures).count >= 9)

            for (index, entry) in entries.enumerated().reversed() {
                bench.server.clock.advance(seconds: 1)
                // A restored budget is deleted as of now, not as of then.
                guard changes[index].0 != .delete else { continue }
                if changes[index].1.hasSuffix("restore") { continue }
                let answer = try await bench.undo(entry)
                #expect((200..<300).contains(answer.status), "\(changes[index].1): \(answer)")
                #expect(try await picture(caller) == pictures[index], "\(changes[index].1)")
            }
            let again = try await bench.undo(entries[3])
            #expect(again.code == "audit.cannot_undo")
        }
    }

    @Test(arguments: Engine.present)
    func `a deleted budget comes back by its entry`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            let food = try await bench.make(.post, "categories", ["name": "F", "kind": "expense"])
            try await bench.make(.post, "budgets", ["category_id": .string(food)])
            let made = try await bench.lastEntry()
            try await bench.make(.delete, "budgets/categories/\(food)")

            let back = try await bench.undo(bench.lastEntry())
            let stale = try await bench.undo(made)

            #expect((200..<300).contains(back.status), "\(back)")
            #expect(try await bench.caller.get("budgets").data.elements.count == 1)
            #expect(stale.code == "audit.cannot_undo")
        }
    }

    /// What is planned, without versions and times.
    private func picture(_ caller: Caller) async throws -> String {
        let month = try await caller.get("budgets/2026-03-15").data
        let settings = try await caller.get("budgets/settings").data
        let lines = (month["lines"]?.elements ?? []).map { line in
            let budget = line["budget"]
            return "\(line["name"] ?? .null) \(line["limit"]?["limit"] ?? .null) "
                + "\(budget?["fill"] ?? .null) \(budget?["group"] ?? .null)"
        }
        return
            "\(month["from"] ?? .null) \(month["is_locked"] ?? .null) \(settings["view"] ?? .null)"
            + lines.joined(separator: "\n")
    }
}
