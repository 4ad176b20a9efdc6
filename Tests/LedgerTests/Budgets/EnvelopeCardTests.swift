import Ledger
import Testing

/// Cards that pay each other in currencies whose rates do not agree to the cent, or are not known.
struct EnvelopeCardTests {
    /// Visa (`card`) owes 100.00 and has as much put aside; the other card owes nothing.
    private func period(between: [AccountID: Money]) throws -> EnvelopePeriod {
        let purchase = BudgetFlows.Entry(
            category: Node.food,
            account: Node.card,
            amount: BudgetAmount(.eur(-100_00))
        )
        let history = BudgetHistory(
            currency: .eur,
            tree: BudgetTree(
                categories: [.init(id: Node.food)],
                lines: [BudgetLine(category: Node.food)]
            ),
            openingCash: BudgetAmount(.eur(100_00)),
            cards: [Node.card: .eur(0), Node.dollars: .eur(0)],
            periods: [
                .init(
                    plan: BudgetPlan(assigned: [Node.food: .eur(100_00)]),
                    flows: BudgetFlows(entries: [purchase], betweenCards: between)
                )
            ]
        )
        return try #require(try history.envelopes().first)
    }

    @Test(arguments: [(100_00, 90_00), (90_00, 100_00), (130_00, 120_00)])
    func `all the money follows the debt, whatever the rates`(received: Int, paid: Int) throws {
        let period = try period(between: [
            Node.card: .eur(Int64(received)), Node.dollars: .eur(-Int64(paid)),
        ])

        try expectIdentity(period)
        let moved = Money.eur(Int64(min(received, 100_00)))
        #expect(period.cards[Node.dollars]?.available == moved)
        #expect(try period.cards[Node.card]?.available == .eur(100_00).subtracting(moved))
        #expect(period.cards[Node.dollars]?.owed == .eur(Int64(paid)))
    }

    @Test
    func `money follows no debt to a card that is not known`() throws {
        let period = try period(between: [Node.card: .eur(50_00)])

        try expectIdentity(period)
        #expect(period.cards[Node.card]?.available == .eur(100_00))
        #expect(period.cards[Node.card]?.owed == .eur(50_00))
    }
}
