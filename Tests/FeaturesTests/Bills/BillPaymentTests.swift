import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// What becomes of payments when their bill or they themselves change.
@Suite struct BillPaymentTests {
    private func state(_ bench: BillBench, _ bill: JSONValue) async throws -> String? {
        try await bench.caller.get("bills/\(bill.id)").data[text: "state"]
    }

    // MARK: Deleted bills

    @Test(arguments: Engine.present)
    func `a deleted bill holds no payments, and has those again that are still free`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            let old = try await bench.add()
            let rent = try await bench.pay(on: "2026-03-18")
            try await bench.old.delete("bills/\(old.id)")
            let restored = try await bench.caller.call(.post, "bills/\(old.id)/restore")
            let again = try await bench.occurrence(old)
            try await bench.old.delete("bills/\(old.id)")
            let new = try await bench.add([("name", "Flat")])
            let found = try await bench.occurrence(new)
            _ = try await bench.caller.call(.post, "bills/\(old.id)/restore")
            let taken = try await bench.occurrence(old)
            let twice = try await bench.act(
                "match",
                old,
                "2026-03-20",
                ["transaction_id": .string(rent)]
            )
            try await bench.old.delete("bills/\(new.id)")
            let back = try await bench.occurrence(old)

            #expect(restored.status == 200, "\(restored)")
            #expect(again[text: "state"] == "matched")
            #expect(found["payments"]?[0][text: "transaction_id"] == rent)
            #expect(taken[text: "state"] == "expected")
            #expect(twice.code == "occurrence.taken")
            #expect(back["payments"]?[0][text: "transaction_id"] == rent)
            try await bench.old.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `by hand a payment of a deleted bill can be matched`(engine: Engine) async throws {
        try await BillBench.with(engine) { bench in
            let old = try await bench.add()
            let rent = try await bench.pay(on: "2026-03-18")
            try await bench.old.delete("bills/\(old.id)")
            let new = try await bench.add([("amount", "700"), ("payee", "Others")])
            let matched = try await bench.act(
                "match",
                new,
                "2026-03-20",
                ["transaction_id": .string(rent)]
            )

            #expect(matched.data[text: "state"] == "matched", "\(matched)")
        }
    }

    // MARK: Changed payments

    @Test(
        arguments: Engine.present,
        [
            ["type": "income"], ["date": "2026-01-02"], ["amount": "500"],
            ["payee": "Bakery"],
        ] as [JSONValue]
    )
    func `a payment that is no longer certain is looked at again`(
        engine: Engine,
        patch: JSONValue
    ) async throws {
        try await BillBench.with(engine) { bench in
            let bill = try await bench.add()
            let rent = try await bench.pay(on: "2026-03-18")
            let note = try await bench.caller.call(
                .patch,
                "transactions/\(rent)",
                ["note": "by transfer"]
            )
            let still = try await bench.occurrence(bill)
            let changed = try await bench.caller.call(.patch, "transactions/\(rent)", patch)
            let freed = try await bench.occurrence(bill)
            try await bench.pay(on: "2026-03-19")
            let paid = try await bench.occurrence(bill)

            #expect(note.status == 200 && still[text: "state"] == "matched")
            #expect(changed.status == 200, "\(changed)")
            #expect(freed[text: "state"] == "expected", "\(freed)")
            #expect(freed["payments"]?.elements == [])
            #expect(paid["payments"]?[0][text: "transaction_id"] != rent)
        }
    }

    @Test(arguments: Engine.present)
    func `what was matched by hand stays as long as it goes the same way`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            let bill = try await bench.add()
            let dear = try await bench.pay("990", on: "2026-03-19")
            try await bench.act("match", bill, "2026-03-20", ["transaction_id": .string(dear)])
            for patch in [["amount": "1990"], ["date": "2026-01-02"], ["payee": "X"]] as [JSONValue]
            {
                try await bench.caller.call(.patch, "transactions/\(dear)", patch)
            }
            let kept = try await bench.occurrence(bill)
            let dollars = try await ImportBench.add("Dollars", "savings", "USD", by: bench.caller)
            let moved = try await bench.caller.call(
                .patch,
                "transactions/\(dear)",
                ["account_id": .string(dollars)]
            )
            let freed = try await bench.occurrence(bill)

            #expect(kept[text: "state"] == "matched")
            #expect(kept[text: "changed_by"] == "1040.00")
            #expect(moved.status == 200, "\(moved)")
            #expect(freed[text: "state"] == "expected", "\(freed)")
        }
    }

    @Test(arguments: Engine.present)
    func `a bill that was paid keeps its direction`(engine: Engine) async throws {
        try await BillBench.with(engine) { bench in
            let bill = try await bench.add()
            let free = try await bench.caller.call(
                .patch,
                "bills/\(bill.id)",
                ["direction": "income"]
            )
            try await bench.caller.call(.patch, "bills/\(bill.id)", ["direction": "expense"])
            try await bench.pay(on: "2026-03-18")
            let paid = try await bench.caller.call(
                .patch,
                "bills/\(bill.id)",
                ["direction": "income"]
            )

            #expect(free.status == 200, "\(free)")
            #expect(paid.status == 422 && paid.fields == ["direction"], "\(paid)")
        }
    }

    // MARK: Bills that are done

    @Test(arguments: Engine.present)
    func `what comes once has ended once it is skipped or paid before its day`(
        engine: Engine
    ) async throws {
        try await BillBench.with(engine) { bench in
            let skipped = try await bench.add([("repeat", nil), ("payee", "One")])
            let posted = try await bench.add([("repeat", nil), ("payee", "Two")])
            let parted = try await bench.add([
                ("repeat", nil), ("payee", "Three"), ("allows_parts", true),
            ])
            let endless = try await bench.add([("payee", "Four")])
            #expect(try await state(bench, skipped) == "active")
            try await bench.act("skip", skipped)
            try await bench.act("post", posted)
            try await bench.act("skip", endless)
            let part = try await bench.pay("100", [("payee", "Three")])
            try await bench.act("match", parted, "2026-03-20", ["transaction_id": .string(part)])
            let active = try await bench.caller.get("bills?state=active").data.elements
            let ended = try await bench.caller.get("bills?state=ended").data.elements

            #expect(try await state(bench, skipped) == "ended")
            #expect(try await state(bench, posted) == "ended")
            #expect(try await state(bench, parted) == "active")
            #expect(Set(ended.map(\.id)) == [skipped.id, posted.id])
            #expect(Set(active.map(\.id)) == [parted.id, endless.id])
            try await bench.act("unskip", skipped)
            #expect(try await state(bench, skipped) == "active")
        }
    }

    // MARK: What cannot come

    @Test(arguments: Engine.present)
    func `a rule that ends before it begins is refused`(engine: Engine) async throws {
        try await BillBench.with(engine) { bench in
            let until = JSONValue.string("FREQ=MONTHLY;UNTIL=20260319")
            let bill = try await bench.add([("repeat", "FREQ=MONTHLY;UNTIL=20260320")])
            let changed = try await bench.caller.call(
                .patch,
                "bills/\(bill.id)",
                ["repeat": until]
            )
            let later = try await bench.caller.call(
                .patch,
                "bills/\(bill.id)",
                ["start_on": "2026-03-21"]
            )
            let task = try await bench.caller.call(
                .post,
                "tasks",
                ["title": "Read the meter", "due_on": "2026-03-20", "repeat": until]
            )
            for answer in [changed, later, task] {
                #expect(answer.status == 422 && answer.fields == ["repeat"], "\(answer)")
            }
        }
    }

    // MARK: Taking back

    @Test(arguments: Engine.present)
    func `taking back an unmatch says again that nobody was asked`(engine: Engine) async throws {
        try await UndoBench.with(engine) { undo in
            let bill = try await undo.make(
                .post,
                "bills",
                [
                    "name": "Rent", "direction": "expense", "payee": "Homes Ltd", "amount": "950",
                    "account_id": .string(undo.bench.account), "start_on": "2026-03-20",
                ]
            )
            let rent = try await undo.make(
                .post,
                "transactions",
                [
                    "type": "expense", "account_id": .string(undo.bench.account), "amount": "950",
                    "payee": "Homes Ltd", "date": "2026-03-18",
                ]
            )
            let path = "bills/\(bill)/occurrences/2026-03-20"
            let parted = try await undo.caller.call(
                .post,
                "\(path)/unmatch",
                ["transaction_id": .string(rent)]
            )
            _ = try await undo.undo(try await undo.lastEntry())
            let back = try await undo.caller.get(path).data

            #expect(parted.data[text: "state"] == "expected", "\(parted)")
            #expect(back["payments"]?[0][text: "transaction_id"] == rent)
            #expect(back["payments"]?[0]["is_automatic"] == true)
        }
    }
}
