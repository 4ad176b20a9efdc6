@testable import Features
import HTTPTypes
import Testing

@Suite struct ImportTests {
    static let statement = """
        Date,Payee,Amount
        2026-03-01,Market,-12.30
        2026-03-02,Kiosk,-2.50
        2026-03-02,Kiosk,-2.50
        2026-03-03,Employer,2500.00
        """

    @Test(arguments: Engine.present)
    func `a file becomes transactions`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let bench = try await ImportBench.open(server)

            let preview = try await bench.upload(Self.statement)
            let id = try #require(preview.data["id"]?.text)
            let committed = try await bench.caller.call(.post, "imports/\(id)/commit")

            #expect(preview.status == 201)
            #expect(preview.data["new"] == 4)
            #expect(preview.data["totals"]?["net"] == "2482.70")
            #expect(committed.data["state"] == "committed")
            #expect(try await bench.balance() == "2482.70")
            #expect(try await bench.transactionCount() == 4)
        }
    }

    @Test(arguments: Engine.present)
    func `a preview changes nothing`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let bench = try await ImportBench.open(server)

            _ = try await bench.upload(Self.statement)

            #expect(try await bench.balance() == "0.00")
            #expect(try await bench.transactionCount() == 0)
        }
    }

    @Test(arguments: Engine.present)
    func `the same file twice adds nothing, and equal rows are two rows`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let bench = try await ImportBench.open(server)
            _ = try await bench.take(Self.statement)

            let again = try await bench.take(Self.statement)

            #expect(again.data["new"] == 0)
            #expect(again.data["duplicates"] == 4)
            #expect(try await bench.transactionCount() == 4)
        }
    }

    @Test(arguments: Engine.present)
    func `an overlapping file adds only what is new`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let bench = try await ImportBench.open(server)
            _ = try await bench.take(Self.statement)

            let next = try await bench.take(
                """
                Date,Payee,Amount
                2026-03-02,Kiosk,-2.50
                2026-03-02,Kiosk,-2.50
                2026-03-02,Kiosk,-2.50
                2026-03-04,Cinema,-11.00
                """
            )

            #expect(next.data["new"] == 2)
            #expect(try await bench.balance() == "2469.20")
        }
    }

    @Test(arguments: Engine.present)
    func `ten imports of one file at once book it once`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let bench = try await ImportBench.open(server)

            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<10 { group.addTask { _ = try await bench.take(Self.statement) } }
                try await group.waitForAll()
            }

            #expect(try await bench.transactionCount() == 4)
            #expect(try await bench.balance() == "2482.70")
        }
    }

    @Test(arguments: Engine.present)
    func `a row that a person deleted does not come back unasked`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let bench = try await ImportBench.open(server)
            _ = try await bench.take(Self.statement)
            let list = try await bench.caller.get("transactions?q=market")
            let id = try #require(list.data[0]["id"]?.text)
            try await bench.caller.call(.delete, "transactions/\(id)")

            let preview = try await bench.upload(Self.statement)
            let batch = try #require(preview.data["id"]?.text)
            let rows = try await bench.caller.get("imports/\(batch)/rows")
            try await bench.caller.call(
                .patch,
                "imports/\(batch)",
                ["rows": [["number": 1, "included": true]]]
            )
            let committed = try await bench.caller.call(.post, "imports/\(batch)/commit")

            #expect(rows.data[0]["reason_code"] == "deleted_before")
            #expect(committed.data["new"] == 1)
            #expect(try await bench.balance() == "2482.70")
        }
    }

    @Test(arguments: Engine.present)
    func `undo leaves what was there before, and the file can be taken again`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let bench = try await ImportBench.open(server)
            let committed = try await bench.take(Self.statement)
            let id = try #require(committed.data["id"]?.text)
            let before = try await bench.caller.get("analytics/dashboard?date=2026-03-01")

            let undone = try await bench.caller.call(.delete, "imports/\(id)")
            let empty = try await bench.caller.get("analytics/dashboard?date=2026-03-01")
            let balance = try await bench.balance()
            _ = try await bench.take(Self.statement)
            let after = try await bench.caller.get("analytics/dashboard?date=2026-03-01")

            #expect(undone.data["state"] == "undone")
            #expect(balance == "0.00")
            #expect(empty.data["expenses"] == "0.00")
            #expect(after.data["spending_by_category"] == before.data["spending_by_category"])
        }
    }

    @Test(arguments: Engine.present)
    func `an import with a reconciled row is not undone`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let bench = try await ImportBench.open(server)
            let committed = try await bench.take(Self.statement)
            let batch = try #require(committed.data["id"]?.text)
            let id = try #require(try await bench.caller.get("transactions").data[0]["id"]?.text)
            try await bench.caller.call(.patch, "transactions/\(id)", ["state": "reconciled"])

            let undone = try await bench.caller.call(.delete, "imports/\(batch)")

            #expect(undone.status == 409)
            #expect(undone.code == "import.reconciled")
            #expect(try await bench.transactionCount() == 4)
        }
    }

    @Test(arguments: Engine.present)
    func `a payee keeps the category it was last given`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let bench = try await ImportBench.open(server)
            let categories = try await bench.caller.get("categories").data.elements
            let groceries = try #require(
                categories.first { $0["name"] == "Groceries" }?["id"]?.text
            )
            let preview = try await bench.upload(Self.statement)
            let batch = try #require(preview.data["id"]?.text)
            try await bench.caller.call(
                .patch,
                "imports/\(batch)",
                ["categorise": [["payee": "MARKET", "category_id": .string(groceries)]]]
            )
            try await bench.caller.call(.post, "imports/\(batch)/commit")

            let next = try await bench.upload("Date,Payee,Amount\n2026-03-09,market,-7.00\n")
            let nextID = try #require(next.data["id"]?.text)
            let rows = try await bench.caller.get("imports/\(nextID)/rows")

            #expect(rows.data[0]["category_id"] == .string(groceries))
        }
    }
}
