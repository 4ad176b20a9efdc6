import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// What people do with goals.
@Suite struct GoalTests {
    private static let nobody = "019a0000-0000-7000-8000-000000000000"

    @Test(arguments: Engine.present)
    func `a goal is added, changed, deleted and brought back`(engine: Engine) async throws {
        try await GoalBench.with(engine) { bench in
            let ann = bench.caller
            let id = try await bench.goal(
                "  New roof ",
                [("target_amount", "600.00"), ("target_date", "2026-08-31"), ("note", "red")]
            )
            let made = try await bench.read(id)
            let stale = try await ann.with(.ifMatch, "\"7\"")
                .call(.patch, "goals/\(id)", ["name": "Else"])
            let changed = try await ann.with(.ifMatch, "\"1\"")
                .call(.patch, "goals/\(id)", ["target_date": nil, "target_amount": "700.00"])
            let gone = try await ann.call(.delete, "goals/\(id)")
            let empty = try await ann.get("goals").data.elements.count
            let all = try await ann.get("goals?include_deleted=true").data.elements.count
            let restored = try await ann.call(.post, "goals/\(id)/restore")

            #expect(made[text: "name"] == "New roof")
            #expect(made[text: "target"] == "600.00")
            #expect(made[text: "suggested_amount"] == "100.00")
            #expect(made["months_left"] == .number("6"))
            #expect(made[text: "pace"] == "on_track")
            #expect(made[text: "start_date"] == "2026-03-15")
            #expect(stale.status == 412)
            #expect(changed.data["target_date"] == .null)
            #expect(changed.data[text: "target"] == "700.00")
            #expect(changed.data[text: "pace"] == "open")
            #expect(changed.headers[.eTag] == "\"2\"")
            #expect(gone.status == 204)
            #expect(empty == 0 && all == 1)
            #expect(restored.data["deleted_at"] == .null)
        }
    }

    /// What cannot be, and what is then said to be wrong.
    private static func wrong(
        _ bench: GoalBench,
        _ dollars: String,
        _ card: String
    ) -> [(JSONValue, [String])] {
        func rule(_ account: String) -> JSONValue {
            [
                "rule": "fixed", "account_id": .string(account), "amount": "1.00",
                "day": .number("1"),
            ]
        }
        return [
            (["kind": "saving"], ["name"]),
            (["name": "A", "kind": "car"], ["kind"]),
            (["name": "A", "kind": "purchase"], ["target_amount"]),
            (
                ["name": "A", "kind": "sinking_fund"],
                ["target_amount", "target_date", "repeat_months"]
            ),
            (["name": "A", "kind": "emergency_fund", "target_amount": "1"], ["target_amount"]),
            (["name": "A", "kind": "emergency_fund", "currency": "USD"], ["currency"]),
            (
                ["name": "A", "kind": "saving", "repeat_months": .number("12")],
                ["repeat_months"]
            ),
            (["name": "A", "kind": "saving", "target_amount": "1.234"], ["target_amount"]),
            (["name": "A", "kind": "saving", "target_amount": "-1"], ["target_amount"]),
            (["name": "A", "kind": "saving", "target_date": "2026-03-14"], ["target_date"]),
            (["name": "A", "kind": "saving", "target_date": "2066-03-16"], ["target_date"]),
            (
                ["name": "A", "kind": "saving", "automatic": rule(nobody)],
                ["automatic.account_id"]
            ),
            (
                ["name": "A", "kind": "saving", "automatic": rule(dollars)],
                ["automatic.account_id"]
            ),
            (
                ["name": "A", "kind": "saving", "automatic": rule(card)],
                ["automatic.account_id"]
            ),
            (
                [
                    "name": "A", "kind": "saving",
                    "automatic": [
                        "rule": "budget", "account_id": .string(bench.savings),
                        "category_id": .string(nobody),
                    ],
                ],
                ["automatic.category_id"]
            ),
            (
                [
                    "name": "A", "kind": "saving",
                    "automatic": ["rule": "fixed", "account_id": .string(bench.savings)],
                ],
                ["automatic.amount", "automatic.day"]
            ),
        ]
    }

    @Test(arguments: Engine.present)
    func `what is wrong is named by its field`(engine: Engine) async throws {
        try await GoalBench.with(engine) { bench in
            let dollars = try await GoalBench.makeAccount(
                "Dollars",
                "10.00",
                currency: "USD",
                by: bench.caller
            )
            let card = try await GoalBench.makeAccount(
                "Card",
                "0.00",
                kind: "credit_card",
                by: bench.caller
            )
            for (body, fields) in Self.wrong(bench, dollars, card) {
                let answer = try await bench.caller.call(.post, "goals", body)
                #expect(answer.status == 422, "\(answer)")
                #expect(answer.fields == fields, "\(answer)")
            }
            #expect(try await bench.caller.get("goals").data.elements == [])
            let goal = try await bench.goal()
            for (account, code) in [
                (Self.nobody, "not_found"), (dollars, "other_currency"), (card, "not_an_asset"),
            ] {
                let answer = try await bench.contribute("1.00", to: goal, from: account)
                #expect(answer.fields == ["account_id"], "\(answer)")
                #expect(answer.text.contains(code))
            }
            let zero = try await bench.contribute("0", to: goal)
            let late = try await bench.contribute("1", to: goal, [("date", "2026-03-16")])
            #expect(zero.fields == ["amount"] && late.fields == ["date"])
        }
    }

    @Test(arguments: Engine.present)
    func `earmarks lie on accounts, and no unit is meant for two goals`(engine: Engine) async throws
    {
        try await GoalBench.with(engine) { bench in
            let roof = try await bench.goal("Roof")
            let bike = try await bench.goal("Bike")
            try await bench.contribute("300.00", to: roof)
            try await bench.contribute("100.00", to: roof, from: bench.checking)
            let fits = try await bench.contribute("200.00", to: bike)
            let over = try await bench.contribute("0.01", to: bike)
            let allowed = try await bench.contribute(
                "0.01",
                to: bike,
                [("allow_overcommitted", true)]
            )

            let savings = try await bench.account(bench.savings)
            let read = try await bench.read(roof)
            let balances = try await bench.caller.get("accounts").data.elements.map {
                $0[text: "balance"]
            }

            #expect(fits.status == 201)
            #expect(over.status == 409 && over.code == "goal.overcommitted")
            let details = over.error["details"]
            #expect(details?["free"] == "-0.01" && details?["over_by"] == "0.01")
            #expect(details?["balance"] == "500.00" && details?["earmarked"] == "500.01")
            #expect(allowed.status == 201)
            #expect(savings["is_overcommitted"] == true && savings[text: "over_by"] == "0.01")
            #expect(savings[text: "free"] == "-0.01")
            #expect(read[text: "saved"] == "400.00" && read[text: "remaining"] == "200.00")
            #expect(read[text: "progress"] == "66.66")
            let places = read["accounts"]?.elements.compactMap { $0[text: "amount"] } ?? []
            #expect(places.sorted() == ["100.00", "300.00"])
            #expect(balances == ["1000.00", "500.00"])
            try await bench.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `only what is there is taken out, and a contribution goes only as long as it is`(
        engine: Engine
    ) async throws {
        try await GoalBench.with(engine) { bench in
            let goal = try await bench.goal()
            let first = try await bench.contribute("100.00", to: goal, [("note", "bonus")])
            let tooMuch = try await bench.contribute("-100.01", to: goal)
            let elsewhere = try await bench.contribute("-1.00", to: goal, from: bench.checking)
            let out = try await bench.contribute("-40.00", to: goal)
            let stuck = try await bench.caller.call(
                .delete,
                "goals/\(goal)/contributions/\(first.data.id)"
            )
            let back = try await bench.caller.call(
                .delete,
                "goals/\(goal)/contributions/\(out.data.id)"
            )
            let free = try await bench.caller.call(
                .delete,
                "goals/\(goal)/contributions/\(first.data.id)"
            )
            let again = try await bench.caller.call(
                .delete,
                "goals/\(goal)/contributions/\(first.data.id)"
            )

            #expect(first.data[text: "note"] == "bonus")
            #expect(first.data[text: "person_name"] == "Ann")
            #expect(first.data[text: "source"] == "manual")
            #expect(tooMuch.code == "goal.not_enough")
            #expect(tooMuch.error["details"]?["available"] == "100.00")
            #expect(elsewhere.code == "goal.not_enough")
            #expect(stuck.code == "goal.not_enough")
            #expect(back.status == 204 && free.status == 204 && again.status == 404)
            #expect(try await bench.read(goal)[text: "saved"] == "0.00")
            #expect(try await bench.history(goal) == [])
        }
    }

    @Test(arguments: Engine.present)
    func `a goal is finished, and its earmarks are released or kept`(engine: Engine) async throws {
        try await GoalBench.with(engine) { bench in
            let ann = bench.caller
            let kept = try await bench.goal("Kept")
            let freed = try await bench.goal("Freed")
            try await bench.contribute("200.00", to: kept)
            try await bench.contribute("200.00", to: freed)
            try await bench.contribute("50.00", to: freed, from: bench.checking)

            let unasked = try await ann.call(.post, "goals/\(freed)/finish", [:])
            let again = try await ann.call(
                .post,
                "goals/\(freed)/finish",
                ["earmarks": "release", "again": true]
            )
            let keep = try await ann.call(.post, "goals/\(kept)/finish", ["earmarks": "keep"])
            let release = try await ann.call(
                .post,
                "goals/\(freed)/finish",
                ["earmarks": "release"]
            )
            let more = try await bench.contribute("1.00", to: freed)
            let pause = try await ann.call(.post, "goals/\(freed)/pause")
            let savings = try await bench.account(bench.savings)
            let resumed = try await ann.call(.post, "goals/\(freed)/resume")

            #expect(unasked.fields == ["earmarks"] && again.fields == ["again"])
            #expect(keep.data[text: "saved"] == "200.00" && keep.data[text: "pace"] == "finished")
            #expect(release.data[text: "saved"] == "0.00")
            #expect(release.data[text: "released"] == "250.00")
            #expect(release.data["finished_at"] != .null)
            #expect(more.code == "goal.finished" && pause.code == "goal.finished")
            #expect(savings[text: "earmarked"] == "200.00")
            #expect(resumed.data[text: "state"] == "active" && resumed.data["finished_at"] == .null)
            #expect(
                try await bench.history(freed).filter { $0[text: "source"] == "release" }.count == 2
            )
        }
    }

    @Test(arguments: Engine.present)
    func `a sinking fund comes again`(engine: Engine) async throws {
        try await GoalBench.with(engine, on: "2026-03-31") { first in
            let id = try await first.goal(
                "Insurance",
                [
                    ("target_amount", "120.00"), ("target_date", "2026-08-31"),
                    ("repeat_months", .number("6")),
                ],
                kind: "sinking_fund"
            )
            try await first.contribute("120.00", to: id)
            let reached = try await first.read(id)
            let bench = try await first.on("2026-09-02")

            let finished = try await bench.caller.call(
                .post,
                "goals/\(id)/finish",
                ["earmarks": "release"]
            ).data
            let ended = try await bench.caller.call(
                .post,
                "goals/\(id)/finish",
                ["earmarks": "keep", "again": false]
            ).data

            #expect(reached["is_reached"] == true && reached["reached_at"] != .null)
            #expect(finished[text: "state"] == "active")
            #expect(finished[text: "target_date"] == "2027-02-28")
            #expect(finished[text: "start_date"] == "2026-09-02")
            #expect(finished[text: "saved"] == "0.00" && finished["reached_at"] == .null)
            #expect(finished[text: "suggested_amount"] == "20.00")
            #expect(ended[text: "state"] == "finished")
        }
    }

    @Test(arguments: Engine.present)
    func `when a target is there is noted once`(engine: Engine) async throws {
        try await GoalBench.with(engine) { bench in
            let goal = try await bench.goal("Bike", [("target_amount", "100.00")])
            try await bench.contribute("99.99", to: goal)
            let before = try await bench.read(goal)["reached_at"]
            try await bench.contribute("0.01", to: goal)
            let reached = try await bench.read(goal)["reached_at"]
            bench.server.clock.advance(seconds: 60)
            try await bench.contribute("-50.00", to: goal)
            let less = try await bench.read(goal)["reached_at"]
            try await bench.contribute("50.00", to: goal)
            let again = try await bench.read(goal)["reached_at"]
            _ = try await bench.caller.call(.patch, "goals/\(goal)", ["target_amount": "200.00"])
            try await bench.contribute("100.00", to: goal)
            let raised = try await bench.read(goal)["reached_at"]

            #expect(before == .null && reached != .null)
            #expect(less == .null)
            #expect(again == reached)
            #expect(raised != .null && raised != reached)
        }
    }

    @Test(arguments: Engine.present)
    func `a deleted goal frees its earmarks, and comes back if they are free`(
        engine: Engine
    ) async throws {
        try await GoalBench.with(engine) { bench in
            let ann = bench.caller
            let roof = try await bench.goal("Roof")
            let bike = try await bench.goal("Bike")
            try await bench.contribute("400.00", to: roof)
            _ = try await ann.call(.delete, "goals/\(roof)")
            let free = try await bench.account(bench.savings)
            try await bench.contribute("200.00", to: bike)

            let refused = try await ann.call(.post, "goals/\(roof)/restore")
            let restored = try await ann.call(
                .post,
                "goals/\(roof)/restore",
                ["allow_overcommitted": true]
            )

            #expect(free[text: "free"] == "500.00")
            #expect(refused.code == "goal.overcommitted")
            #expect(restored.status == 200 && restored.data[text: "saved"] == "400.00")
            #expect(try await bench.account(bench.savings)[text: "over_by"] == "100.00")
        }
    }

    @Test(arguments: Engine.present)
    func `goals have an order, and a history in pages`(engine: Engine) async throws {
        try await GoalBench.with(engine) { bench in
            let ann = bench.caller
            let ids = [
                try await bench.goal("A"), try await bench.goal("B"), try await bench.goal("C"),
            ]
            let order: [JSONValue] = [ids[2], ids[0], ids[1]].map { .string($0) }
            let some = try await ann.call(
                .put,
                "goals/order",
                ["ids": .array(Array(order.prefix(2)))]
            )
            let all = try await ann.call(.put, "goals/order", ["ids": .array(order)])
            for day in 1...5 {
                try await bench.contribute(
                    "\(day).00",
                    to: ids[0],
                    [("date", .string("2026-03-0\(day)"))]
                )
            }
            var amounts: [String?] = []
            var path = "goals/\(ids[0])/contributions?limit=2"
            while true {
                let page = try await ann.get(path)
                amounts += page.data.elements.map { $0[text: "amount"] }
                guard let next = page.body?["pagination"]?["next_cursor"]?.text else { break }
                path = "goals/\(ids[0])/contributions?limit=2&cursor=\(next)"
            }
            let wrong = try await ann.get("goals/\(ids[0])/contributions?cursor=x")

            #expect(some.fields == ["ids"])
            #expect(all.data.elements.map { $0[text: "name"] } == ["C", "A", "B"])
            #expect(amounts == ["5.00", "4.00", "3.00", "2.00", "1.00"])
            #expect(wrong.status == 400 && wrong.code == "request.cursor")
        }
    }

    @Test(arguments: Engine.present)
    func `the path shows what was planned and what came`(engine: Engine) async throws {
        try await GoalBench.with(engine) { bench in
            let goal = try await bench.goal(
                "Roof",
                [
                    ("target_amount", "600.00"), ("start_date", "2026-01-01"),
                    ("target_date", "2026-06-30"),
                ]
            )
            try await bench.contribute("150.00", to: goal, [("date", "2026-01-20")])
            try await bench.contribute("30.00", to: goal, [("date", "2026-03-02")])

            let read = try await bench.read(goal)
            let path = try await bench.caller.get("goals/\(goal)/path").data
            let months = path["months"]?.elements ?? []
            func column(_ name: String) -> [String?] { months.map { $0[text: name] } }

            #expect(column("month").first == "2026-01" && column("month").last == "2026-06")
            #expect(
                column("planned") == ["100.00", "200.00", "300.00", "400.00", "500.00", "600.00"]
            )
            #expect(column("actual") == ["150.00", "150.00", "180.00", nil, nil, nil])
            #expect(column("contributed") == ["150.00", "0.00", "30.00", nil, nil, nil])
            #expect(column("projected") == [nil, nil, "180.00", "320.00", "460.00", "600.00"])
            #expect(read[text: "pace"] == "behind" && read[text: "behind_by"] == "20.00")
            #expect(read[text: "planned_by_now"] == "200.00")
            #expect(read[text: "suggested_amount"] == "112.50")
            #expect(read[text: "due_this_month"] == "82.50")
            #expect(read[text: "projected_month"] == "2026-09")
        }
    }
}
