import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// What the server asks people to do.
@Suite struct TaskCauseTests {
    private static let day: Int64 = 86_400

    @Test(arguments: Engine.present)
    func `a file that waits for a day is asked for once, until it is committed or dropped`(
        engine: Engine
    ) async throws {
        try await PurgeBench.with(engine) { young in
            let file = try await young.bench.upload(ImportTests.statement).data
            let causes = TaskCauses(young.server.environment)
            young.server.clock.advance(seconds: Self.day - 1)
            let early = try await causes.run()
            young.server.clock.advance(seconds: 1)
            let late = try await causes.run()
            let again = try await causes.run()
            let bench = try await young.signedInAgain()
            let asked = try await bench.caller.get("tasks?asked=true").data

            let committed = try await bench.caller.call(.post, "imports/\(file.id)/commit")
            let after = try await bench.caller.task(asked[0])
            let entries = try await bench.caller.get("audit-logs?limit=2").data

            #expect(early == TaskCauses.Report())
            #expect(late == TaskCauses.Report(opened: 1))
            #expect(again == TaskCauses.Report())
            #expect(asked.elements.count == 1)
            #expect(asked[0][text: "link_kind"] == "import")
            #expect(asked[0][text: "link_id"] == file.id)
            #expect(asked[0][text: "cause"] == "import:\(file.id)")
            #expect(asked[0][text: "title"] == "Review the import “bank.csv”")
            #expect(committed.status == 200)
            #expect(after[text: "status"] == "done")
            #expect(entries[1][text: "action"] == "ask")
            #expect(try await causes.run() == TaskCauses.Report())
        }
    }

    @Test(arguments: Engine.present)
    func `an account below its minimum is asked for as often as it gets there`(
        engine: Engine
    ) async throws {
        try await PurgeBench.with(engine) { bench in
            let ann = bench.caller
            let causes = TaskCauses(bench.server.environment)
            func setMinimum(_ amount: JSONValue) async throws {
                bench.server.clock.advance(seconds: 1)
                let path = "accounts/\(bench.bench.account)"
                let answer = try await ann.call(.patch, path, ["minimum_balance": amount])
                #expect(answer.status == 200, "\(answer)")
            }
            try await setMinimum("50.00")

            let first = try await causes.run()
            try await setMinimum(nil)
            let gone = try await causes.run()
            try await setMinimum("60.00")
            let second = try await causes.run()

            #expect(first == TaskCauses.Report(opened: 1))
            #expect(gone == TaskCauses.Report(closed: 1))
            #expect(second == TaskCauses.Report(opened: 1))
            let tasks = try await ann.get("tasks?asked=true&sort=created").data.elements
            #expect(tasks.map { $0[text: "status"] } == ["done", "todo"])
            #expect(tasks.map { $0[text: "priority"] } == ["high", "high"])
        }
    }

    @Test(arguments: Engine.present, ["tick", "delete"])
    func `what somebody ticked or deleted does not come back while its cause lasts`(
        engine: Engine,
        how: String
    ) async throws {
        try await PurgeBench.with(engine) { bench in
            let ann = bench.caller
            let causes = TaskCauses(bench.server.environment)
            let path = "accounts/\(bench.bench.account)"
            try await ann.call(.patch, path, ["minimum_balance": "50.00"])
            _ = try await causes.run()
            let task = try await ann.get("tasks").data[0]

            if how == "tick" {
                try await ann.call(.patch, "tasks/\(task.id)", ["status": "done"])
            } else {
                try await ann.call(.delete, "tasks/\(task.id)")
            }
            let lasting = try await causes.run()
            try await ann.call(.patch, path, ["minimum_balance": nil])
            let gone = try await causes.run()
            try await ann.call(.patch, path, ["minimum_balance": "50.00"])
            let back = try await causes.run()

            #expect(lasting == TaskCauses.Report())
            #expect(gone == TaskCauses.Report())
            #expect(back == TaskCauses.Report(opened: 1))
        }
    }

    @Test(arguments: Engine.present)
    func `deleted tasks are removed for good after thirty days`(engine: Engine) async throws {
        try await PurgeBench.with(engine) { old in
            try await old.caller.addTask("Kept")
            let task = try await old.caller.addTask("Gone", [("tags", ["home"])])
            try await old.delete("tasks/\(task.id)")
            old.server.clock.advance(seconds: 30 * Self.day)
            let early = try await old.purge()
            let bench = try await old.signedInAgain()
            old.server.clock.advance(seconds: 1)

            let late = try await bench.purge()

            #expect(early.tasks == 0)
            #expect(late.tasks == 1)
            #expect(try await bench.count("task") == 1)
            #expect(try await bench.count("task_tag") == 0)
            let restored = try await bench.caller.call(.post, "tasks/\(task.id)/restore")
            #expect(restored.status == 404)
            try await bench.expectWholeBooks()
        }
    }
}
