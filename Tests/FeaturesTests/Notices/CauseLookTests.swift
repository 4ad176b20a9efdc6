import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// What people are asked soon after something changed, without waiting for the run of the day. It is 15 March 2026.
@Suite struct CauseLookTests {
    /// An envelope that holds 10.
    private func treats(_ shared: SharedHome) async throws -> AccountID {
        let id = try await shared.makeCategory("Treats")
        let body: JSONValue = ["category_id": .string(id.description)]
        let made = try await shared.ann.call(.post, "budgets", body)
        #expect(made.status == 201, "\(made)")
        try await assign("10", to: id, shared)
        return id
    }

    private func assign(
        _ amount: JSONValue,
        to category: AccountID,
        _ shared: SharedHome
    ) async throws {
        let path = "budgets/2026-03/\(category)"
        let put = try await shared.ann.call(.put, path, ["amount": amount])
        #expect(put.status == 200, "\(put)")
    }

    private func setMinimum(
        _ amount: JSONValue,
        of account: AccountID,
        _ shared: SharedHome
    ) async throws {
        let path = "accounts/\(account)"
        let answer = try await shared.ann.call(.patch, path, ["minimum_balance": amount])
        #expect(answer.status == 200, "\(answer)")
    }

    /// Ann again, after her session has ended.
    private func signIn(_ shared: SharedHome) async throws -> Caller {
        let answer = try await shared.server.nobody.call(
            .post,
            "auth/login",
            ["email": "ann@example.org", "password": .string(Caller.password)]
        )
        return shared.server.nobody.with(
            token: try #require(answer.data["access_token"]?.text, "\(answer)")
        )
    }

    /// `Title: status` of what the server asked for, the oldest first.
    private func asked(_ shared: SharedHome) async throws -> [String] {
        let answer = try await shared.ann.get("tasks?asked=true&sort=created")
        return answer.data.elements.map {
            "\($0[text: "title"] ?? ""): \($0[text: "status"] ?? "")"
        }
    }

    private func version(_ shared: SharedHome) async throws -> Int64 {
        try await shared.server.environment.events.versions(of: [shared.household])[0].1
    }

    // MARK: Coming and going

    @Test(arguments: Engine.present)
    func `an overspent budget is asked for after the change, and ticked after it was covered`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            let treats = try await treats(shared)
            try await shared.look()
            let before = try await asked(shared)

            _ = try await shared.spend("12", from: giro, on: treats)
            try await shared.look()
            let over = try await asked(shared)
            try await assign("12", to: treats, shared)
            try await shared.look()
            let covered = try await asked(shared)

            let title = "“Treats” is overspent: cover it"
            #expect(before == [])
            #expect(over == ["\(title): todo"])
            #expect(covered == ["\(title): done"])
        }
    }

    @Test(arguments: Engine.present)
    func `a missed bill is asked for, and ticked after it was matched`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            let made = try await shared.ann.call(
                .post,
                "bills",
                [
                    "name": "Rent", "direction": "expense", "payee": "Homes Ltd",
                    "amount": "950.00", "start_on": "2026-03-15", "days_after": 1,
                    "account_id": .string(giro.description),
                ]
            )
            #expect(made.status == 201, "\(made)")
            try await shared.look()
            let due = try await asked(shared)
            // Nothing is written meanwhile: the days go by.
            shared.server.clock.advance(seconds: 2 * PurgeBench.day)
            try await shared.look()
            let ann = try await signIn(shared)
            let missed = try await ann.titles("&asked=true")
            _ = try await ann.call(
                .post,
                "transactions",
                [
                    "type": "expense", "account_id": .string(giro.description),
                    "amount": "950.00", "payee": "Homes Ltd", "date": "2026-03-16",
                ]
            )
            try await shared.look()

            #expect(due == [])
            #expect(missed == ["“Rent” of 2026-03-15 was not paid"])
            #expect(try await ann.titles("&asked=true&status=open") == [])
        }
    }

    @Test(arguments: Engine.present, ["tick", "delete"])
    func `what somebody ticked or deleted stays so while its cause lasts`(
        engine: Engine,
        how: String
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            try await setMinimum("50", of: giro, shared)
            try await shared.look()
            let task = try await shared.ann.get("tasks?asked=true").data[0]
            let path = "tasks/\(task.id)"

            if how == "tick" {
                try await shared.ann.call(.patch, path, ["status": "done"])
            } else {
                try await shared.ann.call(.delete, path)
            }
            try await shared.look()
            try await setMinimum("60", of: giro, shared)
            try await shared.look()
            let lasting = try await shared.ann.titles("&asked=true&status=open")
            try await setMinimum(nil, of: giro, shared)
            try await shared.look()
            try await setMinimum("50", of: giro, shared)
            try await shared.look()

            #expect(lasting == [])
            #expect(
                try await shared.ann.titles("&asked=true&status=open")
                    == ["“Giro” holds less than it should"]
            )
        }
    }

    // MARK: Once

    @Test(arguments: Engine.present)
    func `a look that finds nothing new writes nothing, and its own change wakes it once`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            try await setMinimum("50", of: giro, shared)
            let looks = Looks()
            let counting = TaskCauseSource { store, now in
                looks.add()
                return try TaskCauseSource.accountsBelowMinimum.find(store, now)
            }
            let look = NoticeLook(shared.server.environment, sources: [], causes: [counting])
            var steps: [(version: Int64, looks: Int)] = [(try await version(shared), 0)]
            for _ in 0..<4 {
                try await look.look(shared.household)
                steps.append((try await version(shared), looks.count))
            }
            let first = steps[0].version

            #expect(steps.dropFirst().map { $0.version - first } == [1, 1, 1, 1])
            // To find it, again under the lock, and once more for what it changed itself.
            #expect(steps.dropFirst().map(\.looks) == [2, 3, 3, 3])
        }
    }

    @Test(arguments: Engine.present)
    func `nodes that look at once ask once`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            try await setMinimum("50", of: giro, shared)
            let look = NoticeLook(shared.server.environment)
            let household = shared.household

            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { try await look.look(household) } }
                try await group.waitForAll()
            }

            #expect(try await asked(shared) == ["“Giro” holds less than it should: todo"])
            let trail = try await shared.ann.get("audit-logs?limit=100").data.elements
            #expect(trail.count { $0[text: "action"] == "ask" } == 1)
        }
    }
}
