@testable import Features
import HTTPTypes
import Ledger
import Storage
import Testing

@Suite struct UserRouteTests {
    @Test(arguments: Engine.present)
    func `people are found by part of a name or an address, a page at a time`(
        engine: Engine
    ) async throws {
        try await Staff.with(engine) { staff in
            for name in ["Bob", "Bea", "Under_score", "Zoe"] { _ = try await staff.join(name) }
            let support = try await staff.join("Sue", as: .support)

            let all = try await support.get("admin/users")
            let first = try await support.get("admin/users?per_page=4")
            let second = try await support.get("admin/users?per_page=4&page=2")

            #expect(all.body?["pagination"]?["total"] == 6)
            #expect(first.data.elements + second.data.elements == all.data.elements)
            for (query, count) in [
                ("q=b", 2), ("q=BOB", 1), ("q=zoe%40example", 1), ("q=nobody", 0), ("q=%25", 0),
                ("q=_", 1), ("q=%5C", 0), ("q=%27%20OR%201%3D1", 0), ("role=admin", 1),
                ("role=support", 1), ("status=active", 6), ("status=disabled", 0),
                ("status=deleted", 0),
            ] {
                let found = try await support.get("admin/users?\(query)")
                #expect(found.data.elements.count == count, "\(query): \(found)")
            }
            let card = all.data.elements.last
            #expect(card?["email"] == "ada@example.org" && card?["system_role"] == "admin")
            #expect(card?["sessions"] == 1 && card?["households"] == 1)
            #expect(try await support.get("admin/users?per_page=201").status == 422)
        }
    }

    /// Whoever is shut out is shut out everywhere, at once.
    @Test(arguments: Engine.present, ["disable", "delete", "end"])
    func `who is shut out can do nothing from then on`(engine: Engine, how: String) async throws {
        try await Staff.with(engine) { staff in
            let bob = try await staff.join("Bob")
            let id = try await staff.id(of: bob)
            #expect(try await bob.get("accounts").status == 200)
            let done =
                switch how {
                case "disable":
                    try await staff.admin.call(.patch, "admin/users/\(id)", ["is_disabled": true])
                case "delete": try await staff.admin.call(.delete, "admin/users/\(id)")
                default: try await staff.admin.call(.post, "admin/users/\(id)/end-sessions")
                }

            #expect((200..<300).contains(done.status), "\(done)")
            #expect(try await bob.get("accounts").status == 401)
            let again = try await staff.server.nobody.call(
                .post,
                "auth/login",
                ["email": "bob@example.org", "password": .string(Caller.password)]
            )
            #expect(again.status == (how == "end" ? 200 : 401), "\(again)")
            let card = try await staff.admin.get("admin/users/\(id)")
            #expect((card.data["disabled_at"] != .null) == (how == "disable"))
            #expect((card.data["deleted_at"] != .null) == (how == "delete"))
            #expect(card.data["sessions"] == (how == "end" ? 1 : 0))
            try await staff.expectWholeTrails()
        }
    }

    @Test(arguments: Engine.present)
    func `who was shut out or deleted can be let in again`(engine: Engine) async throws {
        try await Staff.with(engine) { staff in
            let id = try await staff.id(of: staff.join("Bob"))
            let path = "admin/users/\(id)"
            try await staff.admin.call(.patch, path, ["is_disabled": true])
            let enabled = try await staff.admin.call(.patch, path, ["is_disabled": false])
            #expect(enabled.data["disabled_at"] == .null)
            _ = try await staff.signIn("Bob")
            try await staff.admin.call(.delete, path)
            let restored = try await staff.admin.call(.post, "\(path)/restore")
            #expect(restored.data["deleted_at"] == .null)
            _ = try await staff.signIn("Bob")
        }
    }

    @Test(arguments: Engine.present)
    func `nobody does it to themselves, and one administrator stays`(engine: Engine) async throws {
        try await Staff.with(engine) { staff in
            let own = try await staff.id(of: staff.admin)
            for answer in [
                try await staff.admin.call(.patch, "admin/users/\(own)", ["system_role": "user"]),
                try await staff.admin.call(.patch, "admin/users/\(own)", ["is_disabled": true]),
                try await staff.admin.call(.delete, "admin/users/\(own)"),
                try await staff.admin.call(.post, "admin/users/\(own)/end-sessions"),
            ] {
                #expect(answer.status == 409 && answer.code == "user.oneself")
            }
            let missing = "01a1fdf1-682d-7001-9709-01a2a002ee10"
            #expect(
                try await staff.admin.call(.delete, "admin/users/\(missing)").code
                    == "user.not_found"
            )
        }
    }

    /// Two who shut each other out at once: one of them wins, and the server keeps an administrator.
    @Test(arguments: Engine.present)
    func `two administrators cannot remove each other at once`(engine: Engine) async throws {
        try await Staff.with(engine) { staff in
            let bob = try await staff.join("Bob", as: .admin)
            let (first, second) = (
                try await staff.id(of: staff.admin), try await staff.id(of: bob)
            )
            for _ in 0..<5 {
                async let one = staff.admin.call(.delete, "admin/users/\(second)")
                async let two = bob.call(.delete, "admin/users/\(first)")
                _ = try await (one, two)
                let left = try await staff.server.environment.database.read(.shared) {
                    try $0.first(
                        """
                        SELECT COUNT(*) FROM person WHERE system_role = 'admin'
                            AND disabled_at IS NULL AND deleted_at IS NULL
                        """
                    ) { try $0.integer() }
                }
                #expect(left == 1)
                break
            }
        }
    }

    /// The condition itself, without the rule that nobody does it to themselves.
    @Test(arguments: Engine.present)
    func `the last administrator is held by the statement`(engine: Engine) async throws {
        try await Staff.with(engine) { staff in
            let own = try #require(PersonID(try await staff.id(of: staff.admin)))
            let now = staff.server.clock.now
            let (refused, allowed) = try await staff.server.environment.database.write(.shared) {
                let store = UserStore(transaction: $0, now: now)
                return (
                    try store.update(own, "system_role = 'user'", mayBeLast: false),
                    try store.update(own, "system_role = 'admin'", mayBeLast: true)
                )
            }
            #expect(!refused && allowed)
        }
    }

    @Test(arguments: Engine.present)
    func `support signs people out, but not those above them`(engine: Engine) async throws {
        try await Staff.with(engine) { staff in
            let support = try await staff.join("Sue", as: .support)
            let bob = try await staff.join("Bob")
            let (person, admin) = (
                try await staff.id(of: bob), try await staff.id(of: staff.admin)
            )
            let done = try await support.call(.post, "admin/users/\(person)/end-sessions")
            let refused = try await support.call(.post, "admin/users/\(admin)/end-sessions")
            let change = try await support.call(.delete, "admin/users/\(person)")

            #expect(done.status == 204 && refused.status == 403 && change.status == 403)
            #expect(try await bob.get("accounts").status == 401)
            #expect(try await staff.admin.get("accounts").status == 200)
        }
    }

    @Test(arguments: Engine.present)
    func `an act stands in the trail, before and after`(engine: Engine) async throws {
        try await Staff.with(engine) { staff in
            let id = try await staff.id(of: staff.join("Bob"))
            try await staff.admin.call(.patch, "admin/users/\(id)", ["system_role": "auditor"])
            let auditor = try await staff.signIn("Bob")

            let events = try await auditor.get("admin/audit-logs?person=\(id)&action=role_change")
            let own = try await auditor.get("activity")

            #expect(events.data.elements.count == 1)
            #expect(events.data[0]["actor_name"] == "Ada" && events.data[0]["person_name"] == "Bob")
            #expect(events.data[0]["before"]?["system_role"] == "user")
            #expect(events.data[0]["after"]?["system_role"] == "auditor")
            #expect(own.data.elements.contains { $0["action"] == "role_change" })
            try await staff.expectWholeTrails()
        }
    }

    @Test(arguments: Engine.present)
    func `the events of all trails come page by page, each once`(engine: Engine) async throws {
        try await Staff.with(engine) { staff in
            for name in ["Bob", "Bea", "Cid"] { _ = try await staff.join(name) }
            for _ in 0..<3 { _ = try await staff.signIn("Bob") }
            let all = try await staff.admin.get("admin/audit-logs?limit=200").data.elements
            var found: [JSONValue] = []
            var cursor: String?
            repeat {
                let next = cursor.map { "&cursor=\($0)" } ?? ""
                let page = try await staff.admin.get("admin/audit-logs?limit=3\(next)")
                found += page.data.elements
                cursor = page.body?["pagination"]?["next_cursor"]?.text
            } while cursor != nil
            #expect(found == all && all.count > 6)
            let bob = try await staff.signIn("Bob")
            let first = try await bob.get("activity?limit=2")
            let place = try #require(first.body?["pagination"]?["next_cursor"]?.text)
            let rest = try await bob.get("activity?limit=200&cursor=\(place)")
            let whole = try await bob.get("activity?limit=200")
            #expect(first.data.elements + rest.data.elements == whole.data.elements)
            let broken = try await staff.admin.get("admin/audit-logs?cursor=x")
            #expect(broken.status == 400)
            for query in ["limit=0", "outcome=odd", "from=2026-03-02&to=2026-03-01"] {
                #expect(try await staff.admin.get("admin/audit-logs?\(query)").status == 422)
            }
        }
    }

    @Test(arguments: Engine.present)
    func `one's own activity is one's own`(engine: Engine) async throws {
        try await Staff.with(engine) { staff in
            let bob = try await staff.join("Bob")
            let refused = try await bob.get("admin/users")
            let own = try await bob.get("activity")
            let others = try await staff.admin.get("activity")

            #expect(refused.status == 403)
            #expect(own.data[0]["action"] == "refuse" && own.data[0]["outcome"] == "refused")
            #expect(own.data[0]["details"]?["route"] == "GET admin/users")
            #expect(!others.data.elements.contains { $0["action"] == "refuse" })
        }
    }

    @Test(arguments: Engine.present)
    func `the state of the server names no secret`(engine: Engine) async throws {
        try await Staff.with(engine) { staff in
            staff.server.clock.advance(seconds: 90)
            let state = try await staff.admin.get("admin/system")

            #expect(state.data["database"]?.text == engine.rawValue)
            #expect(state.data["uptime_seconds"] == 90)
            #expect(state.data["people"] == 1 && state.data["households"] == 1)
            #expect(state.data["mail"]?["transport"] == "folder")
        }
    }

    @Test(arguments: Engine.present)
    func `a falsified trail of a person is found`(engine: Engine) async throws {
        for change: SQLText in [
            "UPDATE trail_entry SET action = 'other' WHERE sequence = 1",
            "UPDATE trail_entry SET outcome = 'failure' WHERE sequence = 1",
            "DELETE FROM trail_entry WHERE sequence = 1",
            "UPDATE trail SET sequence = sequence + 1",
        ] {
            try await Staff.with(engine) { staff in
                _ = try await staff.signIn("Ada")
                let environment = staff.server.environment
                try await environment.database.write(.shared) { transaction in
                    if transaction.dialect == .postgres {
                        try transaction.execute("ALTER TABLE trail_entry DISABLE TRIGGER USER")
                    } else {
                        try Tamper.dropTriggers(transaction)
                    }
                    try transaction.execute(change)
                }
                let report = try await Doctor(environment.database, keys: environment.keys)
                    .examine(at: environment.clock.now())
                #expect(report.findings.contains { $0.table.hasPrefix("trail") }, "\(change.text)")
            }
        }
    }
}
