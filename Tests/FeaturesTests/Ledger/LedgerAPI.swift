import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import NIOCore
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Features

/// The real router over a fixture's engine; only the passwords are left out.
struct LedgerAPI: Sendable {
    let fixture: LedgerFixture
    fileprivate let client: any TestClientProtocol
    private let people: People

    final class People: Sendable {
        private let byToken = Mutex<[String: SignedInPerson]>([:])

        func add(_ token: String, _ person: SignedInPerson) {
            byToken.withLock { $0[token] = person }
        }

        func find(_ token: String) throws -> SignedInPerson {
            guard let person = byToken.withLock({ $0[token] }) else { throw APIError.notSignedIn }
            return person
        }
    }

    static let endpoints =
        AccountRoutes().endpoints + CategoryRoutes().endpoints + TransactionRoutes().endpoints
        + AnalyticsRoutes().endpoints + BudgetRoutes().endpoints + BudgetPeriodRoutes().endpoints
        + TaskRoutes().endpoints

    static func with(
        _ engine: TestEngine,
        _ body: @escaping @Sendable (LedgerAPI) async throws -> Void
    ) async throws {
        try await LedgerFixture.with(engine) { fixture in
            let people = People()
            let settings = ServerSettings(
                publicURL: URL(string: "http://localhost")!,
                version: "test"
            )
            let router = try ServerRouter(fixture.environment, settings, endpoints: endpoints) {
                try people.find($0)
            }.build()
            try await Application(router: router).test(.router) { client in
                try await body(LedgerAPI(fixture: fixture, client: client, people: people))
            }
        }
    }

    /// Somebody new, with a household of their own.
    func signUp(
        _ name: String = "Ann",
        currency: String = "EUR",
        weekStart: Weekday = .monday
    ) async throws -> APIPerson {
        let home = try await fixture.makeHome(
            name,
            currency: Currency(code: currency)!,
            weekStart: weekStart
        )
        return addPerson(name, home)
    }

    /// Another way in to a household that is there.
    func addPerson(_ name: String, _ home: TestHome) -> APIPerson {
        let token = "token-\(name)"
        people.add(
            token,
            SignedInPerson(
                person: home.member.person,
                credential: .session(fixture.environment.ids.next()),
                provedAt: fixture.environment.clock.now(),
                memberships: [home.member]
            )
        )
        return APIPerson(api: self, token: token, home: home)
    }

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> APIAnswer {
        var headers = headers
        if body != nil, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        let response = try await client.execute(
            uri: "/api/v1/\(path)",
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(string: $0) }
        )
        return try APIAnswer(response)
    }
}

/// Somebody with a bearer token.
struct APIPerson: Sendable {
    let api: LedgerAPI
    let token: String
    let home: TestHome

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> APIAnswer {
        var headers = headers
        headers[.authorization] = "Bearer \(token)"
        return try await api.send(method, path, body, headers: headers)
    }

    func get(_ path: String) async throws -> APIAnswer { try await send(.get, path) }

    func post(_ path: String, _ body: String, headers: HTTPFields = [:]) async throws -> APIAnswer {
        try await send(.post, path, body, headers: headers)
    }

    func patch(_ path: String, _ body: String, headers: HTTPFields = [:]) async throws -> APIAnswer
    {
        try await send(.patch, path, body, headers: headers)
    }

    func delete(_ path: String, headers: HTTPFields = [:]) async throws -> APIAnswer {
        try await send(.delete, path, nil, headers: headers)
    }

    // MARK: What most tests need

    func makeAccount(
        _ name: String,
        currency: String = "EUR",
        kind: String = "checking",
        _ more: String = ""
    ) async throws -> String {
        let answer = try await post(
            "accounts",
            #"{"name": "\#(name)", "kind": "\#(kind)", "currency": "\#(currency)"\#(more)}"#
        )
        #expect(answer.status == 201, "\(answer.body)")
        return answer.text("data.id")
    }

    func makeCategory(
        _ name: String,
        kind: String = "expense",
        under parent: String? = nil
    ) async throws -> String {
        let parent = parent.map { "\"\($0)\"" } ?? "null"
        let answer = try await post(
            "categories",
            #"{"name": "\#(name)", "kind": "\#(kind)", "parent_id": \#(parent)}"#
        )
        #expect(answer.status == 201, "\(answer.body)")
        return answer.text("data.id")
    }

    /// An expense of today, unless `more` says otherwise.
    @discardableResult
    func spend(
        _ amount: String,
        from account: String,
        on category: String? = nil,
        type: String = "expense",
        date: String = "2026-11-21",
        _ more: String = ""
    ) async throws -> String {
        let category = category.map { "\"\($0)\"" } ?? "null"
        let answer = try await post(
            "transactions",
            """
            {"type": "\(type)", "account_id": "\(account)", "amount": "\(amount)",
             "category_id": \(category), "date": "\(date)"\(more)}
            """
        )
        #expect(answer.status == 201, "\(answer.body)")
        return answer.text("data.id")
    }

    func balance(of account: String) async throws -> String {
        try await get("accounts/\(account)").text("data.balance")
    }

    /// Everything of the household that a refused request could have changed.
    func footprint(withTrail: Bool = true) async throws -> [Int64] {
        var counts: [Int64] = []
        for table in [
            "account", "ledger_transaction", "posting", "payee", "rollup", "idempotency_key",
            "transaction_tag", "exchange_rate", "budget", "budget_amount", "budget_period",
        ] {
            counts.append(try await home.number("SELECT COUNT(*) FROM \(.literal(table))"))
        }
        guard withTrail else { return counts }
        counts.append(try await home.number("SELECT COUNT(*) FROM audit_entry"))
        counts.append(
            try await home.number("SELECT version FROM household WHERE id = \(home.household)")
        )
        return counts
    }
}

/// An answer and ways into its JSON.
struct APIAnswer: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: String
    let json: JSONValue

    init(_ response: TestResponse) throws {
        status = response.status.code
        headers = response.headers
        body = String(buffer: response.body)
        let isJSON = headers[.contentType]?.hasPrefix("application/json") ?? false
        json = isJSON ? try JSONReader.read(Array(body.utf8), keyLimit: .max) : .null
    }

    /// `data.0.splits.1.amount`
    func value(_ path: String) -> JSONValue? {
        path.split(separator: ".").reduce(json) { (value: JSONValue?, step) in
            guard let number = Int(step) else { return value?[String(step)] }
            guard case .array(let items) = value, items.indices.contains(number) else { return nil }
            return items[number]
        }
    }

    /// The text or number at a path; `null` for null, `-` where there is nothing.
    func text(_ path: String) -> String {
        switch value(path) {
        case .string(let text), .number(let text): text
        case .boolean(let flag): String(flag)
        case .null: "null"
        default: "-"
        }
    }

    func count(_ path: String) -> Int {
        if case .array(let items) = value(path) { items.count } else { -1 }
    }

    /// One member of each object of a list.
    func texts(_ path: String, _ name: String) -> [String] {
        (0..<max(count(path), 0)).map { text("\(path).\($0).\(name)") }
    }

    var code: String { text("error.code") }

    /// `field code`, for each wrong field.
    var faults: Set<String> {
        let path = "error.details.fields"
        return Set(zip(texts(path, "field"), texts(path, "code")).map { "\($0) \($1)" })
    }
}
