import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

/// What is planned for a period.
struct BudgetPlanTests {
    @Test(arguments: TestEngine.present)
    func `money moves, covers and is held`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A", #", "opening_balance": "100""#)
            let food = try await ann.makeBudget("Snacks")
            let fun = try await ann.makeBudget("Treats")
            try await ann.assign("40", to: food)
            try await ann.spend("5", from: account, on: fun)

            let moved = try await ann.plan(
                "move",
                #"{"from_id": "\#(food)", "to_id": "\#(fun)", "amount": "3"}"#
            )
            let covered = try await ann.plan(
                "cover",
                #"{"category_id": "\#(fun)", "from_id": null}"#
            )
            let held = try await ann.plan("hold", #"{"amount": "10"}"#)
            let tooMuch = try await ann.plan("hold", #"{"amount": "1000"}"#)
            let twice = try await ann.plan("cover", #"{"category_id": "\#(fun)"}"#)
            let short = try await ann.plan(
                "move",
                #"{"from_id": "\#(food)", "to_id": null, "amount": "37.01"}"#
            )
            let same = try await ann.plan("move", #"{"amount": "1"}"#)
            let next = try await ann.get("budgets/2026-12")

            #expect(moved.envelope(food, "assigned") == "37.00")
            #expect(moved.envelope(fun, "available") == "-2.00")
            #expect(covered.envelope(fun, "available") == "0.00")
            // 100 less 5, of which 37 lie in one envelope and none in the other.
            #expect(covered.text("data.totals.ready") == "58.00")
            #expect(held.text("data.totals.ready") == "48.00")
            #expect(tooMuch.code == "budget.not_enough")
            #expect(tooMuch.text("error.details.available") == "58.00")
            #expect(twice.code == "budget.not_overspent")
            #expect(short.text("error.details.available") == "37.00")
            #expect(same.faults == ["to_id same"])
            #expect(next.text("data.totals.held_before") == "10.00")
        }
    }

    @Test(arguments: TestEngine.present)
    func `a number belongs to a budget or a card`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let card = try await ann.makeAccount("Card", kind: "credit_card")
            let cash = try await ann.makeAccount("Cash", kind: "cash")
            let bare = try await ann.makeCategory("Bare")

            let onCard = try await ann.assign("12.34", to: card)
            #expect(onCard.text("data.cards.0.assigned") == "12.34")
            for id in [cash, bare] {
                let answer = try await ann.send(.put, "budgets/2026-11/\(id)", #"{"amount": "1"}"#)
                #expect(answer.status == 404)
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `a locked period refuses changes`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            _ = try await ann.makeAccount("A", #", "opening_balance": "100""#)
            let food = try await ann.makeBudget(
                "Snacks",
                #", "fill": {"rule": "fixed", "amount": "9"}"#
            )
            try await ann.assign("40", to: food)

            let locked = try await ann.plan("lock", "{}")
            for (path, body) in [
                ("move", #"{"from_id": "\#(food)", "to_id": null, "amount": "3"}"#),
                ("hold", #"{"amount": "1"}"#), ("flexible", #"{"amount": "1"}"#),
            ] {
                let answer = try await ann.plan(path, body)
                #expect(answer.status == 409 && answer.code == "budget.locked", "\(path)")
            }
            let put = try await ann.send(.put, "budgets/2026-11/\(food)", #"{"amount": "1"}"#)
            // The lock holds its days, whatever the periods are called now.
            _ = try await ann.patch("budgets/settings", #"{"period": "year"}"#)
            let year = try await ann.get("budgets/2026")
            _ = try await ann.patch("budgets/settings", #"{"period": "month"}"#)
            let preview = try await ann.plan("fill", #"{"preview": true}"#)
            let opened = try await ann.plan("unlock", "{}")
            let after = try await ann.assign("41", to: food)

            #expect(locked.text("data.is_locked") == "true")
            #expect(put.code == "budget.locked")
            #expect(year.text("data.is_locked") == "true")
            #expect(preview.status == 200)
            #expect(opened.text("data.is_locked") == "false")
            #expect(after.envelope(food, "assigned") == "41.00")
        }
    }

    @Test(arguments: TestEngine.present)
    func `a fill is looked at first and only adds`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            _ = try await ann.makeAccount("A", #", "opening_balance": "100""#)
            let rent = try await ann.makeBudget(
                "Rent",
                #", "fill": {"rule": "fixed", "amount": "80"}"#
            )
            let food = try await ann.makeBudget(
                "Snacks",
                #", "fill": {"rule": "fixed", "amount": "50"}, "priority": 2"#
            )
            let version = try await ann.footprint().last

            let preview = try await ann.plan("fill", #"{"preview": true}"#)
            let untouched = try await ann.get("budgets/2026-11")
            #expect(try await ann.footprint().last == version)
            let filled = try await ann.plan("fill", "{}")
            let again = try await ann.plan("fill", "{}")
            let month = try await ann.get("budgets/2026-11")

            #expect(preview.texts("data.rows", "after") == ["80.00", "20.00"])
            #expect(preview.text("data.short") == "30.00")
            #expect(preview.text("data.ready_after") == "0.00")
            #expect(untouched.text("data.totals.assigned") == "0.00")
            #expect(filled.text("data.is_preview") == "false")
            #expect(again.text("data.given") == "0.00")
            #expect(month.envelope(rent, "assigned") == "80.00")
            #expect(month.envelope(food, "assigned") == "20.00")
        }
    }

    @Test(arguments: TestEngine.present)
    func `a budget is proposed from the last months`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let food = try await ann.makeCategory("Food of three months")
            for (month, amount) in [("08", "100"), ("09", "110"), ("10", "90")] {
                try await ann.spend(amount, from: account, on: food, date: "2026-\(month)-03")
            }
            _ = try await ann.patch("budgets/settings", #"{"view": "tracking"}"#)
            let body =
                #"{"rule": {"rule": "average", "periods": 3}, "new_budgets": true, "preview": "#

            let preview = try await ann.plan("fill", body + "true}")
            let none = try await ann.get("budgets")
            _ = try await ann.plan("fill", body + "false}")
            let month = try await ann.get("budgets/2026-11")

            #expect(preview.texts("data.rows", "name") == ["Food of three months"])
            #expect(preview.text("data.rows.0.is_new") == "true")
            #expect(preview.text("data.rows.0.after") == "100.00")
            #expect(none.count("data") == 0)
            #expect(month.envelope(food, "assigned") == "100.00")
        }
    }

    @Test(arguments: TestEngine.present)
    func `the flexible number is divided to the last cent`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let budgets = [
                try await ann.makeBudget("A1"), try await ann.makeBudget("A2"),
                try await ann.makeBudget("A3"),
            ]
            _ = try await ann.makeBudget("Rent", #", "kind": "fixed""#)

            let answer = try await ann.plan("flexible", #"{"amount": "100"}"#)

            #expect(answer.text("data.flex.flexible.limit") == "100.00")
            #expect(budgets.map { answer.envelope($0, "assigned") } == ["33.34", "33.33", "33.33"])
        }
    }

    /// Every period there is, by one statement for the months and none for each transaction.
    @Test(arguments: TestEngine.present)
    func `a month is read from rollups alone`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let food = try await ann.makeBudget("Snacks")
            for month in 1...9 {
                try await ann.assign("10", to: food, in: "2026-0\(month)")
                try await ann.spend("5", from: account, on: food, date: "2026-0\(month)-20")
            }
            let member = ann.home.member

            for start in [#"{"month_start": 1}"#, #"{"month_start": 25}"#] {
                _ = try await ann.patch("budgets/settings", start)
                let (texts, problems) = try await ann.home.read { transaction in
                    let recorder = PlanRecorder(transaction)
                    let today = LedgerFixture.today
                    let reader = BudgetReader(transaction: recorder, member: member, today: today)
                    _ = try BudgetMonth(reader.book("2026-09"))
                    let large: Set = ["rollup", "posting", "ledger_transaction", "budget_amount"]
                    return (recorder.texts, try recorder.problems(large))
                }
                #expect(problems.isEmpty)
                #expect(texts.filter { $0.contains("FROM rollup") }.count <= 3)
                #expect(!texts.contains { $0.contains("posting") })
                #expect(!texts.contains { $0.contains("ledger_transaction") })
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `the numbers of a locked period do not change with a budget`(
        engine: TestEngine
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            _ = try await ann.makeAccount("A", #", "opening_balance": "100""#)
            let food = try await ann.makeBudget("Snacks")
            let bare = try await ann.makeBudget("Treats")
            try await ann.assign("40", to: food)
            // What is left is carried into the locked one.
            _ = try await ann.send(.post, "budgets/2026-12/lock", "{}")
            let path = "budgets/categories/\(food)"
            let carried = try await ann.patch(path, #"{"rollover": "none"}"#)
            let name = try await ann.patch(path, #"{"group": "Home", "priority": 2}"#)
            _ = try await ann.plan("lock", "{}")
            let before = try await ann.get("budgets/2026-11")
            let kind = try await ann.patch(path, #"{"kind": "fixed"}"#)
            let deleted = try await ann.delete(path)
            let empty = try await ann.delete("budgets/categories/\(bare)")
            let after = try await ann.get("budgets/2026-11")

            #expect(carried.status == 409 && carried.code == "budget.locked")
            #expect(name.status == 200)
            #expect(kind.status == 409 && kind.code == "budget.locked")
            #expect(deleted.status == 409 && deleted.code == "budget.locked")
            #expect(empty.status == 204)
            #expect(before.envelope(food, "assigned") == "40.00")
            #expect(after.envelope(food, "assigned") == "40.00")
            #expect(after.text("data.totals.ready") == before.text("data.totals.ready"))
        }
    }

    @Test(arguments: TestEngine.present)
    func `a budget does not come back into a locked period`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let food = try await ann.makeBudget("Snacks")
            try await ann.assign("40", to: food)
            let path = "budgets/categories/\(food)"
            let deleted = try await ann.delete(path)
            _ = try await ann.plan("lock", "{}")
            let restored = try await ann.send(.post, "\(path)/restore", "{}")
            let made = try await ann.send(.post, "budgets", #"{"category_id": "\#(food)"}"#)
            _ = try await ann.plan("unlock", "{}")
            let back = try await ann.send(.post, "\(path)/restore", "{}")

            #expect(deleted.status == 204)
            #expect(restored.status == 409 && restored.code == "budget.locked")
            #expect(made.status == 409 && made.code == "budget.locked")
            #expect(back.status == 200)
        }
    }

    @Test(arguments: TestEngine.present)
    func `a fill names categories that are there`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let bob = try await api.signUp("Bob")
            let account = try await ann.makeAccount("A")
            let theirs = try await bob.makeBudget("Snacks")
            let mine = try await ann.makeBudget("Treats")
            for wrong in ["01a1fdf1-682d-7001-9709-01a2a002ee10", theirs, account] {
                let ids = #"{"category_ids": ["\#(mine)", "\#(wrong)"]}"#
                let answer = try await ann.plan("fill", ids)
                #expect(answer.faults == ["category_ids not_found"], "\(wrong)")
            }
            let known = try await ann.plan("fill", #"{"category_ids": ["\#(mine)"]}"#)
            #expect(known.status == 200)
            let period = try await ann.get("analytics/budget-progress?period=2026-13")
            #expect(period.faults == ["period not_a_period"])
        }
    }
}

extension APIPerson {
    func plan(
        _ word: String,
        _ body: String,
        in month: String = "2026-11"
    ) async throws -> APIAnswer {
        try await post("budgets/\(month)/\(word)", body)
    }
}

extension APIAnswer {
    /// A figure of the envelope of a category.
    func envelope(_ category: String, _ figure: String) -> String {
        guard let line = texts("data.lines", "category_id").firstIndex(of: category) else {
            return "-"
        }
        return text("data.lines.\(line).envelope.\(figure)")
    }
}
