import Ledger
import Testing

struct EnvelopeMovesTests {
    /// 100.00 in cash: 30.00 for food, 20.00 for home, 5.00 for the card, 10.00 held.
    private func period(spent: Int64 = 0) throws -> EnvelopePeriod {
        var history = BudgetHistory(
            currency: .eur,
            tree: BudgetTree(
                categories: [.init(id: Node.food), .init(id: Node.home)],
                lines: [BudgetLine(category: Node.food), BudgetLine(category: Node.home)]
            ),
            openingCash: BudgetAmount(.eur(100_00)),
            cards: [Node.card: .eur(0)]
        )
        let plan = BudgetPlan(
            assigned: [Node.food: .eur(30_00), Node.home: .eur(20_00), Node.card: .eur(5_00)],
            held: .eur(10_00)
        )
        let entry = BudgetFlows.Entry(
            category: Node.food,
            account: Node.checking,
            amount: BudgetAmount(.eur(-spent))
        )
        history.periods = [.init(plan: plan, flows: BudgetFlows(entries: [entry]))]
        return try #require(try history.envelopes().first)
    }

    @Test
    func `a move takes here and gives there`() throws {
        let changes = try period().moving(
            .eur(12_34),
            from: .envelope(Node.food),
            to: .envelope(Node.card)
        )

        #expect(
            changes == [
                PlanChange(envelope: Node.food, before: .eur(30_00), after: .eur(17_66)),
                PlanChange(envelope: Node.card, before: .eur(5_00), after: .eur(17_34)),
            ]
        )
    }

    @Test
    func `what is ready to assign is no stored number`() throws {
        let taken = try period().moving(.eur(35_00), from: .ready, to: .envelope(Node.home))
        let given = try period().moving(.eur(20_00), from: .envelope(Node.home), to: .ready)

        #expect(taken == [PlanChange(envelope: Node.home, before: .eur(20_00), after: .eur(55_00))])
        #expect(given == [PlanChange(envelope: Node.home, before: .eur(20_00), after: .eur(0))])
    }

    @Test
    func `a source gives no more than it has`() throws {
        #expect(throws: BudgetError.notEnough(available: .eur(35_00))) {
            try period().moving(.eur(35_01), from: .ready, to: .envelope(Node.home))
        }
        #expect(throws: BudgetError.notEnough(available: .eur(30_00))) {
            try period().moving(.eur(30_01), from: .envelope(Node.food), to: .ready)
        }
        #expect(throws: BudgetError.notPositive(.eur(0))) {
            try period().moving(.eur(0), from: .ready, to: .envelope(Node.home))
        }
        #expect(throws: BudgetError.samePlace) {
            try period().moving(.eur(1), from: .ready, to: .ready)
        }
        #expect(throws: BudgetError.unknownEnvelope(Node.salary)) {
            try period().moving(.eur(1), from: .ready, to: .envelope(Node.salary))
        }
    }

    @Test(arguments: [(41_00, 11_00), (50_00, 20_00), (80_00, 20_00)])
    func `a cover reaches as far as its source`(spent: Int, covered: Int) throws {
        let changes = try period(spent: Int64(spent))
            .covering(Node.food, from: .envelope(Node.home))

        #expect(
            changes == [
                PlanChange(
                    envelope: Node.home,
                    before: .eur(20_00),
                    after: .eur(20_00 - Int64(covered))
                ),
                PlanChange(
                    envelope: Node.food,
                    before: .eur(30_00),
                    after: .eur(30_00 + Int64(covered))
                ),
            ]
        )
    }

    @Test
    func `only what is overspent is covered, and only from what is there`() throws {
        #expect(throws: BudgetError.notOverspent(Node.food)) {
            try period(spent: 30_00).covering(Node.food, from: .ready)
        }
        #expect(throws: BudgetError.notEnough(available: .eur(-1_00))) {
            try period(spent: 31_00).covering(Node.food, from: .envelope(Node.food))
        }
    }

    @Test
    func `no more is held than is ready and held`() throws {
        #expect(try period().holding(.eur(45_00)) == .eur(45_00))
        #expect(try period().holding(.eur(0)) == .eur(0))
        #expect(throws: BudgetError.notEnough(available: .eur(45_00))) {
            try period().holding(.eur(45_01))
        }
        #expect(throws: BudgetError.notPositive(.eur(-1))) { try period().holding(.eur(-1)) }
    }

    @Test
    func `a figure that does not fit is refused`() throws {
        var history = BudgetHistory(
            currency: .eur,
            tree: BudgetTree(categories: []),
            openingCash: BudgetAmount(Money(tenThousandths: .max, .eur))
        )
        let entry = BudgetFlows.Entry(
            category: nil,
            account: Node.checking,
            amount: BudgetAmount(.eur(1))
        )
        history.periods = [.init(flows: BudgetFlows(entries: [entry]))]

        #expect(throws: MoneyError.overflow) { try history.envelopes() }
    }
}
