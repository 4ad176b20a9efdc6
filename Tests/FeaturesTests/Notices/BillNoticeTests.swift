import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// What is told of bills and of goals. It is 15 March 2026.
@Suite struct BillNoticeTests {
    /// - Returns: the bill: rent of 950 on the 20th of each month, where nothing else is said.
    @discardableResult
    private func bill(
        _ shared: SharedHome,
        _ account: AccountID?,
        _ more: [(String, JSONValue)] = [],
        at location: SourceLocation = #_sourceLocation
    ) async throws -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("name", "Rent"), ("direction", "expense"), ("payee", "Homes Ltd"),
            ("amount", "950.00"), ("start_on", "2026-03-20"), ("repeat", "FREQ=MONTHLY"),
        ]
        if let account { members.append(("account_id", .string(account.description))) }
        members.removeAll { member in more.contains { $0.0 == member.0 } }
        let answer = try await shared.ann.call(.post, "bills", BillBench.object(members + more))
        #expect(answer.status == 201, "\(answer)", sourceLocation: location)
        return answer.data
    }

    @discardableResult
    private func pay(
        _ shared: SharedHome,
        _ amount: String,
        from account: AccountID,
        on day: JSONValue
    ) async throws -> TransactionID {
        try await shared.spend(amount, from: account, [("payee", "Homes Ltd"), ("date", day)])
    }

    /// Ann says what paid it.
    private func match(
        _ shared: SharedHome,
        _ bill: JSONValue,
        _ day: String,
        _ id: TransactionID
    ) async throws {
        let answer = try await shared.ann.call(
            .post,
            "bills/\(bill.id)/occurrences/\(day)/match",
            ["transaction_id": .string(id.description)]
        )
        #expect(answer.status == 200, "\(answer)")
    }

    // MARK: Due and missed

    @Test(arguments: Engine.present)
    func `a bill is told of as many days before as it says, once`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            try await bill(shared, giro, [("remind_days", .number("3"))])
            try await bill(shared, giro, [("name", "Silent")])
            let paid: [(String, JSONValue)] = [
                ("name", "Paid"), ("payee", "Power"), ("remind_days", .number("10")),
            ]
            try await bill(shared, giro, paid)
            let early: [(String, JSONValue)] = [("payee", "Power"), ("date", "2026-03-15")]
            _ = try await shared.spend("950", from: giro, early)
            let before = try await shared.look()
            shared.server.clock.advance(seconds: 2 * PurgeBench.day)

            let told = try await shared.look()
            let again = try await shared.look()
            shared.server.clock.advance(seconds: PurgeBench.day)
            let nextDay = try await shared.look()

            #expect([before, told, again, nextDay] == [0, 2, 0, 0])
            let hers = try await shared.notices(of: shared.annID)
            #expect(hers.map(\.text) == ["Rent is due on 20 March 2026: 950.00 EUR."])
            #expect(hers[0].kind == .billDue && hers[0].content.link == "/bills")
            #expect(try await shared.kinds(of: shared.bobID) == [.billDue])
        }
    }

    @Test(arguments: Engine.present)
    func `a bill that is put to another day is due again`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let rent = try await bill(shared, nil, [("remind_days", .number("9"))])
            let path = "bills/\(rent.id)/occurrences/2026-03-20"
            let first = try await shared.look()
            _ = try await shared.ann.call(.post, "\(path)/skip")
            let skipped = try await shared.look()
            _ = try await shared.ann.call(.post, "\(path)/unskip")
            let back = try await shared.look()
            _ = try await shared.ann.call(.patch, path, ["due_on": "2026-03-22"])
            let moved = try await shared.look()

            #expect([first, skipped, back, moved] == [2, 0, 0, 2])
        }
    }

    @Test(arguments: Engine.present)
    func `what nobody paid is told of when its window is over, once`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            let days: [(String, JSONValue)] = [
                ("start_on", "2026-03-16"), ("days_after", .number("2")),
            ]
            try await bill(shared, giro, days)
            try await bill(shared, giro, days + [("name", "Paid"), ("payee", "Power")])
            let early: [(String, JSONValue)] = [("payee", "Power"), ("date", "2026-03-14")]
            _ = try await shared.spend("950", from: giro, early)
            shared.server.clock.advance(seconds: 3 * PurgeBench.day)
            let last = try await shared.look()
            shared.server.clock.advance(seconds: PurgeBench.day)
            let over = try await shared.look()
            let again = try await shared.look()
            // The server stands still until nobody waits for it.
            shared.server.clock.advance(seconds: PurgeBench.day)
            let later = try await shared.look()

            #expect([last, over, again, later] == [0, 2, 0, 0])
            let hers = try await shared.notices(of: shared.annID)
            #expect(
                hers.map(\.text) == [
                    "Rent was due on 16 March 2026, and no payment of it was found."
                ]
            )
            #expect(hers[0].content.details.amount?.decimal == "950.00")
        }
    }

    // MARK: Prices

    @Test(arguments: Engine.present)
    func `a price that rises is told of once, not as often as it is paid`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            let weekly: [(String, JSONValue)] = [
                ("start_on", "2026-03-01"), ("repeat", "FREQ=WEEKLY"),
                ("days_before", .number("1")),
                ("days_after", .number("1")),
            ]
            let rent = try await bill(shared, giro, weekly)
            for (amount, day) in [
                ("1000", "2026-03-01"), ("1000", "2026-03-08"), ("1100", "2026-03-15"),
            ] {
                let id = try await pay(shared, amount, from: giro, on: .string(day))
                try await match(shared, rent, day, id)
                try await shared.look()
            }
            let rises = try await shared.notices(of: shared.annID).filter { $0.kind == .priceRise }

            #expect(
                rises.map(\.text) == [
                    "Rent now costs 1,000.00 EUR; it was 950.00 EUR.",
                    "Rent now costs 1,100.00 EUR; it was 1,000.00 EUR.",
                ]
            )
            #expect(try await shared.look() == 0)
        }
    }

    // MARK: Accounts that run low

    @Test(arguments: Engine.present)
    func `an account that will run low is told of, and again when it was averted`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            let income: [(String, JSONValue)] = [("type", "income"), ("date", "2026-03-01")]
            _ = try await shared.spend("900", from: giro, income)
            try await bill(shared, giro, [("name", "Far"), ("start_on", "2026-03-30")])
            let far = try await shared.look()
            let rent = try await bill(shared, giro, [("start_on", "2026-03-29")])
            let told = try await shared.look()
            let again = try await shared.look()
            let path = "bills/\(rent.id)"
            _ = try await shared.ann.call(.patch, path, ["amount": "960.00"])
            let lasting = try await shared.look()
            _ = try await shared.ann.call(.patch, path, ["amount": "100.00"])
            let averted = try await shared.look()
            _ = try await shared.ann.call(.patch, path, ["amount": "950.00"])
            let back = try await shared.look()

            #expect([far, told, again, lasting, averted, back] == [0, 2, 0, 0, 0, 2])
            let hers = try await shared.notices(of: shared.annID)
            #expect(
                hers[0].text
                    == "Giro will hold −50.00 EUR on 29 March 2026, less than its minimum of 0.00 EUR."
            )
            #expect(hers[0].content.link == "/accounts/\(giro)")
        }
    }

    // MARK: What is hidden

    @Test(arguments: Engine.present)
    func `nothing is told of accounts that somebody does not see`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            let own = try await shared.makeAccount("Presents")
            try await shared.hide(own)
            let soon: [(String, JSONValue)] = [("remind_days", .number("9"))]
            let income: [(String, JSONValue)] = [("type", "income"), ("date", "2026-03-01")]
            _ = try await shared.spend("2000", from: own, income)
            _ = try await shared.spend("2000", from: giro, income)
            let start = try await shared.look()
            // Hers: it is due, and it leaves too little.
            try await bill(shared, own, soon + [("amount", "2500.00"), ("payee", "Jeweller")])
            // Anybody's, but paid from where he does not see it, for more than usual.
            let rent = try await bill(
                shared,
                nil,
                soon + [("name", "Gift"), ("start_on", "2026-03-15")]
            )
            let id = try await pay(shared, "999", from: own, on: "2026-03-15")
            try await match(shared, rent, "2026-03-15", id)

            let told = try await shared.look()

            #expect([start, told] == [0, 3])
            let hers = Set(try await shared.kinds(of: shared.annID))
            #expect(hers == [.billDue, .lowBalanceAhead, .priceRise])
            #expect(try await shared.kinds(of: shared.bobID) == [])
        }
    }

    // MARK: Goals

    @Test(arguments: Engine.present)
    func `a goal that is reached is told of in the write that reaches it, once`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let joint = try await shared.makeAccount("Joint")
            let own = try await shared.makeAccount("Presents")
            try await shared.hide(own)
            func goal(_ name: JSONValue) async throws -> String {
                let body: JSONValue = ["name": name, "kind": "saving", "target_amount": "90.00"]
                let answer = try await shared.ann.call(.post, "goals", body)
                #expect(answer.status == 201, "\(answer)")
                return answer.data.id
            }
            func save(_ amount: JSONValue, _ goal: String, on account: AccountID) async throws {
                let answer = try await shared.ann.call(
                    .post,
                    "goals/\(goal)/contributions",
                    [
                        "account_id": .string(account.description), "amount": amount,
                        "allow_overcommitted": true,
                    ]
                )
                #expect(answer.status == 201, "\(answer)")
            }
            let (trip, ring) = (try await goal("Trip"), try await goal("Ring"))
            try await save("89.99", trip, on: joint)
            let none = try await shared.kinds(of: shared.annID)
            try await save("0.01", trip, on: joint)
            try await save("-5", trip, on: joint)
            try await save("5", trip, on: joint)
            try await save("80", ring, on: own)
            try await save("10", ring, on: joint)

            #expect(none == [])
            let hers = try await shared.notices(of: shared.annID)
            #expect(hers.map(\.text) == ["Trip has its 90.00 EUR.", "Ring has its 90.00 EUR."])
            #expect(hers[0].content.link == "/goals/\(trip)")
            let his = try await shared.notices(of: shared.bobID)
            #expect(his.map(\.text) == ["Trip has its 90.00 EUR."])

            let raised = try await shared.ann.call(
                .patch,
                "goals/\(trip)",
                ["target_amount": "100.00"]
            )
            #expect(raised.status == 200)
            try await save("10", trip, on: joint)
            #expect(try await shared.kinds(of: shared.bobID) == [.goalReached, .goalReached])
        }
    }
    /// The server books it itself, and stood still when it was due.
    @Test(arguments: Engine.present, [2, 90])
    func `what is booked late because the server stood still was not missed`(
        engine: Engine,
        days: Int64
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            let rule: [(String, JSONValue)] = [
                ("start_on", "2026-03-16"), ("days_after", .number("0")), ("auto_post", true),
            ]
            try await bill(shared, giro, rule)
            // This one nobody books.
            try await bill(shared, giro, [("name", "Power"), ("payee", "Power")] + rule.dropLast())
            try await shared.look()
            shared.server.clock.advance(seconds: days * PurgeBench.day)

            try await shared.look()
            let asked = try await TaskCauses(shared.server.environment).run()

            let told = try await shared.notices(of: shared.annID)
                .filter { $0.kind == .billMissed }.map(\.text)
            #expect(!told.isEmpty && told.allSatisfy { $0.contains("Power") }, "\(told)")
            #expect(asked == TaskCauses.Report())
            let tasks = try await shared.server.environment.database.read(
                .household(shared.household)
            ) { try $0.first("SELECT COUNT(*) FROM task") { try $0.integer() } }
            #expect(tasks == (days > 30 ? 2 : 1))
        }
    }

    @Test(arguments: Engine.present)
    func `before people are asked, what is due is booked`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            let rule: [(String, JSONValue)] = [
                ("start_on", "2026-03-16"), ("days_after", .number("0")), ("auto_post", true),
            ]
            try await bill(shared, giro, rule)
            shared.server.clock.advance(seconds: 2 * PurgeBench.day)

            let asked = try await TaskCauses(shared.server.environment).run()
            let left = try await DueBills(shared.server.environment).run()

            #expect(asked == TaskCauses.Report())
            #expect(left == DueBills.Report())
        }
    }
}
