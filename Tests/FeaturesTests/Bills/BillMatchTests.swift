import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// Which transactions pay what, found as they come.
@Suite struct BillMatchTests {
    private static func file(_ rows: String...) -> String {
        (["Date,Payee,Amount"] + rows).joined(separator: "\n")
    }

    @Test(arguments: Engine.present)
    func `a payment is linked as it comes, and its deletion frees the occurrence`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            let bill = try await bench.add()
            try await bench.pay("12.30", on: "2026-03-20", [("payee", "Bakery")])
            let rent = try await bench.pay(on: "2026-03-18")
            let paid = try await bench.occurrence(bill)
            try await bench.old.delete("transactions/\(rent)")
            let freed = try await bench.occurrence(bill)
            try await bench.caller.call(.post, "transactions/\(rent)/restore")
            let again = try await bench.occurrence(bill)

            #expect(paid[text: "state"] == "matched")
            #expect(paid["payments"]?[0][text: "transaction_id"] == rent)
            #expect(paid["payments"]?[0]["is_automatic"] == true)
            #expect(paid["days_late"] == -2)
            #expect(paid["changed_by"] == .null)
            #expect(freed[text: "state"] == "expected")
            #expect(freed["payments"]?.elements == [])
            #expect(again[text: "state"] == "matched")
        }
    }

    @Test(arguments: Engine.present)
    func `a transaction names the bill that it pays`(engine: Engine) async throws {
        try await BillBench.with(engine) { bench in
            func bill(of id: String) async throws -> JSONValue? {
                try await bench.caller.get("transactions/\(id)").data["bill"]
            }
            let rent = try await bench.add()
            let bread = try await bench.pay("12.30", [("payee", "Bakery")])
            let paid = try await bench.pay(on: "2026-03-18")
            let posted = try await bench.act("post", rent, "2026-04-20")
            let booked = try #require(posted.data["payments"]?[0][text: "transaction_id"])

            let named = try await bill(of: paid)
            #expect(named?[text: "bill_id"] == rent.id)
            #expect(named?[text: "bill_name"] == "Rent")
            #expect(named?[text: "nominal_on"] == "2026-03-20")
            #expect(named?[text: "kind"] == "matched")
            #expect(try await bill(of: booked)?[text: "kind"] == "posted")
            #expect(try await bill(of: booked)?[text: "nominal_on"] == "2026-04-20")
            #expect(try await bill(of: bread) == .null)

            try await bench.old.delete("transactions/\(paid)")
            #expect(try await bill(of: paid) == .null)
            try await bench.old.delete("bills/\(rent.id)")
            #expect(try await bill(of: booked) == .null)
        }
    }

    @Test(arguments: Engine.present)
    func `what was paid before a bill was made is found, and nothing before is missed`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            for month in ["01", "02"] { try await bench.pay(on: "2026-\(month)-20") }
            let bill = try await bench.add([
                ("start_on", "2025-10-20"), ("amount_kind", "learned"), ("amount", nil),
            ])

            #expect(
                try await bench.states("&from=2025-10-01&to=2026-04-01") == [
                    "2026-01-20 matched", "2026-02-20 matched", "2026-03-20 expected",
                ]
            )
            let view = try await bench.caller.get("bills/\(bill.id)").data
            #expect(view[text: "expected_amount"] == "950.00")
        }
    }

    @Test(arguments: Engine.present)
    func `another amount is asked about, and what was refused is not asked again`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            let bill = try await bench.add()
            let dear = try await bench.pay("990", on: "2026-03-19")
            let near = try await bench.pay("940", on: "2026-03-24")
            let asked = try await bench.occurrence(bill)
            let refused = try await bench.act(
                "reject",
                bill,
                "2026-03-20",
                ["transaction_id": .string(near)]
            )
            try await bench.caller.call(.patch, "transactions/\(near)", ["note": "no rent"])
            let still = try await bench.occurrence(bill)
            let matched = try await bench.act(
                "match",
                bill,
                "2026-03-20",
                ["transaction_id": .string(dear)]
            )
            let twice = try await bench.act(
                "match",
                bill,
                "2026-04-20",
                ["transaction_id": .string(dear)]
            )
            let parted = try await bench.act(
                "unmatch",
                bill,
                "2026-03-20",
                ["transaction_id": .string(dear)]
            )

            #expect(asked[text: "state"] == "expected")
            let found = asked["candidates"]?.elements.compactMap { $0["transaction_id"]?.text }
            #expect(found == [dear, near])
            #expect(refused.data["candidates"]?.elements.count == 1, "\(refused)")
            #expect(still["candidates"]?.elements.map { $0[text: "transaction_id"] } == [dear])
            #expect(matched.data[text: "state"] == "matched")
            #expect(matched.data[text: "changed_by"] == "40.00")
            #expect(matched.data["candidates"]?.elements == [])
            #expect(twice.code == "occurrence.taken")
            #expect(parted.data[text: "state"] == "expected")
            #expect(parted.data["candidates"]?.elements == [])
        }
    }

    @Test(arguments: Engine.present)
    func `what cannot pay is refused`(engine: Engine) async throws {
        try await BillBench.with(engine) { bench in
            let bill = try await bench.add()
            let income = try await bench.pay("950", on: "2026-03-20", [("type", "income")])
            let planned = try await bench.pay("950", on: "2026-03-20", [("state", "expected")])
            let dollars = try await ImportBench.add("Dollars", "savings", "USD", by: bench.caller)
            let foreign = try await bench.pay(
                "950",
                on: "2026-03-20",
                [("account_id", .string(dollars))]
            )
            for id in [income, planned, "019a0000-0000-7000-8000-000000000000"] {
                let answer = try await bench.act(
                    "match",
                    bill,
                    "2026-03-20",
                    ["transaction_id": .string(id)]
                )
                #expect(answer.fields == ["transaction_id"], "\(answer)")
            }
            let other = try await bench.act(
                "match",
                bill,
                "2026-03-20",
                ["transaction_id": .string(foreign)]
            )
            #expect(other.code == "occurrence.other_currency")
            #expect(try await bench.occurrence(bill)[text: "state"] == "expected")
        }
    }

    @Test(arguments: Engine.present)
    func `an import pays, gets the bill's category, and frees it when it is taken back`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            let category = try await bench.category()
            let bill = try await bench.add([("category_id", .string(category))])
            let taken = try await bench.old.bench.take(
                Self.file("2026-03-19,Homes Ltd,-950.00", "2026-03-19,Bakery,-3.20")
            )
            let paid = try await bench.occurrence(bill)
            let row = paid["payments"]?[0][text: "transaction_id"] ?? "-"
            let booked = try await bench.caller.get("transactions/\(row)").data
            let undone = try await bench.caller.call(.delete, "imports/\(taken.data.id)")
            let freed = try await bench.occurrence(bill)

            #expect(paid[text: "state"] == "matched")
            #expect(booked[text: "category_id"] == category)
            #expect((200..<300).contains(undone.status), "\(undone)")
            #expect(freed[text: "state"] == "expected")
            try await bench.old.expectWholeBooks()
        }
    }

    /// The bank's own row stands for what was booked, and what was booked comes back with the import taken away.
    @Test(arguments: Engine.present)
    func `the bank's row takes the place of what was booked by itself`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            let bill = try await bench.add([("start_on", "2026-03-15"), ("auto_post", true)])
            let report = try await bench.runDue()
            let posted = try await bench.occurrence(bill, "2026-03-15")
            let own = posted["payments"]?[0][text: "transaction_id"] ?? "-"
            let manual = try await bench.pay(on: "2026-03-16")
            let unchanged = try await bench.occurrence(bill, "2026-03-15")
            try await bench.old.delete("transactions/\(manual)")

            let taken = try await bench.old.bench.take(Self.file("2026-03-17,Homes Ltd,-950.00"))
            let matched = try await bench.occurrence(bill, "2026-03-15")
            let one = try await bench.transactions()
            let undone = try await bench.caller.call(.delete, "imports/\(taken.data.id)")
            let back = try await bench.occurrence(bill, "2026-03-15")

            #expect(report == DueBills.Report(posted: 1))
            #expect(posted[text: "state"] == "posted")
            #expect(unchanged[text: "state"] == "posted")
            #expect(matched[text: "state"] == "matched", "\(matched)")
            #expect(one.count == 1 && one[0].id != own)
            #expect(one[0][text: "source"] == "import")
            #expect((200..<300).contains(undone.status), "\(undone)")
            #expect(back[text: "state"] == "posted")
            #expect(try await bench.transactions().map(\.id) == [own])
            try await bench.old.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `a doubtful row of the bank is offered for what was booked, and by hand takes its place`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            let bill = try await bench.add([("start_on", "2026-03-15"), ("auto_post", true)])
            _ = try await bench.runDue()
            _ = try await bench.old.bench.take(Self.file("2026-03-17,Homes Ltd,-970.00"))
            let asked = try await bench.occurrence(bill, "2026-03-15")
            let row = asked["candidates"]?[0][text: "transaction_id"] ?? "-"
            let matched = try await bench.act(
                "match",
                bill,
                "2026-03-15",
                ["transaction_id": .string(row)]
            )
            let one = try await bench.transactions()
            let parted = try await bench.act(
                "unmatch",
                bill,
                "2026-03-15",
                ["transaction_id": .string(row)]
            )

            #expect(asked[text: "state"] == "posted")
            #expect(matched.data[text: "state"] == "matched", "\(matched)")
            #expect(matched.data[text: "changed_by"] == "20.00")
            #expect(one.map(\.id) == [row])
            #expect(parted.data[text: "state"] == "posted", "\(parted)")
            #expect(try await bench.transactions().count == 2)
            try await bench.old.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `somebody is asked what nobody paid, until it is settled`(engine: Engine) async throws {
        try await BillBench.with(engine) { bench in
            let bill = try await bench.add([("start_on", "2026-03-15"), ("repeat", nil)])
            let sure = try await bench.add([
                ("name", "Phone"), ("payee", "Tele"), ("amount", "30"),
            ])
            let dear = try await bench.pay("31", on: "2026-03-15", [("payee", "Tele")])
            let causes = TaskCauses(bench.server.environment)
            let first = try await causes.run()
            let late = try await bench.after(days: 11)
            let second = try await causes.run()
            let titles = try await late.caller.titles("&asked=true&sort=created")
            try await late.act("match", sure, "2026-03-20", ["transaction_id": .string(dear)])
            try await late.pay(on: "2026-03-16")
            let third = try await causes.run()

            #expect(first == TaskCauses.Report(opened: 1))
            #expect(second == TaskCauses.Report(opened: 1))
            #expect(
                titles == [
                    "Say what paid “Phone” of 2026-03-20", "“Rent” of 2026-03-15 was not paid",
                ]
            )
            #expect(third == TaskCauses.Report(closed: 2))
            let task = try await late.caller.get("tasks?link_kind=bill&link_id=\(bill.id)").data[0]
            #expect(task[text: "link_name"] == "Rent")
            #expect(task[text: "status"] == "done")
        }
    }
}
