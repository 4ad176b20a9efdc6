import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

/// Who may reach what: nobody, and another household (security bar X44).
struct IsolationTests {
    @Test func `without a token every route answers 401`() async throws {
        try await LedgerAPI.with(.sqlite) { api in
            for endpoint in LedgerAPI.endpoints {
                let path = endpoint.path.replacing(
                    "{id}",
                    with: "019a0000-0000-7000-8000-000000000000"
                )
                for headers: HTTPFields in [
                    [:], [.authorization: "Bearer nobody"], [.authorization: "Basic YTpi"],
                    [.authorization: "token"],
                ] {
                    let answer = try await api.send(endpoint.method, path, nil, headers: headers)
                    #expect(answer.status == 401, "\(endpoint.method) \(path)")
                }
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `another household's ids are those of nobody`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp("Ann")
            let bob = try await api.signUp("Bob")
            let account = try await bob.makeAccount("Secret account")
            let category = try await bob.makeCategory("Secret category")
            let transaction = try await bob.spend("5", from: account, #", "payee": "Secret""#)
            let before = try await bob.footprint()
            let nobody = "019a0000-0000-7000-8000-000000000000"

            let calls: [(HTTPRequest.Method, String, String, String?)] = [
                (.get, "accounts/ID", account, nil),
                (.patch, "accounts/ID", account, #"{"name": "x"}"#),
                (.delete, "accounts/ID", account, nil),
                (.post, "accounts/ID/restore", account, nil),
                (.get, "accounts/ID/balances", account, nil),
                (.get, "categories/ID", category, nil),
                (.patch, "categories/ID", category, #"{"name": "x"}"#),
                (.delete, "categories/ID", category, nil),
                (.post, "categories/ID/restore", category, nil),
                (.get, "transactions/ID", transaction, nil),
                (.patch, "transactions/ID", transaction, #"{"note": "x"}"#),
                (.delete, "transactions/ID", transaction, nil),
                (.post, "transactions/ID/restore", transaction, nil),
            ]
            for (method, path, id, body) in calls {
                let theirs = try await ann.send(method, path.replacing("ID", with: id), body)
                let absent = try await ann.send(method, path.replacing("ID", with: nobody), body)
                #expect(theirs.status == 404, "\(method) \(path)")
                #expect(theirs.value("error") == absent.value("error"), "\(method) \(path)")
                #expect(!theirs.body.contains("Secret"))
            }
            let after = try await bob.footprint()
            #expect(after == before)
        }
    }

    @Test(arguments: TestEngine.present)
    func `another household's ids cannot be named in a body or a query`(
        engine: TestEngine
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp("Ann")
            let bob = try await api.signUp("Bob")
            let theirs = try await bob.makeAccount("B")
            let category = try await bob.makeCategory("C")
            try await bob.spend("5", from: theirs, on: category)
            let mine = try await ann.makeAccount("A")
            let before = try await ann.footprint()

            for body in [
                #""type": "expense", "account_id": "\#(theirs)", "amount": 1"#,
                #""type": "expense", "account_id": "\#(mine)", "category_id": "\#(category)", "amount": 1"#,
                #""type": "transfer", "account_id": "\#(mine)", "to_account_id": "\#(theirs)", "amount": 1"#,
                #""postings": [{"account_id": "\#(mine)", "amount": 1}, {"account_id": "\#(theirs)", "amount": -1}]"#,
            ] {
                let answer = try await ann.post(
                    "transactions",
                    "{\(body), \"date\": \"2026-11-21\"}"
                )
                #expect(answer.status == 422)
                #expect(answer.faults.allSatisfy { $0.hasSuffix("not_found") }, "\(answer.faults)")
            }
            let parent = try await ann.post(
                "categories",
                #"{"name": "x", "kind": "expense", "parent_id": "\#(category)"}"#
            )
            #expect(parent.faults == ["parent_id not_found"])
            for query in ["account_id=\(theirs)", "category_id=\(category)"] {
                let answer = try await ann.get("transactions?\(query)")
                #expect(answer.count("data") == 0)
                #expect(answer.text("pagination.total") == "0")
            }
            let after = try await ann.footprint()
            #expect(after == before)
        }
    }

    @Test(arguments: TestEngine.present)
    func `another household cannot be asked for`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp("Ann")
            let bob = try await api.signUp("Bob")

            for household in [bob.home.household.description, "x", ""] {
                let answer = try await ann.send(
                    .get,
                    "accounts",
                    nil,
                    headers: [HTTPField.Name("Martlet-Household")!: household]
                )
                #expect(answer.status == 404)
            }
        }
    }

    /// The token still says owner; the database knows better (security bars X47 and X48).
    @Test(arguments: TestEngine.present, ["viewer", "removed"])
    func `who may no longer write does not`(engine: TestEngine, role: String) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let id = try await ann.spend("5", from: account)
            let household = ann.home.household
            try await api.fixture.database.write(.shared) { transaction in
                try transaction.execute(
                    role == "removed"
                        ? "DELETE FROM member WHERE household_id = \(household)"
                        : "UPDATE member SET role = \(role) WHERE household_id = \(household)"
                )
            }
            // That they were refused stands in the trail.
            let before = try await ann.footprint(withTrail: false)

            for endpoint in LedgerAPI.endpoints where endpoint.needs == .editor {
                let body: String? =
                    switch "\(endpoint.method) \(endpoint.path)" {
                    case "POST accounts": #"{"name": "B", "kind": "cash", "currency": "EUR"}"#
                    case "PUT accounts/order": #"{"ids": ["\#(account)"]}"#
                    case "POST categories": #"{"name": "B", "kind": "expense"}"#
                    case "POST transactions":
                        #"{"type": "income", "account_id": "\#(account)", "amount": 1, "date": "2026-11-21"}"#
                    case "POST transactions/bulk", "POST tasks/bulk":
                        #"{"action": "delete", "ids": ["\#(id)"]}"#
                    case "POST tasks": #"{"title": "Call"}"#
                    case "POST budgets", "POST budgets/{month}/cover":
                        #"{"category_id": "\#(account)"}"#
                    case "POST budgets/{month}/move", "POST budgets/{month}/hold",
                        "POST budgets/{month}/flexible", "PUT budgets/{month}/{category}":
                        #"{"amount": 1}"#
                    default: endpoint.method == .patch ? "{}" : nil
                    }
                let path = endpoint.path.replacing(
                    "{id}",
                    with: endpoint.path.hasPrefix("accounts") ? account : id
                )
                .replacing("{month}", with: "2026-11").replacing("{category}", with: account)
                let answer = try await ann.send(endpoint.method, path, body)
                #expect(
                    answer.status == (role == "removed" ? 404 : 403),
                    "\(endpoint.method) \(path)"
                )
            }
            let after = try await ann.footprint(withTrail: false)
            #expect(after == before)
        }
    }
}
