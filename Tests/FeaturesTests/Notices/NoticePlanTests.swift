import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

/// What is asked again and again to tell people reads what is theirs and new, however much others were told and however
/// long one was told already.
@Suite struct NoticePlanTests {
    /// Beside those of the ledger.
    private static let large: Set<String> = [
        "notice", "notice_account", "notice_reader", "notice_look", "household", "person", "member",
    ]

    /// Of Ann: most were read and put into letters.
    private static let toldCount = 600
    private static let waitingCount = 12
    private static let othersCount = 1_500

    private struct Bench: Sendable {
        let ann: APIPerson
        let others: [(person: PersonID, household: HouseholdID)]

        var person: PersonID { ann.home.member.person }
        var environment: ServerEnvironment { ann.api.fixture.environment }

        func list(_ transaction: any SQLTransaction) throws -> NoticeList {
            try NoticeList(person, transaction, environment)
        }

        /// The same server, whose questions are judged.
        func judged(rowLimit: Double) -> (ServerEnvironment, JudgedDatabase) {
            let database = JudgedDatabase(
                environment.database,
                NoticePlanTests.large.union(QueryPlanTests.large),
                rowLimit: rowLimit
            )
            let judged = ServerEnvironment(
                database: database,
                clock: environment.clock,
                ids: environment.ids,
                keys: environment.keys,
                answers: AnswerCache(),
                logger: environment.logger
            )
            return (judged, database)
        }
    }

    private static func with(
        _ engine: TestEngine,
        _ test: @escaping @Sendable (Bench) async throws -> Void
    ) async throws {
        try await QueryPlanTests.withHistory(engine) { ann, _ in
            let others = try await addOthers(ann.api.fixture)
            try await tell(ann.home)
            if engine == .postgres {
                try await ann.api.fixture.database.write(.shared) { try $0.execute("ANALYZE") }
            }
            try await test(Bench(ann: ann, others: others))
        }
    }

    /// People who were told two things each, long ago.
    private static func addOthers(
        _ fixture: LedgerFixture
    ) async throws -> [(person: PersonID, household: HouseholdID)] {
        let (ids, now) = (fixture.environment.ids, fixture.clock.now)
        let others: [(person: PersonID, household: HouseholdID)] = (0..<othersCount).map { _ in
            (ids.next(), ids.next())
        }
        try await fixture.database.write(.shared) { transaction in
            try transaction.insert(
                into: """
                    person (id, email, email_folded, name, password_hash, time_zone, locale,
                        created_at)
                    """,
                rows: others.map { other in
                    let address = "\(other.person)@example.org"
                    return [
                        other.person.sqlValue, .text(address), .text(address), .text("Other"),
                        .text("-"), .text("UTC"), .text("en"), now.sqlValue,
                    ]
                }
            )
            try transaction.insert(
                into: """
                    household (id, name, currency, week_start, audit_head, sealed_key, created_at)
                    """,
                rows: others.map { other in
                    [
                        other.household.sqlValue, .text("Other"), .text("EUR"), .text("monday"),
                        .bytes([]), .bytes([]), now.sqlValue,
                    ]
                }
            )
            try transaction.insert(
                into: "notice_reader (person_id, changes)",
                rows: others.map { [$0.person.sqlValue, Int64(2).sqlValue] }
            )
            try transaction.insert(
                into: """
                    notice (person_id, id, household_id, kind, cause, lasts, told_at, in_app, mail,
                        mailed_at, payload)
                    """,
                rows: others.flatMap { other in
                    (0..<2).map { number in
                        let id: NoticeID = ids.next()
                        return [
                            other.person.sqlValue, id.sqlValue, other.household.sqlValue,
                            .text("goal_reached"),
                            .text("\(other.household):goal_reached:\(number)"),
                            .boolean(false), now.sqlValue, .boolean(true), .text("daily"),
                            now.sqlValue, .bytes([0]),
                        ]
                    }
                }
            )
        }
        return others
    }

    /// Written as they are to be: what is updated lies about on PostgreSQL, and would be counted.
    private static func tell(_ home: TestHome) async throws {
        let person = home.member.person
        try await home.write { write in
            let content = NoticeContent.shape.bytes(
                NoticeContent(link: nil, details: NoticeDetails())
            )
            let rows: [[SQLValue]] = try (0..<toldCount).map { number in
                let id: NoticeID = write.ids.next()
                let kind = number % 200 == 0 ? NoticeKind.lowBalanceAhead : .goalReached
                let isWaiting = number >= toldCount - waitingCount
                let done = isWaiting ? SQLValue.null(.integer) : write.now.sqlValue
                let cause = News.Cause(kind, number).stored(of: write.household)
                let place = NoticeStore.place(id, of: person)
                return [
                    person.sqlValue, id.sqlValue, write.household.sqlValue, .text(kind.rawValue),
                    .text(cause), .boolean(kind.lasts), write.now.sqlValue, .boolean(true),
                    .text("daily"), done, done,
                    .bytes(try write.seal(content, place: place)),
                ]
            }
            try write.transaction.insert(
                into: """
                    notice (person_id, id, household_id, kind, cause, lasts, told_at, in_app, mail,
                        mailed_at, read_at, payload)
                    """,
                rows: rows
            )
            try write.transaction.execute(
                "UPDATE person SET email_verified_at = \(write.now) WHERE id = \(person)"
            )
        }
    }

    // MARK: The list

    @Test(arguments: TestEngine.present)
    func `what is unread is counted from what is unread`(engine: TestEngine) async throws {
        try await Self.with(engine) { bench in
            let (problems, plans) = try await bench.ann.home.read { transaction in
                let recorder = PlanRecorder(transaction)
                let unread = try bench.list(recorder).unread()
                #expect(unread == Self.waitingCount)
                return (
                    try recorder.problems(Self.large, rowLimit: 100),
                    engine == .sqlite ? try recorder.sqlitePlans() : []
                )
            }

            #expect(problems == [])
            #expect(engine != .sqlite || plans.contains { $0.contains("INDEX notice_unread") })
        }
    }

    @Test(arguments: TestEngine.present)
    func `a page of the list reads what one was told oneself`(engine: TestEngine) async throws {
        try await Self.with(engine) { bench in
            var cursor = ""
            for json in ["{}", #"{"unread": true}"#, #"{"kind": "low_balance_ahead"}"#] {
                let query: NoticeQuery = try fields(json)
                let (next, problems) = try await bench.ann.home.read { transaction in
                    let recorder = PlanRecorder(transaction)
                    let page = try bench.list(recorder).page(query)
                    #expect(!page.notices.isEmpty)
                    let limit = Double(Self.toldCount + 100)
                    return (page.next, try recorder.problems(Self.large, rowLimit: limit))
                }
                #expect(problems == [], "\(json)")
                if let next { cursor = next }
            }
            let query: NoticeQuery = try fields(#"{"cursor": "\#(cursor)"}"#)
            let problems = try await bench.ann.home.read { transaction in
                let recorder = PlanRecorder(transaction)
                let page = try bench.list(recorder).page(query)
                #expect(page.notices.count == 50)
                return try recorder.problems(Self.large, rowLimit: Double(Self.toldCount + 100))
            }
            #expect(problems == [])
        }
    }

    // MARK: What the server asks

    @Test(arguments: TestEngine.present)
    func `a look at a household reads no history`(engine: TestEngine) async throws {
        try await Self.with(engine) { bench in
            let home = bench.ann.home
            let budget = try await bench.ann.makeBudget("Treats")
            try await bench.ann.assign("4", to: budget)
            // The history is not new.
            home.fixture.clock.advance(seconds: 700)
            try await NoticeLook(bench.environment).look(home.household)
            // Another day, and something new.
            home.fixture.clock.advance(seconds: 90_000)
            let account = try await bench.ann.makeAccount("New")
            try await bench.ann.spend("5", from: account, on: budget)
            let (environment, database) = bench.judged(rowLimit: 1_000)

            let told = try await NoticeLook(environment).look(home.household)

            #expect(told == 1, "the budget is overspent")
            #expect(database.problems == [])
            #expect(database.questions > 20)
        }
    }

    @Test(arguments: TestEngine.present)
    func `what was told is compared by its causes`(engine: TestEngine) async throws {
        try await Self.with(engine) { bench in
            let household = bench.ann.home.household
            let problems = try await bench.ann.home.read { transaction in
                let recorder = PlanRecorder(transaction)
                let store = NoticeStore(transaction: recorder)
                let lasting = try store.lasting(in: household)
                let told = try store.told(Set(lasting.map(\.cause)), in: household)
                _ = try NoticeLookStore(transaction: recorder).find(household)
                #expect(lasting.count == Self.toldCount / 200 && told == lasting)
                return try recorder.problems(Self.large, rowLimit: 100)
            }
            #expect(problems == [])
        }
    }

    @Test(arguments: TestEngine.present)
    func `letters are made from what waits for one`(engine: TestEngine) async throws {
        try await Self.with(engine) { bench in
            bench.ann.home.fixture.clock.advance(seconds: 90_000)
            let (environment, database) = bench.judged(rowLimit: 100)

            let letters = try await NoticeLetters(environment).run()

            #expect(letters == 1)
            #expect(database.problems == [])
        }
    }

    @Test(arguments: TestEngine.present)
    func `streams look at the households and people who listen`(engine: TestEngine) async throws {
        try await Self.with(engine) { bench in
            let (environment, database) = bench.judged(rowLimit: 100)
            let hub = environment.events
            hub.beatByHand()
            let leases = try bench.others.prefix(40).map { other in
                try hub.open(other.person, [other.household])
            }

            for lease in leases { try await hub.begin(lease.tap) }
            for _ in 0..<EventHub.calmBeats { await hub.beatOnce() }

            #expect(hub.count == 40)
            #expect(database.questions >= 82)
            #expect(database.problems == [])
        }
    }
}
