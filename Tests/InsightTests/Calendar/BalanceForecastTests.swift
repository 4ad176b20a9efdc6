import Ledger
import Testing

@testable import Insight

struct BalanceForecastTests {
    private static let eur = Currency(code: "EUR")!
    private static let today = LocalDate("2026-11-10")!
    private static let month = DateSpan(Month(of: today))

    private func account(
        _ number: UInt64,
        start: Int64,
        floor: Int64? = 0
    ) -> BalanceForecast.Account {
        BalanceForecast.Account(
            id: AccountID(UniqueID(high: 1, low: number)),
            start: Money(tenThousandths: start, Self.eur),
            floor: floor.map { Money(tenThousandths: $0, Self.eur) }
        )
    }

    private func change(_ number: UInt64, _ day: Int, _ amount: Int64) -> BalanceForecast.Change {
        BalanceForecast.Change(
            account: AccountID(UniqueID(high: 1, low: number)),
            date: Self.month.first.adding(days: day - 1),
            amount: amount
        )
    }

    private func line(
        start: Int64,
        floor: Int64? = 0,
        _ changes: [BalanceForecast.Change]
    ) throws -> BalanceForecast.Line {
        try BalanceForecast(
            of: [account(1, start: start, floor: floor)],
            changes,
            in: Self.month,
            showing: Self.month,
            today: Self.today
        ).lines[0]
    }

    /// Changes on days of November, and what is to be told: the end, the lowest, its day, the day that is short.
    @Test(
        arguments: [
            ([], 100, 100, 1, nil),
            ([(5, -30), (20, -50)], 20, 20, 20, nil),
            // Past days are never short: that is over.
            ([(5, -130), (8, 100)], 70, -30, 5, nil),
            ([(12, -101), (13, 500)], 499, -1, 12, 12),
            // On the floor is not below it.
            ([(12, -100)], 0, 0, 12, nil),
            ([(10, -200)], -100, -100, 10, 10),
            ([(12, -150), (12, 60)], 10, 10, 12, nil),
        ] as [([(Int, Int64)], Int64, Int64, Int, Int?)]
    )
    func `the lowest day and the first short one are told`(
        changes: [(Int, Int64)],
        end: Int64,
        lowest: Int64,
        lowestOn: Int,
        shortOn: Int?
    ) throws {
        let line = try line(start: 100, changes.map { change(1, $0.0, $0.1) })

        #expect(line.balances.count == 30)
        #expect(line.balances.last?.tenThousandths == end)
        #expect(line.lowest.tenThousandths == lowest && line.lowestOn.day == lowestOn)
        #expect(line.shortOn?.day == shortOn)
    }

    @Test func `an account without a floor is never short, and one below its minimum is at once`()
        throws
    {
        #expect(try line(start: -500, floor: nil, []).shortOn == nil)
        #expect(try line(start: 100, floor: 101, []).shortOn == Self.today)
    }

    @Test func `a later month begins with what is left of the days before`() throws {
        let shown = DateSpan(Self.today.month.adding(months: 1))
        let whole = try #require(DateSpan(Self.today, shown.last))

        let forecast = try BalanceForecast(
            of: [account(1, start: 100)],
            [change(1, 12, -30), change(1, 35, -5), change(1, 9, -1_000)],
            in: whole,
            showing: shown,
            today: Self.today
        )

        #expect(forecast.lines[0].start.tenThousandths == 70)
        #expect(forecast.lines[0].balances.count == 31)
        #expect(forecast.lines[0].balances[3].tenThousandths == 70)
        #expect(forecast.lines[0].balances[4].tenThousandths == 65)
    }

    /// What moves is neither made nor lost, whatever it is.
    @Test(arguments: 1...40)
    func `the last balance is the first and all that moved`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let accounts = (1...3).map { number in
            account(UInt64(number), start: Int64.random(in: -1_000...1_000, using: &random))
        }
        let changes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
            change(
                UInt64.random(in: 1...4, using: &random),
                Int.random(in: -5...35, using: &random),
                Int64.random(in: -500...500, using: &random)
            )
        }

        let forecast = try BalanceForecast(
            of: accounts,
            changes,
            in: Self.month,
            showing: Self.month,
            today: Self.today
        )

        for (account, line) in zip(accounts, forecast.lines) {
            let moved = changes.filter {
                $0.account == account.id && Self.month.contains($0.date)
            }.reduce(0) { $0 + $1.amount }
            #expect(line.balances.last?.tenThousandths == account.start.tenThousandths + moved)
            #expect(line.lowest.tenThousandths == line.balances.map(\.tenThousandths).min())
        }
    }

    @Test func `what is too much is an error`() throws {
        #expect(throws: MoneyError.overflow) {
            try line(start: .max, [change(1, 12, 1)])
        }
    }
}
