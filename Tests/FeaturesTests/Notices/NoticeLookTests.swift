import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// What the server finds to tell people, and what its writes raise.
@Suite struct NoticeLookTests {
    private func budget(_ shared: SharedHome, _ amount: String) async throws -> AccountID {
        let id = try await shared.makeCategory("Treats")
        let made = try await shared.ann.call(
            .post,
            "budgets",
            ["category_id": .string(id.description)]
        )
        let path = "budgets/2026-03/\(id)"
        let put = try await shared.ann.call(.put, path, ["amount": .string(amount)])
        #expect([made.status, put.status] == [201, 200], "\(made) \(put)")
        return id
    }

    @Test(arguments: Engine.present)
    func `a budget is told of at its thresholds, once each, however often it is looked`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            let fun = try await budget(shared, "100")
            _ = try await shared.spend("79.99", from: giro, on: fun)
            #expect(try await shared.look() == 0)
            let last = try await shared.spend("0.01", from: giro, on: fun)

            let warned = try await shared.look()
            let again = try await shared.look()
            _ = try await shared.ann.call(.delete, "transactions/\(last)")
            let less = try await shared.look()
            _ = try await shared.spend("20.01", from: giro, on: fun)
            let spent = try await shared.look()
            _ = try await shared.spend("50", from: giro, on: fun)
            let over = try await shared.look()

            #expect([warned, again, less, spent, over] == [2, 0, 0, 2, 0])
            let told = try await shared.notices(of: shared.annID)
            #expect(told.map(\.kind) == [.budgetWarning, .budgetSpent])
            #expect(told[0].text == "Treats: 80.00 EUR of 100.00 EUR spent, 80 % or more.")
            #expect(told[0].content.link == "/budget?period=2026-03")
            #expect(told[1].content.details.percent == 100)
            #expect(told[1].content.details.category == fun)
        }
    }

    @Test(arguments: Engine.present)
    func `who heard that a budget is used up does not hear that it nearly is`(
        engine: Engine
    )
        async throws
    {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            let fun = try await budget(shared, "100")
            let most = try await shared.spend("20", from: giro, on: fun)
            _ = try await shared.spend("85", from: giro, on: fun)
            try await shared.look()
            _ = try await shared.ann.call(.delete, "transactions/\(most)")

            let less = try await shared.look()

            #expect(less == 0)
            #expect(try await shared.kinds(of: shared.annID) == [.budgetSpent])
        }
    }

    @Test(arguments: Engine.present)
    func `each sees a budget as they see the accounts, also later`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            let own = try await shared.makeAccount("Presents")
            let fun = try await budget(shared, "100")
            try await shared.hide(own)
            _ = try await shared.spend("70", from: own, on: fun)
            _ = try await shared.spend("20", from: giro, on: fun)

            let first = try await shared.look()
            _ = try await shared.spend("65", from: giro, on: fun)
            let second = try await shared.look()
            let his = try await shared.notices(of: shared.bobID)
            try await shared.hide(giro)

            #expect(first == 1 && second == 2)
            #expect(try await shared.kinds(of: shared.annID) == [.budgetWarning, .budgetSpent])
            #expect(his.map(\.text) == ["Treats: 85.00 EUR of 100.00 EUR spent, 80 % or more."])
            #expect(try await shared.notices(of: shared.bobID).isEmpty)
        }
    }

    @Test(arguments: Engine.present)
    func `thresholds are each person's own`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            let fun = try await budget(shared, "100")
            try await shared.choose([], [("budget_warning_percent", 50)])
            _ = try await shared.spend("60", from: giro, on: fun)

            let told = try await shared.look()

            #expect(told == 1)
            #expect(try await shared.notices(of: shared.annID)[0].content.details.percent == 50)
        }
    }

    @Test(arguments: Engine.present)
    func `an account below its minimum is told of as often as it gets there`(
        engine: Engine
    )
        async throws
    {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            func setMinimum(_ amount: JSONValue) async throws {
                let body: JSONValue = ["minimum_balance": amount]
                let answer = try await shared.ann.call(.patch, "accounts/\(giro)", body)
                #expect(answer.status == 200, "\(answer)")
            }
            try await setMinimum("50")
            let first = try await shared.look()
            try await setMinimum("60")
            let lasting = try await shared.look()
            try await setMinimum(nil)
            let gone = try await shared.look()
            try await setMinimum("40")
            let back = try await shared.look()

            #expect([first, lasting, gone, back] == [2, 0, 0, 2])
            let told = try await shared.notices(of: shared.annID)
            #expect(told.map(\.kind) == [.lowBalanceAhead, .lowBalanceAhead])
            #expect(told[0].text == "Giro holds 0.00 EUR, less than its minimum of 50.00 EUR.")
        }
    }

    @Test(arguments: Engine.present)
    func `a payment that is large or unusual is told of once`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            let other = try await shared.makeAccount("Savings")
            func pay(
                _ amount: String,
                _ payee: JSONValue = "Market hall",
                on day: JSONValue = "2026-03-10"
            ) async throws {
                _ = try await shared.spend(amount, from: giro, [("payee", payee), ("date", day)])
            }
            for amount in ["42", "38", "55", "47", "61", "40"] { try await pay(amount) }
            #expect(try await shared.look() == 0, "what was there before is nobody's news")
            shared.server.clock.advance(seconds: 700)

            try await pay("59")
            try await pay("310")
            try await pay("1000")
            try await pay("999.99", "Somebody new")
            try await pay("5000", on: "2026-02-01")
            _ = try await shared.spend("9000", from: giro, to: other)
            let told = try await shared.look()
            try await pay("41")
            let again = try await shared.look()

            #expect(told == 4 && again == 0)
            let notices = try await shared.notices(of: shared.annID).sorted { $0.text < $1.text }
            #expect(notices.map(\.kind) == [.largeTransaction, .unusualTransaction])
            #expect(
                notices.map(\.text) == [
                    "1,000.00 EUR at Market hall on 10 March 2026 on Giro.",
                    "310.00 EUR at Market hall on 10 March 2026 on Giro; usual is about 55.00 EUR.",
                ]
            )
        }
    }

    @Test(arguments: Engine.present)
    func `a task is told to whom it is given, and when it is due`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let bob = JSONValue.string(shared.bobID.description)
            let ann = JSONValue.string(shared.annID.description)
            try await shared.ann.addTask("Call the bank", [("assignee_id", bob)])
            let task = try await shared.ann.addTask(
                "Sell the car",
                [("due_on", "2026-03-16"), ("assignee_id", ann)]
            )
            try await shared.ann.addTask("Anyone's", [("due_on", "2026-03-15")])
            let today = try await shared.look()
            let path = "tasks/\(task.id)"
            _ = try await shared.ann.call(.patch, path, ["assignee_id": bob])
            _ = try await shared.ann.call(.patch, path, ["priority": "high"])
            shared.server.clock.advance(seconds: PurgeBench.day)
            let tomorrow = try await shared.look()
            let again = try await shared.look()

            #expect([today, tomorrow, again] == [2, 1, 0])
            #expect(try await shared.kinds(of: shared.annID) == [.taskDue])
            let his = try await shared.notices(of: shared.bobID)
            #expect(his.map(\.kind) == [.taskAssigned, .taskDue, .taskAssigned, .taskDue])
            #expect(his[3].text == "“Sell the car” is due on 16 March 2026.")
        }
    }

    @Test(arguments: Engine.present)
    func `what the server asks for is told once it is given to somebody`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            let minimum: JSONValue = ["minimum_balance": "50.00"]
            #expect(try await shared.ann.call(.patch, "accounts/\(giro)", minimum).status == 200)
            _ = try await TaskCauses(shared.server.environment).run()
            try await shared.look()
            let asked = try await shared.ann.get("tasks?asked=true").data[0]
            #expect(asked[text: "due_on"] == "2026-03-15")
            #expect(try await !shared.kinds(of: shared.annID).contains(.taskDue))

            let bob: JSONValue = ["assignee_id": .string(shared.bobID.description)]
            let path = "tasks/\(asked[text: "id"] ?? "-")"
            #expect(try await shared.ann.call(.patch, path, bob).status == 200)
            try await shared.look()
            #expect(try await !shared.kinds(of: shared.annID).contains(.taskDue))
            #expect(try await shared.kinds(of: shared.bobID).contains(.taskDue))
        }
    }

    @Test(arguments: Engine.present)
    func `an import, a new device and a failed backup are told`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let bench = try await ImportBench.open(server)
            _ = try await bench.take(ImportTests.statement)
            _ = try await server.nobody.with(.userAgent, "Another browser").call(
                .post,
                "auth/login",
                ["email": "ann@example.org", "password": .string(Caller.password)]
            )
            let alarm = BackupAlarm(server.environment)
            let nobody = try await bench.caller.get("notices").data.elements.count
            try await server.environment.database.write(.shared) {
                try $0.execute("UPDATE person SET system_role = 'admin'")
            }
            for _ in 0..<2 { try await alarm.raise(at: "2026-03-15T02:00:00Z", because: "no disk") }
            let all = try await bench.caller.get("notices").data.elements
            try await server.environment.database.write(.shared) {
                try $0.execute("UPDATE person SET system_role = 'user'")
            }

            #expect(nobody == 2)
            #expect(
                all.map { $0[text: "kind"] } == ["backup_failed", "new_device", "import_finished"]
            )
            #expect(all[0][text: "text"] == "The last backup failed: no disk")
            #expect(all[0]["household_id"] == .null)
            #expect(all[1]["details"]?["device"] == "Another browser")
            #expect(all[2][text: "text"]?.hasPrefix("bank.csv: ") == true)
            #expect(all[2]["details"]?["count"] != .null)
            let later = try await bench.caller.get("notices").data.elements
            #expect(later.count == 2, "who does not look after the server any more")
        }
    }

    @Test(arguments: Engine.present)
    func `a household is looked at when it changed or a day began`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let looks = Looks()
            let source = NoticeSource { _ in
                looks.add()
                return []
            }
            let look = NoticeLook(shared.server.environment, sources: [source])
            func count() async throws -> Int {
                let before = looks.count
                try await look.look(shared.household)
                return looks.count - before
            }

            let first = try await count()
            let same = try await count()
            _ = try await shared.makeAccount("Giro")
            let changed = try await count()
            shared.server.clock.advance(seconds: 3_600)
            let hour = try await count()
            shared.server.clock.advance(seconds: 12 * 3_600)
            let day = try await count()

            #expect([first, same, changed, hour, day] == [1, 0, 1, 0, 1])
        }
    }
}
