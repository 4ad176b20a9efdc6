@testable import Features
import HTTPTypes
import Ledger
import Storage
import Testing

/// Each kind of entry that the trail knows: there is a way back from it, or a reason why not.
@Suite struct UndoTests {
    @Test(arguments: Engine.present)
    func `an account's changes are taken back`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            try await bench.spend("4.20")
            let path = "accounts/\(bench.bench.account)"
            try await bench.expectWayBack {
                try await bench.make(
                    .post,
                    "accounts",
                    [
                        "name": "Jar", "kind": "cash", "currency": "EUR",
                        "opening_balance": "12.30", "opening_date": "2026-01-02",
                    ]
                )
            }
            for change: JSONValue in [
                ["name": "Daily"], ["kind": "savings"], ["minimum_balance": "-500.00"],
                ["opening_balance": "100.00", "opening_date": "2026-01-01"],
                ["opening_balance": "50.00"], ["opening_date": "2026-02-01"],
                ["opening_balance": "0"], ["closed_at": "2026-03-14"],
                ["name": "All", "minimum_balance": nil, "closed_at": nil],
            ] {
                try await bench.expectWayBack { try await bench.make(.patch, path, change) }
            }
            try await bench.expectWayBack { try await bench.make(.delete, path) }
            try await bench.make(.post, path + "/restore")
            try await bench.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `the order of accounts is taken back`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            let other = try await ImportBench.add("Second", "cash", by: bench.caller)
            try await bench.expectWayBack {
                try await bench.make(
                    .put,
                    "accounts/order",
                    ["ids": [.string(other), .string(bench.bench.account)]]
                )
            }
        }
    }

    @Test(arguments: Engine.present)
    func `a category's changes are taken back, and what lay in it comes back`(
        engine: Engine
    ) async throws {
        try await UndoBench.with(engine) { bench in
            let outer = try await bench.makeCategory("Pastimes")
            let inner = try await bench.makeCategory("Chess", under: outer)
            let other = try await bench.makeCategory("Odds and ends")
            try await bench.spend("3.00", on: inner)
            try await bench.spend(
                "9.00",
                [
                    "splits": [
                        ["category_id": .string(inner), "amount": "4.00"],
                        ["category_id": .string(other), "amount": "5.00"],
                    ]
                ]
            )
            try await bench.expectWayBack { _ = try await bench.makeCategory("New", under: outer) }
            for change: JSONValue in [
                ["name": "Games"], ["parent_id": nil], ["position": 7],
                ["name": "Go", "parent_id": .string(other)],
            ] {
                try await bench.expectWayBack {
                    try await bench.make(.patch, "categories/\(inner)", change)
                }
            }
            try await bench.expectWayBack {
                try await bench.make(.delete, "categories/\(outer)?move_to=\(other)")
            }
            let empty = try await bench.makeCategory("Empty")
            try await bench.expectWayBack { try await bench.make(.delete, "categories/\(empty)") }
            try await bench.expectWayBack {
                try await bench.make(.post, "categories/\(empty)/restore")
            }
            try await bench.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `a transaction's changes are taken back`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            let food = try await bench.makeCategory("Greens")
            let savings = try await ImportBench.add("Reserve", "savings", by: bench.caller)
            let first = try await bench.spend("12.30")
            let path = "transactions/\(first)"
            try await bench.expectWayBack { try await bench.spend("1.00", on: food) }
            try await bench.expectWayBack {
                try await bench.spend(
                    "5.00",
                    ["type": "transfer", "to_account_id": .string(savings)]
                )
            }
            for change: JSONValue in [
                ["amount": "7.77"], ["payee": nil], ["payee": "Kiosk"], ["note": "onions"],
                ["tags": ["a", "b"]], ["date": "2026-01-31"], ["state": "pending"],
                ["state": "expected"], ["category_id": .string(food)],
                ["account_id": .string(savings)],
                [
                    "type": "transfer", "account_id": .string(bench.bench.account),
                    "to_account_id": .string(savings),
                ],
            ] {
                try await bench.expectWayBack { try await bench.make(.patch, path, change) }
            }
            try await bench.expectWayBack { try await bench.make(.delete, path) }
            try await bench.expectWayBack { try await bench.make(.post, path + "/restore") }
            try await bench.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `a change of many is taken back as one`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            let food = try await bench.makeCategory("Greens")
            var made: [JSONValue] = []
            for amount in ["1.00", "2.00", "3.00"] {
                made.append(.string(try await bench.spend(amount)))
            }
            let ids = made
            for body: JSONValue in [
                [
                    "action": "patch", "ids": .array(ids),
                    "patch": [
                        "category_id": .string(food), "add_tags": ["x"], "payee": "All",
                        "date": "2026-02-02",
                    ],
                ],
                ["action": "delete", "ids": .array(ids)],
            ] {
                try await bench.expectWayBack {
                    try await bench.make(.post, "transactions/bulk", body)
                }
            }
            try await bench.expectWayBack {
                try await bench.make(
                    .post,
                    "transactions/bulk",
                    ["action": "restore", "ids": .array(ids)]
                )
            }
            try await bench.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `an import and its linked transfers are taken back`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            let savings = try await ImportBench.add("Reserve", "savings", by: bench.caller)
            _ = try await bench.bench.take(
                "Date,Payee,Amount\n2026-03-01,Standing order 4711,-300.00\n"
            )
            let before = try await bench.picture()
            let committed = try await bench.bench.take(
                "Date,Payee,Amount\n2026-03-03,Incoming,300.00\n2026-03-04,Bank,0.0123\n",
                to: savings
            )
            #expect(committed.data["transfers_linked"] == 1)

            let undone = try await bench.undo(try await bench.lastEntry())

            #expect(undone.status == 200, "\(undone)")
            let back = try await bench.picture()
            #expect(back == before, "\(LedgerPicture.difference(before, back))")
            try await bench.expectNoWayBack(bench.lastEntry(), because: "Import the file again")
            _ = try await bench.bench.upload("Date,Payee,Amount\n2026-03-09,X,-1.00\n")
            #expect(try await bench.undo(bench.lastEntry()).status == 200)
            try await bench.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `links, partings and refusals of transfers are taken back`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            let savings = try await ImportBench.add("Reserve", "savings", by: bench.caller)
            let food = try await bench.makeCategory("Greens")
            let out = try await bench.spend("5.00", on: food)
            let into = try await bench.spend("5.00", from: savings, ["type": "income"])
            let pair: JSONValue = ["out_id": .string(out), "in_id": .string(into)]
            try await bench.expectWayBack { try await bench.make(.post, "transfers/reject", pair) }
            try await bench.undo(try await bench.lastEntry())
            try await bench.expectWayBack { try await bench.make(.post, "transfers/link", pair) }
            let linked = try await bench.picture()
            try await bench.make(.post, "transfers/unlink", ["transaction_id": .string(into)])
            let undone = try await bench.undo(try await bench.lastEntry())
            #expect(undone.status == 200, "\(undone)")
            #expect(try await bench.picture() == linked)
            try await bench.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `what was changed again since is left alone, with the reason`(engine: Engine) async throws
    {
        try await UndoBench.with(engine) { bench in
            let id = try await bench.spend("12.30")
            let created = try await bench.lastEntry()
            try await bench.make(.patch, "transactions/\(id)", ["amount": "7.00"])
            let cheaper = try await bench.lastEntry()
            try await bench.make(.patch, "transactions/\(id)", ["note": "other"])
            try await bench.expectNoWayBack(created, because: "changed again since")

            // Another field stands in no one's way.
            let undone = try await bench.undo(cheaper)
            let transaction = try await bench.caller.get("transactions/\(id)")
            #expect(undone.status == 200)
            #expect(transaction.data["amount"] == "12.30")
            #expect(transaction.data["note"] == "other")

            try await bench.make(.patch, "transactions/\(id)", ["amount": "8.00"])
            let dearer = try await bench.lastEntry()
            try await bench.make(.patch, "transactions/\(id)", ["amount": "9.00"])
            try await bench.expectNoWayBack(dearer, because: "changed again since")
            try await bench.make(.delete, "transactions/\(id)")
            let deleted = try await bench.lastEntry()
            try await bench.expectNoWayBack(dearer, because: "deleted since")
            try await bench.make(.post, "transactions/\(id)/restore")
            try await bench.expectNoWayBack(deleted, because: "brought back since")
            try await bench.make(.delete, "transactions/\(id)")
            bench.server.clock.advance(seconds: 60)
            try await bench.expectNoWayBack(cheaper, because: "taken back already")
        }
    }

    @Test(arguments: Engine.present)
    func `an account that is used, and a balance that would fall too low, stay`(
        engine: Engine
    ) async throws {
        try await UndoBench.with(engine) { bench in
            let jar = try await ImportBench.add("Jar", "cash", by: bench.caller)
            let created = try await bench.lastEntry()
            try await bench.spend("10.00", from: jar, ["type": "income"])
            let earned = try await bench.lastEntry()
            try await bench.expectNoWayBack(created, because: "changed again since")
            try await bench.spend("10.00", from: jar)
            try await bench.make(.patch, "accounts/\(jar)", ["minimum_balance": "0.00"])
            try await bench.expectNoWayBack(earned, because: "may not fall below")
        }
    }

    @Test(arguments: Engine.present)
    func `what changed nothing, and what is gone for good, says so`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            let founding = try await bench.caller.get("audit-logs?action=create&entity=household")
            try await bench.expectNoWayBack(founding.data[0], because: "The household is there")
            _ = try await bench.caller.get("transactions/export.csv")
            try await bench.expectNoWayBack(bench.lastEntry(), because: "changed nothing")
            let dan = try await bench.server.nobody.register("Dan")
            #expect(try await dan.call(.post, "demo", ["transactions": 5]).status == 200)
            let demo = try await dan.get("audit-logs?entity=demo").data[0]
            let answer = try await dan.call(.post, "audit-logs/\(demo["id"]?.text ?? "")/undo")
            #expect(demo["can_undo"] == false)
            #expect(answer.code == "audit.cannot_undo" && answer.status == 409)
            let missing = try await bench.caller.call(.post, "audit-logs/999999/undo")
            #expect(missing.status == 404)
        }
    }
}
