import Ledger
import Testing

@testable import Insight

struct BillMatchingTests {
    private static let checking = AccountID(UniqueID(high: 1, low: 1))
    private static let card = AccountID(UniqueID(high: 1, low: 2))

    private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

    private func eur(_ cents: Int64) throws -> Money {
        Money(tenThousandths: cents * 100, try #require(Currency(code: "EUR")))
    }

    private func expected(
        _ bill: Int,
        _ due: String,
        _ cents: ClosedRange<Int64>,
        _ payee: String = "stadtwerke",
        parts: Bool = false,
        account: AccountID? = checking
    ) throws -> ExpectedPayment {
        let (low, high) = (try eur(cents.lowerBound), try eur(cents.upperBound))
        return ExpectedPayment(
            key: OccurrenceKey(
                bill: BillID(UniqueID(high: 5, low: UInt64(bill))),
                nominal: try day(due)
            ),
            account: account,
            due: try day(due),
            band: try #require(AmountBand(low: low, typical: low, high: high)),
            payee: payee,
            allowsParts: parts
        )
    }

    private func paid(
        _ number: Int,
        _ date: String,
        _ cents: Int64,
        _ payee: String = "stadtwerke",
        account: AccountID = checking
    ) throws -> Payment {
        Payment(
            id: TransactionID(UniqueID(high: 9, low: UInt64(number))),
            account: account,
            payee: payee,
            date: try day(date),
            amount: try eur(cents)
        )
    }

    private func match(_ expected: [ExpectedPayment], _ payments: [Payment]) -> [BillMatch] {
        BillMatching.matches(of: expected, among: payments)
    }

    @Test(arguments: [
        ("2026-05-05", 0), ("2026-05-01", -4), ("2026-04-30", -5), ("2026-05-15", 10),
    ])
    func `a payment in the window pays the bill, early or late`(date: String, late: Int) throws {
        let found = match(
            [try expected(1, "2026-05-05", -5_000 ... -5_000)],
            [try paid(1, date, -5_000)]
        )

        #expect(found.count == 1)
        #expect(found[0].daysLate == late)
        #expect(found[0].amount == .asExpected)
        #expect(found[0].isCertain)
    }

    @Test
    func `what does not fit pays nothing`() throws {
        let bill = try expected(1, "2026-05-05", -5_000 ... -4_000)
        let others = [
            try paid(1, "2026-04-29", -5_000), try paid(2, "2026-05-16", -5_000),
            try paid(3, "2026-05-05", 5_000), try paid(4, "2026-05-05", -10_100),
            try paid(5, "2026-05-05", -5_000, account: Self.card),
            try paid(6, "2026-05-05", -4_500, "market"), try paid(7, "2026-05-05", 0),
        ]

        for other in others { #expect(match([bill], [other]).isEmpty, "\(other)") }
        #expect(match([bill], []).isEmpty)
        #expect(match([], others).isEmpty)
    }

    @Test
    func `by an unknown name the exact amount is a question`() throws {
        let bill = try expected(1, "2026-05-05", -5_000 ... -5_000)

        let found = match([bill], [try paid(1, "2026-05-06", -5_000, "hausverwaltung")])

        #expect(found.count == 1)
        #expect(found.first?.isCertain == false)
    }

    @Test
    func `a payment pays one occurrence, and each gets the one that is best for all`() throws {
        let bills = [
            try expected(1, "2026-05-05", -5_000 ... -5_000),
            try expected(1, "2026-05-12", -5_000 ... -5_000),
        ]
        // Alone, the first bill would take the second payment.
        let payments = [try paid(1, "2026-05-01", -5_000), try paid(2, "2026-05-07", -5_000)]

        let found = match(bills, payments)

        #expect(found.map { $0.payments.map(\.value.low) } == [[1], [2]])
        #expect(match(bills, [payments[1]]).count == 1)
        #expect(found.allSatisfy { !$0.isCertain })
    }

    @Test
    func `several payments pay a bill in parts`() throws {
        let bill = try expected(1, "2026-05-05", -10_000 ... -10_000, parts: true)
        let parts = [
            try paid(1, "2026-05-04", -6_000), try paid(2, "2026-05-06", -5_000),
            try paid(3, "2026-05-08", -4_000),
        ]

        let some = match([bill], Array(parts.prefix(2)))
        let all = match([bill], parts)

        #expect(some.first?.amount == .part(open: try eur(-4_000)))
        #expect(some.first?.payments.map(\.value.low) == [1])
        #expect(all.first?.amount == .asExpected)
        #expect(all.first?.payments.map(\.value.low) == [1, 3])
        #expect(try all.first?.paid == eur(-10_000))
        #expect(all.first?.daysLate == 3)
    }

    @Test
    func `a known payee with another amount tells of a changed price`() throws {
        let bill = try expected(1, "2026-05-05", -5_000 ... -5_000)

        let found = match([bill], [try paid(1, "2026-05-05", -5_900)])
        let usual = match(
            [bill],
            [try paid(1, "2026-05-05", -5_900), try paid(2, "2026-05-06", -5_000)]
        )

        #expect(found.first?.amount == .changed(by: try eur(-900)))
        #expect(found.first?.isCertain == false)
        #expect(usual.map { $0.payments.map(\.value.low) } == [[2]])
    }

    @Test
    func `what nobody paid in time is missed`() throws {
        let bills = [
            try expected(1, "2026-05-05", -5_000 ... -5_000),
            try expected(2, "2026-05-06", -10_000 ... -10_000, "bank", parts: true),
            try expected(3, "2026-05-07", -700 ... -700, "radio"),
        ]
        let found = match(
            bills,
            [try paid(1, "2026-05-05", -5_000), try paid(2, "2026-05-06", -1_000, "bank")]
        )

        let early = BillMatching.missed(of: bills, matches: found, on: try day("2026-05-16"))
        let late = BillMatching.missed(of: bills, matches: found, on: try day("2026-05-18"))

        #expect(early.isEmpty)
        #expect(late.map(\.bill.value.low) == [2, 3])
    }

    @Test(arguments: [
        ("", "anybody", 10), ("stadtwerke", "stadtwerke", 30),
        ("stadtwerke", "stadtwerke munchen", 24), ("stadtwerke koln", "stadtwerke bonn", 14),
        ("a b", "b a c", 0), ("radio", "market", 0), ("radio", "", 0),
    ])
    func `payees are alike by their words`(wanted: String, found: String, score: Int) {
        #expect(BillMatching.likeness(wanted, found) == score)
    }

    @Test
    func `whatever is found keeps the rules, in any order of the input`() throws {
        var generator = SeededGenerator(seed: 41)
        for _ in 0..<200 {
            let bills = try (0..<8).map { index in
                let amount = -Int64.random(in: 1...4, using: &generator) * 1_000
                return try expected(
                    index,
                    "2026-05-\(10 + Int.random(in: 0...19, using: &generator))",
                    amount...(amount + 500),
                    ["radio", "bank", ""].randomElement(using: &generator) ?? "",
                    parts: .random(using: &generator)
                )
            }
            let payments = try (0..<12).map { index in
                try paid(
                    index,
                    "2026-05-\(10 + Int.random(in: 0...19, using: &generator))",
                    -Int64.random(in: 1...8, using: &generator) * 500,
                    ["radio", "bank", "radio bank"].randomElement(using: &generator) ?? ""
                )
            }

            let found = match(bills, payments)

            let used = found.flatMap(\.payments)
            #expect(Set(used).count == used.count)
            #expect(Set(found.map(\.key)).count == found.count)
            #expect(found.allSatisfy { (0...100).contains($0.score) })
            #expect(match(bills.shuffled(using: &generator), payments.reversed()) == found)
            for match in found {
                let sum = payments.filter { match.payments.contains($0.id) }
                    .reduce(0) { $0 + $1.amount.tenThousandths }
                #expect(sum == match.paid.tenThousandths)
            }
        }
    }

    @Test
    func `an unknown payee with the same amount is no rival of a known one`() throws {
        let bills = [
            try expected(1, "2026-05-05", -5_000 ... -5_000),
            try expected(2, "2026-05-05", -5_000 ... -5_000, "telefon"),
        ]

        let found = match(bills, [try paid(1, "2026-05-06", -5_000)])

        #expect(found.map(\.key.bill) == [bills[0].key.bill])
        #expect(found.first?.isCertain == true)
    }

    @Test
    func `candidates are the expected amount, another one and parts, the best first`() throws {
        let bill = try expected(1, "2026-05-05", -5_000 ... -5_000, parts: true)
        let payments = [
            try paid(1, "2026-05-05", -1_000), try paid(2, "2026-05-05", -5_900),
            try paid(3, "2026-05-07", -5_000), try paid(4, "2026-05-16", -5_000),
            try paid(5, "2026-05-05", 5_000), try paid(6, "2026-05-05", -1_000, "kiosk"),
        ]

        let found = BillMatching.candidates(for: bill, among: payments)

        #expect(found.map(\.payment.value.low) == [3, 2, 1])
        #expect(found.map(\.score) == [94, 80, 50])
        #expect(BillMatching.candidates(for: bill, among: payments, limit: 1).count == 1)
    }

    @Test
    func `what was rejected is neither linked nor proposed`() throws {
        let plain = try expected(1, "2026-05-05", -5_000 ... -5_000)
        let payment = try paid(1, "2026-05-05", -5_000)
        let bill = ExpectedPayment(
            key: plain.key,
            account: plain.account,
            due: plain.due,
            band: plain.band,
            payee: plain.payee,
            rejected: [payment.id]
        )

        #expect(match([plain], [payment]).count == 1)
        #expect(match([bill], [payment]).isEmpty)
        #expect(BillMatching.candidates(for: bill, among: [payment]).isEmpty)
    }

    @Test(arguments: [1, 7])
    func `times of one bill are no rivals of each other`(period: Int) throws {
        let first = try day("2026-05-04")
        let days = (0..<12).map { first.adding(days: $0 * period).description }
        let times = try days.map { try expected(1, $0, -1_000 ... -1_000) }
        let payments = try days.enumerated().map { try paid($0 + 1, $1, -1_000) }

        let all = match(times, payments)
        let last = match(times, [payments[11]])

        #expect(all.map { $0.payments.map(\.value.low) } == (1...12).map { [UInt64($0)] })
        #expect(all.allSatisfy { $0.isCertain })
        #expect(last.map(\.key) == [times[11].key])
        #expect(last.allSatisfy { $0.isCertain })
    }

    @Test
    func `times of one bill are paid in their order`() throws {
        let times = try ["2026-05-04", "2026-05-11"].map { try expected(1, $0, -1_000 ... -1_000) }

        let found = match(
            times,
            [try paid(1, "2026-05-13", -1_000), try paid(2, "2026-05-14", -1_000)]
        )

        #expect(found.map { $0.payments.map(\.value.low) } == [[1], [2]])
        #expect(found.allSatisfy { !$0.isCertain })
    }

    @Test
    func `what another bill or another payment may be stays a question`() throws {
        let times = try ["2026-05-04", "2026-05-11"].map { try expected(1, $0, -1_000 ... -1_000) }
        let twin = try expected(2, "2026-05-11", -1_000 ... -1_000)
        let payment = try paid(1, "2026-05-11", -1_000)

        let twins = match(times + [twin], [payment])
        let twice = match([times[1]], [payment, try paid(2, "2026-05-12", -1_000)])

        #expect(twins.map(\.isCertain) == [false])
        #expect(twice.map(\.isCertain) == [false])
    }
}
