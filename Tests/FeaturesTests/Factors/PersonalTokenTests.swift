@testable import Features
import HTTPTypes
import Storage
import Testing

/// Personal access tokens. Security bars Z5, X51.
@Suite struct PersonalTokenTests {
    private func make(
        _ caller: Caller,
        _ scopes: [JSONValue],
        until: String? = nil
    ) async throws
        -> Answer
    {
        try await caller.call(
            .post,
            "tokens",
            [
                "name": "Script", "scopes": .array(scopes),
                "expires_at": until.map { .string($0) } ?? .null,
            ]
        )
    }

    @Test func `a token has a mark and a checksum, and what looks like one is none`() {
        let token = PersonalToken()
        let text = token.text
        var broken = Array(text)
        broken[20] = broken[20] == "a" ? "b" : "a"

        #expect(text.hasPrefix("martlet_pat_") && text.count == 70)
        #expect(PersonalToken(text)?.hash == token.hash)
        for other in [
            String(broken), text.uppercased(), text + "a", String(text.dropLast()), "martlet_pat_",
            text.replacing("martlet_pat_", with: "martlet_pat_ "),
        ] {
            #expect(PersonalToken(other) == nil, "\(other)")
        }
    }

    @Test(arguments: Engine.present)
    func `a token is shown once, listed without its secret, and does what its scopes say`(
        engine: Engine
    ) async throws {
        let options = TestServerOptions()
        try await withServer(engine, options) { server in
            let ann = try await server.nobody.register("Ann")
            let made = try await make(ann, ["accounts:read", "transactions:write"])
            let text = try #require(made.data["token"]?.text)
            let script = server.nobody.with(token: text)

            let read = try await script.get("accounts")
            let write = try await script.call(.post, "accounts", [:])
            let other = try await script.get("categories")
            let implied = try await script.get("transactions")
            let listed = try await ann.get("tokens")

            #expect(made.status == 201)
            #expect(read.status == 200 && implied.status == 200)
            #expect(write.status == 403 && write.code == "auth.token_scope")
            #expect(other.code == "auth.token_scope")
            #expect(!listed.text.contains(text))
            #expect(listed.data[0]["prefix"] == .string(String(text.prefix(16))))
            #expect(listed.data[0]["used_at"]?.text != nil)
            #expect(!options.log.all.contains { $0.contains(text) })
            let letters = try await server.mailbox.letters(to: "ann@example.org")
            let told = letters.filter {
                guard case .tokenMade("Ann", "Script", let prefix, true, _) = $0 else {
                    return false
                }
                return prefix == String(text.prefix(16))
            }
            #expect(told.count == 1)
            let stored = try await server.environment.database.read(.shared) {
                try $0.first("SELECT hash FROM personal_token") { try $0.bytes() }
            }
            #expect(stored == PersonalToken(text)?.hash)
        }
    }

    @Test(arguments: Engine.present)
    func `no token, whatever its scopes, is a person: it mints nothing and changes no way in`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let resources = Set(
                server.endpoints.filter(\.needs.isOfHousehold)
                    .map { String($0.path.prefix { $0 != "/" }) }
            )
            let scopes = resources.sorted().map { JSONValue.string("\($0):write") }
            let made = try await make(ann, scopes)
            let script = server.nobody.with(token: try #require(made.data["token"]?.text))

            for endpoint in server.endpoints where endpoint.needs != .nothing {
                guard !endpoint.needs.isOfHousehold || endpoint.needs.isFresh else { continue }
                let path = endpoint.path.split(separator: "/")
                    .map { $0.hasPrefix("{") ? "01a1fdf1-682d-7001-9709-01a2a002ee10" : String($0) }
                    .joined(separator: "/")
                let answer = try await script.call(endpoint.method, path)
                #expect(answer.status == 403, "\(endpoint.method) \(endpoint.path)")
                #expect(answer.code == "auth.token_scope")
            }
        }
    }

    @Test(arguments: Engine.present)
    func `a token takes back only what it could change itself`(engine: Engine) async throws {
        try await UndoBench.with(engine) { bench in
            let category = try await bench.makeCategory("Pastimes")
            let out = try await bench.spend("5.00")
            let jar = try await ImportBench.add("Jar", "cash", by: bench.caller)
            let into = try await bench.spend("5.00", from: jar, ["type": "income"])
            let made = try await make(bench.caller, ["audit-logs:write"])
            let script = bench.server.nobody.with(token: try #require(made.data["token"]?.text))
            let changes: [(String, HTTPRequest.Method, String, JSONValue)] = [
                ("accounts", .patch, "accounts/\(jar)", ["name": "Tin"]),
                ("categories", .patch, "categories/\(category)", ["name": "Games"]),
                ("transactions", .patch, "transactions/\(out)", ["note": "x"]),
                (
                    "transfers", .post, "transfers/link",
                    ["out_id": .string(out), "in_id": .string(into)]
                ),
                ("household", .patch, "household", ["name": "Ours"]),
            ]
            for (resource, method, path, body) in changes {
                try await bench.make(method, path, body)
                let entry = try await bench.lastEntry()
                let undo = "audit-logs/\(entry["id"]?.text ?? "-")/undo"
                let reading = try await make(
                    bench.caller,
                    ["audit-logs:write", .string("\(resource):read")]
                )
                let writing = try await make(
                    bench.caller,
                    ["audit-logs:write", .string("\(resource):write")]
                )
                func ask(_ made: Answer) async throws -> Answer {
                    let token = try #require(made.data["token"]?.text, "\(made)")
                    return try await bench.server.nobody.with(token: token).call(.post, undo)
                }

                let alone = try await script.call(.post, undo)
                let looking = try await ask(reading)
                let both = try await ask(writing)

                #expect(alone.status == 403 && alone.code == "auth.token_scope", "\(resource)")
                #expect(looking.code == "auth.token_scope", "\(resource)")
                #expect(both.status == 200, "\(resource): \(both)")
            }
            try await bench.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `a token ends with its time, its removal and its owner`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            func script(_ answer: Answer) throws -> Caller {
                server.nobody.with(token: try #require(answer.data["token"]?.text, "\(answer)"))
            }
            let brief = try await make(ann, ["accounts:read"], until: "2026-03-15T12:00:30Z")
            let removed = try await make(ann, ["accounts:read"])
            let lasting = try await make(ann, ["accounts:read"], until: "2026-04-15T14:00:00+02:00")
            for made in [brief, removed, lasting] {
                #expect(try await script(made).get("accounts").status == 200)
            }

            let id = removed.data["id"]?.text ?? ""
            let gone = try await ann.call(.delete, "tokens/\(id)")
            let atOnce = try await script(removed).get("accounts")
            server.clock.advance(seconds: 30)
            let late = try await script(brief).get("accounts")
            let now = server.clock.now
            try await server.environment.database.write(.shared) {
                try $0.execute("UPDATE person SET disabled_at = \(now)")
            }
            server.clock.advance(seconds: 1)
            let orphan = try await script(lasting).get("accounts")

            #expect(gone.status == 204)
            #expect(atOnce.status == 401 && late.status == 401 && orphan.status == 401)
        }
    }

    @Test(arguments: Engine.present)
    func `a use is written down at most once a minute`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let made = try await make(ann, ["accounts:read"])
            let script = server.nobody.with(token: made.data["token"]?.text ?? "")
            func usedAt() async throws -> String? {
                try await ann.get("tokens").data[0]["used_at"]?.text
            }

            _ = try await script.get("accounts")
            let first = try await usedAt()
            server.clock.advance(seconds: 59)
            _ = try await script.get("accounts")
            let same = try await usedAt()
            server.clock.advance(seconds: 1)
            _ = try await script.get("accounts")

            #expect(first != nil && same == first)
            #expect(try await usedAt() != first)
        }
    }

    @Test(arguments: Engine.present)
    func `bad wishes are refused by their field, and making one wants fresh proof`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let eve = try await server.nobody.register("Eve")
            let id = try await make(ann, ["accounts:read"]).data["id"]?.text ?? ""

            let unknown = try await make(ann, ["accounts:read", "auth:write"])
            let malformed = try await make(ann, ["accounts", "a:b", "Accounts:read"])
            let twice = try await make(ann, ["accounts:read", "accounts:read"])
            let none = try await make(ann, [])
            let past = try await make(ann, ["accounts:read"], until: "2026-03-15T12:00:00Z")
            let noTime = try await make(ann, ["accounts:read"], until: "tomorrow")
            let foreign = try await eve.call(.delete, "tokens/\(id)")
            server.clock.advance(seconds: 301)
            let stale = try await make(ann, ["accounts:read"])

            #expect(unknown.fields == ["scopes[1]"])
            #expect(malformed.fields == ["scopes[0]", "scopes[1]", "scopes[2]"])
            #expect(twice.fields == ["scopes"] && none.fields == ["scopes"])
            #expect(past.fields == ["expires_at"] && noTime.fields == ["expires_at"])
            #expect(foreign.status == 404)
            #expect(stale.code == "auth.proof_required")
            #expect(try await ann.get("tokens").data.elements.count == 1)
        }
    }
}
