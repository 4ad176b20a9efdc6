import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// What becomes of single times of a bill.
@Suite struct OccurrenceTests {
    @Test(arguments: Engine.present)
    func `the states follow the days`(engine: Engine) async throws {
        try await BillBench.with(engine) { bench in
            let bill = try await bench.add([("start_on", "2026-03-15")])
            var seen = [try await bench.occurrence(bill, "2026-03-15")[text: "state"]]
            let next = try await bench.after(days: 10)
            seen.append(try await next.occurrence(bill, "2026-03-15")[text: "state"])
            let over = try await next.after(days: 1)
            seen.append(try await over.occurrence(bill, "2026-03-15")[text: "state"])
            seen.append(try await over.occurrence(bill, "2026-04-15")[text: "state"])

            #expect(seen == ["due", "overdue", "missed", "expected"])
            #expect(try await over.states("&state=missed") == ["2026-03-15 missed"])
            let none = try await over.caller.get("bills/\(bill.id)/occurrences/2026-03-16")
            #expect(none.status == 404)
        }
    }

    @Test(arguments: Engine.present)
    func `leap days, short months and days off`(engine: Engine) async throws {
        try await BillBench.with(engine) { bench in
            try await bench.add([("name", "Month end"), ("start_on", "2027-12-31")])
            try await bench.add([
                ("name", "Leap"), ("start_on", "2024-02-29"), ("repeat", "FREQ=YEARLY"),
            ])
            try await bench.add([
                ("name", "Pay"), ("start_on", "2027-12-26"), ("repeat", nil),
                ("working_days", "next"), ("holidays", "AT"),
            ])

            #expect(
                try await bench.states("&from=2027-12-01&to=2028-03-31") == [
                    "2027-12-27 expected", "2027-12-31 expected", "2028-01-31 expected",
                    "2028-02-29 expected", "2028-02-29 expected", "2028-03-31 expected",
                ]
            )
            let long = try await bench.caller.get(
                "bills/occurrences?from=2026-01-01&to=2029-01-01"
            )
            #expect(long.fields == ["to"])
        }
    }

    @Test(arguments: Engine.present)
    func `one time is put off, made dearer, skipped and expected again`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            let bill = try await bench.add()
            let path = "bills/\(bill.id)/occurrences/2026-03-20"

            let moved = try await bench.caller.call(
                .patch,
                path,
                ["due_on": "2026-03-27", "amount": "955"]
            )
            let far = try await bench.caller.call(.patch, path, ["due_on": "2026-06-27"])
            let skipped = try await bench.act("skip", bill)
            let refused = try await bench.act("post", bill, "2026-03-20", [:])
            let again = try await bench.act("unskip", bill)
            let back = try await bench.caller.call(.patch, path, ["due_on": nil, "amount": nil])

            #expect(moved.data[text: "due_on"] == "2026-03-27")
            #expect(moved.data[text: "nominal_on"] == "2026-03-20")
            #expect(moved.data[text: "amount"] == "955.00")
            #expect(moved.data["is_changed"] == true)
            #expect(far.fields == ["due_on"])
            #expect(skipped.data[text: "state"] == "skipped")
            #expect(refused.code == "occurrence.skipped", "\(refused)")
            #expect(again.data[text: "state"] == "expected")
            #expect(again.data[text: "due_on"] == "2026-03-27")
            #expect(back.data["is_changed"] == false)
            #expect(back.data[text: "due_on"] == "2026-03-20")
        }
    }

    @Test(arguments: Engine.present)
    func `it is booked by hand once, and what was deleted comes back instead of a second one`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            let category = try await bench.category()
            let bill = try await bench.add([("category_id", .string(category))])

            let posted = try await bench.act("post", bill, "2026-03-20", ["amount": "960"])
            let twice = try await bench.act("post", bill, "2026-03-20", [:])
            let id = posted.data["payments"]?[0][text: "transaction_id"] ?? "-"
            let booked = try await bench.caller.get("transactions/\(id)").data
            try await bench.old.delete("transactions/\(id)")
            let freed = try await bench.occurrence(bill)
            let again = try await bench.act(
                "post",
                bill,
                "2026-03-20",
                ["date": "2026-03-14", "state": "cleared"]
            )

            #expect(posted.data[text: "state"] == "posted", "\(posted)")
            #expect(posted.data[text: "changed_by"] == "10.00")
            #expect(posted.data["days_late"] == -5)
            #expect(booked[text: "date"] == "2026-03-15")
            #expect(booked[text: "category_id"] == category)
            #expect(booked[text: "payee"] == "Homes Ltd")
            #expect(booked[text: "signed_amount"] == "-960.00")
            #expect(twice.code == "occurrence.paid")
            #expect(freed[text: "state"] == "expected")
            #expect(again.data["payments"]?[0][text: "transaction_id"] == id, "\(again)")
            let all = try await bench.transactions()
            #expect(all.map(\.id) == [id])
            #expect(all[0][text: "signed_amount"] == "-950.00")
            #expect(all[0][text: "date"] == "2026-03-14")
            #expect(all[0][text: "state"] == "cleared")
            try await bench.old.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `a transfer and an income are booked as such`(engine: Engine) async throws {
        try await BillBench.with(engine) { bench in
            let savings = try await ImportBench.add("Savings", "savings", by: bench.caller)
            let transfer = try await bench.add([
                ("direction", "transfer"), ("to_account_id", .string(savings)), ("payee", nil),
            ])
            let wages = try await bench.add([
                ("name", "Wages"), ("direction", "income"), ("payee", nil), ("amount", "2000"),
            ])
            try await bench.act("post", transfer, "2026-03-20", [:])
            try await bench.act("post", wages, "2026-03-20", [:])

            let types = try await bench.transactions().map {
                "\($0[text: "type"] ?? "-") \($0[text: "signed_amount"] ?? "-") \($0[text: "payee"] ?? "-")"
            }
            #expect(types.sorted() == ["income 2000.00 Wages", "transfer -950.00 Rent"])
        }
    }

    @Test(arguments: Engine.present)
    func `parts add up, and what lacks is told`(engine: Engine) async throws {
        try await BillBench.with(engine) { bench in
            let bill = try await bench.add([("allows_parts", true)])
            let first = try await bench.pay("400", on: "2026-03-18")
            let proposed = try await bench.occurrence(bill)
            let part = try await bench.act(
                "match",
                bill,
                "2026-03-20",
                ["transaction_id": .string(first)]
            )
            let second = try await bench.pay("550", on: "2026-03-22")
            let whole = try await bench.act(
                "match",
                bill,
                "2026-03-20",
                ["transaction_id": .string(second)]
            )

            #expect(proposed["candidates"]?[0][text: "transaction_id"] == first)
            #expect(part.data[text: "state"] == "partial", "\(part)")
            #expect(part.data[text: "open"] == "550.00")
            #expect(whole.data[text: "state"] == "matched", "\(whole)")
            #expect(whole.data[text: "paid"] == "950.00")
            #expect(whole.data[text: "open"] == "0.00")
            #expect(whole.data["changed_by"] == .null)
        }
    }

    /// Bob does not see the account that paid.
    @Test(arguments: Engine.present)
    func `bills of hidden accounts, and what paid from there, are not told`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let own = try await shared.makeAccount("Presents")
            func add(_ name: String, _ more: [(String, JSONValue)]) async throws -> JSONValue {
                let answer = try await shared.ann.call(
                    .post,
                    "bills",
                    BillBench.object(
                        [
                            ("name", .string(name)), ("direction", "expense"),
                            ("payee", "Jeweller"), ("start_on", "2026-03-10"),
                        ] + more
                    )
                )
                #expect(answer.status == 201, "\(answer)")
                return answer.data
            }
            let hidden = try await add(
                "The ring",
                [("account_id", .string(own.description)), ("amount", "77")]
            )
            let open = try await add("Anywhere", [("amount", "40")])
            let paid = try await shared.spend("40", from: own, [("payee", "Jeweller")])
            try await shared.hide(own)

            let list = try await shared.bob.get("bills")
            let times = try await shared.bob.get("bills/occurrences")
            let ring = try await shared.bob.get("bills/\(hidden.id)")
            let mine = try await shared.ann.get("bills/\(open.id)/occurrences/2026-03-10").data
            let his = try await shared.bob.get("bills/\(open.id)/occurrences/2026-03-10").data
            let again = try await shared.bob.call(
                .post,
                "bills/\(open.id)/occurrences/2026-03-10/post",
                ["account_id": .string(own.description)]
            )
            let named = try await shared.bob.call(
                .patch,
                "bills/\(open.id)",
                ["account_id": .string(own.description)]
            )
            let trail = try await shared.bob.get("audit-logs?limit=100")

            #expect(!list.text.contains("The ring") && list.text.contains("Anywhere"))
            #expect(!times.text.contains("The ring"))
            #expect(ring.status == 404)
            #expect(mine[text: "state"] == "matched")
            #expect(mine[text: "paid"] == "40.00")
            #expect(his[text: "state"] == "matched")
            #expect(his["paid"] == .null && his["payments"]?.elements == [], "\(his)")
            #expect(!times.text.contains(paid.description))
            #expect(again.status == 409 && again.code == "occurrence.paid", "\(again)")
            #expect(named.fields == ["account_id"])
            #expect(!trail.text.contains("The ring") && trail.text.contains("Anywhere"))
        }
    }

    /// The account that a bill may also be paid to is hidden, the one that paid is not.
    @Test(arguments: Engine.present)
    func `a transaction does not name a bill that is hidden`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let (joint, own) = (
                try await shared.makeAccount("Joint"), try await shared.makeAccount("Presents")
            )
            let ring = try await shared.ann.call(
                .post,
                "bills",
                BillBench.object([
                    ("name", "The ring"), ("direction", "expense"), ("amount", "40"),
                    ("payee", "Jeweller"), ("start_on", "2026-03-10"),
                    ("account_id", .string(own.description)),
                ])
            )
            let paid = try await shared.spend("40", from: joint, [("payee", "Jeweller")])
            let matched = try await shared.ann.call(
                .post,
                "bills/\(ring.data.id)/occurrences/2026-03-10/match",
                ["transaction_id": .string(paid.description)]
            )
            try await shared.hide(own)

            let hers = try await shared.ann.get("transactions/\(paid)")
            let his = try await shared.bob.get("transactions/\(paid)")

            #expect(matched.status == 200, "\(matched)")
            #expect(hers.data["bill"]?[text: "bill_name"] == "The ring")
            #expect(his.status == 200 && his.data["bill"] == .null, "\(his)")
        }
    }

    @Test(arguments: Engine.present)
    func `a task about a bill is seen by who sees the bill`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let own = try await shared.makeAccount("Presents")
            for (title, more) in [
                ("Look at the ring", [("account_id", JSONValue.string(own.description))]),
                ("Look at any", []),
            ] {
                let bill = try await shared.ann.call(
                    .post,
                    "bills",
                    BillBench.object(
                        [
                            ("name", .string(title)), ("direction", "expense"), ("amount", "40"),
                            ("start_on", "2026-03-10"),
                        ] + more
                    )
                )
                try await shared.ann.addTask(
                    title,
                    [("link_kind", "bill"), ("link_id", .string(bill.data.id)), ("tags", ["any"])]
                )
            }
            try await shared.hide(own)

            #expect(try await shared.bob.titles() == ["Look at any"])
            #expect(try await shared.bob.titles("&tag=any") == ["Look at any"])
            #expect(try await shared.ann.titles().count == 2)
        }
    }
}
