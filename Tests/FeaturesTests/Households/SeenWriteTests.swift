@testable import Features
import HTTPTypes
import Ledger
import Storage
import Testing

/// What somebody changes who does not see everything.
@Suite struct SeenWriteTests {
    private static let operationCount = Int(
        SeededGenerator.environment("MARTLET_TEST_OPERATIONS") ?? 150
    )

    /// Whatever they do, the books of all stay whole, and what lies on a hidden account stays as it is.
    @Test(arguments: Engine.present, [0, 1])
    func `the books stay whole whatever a member does who sees a part`(
        engine: Engine,
        round: UInt64
    ) async throws {
        let seed = SeededGenerator.testSeed &+ 7 &+ round
        try await SharedHome.with(engine) { shared in
            var random = SeededGenerator(seed: seed)
            let (world, accounts) = try await fill(shared, &random)
            let hidden = Set(accounts.shuffled(using: &random).prefix(2))
            let bob = member(of: shared, without: hidden)
            let before = try await hiddenPostings(shared, hidden)

            var done = 0
            for _ in 0..<Self.operationCount {
                let operation = world.operation(&random)
                do {
                    let made = try await bob.write { try operation.perform(in: $0) }
                    if let made { world.remember(made, of: operation) }
                    done += 1
                } catch let error as APIError where error.status.code < 500 {
                    continue  // Refused, as what is hidden is.
                }
            }

            #expect(done > 10, "seed \(seed)")
            let after = try await hiddenPostings(shared, hidden)
            #expect(after == before, "seed \(seed)")
            let environment = shared.server.environment
            let report = try await Doctor(environment.database, keys: environment.keys).examine()
            #expect(report.findings.map(\.line) == [], "seed \(seed)")
        }
    }

    private func member(of shared: SharedHome, without hidden: Set<AccountID>) -> TestHome {
        TestHome(
            fixture: shared.home.fixture,
            member: Member(
                household: shared.household,
                person: shared.bobID,
                role: .editor,
                currency: LedgerFixture.eur,
                weekStart: .monday,
                timeZone: "UTC",
                sees: .without(hidden)
            )
        )
    }

    private func fill(
        _ shared: SharedHome,
        _ random: inout SeededGenerator
    ) async throws -> (ModelWorld, [AccountID]) {
        var accounts: [AccountID] = []
        for (number, currency) in ["EUR", "EUR", "EUR", "USD", "USD"].enumerated() {
            accounts.append(try await shared.makeAccount("Account \(number)", currency: currency))
        }
        var categories: [AccountID] = []
        for number in 0..<6 {
            categories.append(try await shared.makeCategory("Category \(number)"))
        }
        let world = ModelWorld(
            euros: Array(accounts[..<3]),
            dollars: Array(accounts[3...]),
            categories: Array(categories[..<4]),
            doomed: Array(categories[4...])
        )
        for _ in 0..<Self.operationCount {
            let operation = world.operation(&random)
            do {
                let made = try await shared.home.write { try operation.perform(in: $0) }
                if let made { world.remember(made, of: operation) }
            } catch let error as APIError where error.status.code < 500 {
                continue  // Refused, as some of what people do is.
            }
        }
        return (world, accounts)
    }

    /// What lies on the hidden accounts, and what is kept of its transactions besides their categories: a category that is
    /// deleted takes its transactions along.
    private func hiddenPostings(
        _ shared: SharedHome,
        _ hidden: Set<AccountID>
    ) async throws -> [String] {
        let household = shared.household
        return try await shared.home.read { transaction in
            try transaction.rows(
                """
                SELECT t.id, p.account_id, p.amount, t.state, t.payee, t.note
                FROM posting p JOIN ledger_transaction t
                    ON t.household_id = p.household_id AND t.id = p.transaction_id
                WHERE p.household_id = \(household) AND p.account_id IN \(list: hidden.sorted())
                    AND t.deleted_at IS NULL
                ORDER BY t.id, p.position
                """
            ) { row in
                let id: TransactionID = try row.identifier()
                let account: AccountID = try row.identifier()
                let amount = try row.amount()
                return "\(id) \(account) \(amount) \(try row.int()) \(try row.textOrNil() ?? "")"
            }
        }
    }

    @Test(arguments: Engine.present)
    func `a hidden side of a linked transfer is neither named nor unlinked`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let (joint, own) = (
                try await shared.makeAccount("Joint"), try await shared.makeAccount("Own")
            )
            let out = try await shared.spend("25", from: joint)
            let into = try await shared.spend("25", from: own, [("type", "income")])
            let linked = try await shared.ann.call(
                .post,
                "transfers/link",
                ["out_id": .string(out.description), "in_id": .string(into.description)]
            )
            #expect(linked.status == 200, "\(linked)")
            try await shared.hide(own)

            let view = try await shared.bob.get("transactions/\(out)")
            let side: JSONValue = ["transaction_id": .string(out.description)]
            let other: JSONValue = ["transaction_id": .string(into.description)]
            let unlinked = try await shared.bob.call(.post, "transfers/unlink", side)
            let hidden = try await shared.bob.call(.post, "transfers/unlink", other)
            let noted = try await shared.bob.call(
                .patch,
                "transactions/\(out)",
                ["note": "to savings"]
            )

            #expect(view.data["type"]?.text == "transfer")
            #expect(view.data["linked_transaction_id"] == .null)
            #expect(view.data["to_account_id"] == .null)
            #expect(!view.text.contains(own.description) && !view.text.contains("Own"))
            #expect(unlinked.code == "transaction.private")
            #expect(hidden.code == "transfer.not_found")
            #expect(noted.status == 200)
            let whole = try await shared.ann.get("transactions/\(out)").data
            #expect(whole["linked_transaction_id"]?.text == into.description)
        }
    }

    @Test(arguments: Engine.present)
    func `an import of a hidden account is not there`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let own = try await shared.makeAccount("Own")
            let joint = try await shared.makeAccount("Joint")
            let form = "multipart/form-data; boundary=x"
            func upload(_ query: String, _ payee: String) async throws -> Answer {
                let csv = "Date,Payee,Amount\n2026-03-01,\(payee),-12.50\n"
                let body =
                    "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(payee).csv\"\r\n\r\n\(csv)\r\n--x--\r\n"
                return try await shared.ann.with(.contentType, form)
                    .send(.post, "imports\(query)", Array(body.utf8))
            }
            let secret = try await upload("?account_id=\(own)", "Jeweller")
            let shown = try await upload("?account_id=\(joint)", "Market")
            let unsaid = try await upload("", "Goldsmith")
            #expect(
                secret.status == 201 && shown.status == 201 && unsaid.status == 201,
                "\(secret)"
            )
            let id = secret.data["id"]?.text ?? ""
            let commit = try await shared.ann.call(.post, "imports/\(id)/commit")
            #expect(commit.status == 200, "\(commit)")
            try await shared.hide(own)

            let list = try await shared.bob.get("imports")
            #expect(list.data.elements.map { $0["id"]?.text } == [shown.data["id"]?.text])
            for hidden in [id, unsaid.data["id"]?.text ?? ""] {
                for (method, path) in [
                    (HTTPRequest.Method.get, "imports/\(hidden)"),
                    (.get, "imports/\(hidden)/rows"), (.delete, "imports/\(hidden)"),
                    (.post, "imports/\(hidden)/commit"),
                ] {
                    let answer = try await shared.bob.call(method, path)
                    #expect(answer.code == "import.not_found", "\(method) \(path): \(answer)")
                }
            }
            let into = try await shared.bob.with(.contentType, form).send(
                .post,
                "imports?account_id=\(own)",
                Array(
                    "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nDate,Payee,Amount\n2026-03-01,A,-1\n\r\n--x--\r\n"
                        .utf8
                )
            )
            #expect(into.status == 422 && into.fields == ["account_id"], "\(into)")
        }
    }
}
