import Ledger
import Testing

struct BalancedPostingsTests {
    @Test(arguments: [1, -1, 499])
    func `an imbalance is refused and named`(cents: Int64) {
        #expect(throws: TransactionError.unbalanced(by: .eur(cents))) {
            try BalancedPostings([
                Posting(Node.checking, .eur(-500)), Posting(Node.food, .eur(500 + cents)),
            ])
        }
    }

    @Test
    func `each currency balances by itself`() throws {
        let postings = [
            Posting(Node.checking, .eur(-1_000)), Posting(Node.exchange, .eur(1_000)),
            Posting(Node.exchange, .usd(-1_080)), Posting(Node.dollars, .usd(1_080)),
        ]

        #expect(try BalancedPostings(postings).postings == postings)
        #expect(throws: TransactionError.unbalanced(by: .eur(-1_000))) {
            try BalancedPostings([
                Posting(Node.checking, .eur(-1_000)), Posting(Node.dollars, .usd(1_000)),
            ])
        }
    }

    @Test(arguments: [0, 1])
    func `one posting is not enough`(count: Int) {
        let postings = [Posting](repeating: Posting(Node.food, .eur(0)), count: count)

        #expect(throws: TransactionError.tooFewPostings) { try BalancedPostings(postings) }
    }

    @Test
    func `as many postings as the limit and no more`() throws {
        func postings(_ count: Int) -> [Posting] {
            (1..<count).map { _ in Posting(Node.food, .eur(1)) } + [
                Posting(Node.checking, .eur(1 - Int64(count)))
            ]
        }

        #expect(
            try BalancedPostings(postings(BalancedPostings.limit)).postings.count
                == BalancedPostings.limit
        )
        #expect(throws: TransactionError.tooManyPostings(limit: BalancedPostings.limit)) {
            try BalancedPostings(postings(BalancedPostings.limit + 1))
        }
    }

    @Test
    func `a sum that overflows is refused`() {
        let most = Money(tenThousandths: .max, .eur)

        #expect(throws: TransactionError.money(.overflow)) {
            try BalancedPostings([Posting(Node.food, most), Posting(Node.home, most)])
        }
    }

    @Test
    func `whatever is accepted sums to zero in every currency`() throws {
        var generator = SeededGenerator(seed: 8)
        let accounts = Array(Node.all.keys).sorted()
        for _ in 0..<2_000 {
            var postings = (0..<Int.random(in: 2...6, using: &generator)).map { _ in
                Posting(
                    accounts.randomElement(using: &generator)!,
                    Bool.random(using: &generator)
                        ? .eur(.random(in: -3...3, using: &generator))
                        : .usd(.random(in: -3...3, using: &generator))
                )
            }
            if Bool.random(using: &generator), let first = postings.first {
                postings.append(Posting(first.account, try first.amount.negated()))
            }
            guard let balanced = try? BalancedPostings(postings) else { continue }
            for currency in [Currency.eur, .usd] {
                let sum = balanced.postings.map(\.amount).filter { $0.currency == currency }
                #expect(try sum.sum(in: currency).isZero)
            }
        }
    }
}
