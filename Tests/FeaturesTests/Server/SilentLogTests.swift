@testable import Features
import HTTPTypes
import Ledger
import Storage
import Testing

/// What people do here, from signing up to an export, with every line that is logged kept: nothing of theirs is in it.
@Suite struct SilentLogTests {
    private static let secondPassword = "another long and private phrase 8"
    private static let wrongPassword = "a guess that is long enough 9"
    private static let iban = "DE89370400440532013000"
    private static let payee = "Canary Bakery"
    private static let amount = "4711.37"

    /// What must not be in any line, by what it is.
    private struct Secrets {
        var texts: [(what: String, text: String)] = []

        mutating func add(_ what: String, _ text: String?) throws {
            texts.append((what, try #require(text, "no \(what)")))
        }
    }

    @Test(arguments: Engine.present)
    func `no password, token, code, bank account or amount is in the log`(
        engine: Engine
    ) async throws {
        var options = TestServerOptions()
        options.log = LogLines()
        let log = options.log
        try await withServer(engine, options) { server in
            var secrets = Secrets()
            secrets.texts += [
                ("password", Caller.password), ("password", Self.secondPassword),
                ("password", Self.wrongPassword), ("bank account", Self.iban),
                ("payee", Self.payee), ("amount", Self.amount), ("amount", "471137"),
            ]
            let ann = try await Self.signInEveryWay(server, &secrets)
            try await Self.book(ann)
            try await Self.beMistaken(ann)
            let person = try await ann.get("auth/me").data["user"]?["id"]?.text

            let lines = log.all
            #expect(lines.count > 25)
            for (what, text) in secrets.texts {
                let found = lines.filter { Self.tells($0, text) }
                #expect(found.isEmpty, "\(what): \(found)")
            }
            // A line tells whose request it was, once that was known.
            let own = lines.filter { $0.contains("\"person\": \(person ?? "-")") }
            let named = lines.filter { line in person.map { line.contains($0) } ?? false }
            #expect(own.count + named.count > 10)
        }
    }

    /// A few digits can stand in the middle of an id by chance.
    private static func tells(_ line: String, _ secret: String) -> Bool {
        let isOneWord = secret.allSatisfy { $0.isLetter || $0.isNumber }
        guard secret.count > 8 || !isOneWord else {
            return line.split { !$0.isLetter && !$0.isNumber }.contains { $0 == secret }
        }
        return line.lowercased().contains(secret.lowercased())
    }

    /// - Returns: signed in.
    private static func signInEveryWay(
        _ server: TestServer,
        _ secrets: inout Secrets
    ) async throws -> Caller {
        let nobody = server.nobody
        _ = try await nobody.register("Ann")
        try secrets.add("link", try await server.mailbox.token(to: "ann@example.org"))
        func signIn(_ password: String) async throws -> Answer {
            try await nobody.call(
                .post,
                "auth/login",
                ["email": "ann@example.org", "password": .string(password)]
            )
        }
        #expect(try await signIn(wrongPassword).status == 401)
        let first = try await signIn(Caller.password)
        try secrets.add("access token", first.data["access_token"]?.text)
        try secrets.add("refresh token", first.data["refresh_token"]?.text)
        let token = try #require(first.data["refresh_token"]?.text)
        let renewed = try await nobody.call(
            .post,
            "auth/refresh",
            ["refresh_token": .string(token)]
        )
        try secrets.add("access token", renewed.data["access_token"]?.text)
        try secrets.add("refresh token", renewed.data["refresh_token"]?.text)
        // One that was used before ends the session, and the log says so.
        server.clock.advance(seconds: SessionStore.graceSeconds + 1)
        _ = try await nobody.call(.post, "auth/refresh", ["refresh_token": .string(token)])
        try await nobody.call(.post, "auth/request-password-reset", ["email": "ann@example.org"])
        let link = try await server.mailbox.token(to: "ann@example.org")
        try secrets.add("link", link)
        try await nobody.call(
            .post,
            "auth/reset-password",
            ["token": .string(link), "new_password": .string(secondPassword)]
        )
        let second = try await signIn(secondPassword)
        let access = try #require(second.data["access_token"]?.text, "\(second)")
        try secrets.add("access token", access)
        let ann = nobody.with(token: access)
        try await setUpFactors(ann, server, &secrets)
        return ann
    }

    /// An authenticator app, its backup codes, a sign-in with each, and a token for a program.
    private static func setUpFactors(
        _ ann: Caller,
        _ server: TestServer,
        _ secrets: inout Secrets
    ) async throws {
        try await ann.call(.post, "auth/prove", ["password": .string(secondPassword)])
        let offer = try await ann.call(.post, "factors/totp")
        try secrets.add("secret", offer.data["secret"]?.text)
        let (secret, backupCodes) = try await ann.setUpTimeCode(server)
        secrets.texts += backupCodes.map { ("backup code", $0) }
        for (name, proof) in [
            ("code", "918273"), ("code", server.code(secret)), ("backup_code", backupCodes[0]),
        ] {
            let half = try await server.nobody.call(
                .post,
                "auth/login",
                ["email": "ann@example.org", "password": .string(secondPassword)]
            )
            let token = try #require(half.data["token"]?.text, "\(half)")
            secrets.texts += [("half a sign-in", token), (name, proof)]
            let whole = try await server.finish(token, (name, .string(proof)))
            #expect(whole.status == (proof == "918273" ? 401 : 200), "\(whole)")
            if let text = whole.data["access_token"]?.text {
                secrets.texts.append(("access token", text))
            }
        }
        let made = try await ann.call(
            .post,
            "tokens",
            ["name": "robot", "scopes": ["transactions:read"]]
        )
        let token = try #require(made.data["token"]?.text, "\(made)")
        secrets.texts.append(("token", token))
        let robot = server.nobody.with(token: token)
        #expect(try await robot.get("transactions").status == 200)
        #expect(try await robot.get("accounts").status == 403)
    }

    private static func book(_ ann: Caller) async throws {
        let account = try await ImportBench.add("Giro", "checking", by: ann)
        let bench = ImportBench(caller: ann, account: account)
        _ = try await bench.take(
            "Date,Payee,Purpose,IBAN,Amount\n2026-03-01,\(payee),Rolls,\(iban),-\(amount)\n"
        )
        let made = try await ann.call(
            .post,
            "transactions",
            [
                "type": "expense", "account_id": .string(account), "amount": .string(amount),
                "payee": .string(payee), "note": .string(iban), "date": "2026-03-02",
            ]
        )
        #expect(made.status == 201, "\(made)")
        _ = try await ann.get("transactions?q=Canary&min_amount=\(amount)")
        #expect(try await ann.get("transactions/export.csv?q=Canary").status == 200)
        _ = try await ann.get("analytics/dashboard")
        let entry = try await ann.get("audit-logs?limit=1&entity=transaction&action=create")
        try await ann.call(.post, "audit-logs/\(entry.data[0]["id"]?.text ?? "")/undo")
    }

    /// Secrets where they do not belong, and files that cannot be read.
    private static func beMistaken(_ ann: Caller) async throws {
        for path in [
            "accounts?password=\(secondPassword.replacing(" ", with: "%20"))",
            "accounts/\(iban)", "nothing/\(iban)?amount=\(amount)", "transactions?q=%ZZ\(iban)",
        ] {
            _ = try await ann.get(path)
        }
        _ = try await ann.with(.authorization, "Basic \(iban)").get("accounts")
        _ = try await ann.with(.authorization, "Bearer \(iban).\(iban).\(iban)").get("accounts")
        for body in [
            "{\"amount\": \"\(amount)\"", "{\"name\": \"\(iban)\", \"name\": \"\(iban)\"}",
            "{\"\(iban)\": 1}", "[\"\(secondPassword)\"]",
        ] {
            _ = try await ann.with(.contentType, "application/json")
                .send(.post, "transactions", Array(body.utf8))
        }
        let bench = ImportBench(caller: ann, account: "")
        for file in ["\(iban);\(amount)", "<OFX><\(iban)>\(amount)", "\u{0}\(iban)"] {
            _ = try await bench.upload(Array(file.utf8), name: "\(iban).csv", to: nil)
        }
    }
}
