import Ledger
import Testing

@testable import Features

@Suite struct DemoPlanTests {
    private static let today = LocalDate("2026-11-21")!
    private static let eur = Currency(code: "EUR")!

    private static func plan(_ transactions: Int, _ currency: Currency = eur) -> [DemoEntry] {
        Array(DemoPlan(today: today, transactions: transactions, currency: currency))
    }

    @Test(arguments: [1, 5, 7, 10, 37, 150, 1_000, 5_000, 20_011])
    func `there are exactly as many as were asked for`(count: Int) {
        #expect(Self.plan(count).count == count)
    }

    @Test(arguments: ["2024-02-29", "2026-01-01", "2026-03-03", "2025-12-31"])
    func `there are as many whatever day it is`(day: String) {
        let plan = DemoPlan(today: LocalDate(day)!, transactions: 3_000, currency: Self.eur)
        #expect(Array(plan).count == 3_000)
    }

    @Test func `the same seed gives the same books and another seed gives others`() {
        let other = DemoPlan(seed: 1, today: Self.today, transactions: 2_000, currency: Self.eur)

        #expect(Self.plan(2_000) == Self.plan(2_000))
        #expect(Self.plan(2_000) != Array(other))
    }

    @Test(arguments: ["EUR", "USD", "JPY", "KWD"])
    func `each entry balances in minor units, in order, within the five years`(code: String) throws
    {
        let currency = try #require(Currency(code: code))
        var last = LocalDate.earliest

        for entry in Self.plan(4_000, currency) {
            let sums = Dictionary(grouping: entry.legs, by: \.amount.currency)
            for (currency, legs) in sums {
                #expect(try legs.map(\.amount).sum(in: currency).isZero)
            }
            #expect(entry.legs.allSatisfy { $0.amount.isInMinorUnits && !$0.amount.isZero })
            #expect(entry.date >= last)
            last = entry.date
        }

        #expect(last <= Self.today)
    }

    @Test func `it has everything that a household's books have`() {
        let plan = Self.plan(5_000)
        let currencies = Set(plan.flatMap(\.legs).map(\.amount.currency))

        #expect(plan.first.map { $0.date.days(until: Self.today) > 1_770 } == true)
        #expect(currencies.count == 2)
        #expect(plan.contains { $0.payee == "Building Society" && $0.legs.count == 3 })
        #expect(plan.contains { $0.payee == "Notary Brandt" })
        #expect(plan.contains { $0.note == "Brought back" })
        #expect(plan.contains { $0.payee == "Cash machine" })
        #expect(plan.contains { $0.legs.contains { $0.memo == "Cleaning and paper" } })
        #expect(plan.contains { $0.state == .pending })
        #expect(!plan.contains { $0.state == .pending && $0.date.days(until: Self.today) > 3 })
        #expect(plan.contains { $0.tags == ["summer 2025"] })
    }

    @Test(arguments: [1_000, 5_000, 60_000])
    func `nobody spends money that is not there`(count: Int) {
        var balances: [DemoAccount: Int64] = [:]
        var lowest: [DemoAccount: Int64] = [:]

        for entry in Self.plan(count) {
            for leg in entry.legs {
                guard case .account(let account) = leg.place else { continue }
                balances[account, default: 0] += leg.amount.tenThousandths
                lowest[account] = min(lowest[account] ?? 0, balances[account] ?? 0)
            }
        }

        for account in [DemoAccount.cash, .savings, .foreign, .checking] {
            #expect(lowest[account] == 0, "\(account) fell to \(lowest[account] ?? 0)")
        }
        #expect((balances[.mortgage] ?? 0) < 0)
    }

    @Test func `the mortgage's payment is the annuity's`() {
        var debt = DemoHome.loan

        for _ in 0..<360 { debt -= DemoHome.payment - DemoHome.interest(on: debt) }

        // Rounded payments leave less than one of them after thirty years.
        #expect(abs(debt) < DemoHome.payment)
    }
}
