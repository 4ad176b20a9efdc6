import Ledger
import Testing

struct RollupShareTests {
    private func isReal(_ id: AccountID) -> Bool { Node.all[id]?.accountClass.isReal ?? false }

    private func shares(_ postings: [Posting]) throws -> [RollupShare] {
        try RollupShare.shares(of: postings, isReal: isReal)
    }

    private func net(_ shares: [RollupShare], _ node: AccountID, _ counter: AccountID) -> Money? {
        shares.first { $0.node == node && $0.counter == counter }?.net
    }

    @Test
    func `a category is seen from the account that paid`() throws {
        let shares = try shares([Posting(Node.checking, .eur(-500)), Posting(Node.food, .eur(500))])

        #expect(net(shares, Node.food, Node.checking) == .eur(500))
        #expect(net(shares, Node.checking, Node.checking) == .eur(-500))
    }

    @Test
    func `the sides of a transfer see each other`() throws {
        let shares = try shares([
            Posting(Node.checking, .eur(-500)), Posting(Node.savings, .eur(500)),
        ])

        #expect(net(shares, Node.checking, Node.savings) == .eur(-500))
        #expect(net(shares, Node.savings, Node.checking) == .eur(500))
    }

    @Test
    func `a category paid from two accounts is divided by what each paid`() throws {
        let shares = try shares([
            Posting(Node.checking, .eur(-1_000)), Posting(Node.card, .eur(-2_000)),
            Posting(Node.food, .eur(3_000)),
        ])

        #expect(net(shares, Node.food, Node.checking) == .eur(1_000))
        #expect(net(shares, Node.food, Node.card) == .eur(2_000))
    }

    @Test
    func `the interest of a loan belongs to the account that paid`() throws {
        let shares = try shares([
            Posting(Node.checking, .eur(-1_000)), Posting(Node.loan, .eur(800)),
            Posting(Node.interest, .eur(200)),
        ])

        #expect(net(shares, Node.interest, Node.checking) == .eur(200))
        #expect(net(shares, Node.interest, Node.loan) == nil)
    }

    @Test
    func `the shares of a node add up to its postings`() throws {
        var generator = SeededGenerator(seed: 12)
        let accounts = Array(Node.all.keys).sorted()
        for _ in 0..<1_500 {
            let postings = (0..<Int.random(in: 2...7, using: &generator)).map { _ in
                let cents = Int64.random(in: -100_000...100_000, using: &generator)
                return Posting(
                    accounts.randomElement(using: &generator)!,
                    Bool.random(using: &generator) ? .eur(cents) : .usd(cents)
                )
            }

            let shares = try shares(postings)

            for currency in [Currency.eur, .usd] {
                for node in accounts {
                    let booked = postings.filter {
                        $0.account == node && $0.amount.currency == currency
                    }
                    let shared = shares.filter { $0.node == node && $0.net.currency == currency }
                    #expect(
                        try shared.map(\.net).sum(in: currency)
                            == (try booked.map(\.amount).sum(in: currency))
                    )
                }
            }
            #expect(shares.allSatisfy { isReal($0.counter) || $0.counter == $0.node })
        }
    }
}
