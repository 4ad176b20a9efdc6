import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

struct TransactionBulkTests {
    @Test(arguments: TestEngine.present)
    func `many change at once, in one entry of the trail`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let food = try await ann.makeCategory("Meals")
            var ids: [String] = []
            for number in 1...5 {
                ids.append(try await ann.spend("\(number)", from: account, #", "tags": ["old"]"#))
            }
            let list = ids.map { "\"\($0)\"" }.joined(separator: ",")
            let entries = try await AuditTrail.entries(ann.home).count

            let answer = try await ann.post(
                "transactions/bulk",
                """
                {"action": "patch", "ids": [\(list)], "patch": {"category_id": "\(food)",
                 "payee": "Shop", "state": "cleared", "add_tags": ["new"], "date": "2026-11-01"}}
                """
            )
            #expect(answer.text("data.affected") == "5", "\(answer.body)")
            let rows = try await ann.get("transactions?category_id=\(food)&state=cleared&tag=new")
            #expect(rows.texts("data", "date") == Array(repeating: "2026-11-01", count: 5))
            #expect(rows.texts("data", "payee") == Array(repeating: "Shop", count: 5))
            #expect(rows.text("data.0.tags.0") == "new")
            #expect(rows.text("data.0.tags.1") == "old")
            let trail = try await AuditTrail.entries(ann.home)
            #expect(trail.count == entries + 1)
            #expect(trail.last?.record.changeCount == 5)
            try await AuditTrail.verify(ann.home, entries: Int64(trail.count))
        }
    }

    @Test(arguments: TestEngine.present)
    func `a filter picks, deletes and brings back`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            for number in 1...6 { try await ann.spend("\(number)", from: account) }

            let deleted = try await ann.post(
                "transactions/bulk",
                #"{"action": "delete", "filter": {"min_amount": "4"}}"#
            )
            let balance = try await ann.balance(of: account)
            let restored = try await ann.post(
                "transactions/bulk",
                #"{"action": "restore", "filter": {"min_amount": "5", "include_deleted": true}}"#
            )
            let after = try await ann.balance(of: account)
            let none = try await ann.post(
                "transactions/bulk",
                #"{"action": "delete", "filter": {"min_amount": "400"}}"#
            )

            #expect(deleted.text("data.affected") == "3")
            #expect(balance == "-6.00")
            #expect(restored.text("data.affected") == "2")
            #expect(after == "-17.00")
            #expect(none.text("data.affected") == "0")
        }
    }

    @Test(arguments: TestEngine.present)
    func `all of it or nothing`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp("Ann")
            let bob = try await api.signUp("Bob")
            let account = try await ann.makeAccount("A")
            let mine = try await ann.spend("1", from: account)
            let transfer = try await ann.post(
                "transactions",
                """
                {"postings": [{"account_id": "\(account)", "amount": "-5"},
                  {"account_id": "\(account)", "amount": "5"}], "date": "2026-11-21"}
                """
            )
            let theirs = try await bob.spend("1", from: try await bob.makeAccount("B"))
            let before = try await ann.footprint()
            let nobody = "019a0000-0000-7000-8000-000000000000"

            for other in [theirs, nobody] {
                let answer = try await ann.post(
                    "transactions/bulk",
                    #"{"action": "delete", "ids": ["\#(mine)", "\#(other)"]}"#
                )
                #expect(answer.status == 404)
            }
            let category = try await ann.post(
                "transactions/bulk",
                """
                {"action": "patch", "ids": ["\(mine)", "\(transfer.text("data.id"))"],
                 "patch": {"note": "x", "category_id": "\(nobody)"}}
                """
            )

            #expect(category.status >= 400)
            let after = try await ann.footprint()
            let note = try await ann.get("transactions/\(mine)").text("data.note")
            #expect(after == before)
            #expect(note == "null")
        }
    }

    @Test(arguments: TestEngine.present)
    func `what is asked must be whole`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let id = "019a0000-0000-7000-8000-000000000000"
            let many = Array(repeating: "\"\(id)\"", count: 1_001).joined(separator: ",")

            for (body, faults): (String, Set<String>) in [
                (#"{"action": "delete"}"#, ["ids ids_or_filter"]),
                (#"{"action": "delete", "ids": ["\#(id)"], "filter": {}}"#, ["ids ids_or_filter"]),
                (#"{"action": "patch", "ids": ["\#(id)"]}"#, ["patch only_for_patch"]),
                (
                    #"{"action": "delete", "ids": ["\#(id)"], "patch": {}}"#,
                    ["patch only_for_patch"]
                ),
                (#"{"action": "delete", "ids": []}"#, ["ids wrong_count"]),
                (#"{"action": "delete", "ids": [\#(many)]}"#, ["ids wrong_count"]),
                (#"{"action": "drop", "ids": ["\#(id)"]}"#, ["action not_a_choice"]),
                (#"{"action": "delete", "filter": {"sort": "date"}}"#, ["filter.sort unknown"]),
            ] {
                let answer = try await ann.post("transactions/bulk", body)
                #expect(answer.status == 422)
                #expect(
                    answer.faults.isSuperset(of: faults),
                    "\(body.prefix(80)): \(answer.faults)"
                )
            }
        }
    }
}
