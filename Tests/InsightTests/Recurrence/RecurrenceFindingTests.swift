import Ledger
import Testing

@testable import Insight

struct RecurrenceFindingTests {
    private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

    private func eur(_ cents: Int64) throws -> Money {
        Money(tenThousandths: cents * 100, try #require(Currency(code: "EUR")))
    }

    private func payments(_ rows: [(String, Int64)], payee: String = "payee") throws -> [Payment] {
        try rows.enumerated().map { index, row in
            Payment(
                id: TransactionID(UniqueID(high: 9, low: UInt64(index))),
                account: AccountID(UniqueID(high: 1, low: 1)),
                payee: payee,
                date: try day(row.0),
                amount: try eur(row.1)
            )
        }
    }

    private func find(_ rows: [(String, Int64)], today: String) throws -> [RecurringSeries] {
        RecurrenceFinding.series(in: try payments(rows), today: try day(today))
    }

    /// `swift test --filter RecurrenceFindingTests` prints the figures.
    @Test
    func `few are wrong and few are missing in generated histories`() throws {
        var (found, right, wanted, seen) = (0, 0, 0, 0)
        var missing: [String: Int] = [:]
        var wrong: [String: Int] = [:]
        for seed in 1...30 {
            let history = try #require(GeneratedHistory(seed: UInt64(seed)))
            let series = RecurrenceFinding.series(in: history.payments, today: history.today)
            let truths = series.map(history.truth)
            found += series.count
            right += truths.count { $0 != nil }
            wanted += history.truths.count
            seen += Set(truths.compactMap { $0 }).count
            for index in history.truths.indices where !truths.contains(index) {
                missing[
                    "\(history.truths[index].payee) \(history.truths[index].period)",
                    default: 0
                ] += 1
            }
            for (series, truth) in zip(series, truths) where truth == nil {
                wrong["\(series.payee) \(series.period)", default: 0] += 1
            }
        }

        let precision = Double(right) / Double(found)
        let recall = Double(seen) / Double(wanted)
        print(
            "recurrence: precision \(precision), recall \(recall), \(wanted) series, \(found) found"
        )
        #expect(precision >= 0.97, "\(wrong)")
        #expect(recall >= 0.95, "\(missing)")
    }

    @Test
    func `a subscription has its rule, its price and its next day`() throws {
        let found = try find(
            [
                ("2025-01-15", -999), ("2025-02-17", -999), ("2025-03-17", -999),
                ("2025-04-15", -999),
                ("2025-05-15", -1_199), ("2025-06-16", -1_199),
            ],
            today: "2025-06-20"
        )

        // 15 February, 15 March and 15 June were weekends.
        let series = try #require(found.first)
        #expect(found.count == 1)
        #expect(series.period == .monthly)
        #expect(series.schedule.rule?.description == "FREQ=MONTHLY;BYMONTHDAY=15")
        #expect(series.schedule.workingDays == .next)
        #expect(try series.next == day("2025-07-15"))
        #expect(try series.band == AmountBand(eur(-1_199)))
        #expect(try series.yearlyAmount() == eur(-14_388))
        #expect(
            try series.priceChanges == [
                PriceChange(date: day("2025-05-15"), before: eur(-999), after: eur(-1_199))
            ]
        )
        #expect(series.priceChanges[0].isWorse)
        #expect(series.missed.isEmpty && !series.hasEnded)
        #expect(series.payments.count == 6)
        #expect((0.7...1).contains(series.confidence))
    }

    @Test
    func `a salary on the last working day is told as such`() throws {
        let found = try find(
            [
                ("2025-01-31", 310_000), ("2025-02-28", 310_000), ("2025-03-31", 312_000),
                ("2025-04-30", 312_000), ("2025-05-30", 311_500), ("2025-06-30", 312_000),
                ("2025-07-31", 312_000), ("2025-08-29", 312_000),
            ],
            today: "2025-09-15"
        )

        #expect(found.first?.schedule.words == "every month on the last working day")
        #expect(try found.first?.next == day("2025-09-30"))
    }

    @Test
    func `a payment that slips into the next month is that of its own`() throws {
        // 31 May and 31 August 2025 were on weekends.
        let found = try find(
            [
                ("2025-01-31", -700), ("2025-02-28", -700), ("2025-03-31", -700),
                ("2025-04-30", -700),
                ("2025-06-02", -700), ("2025-06-30", -700), ("2025-07-31", -700),
                ("2025-09-01", -700),
                ("2025-09-30", -700),
            ],
            today: "2025-10-10"
        )

        let series = try #require(found.first)
        #expect(series.payments.count == 9 && series.missed.isEmpty)
        #expect(series.schedule.rule?.description == "FREQ=MONTHLY;BYMONTHDAY=-1")
        #expect(series.schedule.workingDays == .next)
    }

    @Test
    func `a payment that comes before its month is that of the month`() throws {
        // The first of February, March, June and November 2025 were on weekends.
        let found = try find(
            [
                ("2025-01-01", -700), ("2025-01-31", -700), ("2025-02-28", -700),
                ("2025-04-01", -700),
                ("2025-05-01", -700), ("2025-05-30", -700), ("2025-07-01", -700),
                ("2025-08-01", -700),
                ("2025-09-01", -700), ("2025-10-01", -700), ("2025-10-31", -700),
            ],
            today: "2025-11-10"
        )

        let series = try #require(found.first)
        #expect(series.payments.count == 11 && series.missed.isEmpty)
        #expect(series.schedule.rule?.description == "FREQ=MONTHLY;BYMONTHDAY=1")
        #expect(series.schedule.workingDays == .previous)
    }

    @Test
    func `a missed payment is told, and a series that stopped has ended`() throws {
        let rows: [(String, Int64)] = [
            ("2025-01-10", -500), ("2025-02-10", -500), ("2025-04-10", -500), ("2025-05-12", -500),
            ("2025-06-10", -500),
        ]

        let running = try #require(try find(rows, today: "2025-07-30").first)
        let stopped = try #require(try find(rows, today: "2025-10-30").first)

        #expect(try running.missed == [day("2025-03-10"), day("2025-07-10")])
        #expect(try running.next == day("2025-08-11"))
        #expect(stopped.hasEnded)
        #expect(try stopped.missed == [day("2025-03-10")])
    }

    @Test
    func `two things of one payee are told apart by their amounts`() throws {
        let months = (1...9).map { "2025-0\($0)-05" }
        let rows = months.flatMap { [($0, Int64(-3_520)), ($0, Int64(-8_150))] }

        let found = try find(rows, today: "2025-09-20")

        #expect(found.count == 2)
        #expect(Set(found.map(\.band.typical)) == [try eur(-3_520), try eur(-8_150)])
        #expect(found.allSatisfy { $0.payments.count == 9 })
    }

    @Test(arguments: [
        ("2025-01-01", 7, 12, RecurrencePeriod.weekly), ("2025-01-01", 14, 8, .twoWeekly),
        ("2025-01-01", 28, 8, .fourWeekly),
    ])
    func `weeks are told from months`(
        start: String,
        days: Int,
        count: Int,
        period: RecurrencePeriod
    ) throws {
        let first = try day(start)
        let rows = (0..<count).map { (first.adding(days: $0 * days).description, Int64(-1_000)) }

        let found = try find(rows, today: rows[count - 1].0)

        #expect(found.map(\.period) == [period])
        #expect(found.first?.next == first.adding(days: count * days))
    }

    @Test(arguments: [
        (2, 6, RecurrencePeriod.twoMonthly), (3, 5, .quarterly), (6, 4, .halfYearly),
        (12, 3, .yearly),
        (12, 2, .yearly),
    ])
    func `months are counted`(months: Int, count: Int, period: RecurrencePeriod) throws {
        let first = try day("2020-01-31").month
        let rows = (0..<count).map {
            (first.adding(months: $0 * months).lastDay.description, Int64(-12_000))
        }

        let found = try find(rows, today: rows[count - 1].0)

        #expect(found.map(\.period) == [period])
        #expect(found.first?.next == first.adding(months: count * months).lastDay)
    }

    @Test
    func `what happens at any time is no series`() throws {
        #expect(try find([], today: "2025-01-01").isEmpty)
        #expect(try find([("2025-01-01", -1)], today: "2025-01-01").isEmpty)
        #expect(try find([("2025-01-01", -1), ("2025-02-01", -1)], today: "2025-02-02").isEmpty)
        #expect(
            try find([("2024-01-01", -100), ("2025-01-01", -300)], today: "2025-02-02").isEmpty
        )
        // Two alike a year apart, among others of the same payee.
        let shop: [(String, Int64)] = [
            ("2024-01-01", -1_000), ("2024-03-07", -4_000), ("2024-10-10", -300),
            ("2025-01-02", -1_000),
        ]
        #expect(try find(shop, today: "2025-02-02").isEmpty)
        let nobody = try payments((1...9).map { ("2025-0\($0)-05", -100) }, payee: "")
        #expect(RecurrenceFinding.series(in: nobody, today: try day("2025-09-09")).isEmpty)
    }

    @Test
    func `a price is another when it stays`() throws {
        let amounts: [Int64] = [1_000, 1_000, 1_500, 1_000, 1_010, 1_200, 1_200, 1_300]
        let paid = try amounts.enumerated().map { index, cents in
            (date: try day("2025-0\(index + 1)-01"), amount: try eur(-cents))
        }

        let changes = PriceChange.changes(in: paid)

        // The fee of March came once; a cent in a hundred is no new price.
        #expect(try changes.map(\.date) == [day("2025-06-01"), day("2025-08-01")])
        #expect(try changes.map(\.before) == [eur(-1_000), eur(-1_200)])
        #expect(PriceChange.changes(in: []).isEmpty)
    }

    @Test
    func `the order of the history does not matter, and what is found keeps its bounds`() throws {
        var generator = SeededGenerator(seed: 5)
        let history = try #require(GeneratedHistory(seed: 77))

        let found = RecurrenceFinding.series(in: history.payments, today: history.today)
        let shuffled = history.payments.shuffled(using: &generator)

        #expect(RecurrenceFinding.series(in: shuffled, today: history.today) == found)
        let used = found.flatMap(\.payments)
        #expect(Set(used).count == used.count)
        for series in found {
            #expect((RecurrenceEvidence.least...1).contains(series.confidence))
            #expect(series.next.map { $0 > series.last } ?? true)
            #expect(series.missed.allSatisfy { $0 <= history.today })
            #expect(series.schedule.rule != nil)
        }
    }
}
