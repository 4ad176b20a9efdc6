import Ledger
import Testing

@testable import Insight

struct TransferMatchingTests {
    private let checking = AccountID(UniqueID(high: 1, low: 1))
    private let savings = AccountID(UniqueID(high: 1, low: 2))
    private let card = AccountID(UniqueID(high: 1, low: 3))

    private func id(_ number: Int) -> TransactionID {
        TransactionID(UniqueID(high: 9, low: UInt64(number)))
    }

    private func side(
        _ number: Int,
        _ account: AccountID,
        _ cents: Int64,
        day: Int = 0,
        _ text: String = "",
        currency: String = "EUR",
        isUncategorised: Bool = true
    ) throws -> TransferSide {
        let start = try #require(LocalDate("2024-03-10"))
        return TransferSide(
            id: id(number),
            account: account,
            date: start.adding(days: day),
            amount: Money(tenThousandths: cents * 100, try #require(Currency(code: currency))),
            text: text,
            isUncategorised: isUncategorised
        )
    }

    private func pairs(
        _ sides: [TransferSide],
        refused: Set<TransferMatching.Refusal> = [],
        names: [AccountID: String] = [:]
    ) -> [TransferPair] {
        TransferMatching.pairs(sides, refused: refused, names: names)
    }

    private func numbers(_ pairs: [TransferPair]) -> [[UInt64]] {
        pairs.map { [$0.out.id.value.low, $0.into.id.value.low] }
    }

    @Test(arguments: [-4, -1, 0, 1, 4])
    func `opposite amounts up to four days apart are one transfer`(days: Int) throws {
        let found = pairs([try side(1, checking, -5_000), try side(2, savings, 5_000, day: days)])

        #expect(numbers(found) == [[1, 2]])
        #expect(found[0].isCertain)
        #expect(found[0].daysApart == abs(days))
    }

    @Test
    func `what does not fit is not proposed`() throws {
        let out = try side(1, checking, -5_000)
        let others = [
            try side(2, savings, 5_000, day: 5), try side(3, savings, 5_000, day: -5),
            try side(4, checking, 5_000), try side(5, savings, 5_001),
            try side(6, savings, 5_000, currency: "USD"), try side(7, savings, -5_000),
        ]

        for other in others { #expect(pairs([out, other]).isEmpty) }
        #expect(pairs([try side(1, checking, 0), try side(2, savings, 0)]).isEmpty)
    }

    @Test
    func `two candidates are suggestions, the nearer one first`() throws {
        let found = pairs([
            try side(1, checking, -5_000), try side(2, savings, 5_000, day: 3),
            try side(3, card, 5_000, day: 1),
        ])

        #expect(numbers(found) == [[1, 3], [1, 2]])
        #expect(found.allSatisfy { !$0.isCertain })
    }

    @Test
    func `two equal transfers are never linked by themselves`() throws {
        let found = pairs([
            try side(1, checking, -5_000), try side(2, checking, -5_000, day: 1),
            try side(3, savings, 5_000, day: 1),
            try side(4, savings, 5_000, day: 2),
        ])

        #expect(found.count == 4)
        #expect(found.allSatisfy { !$0.isCertain })
    }

    @Test
    func `a refused pair stays refused and makes room for the other`() throws {
        let sides = [
            try side(1, checking, -5_000), try side(2, savings, 5_000),
            try side(3, card, 5_000, day: 2),
        ]

        let found = pairs(sides, refused: [.init(out: id(1), into: id(2))])

        #expect(numbers(found) == [[1, 3]])
        #expect(found[0].isCertain)
    }

    @Test
    func `what a person has categorised is suggested at most`() throws {
        let one = pairs([
            try side(1, checking, -5_000, isUncategorised: false), try side(2, savings, 5_000),
        ])
        #expect(one.count == 1)
        #expect(!one[0].isCertain)

        let both = pairs([
            try side(1, checking, -5_000, isUncategorised: false),
            try side(2, savings, 5_000, isUncategorised: false),
        ])
        #expect(both.isEmpty)
    }

    @Test
    func `words, names and nearness raise the score`() throws {
        let names = [checking: "nordbank giro", savings: "sudbank tagesgeld"]
        func score(_ out: String, _ into: String, day: Int = 0) throws -> Int {
            pairs(
                [try side(1, checking, -5_000, out), try side(2, savings, 5_000, day: day, into)],
                names: names
            )[0].score
        }

        let plain = try score("", "")
        #expect(try score("", "", day: 4) < plain)
        #expect(try score("uberweisung", "") > plain)
        #expect(try score("an sudbank tagesgeld", "") > plain)
        #expect(try score("", "von nordbank giro") > plain)
        #expect(try score("an sudbank", "") == plain)
        #expect(try score("transfer sudbank tagesgeld", "transfer nordbank giro") == 100)
    }

    @Test
    func `the order of the input does not matter`() throws {
        var sides = [
            try side(1, checking, -5_000, "transfer"), try side(2, savings, 5_000, "transfer"),
            try side(3, checking, -7_000), try side(4, card, 7_000, day: 4),
            try side(5, savings, -900), try side(6, checking, 900, day: 1),
        ]
        let expected = pairs(sides)

        #expect(numbers(expected) == [[1, 2], [5, 6], [3, 4]])
        for _ in 0..<10 {
            sides.append(sides.removeFirst())
            #expect(pairs(sides) == expected)
        }
    }

    @Test
    func `whatever is proposed keeps the rules`() throws {
        var state: UInt64 = 11
        func random(_ bound: UInt64) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % bound)
        }
        let accounts = [checking, savings, card]
        let sides = try (0..<1_500).map { number in
            try side(number, accounts[random(3)], Int64(random(60) - 30), day: random(90))
        }

        let found = pairs(sides)

        #expect(!found.isEmpty)
        for pair in found {
            #expect(pair.out.amount.isNegative)
            #expect(try pair.out.amount.negated() == pair.into.amount)
            #expect(pair.out.account != pair.into.account)
            #expect(pair.daysApart <= TransferMatching.windowDays)
            #expect((0...100).contains(pair.score))
        }
        let certain = found.filter(\.isCertain).flatMap { [$0.out.id, $0.into.id] }
        #expect(Set(certain).count == certain.count)
    }

    @Test(arguments: [
        (TransferMatching.candidateLimit, true), (TransferMatching.candidateLimit + 1, false),
    ])
    func `past the limit of candidates nothing is certain`(intos: Int, isWhole: Bool) throws {
        // All but the last stand on the same account as the money went out of, and do not count.
        var sides = [try side(0, checking, -100)]
        sides += try (1..<intos).map { try side($0, checking, 100) }
        sides.append(try side(intos, savings, 100, day: -1))

        #expect(pairs(sides).contains(where: \.isCertain) == isWhole)
    }
}
