import Ledger
import Testing

struct DebtPlanTests {
    private let card = Node.card
    private let loan = Node.loan
    private let other = Node.savings

    private func debt(
        _ account: AccountID,
        _ cents: Int64,
        percent: Int64,
        minimum: Int64
    ) throws -> Debt {
        try Debt(
            account: account,
            owed: .eur(cents),
            yearlyRateMillionths: percent * 10_000,
            minimum: .fixed(.eur(minimum))
        )
    }

    private func month(_ text: String) throws -> Month {
        try #require(LocalDate(text + "-01")).month
    }

    private func plan(
        _ debts: [Debt],
        _ order: DebtOrder = .avalanche,
        extra: Int64 = 0
    ) throws -> DebtPlan {
        try DebtPlan(debts, order: order, extra: .eur(extra), from: month("2026-01"))
    }

    /// Worked by hand: 100.00 at 12 %, 1 % a month, 40.00 a month.
    @Test
    func `a debt is paid month by month`() throws {
        let plan = try plan([debt(card, 10_000, percent: 12, minimum: 4_000)])

        let rows = plan.courses[0].rows
        #expect(rows.map(\.interest) == [.eur(100), .eur(61), .eur(22)])
        #expect(rows.map(\.payment) == [.eur(4_000), .eur(4_000), .eur(2_183)])
        #expect(rows.map(\.principal) == [.eur(3_900), .eur(3_939), .eur(2_161)])
        #expect(rows.map(\.balance) == [.eur(6_100), .eur(2_161), .eur(0)])
        #expect(plan.interest == .eur(183))
        #expect(plan.end == .free(try month("2026-03")))
        #expect(plan.uncovered.isEmpty)
    }

    @Test(arguments: [(5_000, 2), (15_000, 8), (25_000, 12), (35_000, 18)] as [(Int64, Int64)])
    func `interest is rounded once, a half to the even cent`(owed: Int64, interest: Int64) throws {
        // 0.6 % a year is 0.05 % a month: 50.00 owes 2.5 cents.
        let debt = try Debt(
            account: card,
            owed: .eur(owed),
            yearlyRateMillionths: 6_000,
            minimum: .fixed(.eur(1))
        )

        #expect(try debt.monthlyInterest(on: debt.owed) == .eur(interest))
    }

    @Test
    func `the dearest, the smallest or the chosen debt gets what is left`() throws {
        let debts = [
            try debt(loan, 200_000, percent: 5, minimum: 5_000),
            try debt(card, 100_000, percent: 20, minimum: 3_000),
            try debt(other, 50_000, percent: 0, minimum: 1_000),
        ]
        let first: (DebtOrder) throws -> [Money] = { order in
            try plan(debts, order, extra: 10_000).courses.map { $0.rows[0].payment }
        }

        #expect(try first(.avalanche) == [.eur(5_000), .eur(13_000), .eur(1_000)])
        #expect(try first(.snowball) == [.eur(5_000), .eur(3_000), .eur(11_000)])
        #expect(try first(.own([loan])) == [.eur(15_000), .eur(3_000), .eur(1_000)])
    }

    @Test
    func `what a paid debt frees goes to the next, in the same month`() throws {
        let plan = try plan([
            debt(card, 5_000, percent: 0, minimum: 4_000),
            debt(loan, 20_000, percent: 0, minimum: 2_000),
        ])

        #expect(plan.courses[0].rows.map(\.payment) == [.eur(4_000), .eur(1_000)])
        #expect(
            plan.courses[1].rows.map(\.payment)
                == [.eur(2_000), .eur(5_000), .eur(6_000), .eur(6_000), .eur(1_000)]
        )
    }

    @Test
    func `a plan saves interest against paying minimums`() throws {
        let debts = [
            try debt(loan, 1_000_000, percent: 6, minimum: 20_000),
            try debt(card, 300_000, percent: 18, minimum: 9_000),
        ]
        let minimums = try DebtPlan(minimumsOf: debts, in: .eur, from: month("2026-01"))

        let avalanche = try plan(debts, .avalanche, extra: 10_000)
        let snowball = try plan(debts, .snowball, extra: 10_000)
        let saved = try #require(try avalanche.saved(against: minimums))

        #expect(minimums.courses[1].rows.allSatisfy { $0.payment.tenThousandths <= 900_000 })
        #expect(saved.interest.tenThousandths > 0 && saved.months > 0)
        #expect(saved.months == minimums.monthCount - avalanche.monthCount)
        #expect(avalanche.interest.tenThousandths <= snowball.interest.tenThousandths)
    }

    @Test
    func `a minimum that does not cover its interest is told of and ends the walk`() throws {
        let debts = [
            try debt(loan, 1_000_000, percent: 12, minimum: 10_000),
            try debt(card, 10_000, percent: 0, minimum: 1_000),
        ]

        let minimums = try DebtPlan(minimumsOf: debts, in: .eur, from: month("2026-01"))
        let helped = try plan(debts, .snowball, extra: 1_000)
        let alone = try plan([debts[0]])

        #expect(minimums.uncovered == [loan])
        #expect(minimums.end == .never([loan]) && minimums.monthCount == 1)
        #expect(helped.isFree && helped.uncovered == [loan])
        #expect(alone.end == .never([loan]))
        #expect(try helped.saved(against: minimums) == nil)
    }

    @Test
    func `a debt that outlives a century is left`() throws {
        // The 833.33 a month of interest are covered by one cent.
        let long = try plan([debt(loan, 100_000_000, percent: 1, minimum: 83_334)])

        #expect(long.end == .tooLong([loan]))
        #expect(long.monthCount == DebtPlan.monthLimit)
    }

    @Test
    func `a card's minimum falls with what is owed and never below its floor`() throws {
        let card = try Debt(
            account: card,
            owed: .eur(100_000),
            yearlyRateMillionths: 120_000,
            minimum: .share(millionths: 50_000, atLeast: .eur(2_500))
        )

        let minimums = try DebtPlan(minimumsOf: [card], in: .eur, from: month("2026-01"))
        let payments = minimums.courses[0].rows.map(\.payment)

        #expect(payments[0] == .eur(5_050))
        #expect(payments[1] == .eur(4_846))
        #expect(payments.dropLast().last == .eur(2_500))
        #expect(minimums.isFree)
    }

    @Test
    func `what makes no sense is refused`() throws {
        #expect(throws: DebtError.negative(card)) { try debt(card, -1, percent: 1, minimum: 1) }
        #expect(throws: DebtError.negative(card)) { try debt(card, 1, percent: 1, minimum: -1) }
        #expect(throws: DebtError.rateOutOfRange(card)) {
            try debt(card, 1, percent: 1_001, minimum: 1)
        }
        #expect(throws: DebtError.negativeExtra) { try plan([], extra: -1) }
        #expect(throws: DebtError.money(.differentCurrencies(.usd, .eur))) {
            try DebtPlan(
                [debt(card, 100, percent: 1, minimum: 1)],
                order: .avalanche,
                extra: .usd(1),
                from: month("2026-01")
            )
        }
        #expect(try plan([]).end == .free(nil))
    }

    @Test
    func `payments without interest are what was owed, to the cent`() throws {
        var generator = SeededGenerator(seed: 21)
        var ends = [0, 0]
        for _ in 0..<300 {
            let debts = try [card, loan, other].prefix(.random(in: 1...3, using: &generator)).map {
                try Debt(
                    account: $0,
                    owed: .eur(.random(in: 1...2_000_000, using: &generator)),
                    yearlyRateMillionths: .random(in: 0...300_000, using: &generator),
                    minimum: .fixed(.eur(.random(in: 500...60_000, using: &generator)))
                )
            }
            let order: [DebtOrder] = [.avalanche, .snowball, .own([other, card])]
            let plan = try plan(
                debts,
                try #require(order.randomElement(using: &generator)),
                extra: .random(in: 0...50_000, using: &generator)
            )

            ends[plan.isFree ? 0 : 1] += 1
            var interest = Money.zero(.eur)
            for (debt, course) in zip(debts, plan.courses) {
                let paid = try course.rows.map(\.payment).sum(in: .eur)
                let charged = try course.rows.map(\.interest).sum(in: .eur)
                let left = course.rows.last?.balance ?? debt.owed
                interest = try interest.adding(charged)
                #expect(try paid.subtracting(charged).adding(left) == debt.owed)
                #expect(course.rows.allSatisfy { !$0.payment.isNegative && !$0.balance.isNegative })
                #expect(course.rows.allSatisfy { $0.balance.isInMinorUnits })
                #expect(!plan.isFree || left.isZero)
            }
            #expect(plan.interest == interest)
        }
        #expect(ends[0] > 200 && ends[1] > 5, "\(ends)")
    }
}
