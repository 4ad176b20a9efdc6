import Foundation
import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

@Suite struct CalendarFeedTests {
    /// - Returns: the address without the server's name.
    private func make(
        _ caller: Caller,
        _ parts: [JSONValue] = ["tasks"],
        name: String = "Mine"
    ) async throws -> (path: String, id: String) {
        let body: JSONValue = ["name": .string(name), "includes": .array(parts)]
        let answer = try await caller.call(.post, "calendar/feeds", body)
        try #require(answer.status == 201, "\(answer)")
        let address = try #require(answer.data[text: "address"])
        #expect(address.hasPrefix("http://localhost:8080/api/v1/feeds/"))
        return (String(address.dropFirst("http://localhost:8080".count)), answer.data.id)
    }

    @Test(arguments: Engine.present)
    func `a calendar is read at its address, without a session`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            try await ann.addTask(
                "Call; the bank, \\ twice é",
                [("due_on", "2026-03-20"), ("priority", "urgent"), ("tags", ["money"])]
            )
            let done = try await ann.addTask("Tax", [("status", "done")])
            try await ann.addTask("Gone").delete(by: ann)
            let (path, _) = try await make(ann, name: "Ann’s; list")

            let answer = try await server.nobody.get(path)
            let lines = answer.text.split(separator: "\r\n").map(String.init)

            #expect(answer.status == 200 && done.id != "-")
            #expect(answer.headers[.contentType] == "text/calendar; charset=utf-8")
            #expect(answer.headers[.cacheControl] == "private, no-cache")
            // `scripts/testing/test_calendar_feed.py` reads it with another program.
            #expect(lines.contains("X-WR-CALNAME:Ann’s\\; list"))
            #expect(
                lines.filter {
                    $0.hasPrefix("SUMMARY") || $0.hasPrefix("DUE") || $0.hasPrefix("STATUS")
                }
                    == [
                        "SUMMARY:Call\\; the bank\\, \\\\ twice é", "DUE;VALUE=DATE:20260320",
                        "STATUS:NEEDS-ACTION", "SUMMARY:Tax", "STATUS:COMPLETED",
                    ]
            )
        }
    }

    @Test(arguments: Engine.present)
    func `it is sent again only when something changed`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let task = try await ann.addTask("Rent")
            let (path, _) = try await make(ann)
            let tag = try #require(try await server.nobody.get(path).headers[.eTag])

            for known in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
                let same = try await server.nobody.with(.ifNoneMatch, known).get(path)
                #expect(same.status == 304 && same.bytes.isEmpty && same.headers[.eTag] == tag)
            }
            // Another day alone changes nothing of it.
            server.clock.advance(seconds: 86_400)
            let later = try await server.nobody.with(.ifNoneMatch, tag).get(path)
            #expect(later.status == 304)
            let fresh = try await server.nobody.call(
                .post,
                "auth/login",
                ["email": "ann@example.org", "password": .string(Caller.password)]
            )
            let again = server.nobody.with(token: fresh.data[text: "access_token"] ?? "")
            try await again.call(.patch, "tasks/\(task.id)", ["title": "Rents"])
            let changed = try await server.nobody.with(.ifNoneMatch, tag).get(path)
            #expect(changed.status == 200 && changed.text.contains("SUMMARY:Rents"))
            let head = try await server.nobody.call(.head, path)
            #expect(head.status == 200 && head.bytes.isEmpty)
        }
    }

    @Test(arguments: Engine.present)
    func `the secret is told once and kept nowhere`(engine: Engine) async throws {
        var options = TestServerOptions()
        options.log = LogLines()
        let log = options.log
        try await withServer(engine, options) { server in
            let ann = try await server.nobody.register("Ann")
            let (path, id) = try await make(ann)
            let secret = String(path.dropFirst("/api/v1/feeds/".count).dropLast(4))
            let read = try await server.nobody.get(path)
            _ = try await server.nobody.get("/api/v1/feeds/\(secret)")
            try await server.nobody.call(.put, path)

            let listed = try await ann.get("calendar/feeds")
            let events = try await ann.get("activity?limit=100")
            let metrics = try await server.nobody.get("/metrics")
            let kept = try await server.environment.database.read(.shared) {
                try $0.first("SELECT hash FROM calendar_feed") { try $0.bytes() }
            }

            #expect(read.status == 200 && secret.count == 43)
            #expect(listed.data[0].id == id && listed.data[0]["includes"] == ["tasks"])
            #expect(listed.data[0][text: "hint"] == String(secret.prefix(4)))
            #expect(listed.data[0][text: "used_at"] != nil)
            #expect(kept == OpaqueToken(secret)?.hash)
            for text in [listed.text, events.text, metrics.text, read.text] + log.all {
                #expect(!text.contains(secret), "\(text.prefix(200))")
            }
            #expect(log.all.contains { $0.contains("feeds/{file}") })
            #expect(metrics.text.contains("feeds/{file}"))
        }
    }

    @Test(arguments: Engine.present)
    func `all that is none gets one answer`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let (path, id) = try await make(ann)
            let secret = String(path.dropFirst("/api/v1/feeds/".count).dropLast(4))
            var bodies: Set<String> = []
            for word in [
                "x", "\(secret)", "\(secret).ICS", "\(OpaqueToken().text).ics", "\(secret)A.ics",
                "\(secret.dropLast()).ics", ".ics", "\(id).ics", "\(secret.uppercased()).ics",
            ] {
                let answer = try await server.nobody.get("feeds/\(word)")
                #expect(answer.status == 404 && answer.code == "feed.not_found", "\(word)")
                bodies.insert(answer.error[text: "message"] ?? "")
                #expect(answer.headers[.cacheControl] == "no-store")
            }
            #expect(bodies.count == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `it ends at once, with the membership and with the person`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let nobody = shared.server.nobody
            func status(_ path: String) async throws -> Int { try await nobody.get(path).status }
            let (own, id) = try await make(shared.ann)
            let (first, _) = try await make(shared.bob)
            let foreign = try await shared.bob.call(.delete, "calendar/feeds/\(id)")
            #expect(foreign.status == 404)
            #expect(try await status(own) == 200)
            #expect(try await status(first) == 200)

            let gone = try await shared.ann.call(.delete, "calendar/feeds/\(id)")
            #expect(gone.status == 204)
            #expect(try await status(own) == 404)
            let twice = try await shared.ann.call(.delete, "calendar/feeds/\(id)")
            #expect(twice.status == 404)

            // Whoever comes back does not find the old address again.
            let removed = try await shared.ann.call(
                .delete,
                "household/members/\(shared.bobID)"
            )
            #expect(removed.status == 204, "\(removed)")
            #expect(try await status(first) == 404)
            let left = try await shared.server.environment.database.read(.shared) {
                try $0.first("SELECT COUNT(*) FROM calendar_feed") { try $0.int() }
            }
            #expect(left == 0)

            let (second, _) = try await make(shared.bob.with(.household, nil))
            #expect(try await status(second) == 200)
            try await shared.server.environment.database.write(.shared) {
                try $0.execute(
                    "UPDATE person SET disabled_at = 1 WHERE id = \(shared.bobID)"
                )
            }
            #expect(try await status(second) == 404)
        }
    }

    @Test(arguments: Engine.present)
    func `it ends when the password is set anew`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let (path, _) = try await make(ann)
            let asked: JSONValue = ["email": "ann@example.org"]
            try await server.nobody.call(.post, "auth/request-password-reset", asked)
            let token = try await server.mailbox.token(to: "ann@example.org")
            let reset: JSONValue = [
                "token": .string(token), "new_password": "quite another phrase 9",
            ]
            let answer = try await server.nobody.call(.post, "auth/reset-password", reset)

            #expect((200..<300).contains(answer.status), "\(answer)")
            #expect(try await server.nobody.get(path).status == 404)
        }
    }

    @Test(arguments: Engine.present)
    func `it shows what its maker sees now`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let own = try await shared.makeAccount("Presents")
            try await shared.ann.addTask(
                "The ring",
                [("link_kind", "account"), ("link_id", .string(own.description))]
            )
            let (path, _) = try await make(shared.bob)
            #expect(try await shared.server.nobody.get(path).text.contains("The ring"))

            try await shared.hide(own)

            #expect(try await !shared.server.nobody.get(path).text.contains("The ring"))
        }
    }

    @Test(arguments: Engine.present)
    func `who may only look may have one, and no old proof, token or wrong field makes one`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine, role: .viewer) { shared in
            let (path, _) = try await make(shared.bob)
            #expect(try await shared.server.nobody.get(path).status == 200)
            let body: JSONValue = ["name": "X", "includes": ["tasks"]]
            let token = try await shared.ann.call(
                .post,
                "tokens",
                ["name": "S", "scopes": ["calendar:write"]]
            )
            let script = shared.server.nobody.with(token: token.data[text: "token"] ?? "")
            let refused = try await script.call(.post, "calendar/feeds", body)
            #expect(refused.status == 403 && refused.code == "auth.token_scope")
            for (wrong, field) in [
                (["name": "", "includes": ["tasks"]], "name"),
                (["name": "X", "includes": []], "includes"),
                (["name": "X", "includes": ["tasks", "tasks"]], "includes"),
                (["name": "X", "includes": ["money"]], "includes[0]"),
            ] as [(JSONValue, String)] {
                let answer = try await shared.ann.call(.post, "calendar/feeds", wrong)
                #expect(answer.status == 422 && answer.fields == [field], "\(answer)")
            }
            for _ in 1..<CalendarFeed.limit { _ = try await make(shared.bob) }
            let over = try await shared.bob.call(.post, "calendar/feeds", body)
            #expect(over.status == 409 && over.code == "feed.too_many")
            shared.server.clock.advance(seconds: IncomingCall.proofSeconds + 1)
            let stale = try await shared.ann.call(.post, "calendar/feeds", body)
            #expect(stale.status == 403 && stale.code == "auth.proof_required")
        }
    }

    @Test(arguments: Engine.present)
    func `it stands in the person's trail and goes with them`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let (_, id) = try await make(ann, name: "Phone")
            try await ann.call(.delete, "calendar/feeds/\(id)")
            let (path, _) = try await make(ann, name: "Watch")
            let person = try #require(
                PersonID(try await ann.get("auth/me").data["user"]?.id ?? "")
            )

            let actions = try await server.environment.database.read(.shared) {
                try $0.rows(
                    """
                    SELECT action FROM trail_entry WHERE entity = 'calendar_feed' ORDER BY sequence
                    """
                ) { try $0.text() }
            }
            #expect(
                actions == ["calendar_feed_made", "calendar_feed_removed", "calendar_feed_made"]
            )
            let archive = PersonArchive(environment: server.environment, person: person)
            let doors = try await archive.doors.page(nil).rows
            #expect(doors.map(\.name) == ["Watch"])
            try await server.environment.database.write(.shared) {
                try ErasureStore(transaction: $0)
                    .anonymise(person, email: "ann@example.org", at: server.clock.now)
            }
            #expect(try await server.nobody.get(path).status == 404)
        }
    }
}

extension JSONValue {
    fileprivate func delete(by caller: Caller) async throws {
        try await caller.call(.delete, "tasks/\(id)")
    }
}
