import Ledger
import Testing

@testable import Insight

struct RecurringChangeTests {
    private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

    private func eur(_ cents: Int64) -> Money {
        Money(tenThousandths: cents * 100, Currency(code: "EUR")!)
    }

    /// What is paid on the first of each month of 2026, what did not come, and what is to be told of it.
    @Test(
        arguments: [
            // Nothing changed.
            ([-999, -999, -999, -999], [], []),
            // It costs more from April on, also when that was paid once only.
            ([-999, -999, -999, -1_299, -1_299], [], ["2026-04-01 price_rise -999 -1299 -3600"]),
            ([-999, -999, -999, -1_299], [], ["2026-04-01 price_rise -999 -1299 -3600"]),
            // One payment out of line is no price.
            ([-999, -999, -1_999, -999, -999], [], []),
            // Cheaper; then dearer; the newest first.
            (
                [-1_299, -1_299, -999, -999, -1_499, -1_499], [],
                ["2026-05-01 price_rise -999 -1499 -6000", "2026-03-01 price_drop -1299 -999 3600"]
            ),
            // A salary that shrinks is worse, one that grows is not.
            (
                [250_000, 250_000, 240_000, 240_000], [],
                ["2026-03-01 price_rise 250000 240000 -120000"]
            ),
            (
                [250_000, 250_000, 260_000, 260_000], [],
                ["2026-03-01 price_drop 250000 260000 120000"]
            ),
            // Less than two percent is rounding or exchange.
            ([-10_000, -10_000, -10_150, -10_150], [], []),
            // What did not come, once each.
            ([-999, -999], ["2026-03-01", "2026-03-01"], ["2026-03-01 missed"]),
            (
                [-999, -999, -1_299, -1_299], ["2026-05-01"],
                ["2026-05-01 missed", "2026-03-01 price_rise -999 -1299 -3600"]
            ),
            ([], [], []),
        ] as [([Int64], [String], [String])]
    )
    func `rises, drops and missed payments are told`(
        cents: [Int64],
        missed: [String],
        expected: [String]
    ) throws {
        let paid = try cents.enumerated().map { index, cents in
            (date: try day("2026-0\(index + 1)-01"), amount: eur(cents))
        }

        let changes = try RecurringChange.changes(
            PriceChange.changes(in: paid),
            missed: missed.map(day),
            timesAYear: PaymentFrequency(.monthly),
            since: day("2026-01-01")
        )

        #expect(changes.map(words) == expected)
    }

    private func words(_ change: RecurringChange) -> String {
        let amounts = [change.before, change.after, change.yearly].compactMap { $0 }
            .map { " \($0.tenThousandths / 100)" }
        return "\(change.date) \(change.kind.rawValue)" + amounts.joined()
    }

    @Test func `what is long ago is not told`() throws {
        let paid = try [(1, -999), (2, -999), (3, -1_299), (4, -1_299)].map { month, cents in
            (date: try day("2026-0\(month)-01"), amount: eur(cents))
        }
        func changes(since: String) throws -> [RecurringChange] {
            try RecurringChange.changes(
                PriceChange.changes(in: paid),
                missed: [day("2026-02-01")],
                timesAYear: PaymentFrequency(.monthly),
                since: day(since)
            )
        }

        #expect(try changes(since: "2026-03-02").isEmpty)
        #expect(try changes(since: "2026-02-02").map(\.kind) == [.priceRise])
    }

    /// How often in how many years.
    @Test(arguments: [
        ("FREQ=WEEKLY", 52, 1), ("FREQ=WEEKLY;BYDAY=MO,TH", 104, 1),
        ("FREQ=WEEKLY;INTERVAL=2", 52, 2), ("FREQ=MONTHLY;BYMONTHDAY=-1", 12, 1),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", 24, 1), ("FREQ=MONTHLY;INTERVAL=3", 12, 3),
        ("FREQ=YEARLY", 1, 1), ("FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=1", 2, 1),
        ("FREQ=YEARLY;INTERVAL=5", 1, 5),
        // That it ends makes a year no cheaper.
        ("FREQ=MONTHLY;COUNT=3", 12, 1), ("FREQ=MONTHLY;UNTIL=20260301", 12, 1),
        // By counting four years.
        ("FREQ=MONTHLY;BYDAY=1FR", 48, 4), ("FREQ=MONTHLY;BYDAY=-1MO;COUNT=2", 48, 4),
        ("FREQ=DAILY", 1_461, 4),
    ])
    func `a rule comes so often a year`(text: String, times: Int64, years: Int64) throws {
        let start = try day("2026-01-15")
        let schedule = Schedule(start: start, rule: try RecurrenceRule(text))

        let frequency = PaymentFrequency(schedule, from: start)

        #expect(frequency.times == times && frequency.years == years)
    }

    @Test func `a year and a month cost what the rule says, rounded once`() throws {
        let schedule = Schedule(
            start: try day("2026-01-15"),
            rule: try RecurrenceRule("FREQ=WEEKLY;INTERVAL=4")
        )
        let frequency = PaymentFrequency(schedule, from: try day("2026-01-15"))

        #expect(try frequency.yearly(eur(-1_099)) == eur(-14_287))
        #expect(try frequency.monthly(eur(-1_099)) == eur(-1_191))
        #expect(RecurrencePeriod(schedule) == .fourWeekly)
        #expect(
            PaymentFrequency(Schedule(start: try day("2026-01-15")), from: .earliest).times == 0
        )
    }

    @Test(arguments: [
        ("FREQ=MONTHLY;BYMONTHDAY=3", RecurrencePeriod?.some(.monthly)),
        ("FREQ=MONTHLY;INTERVAL=3", .quarterly), ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=2", .yearly),
        ("FREQ=MONTHLY;BYDAY=2TU", .monthly), ("FREQ=WEEKLY;BYDAY=FR", .weekly),
        ("FREQ=MONTHLY;BYDAY=TU", nil), ("FREQ=MONTHLY;INTERVAL=5", nil), ("FREQ=DAILY", nil),
        ("FREQ=WEEKLY;BYDAY=MO,TU", nil), ("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1", nil),
    ])
    func `a plain rule has a period`(text: String, period: RecurrencePeriod?) throws {
        let schedule = Schedule(start: try day("2026-01-15"), rule: try RecurrenceRule(text))
        #expect(RecurrencePeriod(schedule) == period)
    }
}
