import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

struct IdempotencyTests {
    private static func headers(_ key: String) -> HTTPFields {
        [HTTPField.Name("Idempotency-Key")!: key]
    }

    private static func expense(_ account: String, _ amount: String) -> String {
        #"{"type": "expense", "account_id": "\#(account)", "amount": "\#(amount)", "date": "2026-11-21"}"#
    }

    @Test(arguments: TestEngine.present)
    func `a repeated request has one effect and one answer`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let body = Self.expense(account, "5")

            let first = try await ann.post("transactions", body, headers: Self.headers("k"))
            let second = try await ann.post("transactions", body, headers: Self.headers("k"))
            let balance = try await ann.balance(of: account)

            #expect(first.status == 201)
            #expect(second.status == 201)
            #expect(first.headers[HTTPField.Name("Idempotency-Replayed")!] == nil)
            #expect(second.headers[HTTPField.Name("Idempotency-Replayed")!] == "true")
            #expect(second.headers[.eTag] == first.headers[.eTag])
            #expect(second.value("data") == first.value("data"))
            #expect(balance == "-5.00")
        }
    }

    /// Security bars M2 and X54.
    @Test(arguments: TestEngine.present)
    func `fifty at once with one key make one row`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")

            let ids = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await ann.post(
                            "transactions",
                            Self.expense(account, "5"),
                            headers: Self.headers("k")
                        ).text("data.id")
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }

            let list = try await ann.get("transactions")
            #expect(ids.count == 1)
            #expect(list.texts("data", "id") == Array(ids))
        }
    }

    @Test(arguments: TestEngine.present)
    func `a key stands for one request`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            _ = try await ann.post(
                "transactions",
                Self.expense(account, "5"),
                headers: Self.headers("k")
            )
            let before = try await ann.footprint()

            let otherBody = try await ann.post(
                "transactions",
                Self.expense(account, "6"),
                headers: Self.headers("k")
            )
            let otherPath = try await ann.post(
                "accounts",
                #"{"name": "B", "kind": "cash", "currency": "EUR"}"#,
                headers: Self.headers("k")
            )

            #expect(otherBody.status == 422)
            #expect(otherBody.code == "idempotency.mismatch")
            #expect(otherPath.code == "idempotency.mismatch")
            let after = try await ann.footprint()
            #expect(after == before)
        }
    }

    @Test(arguments: TestEngine.present)
    func `each person has keys of their own`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp("Ann")
            let bob = try await api.signUp("Bob")
            let mine = try await ann.makeAccount("A")
            let theirs = try await bob.makeAccount("A")

            let first = try await ann.post(
                "transactions",
                Self.expense(mine, "5"),
                headers: Self.headers("k")
            )
            let second = try await bob.post(
                "transactions",
                Self.expense(theirs, "5"),
                headers: Self.headers("k")
            )

            #expect(first.status == 201)
            #expect(second.status == 201)
            #expect(first.text("data.id") != second.text("data.id"))
        }
    }

    /// A refused request may be mended and sent again with its key.
    @Test(arguments: TestEngine.present)
    func `a refusal is not remembered`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A", #", "minimum_balance": "0""#)
            let body = Self.expense(account, "5")

            let refused = try await ann.post("transactions", body, headers: Self.headers("k"))
            _ = try await ann.patch("accounts/\(account)", #"{"minimum_balance": null}"#)
            let done = try await ann.post("transactions", body, headers: Self.headers("k"))

            #expect(refused.code == "account.insufficient_balance")
            #expect(done.status == 201)
        }
    }

    @Test(arguments: TestEngine.present, [(1, 201), (255, 201), (256, 400)])
    func `a key has up to 255 characters`(
        engine: TestEngine,
        length: (count: Int, status: Int)
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let key = String(repeating: "k", count: length.count)

            let answer = try await ann.post(
                "transactions",
                Self.expense(account, "5"),
                headers: Self.headers(key)
            )

            #expect(answer.status == length.status)
        }
    }
}
