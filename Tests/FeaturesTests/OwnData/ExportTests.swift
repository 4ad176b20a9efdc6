import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

@Suite struct ExportTests {
    /// Every file of an archive, by name, as Python's own readers find it: JSON checked, CSV as rows.
    private func files(_ answer: Answer) throws -> JSONValue {
        let script = """
            import csv, io, json, sys, zipfile
            found = {}
            with zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())) as archive:
                assert archive.testzip() is None
                for name in archive.namelist():
                    data = archive.read(name)
                    if name.endswith(".json"):
                        found[name] = json.loads(data)
                    elif name.endswith(".csv"):
                        found[name] = list(csv.reader(io.StringIO(data.decode(), newline="")))
                    else:
                        found[name] = data.decode()
            print(json.dumps(found))
            """
        return try PythonReader.run(script, answer.bytes)
    }

    private static let tables = [
        "accounts", "categories", "transactions", "postings", "payees", "tags", "rates", "imports",
        "budget_settings",
        "audit", "audit_changes",
    ]

    @Test(arguments: Engine.present)
    func `everything is in the archive, as JSON and as CSV`(engine: Engine) async throws {
        try await OwnDataBench.with(engine) { own in
            let answer = try await own.caller.get("me/export")

            #expect(answer.status == 200)
            #expect(answer.headers[.contentType] == "application/zip")
            #expect(
                answer.headers[.contentDisposition] == "attachment; filename=\"martlet-data.zip\""
            )
            let found = try files(answer)
            let names =
                ["sessions", "doors", "consents", "activity"]
                + Self.tables.map { "household-1/\($0)" }
            for name in names {
                let (json, csv) = (found["\(name).json"], found["\(name).csv"])
                #expect(json?.elements.count == (csv?.elements.count ?? 0) - 1, "\(name)")
            }
            let file = try #require(found["household-1/imports.json"]?[0]["id"]?.text)
            #expect(found["household-1/imports/\(file)"]?.text == OwnDataBench.statement)
            for table in Self.tables where table != "audit_changes" {
                #expect(found["household-1/\(table).json"]?.elements.isEmpty == false, "\(table)")
            }
            #expect(found["person.json"]?["email"] == "ann@example.org")
            #expect(found["household-1/household.json"]?["role"] == "owner")
            #expect(found["consents.json"]?[0]["kind"] == "privacy")
            #expect(found["README.txt"]?.text?.contains("household-1/") == true)
            let actions = found["activity.json"]?.elements.compactMap { $0["action"]?.text } ?? []
            #expect(actions.contains("sign_up") && actions.contains("export"))
        }
    }

    @Test(arguments: Engine.present)
    func `amounts are numbers to a spreadsheet, and text is never a formula`(
        engine: Engine
    ) async throws {
        try await OwnDataBench.with(engine) { own in
            let found = try files(try await own.caller.get("me/export"))

            let rows = found["household-1/transactions.csv"]?.elements ?? []
            let columns = rows.first?.elements.compactMap(\.text) ?? []
            func column(_ name: String) throws -> [String] {
                let index = try #require(columns.firstIndex(of: name))
                return rows.dropFirst().compactMap { $0[index].text }
            }
            let payees = try column("payee")
            #expect(payees.contains("'=Market, \"hall\"") && !payees.contains("=Market, \"hall\""))
            #expect(try column("signed_amount").contains("-1.50"))
            #expect(try column("note").contains("leeks\nand more"))
            let tags = found["household-1/tags.csv"]?.elements.compactMap { $0[0].text }
            #expect(tags == ["tag", "'@home", "food"])
            let json = found["household-1/transactions.json"]?.elements ?? []
            #expect(json.contains { $0["payee"] == "=Market, \"hall\"" })
        }
    }

    @Test(arguments: Engine.present)
    func `the books in the archive balance`(engine: Engine) async throws {
        try await OwnDataBench.with(engine) { own in
            let found = try files(try await own.caller.get("me/export"))

            var sums: [String: Int64] = [:]
            for posting in found["household-1/postings.json"]?.elements ?? [] {
                let currency = try #require(
                    posting["currency"]?.text.flatMap { Currency(code: $0) }
                )
                let amount = try #require(posting["amount"]?.text)
                sums[currency.code, default: 0] +=
                    try Decimal4.parse(amount)
            }
            #expect(sums == ["EUR": 0, "USD": 0])
        }
    }

    @Test(arguments: Engine.present)
    func `many rows come in pages, each once`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let email = try #require(EmailAddress("ann@example.org"))
            let found = try await LocalPerson(server.environment).findMember(email: email)
            let member = try #require(found)
            try await DemoBook(transactions: 600).fill(as: member, server.environment) { _ in }

            let archive = try files(try await ann.get("me/export"))

            for (table, key) in [("transactions", "id"), ("audit", "id"), ("payees", "id")] {
                let ids = archive["household-1/\(table).json"]?.elements.compactMap {
                    $0[key]?.text
                }
                #expect(ids?.isEmpty == false && Set(ids ?? []).count == ids?.count, "\(table)")
            }
            let count = archive["household-1/transactions.json"]?.elements.count ?? 0
            let postings = archive["household-1/postings.json"]?.elements ?? []
            let places = postings.compactMap { posting -> String? in
                guard let id = posting["transaction_id"]?.text,
                    case .number(let place)? = posting["position"]
                else { return nil }
                return "\(id)/\(place)"
            }
            #expect(count == 600)
            #expect(Set(places).count == postings.count && postings.count >= 2 * count)
        }
    }

    @Test(arguments: Engine.present)
    func `what a member may not see is not in theirs`(engine: Engine) async throws {
        try await OwnDataBench.with(engine) { own in
            let bob = try await own.join("Bob", as: .viewer)
            let secret = try await own.caller.call(
                .post,
                "accounts",
                [
                    "name": "Nest egg", "kind": "savings", "currency": "EUR",
                    "opening_balance": "1234.56",
                ]
            )
            let id = try #require(secret.data["id"]?.text)
            let hidden = try await own.caller.call(
                .put,
                "accounts/\(id)/visibility",
                ["visibility": "except", "members": [.string(try await own.id(of: bob))]]
            )
            #expect(hidden.status == 200, "\(hidden)")
            own.server.clock.advance(seconds: 2)

            let answer = try await bob.get("me/export")
            let found = try files(answer)
            let mine = try files(try await own.caller.get("me/export"))

            var writer = JSONWriter()
            writer.value(found)
            let text = String(decoding: writer.bytes, as: UTF8.self)
            #expect(found["household-2/accounts.json"]?.elements.count == 2)
            #expect(!text.contains("Nest egg") && !text.contains("1234.56") && !text.contains(id))
            #expect(mine["household-1/accounts.json"]?.elements.count == 3)
        }
    }

    @Test(arguments: Engine.present)
    func `an export stands in one's own trail and in that of each household`(
        engine: Engine
    ) async throws {
        try await OwnDataBench.with(engine) { own in
            let answer = try await own.caller.get("me/export")
            #expect(answer.status == 200)

            let trail = try await own.server.trail(of: "ann@example.org")
            let audit = try await own.caller.get("audit-logs")
            #expect(trail.last == "export success")
            #expect(audit.data[0]["action"] == "export" && audit.data[0]["entity"] == "household")
        }
    }

    @Test(arguments: Engine.present)
    func `a session that was stolen long after signing in exports nothing`(
        engine: Engine
    ) async throws {
        try await OwnDataBench.with(engine) { own in
            own.server.clock.advance(seconds: 301)

            let answer = try await own.caller.get("me/export")

            #expect(answer.status == 403 && answer.code == "auth.proof_required")
            #expect(try await own.server.nobody.get("me/export").status == 401)
        }
    }
}
