import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// Ticking what comes again.
@Suite struct TaskRepeatTests {
    @Test(
        arguments: Engine.present,
        [
            ("FREQ=MONTHLY", "2026-01-31", ["2026-02-28", "2026-03-31", "2026-04-30"]),
            ("FREQ=MONTHLY", "2027-12-30", ["2028-01-30", "2028-02-29", "2028-03-30"]),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "2028-01-31", ["2028-02-29", "2028-03-31"]),
            (
                "FREQ=YEARLY", "2028-02-29",
                ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]
            ),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2026-03-20", ["2026-04-03", "2026-04-17"]),
            ("FREQ=DAILY;COUNT=3", "2026-02-27", ["2026-02-28", "2026-03-01"]),
            ("FREQ=DAILY;UNTIL=20260301", "2026-02-28", ["2026-03-01"]),
        ]
    )
    func `the next one is due by the rule`(
        engine: Engine,
        example: (rule: String, first: String, then: [String])
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register()
            var task = try await ann.addTask(
                "Again",
                [
                    ("repeat", .string(example.rule)), ("due_on", .string(example.first)),
                    ("tags", ["home"]), ("priority", "high"),
                ]
            )

            for day in example.then {
                let ticked = try await ann.call(.patch, "tasks/\(task.id)", ["status": "done"])
                let next = try #require(ticked.data[text: "next_id"], "\(ticked)")
                task = try await ann.get("tasks/\(next)").data
                #expect(task[text: "due_on"] == day)
                #expect(task[text: "status"] == "todo")
                #expect(task["tags"] == ["home"])
                #expect(task[text: "priority"] == "high")
            }

            let isEndless = !example.rule.contains("COUNT") && !example.rule.contains("UNTIL")
            let last = try await ann.call(.patch, "tasks/\(task.id)", ["status": "done"])
            #expect((last.data["next_id"] != .null) == isEndless)
        }
    }

    /// One that is put off does not put off those after it.
    @Test(arguments: Engine.present)
    func `the rule counts from where it did`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register()
            let task = try await ann.addTask(
                "Rent",
                [("repeat", "FREQ=MONTHLY"), ("due_on", "2026-03-01")]
            )

            try await ann.call(.patch, "tasks/\(task.id)", ["due_on": "2026-03-05"])
            let put = try await ann.call(.patch, "tasks/\(task.id)", ["status": "done"])
            let next = try await ann.get("tasks/\(put.data[text: "next_id"] ?? "")").data
            let newRule = try await ann.call(
                .patch,
                "tasks/\(next.id)",
                ["repeat": "FREQ=WEEKLY", "due_on": "2026-04-02"]
            )

            #expect(next[text: "due_on"] == "2026-04-01")
            #expect(next[text: "repeat_from"] == "2026-03-01")
            #expect(newRule.data[text: "repeat_from"] == "2026-04-02")
        }
    }

    @Test(arguments: Engine.present)
    func `however often it is ticked, there is one next one`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register()
            let task = try await ann.addTask(
                "Again",
                [("repeat", "FREQ=DAILY"), ("due_on", "2026-03-01")]
            )

            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await ann.call(.patch, "tasks/\(task.id)", ["status": "done"]).status
                    }
                }
                for try await status in group { #expect(status == 200) }
            }
            try await ann.call(.patch, "tasks/\(task.id)", ["status": "todo"])
            try await ann.call(.patch, "tasks/\(task.id)", ["status": "done"])
            try await ann.call(
                .post,
                "tasks/bulk",
                ["action": "patch", "ids": [.string(task.id)], "patch": ["status": "done"]]
            )

            let all = try await ann.get("tasks?include_deleted=true&sort=due").data.elements
            #expect(all.compactMap { $0[text: "due_on"] } == ["2026-03-01", "2026-03-02"])
        }
    }
}
