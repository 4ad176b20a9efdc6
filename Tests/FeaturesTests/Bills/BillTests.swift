import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

@Suite struct BillTests {
    private static let nobody = "019a0000-0000-7000-8000-000000000000"

    @Test(arguments: Engine.present)
    func `a bill is added, changed, deleted and brought back`(engine: Engine) async throws {
        try await BillBench.with(engine) { bench in
            let ann = bench.caller

            let made = try await bench.add([("start_on", "2026-03-31"), ("remind_days", 3)])
            let stale = try await ann.with(.ifMatch, "\"7\"")
                .call(.patch, "bills/\(made.id)", ["name": "Else"])
            let changed = try await ann.with(.ifMatch, "\"1\"")
                .call(.patch, "bills/\(made.id)", ["amount": "970", "end_on": "2026-05-01"])
            let gone = try await ann.call(.delete, "bills/\(made.id)")
            let empty = try await ann.get("bills")
            let none = try await ann.get("bills/occurrences")
            let restored = try await ann.call(.post, "bills/\(made.id)/restore")

            #expect(made[text: "repeat_words"]?.hasPrefix("every month on the 31st") == true)
            #expect(made[text: "amount"] == "950.00")
            #expect(made[text: "expected_amount"] == "950.00")
            #expect(made[text: "next_on"] == "2026-03-31")
            try await bench.act("skip", made, "2026-03-31")
            let later = try await ann.get("bills/\(made.id)").data
            #expect(later[text: "next_on"] == "2026-04-30")
            try await bench.act("unskip", made, "2026-03-31")
            #expect(made[text: "currency"] == "EUR")
            #expect(made[text: "account_name"] == "Giro")
            #expect(made[text: "state"] == "active")
            #expect(stale.status == 412)
            #expect(changed.data[text: "amount"] == "970.00")
            #expect(changed.headers[.eTag] == "\"2\"")
            #expect(gone.status == 204)
            #expect(empty.data.elements == [])
            #expect(none.data.elements == [])
            #expect(restored.data[text: "end_on"] == "2026-05-01")
            #expect(
                try await bench.states("&to=2026-12-31") == [
                    "2026-03-31 expected", "2026-04-30 expected",
                ]
            )
        }
    }

    @Test(arguments: Engine.present)
    func `what is wrong is named by its field`(engine: Engine) async throws {
        try await BillBench.with(engine) { bench in
            let other = try await ImportBench.add("Dollars", "savings", "USD", by: bench.caller)
            let category = try await bench.caller.get("categories").data[0].id
            let wrong: [([(String, JSONValue)], [String])] = [
                ([("name", ""), ("direction", "gift")], ["name", "direction"]),
                ([("start_on", nil)], ["start_on"]),
                ([("amount", nil)], ["amount"]),
                ([("amount", "-5")], ["amount"]),
                ([("amount", "5.001")], ["amount"]),
                ([("amount_low", "5")], ["amount_low"]),
                ([("learn_from", 3)], ["learn_from"]),
                ([("amount_kind", "range"), ("amount_low", "5")], ["amount_high"]),
                (
                    [("amount_kind", "range"), ("amount_low", "5"), ("amount_high", "4")],
                    ["amount_high"]
                ),
                (
                    [
                        ("amount_kind", "range"), ("amount_low", "5"), ("amount_high", "6"),
                        ("amount", "7"),
                    ],
                    ["amount"]
                ),
                ([("end_on", "2026-03-19")], ["end_on"]),
                ([("repeat", "FREQ=HOURLY")], ["repeat"]),
                ([("account_id", .string(Self.nobody))], ["account_id"]),
                ([("account_id", .string(category))], ["account_id"]),
                ([("category_id", bench.account)], ["category_id"]),
                ([("to_account_id", .string(other))], ["to_account_id"]),
                ([("direction", "transfer")], ["to_account_id"]),
                (
                    [("direction", "transfer"), ("to_account_id", .string(other))],
                    ["to_account_id"]
                ),
                ([("direction", "transfer"), ("to_account_id", bench.account)], ["to_account_id"]),
                ([("currency", "USD")], ["currency"]),
                ([("account_id", nil), ("auto_post", true)], ["auto_post"]),
                ([("days_after", 61)], ["days_after"]),
                ([("colour", "red")], ["colour"]),
            ]
            let valid: [(String, JSONValue)] = [
                ("name", "Rent"), ("direction", "expense"), ("account_id", bench.account),
                ("amount", "950"), ("start_on", "2026-03-20"),
            ]

            for (more, fields) in wrong {
                let kept = valid.filter { member in !more.contains { $0.0 == member.0 } }
                let rest = more.filter { $0.1 != .null || $0.0 == "account_id" }
                let answer = try await bench.caller.call(
                    .post,
                    "bills",
                    BillBench.object(kept + rest)
                )
                #expect(answer.status == 422, "\(more) \(answer)")
                #expect(answer.fields == fields, "\(more) \(answer)")
            }
            #expect(try await bench.caller.get("bills").data.elements == [])
        }
    }

    /// A page that only reads has no field to blame for a sum that is too large.
    @Test(arguments: Engine.present)
    func `what may be kept can be summed`(engine: Engine) async throws {
        try await BillBench.with(engine) { bench in
            var bill: JSONValue = .null
            for name in ["One", "Two", "Three", "Four", "Five"] {
                bill = try await bench.add([
                    ("name", .string(name)), ("amount", "270000000"), ("repeat", "FREQ=DAILY"),
                ])
            }
            let large: JSONValue = ["amount": "300000000"]
            let path = "bills/\(bill.id)"
            let always = try await bench.caller.call(.patch, path, large)
            let once = try await bench.caller.call(.patch, "\(path)/occurrences/2026-03-20", large)
            let range: JSONValue = [
                "amount_kind": "range", "amount_low": "5", "amount_high": "300000000",
            ]
            let within = try await bench.caller.call(.patch, path, range)

            #expect(always.status == 422 && always.fields == ["amount"], "\(always)")
            #expect(once.status == 422 && once.fields == ["amount"], "\(once)")
            #expect(within.status == 422 && within.fields == ["amount_high"], "\(within)")
            for path in ["subscriptions", "calendar/2027-03", "bills", "recurring/changes"] {
                let answer = try await bench.caller.get(path)
                #expect(answer.status == 200, "\(path) \(answer)")
            }
        }
    }

    @Test(arguments: Engine.present)
    func `the list is filtered and goes on by its cursor`(engine: Engine) async throws {
        try await BillBench.with(engine) { bench in
            for name in ["water", "Ärzte", "Gas", "Phone", "Rent"] {
                try await bench.add([("name", .string(name))])
            }
            try await bench.add([("name", "Wages"), ("direction", "income"), ("repeat", nil)])
            try await bench.add([
                ("name", "Past"), ("start_on", "2026-01-01"), ("repeat", nil),
            ])
            func names(_ query: String) async throws -> [String] {
                try await bench.caller.get("bills?\(query)").data.elements
                    .compactMap { $0["name"]?.text }
            }
            var walked: [String] = []
            var cursor = ""
            repeat {
                let page = try await bench.caller.get("bills?limit=3\(cursor)")
                walked += page.data.elements.compactMap { $0["name"]?.text }
                cursor =
                    page.body?["pagination"]?["next_cursor"]?.text.map { "&cursor=\($0)" } ?? ""
            } while !cursor.isEmpty

            #expect(walked == ["Ärzte", "Gas", "Past", "Phone", "Rent", "Wages", "water"])
            #expect(try await names("direction=income") == ["Wages"])
            #expect(try await names("state=ended") == ["Past"])
            #expect(try await names("q=ga") == ["Gas"])
            #expect(try await names("account_id=\(Self.nobody)") == [])
            let wrong = try await bench.caller.get("bills?cursor=\(Self.nobody)")
            #expect(wrong.status == 400)
        }
    }

    @Test(arguments: Engine.present)
    func `nothing is asked for while a bill is paused, nor afterwards`(engine: Engine) async throws
    {
        try await BillBench.with(engine) { bench in
            let bill = try await bench.add()
            let paused = try await bench.caller.call(.post, "bills/\(bill.id)/pause")
            let none = try await bench.states("&to=2026-06-30")
            let later = try await bench.after(days: 40)
            let resumed = try await later.caller.call(.post, "bills/\(bill.id)/resume")

            #expect(paused.data[text: "state"] == "paused")
            #expect(paused.data["next_on"] == .null)
            #expect(none == [])
            #expect(resumed.data[text: "state"] == "active")
            #expect(
                try await later.states("&to=2026-06-30") == [
                    "2026-05-20 expected", "2026-06-20 expected",
                ]
            )
        }
    }

    @Test(arguments: Engine.present)
    func `a deleted bill goes for good after thirty days, and then its account can`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            let bill = try await bench.add()
            try await bench.add([("name", "Kept"), ("account_id", nil)])
            try await bench.pay()
            try await bench.act("skip", bill, "2026-04-20")
            try await bench.old.delete("bills/\(bill.id)")
            bench.server.clock.advance(seconds: 30 * PurgeBench.day)
            let early = try await bench.old.purge()
            bench.server.clock.advance(seconds: 1)

            let late = try await bench.old.purge()

            #expect(early.bills == 0)
            #expect(late.bills == 1)
            #expect(try await bench.old.count("bill") == 1)
            #expect(try await bench.old.count("bill_occurrence") == 0)
            #expect(try await bench.old.count("bill_payment") == 0)
            let back = try await bench.after(days: 0)
            #expect(try await back.transactions().count == 1)
            let restored = try await back.caller.call(.post, "bills/\(bill.id)/restore")
            #expect(restored.status == 404)
            try await bench.old.expectWholeBooks()
        }
    }
}
