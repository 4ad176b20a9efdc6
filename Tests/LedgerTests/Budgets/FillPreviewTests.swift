import Ledger
import Testing

struct FillPreviewTests {
    private let calendar = BudgetCalendar()

    private func preview(_ requests: [FillRequest], ready: Money?) throws -> FillPreview {
        let calendar = try #require(calendar)
        let period = try #require(calendar.period(named: "2026-05"))
        return try FillPreview(requests, ready: ready, income: .eur(0), in: period, of: calendar)
    }

    private func request(_ number: Int, _ asked: Money, before: Money, priority: Int) -> FillRequest
    {
        FillRequest(
            envelope: AccountID(UniqueID(high: 7, low: UInt64(number))),
            rule: .fixed(asked),
            priority: priority,
            before: before,
            carried: .eur(0),
            lastAssigned: .eur(0)
        )
    }

    @Test
    func `no cent is lost, nobody gets more than asked, and filling twice is filling once`() throws
    {
        var generator = SeededGenerator(seed: 31)
        for number in 0..<2_000 {
            let requests = (0..<Int.random(in: 0...9, using: &generator)).map { index in
                request(
                    index,
                    Money(tenThousandths: .random(in: 0...900_000, using: &generator), .eur),
                    before: .eur(.random(in: -20...5_000, using: &generator)),
                    priority: .random(in: 1...3, using: &generator)
                )
            }
            let ready = Money.eur(.random(in: -100...30_000, using: &generator))

            let preview = try preview(requests, ready: ready)

            var given = Int64(0)
            var isFair = true
            for (request, row) in zip(requests, preview.rows) {
                let more = row.change.after.tenThousandths - request.before.tenThousandths
                given += more
                isFair = isFair && more >= 0
                isFair =
                    isFair
                    && (more == 0 || row.change.after.tenThousandths <= row.asked.tenThousandths)
                // Whoever comes later gets something only when everyone before is full.
                let earlier = zip(requests, preview.rows).filter {
                    $0.0.priority < request.priority
                }
                isFair = isFair && (more == 0 || earlier.allSatisfy { $0.1.short.isZero })
            }
            #expect(isFair, "fill \(number)")
            #expect(preview.given.tenThousandths == given)
            #expect(preview.readyAfter?.tenThousandths == ready.tenThousandths - given)
            #expect(
                preview.short.isZero || preview.readyAfter.map { $0.tenThousandths <= 0 } ?? false
            )
            let again = try self.preview(
                zip(requests, preview.rows).map { request, row in
                    self.request(
                        0,
                        row.asked,
                        before: row.change.after,
                        priority: request.priority
                    )
                },
                ready: preview.readyAfter
            )
            #expect(again.given.isZero)
            #expect(again.changes.isEmpty)
        }
    }

    @Test
    func `limits that give nothing are filled without end`() throws {
        let preview = try preview(
            [request(1, .eur(100_00), before: .eur(0), priority: 1)],
            ready: nil
        )

        #expect(preview.given == .eur(100_00))
        #expect(preview.readyAfter == nil)
    }

    @Test(arguments: [("100.00", 7), ("0.05", 6), ("99.99", 12), ("10.0001", 3), ("0.00", 2)])
    func `so much by a day is there on that day, and never more`(target: String, months: Int) throws
    {
        let calendar = try #require(calendar)
        let whole = try Money(exact: target, .eur)
        var period = try #require(calendar.period(named: "2026-05"))
        let due = period.span.first.month.adding(months: months - 1).lastDay
        var saved = Money.zero(.eur)
        var parts: [Int64] = []
        for _ in 0...months {
            let request = FillRequest(
                envelope: Node.home,
                rule: .byDate(whole, by: due),
                before: .eur(0),
                carried: saved,
                lastAssigned: .eur(0)
            )
            let preview = try FillPreview(
                [request],
                ready: nil,
                income: .eur(0),
                in: period,
                of: calendar
            )
            parts.append(preview.given.tenThousandths)
            saved = try saved.adding(preview.given)
            period = try #require(calendar.next(after: period))
        }

        #expect(saved == whole)
        #expect(parts.last == 0)
        #expect(parts == parts.sorted(by: >))
        #expect((parts.first ?? 0) - (parts.dropLast().last ?? 0) < 200)
    }

    @Test
    func `a rule says why`() throws {
        let request = FillRequest(
            envelope: Node.home,
            rule: .average(periods: 12),
            before: .eur(0),
            carried: .eur(0),
            lastAssigned: .eur(0),
            spent: [.eur(10), .eur(11)]
        )

        let row = try #require(try preview([request], ready: .eur(100)).rows.first)

        // 10.5 cents are half-way; the even cent is 10.
        #expect(row.asked == .eur(10))
        #expect(row.reason == .average(periods: 2))
    }

    @Test
    func `without a past there is no average and no median`() throws {
        for rule in [FillRule.average(periods: 3), .median(periods: 3)] {
            let request = FillRequest(
                envelope: Node.home,
                rule: rule,
                before: .eur(0),
                carried: .eur(0),
                lastAssigned: .eur(0)
            )
            #expect(try preview([request], ready: .eur(100)).given.isZero)
        }
    }

    @Test(arguments: [
        ([30_00, 10_00, 0], [0, 0, 0], [75_00, 25_00, 0]),
        ([0, 0, 0], [10_00, 0, 10_00], [50_00, 0, 50_00]),
        ([0, 0, 0], [0, -5, 0], [33_34, 33_33, 33_33]),
    ])
    func `the flexible number is divided to the last cent`(
        before: [Int],
        usual: [Int],
        after: [Int]
    ) throws {
        let shares = zip(before, usual).map { before, usual in
            FlexPeriod.Share(
                category: Node.food,
                before: .eur(Int64(before)),
                usual: .eur(Int64(usual))
            )
        }

        let changes = try FlexPeriod.dividing(.eur(100_00), among: shares)

        #expect(changes.map(\.after) == after.map { .eur(Int64($0)) })
        #expect(try FlexPeriod.dividing(.eur(1), among: []).isEmpty)
    }
}
