import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// How people say how they want to be told.
@Suite struct NoticePreferenceTests {
    @Test(arguments: Engine.present)
    func `what nobody chose is as usual, and what is chosen stays`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let home = JSONValue.string(shared.household.description)
            let usual = try await shared.bob.get("notices/preferences")

            let set = try await shared.choose(
                [("bill_due", true, "weekly"), ("goal_reached", false, "off")],
                [
                    ("quiet_from", "22:30"), ("quiet_to", "06:15"), ("digest_hour", 18),
                    ("digest_weekday", "friday"), ("budget_warning_percent", 90),
                    ("budget_spent_percent", 110),
                    ("large_amounts", [["household_id": home, "amount": "250.50"]]),
                ]
            )
            let read = try await shared.ann.get("notices/preferences")
            let others = try await shared.choose([])

            let kinds = usual.data["kinds"]?.elements ?? []
            #expect(
                kinds.map { $0[text: "kind"] }
                    == NoticeKind.allCases.filter { $0 != .backupFailed }.map(\.rawValue)
            )
            #expect(usual.data["version"] == 0)
            #expect(usual.data["quiet_from"] == .null)
            #expect(usual.data["large_amounts"]?[1]["amount"] == "1000.00")
            #expect(usual.data["mail"]?["is_set_up"] == .boolean(false))
            #expect(usual.data["mail"]?["is_verified"] == .boolean(false))
            #expect(set.status == 200, "\(set)")
            #expect(read.data == set.data)
            #expect(read.headers[.eTag] == "\"1\"")
            #expect(read.data["quiet_from"] == "22:30" && read.data["quiet_to"] == "06:15")
            #expect(read.data["digest_hour"] == 18 && read.data["digest_weekday"] == "friday")
            #expect(read.data["budget_warning_percent"] == 90)
            #expect(read.data["large_amounts"]?[0]["amount"] == "250.50")
            let bill = read.data["kinds"]?.elements.first { $0[text: "kind"] == "bill_due" }
            #expect(bill?["mail"] == "weekly")
            // Amounts that are not named stay; kinds go back to the usual.
            #expect(others.data["large_amounts"]?[0]["amount"] == "250.50")
            let reset = others.data["kinds"]?.elements.first { $0[text: "kind"] == "bill_due" }
            #expect(reset?["mail"] == "at_once")
        }
    }

    @Test(arguments: Engine.present)
    func `a stale change is refused`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let fresh = shared.ann.with(.ifMatch, "\"0\"")
            let first = try await shared.choose([], by: fresh)

            let second = try await shared.choose([], by: fresh)

            #expect(first.status == 200, "\(first)")
            #expect(second.status == 412)
            let trail = try await shared.server.trail(of: "ann@example.org")
            #expect(
                trail.filter { $0.hasPrefix("notice_") } == ["notice_preferences_change success"]
            )
        }
    }

    @Test func `what cannot be is refused by its name`() async throws {
        try await SharedHome.with(.sqlite) { shared in
            let twice = [("bill_due", true, "off"), ("bill_due", true, "off")]
            let cases: [(Answer, [String])] = [
                (try await shared.choose([("new_device", true, "off")]), ["kinds[0].mail"]),
                (try await shared.choose([("rain", true, "off")]), ["kinds[0].kind"]),
                (try await shared.choose(twice), ["kinds[1].kind"]),
                (try await shared.choose([], [("quiet_from", "22:00")]), ["quiet_to"]),
                (try await shared.choose([], [("quiet_to", "22:00")]), ["quiet_from"]),
                (
                    try await shared.choose([], [("quiet_from", "9:00"), ("quiet_to", "25:00")]),
                    ["quiet_from", "quiet_to"]
                ),
                (
                    try await shared.choose([], [("quiet_from", "09:00"), ("quiet_to", "09:00")]),
                    ["quiet_to"]
                ), (try await shared.choose([], [("digest_hour", 24)]), ["digest_hour"]),
                (try await shared.choose([], [("digest_weekday", "x")]), ["digest_weekday"]),
                (
                    try await shared.choose([], [("budget_warning_percent", 100)]),
                    ["budget_warning_percent"]
                ),
                (
                    try await shared.choose([], [("budget_spent_percent", 99)]),
                    ["budget_spent_percent"]
                ),
            ]

            for (answer, fields) in cases {
                #expect(answer.status == 422, "\(answer)")
                #expect(answer.fields == fields, "\(answer)")
            }
        }
    }

    @Test func `a large amount is one of a household of theirs`() async throws {
        try await SharedHome.with(.sqlite) { shared in
            let eve = try await shared.server.nobody.register("Eve")
            let foreign = try await eve.get("auth/me").data["household"]?["id"] ?? .null
            let home = JSONValue.string(shared.household.description)
            func choose(_ household: JSONValue, _ amount: JSONValue) async throws -> [String] {
                let list: JSONValue = [["household_id": household, "amount": amount]]
                return try await shared.choose([], [("large_amounts", list)]).fields
            }

            #expect(try await choose(foreign, "1") == ["large_amounts[0].household_id"])
            #expect(try await choose(home, "1.234") == ["large_amounts[0].amount"])
            #expect(try await choose(home, "0") == ["large_amounts[0].amount"])
            #expect(try await choose(home, "0.01") == [])
        }
    }

    @Test func `only administrators are asked about backups`() async throws {
        try await SharedHome.with(.sqlite) { shared in
            func isAsked(_ role: SystemRole) async throws -> Bool {
                try await shared.server.environment.database.write(.shared) {
                    try $0.execute("UPDATE person SET system_role = \(role.rawValue)")
                }
                let kinds = try await shared.bob.get("notices/preferences").data["kinds"]
                return kinds?.elements.contains { $0[text: "kind"] == "backup_failed" } ?? false
            }

            let user = try await isAsked(.user)
            let administrator = try await isAsked(.admin)
            #expect(!user && administrator)
        }
    }
}
