import Ledger
import Testing

struct TransactionSummaryTests {
    private func summary(_ postings: [Posting]) throws -> TransactionSummary {
        TransactionSummary(try BalancedPostings(postings)) { Node.all[$0] }
    }

    @Test
    func `an expense`() throws {
        let summary = try summary([
            Posting(Node.food, .eur(500)), Posting(Node.checking, .eur(-500)),
        ])

        #expect(summary.type == .expense)
        #expect(summary.account == Node.checking)
        #expect(summary.category == Node.food)
        #expect(summary.signedAmount == .eur(-500))
        #expect(summary.toAccount == nil && summary.splits.isEmpty)
    }

    @Test
    func `income, and a refund that is income of an expense category`() throws {
        let salary = try summary([
            Posting(Node.checking, .eur(900)), Posting(Node.salary, .eur(-900)),
        ])
        let refund = try summary([Posting(Node.checking, .eur(20)), Posting(Node.food, .eur(-20))])

        #expect(salary.type == .income && salary.category == Node.salary)
        #expect(refund.type == .income && refund.category == Node.food)
        #expect(refund.signedAmount == .eur(20))
    }

    @Test
    func `a split lists its categories`() throws {
        let summary = try summary([
            Posting(Node.checking, .eur(-700)), Posting(Node.food, .eur(500)),
            Posting(Node.home, .eur(200)),
        ])

        #expect(summary.type == .expense)
        #expect(summary.category == nil)
        #expect(summary.splits.map(\.account) == [Node.food, Node.home])
    }

    @Test
    func `a transfer goes from where money left`() throws {
        let summary = try summary([
            Posting(Node.savings, .eur(500)), Posting(Node.checking, .eur(-500)),
        ])

        #expect(summary.type == .transfer)
        #expect(summary.account == Node.checking)
        #expect(summary.toAccount == Node.savings)
        #expect(summary.signedAmount == .eur(-500))
        #expect(summary.toAmount == .eur(500))
    }

    @Test
    func `an exchange is a transfer of two amounts`() throws {
        let summary = try summary([
            Posting(Node.checking, .eur(-1_000)), Posting(Node.exchange, .eur(1_000)),
            Posting(Node.exchange, .usd(-1_080)), Posting(Node.dollars, .usd(1_080)),
        ])

        #expect(summary.type == .transfer)
        #expect(summary.signedAmount == .eur(-1_000))
        #expect(summary.toAmount == .usd(1_080))
    }

    @Test
    func `a purchase in another currency is an expense`() throws {
        let summary = try summary([
            Posting(Node.checking, .eur(-930)), Posting(Node.exchange, .eur(930)),
            Posting(Node.exchange, .usd(-1_000)), Posting(Node.food, .usd(1_000)),
        ])

        #expect(summary.type == .expense)
        #expect(summary.category == Node.food)
        #expect(summary.signedAmount == .eur(-930))
    }

    @Test
    func `a loan payment is a transfer with its interest beside it`() throws {
        let summary = try summary([
            Posting(Node.checking, .eur(-1_000)), Posting(Node.loan, .eur(800)),
            Posting(Node.interest, .eur(200)),
        ])

        #expect(summary.type == .transfer)
        #expect(summary.toAccount == Node.loan)
        #expect(summary.toAmount == .eur(800))
        #expect(summary.splits.map(\.amount) == [.eur(200)])
    }

    @Test
    func `an opening balance, and money on its way`() throws {
        let opening = try summary([
            Posting(Node.checking, .eur(100)), Posting(Node.opening, .eur(-100)),
        ])
        let onItsWay = try summary([
            Posting(Node.checking, .eur(-100)), Posting(Node.transit, .eur(100)),
        ])

        #expect(opening.type == .opening && opening.signedAmount == .eur(100))
        #expect(onItsWay.type == .transfer && onItsWay.toAccount == nil)
    }

    @Test
    func `what fits nothing is an adjustment`() throws {
        let three = try summary([
            Posting(Node.checking, .eur(-300)), Posting(Node.savings, .eur(100)),
            Posting(Node.card, .eur(200)),
        ])
        let categories = try summary([Posting(Node.food, .eur(5)), Posting(Node.home, .eur(-5))])

        #expect(three.type == .adjustment)
        #expect(categories.type == .adjustment)
    }
}
