import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// Letters with what people were told: each notice in one, and in one only.
@Suite struct NoticeLetterTests {
    private static let hour: Int64 = 3_600

    private func worker(_ shared: SharedHome) -> JobWorker {
        JobWorker(shared.server.environment, NoticeMailJob(shared.server.environment))
    }

    private func write(_ shared: SharedHome) async throws -> Int {
        try await NoticeLetters(shared.server.environment).run()
    }

    @Test(arguments: Engine.present)
    func `what is told at once is in one letter, whoever is asked to write it`(
        engine: Engine
    )
        async throws
    {
        try await SharedHome.with(engine) { shared in
            try await shared.verifyAddresses()
            try await shared.tellOfBill("Rent")
            try await shared.tellOfBill("Power")

            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 { group.addTask { _ = try await worker(shared).run() } }
                for _ in 0..<2 { group.addTask { _ = try await write(shared) } }
                try await group.waitForAll()
            }
            _ = try await write(shared)

            let expected = [
                [
                    "Rent is due on 15 March 2026: 12,340.00 EUR.",
                    "Power is due on 15 March 2026: 12,340.00 EUR.",
                ]
            ]
            #expect(try await shared.letters(to: "ann") == expected)
            #expect(try await shared.letters(to: "bob") == expected)
        }
    }

    @Test(arguments: Engine.present)
    func `letters wait until it is not quiet any more`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            try await shared.verifyAddresses()
            // It is noon.
            try await shared.choose([], [("quiet_from", "11:00"), ("quiet_to", "13:00")])
            try await shared.tellOfBill("Rent")
            _ = try await worker(shared).run()
            _ = try await write(shared)
            let noon = try await shared.letters(to: "ann")
            shared.server.clock.advance(seconds: Self.hour - 3)
            _ = try await worker(shared).run()
            let before = try await shared.letters(to: "ann")
            shared.server.clock.advance(seconds: 3)
            let tried = try await worker(shared).run()

            #expect(noon.isEmpty && before.isEmpty)
            #expect(tried == 1)
            #expect(try await shared.letters(to: "ann").count == 1)
            #expect(try await shared.letters(to: "bob").count == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `letters of a day and a week hold what came since the last, and none is empty`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            try await shared.verifyAddresses()
            // 15 March 2026 is a Sunday.
            try await shared.choose([("bill_due", true, "daily"), ("goal_reached", true, "weekly")])
            try await shared.tellOfBill("Rent")
            try await shared.tellOfBill("Boat", as: .goalReached)
            func advance(to hours: Int64) async throws -> [[String]] {
                shared.server.clock.advance(seconds: hours * Self.hour)
                let before = try await shared.letters(to: "ann").count
                _ = try await write(shared)
                return Array(try await shared.letters(to: "ann").dropFirst(before))
            }

            let evening = try await advance(to: 10)
            let monday = try await advance(to: 9)
            let again = try await advance(to: 1)
            try await shared.tellOfBill("Power")
            try await shared.tellOfBill("House", as: .goalReached)
            let tuesday = try await advance(to: 24)
            let friday = try await advance(to: 72)
            let nextMonday = try await advance(to: 72)

            #expect(evening.isEmpty && again.isEmpty && friday.isEmpty)
            #expect(monday.map(\.count) == [1, 1])
            #expect(monday[0][0].hasPrefix("Rent") && monday[1][0].hasPrefix("Boat"))
            #expect(tuesday.map(\.count) == [1])
            #expect(tuesday[0][0].hasPrefix("Power"))
            #expect(nextMonday.map(\.count) == [1])
            #expect(nextMonday[0][0].hasPrefix("House"))
        }
    }

    @Test(arguments: Engine.present)
    func `many nodes write a letter of a day once`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            try await shared.verifyAddresses()
            try await shared.choose([("bill_due", true, "daily")])
            for number in 1...60 { try await shared.tellOfBill("Bill \(number)") }
            shared.server.clock.advance(seconds: 20 * Self.hour)

            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { _ = try await write(shared) } }
                try await group.waitForAll()
            }

            let letters = try await shared.letters(to: "ann")
            #expect(letters.map(\.count) == [NoticeLetters.listed])
        }
    }

    @Test(arguments: Engine.present)
    func `no letter goes to an address that nobody confirmed, nor tells of what is hidden`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let account = try await shared.makeAccount("Own")
            try await shared.tellOfBill("Rent", about: [account])
            let unconfirmed = try await write(shared)
            try await shared.verifyAddresses()
            try await shared.hide(account)

            let confirmed = try await write(shared)

            #expect(unconfirmed == 0 && confirmed == 1)
            #expect(try await shared.letters(to: "ann").count == 1)
            #expect(try await shared.letters(to: "bob").isEmpty)
        }
    }

    @Test func `a letter says what happened and where to say otherwise`() {
        let letter = Letter.notices(
            name: "Ann",
            [
                LetterNotice(title: "A bill is due", text: "Rent is due.", household: "Home"),
                LetterNotice(title: "A task", text: "<b>Call</b>", household: "Work"),
            ],
            more: 3,
            rhythm: .daily,
            center: "https://m.example/notices",
            preferences: "https://m.example/settings/notices"
        )

        for language in MailLanguage.all {
            let layout = language.layout(letter, server: "https://m.example")
            #expect(layout.text.subject.contains("5"))
            for part in ["Home:", "Work:", "Rent is due.", "https://m.example/settings/notices"] {
                #expect(layout.plain.contains(part), "\(layout.plain)")
            }
            #expect(!layout.html.contains("<b>Call"))
        }
    }
}
