import Credentials
@testable import Features
import HTTPTypes
import Ledger
import Storage
import Synchronization
import TestSupport
import Testing

/// Whatever changes something leaves an entry.
@Suite struct RouteTraceTests {
    @Test func `it is written down of every route that is no GET whether it leaves an entry`()
        async throws
    {
        try await withServer { server in
            let routes = Set(
                server.endpoints.filter { $0.method != .get }
                    .map { "\($0.method.rawValue) \($0.path)" }
            )

            #expect(routes.subtracting(RouteTrace.all.keys) == [], "no one has decided")
            #expect(Set(RouteTrace.all.keys).subtracting(routes) == [], "no such routes")
        }
    }

    /// Makes calls and looks for what they leave.
    final class Walk: Sendable {
        let shared: SharedHome
        private let walked = Mutex<Set<String>>([])

        init(_ shared: SharedHome) { self.shared = shared }

        var routes: Set<String> { walked.withLock { $0 } }

        private func count(_ trace: RouteTrace) async throws -> Int {
            let (household, database) = (shared.household, shared.server.environment.database)
            switch trace {
            case .household(let action):
                return try await database.read(.household(household)) {
                    try $0.first(
                        """
                        SELECT COUNT(*) FROM audit_entry
                        WHERE household_id = \(household) AND action = \(action)
                        """
                    ) { try $0.int() } ?? 0
                }
            case .event(let action):
                return try await database.read(.shared) {
                    try $0.first("SELECT COUNT(*) FROM trail_entry WHERE action = \(action)") {
                        try $0.int()
                    } ?? 0
                }
            case .exempt: return 0
            }
        }

        /// - Parameters:
        ///   - route: as the table names it.
        ///   - id: what stands in its hole.
        ///   - other: what stands in its second hole.
        @discardableResult
        func step(
            _ route: String,
            of id: String? = nil,
            and other: String? = nil,
            by caller: Caller? = nil,
            _ body: JSONValue? = nil,
            at location: SourceLocation = #_sourceLocation
        ) async throws -> JSONValue {
            let trace = try #require(RouteTrace.all[route], sourceLocation: location)
            let words = route.split(separator: " ").map(String.init)
            var holes = [id, other].makeIterator()
            let path = words[1].split(separator: "/")
                .map { $0.hasPrefix("{") ? (holes.next() ?? nil) ?? "-" : String($0) }
                .joined(separator: "/")
            let before = try await count(trace)
            let answer = try await (caller ?? shared.ann)
                .call(HTTPRequest.Method(rawValue: words[0])!, path, body)
            #expect((200..<300).contains(answer.status), "\(answer)", sourceLocation: location)
            let after = try await count(trace)
            #expect(after - before == 1, "\(route)", sourceLocation: location)
            walked.withLock { _ = $0.insert(route) }
            return answer.data
        }
    }

    @Test(arguments: Engine.present)
    func `each of them leaves the entry that is written down`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let walk = Walk(shared)
            try await ledger(walk)
            try await budgets(walk)
            try await tasks(walk)
            try await bills(walk)
            try await goals(walk)
            try await debts(walk)
            try await household(walk)
            try await ways(walk)
            try await people(walk)
            try await sessions(walk)

            let leaving = Set(RouteTrace.all.filter { !$0.value.isExempt }.keys)
            #expect(
                leaving.subtracting(walk.routes) == Set(RouteTrace.shownElsewhere.keys)
            )
        }
    }

    private func ledger(_ walk: Walk) async throws {
        let account: JSONValue = ["name": "Jar", "kind": "cash", "currency": "EUR"]
        let jar = try await walk.step("POST accounts", account)["id"]?.text
        let bank = try await walk.shared.makeAccount("Bank").description
        let order: JSONValue = ["ids": [.string(bank), .string(jar ?? "")]]
        try await walk.step("PUT accounts/order", order)
        try await walk.step("PATCH accounts/{id}", of: jar, ["name": "Tin"])
        let only: JSONValue = [
            "visibility": "except", "members": [.string("\(walk.shared.bobID)")],
        ]
        try await walk.step("PUT accounts/{id}/visibility", of: jar, only)
        try await walk.step("DELETE accounts/{id}", of: jar)
        try await walk.step("POST accounts/{id}/restore", of: jar)

        let category: JSONValue = ["name": "Pastimes", "kind": "expense"]
        let pastimes = try await walk.step("POST categories", category)["id"]?.text
        try await walk.step("PATCH categories/{id}", of: pastimes, ["name": "Games"])
        try await walk.step("DELETE categories/{id}", of: pastimes)
        try await walk.step("POST categories/{id}/restore", of: pastimes)

        func entry(_ type: String, in account: String) -> JSONValue {
            [
                "type": .string(type), "account_id": .string(account), "amount": "5.00",
                "date": "2026-03-10",
            ]
        }
        let out = try await walk.step("POST transactions", entry("expense", in: bank))["id"]
        let into = try await walk.step("POST transactions", entry("income", in: jar ?? ""))["id"]
        try await walk.step("PATCH transactions/{id}", of: out?.text, ["note": "x"])
        try await walk.step("DELETE transactions/{id}", of: out?.text)
        try await walk.step("POST transactions/{id}/restore", of: out?.text)
        let bulk: JSONValue = ["action": "patch", "ids": [out ?? .null], "patch": ["note": "y"]]
        try await walk.step("POST transactions/bulk", bulk)
        let pair: JSONValue = ["out_id": out ?? .null, "in_id": into ?? .null]
        try await walk.step("POST transfers/link", pair)
        try await walk.step("POST transfers/unlink", ["transaction_id": out ?? .null])
        let other = try await walk.step("POST transactions", entry("expense", in: bank))["id"]
        let gift = try await walk.step("POST transactions", entry("income", in: jar ?? ""))["id"]
        try await walk.step(
            "POST transfers/reject",
            ["out_id": other ?? .null, "in_id": gift ?? .null]
        )
    }

    private func household(_ walk: Walk) async throws {
        let shared = walk.shared
        try await walk.step("PATCH household", ["name": "Ours"])
        let last = try await shared.ann.get("audit-logs?limit=1").data[0]["id"]?.text
        try await walk.step("POST audit-logs/{id}/undo", of: last)
        let second = try await shared.ann.call(
            .post,
            "households",
            ["name": "Second", "currency": "EUR"]
        )
        try await walk.step("POST households/{id}/default", of: second.data["id"]?.text)
        // From here on she names the first one.
        let ann = shared.ann.with(.household, shared.household.description)
        let invited = try await walk.step(
            "POST household/invitations",
            by: ann,
            ["role": "viewer"]
        )
        try await walk.step(
            "DELETE household/invitations/{id}",
            of: (invited["invitation"]?["id"] ?? invited["id"])?.text,
            by: ann
        )
        let link = try await ann.call(.post, "household/invitations", ["role": "viewer"])
        let eve = try await shared.server.nobody.register("Eve")
        try await walk.step("POST invitations/accept", by: eve, link.token)
        let eveID = try await eve.get("auth/me").data["user"]?["id"]?.text
        try await walk.step(
            "PATCH household/members/{person_id}",
            of: eveID,
            by: ann,
            ["role": "editor"]
        )
        try await walk.step("DELETE household/members/{person_id}", of: eveID, by: ann)
        let heir: JSONValue = ["person_id": .string("\(shared.bobID)")]
        try await walk.step("POST household/ownership", by: ann, heir)
    }

    private func ways(_ walk: Walk) async throws {
        let (server, ann) = (walk.shared.server, walk.shared.ann)
        let key = SoftwareAuthenticator.here()
        let question = try await ann.call(.post, "factors/passkeys/options")
        let passkey: JSONValue = [
            "challenge_id": question.data["challenge_id"] ?? .null, "name": "Laptop",
            "credential": try key.registered(question.challenge),
        ]
        let id = try await walk.step("POST factors/passkeys", passkey)["id"]?.text
        try await walk.step("PATCH factors/passkeys/{id}", of: id, ["name": "Desk"])
        try await walk.step("DELETE factors/passkeys/{id}", of: id)
        let offer = try await ann.call(.post, "factors/totp")
        let secret = try #require(offer.data["secret"]?.text.flatMap { Base32.decode($0) })
        let code = server.code(TimeCode(secret: secret))
        try await walk.step("POST factors/totp/confirm", ["code": .string(code)])
        try await walk.step("POST factors/backup-codes")
        try await walk.step("DELETE factors/totp")
        let token: JSONValue = ["name": "Script", "scopes": ["accounts:read"]]
        let made = try await walk.step("POST tokens", token)["id"]?.text
        try await walk.step("DELETE tokens/{id}", of: made)
    }

    private func people(_ walk: Walk) async throws {
        let server = walk.shared.server
        let zoe = try await server.nobody.register("Zoe")
        let id = try await zoe.get("auth/me").data["user"]?["id"]?.text
        let consent: JSONValue = ["kind": "privacy", "version": 1]
        try await walk.step("POST me/consents", by: zoe, consent)
        try await walk.step("DELETE me", by: zoe)
        try await walk.step("POST me/keep", by: zoe)
        try await walk.step("PATCH admin/users/{id}", of: id, ["system_role": "auditor"])
        try await walk.step("POST admin/users/{id}/end-sessions", of: id)
        try await walk.step("DELETE admin/users/{id}", of: id)
        try await walk.step("POST admin/users/{id}/restore", of: id)
        let page: JSONValue = ["title": "Privacy", "text": "Nothing goes anywhere."]
        try await walk.step("PUT admin/pages/{kind}", of: "privacy", page)
    }

    private func sessions(_ walk: Walk) async throws {
        let server = walk.shared.server
        let nobody = server.nobody
        let (password, fresh) = (Caller.password, "another long phrase 8")
        try await walk.step("PATCH auth/me", ["name": "Anna"])
        try await walk.step("POST auth/prove", ["password": .string(password)])
        let link = try await server.mailbox.token(to: "ann@example.org")
        try await walk.step("POST auth/verify-email", by: nobody, ["token": .string(link)])
        try await walk.step("POST auth/change-email", ["email": "new@example.org"])
        let wanted: JSONValue = ["email": "ann@example.org", "password": .string(password)]
        let phone = try await walk.step("POST auth/login", by: nobody, wanted)
        let other = nobody.with(token: phone["access_token"]?.text ?? "")
        try await walk.step("POST auth/logout", by: other)
        _ = try await server.logIn("ann")
        let open = try await walk.shared.ann.get("sessions").data.elements
        let ending = open.first { $0["is_current"] == false }?["id"]?.text
        try await walk.step("DELETE sessions/{id}", of: ending)
        try await walk.step("DELETE sessions")
        try await walk.step(
            "POST auth/change-password",
            ["current_password": .string(password), "new_password": .string(fresh)]
        )
        try await walk.step("POST auth/logout-all")
        let asked: JSONValue = ["email": "ann@example.org"]
        try await walk.step("POST auth/request-password-reset", by: nobody, asked)
        let reset = try await server.mailbox.token(to: "ann@example.org")
        try await walk.step(
            "POST auth/reset-password",
            by: nobody,
            ["token": .string(reset), "new_password": .string(password)]
        )
    }
}
