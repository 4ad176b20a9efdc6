import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

/// What is kept of the rows of bulk changes tells as much as the rows themselves.
@Suite struct TrailTouchTests {
    /// A household with bulk changes of some of its transactions, accounts and categories.
    private struct Bench: Sendable {
        let shared: SharedHome
        let accounts: [AccountID]

        var environment: ServerEnvironment { shared.server.environment }

        static func with(
            _ engine: Engine,
            _ body: @escaping @Sendable (Bench) async throws -> Void
        ) async throws {
            try await SharedHome.with(engine) { shared in
                var accounts: [AccountID] = []
                for name in ["One", "Two", "Three", "Four"] {
                    accounts.append(try await shared.makeAccount(name))
                }
                let bench = Bench(shared: shared, accounts: accounts)
                try await bench.fill()
                try await body(bench)
            }
        }

        private func fill() async throws {
            var random = SeededGenerator(seed: SeededGenerator.testSeed)
            let category = try await shared.makeCategory("Doomed")
            var ids: [TransactionID] = []
            for number in 0..<12 {
                let account = accounts[number % 3]
                let other = number % 4 == 0 ? accounts[(number + 1) % 3] : nil
                ids.append(
                    try await shared.spend(
                        "\(number + 1)",
                        from: account,
                        to: other,
                        on: other == nil && number % 2 == 0 ? category : nil,
                        // A note that names an account tells of it as well.
                        number == 5 ? [("note", .string(accounts[3].description))] : []
                    )
                )
            }
            for number in 0..<8 {
                let some = ids.shuffled(using: &random).prefix(
                    Int.random(in: 1...6, using: &random)
                )
                try await change(
                    "transactions/bulk",
                    [
                        "action": "patch", "ids": .array(some.map { .string($0.description) }),
                        "patch": ["note": .string("n\(number)")],
                    ]
                )
            }
            try await change(
                "transactions/bulk",
                ["action": "delete", "ids": .array(ids.prefix(3).map { .string($0.description) })]
            )
            try await change(
                "accounts/order",
                ["ids": .array([2, 0, 3, 1].map { .string(accounts[$0].description) })],
                .put
            )
            let heir = try await shared.makeCategory("Heir")
            try await change("categories/\(category)?move_to=\(heir)", nil, .delete)
            let nothing = ids.map { AuditNote.Change(entity: $0.value, before: nil, after: nil) }
            try await shared.home.write {
                $0.record(AuditNote("purge", "transaction", nil, changes: nothing))
            }
        }

        private func change(
            _ path: String,
            _ body: JSONValue?,
            _ method: HTTPRequest.Method = .post
        ) async throws {
            let answer = try await shared.ann.call(method, path, body)
            #expect((200..<300).contains(answer.status), "\(answer)")
        }

        func member(without hidden: some Collection<AccountID>) -> Member {
            Member(
                household: shared.household,
                person: shared.bobID,
                role: .editor,
                currency: LedgerFixture.eur,
                weekStart: .monday,
                timeZone: "UTC",
                sees: AccountVision(hidden: Set(hidden))
            )
        }

        /// Every entry as such a member reads it.
        func read(without hidden: some Collection<AccountID>) async throws -> [String] {
            let (member, keys) = (member(without: hidden), environment.keys)
            return try await shared.home.read { transaction in
                let query: TrailQuery = try FieldReader.read(
                    from: [JSONMember(name: "limit", value: .number("200"))]
                )
                return try TrailReader(transaction, member, keys).page(query).entries.map {
                    String(decoding: TrailEntry.shape.bytes($0), as: UTF8.self)
                }
            }
        }

        func kept() async throws -> [Int64: TrailTouches] {
            let household = shared.household
            return try await shared.home.read {
                try TrailTouchStore(transaction: $0, household: household).all()
            }
        }

        func forget() async throws {
            let household = shared.household
            try await environment.database.write(.household(household)) {
                try $0.execute("DELETE FROM audit_touch WHERE household_id = \(household)")
            }
        }

        func findings() async throws -> [String] {
            try await Doctor(environment.database, keys: environment.keys)
                .examine(at: shared.server.clock.now).findings.map(\.line)
        }
    }

    @Test(arguments: Engine.present)
    func `entries and counts are the same as if each row were opened`(
        engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            let views = (0..<16).map { mask in
                bench.accounts.enumerated().filter { mask >> $0.offset & 1 == 1 }.map(\.element)
            }
            var kept: [[String]] = []
            for hidden in views { kept.append(try await bench.read(without: hidden)) }
            try await bench.forget()

            for (hidden, known) in zip(views, kept) {
                #expect(try await bench.read(without: hidden) == known, "\(hidden.count) hidden")
            }
            #expect(Set(kept).count > 8)
        }
    }

    @Test(arguments: Engine.present)
    func `what is older than that is kept is looked at once`(engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let before = try await bench.kept()
            try await bench.forget()
            let touching = TrailTouching(bench.environment)

            #expect(try await touching.run() == before.count)
            #expect(try await touching.run() == 0)

            #expect(try await bench.kept() == before)
            #expect(before.count == 11)
            #expect(try await bench.findings() == [])
        }
    }

    /// The rows of one page, however many there are, are never opened.
    @Test(arguments: Engine.present)
    func `a page opens no row of a change`(engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let (member, keys) = (
                bench.member(without: bench.accounts.prefix(1)), bench.environment.keys
            )

            try await bench.shared.home.read { transaction in
                let recorder = PlanRecorder(transaction)
                let query: TrailQuery = try FieldReader.read(from: [])
                let page = try TrailReader(recorder, member, keys).page(query)

                #expect(page.entries.contains { $0.changeCount > 1 })
                #expect(!recorder.texts.contains { $0.contains("FROM audit_change") })
                #expect(recorder.texts.count(where: { $0.contains("audit_touch") }) == 1)
                #expect(try recorder.problems(["audit_entry", "audit_touch", "e"]) == [])
            }
        }
    }

    @Test(arguments: Engine.present)
    func `an entry with too many rows to open is not shown until it is known`(
        engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            let account = bench.accounts[0]
            let change = AuditNote.Change(
                entity: bench.environment.ids.next(Entity.Transaction.self).value,
                before: nil,
                after: Array("{\"account_id\":\"\(account)\"}".utf8)
            )
            let changes = Array(repeating: change, count: TrailReader.openedLimit + 1)
            try await bench.shared.home.write {
                $0.record(AuditNote("bulk_patch", "transaction", nil, changes: changes))
            }
            func newest(without hidden: AccountID) async throws -> Bool {
                try await bench.read(without: [hidden]).first?
                    .contains("\"change_count\":\(changes.count)") == true
            }
            let known = try await newest(without: bench.accounts[1])
            let hidden = try await newest(without: account)
            try await bench.forget()
            let unknown = try await newest(without: bench.accounts[1])
            _ = try await TrailTouching(bench.environment).run()

            #expect(known && !hidden && !unknown)
            #expect(try await newest(without: bench.accounts[1]))
        }
    }

    @Test(arguments: Engine.present)
    func `what is kept wrongly is found`(engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let household = bench.shared.household
            let whole = try await bench.findings()
            try await bench.environment.database.write(.household(household)) {
                try $0.execute(
                    """
                    UPDATE audit_touch SET row_count = row_count + 1
                    WHERE household_id = \(household) AND sequence = (
                        SELECT MIN(sequence) FROM audit_touch WHERE household_id = \(household))
                    """
                )
            }

            let found = try await bench.findings()

            #expect(whole == [])
            #expect(found.count == 1)
            #expect(found.allSatisfy { $0.contains("audit_touch") })
        }
    }

    @Test(arguments: Engine.present)
    func `an export of who does not see an account has the rows that they may see`(
        engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            try await bench.shared.hide(bench.accounts[0])
            let member = bench.member(without: bench.accounts.prefix(1))
            let archive = HouseholdArchive(environment: bench.environment, member: member)
            var counts: [Int64: Int] = [:]
            var cursor: String?
            repeat {
                let page = try await archive.auditChanges.page(cursor)
                for row in page.rows { counts[row.sequence, default: 0] += 1 }
                cursor = page.next
            } while cursor != nil

            let kept = try await bench.kept().mapValues { $0.count(without: [bench.accounts[0]]) }
            #expect(counts == kept.filter { $0.value > 0 })
            #expect(counts.count > 4)
        }
    }
}
