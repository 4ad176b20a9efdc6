import Interchange
import Ledger
import Storage
import Testing

@testable import Features

/// Lists of tasks against the same in memory.
@Suite struct TaskListTests {
    private static let titles = [
        "Pay rent", "pay rent", "Ärger", "Water the plants", "Call the bank", "Zoo", "100%_off",
    ]
    private static let days: [String?] = [
        nil, "2026-02-28", "2026-03-15", "2026-03-15", "2199-12-31",
    ]
    private static let priorities = ["low", "medium", "high", "urgent"]
    private static let states = ["todo", "in_progress", "done"]

    /// Sixty tasks with many that are alike.
    private func fill(_ ann: Caller, _ server: TestServer) async throws -> [JSONValue] {
        var tasks: [JSONValue] = []
        for number in 0..<60 {
            let day = Self.days[number % 5]
            var more: [(String, JSONValue)] = [
                ("priority", .string(Self.priorities[number % 4])),
                ("status", .string(Self.states[number % 3])),
                ("due_on", day.map(JSONValue.string) ?? .null),
                ("tags", number % 6 == 0 ? ["home", "n\(number % 2)".json] : []),
            ]
            if number % 7 == 0 { more.append(("description", "Ring twice, Åse answers")) }
            if day != nil, number % 4 == 1 { more.append(("repeat", "FREQ=MONTHLY")) }
            tasks.append(try await ann.addTask(Self.titles[number % Self.titles.count], more))
            if number % 3 == 0 { server.clock.advance(seconds: 1) }
        }
        return tasks
    }

    private static let filters: [(query: String, holds: @Sendable (JSONValue) -> Bool)] = [
        ("", { _ in true }),
        ("&status=done", { $0[text: "status"] == "done" }),
        ("&status=open", { $0[text: "status"] != "done" }),
        ("&status=in_progress", { $0[text: "status"] == "in_progress" }),
        ("&priority=urgent", { $0[text: "priority"] == "urgent" }),
        ("&tag=home", { $0["tags"]?.elements.contains("home") == true }),
        ("&tag=Home", { _ in false }),
        ("&dated=false", { $0["due_on"] == .null }),
        ("&dated=true", { $0["due_on"] != .null }),
        ("&repeating=true", { $0["repeat"] != .null }),
        ("&asked=true", { _ in false }),
        ("&assigned=false", { _ in true }),
        ("&due_from=2026-03-01&due_to=2026-03-31", { $0[text: "due_on"] == "2026-03-15" }),
        ("&due_to=2026-03-14", { $0[text: "due_on"] == "2026-02-28" }),
        ("&q=rent", { $0[text: "title"]?.lowercased() == "pay rent" }),
        ("&q=arger", { $0[text: "title"] == "Ärger" }),
        ("&q=TWICE+ase", { $0["description"] != .null }),
        ("&q=ent", { _ in false }),
        (
            "&q=home+pay",
            {
                $0["tags"]?.elements.contains("home") == true
                    && $0[text: "title"]?.lowercased() == "pay rent"
            }
        ),
        ("&q=%25", { _ in true }),
        ("&q=1_0", { _ in false }),
        (
            "&status=open&priority=low&dated=true",
            {
                $0[text: "status"] != "done" && $0[text: "priority"] == "low"
                    && $0["due_on"] != .null
            }
        ),
    ]

    @Test(arguments: Engine.present)
    func `each filter picks what it says`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register()
            let made = try await fill(ann, server)

            for filter in Self.filters {
                let wanted = Set(made.filter(filter.holds).map(\.id))
                let answer = try await ann.get("tasks?limit=500\(filter.query)")
                #expect(Set(answer.data.elements.map(\.id)) == wanted, "\(filter.query)")
                let total = answer.body?["pagination"]?["total"]?.plain
                #expect(total == String(wanted.count), "\(filter.query)")
            }
            let wrong = try await ann.get("tasks?due_from=2026-03-02&due_to=2026-03-01&sort=size")
            #expect(wrong.fields.sorted() == ["due_to", "sort"])
        }
    }

    @Test(arguments: Engine.present)
    func `cursors show each task once in every order`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register()
            let made = try await fill(ann, server)

            for sort in TaskSort.allCases {
                let sorted = made.sorted { Self.precedes($0, $1, sort) }.map(\.id)
                for filter in ["", "&status=open"] {
                    let wanted =
                        filter.isEmpty
                        ? sorted
                        : sorted.filter { id in
                            made.contains { $0.id == id && $0[text: "status"] != "done" }
                        }
                    let query = "&sort=\(sort.rawValue)\(filter)"
                    #expect(try await ann.walk(query, by: 7) == wanted, "\(sort) \(filter)")
                }
            }
            let cursor = try await ann.get("tasks?limit=2&sort=title").body?["pagination"]
            let other = try await ann.get(
                "tasks?sort=due&cursor=\(cursor?["next_cursor"]?.text ?? "")"
            )
            #expect(other.status == 400)
        }
    }

    private static func precedes(_ left: JSONValue, _ right: JSONValue, _ sort: TaskSort) -> Bool {
        let (first, second) = (key(left, sort), key(right, sort))
        let isFirst = first == second ? left.id < right.id : first < second
        guard sort.isDescending else { return isFirst }
        return first == second ? left.id > right.id : first > second
    }

    /// What is compared, as text that sorts as it should.
    private static func key(_ task: JSONValue, _ sort: TaskSort) -> String {
        switch sort {
        // What is not dated counts as due on the last day that there is.
        case .due: task[text: "due_on"] ?? "2199-12-31"
        case .dueReversed: task[text: "due_on"] ?? ""
        case .priority, .priorityReversed:
            String(priorities.firstIndex(of: task[text: "priority"] ?? "") ?? 9)
        case .created, .createdReversed: task[text: "created_at"] ?? ""
        case .title, .titleReversed: PayeeName.folded(task[text: "title"] ?? "")
        case .done: task[text: "done_at"] ?? "9999"
        case .doneReversed: task[text: "done_at"] ?? ""
        case .position:
            String(repeating: "0", count: 9 - (task["position"]?.plain?.count ?? 0))
                + (task["position"]?.plain ?? "")
        }
    }
}

extension String {
    fileprivate var json: JSONValue { .string(self) }
}
