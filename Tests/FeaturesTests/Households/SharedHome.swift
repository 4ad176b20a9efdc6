@testable import Features
import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

/// A household of Ann, its owner, and of Bob, over the whole server.
struct SharedHome: Sendable {
    let server: TestServer
    let ann: Caller
    /// His calls name the household.
    let bob: Caller
    let bobID: PersonID
    /// Ann's, without HTTP.
    let home: TestHome

    var household: HouseholdID { home.household }

    static func with(
        _ engine: Engine,
        role: HouseholdRole = .editor,
        _ test: @escaping @Sendable (SharedHome) async throws -> Void
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let bob = try await server.nobody.register("Bob")
            let (annID, household) = try await ids(of: ann)
            let (bobID, _) = try await ids(of: bob)
            let now = server.clock.now
            try await server.environment.database.write(.shared) { transaction in
                try transaction.execute(
                    """
                    INSERT INTO member (household_id, person_id, role, is_default, joined_at)
                    VALUES (\(household), \(bobID), \(role.rawValue), \(false), \(now))
                    """
                )
            }
            let member = Member(
                household: household,
                person: annID,
                role: .owner,
                currency: LedgerFixture.eur,
                weekStart: .monday,
                timeZone: "UTC"
            )
            let shared = SharedHome(
                server: server,
                ann: ann,
                bob: bob.with(.household, household.description),
                bobID: bobID,
                home: TestHome(
                    fixture: LedgerFixture(
                        environment: server.environment,
                        clock: FixtureClock(now)
                    ),
                    member: member
                )
            )
            shared.settle()
            try await test(shared)
        }
    }

    private static func ids(of caller: Caller) async throws -> (PersonID, HouseholdID) {
        let me = try await caller.get("auth/me").data
        return (
            PersonID(me["user"]?["id"]?.text ?? "")!,
            HouseholdID(me["household"]?["id"]?.text ?? "")!
        )
    }

    /// Lets what is known of sessions grow old, so that it is read again.
    func settle() {
        server.clock.advance(seconds: 2)
    }

    func hide(_ account: AccountID) async throws {
        let answer = try await ann.call(
            .put,
            "accounts/\(account)/visibility",
            ["visibility": "except", "members": [.string(bobID.description)]]
        )
        #expect(answer.status == 200, "\(answer)")
        settle()
    }

    func makeAccount(
        _ name: String,
        currency: String = "EUR",
        by caller: Caller? = nil
    ) async throws -> AccountID {
        let answer = try await (caller ?? ann).call(
            .post,
            "accounts",
            ["name": .string(name), "kind": "checking", "currency": .string(currency)]
        )
        return try #require(AccountID(answer.data["id"]?.text ?? ""), "\(answer)")
    }

    func makeCategory(_ name: String) async throws -> AccountID {
        let answer = try await ann.call(
            .post,
            "categories",
            ["name": .string(name), "kind": "expense"]
        )
        return try #require(AccountID(answer.data["id"]?.text ?? ""), "\(answer)")
    }

    func spend(
        _ amount: String,
        from account: AccountID,
        to other: AccountID? = nil,
        on category: AccountID? = nil,
        _ more: [(String, JSONValue)] = []
    ) async throws -> TransactionID {
        var members: [(String, JSONValue)] = [
            ("type", .string(other == nil ? "expense" : "transfer")),
            ("account_id", .string(account.description)), ("amount", .string(amount)),
            ("date", "2026-03-10"),
        ]
        if let other { members.append(("to_account_id", .string(other.description))) }
        if let category { members.append(("category_id", .string(category.description))) }
        members.removeAll { member in more.contains { $0.0 == member.0 } }
        members += more
        let answer = try await ann.call(
            .post,
            "transactions",
            .object(members.map { JSONMember(name: $0.0, value: $0.1) })
        )
        return try #require(TransactionID(answer.data["id"]?.text ?? ""), "\(answer)")
    }
}
