import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// Tasks about what Bob does not see.
@Suite struct HiddenTaskTests {
    @Test(arguments: Engine.present)
    func `tasks about a hidden account or what lies on it are not told`(engine: Engine) async throws
    {
        try await SharedHome.with(engine) { shared in
            let joint = try await shared.makeAccount("Joint")
            let own = try await shared.makeAccount("Presents")
            let category = try await shared.makeCategory("Surprises")
            let purchase = try await shared.spend("40", from: own, on: category)
            let transfer = try await shared.spend("100", from: joint, to: own)
            try await shared.hide(own)
            let hidden = [
                ("account", own.description), ("transaction", purchase.description),
                ("transaction", transfer.description),
            ]
            var ids: [String] = []
            for (number, (kind, id)) in hidden.enumerated() {
                let task = try await shared.ann.addTask(
                    "The ring \(number)",
                    [
                        ("link_kind", .string(kind)), ("link_id", .string(id)),
                        ("tags", ["ring"]),
                    ]
                )
                ids.append(task.id)
            }
            let open = try await shared.ann.addTask(
                "For all",
                [("link_kind", "account"), ("link_id", .string(joint.description))]
            )
            try await shared.ann.call(
                .post,
                "tasks/bulk",
                [
                    "action": "patch", "ids": .array(ids.map { .string($0) }),
                    "patch": ["priority": "high"],
                ]
            )

            try await expectNothing(told: shared.bob)
            for id in ids {
                for (method, more) in [(HTTPRequest.Method.get, ""), (.patch, ""), (.delete, "")] {
                    let body: JSONValue? = method == .patch ? ["title": "Mine"] : nil
                    let answer = try await shared.bob.call(method, "tasks/\(id)\(more)", body)
                    #expect(answer.status == 404, "\(answer)")
                }
            }
            let many = try await shared.bob.call(
                .post,
                "tasks/bulk",
                ["action": "delete", "ids": [.string(open.id), .string(ids[0])]]
            )
            #expect(many.status == 404)
            #expect(try await shared.ann.titles().count == 4)
        }
    }

    private func expectNothing(told bob: Caller) async throws {
        for path in ["tasks", "tasks?q=ring", "tasks?tag=ring", "tasks?include_deleted=true"] {
            let answer = try await bob.get(path)
            #expect(!answer.text.contains("The ring"), "\(path)")
            let total = path == "tasks" || path.hasSuffix("true") ? "1" : "0"
            #expect(answer.body?["pagination"]?["total"]?.plain == total, "\(path)")
        }
        let trail = try await bob.get("audit-logs?limit=100")
        #expect(trail.status == 200)
        #expect(!trail.text.contains("The ring"))
        #expect(trail.text.contains("For all"))
    }

    @Test(arguments: Engine.present)
    func `what is hidden cannot be named`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let joint = try await shared.makeAccount("Joint")
            let own = try await shared.makeAccount("Presents")
            let transfer = try await shared.spend("100", from: joint, to: own)
            try await shared.hide(own)

            for (kind, id) in [
                ("account", own.description), ("transaction", transfer.description),
            ] {
                let answer = try await shared.bob.call(
                    .post,
                    "tasks",
                    ["title": "Look", "link_kind": .string(kind), "link_id": .string(id)]
                )
                #expect(answer.fields == ["link_id"], "\(answer)")
            }
        }
    }

    /// A file without an account may hold rows of any.
    @Test(arguments: Engine.present)
    func `a task about a file is seen by who sees the file`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let joint = try await shared.makeAccount("Joint")
            let own = try await shared.makeAccount("Presents")
            try await shared.hide(own)
            let bench = ImportBench(caller: shared.ann, account: joint.description)
            let hidden = try await bench.upload(
                ImportTests.statement,
                name: "hidden.csv",
                to: own.description
            )
            let seen = try await bench.upload(ImportTests.statement, name: "seen.csv")
            #expect(hidden.data[text: "id"] != nil && seen.data[text: "id"] != nil)
            shared.server.clock.advance(seconds: 86_400)

            let report = try await TaskCauses(shared.server.environment).run()

            #expect(report.opened == 2)
            let bob = Member(
                household: shared.household,
                person: shared.bobID,
                role: .editor,
                currency: LedgerFixture.eur,
                weekStart: .monday,
                timeZone: "UTC",
                sees: .without([own])
            )
            let query: TaskListQuery = try FieldReader.read(from: [])
            let page = try await shared.server.environment.read(as: bob) {
                try TaskStore(transaction: $0, member: bob).page(query)
            }
            #expect(page.tasks.map(\.record.title) == ["Review the import “seen.csv”"])
            #expect(page.total == 1)
        }
    }
}
