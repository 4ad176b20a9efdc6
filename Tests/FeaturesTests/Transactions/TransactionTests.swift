import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

struct TransactionTests {
    @Test(arguments: TestEngine.present)
    func `an expense is answered as it was entered`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let food = try await ann.makeCategory("Meals")

            let answer = try await ann.post(
                "transactions",
                """
                {"type": "expense", "account_id": "\(account)", "category_id": "\(food)",
                 "amount": 12.3, "payee": "  Market ", "note": "two\\nlines", "tags": ["b", "a", "b"],
                 "date": "2026-11-20"}
                """
            )

            #expect(answer.status == 201)
            #expect(answer.headers[.eTag] == "\"1\"")
            for (name, text) in [
                ("type", "expense"), ("date", "2026-11-20"), ("state", "posted"),
                ("account_id", account), ("account_name", "A"), ("to_account_id", "null"),
                ("category_id", food), ("category_name", "Meals"), ("amount", "12.30"),
                ("signed_amount", "-12.30"), ("currency", "EUR"), ("to_amount", "null"),
                ("payee", "Market"), ("note", "two\nlines"), ("source", "manual"),
                ("bank_text", "null"), ("version", "1"), ("tags.0", "a"), ("tags.1", "b"),
                ("postings.0.amount", "-12.30"), ("postings.1.amount", "12.30"),
                ("postings.1.account_name", "Meals"),
            ] {
                #expect(answer.text("data.\(name)") == text, "\(name)")
            }
            #expect(answer.count("data.splits") == 0)
        }
    }

    /// The first answer is made without asking the database again.
    @Test(arguments: TestEngine.present)
    func `what is answered to a new transaction is what a question for it answers`(
        engine: TestEngine
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let (a, b) = (try await ann.makeAccount("A"), try await ann.makeAccount("B"))
            let abroad = try await ann.makeAccount("C", currency: "JPY")
            let (food, home) = (try await ann.makeCategory("F"), try await ann.makeCategory("H"))
            let splits = """
                "splits": [{"category_id": "\(food)", "amount": "1.50", "memo": "m"},
                    {"category_id": "\(home)", "amount": "2.50"}]
                """
            let bodies = [
                #""type": "expense", "account_id": "\#(a)", "amount": "4", \#(splits)"#,
                #""type": "income", "account_id": "\#(a)", "amount": "4", \#(splits)"#,
                #""type": "income", "account_id": "\#(a)", "amount": "4", "tags": ["y", "x"]"#,
                #""type": "transfer", "account_id": "\#(a)", "to_account_id": "\#(b)", "amount": "4""#,
                """
                "type": "transfer", "account_id": "\(a)", "to_account_id": "\(b)", "amount": "9",
                "to_amount": "5", \(splits)
                """,
                """
                "type": "transfer", "account_id": "\(a)", "to_account_id": "\(abroad)", "amount": "9",
                "to_amount": "1500", "payee": "Bureau", "note": "n", "state": "pending"
                """,
                """
                "postings": [{"account_id": "\(a)", "amount": "-3"}, {"account_id": "\(b)", "amount": "1"},
                    {"account_id": "\(food)", "amount": "2", "currency": "EUR", "memo": "m"}]
                """,
            ]

            for body in bodies {
                let made = try await ann.post("transactions", #"{"date": "2026-11-20", \#(body)}"#)
                let found = try await ann.get("transactions/\(made.text("data.id"))")

                #expect(made.status == 201, "\(body)")
                guard case .object(let members) = made.value("data") else { continue }
                // What it pays is asked for alone.
                let whole = JSONValue.object(members + [JSONMember(name: "bill", value: .null)])
                #expect(found.value("data") == whole, "\(body)")
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `a refund is income on an expense category`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let food = try await ann.makeCategory("Meals")
            let id = try await ann.spend("5", from: account, on: food, type: "income")

            let answer = try await ann.get("transactions/\(id)")

            #expect(answer.text("data.type") == "income")
            #expect(answer.text("data.signed_amount") == "5.00")
            #expect(answer.text("data.category_id") == food)
        }
    }

    @Test(arguments: TestEngine.present)
    func `splits add up or are refused`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let food = try await ann.makeCategory("Meals")
            let send = { (first: String, second: String) in
                try await ann.post(
                    "transactions",
                    """
                    {"type": "expense", "account_id": "\(account)", "amount": "10.00",
                     "date": "2026-11-21", "splits": [
                        {"category_id": "\(food)", "amount": "\(first)", "memo": "one"},
                        {"amount": "\(second)"}]}
                    """
                )
            }

            let good = try await send("6.50", "3.50")
            let discount = try await send("12", "-2")
            let bad = try await send("6.50", "3.49")
            let zero = try await send("10", "0")

            #expect(good.texts("data.splits", "amount") == ["6.50", "3.50"])
            #expect(good.texts("data.splits", "memo") == ["one", "null"])
            #expect(good.text("data.category_id") == "null")
            #expect(discount.texts("data.splits", "amount") == ["12.00", "-2.00"])
            #expect(bad.faults == ["amount unbalanced"])
            #expect(zero.faults == ["splits[1].amount zero"])
        }
    }

    @Test(arguments: TestEngine.present)
    func `a transfer moves money, an exchange in both currencies`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let euros = try await ann.makeAccount("A")
            let more = try await ann.makeAccount("B")
            let yen = try await ann.makeAccount("C", currency: "JPY")
            let to = { (id: String, amount: String) in
                #", "to_account_id": "\#(id)", "to_amount": \#(amount)"#
            }

            let plain = try await ann.spend("5", from: euros, type: "transfer", to(more, "null"))
            let exchange = try await ann.spend("10", from: euros, type: "transfer", to(yen, "1655"))
            let view = try await ann.get("transactions/\(exchange)")
            let seen = try await ann.get("transactions?account_id=\(more)")
            let without = try await ann.post(
                "transactions",
                """
                {"type": "transfer", "account_id": "\(euros)", "to_account_id": "\(yen)", "amount": "1",
                 "date": "2026-11-21"}
                """
            )
            let decimals = try await ann.post(
                "transactions",
                """
                {"type": "transfer", "account_id": "\(euros)", "to_account_id": "\(yen)", "amount": "1",
                 "to_amount": "1.5", "date": "2026-11-21"}
                """
            )
            let itself = try await ann.post(
                "transactions",
                """
                {"type": "transfer", "account_id": "\(euros)", "to_account_id": "\(euros)",
                 "amount": "1", "date": "2026-11-21"}
                """
            )
            let balances = try await ann.get("accounts").texts("data", "balance")

            #expect(balances == ["-15.00", "5.00", "1655"])
            #expect(view.count("data.postings") == 4)
            #expect(view.text("data.to_amount") == "1655")
            #expect(view.text("data.to_currency") == "JPY")
            #expect(seen.texts("data", "id") == [plain])
            #expect(seen.texts("data", "signed_amount") == ["5.00"])
            #expect(without.faults == ["to_amount required"])
            #expect(decimals.faults == ["to_amount too_precise"])
            #expect(itself.faults == ["to_account_id same_account"])
        }
    }

    /// Several postings on one account: its register shows what they come to.
    @Test(arguments: TestEngine.present)
    func `an account's register shows the whole change`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let other = try await ann.makeAccount("B")
            let food = try await ann.makeCategory("Meals")
            let posting = { (id: String, amount: String) in
                #"{"account_id": "\#(id)", "amount": "\#(amount)", "currency": "EUR"}"#
            }
            let postings = [
                posting(account, "-10"), posting(account, "-2"), posting(other, "3"),
                posting(other, "4"), posting(food, "5"),
            ].joined(separator: ",")
            let added = try await ann.post(
                "transactions",
                #"{"postings": [\#(postings)], "date": "2026-11-21"}"#
            )

            let mine = try await ann.get("transactions?account_id=\(account)")
            let theirs = try await ann.get("transactions?account_id=\(other)")

            #expect(added.text("data.type") == "adjustment", "\(added.body)")
            #expect(mine.texts("data", "signed_amount") == ["-12.00"])
            #expect(theirs.texts("data", "signed_amount") == ["7.00"])
            #expect(mine.text("pagination.total") == "1")
        }
    }

    @Test(arguments: TestEngine.present)
    func `free postings balance, in the currencies of their accounts`(
        engine: TestEngine
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let food = try await ann.makeCategory("Meals")
            let send = { (postings: String) in
                try await ann.post(
                    "transactions",
                    #"{"postings": [\#(postings)], "date": "2026-11-21"}"#
                )
            }
            let cash = { (amount: String, more: String) in
                #"{"account_id": "\#(account)", "amount": "\#(amount)"\#(more)}"#
            }
            let meal = { (amount: String, more: String) in
                #"{"account_id": "\#(food)", "amount": "\#(amount)"\#(more)}"#
            }
            let eur = #", "currency": "EUR""#

            let cases: [(postings: String, fault: String)] = [
                ("\(cash("-5", "")),\(meal("5", ""))", "postings[1].currency required"),
                (
                    "\(cash("-5", #", "currency": "USD""#)),\(meal("5", eur))",
                    "postings[0].currency wrong_currency"
                ),
                ("\(cash("-5", "")),\(meal("4.99", eur))", "amount unbalanced"),
                ("\(meal("-5", eur)),\(meal("5", eur))", "postings no_account"),
                (cash("-5", ""), "postings wrong_count"),
            ]
            for (postings, fault) in cases {
                let answer = try await send(postings)
                #expect(answer.faults.contains(fault), "\(postings): \(answer.body)")
            }
            let good = try await send("\(cash("-5", "")),\(meal("5", eur))")
            #expect(good.text("data.type") == "expense")
        }
    }

    @Test(arguments: TestEngine.present)
    func `a change leaves alone what it does not name`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let food = try await ann.makeCategory("Meals")
            let id = try await ann.spend(
                "5",
                from: account,
                on: food,
                #", "payee": "Shop", "note": "n", "tags": ["t"]"#
            )
            let path = "transactions/\(id)"

            let amount = try await ann.patch(path, #"{"amount": "7"}"#)
            let cleared = try await ann.patch(path, #"{"payee": null, "note": null, "tags": []}"#)
            let uncategorised = try await ann.patch(path, #"{"category_id": null}"#)
            let refund = try await ann.patch(
                path,
                #"{"type": "income", "category_id": "\#(food)"}"#
            )
            let balance = try await ann.balance(of: account)

            #expect(amount.text("data.amount") == "7.00")
            #expect(amount.text("data.payee") == "Shop")
            #expect(amount.text("data.category_id") == food)
            #expect(amount.text("data.tags.0") == "t")
            #expect(cleared.text("data.payee") == "null")
            #expect(cleared.count("data.tags") == 0)
            #expect(uncategorised.text("data.category_name") == "Uncategorised")
            #expect(refund.text("data.signed_amount") == "7.00")
            #expect(refund.text("data.version") == "5")
            #expect(balance == "7.00")
        }
    }

    @Test(arguments: TestEngine.present)
    func `an amount is judged again in another currency`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let euros = try await ann.makeAccount("A")
            let yen = try await ann.makeAccount("B", currency: "JPY")
            let id = try await ann.spend("12.34", from: euros)

            let moved = try await ann.patch("transactions/\(id)", #"{"account_id": "\#(yen)"}"#)
            let both = try await ann.patch(
                "transactions/\(id)",
                #"{"account_id": "\#(yen)", "amount": "1234"}"#
            )

            #expect(moved.faults == ["amount too_precise"])
            #expect(both.text("data.amount") == "1234")
            #expect(both.text("data.currency") == "JPY")
        }
    }

    @Test(arguments: TestEngine.present)
    func `a stale change is refused, of many at once one wins`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let id = try await ann.spend("5", from: account)
            let path = "transactions/\(id)"
            let first: HTTPFields = [.ifMatch: "\"1\""]

            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        try await ann.patch(path, #"{"note": "\#(number)"}"#, headers: first).status
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            let deleted = try await ann.delete(path, headers: first)
            let foreign = try await ann.delete(path, headers: [.ifMatch: "one"])
            let now = try await ann.get(path)
            let good = try await ann.delete(path, headers: [.ifMatch: now.headers[.eTag] ?? ""])

            #expect(statuses.filter { $0 == 200 }.count == 1)
            #expect(statuses.filter { $0 == 412 }.count == 19)
            #expect(deleted.code == "conflict.stale")
            #expect(foreign.code == "conflict.stale")
            #expect(now.headers[.eTag] == "\"2\"")
            #expect(good.status == 204)
        }
    }

    @Test(arguments: TestEngine.present)
    func `what is deleted is gone from lists and sums until it is restored`(
        engine: TestEngine
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let id = try await ann.spend("5", from: account, #", "tags": ["t"]"#)

            let deleted = try await ann.delete("transactions/\(id)")
            let again = try await ann.delete("transactions/\(id)")
            let patched = try await ann.patch("transactions/\(id)", #"{"note": "x"}"#)
            let list = try await ann.get("transactions")
            let all = try await ann.get("transactions?include_deleted=true")
            let tags = try await ann.get("tags")
            let balance = try await ann.balance(of: account)
            let restored = try await ann.post("transactions/\(id)/restore", "")
            let twice = try await ann.post("transactions/\(id)/restore", "")

            #expect(deleted.status == 204)
            #expect(again.status == 404)
            #expect(patched.status == 404)
            #expect(list.text("pagination.total") == "0")
            #expect(all.texts("data", "id") == [id])
            #expect(tags.count("data") == 0)
            #expect(balance == "0.00")
            #expect(restored.text("data.deleted_at") == "null")
            #expect(twice.text("data.version") == restored.text("data.version"))
        }
    }

    /// Names without a letter are names too.
    @Test(arguments: TestEngine.present)
    func `payees without letters are not one payee`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            for payee in ["🍕", "🍔", "!!!", "🍕"] {
                try await ann.spend("1", from: account, #", "payee": "\#(payee)""#)
            }

            let answer = try await ann.get("payees")

            #expect(Set(answer.texts("data", "name")) == ["🍕", "🍔", "!!!"])
            #expect(Set(answer.texts("data", "transaction_count")) == ["2", "1"])
        }
    }
}
