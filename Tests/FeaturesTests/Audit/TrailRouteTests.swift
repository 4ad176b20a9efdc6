@testable import Features
import Foundation
import HTTPTypes
import Ledger
import Storage
import Testing

@Suite struct TrailRouteTests {
    private func addViewer(_ bench: UndoBench, _ name: String = "Vic") async throws -> Caller {
        let viewer = try await bench.server.nobody.register(name)
        let text = try await viewer.get("auth/me").data["user"]?["id"]?.text
        let person = try #require(PersonID(text ?? ""))
        let (household, now) = (bench.household, bench.server.clock.now)
        try await bench.server.environment.database.write(.shared) {
            try $0.execute(
                """
                INSERT INTO member (household_id, person_id, role, is_default, joined_at)
                VALUES (\(household), \(person), 'viewer', \(false), \(now))
                """
            )
        }
        // What is known of a session is read again once it is old.
        bench.server.clock.advance(seconds: 6)
        return viewer.with(.household, household.description)
    }

    @Test(arguments: Engine.present)
    func `nobody, another household and who may only look`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            try await bench.spend("12.30")
            let id = try #require(try await bench.lastEntry()["id"]?.text)
            let eve = try await bench.server.nobody.register("Eve")
            let viewer = try await addViewer(bench)

            #expect(try await bench.server.nobody.get("audit-logs").status == 401)
            #expect(try await bench.server.nobody.get("audit-logs/\(id)").status == 401)
            #expect(
                try await bench.server.nobody.call(.post, "audit-logs/\(id)/undo").status == 401
            )
            let foreign = try await eve.get("audit-logs")
            #expect(foreign.data.elements.map { $0["entity"] } == ["household"])
            #expect(try await eve.get("audit-logs/\(id)").status == 404)
            #expect(try await eve.call(.post, "audit-logs/\(id)/undo").status == 404)
            #expect(try await viewer.get("audit-logs").status == 200)
            #expect(try await viewer.get("audit-logs/\(id)").status == 200)
            #expect(try await viewer.call(.post, "audit-logs/\(id)/undo").status == 403)
        }
    }

    @Test(arguments: Engine.present)
    func `an entry says who did what, from where, before and after`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            let id = try await bench.spend("12.30")
            let phone = bench.caller.with(.userAgent, "Phone/1")
            try await phone.call(.patch, "transactions/\(id)", ["amount": "7.00"])

            let entry = try await bench.lastEntry()

            #expect(entry["summary"] == "Changed the transaction “Market hall” of 7.00 EUR")
            #expect(entry["actor_name"] == "Ann" && entry["actor"] == "person")
            #expect(entry["action"] == "update" && entry["entity"] == "transaction")
            #expect(entry["entity_id"] == .string(id))
            #expect(entry["before"]?["amount"] == "12.30" && entry["after"]?["amount"] == "7.00")
            #expect(entry["device"] == "Phone/1")
            #expect(entry["address"]?.text?.isEmpty == false)
            #expect(entry["outcome"] == "success" && entry["undoes"] == .null)
        }
    }

    @Test(arguments: Engine.present)
    func `the first entry of a household says from where it was founded, and one's own joining too`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let phone = server.nobody.with(.userAgent, "Phone/1")
            let ann = try await phone.register("Ann")
            let made = try await ann.call(.post, "households", ["name": "Two", "currency": "EUR"])
            let second = ann.with(.household, try #require(made.data["id"]?.text))
            let link = try await ann.call(.post, "household/invitations", ["role": "editor"])
            let other = try await ann.call(.post, "household/invitations", ["role": "editor"])
            let bob = try await phone.register("Bob")
            let joined = try await bob.call(.post, "invitations/accept", link.token)
            #expect(joined.status == 200, "\(joined)")
            _ = try await phone.signUp("Carol", other)

            let queries = ["action=create&entity=household", "action=join"]
            let entries =
                try await second.get("audit-logs?\(queries[0])").data.elements
                + ann.get("audit-logs?\(queries[0])").data.elements
                + ann.get("audit-logs?\(queries[1])").data.elements
            #expect(entries.count == 4)
            for entry in entries {
                #expect(entry["device"] == "Phone/1", "\(entry)")
                #expect(entry["address"]?.text?.isEmpty == false)
            }
        }
    }

    @Test(arguments: Engine.present)
    func `pages and filters give each entry once`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            for cents in 10..<22 { try await bench.spend("1.\(cents)") }
            let id = try await bench.spend("99.00", ["payee": "Zoo"])
            try await bench.make(
                .post,
                "transactions/bulk",
                ["action": "patch", "ids": [.string(id)], "patch": ["note": "x"]]
            )
            let all = try await bench.caller.get("audit-logs?limit=200")
            var found: [JSONValue] = []
            var cursor: String?
            repeat {
                let next = cursor.map { "&cursor=\($0)" } ?? ""
                let page = try await bench.caller.get("audit-logs?limit=4\(next)")
                #expect(page.data.elements.count <= 4)
                found += page.data.elements
                cursor = page.body?["pagination"]?["next_cursor"]?.text
            } while cursor != nil
            #expect(found == all.data.elements)
            #expect(all.body?["pagination"]?["total"] == .number(String(found.count)))
            for (query, count) in [
                ("entity=transaction", 14), ("entity=transaction&action=create", 13),
                ("entity_id=\(id)", 2), ("q=zoo", 1), ("q=nothing", 0), ("outcome=refused", 0),
                ("from=2026-03-15&to=2026-03-15", found.count), ("to=2026-03-14", 0),
                ("actor_id=\(id)", 0),
            ] {
                let page = try await bench.caller.get("audit-logs?limit=200&\(query)")
                #expect(page.data.elements.count == count, "\(query)")
                // Words are in what is sealed, so what has them is not counted beyond the page.
                let total = page.body?["pagination"]?["total"]
                let counted: JSONValue = .number(String(count))
                #expect(total == (query.hasPrefix("q=") ? .null : counted), "\(query)")
            }
            for query in ["from=2026-03-02&to=2026-03-01", "limit=0", "limit=201"] {
                #expect(try await bench.caller.get("audit-logs?\(query)").status == 422, "\(query)")
            }
        }
    }

    @Test(arguments: Engine.present)
    func `the rows of a change come a page at a time`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            for cents in 10..<15 { try await bench.spend("1.\(cents)") }
            try await bench.make(
                .post,
                "transactions/bulk",
                ["action": "patch", "filter": ["tag": "food"], "patch": ["note": "x"]]
            )
            let id = try #require(try await bench.lastEntry()["id"]?.text)

            let first = try await bench.caller.get("audit-logs/\(id)?limit=3")
            let cursor = try #require(first.data["next_cursor"]?.text)
            let rest = try await bench.caller.get("audit-logs/\(id)?limit=3&cursor=\(cursor)")

            #expect(first.data["entry"]?["change_count"] == 5)
            #expect(first.data["changes"]?.elements.count == 3)
            #expect(rest.data["changes"]?.elements.count == 2)
            #expect(rest.data["next_cursor"] == .null)
            #expect(rest.data["changes"]?[0]["before"]?["note"] == "leeks")
            #expect(rest.data["changes"]?[0]["after"]?["note"] == "x")
            for odd in ["0", "-1", "+1", "1.0", "x", "99999999999999999999"] {
                #expect(try await bench.caller.get("audit-logs/\(odd)").status == 404, "\(odd)")
            }
        }
    }

    /// Security: a loop of refused requests must not fill the disk.
    @Test(arguments: Engine.present)
    func `a refusal stands in the trail once a minute and route`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            let viewer = try await addViewer(bench)
            for _ in 0..<5 { try await viewer.call(.post, "accounts", [:]) }
            try await viewer.call(.post, "categories", [:])
            let soon = try await bench.caller.get("audit-logs?outcome=refused")
            bench.server.clock.advance(seconds: RefusalTrail.pauseSeconds)
            try await viewer.call(.post, "accounts", [:])
            let later = try await bench.caller.get("audit-logs?outcome=refused")

            #expect(
                soon.data.elements.map { $0["summary"] } == [
                    "Was refused POST categories", "Was refused POST accounts",
                ]
            )
            #expect(soon.data[0]["after"]?["code"] == "household.read_only")
            #expect(soon.data[0]["actor_name"] == "Vic")
            #expect(later.data.elements.count == 3)
            #expect(soon.data.elements.allSatisfy { $0["after"]?["skipped"] == nil })
            #expect(later.data[0]["after"]?["skipped"] == 4)
            try await bench.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `an export leaves a trace, a viewer's too`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            let viewer = try await addViewer(bench)
            #expect(try await viewer.get("transactions/export.csv?tag=food").status == 200)

            let entry = try await bench.lastEntry()

            #expect(entry["action"] == "export" && entry["entity"] == "transaction")
            #expect(entry["after"]?["tag"] == "food")
            #expect(entry["actor_name"] == "Vic")
            #expect(entry["can_undo"] == false)
            try await bench.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `where others were is for the owner alone`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            let viewer = try await addViewer(bench)
            _ = try await viewer.get("transactions/export.csv")

            let own = try await viewer.get("audit-logs?action=export")
            let others = try await viewer.get("audit-logs?entity=account")
            let owner = try await bench.caller.get("audit-logs?action=export")

            #expect(own.data[0]["address"]?.text != nil)
            #expect(others.data[0]["address"] == .null && others.data[0]["device"] == .null)
            #expect(owner.data[0]["address"]?.text != nil)
        }
    }

    @Test(arguments: Engine.present)
    func `what concerns a hidden account is not there`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            let secret = try await ImportBench.add("Secret", "cash", by: bench.caller)
            let hidden = try await bench.spend("1.00", from: secret)
            let shown = try await bench.spend("2.00")
            let transfer = try await bench.spend(
                "3.00",
                ["type": "transfer", "to_account_id": .string(secret)]
            )
            try await bench.make(
                .post,
                "transactions/bulk",
                [
                    "action": "patch", "ids": [.string(hidden), .string(shown), .string(transfer)],
                    "patch": ["note": "y"],
                ]
            )
            let member = try await Self.owner(of: bench, without: [secret])
            let (household, keys) = (bench.household, bench.server.environment.keys)
            let (entries, changes, found) = try await bench.server.environment.database.read(
                .household(household)
            ) { transaction in
                let reader = try TrailReader(transaction, member, keys)
                let query: TrailQuery = try FieldReader.read(from: [])
                let page = try reader.page(query)
                let last = page.entries[0].record.sequence
                let changes = try reader.changes(of: last, from: 0, limit: 50).changes
                return (page.entries, changes, (1...last).map { (try? reader.entry($0)) != nil })
            }

            let text = entries.map { "\($0.before) \($0.after) \($0.summary)" }.joined()
            #expect(!text.contains(secret) && !text.contains("Secret"))
            #expect(changes.map(\.entity.description) == [shown])
            #expect(entries[0].changeCount == 1)
            #expect(found.count(where: { $0 }) == entries.count)
            #expect(entries.count >= 3)
        }
    }

    @Test(arguments: Engine.present)
    func `who does not see all that an entry changed cannot take it back`(
        engine: Engine
    ) async throws {
        try await UndoBench.with(engine) { bench in
            let secret = try await ImportBench.add("Secret", "cash", by: bench.caller)
            let hidden = try await bench.spend("1.00", from: secret)
            let shown = try await bench.spend("2.00")
            try await bench.make(
                .post,
                "transactions/bulk",
                ["action": "delete", "ids": [.string(hidden), .string(shown)]]
            )
            let entry = try await bench.lastEntry()
            let last = try #require(Int64(entry["id"]?.text ?? ""))
            let member = try await Self.owner(of: bench, without: [secret])
            let environment = bench.server.environment
            for (sequence, code) in [(last, "audit.cannot_undo"), (last - 2, "audit.not_found")] {
                let error = await #expect(throws: APIError.self) {
                    try await environment.write(as: member, requestID: "test") { write in
                        _ = try TrailUndo(
                            write: write,
                            keys: environment.keys,
                            imports: ImportService(environment)
                        ).run(sequence)
                    }
                }
                #expect(error?.code == code)
            }
        }
    }

    /// The owner as somebody from whom accounts are hidden.
    private static func owner(of bench: UndoBench, without ids: [String]) async throws -> Member {
        let household = bench.household
        let person = try await bench.server.environment.database.read(.shared) {
            try $0.first("SELECT person_id FROM member WHERE household_id = \(household)") {
                try $0.identifier() as PersonID
            }
        }
        return Member(
            household: household,
            person: try #require(person),
            role: .owner,
            currency: Currency(code: "EUR")!,
            weekStart: .monday,
            timeZone: "UTC",
            sees: .without(Set(ids.compactMap { AccountID($0) }))
        )
    }
}
