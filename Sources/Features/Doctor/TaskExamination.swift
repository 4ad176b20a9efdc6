import Ledger
import Storage

/// What tasks are ordered and searched by, which is made from what people wrote.
struct TaskExamination {
    private let transaction: any SQLTransaction
    private let household: HouseholdID
    private let findings: Findings

    init(_ transaction: any SQLTransaction, _ household: HouseholdID, _ findings: Findings) {
        self.transaction = transaction
        self.household = household
        self.findings = findings
    }

    func run() throws {
        let tags = try tags()
        try transaction.scan(
            """
            SELECT id, title, description, folded_title, words, repeat_rule FROM task
            WHERE household_id = \(household) ORDER BY id
            """
        ) { row in
            let id: TaskID = try row.identifier()
            let (title, description) = (try row.text(), try row.textOrNil())
            findings.compare(
                "task",
                id.description,
                "folded_title",
                expected: TaskRecord.foldedTitle(title),
                found: try row.text()
            )
            findings.compare(
                "task",
                id.description,
                "words",
                expected: Self.sorted(TaskRecord.words(title, description, tags[id] ?? [])),
                found: Self.sorted(try row.text())
            )
            if let rule = try row.textOrNil(), (try? RecurrenceRule(rule)) == nil {
                findings.add("task", id, "repeat_rule is no rule", found: rule)
            }
        }
    }

    /// The order of a task's tags does not matter.
    private static func sorted(_ words: String) -> String {
        words.split(separator: " ").sorted().joined(separator: " ")
    }

    private func tags() throws -> [TaskID: [String]] {
        var tags: [TaskID: [String]] = [:]
        try transaction.scan(
            "SELECT task_id, tag FROM task_tag WHERE household_id = \(household) ORDER BY task_id, tag"
        ) { row in
            tags[try row.identifier(), default: []].append(try row.text())
        }
        return tags
    }
}
