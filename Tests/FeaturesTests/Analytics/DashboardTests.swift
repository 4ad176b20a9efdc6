import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

struct DashboardTests {
    private static func expect(
        _ answer: APIAnswer,
        _ expected: [String: String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.status == 200, "\(answer.body)", sourceLocation: sourceLocation)
        for (path, text) in expected {
            #expect(answer.text("data.\(path)") == text, "\(path)", sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: TestEngine.present)
    func `an empty month is all zeros`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()

            let answer = try await ann.get("analytics/dashboard")

            Self.expect(
                answer,
                [
                    "period": "month", "from": "2026-11-01", "to": "2026-11-30", "income": "0.00",
                    "expenses": "0.00", "savings": "0.00", "savings_rate": "null",
                    "transaction_count": "0", "by_month.0.month": "2026-11", "currency": "EUR",
                ]
            )
            #expect(answer.count("data.spending_by_category") == 0)
            #expect(answer.count("data.unconverted") == 0)
        }
    }

    @Test(arguments: TestEngine.present)
    func `a refund nets its category and a transfer is neither`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A", #", "opening_balance": "1000""#)
            let other = try await ann.makeAccount("B")
            let wages = try await ann.makeCategory("Wages", kind: "income")
            let top = try await ann.makeCategory("Top")
            let low = try await ann.makeCategory("Low", under: top)
            try await ann.spend(
                "200",
                from: account,
                on: wages,
                type: "income",
                #", "payee": "Boss""#
            )
            try await ann.spend("60", from: account, on: low, #", "payee": "Shop""#)
            try await ann.spend("10", from: account, on: low, type: "income", #", "payee": "Shop""#)
            try await ann.spend("30", from: account, on: top)
            try await ann.spend(
                "500",
                from: account,
                type: "transfer",
                #", "to_account_id": "\#(other)""#
            )

            let answer = try await ann.get("analytics/dashboard")

            Self.expect(
                answer,
                [
                    "income": "200.00", "expenses": "80.00", "savings": "120.00",
                    "savings_rate": "60.0",
                    "spending_by_category.0.name": "Top", "spending_by_category.0.amount": "80.00",
                    "spending_by_category.0.own_amount": "30.00",
                    "spending_by_category.0.share": "100.0",
                    "spending_by_category.0.count": "3",
                    "spending_by_category.0.children.0.amount": "50.00",
                    "spending_by_category.0.children.0.share": "62.5",
                    "income_by_category.0.amount": "200.00", "top_payees.0.payee": "Shop",
                    "top_payees.0.amount": "50.00", "top_payees.0.count": "2",
                ]
            )
            #expect(answer.count("data.top_payees") == 1)
        }
    }

    @Test(arguments: TestEngine.present)
    func `pending counts only if asked, expected never`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let food = try await ann.makeCategory("Meals")
            try await ann.spend("1", from: account, on: food)
            try await ann.spend("20", from: account, on: food, #", "state": "pending""#)
            try await ann.spend("300", from: account, on: food, #", "state": "expected""#)

            let booked = try await ann.get("analytics/dashboard")
            let all = try await ann.get("analytics/dashboard?include_pending=true")

            Self.expect(booked, ["expenses": "1.00", "transaction_count": "1"])
            Self.expect(all, ["expenses": "21.00", "transaction_count": "2"])
        }
    }

    @Test(arguments: TestEngine.present)
    func `what was deleted leaves no trace`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let food = try await ann.makeCategory("Meals")
            let id = try await ann.spend("1", from: account, on: food, #", "payee": "Shop""#)
            try await ann.spend("1", from: account, on: food, #", "state": "pending""#)
            _ = try await ann.delete("transactions/\(id)")

            let answer = try await ann.get("analytics/dashboard")

            Self.expect(answer, ["expenses": "0.00", "transaction_count": "0"])
            #expect(answer.count("data.spending_by_category") == 0)
            #expect(answer.count("data.top_payees") == 0)
        }
    }

    /// What is asked, the span that is meant and its spending, the span before it and its spending.
    private static let periods: [(String, String, String, String, String, String, String)] = [
        (
            "period=month", "2026-11-01", "2026-11-30", "24.00", "2026-10-01", "2026-10-31",
            "6.00"
        ),
        (
            "period=quarter", "2026-10-01", "2026-12-31", "62.00", "2026-07-01",
            "2026-09-30", "1.00"
        ),
        (
            "period=year", "2026-01-01", "2026-12-31", "63.00", "2025-01-01", "2025-12-31",
            "0.00"
        ),
        (
            "period=month&date=2026-10-15", "2026-10-01", "2026-10-31", "6.00",
            "2026-09-01", "2026-09-30", "1.00"
        ),
        (
            "period=quarter&date=2026-09-30", "2026-07-01", "2026-09-30", "1.00",
            "2026-04-01", "2026-06-30", "0.00"
        ),
        (
            "period=week&date=2026-11-30", "2026-11-30", "2026-12-06", "48.00",
            "2026-11-23", "2026-11-29", "0.00"
        ),
        (
            "period=custom&from=2026-10-31&to=2026-11-01", "2026-10-31", "2026-11-01",
            "12.00", "2026-10-29", "2026-10-30", "0.00"
        ),
        (
            "period=custom&from=2026-10-01&to=2026-11-30", "2026-10-01", "2026-11-30",
            "30.00", "2026-08-01", "2026-09-30", "1.00"
        ),
        (
            "period=custom&from=2026-10-15&to=2026-12-15", "2026-10-15", "2026-12-15",
            "60.00", "2026-08-14", "2026-10-14", "3.00"
        ),
    ]

    @Test(arguments: TestEngine.present)
    func `a period is compared with the one before it`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let food = try await ann.makeCategory("Meals")
            for (amount, date) in [
                ("1", "2026-09-30"), ("2", "2026-10-01"), ("4", "2026-10-31"), ("8", "2026-11-01"),
                ("16", "2026-11-30"), ("32", "2026-12-01"),
            ] {
                try await ann.spend(amount, from: account, on: food, date: date, #", "payee": "P""#)
            }

            for (query, from, to, expenses, previousFrom, previousTo, previous) in Self.periods {
                let answer = try await ann.get("analytics/dashboard?\(query)")
                Self.expect(
                    answer,
                    [
                        "from": from, "to": to, "expenses": expenses, "previous.from": previousFrom,
                        "previous.to": previousTo, "previous.expenses": previous,
                        "top_payees.0.amount": expenses,
                    ]
                )
            }
        }
    }

    @Test(
        arguments: TestEngine.present,
        [
            (Weekday.monday, "2026-11-16", "2026-11-22"), (.sunday, "2026-11-15", "2026-11-21"),
            (.saturday, "2026-11-21", "2026-11-27"),
        ]
    )
    func `a week begins on the household's day`(
        engine: TestEngine,
        week: (start: Weekday, from: String, to: String)
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp(weekStart: week.start)

            let answer = try await ann.get("analytics/dashboard?period=week")

            Self.expect(answer, ["from": week.from, "to": week.to])
        }
    }

    @Test(arguments: TestEngine.present)
    func `a currency without a rate is left out and said to be`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let euros = try await ann.makeAccount("A")
            let dollars = try await ann.makeAccount("B", currency: "USD")
            let food = try await ann.makeCategory("Meals")
            try await ann.spend("10", from: euros, on: food)
            try await ann.spend("20", from: dollars, on: food, #", "payee": "Diner""#)
            let without = try await ann.get("analytics/dashboard")
            let worth = try await ann.get(
                "analytics/net-worth?from=2026-11-21&to=2026-11-21&interval=day"
            )

            try await ann.spend(
                "80",
                from: euros,
                type: "transfer",
                #", "to_account_id": "\#(dollars)", "to_amount": "100""#
            )
            let with = try await ann.get("analytics/dashboard")

            Self.expect(without, ["expenses": "10.00", "unconverted.0": "USD"])
            Self.expect(worth, ["unconverted.0": "USD", "points.0.net_worth": "-10.00"])
            Self.expect(with, ["expenses": "26.00", "top_payees.0.amount": "16.00"])
            #expect(with.count("data.unconverted") == 0)
        }
    }

    @Test(arguments: TestEngine.present)
    func `an answer is as new as the last change`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")

            for number in 1...5 {
                try await ann.spend("1", from: account)
                let answer = try await ann.get("analytics/dashboard")
                let list = try await ann.get("transactions?account_id=\(account)")
                #expect(answer.text("data.expenses") == "\(number).00")
                #expect(list.text("pagination.total") == "\(number)")
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `net worth holds what is owned and owed on each day`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount(
                "A",
                #", "opening_balance": "1000", "opening_date": "2026-01-15""#
            )
            _ = try await ann.makeAccount(
                "Loan",
                kind: "loan",
                #", "opening_balance": "-400", "opening_date": "2026-02-10""#
            )
            try await ann.spend("100", from: account, date: "2026-03-01")

            let months = try await ann.get(
                "analytics/net-worth?from=2026-01-01&to=2026-03-15&interval=month"
            )
            let weeks = try await ann.get(
                "analytics/net-worth?from=2026-01-01&to=2026-01-20&interval=week"
            )

            #expect(
                months.texts("data.points", "date") == ["2026-01-31", "2026-02-28", "2026-03-15"]
            )
            #expect(months.texts("data.points", "assets") == ["1000.00", "1000.00", "900.00"])
            #expect(months.texts("data.points", "liabilities") == ["0.00", "-400.00", "-400.00"])
            #expect(months.texts("data.points", "net_worth") == ["1000.00", "600.00", "500.00"])
            #expect(
                weeks.texts("data.points", "date") == ["2026-01-06", "2026-01-13", "2026-01-20"]
            )
            #expect(weeks.texts("data.points", "net_worth") == ["0.00", "0.00", "1000.00"])
        }
    }

    /// Sums past what an amount can hold are an answer, not a crash.
    @Test(arguments: TestEngine.present)
    func `a fortune past the range is refused in words`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let most = "922337203685477.58"
            let account = try await ann.makeAccount("A", #", "opening_balance": "\#(most)""#)
            let food = try await ann.makeCategory("Meals")
            let second = try await ann.post(
                "transactions",
                #"{"type": "income", "account_id": "\#(account)", "amount": 1, "date": "2026-11-21"}"#
            )
            let other = try await ann.makeAccount("B")
            let opening = try await ann.patch(
                "accounts/\(other)",
                #"{"opening_balance": "\#(most)"}"#
            )

            for path in [
                "analytics/net-worth", "analytics/dashboard?period=year", "accounts",
                "accounts/\(account)/balances",
            ] {
                let answer = try await ann.get(path)
                #expect([200, 422].contains(answer.status), "\(path): \(answer.body)")
            }
            _ = food
            #expect(second.status == 422)
            #expect(second.faults == ["amount out_of_range"])
            #expect([200, 422].contains(opening.status), "\(opening.body)")
        }
    }

    @Test(arguments: TestEngine.present)
    func `a report that cannot be is refused`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()

            for query in [
                "dashboard?period=decade", "dashboard?period=custom",
                "dashboard?period=custom&from=2026-01-01",
                "dashboard?from=2026-02-30",
                "dashboard?period=custom&from=2026-02-01&to=2026-01-01",
                "net-worth?from=1900-01-01&to=2199-12-31", "net-worth?interval=hour",
                "net-worth?x=1",
            ] {
                let answer = try await ann.get("analytics/\(query)")
                #expect(answer.status == 422, "\(query)")
            }
            for query in [
                "dashboard?period=custom&from=1900-01-01&to=2199-12-31",
                "dashboard?period=year&date=1900-01-01",
                "dashboard?period=week&date=2199-12-31", "dashboard?period=quarter&date=2199-12-31",
                "net-worth?from=1900-01-01&to=1900-01-01",
                "net-worth?to=2199-12-31&from=2199-12-31",
                "net-worth?to=1900-01-05&interval=day",
            ] {
                let answer = try await ann.get("analytics/\(query)")
                #expect(answer.status == 200, "\(query): \(answer.body.prefix(200))")
            }
        }
    }
}
