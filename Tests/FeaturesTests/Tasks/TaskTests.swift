import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

@Suite struct TaskTests {
    private static let nobody = "019a0000-0000-7000-8000-000000000000"

    @Test(arguments: Engine.present)
    func `a task is added, changed, deleted and brought back`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register()

            let made = try await ann.addTask(
                "  Pay the rent ",
                [
                    ("description", "Two\nlines"), ("priority", "high"), ("due_on", "2026-03-31"),
                    ("tags", ["home", "bills", "home"]),
                ]
            )
            let stale = try await ann.with(.ifMatch, "\"7\"")
                .call(.patch, "tasks/\(made.id)", ["title": "Else"])
            let changed = try await ann.with(.ifMatch, "\"1\"")
                .call(.patch, "tasks/\(made.id)", ["status": "in_progress", "due_on": nil])
            let gone = try await ann.call(.delete, "tasks/\(made.id)")
            let empty = try await ann.titles()
            let all = try await ann.titles("&include_deleted=true")
            let restored = try await ann.call(.post, "tasks/\(made.id)/restore")
            server.clock.advance(seconds: 1)

            #expect(made[text: "title"] == "Pay the rent")
            #expect(made["tags"] == ["bills", "home"])
            #expect(made[text: "status"] == "todo")
            #expect(stale.status == 412)
            #expect(changed.data[text: "status"] == "in_progress")
            #expect(changed.data["due_on"] == .null)
            #expect(changed.headers[.eTag] == "\"2\"")
            #expect(gone.status == 204)
            #expect(empty == [])
            #expect(all == ["Pay the rent"])
            #expect(restored.data[text: "status"] == "in_progress")
        }
    }

    @Test(arguments: Engine.present)
    func `what is wrong is named by its field`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let bob = try await server.nobody.register("Bob")
            let foreign = try await bob.get("categories").data[0].id
            let long = String(repeating: "é", count: 255)
            let wrong: [(JSONValue, [String])] = [
                (["title": "ab"], ["title"]),
                (["title": .string(long + "é")], ["title"]),
                (
                    [
                        "title": "Task",
                        "description": .string(String(repeating: "x", count: 4_001)),
                    ],
                    ["description"]
                ),
                (["title": "Task", "status": "open", "priority": "top"], ["status", "priority"]),
                (["title": "Task", "repeat": "FREQ=DAILY"], ["due_on"]),
                (["title": "Task", "repeat": "FREQ=HOURLY", "due_on": "2026-03-01"], ["repeat"]),
                (["title": "Task", "repeat_from": "2026-03-01"], ["repeat"]),
                (["title": "Task", "link_kind": "account"], ["link_id"]),
                (["title": "Task", "link_id": .string(Self.nobody)], ["link_kind"]),
                (["title": "Task", "assignee_id": .string(Self.nobody)], ["assignee_id"]),
                (["title": "Task", "colour": "red"], ["colour"]),
            ]

            for (body, fields) in wrong {
                let answer = try await ann.call(.post, "tasks", body)
                #expect(answer.status == 422, "\(answer)")
                #expect(answer.fields == fields, "\(answer)")
            }
            for kind in TaskRecord.Link.Kind.allCases {
                for id in [Self.nobody, foreign] {
                    let body: JSONValue = [
                        "title": "Task", "link_kind": .string(kind.rawValue),
                        "link_id": .string(id),
                    ]
                    let answer = try await ann.call(.post, "tasks", body)
                    #expect(answer.fields == ["link_id"], "\(kind) \(answer)")
                }
            }
            #expect(try await ann.titles() == [])
            try await ann.addTask("abc")
            try await ann.addTask(long)
            #expect(try await ann.titles("&sort=title") == ["abc", long])
        }
    }

    @Test(arguments: Engine.present)
    func `a task says what it is about`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let bench = try await ImportBench.open(server)
            let ann = bench.caller
            let category = try await ann.get("categories").data[0]
            let spent = try await ann.call(
                .post,
                "transactions",
                [
                    "type": "expense", "account_id": .string(bench.account), "amount": "5.00",
                    "payee": "Market hall", "date": "2026-03-10",
                ]
            )
            let file = try await bench.upload(ImportTests.statement)

            for (kind, id, name) in [
                ("account", bench.account, "Giro"),
                ("category", category.id, category[text: "name"]),
                ("transaction", spent.data.id, "Market hall"), ("import", file.data.id, "bank.csv"),
            ] {
                let task = try await ann.addTask(
                    "Look at it",
                    [("link_kind", .string(kind)), ("link_id", .string(id))]
                )
                #expect(task[text: "link_kind"] == kind)
                #expect(task[text: "link_id"] == id)
                #expect(task[text: "link_name"] == name)
                let found = try await ann.get("tasks?link_kind=\(kind)&link_id=\(id)")
                #expect(found.data.elements.map(\.id) == [task.id])
            }
        }
    }

    /// The places of the others stay in order.
    @Test(arguments: Engine.present)
    func `a task is moved to any place`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register()
            for letter in "ABCDE" { try await ann.addTask("Task \(letter)") }
            var model = Array("ABCDE").map { "Task \($0)" }
            var random = SeededGenerator(seed: SeededGenerator.testSeed)

            for _ in 0..<20 {
                let list = try await ann.get("tasks?sort=position").data.elements
                let (from, to) = (
                    Int.random(in: 0..<5, using: &random), Int.random(in: 0..<5, using: &random)
                )
                let position = list[to]["position"] ?? .null
                // Before the one that is there.
                let answer = try await ann.call(
                    .patch,
                    "tasks/\(list[from].id)",
                    ["position": position]
                )
                #expect(answer.status == 200, "\(answer)")
                if from != to {
                    let target = model[to]
                    let moved = model.remove(at: from)
                    model.insert(moved, at: model.firstIndex(of: target) ?? 0)
                }
                #expect(try await ann.titles("&sort=position") == model)
            }
        }
    }

    @Test(arguments: Engine.present)
    func `many are changed at once, or none`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let bob = try await server.nobody.register("Bob")
            let one = try await ann.addTask("Task 1", [("tags", ["old", "kept"])])
            let two = try await ann.addTask("Task 2")
            let his = try await bob.addTask("Task 3")
            let ids: [JSONValue] = [.string(one.id), .string(two.id)]
            let change: JSONValue = [
                "priority": "urgent", "status": "done", "add_tags": ["new"], "remove_tags": ["old"],
            ]

            let refused = try await ann.call(
                .post,
                "tasks/bulk",
                ["action": "patch", "ids": .array(ids + [.string(his.id)]), "patch": change]
            )
            let before = try await ann.titles("&status=open")
            let count = try await ann.get("audit-logs").body?["pagination"]?["total"]?.plain
            let done = try await ann.call(
                .post,
                "tasks/bulk",
                ["action": "patch", "ids": .array(ids), "patch": change]
            )
            let after = try await ann.get("tasks?status=done&sort=title").data
            let entries = try await ann.get("audit-logs").body?["pagination"]?["total"]?.plain
            let deleted = try await ann.call(
                .post,
                "tasks/bulk",
                ["action": "delete", "ids": .array(ids)]
            )

            #expect(refused.status == 404)
            #expect(before.count == 2)
            #expect(done.data["affected"] == 2)
            #expect(after[0]["tags"] == ["kept", "new"])
            #expect(after[1]["tags"] == ["new"])
            #expect(after.elements.map { $0[text: "priority"] } == ["urgent", "urgent"])
            #expect(Int(entries ?? "") == (Int(count ?? "") ?? 0) + 1)
            #expect(deleted.data["affected"] == 2)
            #expect(try await ann.titles() == [])
            #expect(try await bob.titles() == ["Task 3"])
        }
    }

    @Test(arguments: Engine.present)
    func `another household's tasks are not there`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let bob = try await server.nobody.register("Bob")
            let hers = try await ann.addTask("Secret plan", [("tags", ["secret"])])

            #expect(try await bob.titles() == [])
            #expect(try await bob.titles("&q=secret") == [])
            for (method, path) in [
                (HTTPRequest.Method.get, ""), (.patch, ""), (.delete, ""), (.post, "/restore"),
            ] {
                let body: JSONValue? = method == .patch ? ["title": "Mine"] : nil
                let answer = try await bob.call(method, "tasks/\(hers.id)\(path)", body)
                #expect(answer.status == 404, "\(answer)")
            }
            #expect(try await ann.task(hers) == hers)
        }
    }

    @Test(arguments: Engine.present)
    func `whoever left is assigned nothing`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let bob = JSONValue.string(shared.bobID.description)
            let task = try await shared.ann.addTask("For Bob", [("assignee_id", bob)])
            let his = try await shared.ann.titles("&assignee_id=\(shared.bobID)")

            let answer = try await shared.ann.call(.delete, "household/members/\(shared.bobID)")

            #expect(answer.status == 204, "\(answer)")
            #expect(task[text: "assignee_id"] == shared.bobID.description)
            #expect(his == ["For Bob"])
            #expect(try await shared.ann.task(task)["assignee_id"] == .null)
            #expect(try await shared.ann.titles("&assignee_id=\(shared.bobID)") == [])
            #expect(try await shared.ann.titles("&assigned=false") == ["For Bob"])
        }
    }
}
