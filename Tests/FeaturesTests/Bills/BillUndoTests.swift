import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

@Suite struct BillUndoTests {
    private func picture(_ undo: UndoBench) async throws -> [[JSONValue?]] {
        let ann = undo.caller
        let bills = try await ann.get("bills?limit=500").data.elements.map { bill in
            [
                "id", "name", "payee", "amount", "amount_kind", "amount_low", "amount_high",
                "learn_from", "repeat", "start_on", "account_id", "to_account_id", "direction",
                "auto_post", "state", "note",
            ].map { bill[$0] }
        }
        let times = try await ann.get("bills/occurrences?limit=500").data.elements.map { one in
            [
                "bill_id", "nominal_on", "due_on", "state", "amount", "paid", "payments",
                "candidates",
            ].map { one[$0] }
        }
        let booked = try await ann.get("transactions?limit=200").data.elements.map { [$0["id"]] }
        return bills + times + booked
    }

    private static func changes(
        of bill: String,
        _ gone: String,
        asked: String,
        matched: String
    ) -> [(HTTPRequest.Method, String, JSONValue?)] {
        let path = "bills/\(bill)/occurrences/2026-03-20"
        return [
            (.patch, "bills/\(bill)", ["name": "Rents", "amount": "960", "payee": nil]),
            (.patch, "bills/\(bill)", ["repeat": "FREQ=WEEKLY", "auto_post": true]),
            (
                .patch, "bills/\(bill)",
                ["amount_kind": "range", "amount_low": "940", "amount_high": "1000"]
            ),
            (
                .patch, "bills/\(bill)",
                ["amount_kind": "learned", "learn_from": 5, "tolerance_percent": 0]
            ),
            (
                .post, "bills",
                [
                    "name": "New", "direction": "income", "amount": "1",
                    "start_on": "2026-03-20",
                ]
            ),
            (.delete, "bills/\(bill)", nil),
            (.post, "bills/\(gone)/restore", nil),
            (.post, "bills/\(bill)/pause", nil),
            (.patch, path, ["due_on": "2026-03-22", "amount": "955"]),
            (.post, "\(path)/skip", nil),
            (.post, "\(path)/post", [:]),
            (.post, "\(path)/match", ["transaction_id": .string(asked)]),
            (.post, "\(path)/reject", ["transaction_id": .string(asked)]),
            (
                .post, "bills/\(bill)/occurrences/2026-04-20/unmatch",
                ["transaction_id": .string(matched)]
            ),
        ]
    }

    @Test(arguments: Engine.present)
    func `every change can be taken back`(engine: Engine) async throws {
        try await UndoBench.with(engine) { undo in
            let account = JSONValue.string(undo.bench.account)
            func add(_ name: String) async throws -> String {
                try await undo.make(
                    .post,
                    "bills",
                    [
                        "name": .string(name), "direction": "expense", "payee": "Homes Ltd",
                        "amount": "950", "account_id": account, "start_on": "2026-03-20",
                        "repeat": "FREQ=MONTHLY",
                    ]
                )
            }
            let bill = try await add("Rent")
            let gone = try await add("Gone")
            try await undo.make(.delete, "bills/\(gone)")
            let asked = try await undo.spend("930", ["payee": "Homes Ltd", "date": "2026-03-18"])
            let matched = try await undo.spend("940", ["payee": "Homes Ltd", "date": "2026-04-18"])
            try await undo.make(
                .post,
                "bills/\(bill)/occurrences/2026-04-20/match",
                ["transaction_id": .string(matched)]
            )
            let changes = Self.changes(of: bill, gone, asked: asked, matched: matched)
            let before = try await picture(undo)

            for (method, path, body) in changes {
                try await undo.make(method, path, body)
                let changed = try await picture(undo)
                let answer = try await undo.undo(try await undo.lastEntry())
                #expect(answer.status == 200, "\(method) \(path): \(answer)")
                #expect(changed != before, "\(method) \(path)")
                let back = try await picture(undo)
                #expect(back == before, "\(method) \(path) \(body ?? .null)")
            }
        }
    }

    @Test(arguments: Engine.present)
    func `what was booked is not taken away once somebody has changed it`(
        engine: Engine
    ) async throws {
        try await UndoBench.with(engine) { undo in
            let bill = try await undo.make(
                .post,
                "bills",
                [
                    "name": "Rent", "direction": "expense", "amount": "950",
                    "account_id": .string(undo.bench.account), "start_on": "2026-03-20",
                ]
            )
            try await undo.make(.post, "bills/\(bill)/occurrences/2026-03-20/post", [:])
            let entry = try await undo.lastEntry()
            let booked = try await undo.caller.get("transactions").data[0].id
            try await undo.make(.patch, "transactions/\(booked)", ["note": "mine"])

            let answer = try await undo.undo(entry)

            #expect(answer.code == "audit.cannot_undo")
            #expect(try await undo.caller.get("transactions").data.elements.count == 1)
        }
    }
}
