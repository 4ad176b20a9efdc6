@testable import Features
import HTTPTypes
import Storage
import Testing

@Suite struct SecurityEventRouteTests {
    @Test(arguments: Engine.present)
    func `each filter of everyone's events finds what it names and nothing else`(
        engine: Engine
    ) async throws {
        try await Staff.with(engine) { staff in
            let bob = try await staff.join("Bob")
            let bobID = try await staff.id(of: bob)
            let adaID = try await staff.id(of: staff.admin)
            staff.server.clock.advance(seconds: 86_400)
            let wrong: JSONValue = ["email": "bob@example.org", "password": "not the password"]
            _ = try await staff.server.nobody.call(.post, "auth/login", wrong)
            let again = try await staff.signIn("Bob")
            let admin = try await staff.signIn("Ada")
            #expect(try await again.get("admin/users").status == 403)
            let change: JSONValue = ["is_disabled": true]
            let shut = try await admin.call(.patch, "admin/users/\(bobID)", change)
            #expect(shut.status == 200, "\(shut)")
            let token: JSONValue = ["name": "Script", "scopes": ["accounts:read"]]
            let made = try await admin.call(.post, "tokens", token)
            let tokenID = try #require(made.data["id"]?.text, "\(made)")

            func events(_ query: String) async throws -> [JSONValue] {
                let answer = try await admin.get("admin/audit-logs?limit=200&\(query)")
                #expect(answer.status == 200, "\(query)")
                let count = answer.data.elements.count
                #expect(answer.body?["pagination"]?["total"] == .number(String(count)), "\(query)")
                return answer.data.elements
            }
            func has(_ field: String, _ value: String) -> @Sendable (JSONValue) -> Bool {
                { $0[field]?.text == value }
            }
            func day(_ wanted: String) -> @Sendable (JSONValue) -> Bool {
                { $0["at"]?.text?.hasPrefix(wanted) == true }
            }
            let both = has("action", "sign_in")
            let failed = has("outcome", "failure")
            let filters: [(String, @Sendable (JSONValue) -> Bool)] = [
                ("action=sign_in", both), ("action=disable", has("action", "disable")),
                ("entity=token", has("entity", "token")),
                ("entity_id=\(tokenID)", has("entity_id", tokenID)),
                ("actor_id=\(adaID)", has("actor_id", adaID)),
                ("actor_id=\(bobID)", has("actor_id", bobID)),
                ("person=\(bobID)", has("person_id", bobID)),
                ("outcome=failure", failed), ("outcome=refused", has("outcome", "refused")),
                ("outcome=success", has("outcome", "success")),
                ("from=2026-03-16", day("2026-03-16")), ("to=2026-03-15", day("2026-03-15")),
                ("action=sign_in&outcome=failure", { both($0) && failed($0) }),
            ]
            let all = try await events("")
            for (query, matches) in filters {
                let expected = all.filter(matches)
                #expect(!expected.isEmpty && expected.count < all.count, "\(query)")
                #expect(try await events(query) == expected, "\(query)")
            }
            #expect(try await events("from=2026-03-15&to=2026-03-16") == all)
            for query in ["action=odd", "entity=odd", "to=2026-03-14", "from=2026-03-17"] {
                #expect(try await events(query).isEmpty, "\(query)")
            }
        }
    }
}
