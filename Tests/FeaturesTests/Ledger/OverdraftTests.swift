import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

struct OverdraftTests {
    /// 100 in the account, 50 who each take 100 (security bar X56).
    @Test(arguments: TestEngine.present)
    func `of many at once only those that the balance covers get through`(
        engine: TestEngine
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount(
                "A",
                #", "opening_balance": "250", "minimum_balance": "0""#
            )
            let target = try await ann.makeAccount("B")

            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await ann.post(
                            "transactions",
                            """
                            {"type": "transfer", "account_id": "\(account)", "to_account_id": "\(target)",
                             "amount": 100, "date": "2026-11-21"}
                            """
                        ).status
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }

            #expect(statuses.filter { $0 == 201 }.count == 2)
            #expect(statuses.filter { $0 == 422 }.count == 48)
            let left = try await ann.balance(of: account)
            let arrived = try await ann.balance(of: target)
            #expect(left == "50.00")
            #expect(arrived == "200.00")
        }
    }

    @Test(arguments: TestEngine.present)
    func `a refused transaction leaves nothing behind`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount(
                "A",
                #", "opening_balance": "10", "minimum_balance": "-5""#
            )
            let before = try await ann.footprint()

            let answer = try await ann.post(
                "transactions",
                """
                {"type": "expense", "account_id": "\(account)", "amount": "15.01", "payee": "New",
                 "tags": ["new"], "date": "2026-11-21"}
                """
            )

            #expect(answer.status == 422)
            #expect(answer.code == "account.insufficient_balance")
            let after = try await ann.footprint()
            #expect(after == before)
            try await ann.spend("15.00", from: account)
            let balance = try await ann.balance(of: account)
            #expect(balance == "-5.00")
        }
    }

    /// Every other way to lower a balance.
    @Test(arguments: TestEngine.present)
    func `no change gets below the minimum`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount(
                "A",
                #", "opening_balance": "100", "minimum_balance": "0""#
            )
            let spent = try await ann.spend("60", from: account)
            let earned = try await ann.spend("10", from: account, type: "income")
            let expected = try await ann.spend("900", from: account, #", "state": "expected""#)
            let gone = try await ann.spend("40", from: account)
            _ = try await ann.delete("transactions/\(gone)")
            try await ann.spend("45", from: account)
            let before = try await ann.footprint()

            let answers = [
                try await ann.patch("transactions/\(spent)", #"{"amount": "65.01"}"#),
                try await ann.patch("transactions/\(earned)", #"{"type": "expense"}"#),
                try await ann.patch("transactions/\(expected)", #"{"state": "pending"}"#),
                try await ann.delete("transactions/\(earned)"),
                try await ann.post("transactions/\(gone)/restore", ""),
                try await ann.patch("accounts/\(account)", #"{"opening_balance": "94.99"}"#),
                try await ann.post(
                    "transactions/bulk",
                    #"{"action": "delete", "ids": ["\#(earned)"]}"#
                ),
                try await ann.post(
                    "transactions/bulk",
                    #"{"action": "patch", "ids": ["\#(expected)"], "patch": {"state": "cleared"}}"#
                ),
            ]

            for answer in answers { #expect(answer.code == "account.insufficient_balance") }
            let after = try await ann.footprint()
            #expect(after == before)
        }
    }

    @Test(arguments: TestEngine.present)
    func `an account that is already below may rise and not fall`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A", #", "opening_balance": "-50""#)
            let raised = try await ann.patch("accounts/\(account)", #"{"minimum_balance": "0"}"#)
            #expect(raised.text("data.minimum_balance") == "0.00")

            try await ann.spend("20", from: account, type: "income")
            let refused = try await ann.post(
                "transactions",
                #"{"type": "expense", "account_id": "\#(account)", "amount": 1, "date": "2026-11-21"}"#
            )
            let note = try await ann.get("transactions?account_id=\(account)&type=income")
            let id = note.text("data.0.id")
            let renamed = try await ann.patch("transactions/\(id)", #"{"note": "x"}"#)
            let freed = try await ann.patch("accounts/\(account)", #"{"minimum_balance": null}"#)

            #expect(refused.code == "account.insufficient_balance")
            #expect(renamed.status == 200, "The amount was left alone.")
            #expect(freed.text("data.minimum_balance") == "null")
            try await ann.spend("1", from: account)
        }
    }
}
