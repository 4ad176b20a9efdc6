import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

@Suite struct SubscriptionTests {
    private func key(of payee: String, _ shared: SharedHome) async throws -> String {
        let found = try await shared.recurring("?state=all").first { $0[text: "payee"] == payee }
        return try #require(found?[text: "key"])
    }

    private func subscriptions(
        _ shared: SharedHome,
        by caller: Caller? = nil
    ) async throws -> JSONValue {
        let answer = try await (caller ?? shared.ann).get("subscriptions")
        try #require(answer.status == 200, "\(answer)")
        return answer.data
    }

    @Test(arguments: Engine.present)
    func `what was found becomes a bill as it was found`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let account = try await shared.makeAccount("Checking")
            let fun = try await shared.makeCategory("Fun")
            for date in SharedHome.months(8) {
                _ = try await shared.spend(
                    "9.99",
                    from: account,
                    on: fun,
                    [("payee", "Streamflix"), ("date", .string(date))]
                )
            }
            let key = try await key(of: "Streamflix", shared)
            let viewed = try await shared.ann.call(.post, "recurring/\(key)/dismiss")
            #expect(viewed.status == 200)

            let made = try await shared.ann.call(
                .post,
                "recurring/\(key)/accept",
                ["name": "Films", "remind_days": 2]
            )
            let again = try await shared.ann.call(.post, "recurring/\(key)/accept")
            let found = try await shared.recurring()

            #expect(made.status == 201, "\(made)")
            #expect(made.data[text: "name"] == "Films" && made.data[text: "payee"] == "Streamflix")
            #expect(
                made.data[text: "amount"] == "9.99" && made.data[text: "amount_kind"] == "fixed"
            )
            #expect(made.data[text: "repeat"] == "FREQ=MONTHLY;BYMONTHDAY=12")
            #expect(made.data[text: "category_id"] == fun.description)
            #expect(made.data["remind_days"]?.plain == "2")
            #expect(again.status == 409 && again.code == "recurring.is_bill")
            #expect(found.map { $0[text: "bill_id"] } == [made.data.id])
            #expect(found.first?["is_dismissed"] == false)

            // Without the bill it is only found again.
            try await shared.ann.call(.delete, "bills/\(made.data.id)")
            let left = try await shared.recurring()
            #expect(left.map { $0["bill_id"] } == [.null])
            let twice = try await shared.ann.call(.post, "recurring/\(key)/accept")
            #expect(twice.status == 201, "\(twice)")
        }
    }

    @Test(arguments: Engine.present)
    func `a bill of people's own is known again in the history`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let account = try await shared.makeAccount("Checking")
            try await shared.pay(
                "Energy AG",
                ["61", "58", "64.20"],
                on: SharedHome.months(9),
                from: account
            )
            let made = try await shared.ann.call(
                .post,
                "bills",
                [
                    "name": "Power", "direction": "expense", "payee": "Energy", "amount": "60",
                    "start_on": "2026-03-12", "repeat": "FREQ=MONTHLY",
                ]
            )
            #expect(made.status == 201, "\(made)")

            #expect(try await shared.recurring().map { $0[text: "bill_id"] } == [made.data.id])
        }
    }

    /// Series of several kinds, one of them dismissed.
    private func payAll(_ shared: SharedHome) async throws -> AccountID {
        let account = try await shared.makeAccount("Checking")
        let dollars = try await shared.makeAccount("Dollars", currency: "USD")
        try await shared.pay(
            "Streamflix",
            Array(repeating: "9.99", count: 5) + ["12.99"],
            on: SharedHome.months(8),
            from: account
        )
        try await shared.pay("Hosting", ["20"], on: SharedHome.months(6, day: 3), from: dollars)
        try await shared.pay(
            "Gym",
            ["30"],
            on: Array(SharedHome.months(14).prefix(8)),
            from: account
        )
        try await shared.pay(
            "Employer",
            ["2000"],
            on: SharedHome.months(6, day: 1),
            from: account,
            type: "income"
        )
        try await shared.pay("Lottery", ["7"], on: SharedHome.months(6, day: 20), from: account)
        let lottery = try await key(of: "Lottery", shared)
        try await shared.ann.call(.post, "recurring/\(lottery)/dismiss")
        return account
    }

    /// Bills, of which two are subscriptions, one of them paused.
    private func addBills(_ shared: SharedHome, of account: AccountID) async throws {
        for (name, body) in [
            ("Insurance", ["amount": "240", "repeat": "FREQ=YEARLY"]),
            ("Cleaner", ["amount": "50", "repeat": "FREQ=WEEKLY"]),
            ("Once", ["amount": "99"]),
            ("Pay", ["amount": "99", "repeat": "FREQ=MONTHLY", "direction": "income"]),
            (
                "Heating",
                [
                    "amount_kind": "range", "amount": "60", "amount_low": "20",
                    "amount_high": "200", "repeat": "FREQ=MONTHLY",
                ]
            ),
        ] as [(String, [String: JSONValue])] {
            var members: [String: JSONValue] = [
                "name": .string(name), "direction": "expense", "start_on": "2026-03-20",
                "account_id": .string(account.description),
            ]
            members.merge(body) { $1 }
            let made = try await shared.ann.call(
                .post,
                "bills",
                .object(members.map { JSONMember(name: $0.key, value: $0.value) })
            )
            #expect(made.status == 201, "\(made)")
            if name == "Cleaner" {
                try await shared.ann.call(.post, "bills/\(made.data.id)/pause")
            }
        }
    }

    @Test(arguments: Engine.present)
    func `subscriptions say what they cost a month and a year, by currency`(
        engine: Engine
    )
        async throws
    {
        try await SharedHome.with(engine) { shared in
            try await addBills(shared, of: try await payAll(shared))

            let all = try await subscriptions(shared)

            let list = all["subscriptions"]?.elements ?? []
            let lines = list.map {
                [
                    $0[text: "name"], $0[text: "state"], $0[text: "monthly"], $0[text: "yearly"],
                    $0[text: "period"],
                ]
                .map { $0 ?? "-" }.joined(separator: " ")
            }
            #expect(
                lines == [
                    "Hosting active -20.00 -240.00 monthly",
                    "Insurance active -20.00 -240.00 yearly",
                    "Streamflix active -12.99 -155.88 monthly",
                    "Cleaner paused -216.67 -2600.00 weekly",
                    "Gym stopped -30.00 -360.00 monthly",
                ]
            )
            #expect(
                all["sums"] == [
                    ["currency": "EUR", "monthly": "-32.99", "yearly": "-395.88", "count": 2],
                    ["currency": "USD", "monthly": "-20.00", "yearly": "-240.00", "count": 1],
                ]
            )
            #expect(all[text: "monthly"] == "-32.99" && all["unconverted"] == ["USD"])
            let films = list.first { $0[text: "name"] == "Streamflix" } ?? .null
            #expect(films["price_changes"]?[0][text: "yearly_change"] == "-36.00")
            #expect(films[text: "source"] == "found" && films["bill_id"] == .null)
        }
    }

    @Test(arguments: Engine.present)
    func `prices that rose and payments that did not come are told, of bills too`(
        engine: Engine
    )
        async throws
    {
        try await SharedHome.with(engine) { shared in
            let account = try await shared.makeAccount("Checking")
            let dates = SharedHome.months(8)
            let rise = Array(repeating: "9.99", count: 5) + ["12.99"]
            try await shared.pay("Streamflix", rise, on: dates, from: account)
            try await shared.pay(
                "Gym",
                ["30"],
                on: dates.filter { $0 != "2026-01-12" },
                from: account
            )
            func changes() async throws -> [String] {
                try await shared.ann.get("recurring/changes").data.elements.map { one in
                    ["source", "kind", "name", "date", "before", "after", "yearly_change"]
                        .map { one[text: $0] ?? "-" }.joined(separator: " ")
                }
            }

            #expect(
                try await changes() == [
                    "found missed Gym 2026-01-12 - - -",
                    "found price_rise Streamflix 2025-12-12 -9.99 -12.99 -36.00",
                ]
            )

            let key = try await key(of: "Streamflix", shared)
            let made = try await shared.ann.call(.post, "recurring/\(key)/accept")
            #expect(made.status == 201, "\(made)")
            let gym = try await self.key(of: "Gym", shared)
            try await shared.ann.call(.post, "recurring/\(gym)/dismiss")
            #expect(
                try await changes() == [
                    "bill price_rise Streamflix 2025-12-12 -9.99 -12.99 -36.00"
                ]
            )
        }
    }

    @Test(arguments: Engine.present)
    func `what lies on hidden accounts is in no list and no sum`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let own = try await shared.makeAccount("Presents")
            try await shared.pay("Jeweller", ["50"], on: SharedHome.months(6), from: own)
            let bill: JSONValue = [
                "name": "Ring", "direction": "expense", "amount": "40", "start_on": "2026-03-20",
                "repeat": "FREQ=MONTHLY", "account_id": .string(own.description),
            ]
            #expect(try await shared.ann.call(.post, "bills", bill).status == 201)
            try await shared.hide(own)

            let seen = try await subscriptions(shared, by: shared.bob)
            let changes = try await shared.bob.get("recurring/changes")

            #expect(seen["subscriptions"] == [] && seen["sums"] == [])
            #expect(seen[text: "yearly"] == "0.00" && changes.data == [])
            #expect(try await subscriptions(shared)["subscriptions"]?.elements.count == 2)
        }
    }
}
