import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

struct BudgetRouteTests {
    private static let paths = [
        "budgets", "budgets/settings", "budgets/2026-11", "analytics/budget-progress",
    ]

    @Test(arguments: TestEngine.present)
    func `nobody gets a budget`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            for path in Self.paths {
                let answer = try await api.send(.get, path)
                #expect(answer.status == 401, "\(path)")
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `another household has none of it`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp("Ann")
            let eve = try await api.signUp("Eve")
            let food = try await ann.makeBudget("Anns food")
            let card = try await ann.makeAccount("Anns card", kind: "credit_card")
            try await ann.assign("50", to: food)

            for path in Self.paths {
                let answer = try await eve.get(path)
                #expect(answer.status == 200)
                #expect(!answer.body.contains("Ann") && !answer.body.contains("50.00"), "\(path)")
            }
            let changes = [
                try await eve.get("budgets/categories/\(food)"),
                try await eve.patch("budgets/categories/\(food)", #"{"kind": "fixed"}"#),
                try await eve.delete("budgets/categories/\(food)"),
                try await eve.send(.post, "budgets/categories/\(food)/restore"),
                try await eve.send(.put, "budgets/2026-11/\(food)", #"{"amount": "1"}"#),
                try await eve.send(.put, "budgets/2026-11/\(card)", #"{"amount": "1"}"#),
            ]
            #expect(changes.map(\.status) == changes.map { _ in 404 })
            let taken = try await eve.post("budgets", #"{"category_id": "\#(food)"}"#)
            #expect(taken.faults == ["category_id not_found"])
        }
    }

    @Test(arguments: TestEngine.present)
    func `a budget is made, changed, deleted and brought back`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let food = try await ann.makeBudget("Snacks", #", "group": "Daily""#)
            try await ann.assign("50", to: food)

            let twice = try await ann.post("budgets", #"{"category_id": "\#(food)"}"#)
            let rule = #"{"rule": "by_date", "amount": "600", "date": "2027-06-01"}"#
            let patched = try await ann.patch(
                "budgets/categories/\(food)",
                #"{"rollover": "none", "fill": \#(rule), "priority": 2}"#,
                headers: [.ifMatch: "\"1\""]
            )
            let stale = try await ann.patch(
                "budgets/categories/\(food)",
                #"{"kind": "fixed"}"#,
                headers: [.ifMatch: "\"1\""]
            )
            let deleted = try await ann.delete("budgets/categories/\(food)")
            let without = try await ann.get("budgets/2026-11")
            let listed = try await ann.get("budgets")
            let all = try await ann.get("budgets?include_deleted=true")
            let restored = try await ann.send(.post, "budgets/categories/\(food)/restore")
            let with = try await ann.get("budgets/2026-11")

            #expect(twice.faults == ["category_id taken"])
            #expect(patched.text("data.fill.date") == "2027-06-01")
            #expect(patched.text("data.fill.amount") == "600.00")
            #expect(patched.text("data.group") == "Daily")
            #expect(stale.status == 412)
            #expect(deleted.status == 204)
            #expect(without.text("data.totals.assigned") == "0.00")
            #expect(listed.count("data") == 0 && all.count("data") == 1)
            #expect(restored.text("data.rollover") == "none")
            #expect(with.text("data.totals.assigned") == "50.00")
        }
    }

    @Test(arguments: TestEngine.present)
    func `a rule says what it lacks`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let food = try await ann.makeBudget("Snacks")
            let wrong: [String: Set<String>] = [
                #"{"rule": "fixed"}"#: ["fill.amount required"],
                #"{"rule": "weekly"}"#: ["fill.amount required", "fill.weekday required"],
                #"{"rule": "average", "periods": 25}"#: ["fill.periods out_of_range"],
                #"{"rule": "fixed", "amount": "1.234"}"#: ["fill.amount too_precise"],
            ]

            for (rule, faults) in wrong {
                let answer = try await ann.patch(
                    "budgets/categories/\(food)",
                    #"{"fill": \#(rule)}"#
                )
                #expect(answer.faults == faults, "\(rule)")
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `settings change the periods and lose nothing`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let food = try await ann.makeBudget("Snacks")
            for month in ["2026-10", "2026-11", "2026-12"] {
                try await ann.assign("50", to: food, in: month)
            }

            let quarter = try await ann.patch(
                "budgets/settings",
                #"{"period": "quarter", "view": "flex"}"#
            )
            let whole = try await ann.get("budgets/2026-Q4")
            _ = try await ann.patch(
                "budgets/settings",
                #"{"period": "month", "month_start": null, "holidays": "DE"}"#
            )
            let payDay = try await ann.get("budgets/2026-11")
            let bad = try await ann.patch("budgets/settings", #"{"month_start": 29}"#)
            let nonsense = try await ann.get("budgets/2026-13")
            let far = try await ann.get("budgets/2044-01")

            #expect(quarter.text("data.version") == "1")
            #expect(whole.text("data.totals.assigned") == "150.00")
            #expect(whole.text("data.view") == "flex")
            #expect(payDay.text("data.from") == "2026-10-30")
            #expect(payDay.text("data.totals.assigned") == "50.00")
            #expect(bad.faults == ["month_start out_of_range"])
            #expect(nonsense.faults == ["month not_a_period"])
            #expect(far.faults == ["month out_of_range"])
        }
    }

    @Test(arguments: TestEngine.present)
    func `progress is held against the day`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let food = try await ann.makeBudget("Snacks")
            try await ann.assign("300", to: food)
            try await ann.spend("240", from: account, on: food)

            let answer = try await ann.get("analytics/budget-progress")

            #expect(answer.text("data.0.category") == "Snacks")
            #expect(answer.text("data.0.progress") == "80.00")
            // 21 of 30 days are gone, and ten are left with today.
            #expect(answer.text("data.0.pace.gone") == "70.00")
            #expect(answer.text("data.0.pace.ahead") == "30.00")
            #expect(answer.text("data.0.pace.per_day") == "6.00")
        }
    }

    @Test(arguments: TestEngine.present)
    func `a missing rate is shown`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let dollars = try await ann.makeAccount("Dollars", currency: "USD")
            let food = try await ann.makeBudget("Snacks")
            try await ann.spend("5", from: dollars, on: food)

            let answer = try await ann.get("budgets/2026-11")
            let line = answer.texts("data.lines", "category_id").firstIndex(of: food) ?? 0

            #expect(answer.text("data.lines.\(line).limit.spent") == "0.00")
            #expect(answer.text("data.lines.\(line).limit.missing_rates.0") == "USD")
            #expect(answer.text("data.lines.\(line).envelope.missing_rates.0") == "USD")
            #expect(answer.text("data.totals.missing_rates.0") == "USD")
        }
    }

    @Test(arguments: TestEngine.present)
    func `foreign money counts at the rate of its day, whatever comes later`(
        engine: TestEngine
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let opening = #", "opening_balance": "1000", "opening_date": "2026-10-01""#
            let euros = try await ann.makeAccount("Euros", opening)
            let dollars = try await ann.makeAccount("Dollars", currency: "USD")
            let food = try await ann.makeBudget("Snacks")
            func exchange(for amount: String, on day: String) async throws {
                let answer = try await ann.post(
                    "transactions",
                    """
                    {"type": "transfer", "account_id": "\(euros)", "to_account_id": "\(dollars)",
                     "amount": "100", "to_amount": "\(amount)", "date": "\(day)"}
                    """
                )
                #expect(answer.status == 201, "\(answer.body)")
            }
            func activity(_ period: String) async throws -> String {
                try await ann.get("budgets/\(period)").envelope(food, "activity")
            }
            try await exchange(for: "110", on: "2026-11-02")
            try await ann.spend("11", from: dollars, on: food, date: "2026-11-03")
            let early = try await activity("2026-11")
            try await exchange(for: "125", on: "2026-11-09")
            let later = try await activity("2026-11")
            try await ann.spend("12.50", from: dollars, on: food, date: "2026-11-10")

            let both = try await activity("2026-11")
            #expect([early, later, both] == ["-10.00", "-10.00", "-20.00"])
            // What was exchanged is still there, at what it cost.
            let cash = try await ann.get("budgets/2026-11").text("data.totals.cash")
            #expect(cash == "980.00")
            let weeks = try await ann.patch("budgets/settings", #"{"period": "week"}"#)
            #expect(weeks.status == 200, "\(weeks.body)")
            #expect(try await activity("2026-11-04") == "-10.00")
            #expect(try await activity("2026-11-11") == "-10.00")
        }
    }

    @Test(arguments: TestEngine.present)
    func `an account is in the budget or not`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let opening = #", "opening_balance": "100", "opening_date": "2026-11-01""#
            let cash = try await ann.makeAccount("Cash", opening)
            let savings = try await ann.makeAccount("Aside", kind: "savings", opening)
            let house = try await ann.makeAccount("House", kind: "property", opening)
            let home = try await ann.makeCategory("Home of one's own")
            let all = try await ann.get("budgets/2026-11").text("data.totals.cash")

            let out = try await ann.patch("accounts/\(savings)", #"{"is_budgeted": false}"#)
            let less = try await ann.get("budgets/2026-11").text("data.totals.cash")
            let given = try await ann.patch(
                "accounts/\(house)",
                #"{"budget_category_id": "\#(home)"}"#
            )
            _ = try await ann.post(
                "transactions",
                """
                {"type": "transfer", "account_id": "\(cash)", "to_account_id": "\(house)",
                 "amount": "30", "date": "2026-11-05"}
                """
            )
            let month = try await ann.get("budgets/2026-11")
            let wrong = try await ann.patch(
                "accounts/\(house)",
                #"{"budget_category_id": "\#(cash)"}"#
            )

            #expect(all == "200.00" && less == "100.00")
            #expect(out.text("data.is_budgeted") == "false")
            #expect(given.text("data.budget_category_id") == home)
            let line = try #require(month.texts("data.lines", "category_id").firstIndex(of: home))
            #expect(month.text("data.lines.\(line).limit.spent") == "30.00")
            #expect(wrong.faults == ["budget_category_id not_found"])
        }
    }
}

extension APIPerson {
    /// A category with a budget; the answer is the category.
    func makeBudget(_ name: String, _ more: String = "") async throws -> String {
        let id = try await makeCategory(name)
        let answer = try await post("budgets", #"{"category_id": "\#(id)"\#(more)}"#)
        #expect(answer.status == 201, "\(answer.body)")
        return id
    }

    @discardableResult
    func assign(
        _ amount: String,
        to envelope: String,
        in month: String = "2026-11"
    ) async throws -> APIAnswer {
        let answer = try await send(
            .put,
            "budgets/\(month)/\(envelope)",
            #"{"amount": "\#(amount)"}"#
        )
        #expect(answer.status == 200, "\(answer.body)")
        return answer
    }
}
