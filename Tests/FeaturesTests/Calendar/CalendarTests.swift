import Foundation
import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

/// The servers of these tests stand at 15 March 2026.
@Suite struct CalendarTests {
    private func month(
        _ shared: SharedHome,
        _ name: String = "2026-03",
        by caller: Caller? = nil
    ) async throws
        -> JSONValue
    {
        let answer = try await (caller ?? shared.ann).get("calendar/\(name)")
        try #require(answer.status == 200, "\(answer)")
        return answer.data
    }

    private func day(_ month: JSONValue, _ day: Int) -> JSONValue {
        month["days"]?[day - 1] ?? .null
    }

    private func account(_ month: JSONValue, _ id: AccountID) -> JSONValue {
        month["accounts"]?.elements.first { $0[text: "account_id"] == id.description } ?? .null
    }

    private func opened(
        _ shared: SharedHome,
        _ name: String,
        _ amount: String,
        _ more: JSONValue = [:]
    )
        async throws -> AccountID
    {
        var members: [JSONMember] = [
            JSONMember(name: "name", value: .string(name)),
            JSONMember(name: "kind", value: "checking"),
            JSONMember(name: "currency", value: "EUR"),
            JSONMember(name: "opening_balance", value: .string(amount)),
            JSONMember(name: "opening_date", value: "2026-01-01"),
        ]
        if case .object(let extra) = more {
            members.removeAll { member in extra.contains { $0.name == member.name } }
            members += extra
        }
        let answer = try await shared.ann.call(.post, "accounts", .object(members))
        return try #require(AccountID(answer.data.id), "\(answer)")
    }

    @discardableResult
    private func bill(
        _ shared: SharedHome,
        _ name: String,
        _ body: [(String, JSONValue)]
    ) async throws
        -> JSONValue
    {
        let members: [(String, JSONValue)] =
            [("name", .string(name)), ("direction", "expense")].filter { own in
                !body.contains { $0.0 == own.0 }
            } + body
        let answer = try await shared.ann.call(
            .post,
            "bills",
            .object(members.map { JSONMember(name: $0.0, value: $0.1) })
        )
        try #require(answer.status == 201, "\(answer)")
        return answer.data
    }

    /// Spending, income and a transfer of March, one booking ahead, and three bills.
    private func fillMarch(_ shared: SharedHome) async throws -> (AccountID, AccountID) {
        let checking = try await opened(shared, "Checking", "1000")
        let savings = try await opened(shared, "Savings", "0", ["kind": "savings"])
        _ = try await shared.spend("100", from: checking, [("date", "2026-03-10")])
        _ = try await shared.spend(
            "40",
            from: checking,
            [("date", "2026-03-10"), ("type", "income")]
        )
        _ = try await shared.spend("200", from: checking, to: savings, [("date", "2026-03-12")])
        // Booked ahead: a date of the future is no less booked.
        _ = try await shared.spend("10", from: checking, [("date", "2026-03-18")])
        let id = JSONValue.string(checking.description)
        try await bill(
            shared,
            "Rent",
            [
                ("account_id", id), ("amount", "500.00"), ("start_on", "2026-03-20"),
                ("repeat", "FREQ=MONTHLY"),
            ]
        )
        try await bill(
            shared,
            "Salary",
            [
                ("direction", "income"), ("account_id", id), ("amount", "2000"),
                ("start_on", "2026-03-27"), ("repeat", "FREQ=MONTHLY"),
            ]
        )
        try await bill(
            shared,
            "Saving",
            [
                ("direction", "transfer"), ("account_id", id),
                ("to_account_id", .string(savings.description)), ("amount", "250"),
                ("start_on", "2026-03-25"), ("repeat", "FREQ=MONTHLY"),
            ]
        )
        return (checking, savings)
    }

    @Test(arguments: Engine.present)
    func `past days say what was, today and later ones what is expected`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let (checking, savings) = try await fillMarch(shared)

            let march = try await month(shared)

            #expect(march[text: "today"] == "2026-03-15" && march["days"]?.elements.count == 31)
            #expect(march[text: "money_in"] == "40.00" && march[text: "money_out"] == "-110.00")
            #expect(march[text: "expected_in"] == "2000.00")
            #expect(march[text: "expected_out"] == "-500.00")
            #expect(march[text: "balance_start"] == "1000.00")
            #expect(day(march, 10)[text: "money_out"] == "-100.00")
            #expect(day(march, 10)[text: "money_in"] == "40.00")
            #expect(day(march, 10)[text: "balance"] == "940.00")
            #expect(day(march, 12)[text: "balance"] == "940.00")
            #expect(day(march, 14)["is_expected"] == false && day(march, 15)["is_expected"] == true)
            #expect(day(march, 17)[text: "balance"] == "940.00")
            #expect(day(march, 18)[text: "balance"] == "930.00")
            #expect(day(march, 20)[text: "expected_out"] == "-500.00")
            #expect(day(march, 20)[text: "balance"] == "430.00")
            #expect(day(march, 25)[text: "balance"] == "430.00")
            #expect(day(march, 25)[text: "expected_out"] == "0.00")
            #expect(march[text: "balance_end"] == "2430.00")
            let rent = day(march, 20)["occurrences"]?[0] ?? .null
            #expect(rent[text: "name"] == "Rent" && rent[text: "state"] == "expected")
            #expect(rent[text: "amount"] == "-500.00" && rent[text: "counted_on"] == "2026-03-20")
            let line = account(march, checking)
            #expect(line[text: "balance_start"] == "1000.00")
            #expect(line[text: "balance_end"] == "1980.00")
            // 1000 − 60 − 200 − 10 − 500 − 250
            #expect(line[text: "lowest"] == "-20.00" && line[text: "lowest_on"] == "2026-03-25")
            #expect(line[text: "short_on"] == "2026-03-25" && line[text: "floor"] == "0.00")
            #expect(march[text: "short_on"] == "2026-03-25")
            #expect(line["balances"]?[30] == "1980.00")
            #expect(account(march, savings)[text: "balance_end"] == "450.00")
        }
    }

    @Test(arguments: Engine.present)
    func `the months before and after join`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let (checking, _) = try await fillMarch(shared)

            let april = try await month(shared, "2026-04")
            #expect(april[text: "balance_start"] == "2430.00")
            #expect(april[text: "balance_end"] == "3930.00")
            #expect(account(april, checking)[text: "balance_start"] == "1980.00")
            let february = try await month(shared, "2026-02")
            #expect(february[text: "balance_end"] == "1000.00")
            #expect(february[text: "short_on"] == nil)
            #expect(february["days"]?.elements.allSatisfy { $0["is_expected"] == false } == true)
        }
    }

    /// One bill that is late, one that is paid early, and one that is skipped.
    private func makeLate(_ shared: SharedHome) async throws -> AccountID {
        let checking = try await opened(shared, "Checking", "1000", ["minimum_balance": "600"])
        let id = JSONValue.string(checking.description)
        func weekly(
            _ name: String,
            _ amount: JSONValue,
            from day: JSONValue
        ) async throws -> JSONValue {
            try await bill(
                shared,
                name,
                [
                    ("account_id", id), ("amount", amount), ("payee", .string(name)),
                    ("start_on", day),
                ]
            )
        }
        _ = try await weekly("Late", "100", from: "2026-03-12")
        _ = try await weekly("Paid", "50", from: "2026-03-17")
        let skipped = try await weekly("Skipped", "70", from: "2026-03-18")
        _ = try await shared.spend(
            "50",
            from: checking,
            [("payee", "Paid"), ("date", "2026-03-15")]
        )
        let skip = try await shared.ann.call(
            .post,
            "bills/\(skipped.id)/occurrences/2026-03-18/skip"
        )
        #expect(skip.status == 200, "\(skip)")
        return checking
    }

    @Test(arguments: Engine.present)
    func `what is late counts today, and what is paid, skipped or missed does not`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let checking = try await makeLate(shared)

            let march = try await month(shared)

            let entries =
                march["days"]?.elements.flatMap { $0["occurrences"]?.elements ?? [] } ?? []
            func entry(_ name: String) -> JSONValue {
                entries.first { $0[text: "name"] == name } ?? .null
            }
            #expect(entry("Late")[text: "state"] == "overdue")
            #expect(entry("Late")[text: "date"] == "2026-03-12")
            #expect(entry("Late")[text: "counted_on"] == "2026-03-15")
            #expect(entry("Paid")[text: "state"] == "matched", "\(entry("Paid"))")
            #expect(entry("Paid")["is_counted"] == false)
            #expect(entry("Paid")[text: "amount"] == "-50.00")
            #expect(entry("Skipped")[text: "state"] == "skipped")
            #expect(march[text: "expected_out"] == "-100.00")
            #expect(day(march, 15)[text: "balance"] == "850.00")
            #expect(march[text: "balance_end"] == "850.00")
            #expect(account(march, checking)[text: "minimum_balance"] == "600.00")

            // Eleven days later nobody waits for it any more.
            shared.server.clock.advance(seconds: 11 * 86_400)
            let again = try await shared.server.logIn("ann")
            let caller = shared.server.nobody.with(token: again.data[text: "access_token"] ?? "-")
            let later = try await month(shared, by: caller)
            #expect(later[text: "expected_out"] == "0.00")
            #expect(later[text: "balance_end"] == "950.00")
        }
    }

    @Test(arguments: Engine.present)
    func `a hidden account, its bills and its sums are not in it`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let joint = try await opened(shared, "Joint", "100")
            let own = try await opened(shared, "Presents", "7777")
            _ = try await shared.spend("40", from: own, [("date", "2026-03-10")])
            for (name, account) in [("Ring", own), ("Rent", joint)] {
                try await bill(
                    shared,
                    name,
                    [
                        ("account_id", .string(account.description)), ("amount", "33"),
                        ("start_on", "2026-03-20"),
                    ]
                )
            }
            try await shared.hide(own)

            let seen = try await month(shared, by: shared.bob)
            let whole = try await month(shared)

            #expect(seen["accounts"]?.elements.map { $0[text: "name"] } == ["Joint"])
            #expect(day(seen, 20)["occurrences"]?.elements.map { $0[text: "name"] } == ["Rent"])
            #expect(seen[text: "balance_end"] == "67.00" && seen[text: "money_out"] == "0.00")
            #expect(seen[text: "expected_out"] == "-33.00")
            #expect(whole[text: "balance_end"] == "7771.00")
        }
    }

    @Test(arguments: Engine.present)
    func `a currency without a rate is named and not guessed`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let euro = try await opened(shared, "Euro", "100")
            let dollar = try await opened(shared, "Dollar", "50", ["currency": "USD"])
            try await bill(
                shared,
                "Hosting",
                [
                    ("account_id", .string(dollar.description)), ("amount", "20"),
                    ("start_on", "2026-03-20"),
                ]
            )

            let before = try await month(shared)
            #expect(before["unconverted"] == ["USD"])
            #expect(
                before[text: "balance_end"] == "100.00" && before[text: "expected_out"] == "0.00"
            )
            #expect(account(before, dollar)[text: "balance_end"] == "30.00")

            _ = try await shared.spend(
                "10",
                from: euro,
                to: dollar,
                [("date", "2026-01-02"), ("to_amount", "20")]
            )
            let after = try await month(shared)
            #expect(after["unconverted"] == [])
            #expect(after[text: "expected_out"] == "-10.00")
            #expect(after[text: "balance_end"] == "115.00")
        }
    }

    @Test func `a month that is none, or too far, is refused`() async throws {
        try await SharedHome.with(.sqlite) { shared in
            for wrong in ["2026-13", "2026-3", "march", "2026-03-01", "0000-01", "2029-04"] {
                let answer = try await shared.ann.get("calendar/\(wrong)")
                #expect(answer.status == 422 && answer.fields == ["month"], "\(wrong)")
            }
            #expect(try await shared.ann.get("calendar/2029-03").status == 200)
            #expect(try await shared.ann.get("calendar/1950-01").status == 200)
        }
    }

    /// What is left at the end is what there is today and all that is still expected.
    @Test(arguments: Engine.present)
    func `nothing is made or lost`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            var random = SeededGenerator(seed: 7)
            var accounts: [AccountID] = []
            for number in 0..<3 {
                accounts.append(try await opened(shared, "A\(number)", "\(number * 1_000)"))
            }
            for number in 0..<12 {
                let kind = ["expense", "income", "transfer"][number % 3]
                let account = accounts[number % 3]
                let other = accounts[(number + 1) % 3]
                let start = LocalDate("2026-02-20")!
                    .adding(days: Int.random(in: 0...45, using: &random))
                var body: [(String, JSONValue)] = [
                    ("direction", .string(kind)),
                    ("account_id", .string(account.description)),
                    ("amount", .string("\(Int.random(in: 1...900, using: &random)).37")),
                    ("start_on", .string(start.description)),
                    ("repeat", number % 4 == 0 ? "FREQ=WEEKLY" : "FREQ=MONTHLY"),
                ]
                if kind == "transfer" {
                    body.append(("to_account_id", .string(other.description)))
                }
                try await bill(shared, "B\(number)", body)
            }
            for name in ["2026-03", "2026-05", "2027-02"] {
                let told = try await month(shared, name)

                func sum(_ values: [JSONValue?]) throws -> Int64 {
                    try values.reduce(0) { try $0 + Decimal4.parse($1?.text ?? "-") }
                }
                let days = told["days"]?.elements ?? []
                let moved = try sum(
                    days.filter { $0["is_expected"] == true }
                        .flatMap { [$0["expected_in"], $0["expected_out"]] }
                )
                let today =
                    try days.last { $0["is_expected"] == false }
                    .map { try sum([$0["balance"]]) } ?? sum([told["balance_start"]])
                #expect(try sum([told["balance_end"]]) == today + moved, "\(name)")
                let lines = told["accounts"]?.elements ?? []
                for index in days.indices {
                    #expect(
                        try sum([days[index]["balance"]])
                            == sum(lines.map { $0["balances"]?[index] }),
                        "\(name) \(index + 1)"
                    )
                }
            }
        }
    }
}
