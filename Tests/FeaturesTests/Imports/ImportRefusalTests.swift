@testable import Features
import HTTPTypes
import Testing

@Suite struct ImportRefusalTests {
    @Test(arguments: [
        (bytes: Array("\u{7F}ELF\u{2}\u{1}\u{1}".utf8) + [0, 0, 0], status: 415),
        (bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0], status: 415),
        (bytes: Array("%PDF-1.7\n".utf8), status: 415),
        (bytes: [], status: 422),
        (bytes: Array("<!DOCTYPE OFX [<!ENTITY a \"b\">]><OFX>&a;</OFX>".utf8), status: 422),
    ])
    func `what is no statement is refused and nothing is kept`(
        bytes: [UInt8],
        status: Int
    ) async throws {
        try await withServer { server in
            let bench = try await ImportBench.open(server)

            let answer = try await bench.upload(bytes, name: "x.csv", to: bench.account)

            #expect(answer.status == status, "\(answer)")
            #expect(try await bench.caller.get("imports").data.elements.isEmpty)
        }
    }

    @Test
    func `a file past the limit is refused`() async throws {
        try await withServer { server in
            let bench = try await ImportBench.open(server)
            let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: (10 << 20) + 1)

            let answer = try await bench.upload(bytes, to: bench.account)

            #expect(answer.status == 413)
            #expect(answer.code == "import.too_large")
        }
    }

    @Test(arguments: Engine.present)
    func `a broken row is named and does not stop the rest`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let bench = try await ImportBench.open(server)

            let preview = try await bench.upload(
                """
                Date,Payee,Amount
                2026-03-01,Market,-12.30
                2026-02-30,Kiosk,-2.50
                2026-03-03,Cinema,eleven
                2026-03-04,Baker,-3.00
                """
            )
            let id = try #require(preview.data["id"]?.text)
            let problems = try await bench.caller.get("imports/\(id)/rows?state=problem")
            let committed = try await bench.caller.call(.post, "imports/\(id)/commit")

            #expect(preview.data["problems"] == 2)
            #expect(problems.data.elements.map { $0["line"] } == [3, 4])
            #expect(problems.data[1]["reason"]?.text?.contains("eleven") == true)
            #expect(committed.data["new"] == 2)
            #expect(try await bench.balance() == "-15.30")
        }
    }

    @Test(arguments: Engine.present)
    func `another household's import is not there`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let bench = try await ImportBench.open(server)
            let stranger = try await server.nobody.register("Bob")
            let preview = try await bench.upload(ImportTests.statement)
            let id = try #require(preview.data["id"]?.text)

            let answers = [
                try await stranger.get("imports/\(id)"),
                try await stranger.get("imports/\(id)/rows"),
                try await stranger.call(.patch, "imports/\(id)", [:]),
                try await stranger.call(.post, "imports/\(id)/commit"),
                try await stranger.call(.delete, "imports/\(id)"),
            ]
            let foreignAccount = try await ImportBench(caller: stranger, account: bench.account)
                .upload(ImportTests.statement)

            #expect(answers.allSatisfy { $0.status == 404 })
            #expect(foreignAccount.status == 422)
            #expect(foreignAccount.fields == ["account_id"])
        }
    }

    @Test(arguments: Engine.present)
    func `an upload repeated under its key is one import`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let bench = try await ImportBench.open(server)

            let first = try await bench.upload(ImportTests.statement, key: "once")
            let again = try await bench.upload(ImportTests.statement, key: "once")
            let other = try await bench.upload("Date,Payee,Amount\n2026-03-01,A,1\n", key: "once")

            #expect(first.data["id"] == again.data["id"])
            #expect(again.headers[.idempotencyReplayed] == "true")
            #expect(other.code == "idempotency.mismatch")
            #expect(try await bench.caller.get("imports").data.elements.count == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `a large file is read and booked in the background`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let bench = try await ImportBench.open(server)
            let note = String(repeating: "x", count: 200)
            let lines = (1...3_000).map { "2026-03-\(String(format: $0)),Shop \($0) \(note),-1.00" }

            let taken = try await bench.upload(
                "Date,Payee,Amount\n" + lines.joined(separator: "\n")
            )
            let id = try #require(taken.data["id"]?.text)
            let preview = try await bench.wait(for: "preview", id)
            let accepted = try await bench.caller.call(.post, "imports/\(id)/commit")
            let committed = try await bench.wait(for: "committed", id)

            #expect(taken.data["state"] == "reading")
            #expect(preview.data["new"] == 3_000)
            #expect(accepted.status == 202)
            #expect(committed.data["new"] == 3_000)
            #expect(try await bench.balance() == "-3000.00")
        }
    }
}

extension String {
    /// A day of a month, in two digits.
    fileprivate init(format number: Int) {
        let day = number % 28 + 1
        self = day < 10 ? "0\(day)" : "\(day)"
    }
}

extension ImportBench {
    /// Asks until the import is in a state; a bound on the questions stands for a time limit.
    func wait(for state: String, _ id: String) async throws -> Answer {
        for _ in 0..<20_000 {
            let answer = try await caller.get("imports/\(id)")
            if answer.data["state"] == .string(state) { return answer }
            try await Task.sleep(for: .milliseconds(1))
        }
        return try await caller.get("imports/\(id)")
    }
}
