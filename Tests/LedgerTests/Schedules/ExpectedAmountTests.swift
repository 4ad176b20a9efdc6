import Ledger
import Testing

struct ExpectedAmountTests {
    @Test
    func `a fixed amount and a range stay what they are`() throws {
        let band = try #require(AmountBand(low: .eur(-900), typical: .eur(-800), high: .eur(-700)))

        #expect(try ExpectedAmount.fixed(.eur(-500)).band(after: []) == AmountBand(.eur(-500)))
        #expect(try ExpectedAmount.range(band).band(after: [.eur(-1)]) == band)
        #expect(band.contains(.eur(-900)) && band.contains(.eur(-700)))
        #expect(
            !band.contains(.eur(-901)) && !band.contains(.eur(-699)) && !band.contains(.usd(-800))
        )
    }

    @Test
    func `a learned amount is the median of the last ones with a margin`() throws {
        let learned = ExpectedAmount.learned(last: 3, tolerancePercent: 10)
        let history: [Money] = [.eur(-1), .eur(-4_000), .eur(-9_000), .eur(-4_405)]

        let band = try #require(try learned.band(after: history))

        #expect(band.typical == .eur(-4_405))
        // 440.5 cents are 440: a half goes to the even one.
        #expect(band.low == .eur(-4_845) && band.high == .eur(-3_965))
        #expect(try learned.band(after: []) == nil)
        #expect(throws: MoneyError.differentCurrencies(.eur, .usd)) {
            try learned.band(after: [.eur(1), .usd(1)])
        }
    }

    @Test(
        arguments: [
            ([100], 100), ([100, 300], 200), ([300, 100, 200], 200), ([100, 101], 100),
            ([101, 102], 102), ([-100, -101], -100),
        ] as [([Int64], Int64)]
    )
    func `the median is in the middle, in whole cents`(cents: [Int64], median: Int64) throws {
        #expect(try Money.median(of: cents.map(Money.eur)) == .eur(median))
    }

    @Test
    func `amounts out of order or of two currencies are no band`() {
        #expect(AmountBand(low: .eur(2), typical: .eur(1), high: .eur(3)) == nil)
        #expect(AmountBand(low: .eur(1), typical: .eur(3), high: .eur(2)) == nil)
        #expect(AmountBand(low: .eur(1), typical: .usd(2), high: .eur(3)) == nil)
    }
}
