import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

@Suite struct RecurringTests {
    @Test(arguments: Engine.present)
    func `what comes again is found, with its price, its days and what it costs a year`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let account = try await shared.makeAccount("Checking")
            let dates = SharedHome.months(8)
            try await shared.pay(
                "Streamflix",
                Array(repeating: "9.99", count: 5) + ["12.99"],
                on: dates,
                from: account
            )
            try await shared.pay(
                "Market",
                ["31.20", "7.35", "88.10"],
                on: [
                    "2025-12-03", "2026-01-29", "2026-02-07",
                ],
                from: account
            )

            let found = try await shared.recurring()

            try #require(found.count == 1)
            let one = found[0]
            #expect(one[text: "payee"] == "Streamflix")
            #expect(one[text: "account_id"] == account.description)
            #expect(one[text: "account_name"] == "Checking")
            #expect(one[text: "direction"] == "expense" && one[text: "currency"] == "EUR")
            #expect(one[text: "period"] == "monthly")
            #expect(one[text: "amount"] == "-12.99")
            #expect(one[text: "yearly_amount"] == "-155.88")
            #expect(one["count"]?.plain == "8")
            #expect(one[text: "first_date"] == dates.first && one[text: "last_date"] == dates.last)
            #expect(one[text: "next_date"] == "2026-03-12")
            #expect(one["has_ended"] == false && one["is_dismissed"] == false)
            #expect(one["bill_id"] == .null)
            let change = one["price_changes"]?[0]
            #expect(change?[text: "before"] == "-9.99" && change?[text: "after"] == "-12.99")
            #expect(change?[text: "date"] == dates[5] && change?["is_worse"] == true)
            #expect(change?[text: "yearly_change"] == "-36.00")
            #expect(one["payments"]?.elements.count == 6)
            #expect(one["payments"]?[0][text: "date"] == dates.last)
        }
    }

    @Test(arguments: Engine.present)
    func `deleted, expected and moved payments are no history, and old ones neither`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let account = try await shared.makeAccount("Checking")
            let savings = try await shared.makeAccount("Savings")
            for date in SharedHome.months(6) {
                let gone = try await shared.spend(
                    "5",
                    from: account,
                    [("payee", "Gone"), ("date", .string(date))]
                )
                try await shared.ann.call(.delete, "transactions/\(gone)")
                _ = try await shared.spend(
                    "6",
                    from: account,
                    [("payee", "Planned"), ("date", .string(date)), ("state", "expected")]
                )
                _ = try await shared.spend(
                    "7",
                    from: account,
                    to: savings,
                    [("payee", "Moved"), ("date", .string(date))]
                )
            }
            let old = SharedHome.months(34).prefix(9)
            try await shared.pay("Old", ["8"], on: Array(old), from: account)

            #expect(try await shared.recurring("?state=all").map { $0[text: "payee"] } == [])
        }
    }

    @Test(arguments: Engine.present)
    func `a series is dismissed for everyone, also at its next price, and shown again`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let account = try await shared.makeAccount("Checking")
            try await shared.pay("Streamflix", ["9.99"], on: SharedHome.months(6), from: account)
            try await shared.pay("Lottery", ["20"], on: SharedHome.months(6, day: 3), from: account)
            let key = try await key(of: "Lottery", shared)

            let dismissed = try await shared.bob.call(.post, "recurring/\(key)/dismiss")
            let again = try await shared.ann.call(.post, "recurring/\(key)/dismiss")
            let open = try await shared.recurring()
            let gone = try await shared.recurring("?state=dismissed")
            // A rise keeps it dismissed, and the key that a page still has keeps its meaning.
            try await shared.pay("Lottery", ["25"], on: ["2026-03-03"], from: account)
            let later = try await shared.recurring("?state=dismissed")
            let restored = try await shared.ann.call(.post, "recurring/\(key)/restore")
            let all = try await shared.recurring()

            #expect(dismissed.data["is_dismissed"] == true, "\(dismissed)")
            #expect(again.data["is_dismissed"] == true)
            #expect(open.map { $0[text: "payee"] } == ["Streamflix"])
            #expect(gone.map { $0[text: "key"] } == [key])
            #expect(later.map { $0[text: "payee"] } == ["Lottery"])
            #expect(restored.data["is_dismissed"] == false, "\(restored)")
            #expect(Set(all.map { $0[text: "payee"] }) == ["Streamflix", "Lottery"])
            let choices = try await shared.home.number("SELECT COUNT(*) FROM recurring_choice")
            #expect(choices == 0)
            let entries = try await shared.home.number(
                "SELECT COUNT(*) FROM audit_entry WHERE entity = 'recurring'"
            )
            #expect(entries == 2)
        }
    }

    @Test(arguments: Engine.present)
    func `a dismissal and a restoration can be taken back`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let account = try await shared.makeAccount("Checking")
            try await shared.pay("Lottery", ["20"], on: SharedHome.months(6), from: account)
            let key = try await key(of: "Lottery", shared)
            func undo() async throws -> Answer {
                let last = try await shared.ann.get("audit-logs?limit=1").data[0]
                return try await shared.ann.call(.post, "audit-logs/\(last.id)/undo")
            }
            func count() async throws -> Int { try await shared.recurring().count }

            try await shared.ann.call(.post, "recurring/\(key)/dismiss")
            #expect(try await count() == 0)
            #expect(try await undo().status == 200)
            #expect(try await count() == 1)
            try await shared.ann.call(.post, "recurring/\(key)/dismiss")
            try await shared.ann.call(.post, "recurring/\(key)/restore")
            let back = try await undo()
            #expect(back.status == 200, "\(back)")
            #expect(try await count() == 0)
            let entry = try await shared.ann.get("audit-logs?limit=1").data[0]
            #expect(entry[text: "summary"]?.contains("“lottery”") == true, "\(entry)")
        }
    }

    @Test(arguments: Engine.present)
    func `what lies on a hidden account is not found, and what was said of it is not told`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let joint = try await shared.makeAccount("Joint")
            let own = try await shared.makeAccount("Presents")
            try await shared.pay("Streamflix", ["9.99"], on: SharedHome.months(6), from: joint)
            try await shared.pay("Jeweller", ["50"], on: SharedHome.months(6), from: own)
            try await shared.pay("Florist", ["30"], on: SharedHome.months(6), from: own)
            let hidden = try await key(of: "Jeweller", shared)
            let other = try await key(of: "Florist", shared)
            try await shared.ann.call(.post, "recurring/\(hidden)/dismiss")
            try await shared.hide(own)

            let seen = try await shared.recurring("?state=all", by: shared.bob)
            let export = try await shared.server.environment.read(as: bob(shared, without: own)) {
                try RecurringStore(transaction: $0, household: shared.household).choices()
            }
            let trail = try await shared.bob.get("audit-logs?limit=100")

            #expect(seen.map { $0[text: "payee"] } == ["Streamflix"])
            #expect(export == [])
            #expect(!trail.text.contains("jeweller"))
            for key in [hidden, other] {
                for action in ["dismiss", "restore"] {
                    let answer = try await shared.bob.call(.post, "recurring/\(key)/\(action)")
                    #expect(answer.status == 404)
                }
            }
            #expect(try await shared.recurring("?state=all").count == 3)
        }
    }

    @Test func `no word that is none names a series`() async throws {
        try await SharedHome.with(.sqlite) { shared in
            let account = try await shared.makeAccount("Checking")
            try await shared.pay("Lottery", ["20"], on: SharedHome.months(6), from: account)
            let key = try await key(of: "Lottery", shared)
            let digest = key.prefix(32)

            for wrong in [
                "x", "\(digest)", "\(digest)-", "\(digest)--1", "\(digest)-1",
                "\(digest)-99999999999999999999", "\(digest)-0", "-200000", "\(digest)-200000-1",
                String(repeating: "0", count: 32) + "-200000",
            ] {
                let answer = try await shared.ann.call(.post, "recurring/\(wrong)/dismiss")
                #expect(answer.status == 404, "\(wrong) \(answer)")
            }
        }
    }

    /// The rows are those of the payees with the fewest payments, and never more than the limit.
    @Test(arguments: Engine.present)
    func `of many payments the rarest are looked at`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let account = try await shared.makeAccount("Checking")
            try await shared.pay("Rare", ["9.99"], on: SharedHome.months(3), from: account)
            try await shared.pay("Often", ["5"], on: SharedHome.months(12), from: account)
            try await shared.pay("Once", ["5"], on: ["2026-03-01"], from: account)

            func payees(_ limit: Int) async throws -> [String: Int] {
                let household = shared.household
                let today = LocalDate("2026-03-15")!
                return try await shared.home.read { transaction in
                    let store = RecurringStore(transaction: transaction, household: household)
                    let rows = try store.payments(until: today, limit: limit)
                    return Dictionary(grouping: rows, by: \.payeeName).mapValues(\.count)
                }
            }

            #expect(try await payees(15) == ["Rare": 3, "Often": 12])
            #expect(try await payees(14) == ["Rare": 3])
            #expect(try await payees(2) == [:])
        }
    }

    private func key(of payee: String, _ shared: SharedHome) async throws -> String {
        let found = try await shared.recurring("?state=all").first { $0[text: "payee"] == payee }
        return try #require(found?[text: "key"])
    }

    private func bob(_ shared: SharedHome, without account: AccountID) -> Member {
        Member(
            household: shared.household,
            person: shared.bobID,
            role: .editor,
            currency: LedgerFixture.eur,
            weekStart: .monday,
            timeZone: "UTC",
            sees: .without([account])
        )
    }
}
