@testable import Features
import HTTPTypes
import Ledger
import Storage
import Testing

@Suite struct PurgeTests {
    private static let month = 30 * PurgeBench.day

    @Test(arguments: Engine.present)
    func `what can be restored is left, and a second later it is gone`(engine: Engine) async throws
    {
        try await PurgeBench.with(engine) { old in
            let kept = try await old.spend("7.00")
            let deleted = try await old.spend("12.30")
            try await old.delete("transactions/\(deleted)")
            old.server.clock.advance(seconds: Self.month)
            let bench = try await old.signedInAgain()
            let before = try await bench.caller.get("analytics/dashboard?date=2026-03-10")

            let early = try await bench.purge()
            let rowsBefore = try await bench.count("posting")
            bench.server.clock.advance(seconds: 1)
            let waiting = try await bench.examine().purgeable
            let late = try await bench.purge()
            let after = try await bench.caller.get("analytics/dashboard?date=2026-03-10")

            #expect(early.transactions == 0)
            #expect(rowsBefore == 4)
            #expect(waiting == 1)
            #expect(late.transactions == 1)
            for table: SQLText in ["ledger_transaction", "transaction_tag"] {
                #expect(try await bench.count(table) == 1)
            }
            #expect(try await bench.count("posting") == 2)
            #expect(try await bench.countShared("transaction_search") == 1)
            let restored = try await bench.caller.call(.post, "transactions/\(deleted)/restore")
            #expect(restored.status == 404)
            #expect(try await bench.caller.get("transactions/\(kept)").status == 200)
            #expect(try await bench.bench.balance() == "-7.00")
            #expect(before.data == after.data)
            try await bench.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `a purge stands in the trail as a job's, and one that removes nothing leaves none`(
        engine: Engine
    ) async throws {
        try await PurgeBench.with(engine) { bench in
            let deleted = try await bench.spend("12.30")
            try await bench.delete("transactions/\(deleted)")
            bench.server.clock.advance(seconds: Self.month + 1)

            _ = try await bench.purge()
            let second = try await bench.purge()

            #expect(second.isEmpty)
            let entries: SQLText = """
                action = 'purge' AND entity = 'transaction' AND actor = 'job' AND actor_id IS NULL
                    AND change_count = 1
                """
            #expect(try await bench.count("audit_entry", where: entries) == 1)
            let id = try #require(TransactionID(deleted))
            #expect(try await bench.count("audit_change", where: "entity_id = \(id)") == 1)
            try await bench.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `a purged row of a bank's file does not come back unasked`(engine: Engine) async throws {
        try await PurgeBench.with(engine) { old in
            _ = try await old.bench.take(ImportTests.statement)
            let list = try await old.caller.get("transactions?q=market")
            try await old.delete("transactions/\(try #require(list.data[0]["id"]?.text))")
            old.server.clock.advance(seconds: Self.month + 1)
            let bench = try await old.signedInAgain()
            #expect(try await bench.purge().transactions == 1)

            let preview = try await bench.bench.upload(ImportTests.statement)
            let batch = try #require(preview.data["id"]?.text)
            let rows = try await bench.caller.get("imports/\(batch)/rows")
            try await bench.expectWholeBooks()
            try await bench.caller.call(
                .patch,
                "imports/\(batch)",
                ["rows": [["number": 1, "included": true]]]
            )
            let committed = try await bench.caller.call(.post, "imports/\(batch)/commit")

            #expect(preview.data["new"] == 0)
            #expect(rows.data[0]["reason_code"] == "deleted_before")
            #expect(rows.data[0]["duplicate_of"] == .null)
            #expect(committed.data["new"] == 1)
            #expect(try await bench.bench.balance() == "2482.70")
            try await bench.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `accounts and categories go once nothing is left in them, leaf by leaf`(
        engine: Engine
    ) async throws {
        try await PurgeBench.with(engine) { old in
            let (outer, inner) = try await Self.tree(old.caller)
            let (other, _) = try await Self.tree(old.caller, "Pastimes")
            _ = try await old.spend("3.00", category: inner)
            let account = try await ImportBench.add("Old card", "credit_card", by: old.caller)
            _ = try await old.bench.take(ImportTests.statement, to: account)
            let nodes = try await old.count("account")
            try await old.delete("accounts/\(account)")
            try await old.delete("categories/\(outer)?move_to=\(other)")
            old.server.clock.advance(seconds: Self.month + 1)

            let report = try await old.purge()

            #expect(report.transactions == 4)
            #expect(report.nodes == 3)
            #expect(report.failures == 0)
            #expect(try await old.count("account") == nodes - 3)
            #expect(try await old.count("import_fingerprint") == 0)
            try await old.expectWholeBooks()
            let bench = try await old.signedInAgain()
            let gone = try await bench.caller.call(.post, "accounts/\(account)/restore")
            #expect(gone.status == 404)
        }
    }

    /// A category inside another.
    private static func tree(
        _ caller: Caller,
        _ name: String = "Hobbies"
    ) async throws -> (outer: String, inner: String) {
        let outer = try await caller.call(
            .post,
            "categories",
            ["name": .string(name), "kind": "expense"]
        )
        let id = try #require(outer.data["id"]?.text, "\(outer)")
        let inner = try await caller.call(
            .post,
            "categories",
            ["name": "Bees", "kind": "expense", "parent_id": .string(id)]
        )
        return (id, try #require(inner.data["id"]?.text, "\(inner)"))
    }

    @Test(arguments: Engine.present)
    func `files of undone imports go, those of committed ones stay`(engine: Engine) async throws {
        try await PurgeBench.with(engine) { bench in
            _ = try await bench.bench.take("Date,Payee,Amount\n2026-03-09,Baker,-1.10")
            let undone = try await bench.bench.take(ImportTests.statement)
            let id = try #require(undone.data["id"]?.text)
            #expect(try await bench.caller.call(.delete, "imports/\(id)").status == 200)
            bench.server.clock.advance(seconds: Self.month + 1)

            let report = try await bench.purge()

            #expect(report.files == 1)
            #expect(report.transactions == 4)
            #expect(try await bench.count("import_file") == 1)
            #expect(try await bench.count("import_batch") == 2)
            #expect(try await bench.count("import_fingerprint") == 1)
            try await bench.expectWholeBooks()
            let again = try await bench.signedInAgain()
            #expect(try await again.caller.get("imports/\(id)").data["state"] == "undone")
            #expect(try await again.caller.get("imports/\(id)/rows").status == 404)
        }
    }

    @Test(arguments: Engine.present)
    func `answers to old keys and ended sessions go, those in use stay`(
        engine: Engine
    ) async throws {
        try await PurgeBench.with(engine) { old in
            try await old.caller.with(.idempotencyKey, "one")
                .call(.post, "categories", ["name": "A", "kind": "expense"])
            try await old.caller.call(.post, "auth/logout")
            old.server.clock.advance(seconds: Self.month - 47 * 3_600)
            let bench = try await old.signedInAgain()
            try await bench.caller.with(.idempotencyKey, "two")
                .call(.post, "categories", ["name": "B", "kind": "expense"])
            let keys = try await bench.count("idempotency_key")
            bench.server.clock.advance(seconds: 47 * 3_600 + 1)

            let report = try await bench.purge()

            #expect(keys == 1)
            #expect(report.keys == 0)
            #expect(report.sessions == 1)
            #expect(try await bench.countShared("session") == 1)
            #expect(try await bench.countShared("refresh_token") == 1)
            bench.server.clock.advance(seconds: 3_600)
            #expect(try await bench.purge().keys == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `more than a batch is removed in several writes`(engine: Engine) async throws {
        try await PurgeBench.with(engine) { bench in
            let rows = (1...300).map { "2026-03-09,Payee \($0),-\($0).00" }
            _ = try await bench.bench.take(
                (["Date,Payee,Amount"] + rows).joined(separator: "\n")
            )
            try await bench.delete("accounts/\(bench.bench.account)")
            bench.server.clock.advance(seconds: Self.month + 1)

            let report = try await bench.purge()

            #expect(report.transactions == 300)
            #expect(report.nodes == 1)
            #expect(try await bench.count("audit_entry", where: "action = 'purge'") == 3)
            #expect(try await bench.count("ledger_transaction") == 0)
            #expect(try await bench.countShared("transaction_search") == 0)
            try await bench.expectWholeBooks()
        }
    }

    @Test(arguments: Engine.present)
    func `a household that fails is left and told of, the others go on`(
        engine: Engine
    ) async throws {
        try await PurgeBench.with(engine) { ann in
            _ = try await ann.spend("1.00")
            try await ann.delete("accounts/\(ann.bench.account)")
            try await Self.breakRollups(ann)
            let bob = try await ann.server.nobody.register("Bob")
            let account = try await ImportBench.add("Giro", "checking", by: bob)
            try await bob.call(.delete, "accounts/\(account)")
            ann.server.clock.advance(seconds: Self.month + 1)

            let report = try await ann.purge()

            #expect(report.failures == 1)
            #expect(report.nodes == 1)
            #expect(ann.server.options.log.all.contains { $0.contains("purge of a household") })
        }
    }

    /// A sum that is not zero although nothing is left in it, which the doctor would find.
    private static func breakRollups(_ bench: PurgeBench) async throws {
        let account = try #require(AccountID(bench.bench.account))
        let database = bench.server.environment.database
        let household: HouseholdID? = try await database.read(.shared) {
            try $0.first("SELECT id FROM household") { try $0.identifier() }
        }
        try await database.write(.household(try #require(household))) {
            try $0.execute("UPDATE rollup SET posted_count = 1 WHERE node_id = \(account)")
        }
    }
}
