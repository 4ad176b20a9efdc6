import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// What people are told, by whom it is read, and that it is told once.
@Suite struct NoticeTests {
    @Test(arguments: Engine.present)
    func `a notice is read, unread, listed and deleted`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            for name in ["Rent", "Power", "Phone"] { try await shared.tellOfBill(name) }
            let ann = shared.ann
            let all = try await ann.get("notices")
            let ids = all.data.elements.map(\.id)
            let first = try await ann.get("notices?limit=2")
            let cursor = first.body?["pagination"]?["next_cursor"]?.text ?? ""
            let second = try await ann.get("notices?limit=2&cursor=\(cursor)")

            let read = try await ann.call(.post, "notices/\(ids[0])/read")
            let unread = try await ann.get("notices/unread")
            let again = try await ann.call(.post, "notices/\(ids[0])/unread")
            let upTo = try await ann.call(.post, "notices/read", ["up_to": .string(ids[1])])
            let left = try await ann.get("notices?unread=true")
            let gone = try await ann.call(.delete, "notices/\(ids[2])")
            let missing = try await ann.call(.post, "notices/\(ids[2])/read")

            #expect(all.data.elements.map { $0["details"]?["name"] } == ["Phone", "Power", "Rent"])
            #expect(all.data[0][text: "household_name"] == "Ann’s household")
            #expect(all.data[0][text: "link"] == "/bills")
            #expect(all.data[0][text: "text"] == "Phone is due on 15 March 2026: 12,340.00 EUR.")
            #expect(all.data[0]["details"]?["amount"] == "12340.00")
            #expect(first.data.elements.map(\.id) == Array(ids[..<2]))
            #expect(first.body?["pagination"]?["total"] == 3)
            #expect(second.data.elements.map(\.id) == [ids[2]])
            #expect(read.data["read_at"]?.text != nil)
            #expect(unread.data["unread"] == 2)
            #expect(again.data["read_at"] == .null)
            #expect(upTo.data["unread"] == 1)
            #expect(left.data.elements.map(\.id) == [ids[0]])
            #expect(gone.status == 204)
            #expect(missing.status == 404)
            #expect(try await ann.get("notices?kind=goal_reached").data.elements.isEmpty)
            let home = shared.household
            let here = try await ann.get("notices?household_id=\(home)").data.elements
            #expect(here.count == 2)
            #expect(try await ann.call(.post, "notices/read", [:]).data["unread"] == 0)
        }
    }

    @Test(arguments: Engine.present)
    func `nobody else reads it, whatever they know of it`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let account = try await shared.makeAccount("Own")
            try await shared.hide(account)
            try await shared.tellOfBill("Secret", about: [account])
            let id = try await shared.ann.get("notices").data[0].id
            let eve = try await shared.server.nobody.register("Eve")

            for other in [shared.bob, eve] {
                let list = try await other.get("notices")
                #expect(list.data.elements.isEmpty)
                let answers = [
                    try await other.call(.post, "notices/\(id)/read"),
                    try await other.call(.post, "notices/\(id)/unread"),
                    try await other.call(.delete, "notices/\(id)"),
                ]
                #expect(answers.map(\.status) == [404, 404, 404])
            }
            #expect(try await shared.ann.get("notices/unread").data["unread"] == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `the doctor opens what was told, and knows what was told to another`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            try await shared.tellOfBill("Rent")
            let removed = try await shared.ann.call(.delete, "household/members/\(shared.bobID)")
            let environment = shared.server.environment
            let doctor = Doctor(environment.database, keys: environment.keys)

            let whole = try await doctor.examine()
            try await environment.database.write(.shared) {
                try $0.execute(
                    """
                    UPDATE notice SET payload = (SELECT n.payload FROM notice n
                        WHERE n.person_id = \(shared.bobID) AND n.household_id = \(shared.household))
                    WHERE household_id = \(shared.household)
                    """
                )
            }
            let report = try await doctor.examine()

            #expect(removed.status == 204, "\(removed)")
            #expect(whole.findings.map(\.line) == [])
            #expect(report.findings.map(\.table) == ["notice"])
            #expect(report.findings.map(\.household) == [shared.household])
        }
    }

    @Test(arguments: Engine.present)
    func `what is hidden later, or of a household that was left, is not shown any more`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let account = try await shared.makeAccount("Joint")
            try await shared.tellOfBill("Rent", about: [account])
            try await shared.tellOfBill("Power")
            #expect(try await shared.notices(of: shared.bobID).count == 2)

            try await shared.hide(account)
            let hidden = try await shared.bob.get("notices")
            let count = try await shared.bob.get("notices/unread")
            let bob = shared.bobID.description
            let removed = try await shared.ann.call(.delete, "household/members/\(bob)")
            let left = try await shared.notices(of: shared.bobID)

            #expect(hidden.data.elements.map { $0["details"]?["name"] } == ["Power"])
            #expect(count.data["unread"] == 1)
            #expect(removed.status == 204, "\(removed)")
            #expect(left.isEmpty)
            #expect(try await shared.notices(of: shared.annID).count == 2)
        }
    }

    @Test(arguments: Engine.present)
    func `each is told once, also when it was deleted, and nothing of it lies open`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            try await shared.tellOfBill("Sentinel")
            let id = try await shared.ann.get("notices").data[0].id
            _ = try await shared.ann.call(.delete, "notices/\(id)")

            try await shared.tellOfBill("Sentinel")

            #expect(try await shared.notices(of: shared.annID).isEmpty)
            #expect(try await shared.notices(of: shared.bobID).count == 1)
            let stored = try await shared.server.environment.database.read(.shared) {
                try $0.rows("SELECT payload FROM notice WHERE payload IS NOT NULL") {
                    String(decoding: try $0.bytes(), as: UTF8.self)
                }
            }
            #expect(stored.count == 1)
            #expect(!stored[0].contains("Sentinel") && !stored[0].contains("12340"))
        }
    }

    @Test(arguments: Engine.present)
    func `who wants to hear of something in no way is not told`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            try await shared.choose([("bill_due", false, "off"), ("goal_reached", false, "weekly")])

            try await shared.tellOfBill("Rent")
            try await shared.tellOfBill("Boat", as: .goalReached)

            #expect(try await shared.kinds(of: shared.annID) == [.goalReached])
            #expect(try await shared.ann.get("notices").data.elements.isEmpty, "by letter alone")
            #expect(try await shared.ann.get("notices/unread").data["unread"] == 0)
            #expect(try await shared.kinds(of: shared.bobID) == [.billDue, .goalReached])
        }
    }

    @Test(arguments: Engine.present)
    func `notices are forgotten after ninety days, and known for longer`(
        engine: Engine
    )
        async throws
    {
        try await SharedHome.with(engine) { shared in
            let purge = Purge(shared.server.environment)
            try await shared.tellOfBill("Rent")
            shared.server.clock.advance(seconds: 90 * PurgeBench.day)
            #expect(try await purge.run().notices == 0)
            shared.server.clock.advance(seconds: 1)

            #expect(try await purge.run().notices == 2)
            try await shared.tellOfBill("Rent")
            let known = try await shared.notices(of: shared.annID)
            shared.server.clock.advance(seconds: 310 * PurgeBench.day)
            _ = try await purge.run()

            #expect(known.isEmpty)
            let rows = try await shared.server.environment.database.read(.shared) {
                try $0.first("SELECT COUNT(*) FROM notice") { try $0.int() }
            }
            #expect(rows == 0)
        }
    }

    @Test func `each kind has a sentence in each language, whatever is known`() throws {
        var details = NoticeDetails()
        details.name = "Rent\r\nBcc: all"
        details.amount = Money(tenThousandths: -12_345_000, LedgerFixture.eur)
        details.date = LocalDate("2028-02-29")
        for words in NoticeWords.all {
            for kind in NoticeKind.allCases {
                let full = words.sentence(kind, details)
                let bare = words.sentence(kind, NoticeDetails())
                #expect(!full.contains("\n") && !full.contains("\r"), "\(kind) \(full)")
                #expect(full.count > 8 && bare.count > 4 && words.title(kind).count > 4)
            }
        }
        let german = NoticeWords.of("de-AT")
        let due = german.sentence(.billDue, details)
        #expect(due.hasSuffix("ist am 29. Februar 2028 fällig: −1.234,50 EUR."), "\(due)")
        #expect(NoticeWords.of("fr").code == "en")
    }

    @Test func `what is sealed is read as it was`() throws {
        var details = NoticeDetails()
        details.account = AccountID("01a1fdf1-682d-7001-9709-01a2a002ee10")
        details.name = "Giro"
        details.amount = Money(tenThousandths: -12_345, LedgerFixture.eur)
        details.limit = .zero(LedgerFixture.eur)
        details.percent = 80
        details.date = LocalDate("2028-02-29")
        details.count = 3
        let content = NoticeContent(link: "/accounts?a=1&b=2", details: details)

        #expect(try NoticeContent(sealed: NoticeContent.shape.bytes(content)) == content)
        let empty = NoticeContent(link: nil, details: NoticeDetails())
        #expect(try NoticeContent(sealed: NoticeContent.shape.bytes(empty)) == empty)
    }
}

extension SharedHome {
    /// Ann says how she wants to be told of some kinds.
    @discardableResult
    func choose(
        _ choices: [(kind: String, isInApp: Bool, mail: String)],
        _ more: [(String, JSONValue)] = [],
        by caller: Caller? = nil
    ) async throws -> Answer {
        var members: [(String, JSONValue)] = [
            (
                "kinds",
                .array(
                    choices.map {
                        [
                            "kind": .string($0.kind), "in_app": .boolean($0.isInApp),
                            "mail": .string($0.mail),
                        ]
                    }
                )
            ), ("digest_hour", 7), ("digest_weekday", "monday"), ("budget_warning_percent", 80),
            ("budget_spent_percent", 100),
        ]
        members.removeAll { member in more.contains { $0.0 == member.0 } }
        members += more
        return try await (caller ?? ann).call(
            .put,
            "notices/preferences",
            .object(members.map { JSONMember(name: $0.0, value: $0.1) })
        )
    }
}
