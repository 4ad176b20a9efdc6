import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

struct AccountTests {
    @Test(arguments: TestEngine.present)
    func `an account begins with what it held`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()

            let answer = try await ann.post(
                "accounts",
                """
                {"name": " Giro ", "kind": "checking", "currency": "EUR", "opening_balance": "1234.5",
                 "opening_date": "2026-01-01", "minimum_balance": -100}
                """
            )

            #expect(answer.status == 201)
            #expect(answer.headers[.eTag] == "\"1\"")
            for (name, text) in [
                ("name", "Giro"), ("kind", "checking"), ("class", "asset"), ("currency", "EUR"),
                ("balance", "1234.50"), ("balance_in_household_currency", "1234.50"),
                ("household_currency", "EUR"), ("minimum_balance", "-100.00"),
                ("opening_balance", "1234.50"), ("opening_date", "2026-01-01"), ("position", "1"),
                ("closed_at", "null"), ("deleted_at", "null"), ("transaction_count", "1"),
                ("last_transaction_date", "2026-01-01"), ("version", "1"),
                ("created_at", "2026-11-21T12:00:00.000Z"),
            ] {
                #expect(answer.text("data.\(name)") == text, "\(name)")
            }
            let opening = try await ann.get("transactions?type=opening")
            #expect(opening.texts("data", "signed_amount") == ["1234.50"])
            #expect(opening.text("pagination.total") == "1")
        }
    }

    @Test(arguments: TestEngine.present)
    func `an opening balance can be set, changed, cleared and set again`(
        engine: TestEngine
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let set = { (json: String) in
                let answer = try await ann.patch("accounts/\(account)", json)
                return [
                    answer.text("data.opening_balance"), answer.text("data.balance"),
                    answer.text("data.opening_date"),
                ]
            }

            let first = try await set(#"{"opening_balance": "10", "opening_date": "2026-02-01"}"#)
            let second = try await set(#"{"opening_balance": "-20"}"#)
            let moved = try await set(#"{"opening_date": "2026-03-01"}"#)
            let cleared = try await set(#"{"opening_balance": "0"}"#)
            let again = try await set(#"{"opening_balance": "7"}"#)

            #expect(first == ["10.00", "10.00", "2026-02-01"])
            #expect(second == ["-20.00", "-20.00", "2026-02-01"])
            #expect(moved == ["-20.00", "-20.00", "2026-03-01"])
            #expect(cleared == ["0.00", "0.00", "null"])
            #expect(again == ["7.00", "7.00", "2026-11-21"])
        }
    }

    /// The opening transaction is one like any other, and can be deleted as such.
    @Test(arguments: TestEngine.present)
    func `an opening balance that was deleted can be set anew`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A", #", "opening_balance": "10""#)
            let opening = try await ann.get("transactions").text("data.0.id")
            _ = try await ann.delete("transactions/\(opening)")

            let answer = try await ann.patch("accounts/\(account)", #"{"opening_balance": "3"}"#)

            #expect(answer.text("data.opening_balance") == "3.00")
            #expect(answer.text("data.balance") == "3.00")
        }
    }

    @Test(arguments: TestEngine.present)
    func `names are taken once, whatever their case`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let first = try await ann.makeAccount("Giro")
            let other = try await ann.makeAccount("Cash")

            let twin = try await ann.post(
                "accounts",
                #"{"name": "GIRO", "kind": "cash", "currency": "EUR"}"#
            )
            let renamed = try await ann.patch("accounts/\(other)", #"{"name": "giro"}"#)
            let same = try await ann.patch("accounts/\(first)", #"{"name": "GIRO"}"#)

            #expect(twin.faults == ["name taken"])
            #expect(renamed.faults == ["name taken"])
            #expect(same.text("data.name") == "GIRO")
        }
    }

    @Test(arguments: TestEngine.present)
    func `accounts are listed in the order that was asked for`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            var ids: [String] = []
            for name in ["A", "B", "C"] { ids.append(try await ann.makeAccount(name)) }
            let order = [ids[2], ids[0], ids[1]].map { "\"\($0)\"" }.joined(separator: ",")

            let answer = try await ann.send(.put, "accounts/order", #"{"ids": [\#(order)]}"#)
            let list = try await ann.get("accounts")
            let missing = try await ann.send(.put, "accounts/order", #"{"ids": ["\#(ids[0])"]}"#)
            let doubled = try await ann.send(
                .put,
                "accounts/order",
                #"{"ids": ["\#(ids[0])", "\#(ids[0])", "\#(ids[1])"]}"#
            )

            #expect(answer.texts("data", "name") == ["C", "A", "B"])
            #expect(list.texts("data", "name") == ["C", "A", "B"])
            #expect(missing.faults == ["ids not_all"])
            #expect(doubled.faults == ["ids not_all"])
        }
    }

    @Test(arguments: TestEngine.present)
    func `closing keeps history, reopening brings it back to the list`(
        engine: TestEngine
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A", #", "opening_balance": "5""#)

            let closed = try await ann.patch("accounts/\(account)", #"{"closed_at": "2026-11-20"}"#)
            let open = try await ann.get("accounts?include_closed=false")
            let reopened = try await ann.patch("accounts/\(account)", #"{"closed_at": null}"#)

            #expect(closed.text("data.closed_at") == "2026-11-20")
            #expect(closed.text("data.balance") == "5.00")
            #expect(open.count("data") == 0)
            #expect(reopened.text("data.closed_at") == "null")
        }
    }

    @Test(arguments: TestEngine.present)
    func `deleting takes the transactions along, restoring brings them back`(
        engine: TestEngine
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A", #", "opening_balance": "100""#)
            let kept = try await ann.spend("30", from: account)
            let before = try await ann.spend("5", from: account)
            _ = try await ann.delete("transactions/\(before)")
            api.fixture.clock.advance(seconds: 60)

            let deleted = try await ann.delete("accounts/\(account)")
            let list = try await ann.get("accounts")
            let all = try await ann.get("accounts?include_deleted=true")
            let transactions = try await ann.get("transactions")
            let single = try await ann.post("transactions/\(kept)/restore", "")
            let bulk = try await ann.post(
                "transactions/bulk",
                #"{"action": "restore", "ids": ["\#(kept)"]}"#
            )
            let restored = try await ann.post("accounts/\(account)/restore", "")
            let again = try await ann.get("transactions")

            #expect(deleted.status == 204)
            #expect(list.count("data") == 0)
            #expect(all.texts("data", "balance") == ["0.00"])
            #expect(transactions.text("pagination.total") == "0")
            #expect(single.code == "transaction.account_deleted")
            #expect(bulk.code == "transaction.account_deleted")
            #expect(restored.text("data.balance") == "70.00")
            #expect(again.text("pagination.total") == "2", "The one deleted before stays deleted.")
        }
    }

    @Test(arguments: TestEngine.present)
    func `an account with transfers is not deleted from under the other`(
        engine: TestEngine
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let other = try await ann.makeAccount("B")
            try await ann.spend(
                "1",
                from: account,
                type: "transfer",
                #", "to_account_id": "\#(other)""#
            )

            let answer = try await ann.delete("accounts/\(account)")

            #expect(answer.status == 409)
            #expect(answer.code == "account.has_transfers")
        }
    }

    @Test(arguments: TestEngine.present)
    func `after thirty days nothing comes back`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let category = try await ann.makeCategory("C")
            let spent = try await ann.spend("1", from: account)
            _ = try await ann.delete("transactions/\(spent)")
            _ = try await ann.delete("categories/\(category)")
            let other = try await ann.makeAccount("B")
            _ = try await ann.delete("accounts/\(other)")

            api.fixture.clock.advance(seconds: 30 * 86_400 + 1)

            for path in ["transactions/\(spent)", "categories/\(category)", "accounts/\(other)"] {
                let answer = try await ann.post("\(path)/restore", "")
                #expect(answer.status == 404, "\(path)")
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `a day's balance holds everything up to its end but the expected`(
        engine: TestEngine
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount(
                "A",
                #", "opening_balance": "100", "opening_date": "2026-09-30""#
            )
            try await ann.spend("10", from: account, date: "2026-10-01")
            try await ann.spend("20", from: account, date: "2026-10-03", #", "state": "pending""#)
            try await ann.spend("40", from: account, date: "2026-10-03", #", "state": "expected""#)

            let answer = try await ann.get(
                "accounts/\(account)/balances?from=2026-09-29&to=2026-10-04"
            )

            #expect(
                answer.texts("data.points", "balance")
                    == ["0.00", "100.00", "90.00", "90.00", "70.00", "70.00"]
            )
            #expect(answer.texts("data.points", "date").first == "2026-09-29")
        }
    }

    @Test(arguments: TestEngine.present)
    func `a foreign balance is converted as far as a rate is known`(engine: TestEngine) async throws
    {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let euros = try await ann.makeAccount("A", #", "opening_balance": "1000""#)
            let dollars = try await ann.makeAccount(
                "B",
                currency: "USD",
                #", "opening_balance": "50""#
            )
            let before = try await ann.get("accounts/\(dollars)")
            try await ann.spend(
                "100",
                from: euros,
                type: "transfer",
                #", "to_account_id": "\#(dollars)", "to_amount": "125""#
            )

            let after = try await ann.get("accounts/\(dollars)")

            #expect(before.text("data.balance_in_household_currency") == "null")
            #expect(after.text("data.balance") == "175.00")
            #expect(after.text("data.balance_in_household_currency") == "140.00")
        }
    }
}
