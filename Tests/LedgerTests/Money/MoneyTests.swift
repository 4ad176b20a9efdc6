import Ledger
import Testing

struct MoneyTests {
    @Test(arguments: [
        ("12.30", Currency.eur, true), ("12.305", .eur, false), ("12", .jpy, true),
        ("12.5", .jpy, false),
        ("12.345", .kwd, true), ("12.3456", .kwd, false), ("12.3456", .clf, true),
    ])
    func `a person may enter the currency's own decimals`(
        text: String,
        currency: Currency,
        isAllowed: Bool
    ) throws {
        #expect((try? Money(entered: text, currency)) != nil || !isAllowed)
        #expect((try? Money(entered: text, currency)) == nil || isAllowed)
        #expect(try Money(exact: text, currency).currency == currency)
    }

    @Test(arguments: [("12.3456", 4), ("12.34", 2), ("12", 0), ("0.0010", 3), ("-0.5", 1)])
    func `an amount knows how many decimals it needs`(text: String, count: Int) throws {
        #expect(try Money(exact: text, .eur).decimals == count)
    }

    @Test
    func `sums are exact, of one currency, and refuse to overflow`() throws {
        let most = Money(tenThousandths: .max, .eur)

        #expect(try [Money.eur(1), .eur(2), .eur(-5)].sum(in: .eur) == .eur(-2))
        #expect(try [Money]().sum(in: .usd) == .zero(.usd))
        #expect(throws: MoneyError.overflow) { try most.adding(.eur(1)) }
        #expect(throws: MoneyError.overflow) { try Money(tenThousandths: .min, .eur).negated() }
        #expect(throws: MoneyError.overflow) { try Money(tenThousandths: .min, .eur).magnitude() }
        #expect(throws: MoneyError.differentCurrencies(.eur, .usd)) {
            try Money.eur(1).adding(.usd(1))
        }
        #expect(try Money.eur(1).subtracting(.eur(3)) == .eur(-2))
    }

    @Test(arguments: [
        (5, 2, 2), (15, 10, 2), (25, 10, 2), (35, 10, 4), (-5, 2, -2), (-15, 10, -2), (-25, 10, -2),
        (7, 2, 4),
        (-7, 2, -4), (0, 3, 0), (1, 3, 0), (2, 3, 1), (-2, 3, -1), (5, -2, -2), (-7, -2, 4),
    ])
    func `a half goes to the even number`(numerator: Int, denominator: Int, expected: Int) {
        #expect(Money.halfEven(Int128(numerator), over: Int128(denominator)) == Int128(expected))
    }

    /// The oracle tries the numbers nearby and takes the nearest, the even one of two.
    @Test
    func `half-even agrees with an oracle`() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<5_000 {
            let numerator = Int128(Int64.random(in: -10_000...10_000, using: &generator))
            let denominator = Int128(Int64.random(in: 1...50, using: &generator))

            let rounded = Money.halfEven(numerator, over: denominator)

            let near = (numerator / denominator - 1)...(numerator / denominator + 1)
            let best = near.min { first, second in
                let (one, two) = (
                    (first * denominator - numerator).magnitude,
                    (second * denominator - numerator).magnitude
                )
                return one == two ? first % 2 == 0 && second % 2 != 0 : one < two
            }
            #expect(rounded == best)
        }
    }

    @Test(arguments: [
        (Currency.eur, "10.00", 1, 3, "3.33"), (.jpy, "10", 1, 3, "3"),
        (.kwd, "10.000", 1, 3, "3.333"),
        (.eur, "0.25", 1, 10, "0.02"), (.eur, "0.35", 1, 10, "0.04"),
        (.eur, "-0.25", 1, 10, "-0.02"),
        (.eur, "100.00", 19, 100, "19.00"), (.eur, "0.0050", 1, 1, "0.00"),
        (.eur, "0.0150", 1, 1, "0.02"),
    ])
    func `scaling rounds once, to the minor unit`(
        currency: Currency,
        amount: String,
        numerator: Int64,
        denominator: Int64,
        expected: String
    ) throws {
        let scaled = try Money(exact: amount, currency).scaled(by: numerator, over: denominator)

        #expect(scaled.decimal == expected)
    }

    @Test
    func `scaling past the range is refused`() {
        #expect(throws: MoneyError.overflow) {
            try Money(tenThousandths: .max, .eur).scaled(by: 2, over: 1)
        }
    }

    @Test
    func `an exchange rounds to the target's minor unit`() throws {
        let rate = try #require(ExchangeRate(numerator: 16_137, denominator: 100))

        #expect(try Money.eur(1_000).converted(to: .jpy, at: rate).decimal == "1614")
        #expect(
            try Money(exact: "1614", .jpy).converted(to: .eur, at: rate.inverse).decimal == "10.00"
        )
        #expect(ExchangeRate(numerator: 0, denominator: 1) == nil)
        #expect(ExchangeRate(numerator: 1, denominator: -1) == nil)
    }

    @Test(arguments: [
        ("10.00", [1, 1, 1], ["3.34", "3.33", "3.33"]),
        ("-10.00", [1, 1, 1], ["-3.34", "-3.33", "-3.33"]),
        ("0.05", [1, 1], ["0.03", "0.02"]), ("0.01", [0, 5], ["0.00", "0.01"]),
        ("100.00", [70, 20, 10], ["70.00", "20.00", "10.00"]),
        ("0.00", [1, 2], ["0.00", "0.00"]), ("10.0001", [0, 1, 1], ["0.00", "5.0001", "5.00"]),
    ])
    func `an allocation gives the rest to those who lost most`(
        amount: String,
        weights: [Int64],
        expected: [String]
    ) throws {
        let parts = try Money(exact: amount, .eur).allocated(by: weights)

        #expect(parts.map(\.decimal) == expected)
    }

    @Test(arguments: [Currency.eur, .jpy, .kwd, .clf])
    func `the parts of an allocation always add up to the whole`(currency: Currency) throws {
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<1_000 {
            let whole = Money(
                tenThousandths: Int64.random(in: .min ... .max, using: &generator)
                    >> Int64.random(in: 0..<50, using: &generator),
                currency
            )
            var weights = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
                Int64.random(in: 0...1_000_000, using: &generator)
            }
            weights[0] += 1

            let parts = try whole.allocated(by: weights)

            #expect(parts.count == weights.count)
            #expect(try parts.sum(in: currency) == whole)
            for (part, weight) in zip(parts, weights) {
                #expect(weight > 0 || part.isZero)
                #expect(part.isZero || part.isNegative == whole.isNegative)
            }
        }
    }

    @Test
    func `every currency of ISO 4217 is known once, with its decimals`() throws {
        #expect(Currency.all.count > 150)
        #expect(Set(Currency.all.map(\.code)).count == Currency.all.count)
        for (code, digits) in [
            ("EUR", 2), ("JPY", 0), ("KWD", 3), ("BHD", 3), ("CLF", 4), ("KRW", 0), ("CHF", 2),
        ] {
            let currency = try #require(Currency(code: code))
            #expect(currency.minorDigits == digits)
            #expect(currency.code == code)
            #expect(!currency.name.isEmpty)
        }
        for code in ["eur", "EU", "EURO", "ZZZ", "", "€", "E1R"] {
            #expect(Currency(code: code) == nil)
        }
    }
}
