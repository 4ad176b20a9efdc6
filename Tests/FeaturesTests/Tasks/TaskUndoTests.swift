import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

@Suite struct TaskUndoTests {
    /// What people decided; the version and the time of the last change move on.
    private func picture(_ caller: Caller) async throws -> [[JSONValue?]] {
        let list = try await caller.get("tasks?limit=500&sort=created&include_deleted=true").data
        let fields = [
            "id", "title", "description", "status", "priority", "due_on", "repeat", "repeat_from",
            "assignee_id", "link_kind", "link_id", "tags", "next_id",
        ]
        return list.elements.filter { $0["deleted_at"] == .null }
            .map { task in fields.map { task[$0] } }
    }

    @Test(arguments: Engine.present)
    func `every change can be taken back`(engine: Engine) async throws {
        try await UndoBench.with(engine) { undo in
            let ann = undo.caller
            let task = try await undo.make(
                .post,
                "tasks",
                [
                    "title": "Rent", "repeat": "FREQ=MONTHLY", "due_on": "2026-01-31",
                    "tags": ["home"],
                ]
            )
            let other = try await undo.make(.post, "tasks", ["title": "Other"])
            let gone = try await undo.make(.post, "tasks", ["title": "Gone"])
            try await undo.make(.delete, "tasks/\(gone)")
            let ids: JSONValue = [.string(task), .string(other)]
            let account = JSONValue.string(undo.bench.account)
            let changes: [(HTTPRequest.Method, String, JSONValue?)] = [
                (.patch, "tasks/\(task)", ["status": "done"]),
                (
                    .patch, "tasks/\(task)",
                    ["title": "Rents", "tags": ["a", "b"], "due_on": "2026-02-01"]
                ),
                (.patch, "tasks/\(task)", ["repeat": nil]),
                (.patch, "tasks/\(task)", ["repeat": "FREQ=WEEKLY", "due_on": "2026-02-02"]),
                (.patch, "tasks/\(other)", ["link_kind": "account", "link_id": account]),
                (.post, "tasks", ["title": "Third"]),
                (.delete, "tasks/\(task)", nil),
                (.post, "tasks/\(gone)/restore", nil),
                (
                    .post, "tasks/bulk",
                    [
                        "action": "patch", "ids": ids,
                        "patch": ["status": "done", "priority": "low", "add_tags": ["z"]],
                    ]
                ),
                (.post, "tasks/bulk", ["action": "delete", "ids": ids]),
                (.post, "tasks/bulk", ["action": "restore", "ids": [.string(gone)]]),
            ]
            let before = try await picture(ann)

            for (method, path, body) in changes {
                try await undo.make(method, path, body)
                let changed = try await picture(ann)
                let answer = try await undo.undo(try await undo.lastEntry())
                #expect(answer.status == 200, "\(method) \(path): \(answer)")
                #expect(changed != before, "\(method) \(path)")
                #expect(try await picture(ann) == before, "\(method) \(path)")
            }
        }
    }

    @Test(arguments: Engine.present)
    func `a tick is not taken back once the next one is worked on`(engine: Engine) async throws {
        try await UndoBench.with(engine) { undo in
            let task = try await undo.make(
                .post,
                "tasks",
                ["title": "Rent", "repeat": "FREQ=MONTHLY", "due_on": "2026-01-31"]
            )
            try await undo.make(.patch, "tasks/\(task)", ["status": "done"])
            let entry = try await undo.lastEntry()
            let next = try await undo.caller.get("tasks/\(task)").data[text: "next_id"] ?? ""
            try await undo.make(.patch, "tasks/\(next)", ["status": "in_progress"])

            let answer = try await undo.undo(entry)

            #expect(answer.code == "audit.cannot_undo")
            #expect(try await undo.caller.get("tasks/\(task)").data[text: "status"] == "done")
        }
    }
}
