import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

@Suite struct DemoTests {
    @Test(arguments: TestEngine.present)
    func `demo data is written to the last row and whole`(engine: TestEngine) async throws {
        try await DemoHousehold.with(engine, transactions: 1_200) { home in
            let report = try await home.doctor.examine()

            #expect(report.findings.map(\.line) == [])
            #expect(report.transactions == 1_200)
            #expect(try await home.number("SELECT COUNT(*) FROM exchange_rate") ?? 0 > 0)
            let openings = try await home.number(
                "SELECT COUNT(*) FROM account WHERE opening_transaction_id IS NOT NULL"
            )
            #expect(openings ?? 0 >= 6)
        }
    }

    @Test(arguments: TestEngine.present)
    func `many chunks are as whole as one`(engine: TestEngine) async throws {
        try await DemoHousehold.with(engine, transactions: 0) { home in
            let count = DemoBook.chunk + 500
            var told: [Int] = []

            try await DemoBook(transactions: count).fill(as: home.member, home.environment) {
                told.append($0)
            }

            #expect(told == [DemoBook.chunk, count])
            let report = try await home.doctor.examine()
            #expect(report.isClean, "\(report.findings.first?.line ?? "")")
            #expect(report.transactions == Int64(count))
        }
    }

    @Test(arguments: TestEngine.present)
    func `a household that is not empty is left alone`(engine: TestEngine) async throws {
        try await DemoHousehold.with(engine, transactions: 40) { home in
            let error = await #expect(throws: APIError.self) { try await home.fill(40) }

            #expect(error?.code == "demo.not_empty")
            let count = try await home.number("SELECT transaction_count FROM household")
            #expect(count == 40)
        }
    }

    @Test(arguments: TestEngine.present)
    func `what is planned fits what was booked`(engine: TestEngine) async throws {
        try await DemoHousehold.with(engine, transactions: 1_200) { home in
            let today = DemoHousehold.today
            let member = home.member
            let span = try #require(DateSpan(today.adding(days: -80), today))
            let (paid, goals) = try await home.database.read(.household(home.household)) {
                let book = BillBook(
                    transaction: $0,
                    household: member.household,
                    today: today
                )
                let paid = try book.occurrences(in: span).map { "\($0.bill.name) \($0.state)" }
                let goals = try GoalReader(transaction: $0, member: member, today: today)
                    .summary().saved
                return (paid, goals)
            }

            // Since 2 September.
            #expect(paid.filter { $0 == "Mortgage matched" }.count == 2)
            #expect(paid.filter { $0 == "Internet matched" }.count == 3)
            #expect(paid.filter { $0 == "Salary matched" }.count == 2)
            #expect(paid.count == 7)
            #expect(goals.tenThousandths > 0)
        }
    }
}
