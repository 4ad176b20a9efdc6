@testable import Features
import HTTPTypes
import Testing

@Suite struct TransferTests {
    /// Two accounts whose banks booked one transfer with other words, two days apart.
    private struct Pair {
        let bench: ImportBench
        let savings: String

        static func open(_ server: TestServer) async throws -> Pair {
            let bench = try await ImportBench.open(server)
            let savings = try await ImportBench.add("Reserve", "savings", by: bench.caller)
            return Pair(bench: bench, savings: savings)
        }

        func importBoth() async throws -> Answer {
            _ = try await bench.take("Date,Payee,Amount\n2026-03-01,Standing order 4711,-300.00\n")
            return try await bench.take(
                "Date,Payee,Amount\n2026-03-03,Incoming,300.00\n",
                to: savings
            )
        }

        func rows() async throws -> [JSONValue] {
            try await bench.caller.get("transactions").data.elements
        }
    }

    @Test(arguments: Engine.present)
    func `the two sides of a transfer find each other`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let pair = try await Pair.open(server)

            let committed = try await pair.importBoth()
            let rows = try await pair.rows()
            let month = try await pair.bench.caller.get("analytics/dashboard?date=2026-03-01")

            #expect(committed.data["transfers_linked"] == 1)
            #expect(rows.map { $0["type"] } == ["transfer", "transfer"])
            #expect(rows[0]["linked_transaction_id"] == rows[1]["id"])
            #expect(month.data["income"] == "0.00")
            #expect(month.data["expenses"] == "0.00")
            #expect(try await pair.bench.balance() == "-300.00")
            #expect(try await pair.bench.balance(of: pair.savings) == "300.00")
        }
    }

    @Test(arguments: Engine.present)
    func `two candidates are suggested, not linked`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let pair = try await Pair.open(server)
            _ = try await pair.bench.take(
                "Date,Payee,Amount\n2026-03-01,One,-300.00\n2026-03-02,Two,-300.00\n"
            )

            let committed = try await pair.bench.take(
                "Date,Payee,Amount\n2026-03-03,Incoming,300.00\n",
                to: pair.savings
            )
            let suggestions = try await pair.bench.caller.get("transfers/suggestions")

            #expect(committed.data["transfers_linked"] == 0)
            #expect(suggestions.data.elements.count == 2)
        }
    }

    @Test(arguments: Engine.present)
    func `unlinking gives both their category back, and it stays`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let pair = try await Pair.open(server)
            _ = try await pair.importBoth()
            let id = try #require(try await pair.rows()[0]["id"]?.text)

            let parted = try await pair.bench.caller.call(
                .post,
                "transfers/unlink",
                ["transaction_id": .string(id)]
            )
            let suggestions = try await pair.bench.caller.get("transfers/suggestions")
            let month = try await pair.bench.caller.get("analytics/dashboard?date=2026-03-01")

            #expect(parted.data["out"]?["type"] == "expense")
            #expect(parted.data["in"]?["type"] == "income")
            #expect(month.data["expenses"] == "300.00")
            #expect(suggestions.data.elements.isEmpty)
        }
    }

    @Test(arguments: Engine.present)
    func `undoing one side's import parts the pair`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let pair = try await Pair.open(server)
            let committed = try await pair.importBoth()
            let batch = try #require(committed.data["id"]?.text)

            try await pair.bench.caller.call(.delete, "imports/\(batch)")
            let rows = try await pair.rows()

            #expect(rows.map { $0["type"] } == ["expense"])
            #expect(rows[0]["linked_transaction_id"] == .null)
            #expect(try await pair.bench.balance(of: pair.savings) == "0.00")
        }
    }

    @Test(arguments: Engine.present)
    func `a linked side cannot be deleted by itself`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let pair = try await Pair.open(server)
            _ = try await pair.importBoth()
            let id = try #require(try await pair.rows()[0]["id"]?.text)

            let deleted = try await pair.bench.caller.call(.delete, "transactions/\(id)")

            #expect(deleted.code == "transaction.linked")
        }
    }

    @Test(arguments: Engine.present)
    func `other amounts and another household's rows are no pair`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let pair = try await Pair.open(server)
            _ = try await pair.bench.take("Date,Payee,Amount\n2026-03-01,One,-300.00\n")
            _ = try await pair.bench.take(
                "Date,Payee,Amount\n2026-03-01,Two,299.00\n",
                to: pair.savings
            )
            let ids = try await pair.rows().compactMap { $0["id"]?.text }
            let out =
                try await pair.rows().first { $0["signed_amount"] == "-300.00" }?["id"] ?? .null
            let into =
                try await pair.rows().first { $0["signed_amount"] == "299.00" }?["id"] ?? .null
            let stranger = try await server.nobody.register("Bob")

            let unequal = try await pair.bench.caller.call(
                .post,
                "transfers/link",
                ["out_id": out, "in_id": into]
            )
            let foreign = try await stranger.call(
                .post,
                "transfers/link",
                ["out_id": out, "in_id": into]
            )

            #expect(ids.count == 2)
            #expect(unequal.code == "transfer.not_a_pair")
            #expect(foreign.status == 404)
        }
    }
}
