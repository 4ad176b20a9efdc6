import Ledger
import Testing

/// What transactions become when a budget reads their rollups.
struct BudgetFlowsTests {
    private let roles: [AccountID: BudgetRole] = [
        Node.checking: .cash, Node.savings: .cash, Node.transit: .transit, Node.card: .card,
        Node.dollars: .card, Node.loan: .offBudget(category: Node.home),
        Node.opening: .opening, Node.exchange: .exchange, Node.food: .category,
        Node.home: .category, Node.interest: .category, Node.salary: .category,
    ]

    private func flows(_ transactions: [(AccountID, Int64)]...) throws -> BudgetFlows {
        var rows: [BudgetRollup] = []
        let real: Set = [Node.checking, Node.savings, Node.card, Node.dollars, Node.loan]
        for transaction in transactions {
            let postings = transaction.map { Posting($0.0, .eur($0.1)) }
            rows += try RollupShare.shares(of: postings, isReal: real.contains).map {
                BudgetRollup(node: $0.node, counter: $0.counter, net: BudgetAmount($0.net))
            }
        }
        return try BudgetFlows(rollups: rows, roles: roles, currency: .eur)
    }

    private func entry(
        _ category: AccountID?,
        _ account: AccountID,
        _ cents: Int64
    ) -> BudgetFlows.Entry {
        BudgetFlows.Entry(category: category, account: account, amount: BudgetAmount(.eur(cents)))
    }

    @Test
    func `a purchase that cash and a card pay together pays no card`() throws {
        let flows = try flows([(Node.food, 100), (Node.checking, -60), (Node.card, -40)])

        #expect(
            Set(flows.entries) == [
                entry(Node.food, Node.checking, -60), entry(Node.food, Node.card, -40),
            ]
        )
        #expect(flows.payments == [Node.card: .eur(0)])
    }

    @Test
    func `a payment of a card is none of its purchases`() throws {
        let flows = try flows(
            [(Node.food, 100), (Node.card, -100)],
            [(Node.card, 70), (Node.checking, -70)]
        )

        #expect(flows.entries == [entry(Node.food, Node.card, -100)])
        #expect(flows.payments == [Node.card: .eur(70)])
    }

    @Test
    func `a card that pays another is told from a purchase that both pay`() throws {
        let moved = try flows([(Node.card, 80), (Node.dollars, -80)])
        let shared = try flows([(Node.food, 100), (Node.card, -60), (Node.dollars, -40)])

        #expect(moved.betweenCards == [Node.card: .eur(80), Node.dollars: .eur(-80)])
        #expect(moved.payments.values.allSatisfy { $0.isZero })
        #expect(shared.betweenCards.values.allSatisfy { $0.isZero })
        #expect(shared.payments.values.allSatisfy { $0.isZero })
    }

    @Test
    func `an instalment of a loan counts in its category, its interest in its own`() throws {
        let flows = try flows([(Node.checking, -1_000), (Node.loan, 800), (Node.interest, 200)])

        #expect(
            Set(flows.entries) == [
                entry(Node.home, Node.checking, -800), entry(Node.interest, Node.checking, -200),
            ]
        )
    }

    @Test
    func `a transfer between budgeted accounts does not count, on its way neither`() throws {
        let atOnce = try flows([(Node.checking, -50), (Node.savings, 50)])
        let out = try flows([(Node.checking, -50), (Node.transit, 50)])
        let outside = try flows([(Node.transit, -50), (Node.loan, 50)])

        #expect(atOnce.entries.isEmpty)
        #expect(out.entries.isEmpty)
        #expect(outside.entries == [entry(Node.home, Node.transit, -50)])
    }

    @Test
    func `what an account outside pays elsewhere does not count`() throws {
        #expect(try flows([(Node.loan, -90), (Node.food, 90)]).entries.isEmpty)
    }

    @Test
    func `what accounts begin with is ready to assign, what cards owe is not`() throws {
        let flows = try flows(
            [(Node.opening, -500), (Node.checking, 500)],
            [(Node.opening, 300), (Node.card, -300)]
        )

        #expect(flows.entries == [entry(nil, Node.checking, 500)])
        #expect(flows.restated == [Node.card: .eur(-300)])
        #expect(flows.payments == [Node.card: .eur(0)])
    }

    /// 10.00 left the account; at the day's rate the category got 9.80.
    @Test
    func `what an exchange costs is taken from what is ready to assign`() throws {
        let rows = [
            BudgetRollup(node: Node.checking, counter: Node.checking, net: .init(.eur(-10_00))),
            BudgetRollup(node: Node.exchange, counter: Node.checking, net: .init(.eur(20))),
            BudgetRollup(node: Node.food, counter: Node.checking, net: .init(.eur(9_80))),
        ]

        let flows = try BudgetFlows(rollups: rows, roles: roles, currency: .eur)

        #expect(
            flows.entries == [
                entry(Node.food, Node.checking, -9_80), entry(nil, Node.checking, -20),
            ]
        )
    }

    @Test
    func `a missing rate is carried along`() throws {
        let unknown = BudgetAmount(.eur(0), missingRates: [.jpy])
        let rows = [
            BudgetRollup(node: Node.food, counter: Node.checking, net: unknown),
            BudgetRollup(node: Node.savings, counter: Node.checking, net: unknown),
        ]

        let flows = try BudgetFlows(rollups: rows, roles: roles, currency: .eur)

        #expect(flows.entries.map(\.category) == [Node.food, nil])
        #expect(flows.entries.allSatisfy { $0.amount.missingRates == [.jpy] })
    }

    /// The account is in euros and says what was paid; for the category's yen there is no rate.
    @Test
    func `what a category lacks is missing where it was paid from, and marked there`() throws {
        let unknown = BudgetAmount(.eur(0), missingRates: [.jpy])
        let rows = [
            BudgetRollup(node: Node.food, counter: Node.checking, net: unknown),
            BudgetRollup(node: Node.checking, counter: Node.checking, net: .init(.eur(-20_00))),
        ]

        let flows = try BudgetFlows(rollups: rows, roles: roles, currency: .eur)

        #expect(flows.entries.count == 2)
        #expect(
            flows.entries.last
                == BudgetFlows.Entry(
                    category: nil,
                    account: Node.checking,
                    amount: BudgetAmount(.eur(-20_00), missingRates: [.jpy])
                )
        )
    }

    @Test
    func `a card whose rate is missing says so`() throws {
        let unknown = BudgetAmount(.eur(0), missingRates: [.jpy])
        let rows = [BudgetRollup(node: Node.card, counter: Node.checking, net: unknown)]
        var history = BudgetHistory(
            currency: .eur,
            tree: BudgetTree(categories: []),
            cards: [Node.card: .eur(0)]
        )
        history.periods = [
            .init(flows: try BudgetFlows(rollups: rows, roles: roles, currency: .eur))
        ]

        let period = try #require(try history.envelopes().first)

        #expect(period.cards[Node.card]?.missingRates == [.jpy])
        #expect(period.missingRates == [.jpy])
    }
}
