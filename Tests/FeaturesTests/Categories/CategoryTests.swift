import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

struct CategoryTests {
    @Test(arguments: TestEngine.present)
    func `a household begins with categories, parents before their children`(
        engine: TestEngine
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()

            let list = try await ann.get("categories")

            let ids = list.texts("data", "id")
            let parents = list.texts("data", "parent_id")
            #expect(ids.count > 20)
            for (index, parent) in parents.enumerated() where parent != "null" {
                #expect(ids[..<index].contains(parent))
            }
            #expect(list.texts("data", "system").filter { $0 == "uncategorised" }.count == 2)
        }
    }

    @Test(arguments: TestEngine.present)
    func `a subtree moves whole and never into itself`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let top = try await ann.makeCategory("Top")
            let middle = try await ann.makeCategory("Middle", under: top)
            let low = try await ann.makeCategory("Low", under: middle)
            let other = try await ann.makeCategory("Aside")
            let income = try await ann.makeCategory("Wages", kind: "income")

            let moved = try await ann.patch("categories/\(middle)", #"{"parent_id": "\#(other)"}"#)
            let inside = try await ann.patch("categories/\(other)", #"{"parent_id": "\#(low)"}"#)
            let itself = try await ann.patch("categories/\(low)", #"{"parent_id": "\#(low)"}"#)
            let kind = try await ann.patch("categories/\(low)", #"{"parent_id": "\#(income)"}"#)
            let root = try await ann.patch("categories/\(middle)", #"{"parent_id": null}"#)

            #expect(moved.text("data.parent_id") == other)
            #expect(inside.faults == ["parent_id inside_itself"])
            #expect(itself.faults == ["parent_id inside_itself"])
            #expect(kind.faults == ["parent_id wrong_kind"])
            #expect(root.text("data.parent_id") == "null")
        }
    }

    @Test(arguments: TestEngine.present)
    func `the tree has ten levels`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            var parent = try await ann.makeCategory("L1")
            for level in 2...10 { parent = try await ann.makeCategory("L\(level)", under: parent) }

            let answer = try await ann.post(
                "categories",
                #"{"name": "L11", "kind": "expense", "parent_id": "\#(parent)"}"#
            )

            #expect(answer.faults == ["parent_id too_deep"])
        }
    }

    @Test(arguments: TestEngine.present)
    func `deleting one in use asks where its transactions go`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let top = try await ann.makeCategory("Top")
            let low = try await ann.makeCategory("Low", under: top)
            let target = try await ann.makeCategory("Target")
            let id = try await ann.spend("5", from: account, on: low, #", "payee": "Shop""#)

            let asked = try await ann.delete("categories/\(top)")
            let moved = try await ann.delete("categories/\(top)?move_to=\(target)")
            let transaction = try await ann.get("transactions/\(id)")
            let payees = try await ann.get("payees")
            let gone = try await ann.get("categories")
            let bySubtree = try await ann.get("transactions?category_id=\(target)")

            #expect(asked.status == 409)
            #expect(asked.code == "category.in_use")
            #expect(asked.text("error.details.transaction_count") == "1")
            #expect(moved.status == 204)
            #expect(transaction.text("data.category_id") == target)
            #expect(transaction.text("data.version") == "2")
            #expect(payees.texts("data", "last_category_id") == [target])
            #expect(!gone.texts("data", "id").contains(low))
            #expect(bySubtree.texts("data", "id") == [id])
        }
    }

    /// Whether or not there is anything to move.
    @Test(arguments: TestEngine.present)
    func `transactions move to a category that can take them only`(engine: TestEngine) async throws
    {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp("Ann")
            let bob = try await api.signUp("Bob")
            let account = try await ann.makeAccount("A")
            let used = try await ann.makeCategory("Used")
            let low = try await ann.makeCategory("Low", under: used)
            let remembered = try await ann.makeCategory("Remembered")
            try await ann.spend("5", from: account, on: used)
            let id = try await ann.spend("5", from: account, on: remembered, #", "payee": "Shop""#)
            _ = try await ann.patch("transactions/\(id)", #"{"category_id": "\#(used)"}"#)
            _ = try await ann.patch("transactions/\(id)", #"{"payee": "Other shop"}"#)
            let foreign = try await bob.makeCategory("Foreign")
            let nobody = "019a0000-0000-7000-8000-000000000000"

            for category in [used, remembered] {
                for target in [foreign, nobody, account, category] {
                    let answer = try await ann.delete("categories/\(category)?move_to=\(target)")
                    #expect(answer.faults == ["move_to not_found"], "\(answer.body)")
                }
            }
            let inside = try await ann.delete("categories/\(used)?move_to=\(low)")
            #expect(inside.faults == ["move_to not_found"])
        }
    }

    @Test(arguments: TestEngine.present)
    func `a payee is not given an income category for its expenses`(engine: TestEngine) async throws
    {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let spending = try await ann.makeCategory("Spending")
            let wages = try await ann.makeCategory("Wages", kind: "income")
            try await ann.spend("5", from: account, on: spending, #", "payee": "Shop""#)

            let answer = try await ann.delete("categories/\(spending)?move_to=\(wages)")

            let suggested = try await ann.home.number(
                "SELECT COUNT(*) FROM payee WHERE expense_category_id IS NOT NULL"
            )
            #expect(answer.status == 204)
            #expect(suggested == 0)
        }
    }

    @Test(arguments: TestEngine.present)
    func `what was deleted before does not come back with its parent`(
        engine: TestEngine
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let top = try await ann.makeCategory("Top")
            let first = try await ann.makeCategory("First", under: top)
            let second = try await ann.makeCategory("Second", under: top)
            _ = try await ann.delete("categories/\(first)")
            api.fixture.clock.advance(seconds: 60)
            _ = try await ann.delete("categories/\(top)")

            let restored = try await ann.post("categories/\(top)/restore", "")

            let ids = try await ann.get("categories").texts("data", "id")
            #expect(restored.status == 200)
            #expect(ids.contains(second))
            #expect(!ids.contains(first))
        }
    }

    @Test(arguments: TestEngine.present)
    func `the ledger's own categories stay`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let list = try await ann.get("categories")
            let index = try #require(
                list.texts("data", "system").firstIndex(of: "uncategorised")
            )
            let id = list.texts("data", "id")[index]

            let renamed = try await ann.patch("categories/\(id)", #"{"name": "Mine"}"#)
            let deleted = try await ann.delete("categories/\(id)")

            #expect(renamed.code == "category.system")
            #expect(deleted.code == "category.system")
        }
    }

    @Test(arguments: TestEngine.present)
    func `siblings have different names, cousins need not`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let top = try await ann.makeCategory("Top")
            _ = try await ann.makeCategory("Low", under: top)

            let twin = try await ann.post(
                "categories",
                #"{"name": "LOW", "kind": "expense", "parent_id": "\#(top)"}"#
            )
            let cousin = try await ann.post("categories", #"{"name": "Low", "kind": "expense"}"#)

            #expect(twin.faults == ["name taken"])
            #expect(cousin.status == 201)
        }
    }
}
