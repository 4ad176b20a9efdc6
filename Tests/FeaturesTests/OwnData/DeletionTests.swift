import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

@Suite struct DeletionTests {
    private static let day: Int64 = 86_400
    private static let grace = DeletionService.graceSeconds

    @Test(arguments: Engine.present)
    func `whoever asks is told the day, by letter too, and stays signed in`(
        engine: Engine
    ) async throws {
        try await OwnDataBench.with(engine) { own in
            let asked = own.server.clock.now

            let first = try await own.caller.call(.delete, "me")
            own.server.clock.advance(seconds: 100)
            let again = try await own.caller.call(.delete, "me")

            #expect(first.status == 200)
            #expect(first.data["erases_at"]?.text == asked.adding(seconds: Self.grace).rfc3339)
            #expect(again.data == first.data)
            let letters = try await own.server.mailbox.letters(to: "ann@example.org")
            let planned = Letter.deletionPlanned(
                name: "Ann",
                on: "2026-03-29",
                link: "http://localhost:8080/settings/privacy"
            )
            #expect(letters.filter { $0 == planned }.count == 1)
            #expect(try await own.caller.get("accounts").status == 200)
            #expect(
                try await own.server.trail(of: "ann@example.org").last == "deletion_plan success"
            )
        }
    }

    @Test(arguments: Engine.present)
    func `a mind may be changed until the day`(engine: Engine) async throws {
        try await OwnDataBench.with(engine) { own in
            let erasure = Erasure(own.server.environment)
            try await own.caller.call(.delete, "me")
            own.server.clock.advance(seconds: Self.grace - 1)
            #expect(try await erasure.run() == 0)
            let later = try await own.signedIn()

            let kept = try await later.call(.post, "me/keep")
            let again = try await later.call(.post, "me/keep")
            own.server.clock.advance(seconds: 2 * Self.day)

            #expect(kept.status == 204 && again.status == 204)
            #expect(try await erasure.run() == 0)
            #expect(try await own.signedIn().get("accounts").data.elements.count == 2)
            let trail = try await own.server.trail(of: "ann@example.org")
            #expect(trail.filter { $0 == "deletion_cancel success" }.count == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `a stolen session, a token of nobody and a stale proof erase nobody`(
        engine: Engine
    ) async throws {
        try await OwnDataBench.with(engine) { own in
            own.server.clock.advance(seconds: 301)

            let stale = try await own.caller.call(.delete, "me")

            #expect(stale.status == 403 && stale.code == "auth.proof_required")
            #expect(try await own.server.nobody.call(.delete, "me").status == 401)
            #expect(try await own.server.nobody.call(.post, "me/keep").status == 401)
            own.server.clock.advance(seconds: Self.grace)
            #expect(try await Erasure(own.server.environment).run() == 0)
        }
    }

    @Test(arguments: Engine.present)
    func `after the day nothing of the person is left`(engine: Engine) async throws {
        try await OwnDataBench.with(engine) { own in
            let person = try #require(PersonID(try await own.id(of: own.caller)))
            try await own.caller.call(.delete, "me")
            own.server.clock.advance(seconds: Self.grace)

            #expect(try await Erasure(own.server.environment).run() == 1)
            #expect(try await Erasure(own.server.environment).run() == 0)

            #expect(try await own.caller.get("accounts").status == 401)
            let entering = try await own.server.nobody.call(
                .post,
                "auth/login",
                ["email": "ann@example.org", "password": .string(Caller.password)]
            )
            #expect(entering.status == 401)
            let erased = try await own.server.mailbox.letters(to: "ann@example.org").last
            guard case .erased("Ann", let receipt)? = erased else {
                Issue.record("\(String(describing: erased))")
                return
            }
            #expect(!receipt.isEmpty)
            #expect(try await own.server.trail(of: nil).contains("erase success"))
            for table in try await own.tables(with: "person_id") {
                #expect(try await own.count(table, "person_id = \(person)") == 0, "\(table.text)")
            }
            try await own.expectWholeBooks()
            // The address is free for someone new.
            _ = try await own.server.nobody.register("Ann")
        }
    }

    /// Whoever adds a table of a household finds here that it has to be emptied too.
    @Test(arguments: Engine.present)
    func `of a household that was theirs alone the bare trail is left`(
        engine: Engine
    ) async throws {
        try await OwnDataBench.with(engine) { own in
            let entries = try await own.count("audit_entry", "household_id = \(own.household)")
            try await own.caller.call(.delete, "me")
            own.server.clock.advance(seconds: Self.grace)

            _ = try await Erasure(own.server.environment).run()

            for table in try await own.tables(with: "household_id") {
                let left = try await own.count(table, "household_id = \(own.household)")
                switch table.text {
                case "audit_entry": #expect(left == entries + 1)
                case "audit_change": continue
                default: #expect(left == 0, "\(table.text)")
                }
            }
            for table: SQLText in ["audit_entry", "audit_change"] {
                let condition: SQLText =
                    "household_id = \(own.household) AND payload IS NOT NULL"
                #expect(try await own.count(table, condition) == 0)
            }
            let bare: SQLText = "id = \(own.household) AND name = '' AND length(sealed_key) = 0"
            #expect(try await own.count("household", bare) == 1)
            try await own.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `what the trail of a person told of cannot be read any more, and its chain holds`(
        engine: Engine
    ) async throws {
        try await OwnDataBench.with(engine) { own in
            let person = try #require(PersonID(try await own.id(of: own.caller)))
            let environment = own.server.environment
            let entries = try await own.count("trail_entry", "trail_id = \(person)")
            try await own.caller.call(.delete, "me")
            own.server.clock.advance(seconds: Self.grace)

            _ = try await Erasure(environment).run()

            #expect(entries > 0)
            #expect(try await own.count("trail_entry", "trail_id = \(person)") > entries)
            #expect(
                try await own.count("trail_entry", "trail_id = \(person) AND payload IS NOT NULL")
                    == 0
            )
            await #expect(throws: KeyError.erased) {
                try await environment.database.read(.shared) {
                    try environment.personKeys.open(
                        [UInt8](repeating: 0, count: 40),
                        for: .person(person),
                        place: "x",
                        $0
                    )
                }
            }
        }
    }

    /// The rows of a bulk change say more than its entry does.
    @Test(arguments: Engine.present)
    func `the rows of bulk changes tell nothing after an erasure, and their chain holds`(
        engine: Engine
    ) async throws {
        try await OwnDataBench.with(engine) { own in
            for note in ["first", "second"] {
                let changed = try await own.caller.call(
                    .post,
                    "transactions/bulk",
                    [
                        "action": "patch", "filter": ["tag": "food"],
                        "patch": ["note": .string(note)],
                    ]
                )
                #expect(changed.status == 200, "\(changed)")
            }
            let home: SQLText = "household_id = \(own.household)"
            let rows = try await own.count("audit_change", home)
            try await own.caller.call(.delete, "me")
            own.server.clock.advance(seconds: Self.grace)

            _ = try await Erasure(own.server.environment).run()

            #expect(rows == 6)
            #expect(try await own.count("audit_change", home) == rows)
            #expect(try await own.count("audit_change", "\(home) AND payload IS NOT NULL") == 0)
            try await own.expectWholeBooks()
        }
    }

    /// The books are the others'; where somebody was who is nobody now is for nobody.
    @Test(arguments: Engine.present)
    func `what the erased changed for others can be read, without them`(
        engine: Engine
    ) async throws {
        try await OwnDataBench.with(engine) { own in
            let bob = try await own.join("Bob", as: .editor)
            let there = bob.with(.household, own.household.description).with(.userAgent, "Bobphone")
            let changed = try await there.call(
                .post,
                "transactions/bulk",
                ["action": "patch", "filter": ["tag": "food"], "patch": ["note": "by him"]]
            )
            #expect(changed.status == 200, "\(changed)")
            let before = try await own.caller.get("audit-logs?action=bulk_patch").data[0]
            try await bob.call(.delete, "me")
            own.server.clock.advance(seconds: Self.grace)

            #expect(try await Erasure(own.server.environment).run() == 1)

            let ann = try await own.signedIn()
            let after = try await ann.get("audit-logs?action=bulk_patch").data[0]
            #expect(before["actor_name"] == "Bob" && before["device"] == "Bobphone")
            #expect(after["actor_name"] == .null)
            #expect(after["device"] == .null && after["address"] == .null)
            let detail = try await ann.get("audit-logs/\(after["id"]?.text ?? "")").data
            #expect(detail["changes"]?.elements.count == 3)
            #expect(detail["changes"]?[0]["after"]?["note"] == "by him")
            try await own.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `an owner with others hands over first`(engine: Engine) async throws {
        try await OwnDataBench.with(engine) { own in
            _ = try await own.join("Bob", as: .editor)

            let refused = try await own.caller.call(.delete, "me")

            #expect(refused.status == 409 && refused.code == "me.owns_household")
            let named = refused.error["details"]?["households"]?[0]
            #expect(named?.text == own.household.description)
            own.server.clock.advance(seconds: Self.grace)
            #expect(try await Erasure(own.server.environment).run() == 0)
        }
    }

    @Test(arguments: Engine.present)
    func `a member leaves, and the household stays whole`(engine: Engine) async throws {
        try await OwnDataBench.with(engine) { own in
            let bob = try await own.join("Bob", as: .editor)
            let person = try #require(PersonID(try await own.id(of: bob)))
            let planned = try await bob.call(.delete, "me")
            #expect(planned.status == 200, "\(planned)")
            own.server.clock.advance(seconds: Self.grace)

            #expect(try await Erasure(own.server.environment).run() == 1)

            #expect(try await own.count("member", "person_id = \(person)") == 0)
            let ann = try await own.signedIn()
            #expect(try await ann.get("accounts").data.elements.count == 2)
            let audit = try await ann.get("audit-logs")
            #expect(audit.data[0]["action"] == "leave" && audit.data[0]["actor"] == "job")
            try await own.expectWholeBooks()
        }
    }

    /// An account that nobody sees would be lost.
    @Test(arguments: Engine.present)
    func `what only they saw is the owner's after`(engine: Engine) async throws {
        try await OwnDataBench.with(engine) { own in
            let bob = try await own.join("Bob", as: .editor)
            let header = HTTPField.Name("Martlet-Household")!
            let there = bob.with(header, own.household.description)
            let made = try await there.call(
                .post,
                "accounts",
                ["name": "Bob's own", "kind": "cash", "currency": "EUR"]
            )
            let account = try #require(made.data["id"]?.text, "\(made)")
            let hidden = try await there.call(
                .put,
                "accounts/\(account)/visibility",
                ["visibility": "only", "members": [.string(try await own.id(of: bob))]]
            )
            #expect(hidden.status == 200, "\(hidden)")
            own.server.clock.advance(seconds: 2)
            #expect(try await own.signedIn().get("accounts/\(account)").status == 404)
            try await bob.call(.delete, "me")
            own.server.clock.advance(seconds: Self.grace)

            #expect(try await Erasure(own.server.environment).run() == 1)
            own.server.clock.advance(seconds: 2)

            #expect(try await own.signedIn().get("accounts/\(account)").status == 200)
            try await own.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `whoever came to a household meanwhile inherits it`(engine: Engine) async throws {
        try await OwnDataBench.with(engine) { own in
            try await own.caller.call(.delete, "me")
            own.server.clock.advance(seconds: Self.grace - 10)
            let cid = try await own.join("Cid", as: .viewer)
            let bob = try await own.join("Bob", as: .editor)
            own.server.clock.advance(seconds: 10)

            #expect(try await Erasure(own.server.environment).run() == 1)
            own.server.clock.advance(seconds: 2)

            let header = HTTPField.Name("Martlet-Household")!
            let roles = try await own.server.environment.database.read(.shared) {
                try $0.rows(
                    """
                    SELECT role FROM member WHERE household_id = \(own.household) ORDER BY role
                    """
                ) { try $0.text() }
            }
            #expect(roles == ["owner", "viewer"])
            let home = own.household.description
            let written = try await bob.with(header, home).call(
                .post,
                "accounts",
                ["name": "New", "kind": "cash", "currency": "EUR"]
            )
            #expect(written.status == 201, "\(written)")
            #expect(try await cid.with(header, home).get("accounts").status == 200)
            try await own.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `the only administrator of others stays`(engine: Engine) async throws {
        try await OwnDataBench.with(engine) { own in
            let bob = try await own.server.nobody.register("Bob")
            let person = try #require(PersonID(try await own.id(of: bob)))

            let refused = try await own.caller.call(.delete, "me")
            try await own.server.environment.database.write(.shared) {
                try $0.execute("UPDATE person SET system_role = 'admin' WHERE id = \(person)")
            }
            let planned = try await own.caller.call(.delete, "me")

            #expect(refused.status == 409 && refused.code == "me.only_administrator")
            #expect(planned.status == 200)
        }
    }

    /// A process may end between any two writes; the next run goes on.
    @Test(arguments: Engine.present)
    func `an erasure that was cut off is finished by the next`(engine: Engine) async throws {
        try await OwnDataBench.with(engine) { own in
            try await own.caller.call(.delete, "me")
            own.server.clock.advance(seconds: Self.grace)
            let (household, now) = (own.household, own.server.clock.now)
            try await own.server.environment.database.write(.household(household)) {
                let store = HouseholdErasureStore(transaction: $0, household: household)
                try store.close(at: now)
                _ = try store.removeTransactions(limit: 2)
            }
            try await own.expectWholeBooks()

            #expect(try await Erasure(own.server.environment).run() == 1)

            let done: SQLText = "id = \(household) AND emptied_at IS NOT NULL"
            #expect(try await own.count("household", done) == 1)
            try await own.expectWholeBooks()
        }
    }
}

extension OwnDataBench {
    /// Every table that has a column, from the database itself.
    func tables(with column: String) async throws -> [SQLText] {
        let database = server.environment.database
        let query: SQLText =
            switch database.dialect {
            case .sqlite:
                """
                SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
                WHERE m.type = 'table' AND m.name NOT LIKE 'transaction_search%' AND c.name = \(column)
                ORDER BY m.name
                """
            case .postgres:
                """
                SELECT table_name::text FROM information_schema.columns
                WHERE table_schema = 'public' AND column_name = \(column) ORDER BY table_name
                """
            }
        let names = try await database.read(.shared) { try $0.rows(query) { try $0.text() } }
        #expect(names.count >= 3)
        return names.map { SQLText(stringLiteral: $0) }
    }

    func count(_ table: SQLText, _ condition: SQLText) async throws -> Int64 {
        try await server.environment.database.read(.household(household)) {
            try $0.first("SELECT COUNT(*) FROM \(table) WHERE \(condition)") { try $0.integer() }
        } ?? 0
    }
}
