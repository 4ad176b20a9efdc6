import Foundation
import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// A person with a household that has something of everything.
struct OwnDataBench: Sendable {
    let server: TestServer
    let caller: Caller
    let household: HouseholdID

    static func with(
        _ engine: Engine,
        _ body: @escaping @Sendable (OwnDataBench) async throws -> Void
    ) async throws {
        try await withServer(engine) { server in
            let bench = try await ImportBench.open(server)
            let me = try await bench.caller.get("auth/me")
            let id = try #require(me.data["household"]?["id"]?.text.flatMap { HouseholdID($0) })
            let own = OwnDataBench(server: server, caller: bench.caller, household: id)
            try await own.fill(bench)
            try await body(own)
        }
    }

    private func fill(_ bench: ImportBench) async throws {
        for index in 0..<3 {
            let answer = try await caller.call(
                .post,
                "transactions",
                [
                    "type": "expense", "account_id": .string(bench.account),
                    "amount": .string("\(index + 1).50"), "payee": "=Market, \"hall\"",
                    "note": "leeks\nand more", "tags": ["food", "@home"], "date": "2026-03-10",
                ]
            )
            #expect(answer.status == 201, "\(answer)")
        }
        let dollars = try await caller.call(
            .post,
            "accounts",
            ["name": "Dollars", "kind": "cash", "currency": "USD"]
        )
        let exchange = try await caller.call(
            .post,
            "transactions",
            [
                "type": "transfer", "account_id": .string(bench.account),
                "to_account_id": .string(dollars.data["id"]?.text ?? ""), "amount": "10.00",
                "to_amount": "11.00", "date": "2026-03-11",
            ]
        )
        #expect(exchange.status == 201, "\(exchange)")
        let imported = try await bench.take(Self.statement)
        #expect(imported.status == 200 || imported.status == 202, "\(imported)")
        try await caller.call(.post, "me/consents", ["kind": "privacy", "version": 1])
    }

    static let statement = """
        Date;Payee;Amount
        2026-03-01;Rent;-700,00
        2026-03-02;Salary;2000,00

        """

    func id(of caller: Caller) async throws -> String {
        let me = try await caller.get("auth/me")
        return try #require(me.data["user"]?["id"]?.text, "\(me)")
    }

    /// Signs in anew, since a session does not outlast what these tests let pass.
    func signedIn(_ email: String = "ann@example.org") async throws -> Caller {
        let answer = try await server.nobody.call(
            .post,
            "auth/login",
            ["email": .string(email), "password": .string(Caller.password)]
        )
        return server.nobody.with(
            token: try #require(answer.data["access_token"]?.text, "\(answer)")
        )
    }

    /// A member of Ann's household, put there by hand.
    func join(_ name: String, as role: HouseholdRole) async throws -> Caller {
        let other = try await server.nobody.register(name)
        let person = try #require(
            try await other.get("auth/me").data["user"]?["id"]?.text.flatMap { PersonID($0) }
        )
        let (household, now) = (household, server.clock.now)
        try await server.environment.database.write(.household(household)) {
            try $0.execute(
                """
                INSERT INTO member (household_id, person_id, role, is_default, joined_at)
                VALUES (\(household), \(person), \(role.rawValue), \(false), \(now))
                """
            )
        }
        server.clock.advance(seconds: 2)
        return other
    }

    func expectWholeBooks() async throws {
        let environment = server.environment
        let report = try await Doctor(environment.database, keys: environment.keys)
            .examine(at: environment.clock.now())
        #expect(report.findings.map(\.line) == [])
    }
}
