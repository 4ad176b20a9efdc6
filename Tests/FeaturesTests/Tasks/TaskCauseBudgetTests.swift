import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

/// What the server asks because of the budget, and of statements.
@Suite struct TaskCauseBudgetTests {
    @Test(arguments: TestEngine.present, ["envelope", "tracking"])
    func `an overspent budget is asked for until it is covered`(
        engine: TestEngine,
        view: String
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let causes = TaskCauses(api.fixture.environment)
            let account = try await ann.makeAccount("A", #", "opening_balance": "100""#)
            let treats = try await ann.makeBudget("Treats")
            let snacks = try await ann.makeBudget("Snacks")
            let looked = try await ann.patch("budgets/settings", #"{"view": "\#(view)"}"#)
            #expect(looked.status == 200)
            try await ann.assign("4", to: treats)
            try await ann.assign("9", to: snacks)
            try await ann.spend("5", from: account, on: treats)
            try await ann.spend("9", from: account, on: snacks)

            let first = try await causes.run()
            let again = try await causes.run()
            let asked = try await ann.get("tasks?asked=true")
            try await ann.assign("5", to: treats)
            let covered = try await causes.run()
            let after = try await ann.get("tasks?asked=true")

            #expect(first == TaskCauses.Report(opened: 1))
            #expect(again == TaskCauses.Report())
            #expect(asked.texts("data", "title") == ["“Treats” is overspent: cover it"])
            #expect(asked.texts("data", "link_id") == [treats])
            #expect(covered == TaskCauses.Report(closed: 1))
            #expect(after.texts("data", "status") == ["done"])
        }
    }

    /// What is overspent tells of what was bought with accounts that somebody does not see.
    @Test(arguments: Engine.present)
    func `who does not see all of the money is not asked because of a budget`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let joint = try await shared.makeAccount("Joint")
            let own = try await shared.makeAccount("Presents")
            let surprises = try await shared.makeCategory("Surprises")
            let today = shared.server.environment.clock.today(in: "UTC")
            for (method, path, body) in [
                (
                    HTTPRequest.Method.post, "budgets",
                    ["category_id": .string("\(surprises)")] as JSONValue
                ),
                (.put, "budgets/\(today)/\(surprises)", ["amount": "1"]),
                (
                    .post, "transactions",
                    [
                        "type": "expense", "account_id": .string("\(own)"), "amount": "40",
                        "category_id": .string("\(surprises)"), "date": .string("\(today)"),
                    ]
                ),
                (
                    .post, "tasks",
                    [
                        "title": "For all", "link_kind": "account",
                        "link_id": .string("\(joint)"),
                    ]
                ),
            ] {
                let answer = try await shared.ann.call(method, path, body)
                #expect((200..<300).contains(answer.status), "\(answer)")
            }
            try await shared.hide(own)

            let report = try await TaskCauses(shared.server.environment).run()

            #expect(report == TaskCauses.Report(opened: 1))
            let title = "“Surprises” is overspent: cover it"
            #expect(try await shared.ann.titles("&asked=true") == [title])
            #expect(try await shared.bob.titles() == ["For all"])
            for path in ["tasks?include_deleted=true", "audit-logs?limit=100"] {
                let answer = try await shared.bob.get(path)
                #expect(answer.status == 200)
                #expect(!answer.text.contains("overspent"), "\(path)")
            }
            let trail = try await shared.ann.get("audit-logs?limit=100")
            #expect(trail.text.contains("\"ask\""))
        }
    }

    @Test(arguments: TestEngine.present)
    func `an account that was agreed with its statements is asked about after 45 days`(
        engine: TestEngine
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let causes = TaskCauses(api.fixture.environment)
            let today = LedgerFixture.today
            func book(_ state: String, daysAgo days: Int, in account: String) async throws {
                let answer = try await ann.post(
                    "transactions",
                    """
                    {"type": "income", "account_id": "\(account)", "amount": "5",
                        "date": "\(today.adding(days: -days))", "state": "\(state)"}
                    """
                )
                #expect(answer.status == 201, "\(answer.body)")
            }
            let bank = try await ann.makeAccount("Bank")
            let quiet = try await ann.makeAccount("Quiet")
            let never = try await ann.makeAccount("Never")
            try await book("reconciled", daysAgo: 45, in: bank)
            try await book("posted", daysAgo: 3, in: bank)
            try await book("reconciled", daysAgo: 90, in: quiet)
            try await book("posted", daysAgo: 90, in: quiet)
            try await book("posted", daysAgo: 3, in: never)

            let first = try await causes.run()
            let asked = try await ann.get("tasks?asked=true")
            try await book("reconciled", daysAgo: 44, in: bank)
            let agreed = try await causes.run()

            #expect(first == TaskCauses.Report(opened: 1))
            #expect(asked.texts("data", "title") == ["Compare “Bank” with its statement"])
            #expect(agreed == TaskCauses.Report(closed: 1))
        }
    }

    @Test(arguments: TestEngine.present)
    func `causes and pages of tasks read no history`(engine: TestEngine) async throws {
        try await QueryPlanTests.withHistory(engine) { ann, _ in
            let budget = try await ann.makeBudget("Treats")
            try await ann.assign("4", to: budget)
            let member = ann.home.member
            try await QueryPlanTests.expectNoScan(ann) { transaction in
                let store = TaskCauseStore(
                    transaction: transaction,
                    member: member,
                    today: LedgerFixture.today
                )
                for source in TaskCauseSource.all {
                    _ = try source.find(store, Instant(microseconds: 0))
                }
                let query: TaskListQuery = try FieldReader.read(from: [])
                _ = try TaskStore(transaction: transaction, member: member).page(query)
            }
        }
    }
}
